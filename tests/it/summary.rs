//! What the home page counts and lists.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::events::{NoticeClass, Notices};
use lineage::history::{AsOf, as_of, replay};
use lineage::summary::{Format, datasets, jobs, lateness, report, wants};

use crate::fixture::{decode, log};

const LOG: &str = "
want W1 data/a/date=2026-11-21 data 1732283350 ttl 99 sla 4 by ops
buffer J1 //jobs:a data/a/date=2026-11-21 for W1
want W2 data/b data 1732283350 ttl 99 sla 99 by ops
heartbeat J1
buffer J2 //jobs:b data/b for W2
fail J2 because out of memory
success J1 -
want W3 data/a/date=2026-11-22 data 1732283350 ttl 99 sla 5 by ops
want W4 data/a/date=2026-11-22 by ops
cancel want W4 by ops
";

fn check(at: Option<u64>, tell: impl Fn(AsOf<'_>) -> Vec<String>, expected: Expect) {
    let (history, _) = replay(log(LOG));
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    expected.assert_eq(&tell(moment.of(&history)).join("\n"));
}

fn told_wants(asof: AsOf<'_>) -> Vec<String> {
    let found = wants(asof);
    let names = |list: &[_]| {
        let names: Vec<_> = list.iter().map(|&id| asof.history.names.wants.text(id)).collect();
        names.join(" ")
    };
    let some = found.by_status.iter().filter(|(_, n)| *n > 0);
    let counts: Vec<_> = some.map(|(status, n)| format!("{n} {}", status.word())).collect();
    vec![
        format!("all {}", names(&found.all)),
        format!("attention {}", names(&found.attention)),
        format!("late {}", found.n_late),
        counts.join(" "),
    ]
}

#[test]
fn wants_are_newest_first_and_failing_or_late_ones_apart() {
    check(
        None,
        told_wants,
        expect![[r"
        all W4 W3 W2 W1
        attention W3 W2
        late 1
        1 successful 1 canceled 1 failed 1 idle"]],
    );
    check(
        Some(5),
        told_wants,
        expect![[r"
        all W2 W1
        attention 
        late 0
        2 building"]],
    );
}

#[test]
fn lateness_counts_from_the_moment_of_the_data() {
    let told = |asof: AsOf<'_>| {
        let ids = asof.history.names.wants.ids();
        ids.map(|want| format!("{:?}", lateness(asof, want))).collect()
    };
    check(
        None,
        told,
        expect![[r"
        Some(DoneLateBy(2000000000))
        Some(Left(90000000000))
        Some(LateBy(4000000000))
        None"]],
    );
    check(
        Some(6),
        told,
        expect![[r"
        Some(LateBy(1000000000))
        Some(Left(94000000000))
        None
        None"]],
    );
}

#[test]
fn datasets_and_jobs_count_by_status() {
    let told = |asof: AsOf<'_>| {
        let of_datasets = datasets(asof)
            .into_iter()
            .map(|it| format!("{} {} {:?}", it.pattern, it.n_partitions, it.by_status));
        let of_jobs = jobs(asof).into_iter().map(|it| {
            let name = asof.history.names.labels.text(it.label);
            format!("{name} {} runs, {} failed {:?}", it.n_runs, it.n_failed, it.by_status)
        });
        of_datasets.chain(of_jobs).collect()
    };
    check(
        None,
        told,
        expect![[r"
        data/a/date=* 2 [(Live, 1), (Wanted, 1)]
        data/b 1 [(Failed, 1)]
        //jobs:b 1 runs, 1 failed [(Failed, 1)]
        //jobs:a 1 runs, 0 failed [(Succeeded, 1)]"]],
    );
    check(
        Some(2),
        told,
        expect![[r"
        data/a/date=* 1 [(Building, 1)]
        //jobs:a 1 runs, 0 failed [(Queued, 1)]"]],
    );
}

fn bad_lines() -> Notices {
    let line = "{\"event_id\":1,\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":\"a\"}}\n";
    decode(format!("{line}=1+\"2\", or\n[1]\n").as_bytes()).1
}

#[test]
fn the_report_is_every_listed_record() {
    let notices = bad_lines();
    let lines = |format| report(&notices, &["a.ndjson"], format);
    let csv = lines(Format::Csv);
    let mut rows = csv.split("\r\n");
    assert_eq!(rows.next(), Some("class,input,line,offset,bytes,reason,excerpt"));
    let first = rows.next().unwrap_or_default();
    assert!(first.starts_with("not JSON,a.ndjson,2,"), "{first}");
    assert!(first.ends_with(",\"'=1+\"\"2\"\", or\""), "{first}");
    assert_eq!(rows.filter(|row| !row.is_empty()).count(), 1);

    let ndjson = lines(Format::Ndjson);
    let parsed: Vec<serde_json::Value> =
        ndjson.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!((parsed.len(), ndjson.lines().count()), (2, 2));
    assert_eq!(parsed[0]["excerpt"], "=1+\"2\", or");
    assert_eq!(parsed[1]["class"], NoticeClass::NotAnObject.name());
    assert_eq!(parsed[1]["line"], 3);
}

proptest::proptest! {
    /// Whatever the text, a reader of JSON gets it back.
    #[test]
    fn the_report_is_json_whatever_it_says(name in "[a\"\\\\/\u{0}-\u{1f}\u{7f}é\u{2028}]{0,12}") {
        let ndjson = report(&bad_lines(), &[&name], Format::Ndjson);
        for line in ndjson.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            proptest::prop_assert_eq!(&value["input"], &serde_json::Value::from(name.as_str()));
        }
    }
}
