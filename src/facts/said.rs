//! What is said of a change to who does not see it: of another moment, of what has come into a picture,
//! and of the rows that are left of a list.
use crate::events::{Id, WantId};
use crate::facts::vocabulary;
use crate::history::{AsOf, WantStatus};
use crate::route::{Mode, NodeKind, Page};
use crate::scene::{Card, Status};
use crate::words::{count, counted};

/// `As of Nov 22 14:31:07, event 812 of 1,000; W-1 is running`: of a page about one thing its status, else
/// how many wants failed. `time` is that of the moment, as the reader's clock tells it.
pub fn moment_said(asof: AsOf<'_>, page: &Page, time: &str, is_end: bool) -> String {
    let n = asof.history.log.len();
    let at = asof.moment.at.map_or(0, |at| at.index() + 1);
    let place = if is_end { "End of log" } else { "As of" };
    let event = format!("event {} of {}", count(at as u64), count(n as u64));
    let about = thing(asof, page).unwrap_or_else(|| failed(asof));
    format!("{place} {time}, {event}; {about}")
}

/// What the page is about, and its status: none where that is no one thing, or not there by now.
fn thing(asof: AsOf<'_>, page: &Page) -> Option<String> {
    let history = asof.history;
    let names = &history.names;
    let (name, status) = match page {
        Page::Want(id) => {
            let want = names.wants.find(id)?;
            (history.title(want), asof.want_status(want).map(Status::from))
        }
        Page::JobRun(id) => (id.as_str(), asof.run_status(names.runs.find(id)?).map(Status::from)),
        Page::Partition { partition, uuid, mode } => {
            let found = names.partitions.find(partition)?;
            let of_one = || uuid.as_ref().and_then(|uuid| history.instance_by_uuid(found, uuid));
            let one = if *mode == Mode::Refs { None } else { of_one() };
            let status = match one {
                Some(instance) => asof.instance_status(instance).map(Status::from),
                None => asof.partition_status(found).map(Status::from),
            };
            (history.friendly(found), status)
        }
        _ => return None,
    };
    let status = status.map_or_else(|| "not there yet".to_owned(), Status::text);
    Some(format!("{name} is {status}"))
}

fn failed(asof: AsOf<'_>) -> String {
    let is_failed = |want: &WantId| {
        let status = asof.want_status(*want);
        matches!(status, Some(WantStatus::Failed | WantStatus::UpstreamFailed))
    };
    let n = asof.history.names.wants.ids().filter(is_failed).count();
    let words = vocabulary(asof.history);
    format!("{} failed", counted(n as u64, words.want, words.wants))
}

/// `3 nodes added, 1 taken away`, from one picture's cards to those of the next.
pub fn news_said(before: &[Card], after: &[Card]) -> String {
    let (n_new, n_gone) = (n_others(after, before), n_others(before, after));
    let added = counted(n_new, "node", "nodes");
    match (n_new, n_gone) {
        (0, 0) => "No other nodes".to_owned(),
        (0, n) => format!("{} taken away", counted(n, "node", "nodes")),
        (_, 0) => format!("{added} added"),
        (_, n) => format!("{added} added, {} taken away", count(n)),
    }
}

/// How many of `cards` are not among `known`.
fn n_others(cards: &[Card], known: &[Card]) -> u64 {
    fn name(card: &Card) -> (NodeKind, &str) {
        (card.kind, &card.id)
    }
    let mut known: Vec<_> = known.iter().map(name).collect();
    known.sort_unstable();
    let is_other = |card: &&Card| known.binary_search(&name(card)).is_err();
    cards.iter().filter(is_other).count() as u64
}

/// `214 of 20,000 rows`, and how they are sorted, where that has just been asked.
pub fn rows_said(n: usize, n_all: usize, sorted: Option<(&str, bool)>) -> String {
    let rows = format!("{} of {}", count(n as u64), counted(n_all as u64, "row", "rows"));
    match sorted {
        Some((by, is_down)) => {
            let way = if is_down { "descending" } else { "ascending" };
            format!("{rows}, by {by}, {way}")
        }
        None => rows,
    }
}
