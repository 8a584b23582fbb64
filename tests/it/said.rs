//! What is said of a change to who does not see it: text in, text out.
use lineage::facts::{moment_said, news_said, rows_said};
use lineage::history::{as_of, replay};
use lineage::route::{Page, Route};

use crate::captions::picture_of;
use crate::fixture::{decode, log};

const GAMMA: &[u8] = include_bytes!("../logs/gamma.ndjson");

/// As of the `n`-th event.
fn moment(events: &str, address: &str, n: usize) -> String {
    let history = replay(log(events)).0;
    let at = history.log.seqs().nth(n - 1);
    let is_end = n == history.log.len();
    let moment = as_of(&history, at);
    let page: Page = Route::parse(address).0.page;
    moment_said(moment.of(&history), &page, "Nov 22 14:31:07", is_end)
}

const FAILS: &str = "
want W data/a by ops
want V data/b by ops
buffer J //a data/a for W
heartbeat J
fail J
buffer K //b data/b for V
success K -";

#[test]
fn a_moment_tells_how_many_wants_failed() {
    assert_eq!(moment(FAILS, "#/", 4), "As of Nov 22 14:31:07, event 4 of 7; 0 wants failed");
    assert_eq!(moment(FAILS, "#/notices", 5), "As of Nov 22 14:31:07, event 5 of 7; 1 want failed");
    assert_eq!(moment(FAILS, "#/", 7), "End of log Nov 22 14:31:07, event 7 of 7; 1 want failed");
}

#[test]
fn of_a_page_about_one_thing_a_moment_tells_its_status() {
    let about =
        |address: &str, n: usize| moment(FAILS, address, n).split_once("; ").unwrap().1.to_owned();
    assert_eq!(about("#/want/W", 4), "W is building");
    assert_eq!(about("#/want/W", 5), "W is failed");
    assert_eq!(about("#/job-run/J", 2), "J is not there yet");
    assert_eq!(about("#/job-run/J", 3), "J is queued");
    assert_eq!(about("#/partition/data%2Fb", 6), "data/b is building");
    assert_eq!(about("#/partition/data%2Fb", 7), "data/b is live");
    assert_eq!(about("#/partition/nowhere", 7), "1 want failed");
}

#[test]
fn nodes_that_come_and_go_are_counted() {
    let cards = |address: &str| picture_of(decode(GAMMA).0, address).cards;
    let (near, far) = (
        cards("#/partition/data%2Fbeta?up=0&down=0"),
        cards("#/partition/data%2Fbeta?up=2&down=2"),
    );
    let n = far.len() - near.len();
    assert!(n > 1, "{n} nodes");
    assert_eq!(news_said(&near, &far), format!("{n} nodes added"));
    assert_eq!(news_said(&far, &near), format!("{n} nodes taken away"));
    assert_eq!(news_said(&far, &far), "No other nodes");
    assert_eq!(news_said(&far[..1], &far[1..2]), "1 node added, 1 taken away");
}

#[test]
fn rows_that_are_left_are_counted() {
    assert_eq!(rows_said(214, 20_000, None), "214 of 20,000 rows");
    assert_eq!(rows_said(1, 1, Some(("Hops", true))), "1 of 1 row, by Hops, descending");
    assert_eq!(rows_said(0, 3, Some(("Hops", false))), "0 of 3 rows, by Hops, ascending");
}
