//! Every record is accounted for: used, folded, or skipped and why; and nothing does harm.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::expect;
use lineage::events::{NoticeClass, Notices};
use lineage::wire::to_bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::samples::{AIRFLOW, MARQUEZ, SPARK};
use super::tell::tell_history;
use super::{log, read};
use crate::event_notices::said;
use crate::fixture::{decode, decode_all, taken};
use crate::random_logs::cases;

fn adds_up(notices: &Notices) -> bool {
    notices.n_used + notices.n_folded + notices.n_skipped == notices.n_records
}

const ODD: &str = r#"
{"eventTime":"2026-11-21T10:00:00","eventType":"START","run":{"runId":"a"},"job":{"name":"j"}}
{"eventTime":"2026-11-21T10:00:00","eventType":"START","run":{"runId":"a"},"job":{"name":"j"}}
{"eventTime":"2026-11-21T10:00:01Z","eventType":"COMPLETE","run":{"runId":"{{ run_id }}"},"job":{"name":"j"}}
{"eventTime":"${TIME}","eventType":"COMPLETE","run":{"runId":"a"},"job":{"name":"j"}}
{"eventTime":"soon","run":{"runId":"a"},"job":{"name":"j"}}
{"eventTime":"2026-11-21T10:00:02Z","run":{"runId":7},"job":{"name":"j"}}
{"eventTime":"2026-11-21T10:00:02Z","run":{},"job":{"name":"j"}}
{"eventTime":"2026-11-21T10:00:02Z","run":{"runId":"a"},"job":{}}
{"eventTime":"2026-11-21T10:00:02Z","job":{"namespace":"t","name":"j"},"inputs":[{"namespace":"d","name":"x"}]}
{"eventTime":"2026-11-21T10:00:02Z","dataset":{"namespace":"d","name":"x"}}
{"eventTime":"2026-11-21T10:00:03Z","eventType":"QUEUED","run":{"runId":"a"},"job":{"name":"j"},"inputs":{},"outputs":[{"namespace":"d"}]}
{"eventTime":"2026-11-21T10:00:04Z","run":{"runId":"a"},"job":{"name":"j"
{"timestamp":1795255200,"job_run_queue_v1":{"job_run_id":"J1"}}
[1]
"#;

#[test]
fn odd_records_are_counted_by_what_is_odd_about_them() {
    let (history, _, notices) = read(ODD.trim_start().as_bytes());
    expect![[r#"
        not JSON ×1
          0:12@978+73 EOF while parsing an object at byte 73 | "{\"eventTime\":\"2026-11-21T10:00:04Z\",\"run\":{\"runId\":\"a\"},\"job\":{\"name\":\"j\""
        not an object ×1
          0:14@1116+3 the record is not an object | "[1]"
        missing field ×2
          0:7@520+64 run.runId is absent | "{\"eventTime\":\"2026-11-21T10:00:02Z\",\"run\":{},\"job\":{\"name\":\"j\"}}"
          0:8@585+65 job.name is absent | "{\"eventTime\":\"2026-11-21T10:00:02Z\",\"run\":{\"runId\":\"a\"},\"job\":{}}"
        wrong type ×2
          0:5@386+59 eventTime is not a time | "{\"eventTime\":\"soon\",\"run\":{\"runId\":\"a\"},\"job\":{\"name\":\"j\"}}"
          0:6@446+73 run.runId is not a text | "{\"eventTime\":\"2026-11-21T10:00:02Z\",\"run\":{\"runId\":7},\"job\":{\"name\":\"j\"}}"
        duplicate ×1
          0:2@95+94 told before, word for word | "START of run a of j"
        a placeholder instead of a value ×2
          0:3@190+109 run.runId holds a placeholder, not its value | "{\"eventTime\":\"2026-11-21T10:00:01Z\",\"eventType\":\"COMPLETE\",\"run\":{\"runId\":\"{{ run_id }}\"},\"job\":{\"name\":\"j\"}}"
          0:4@300+85 eventTime holds a placeholder, not its value | "{\"eventTime\":\"${TIME}\",\"eventType\":\"COMPLETE\",\"run\":{\"runId\":\"a\"},\"job\":{\"name\":\"j\"}}"
        time without a zone, taken for UTC ×1
          0:1@0+94 eventTime is without a zone | "START of run a of j"
        of a job or a dataset, without a run ×2
          0:9@651+111 no run: kept as a description | "t/j"
          0:10@763+75 no run: kept as a description | "d/x"
        unknown fields: a dataset without a name ×1, eventType QUEUED ×1, inputs: not a list ×1
        3 of 14 used
    "#]].assert_eq(&said(&notices));
    assert_eq!((notices.n_used, notices.n_folded, notices.n_skipped), (3, 3, 8));
    assert!(adds_up(&notices));
    assert_eq!(history.names.runs.len(), 2, "a description is no run");
}

#[test]
fn every_record_of_every_log_is_accounted_for() {
    let picture = "
        START 10:00:00 a t/a
        FAIL 10:00:01 a t/a
        COMPLETE 10:00:02 a t/a
        COMPLETE 10:00:02 a t/a
        RUNNING 10:00:03 a t/a
    ";
    let made = log(picture);
    let gamma = include_str!("../../logs/gamma.ndjson");
    let twice = format!("{gamma}{gamma}{{\"timestamp\":1,\"news_v1\":{{}}}}\nno\n");
    for file in [AIRFLOW, MARQUEZ, SPARK, ODD, &made, gamma, &twice] {
        let (_, notices) = decode(file.as_bytes());
        assert!(adds_up(&notices), "{}", said(&notices));
    }
    let (_, notices) = decode_all([AIRFLOW, MARQUEZ, SPARK, gamma].map(str::as_bytes));
    assert!(adds_up(&notices) && notices.n_used == notices.n_records, "{}", said(&notices));
    let (_, notices) = decode(made.as_bytes());
    assert_eq!((notices.n_used, notices.n_folded), (2, 3));
    assert_eq!(notices.class(NoticeClass::Duplicate).count, 1);
}

#[test]
fn descriptions_are_kept_with_what_they_describe() {
    let text = log("START 10:00:00 a t/j < d/x")
        + r#"{"eventTime":"2026-11-21T10:00:02Z","job":{"namespace":"t","name":"j"}}
{"eventTime":"2026-11-21T10:00:02Z","dataset":{"namespace":"d","name":"x"}}
"#;
    let (history, ..) = read(text.as_bytes());
    let (told, names) = (&history.openlineage, &history.names);
    assert_eq!(told.described_job, [names.labels.find("t/j").unwrap()]);
    assert_eq!(told.described_dataset, [names.partitions.find("d/x").unwrap()]);
    let start = told.described_job_at[0].offset() as usize;
    let described = &text[start..start + told.described_job_len[0] as usize];
    assert!(described.starts_with(r#"{"eventTime""#) && described.ends_with('}'), "{described}");
}

#[test]
fn what_is_told_crosses_the_wire() {
    for file in [AIRFLOW, MARQUEZ, SPARK, ODD] {
        let mut before = read(file.as_bytes());
        let (after, _) = taken(&to_bytes(&mut before)).expect("it was just written");
        assert_eq!(format!("{:?}", after.0.openlineage), format!("{:?}", before.0.openlineage));
        assert_eq!(format!("{:?}", after.0.reads), format!("{:?}", before.0.reads));
        assert_eq!(tell_history(&after.0), tell_history(&before.0));
        assert_eq!((after.2.n_folded, after.2.n_skipped), (before.2.n_folded, before.2.n_skipped));
    }
}

#[test]
fn chains_as_long_as_the_log_are_no_trouble() {
    let line = |n: u32| {
        format!(
            "{{\"eventTime\":\"2026-11-21T10:00:00Z\",\"eventType\":\"COMPLETE\",\"run\":{{\"runId\":\"{n}\",\
             \"facets\":{{\"parent\":{{\"run\":{{\"runId\":\"{}\"}},\"job\":{{\"name\":\"j\"}}}}}}}},\
             \"job\":{{\"name\":\"j\"}},\"outputs\":[{{\"name\":\"x\"}}]}}\n",
            (n + 1) % 20_000
        )
    };
    let text: String = (0..20_000).map(line).collect::<Vec<_>>().concat();
    let (history, _, notices) = read(text.as_bytes());
    assert_eq!(notices.class(NoticeClass::OwnParent).count, 1);
    assert_eq!(history.names.wants.len(), 1);
    assert_eq!(history.instances.partition.len(), 1, "all tell of one write");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_cut_and_no_changed_byte_does_harm(
        file in prop::sample::select(vec![MARQUEZ, SPARK, ODD]),
        damages in vec((any::<Index>(), any::<u8>()), 0..8),
        cut in any::<Index>(),
    ) {
        let mut bytes = file.as_bytes().to_vec();
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (.., notices) = read(&bytes);
        prop_assert!(adds_up(&notices));
        let (.., notices) = read(&bytes[..cut.index(bytes.len())]);
        prop_assert!(adds_up(&notices));
        lineage::facts::facets(&String::from_utf8_lossy(&bytes), 50);
    }

    #[test]
    fn any_runs_in_any_order_are_the_same_history(
        (events, shuffled) in vec(event(), 0..25).prop_flat_map(|events| {
            (Just(events.clone()), Just(events).prop_shuffle())
        }),
    ) {
        let (sorted, _, notices) = read(log(&events.join("\n")).as_bytes());
        let (shuffled, ..) = read(log(&shuffled.join("\n")).as_bytes());
        prop_assert!(adds_up(&notices), "{}", said(&notices));
        prop_assert_eq!(tell_history(&shuffled), tell_history(&sorted));
        prop_assert_eq!(format!("{:?}", shuffled.reads), format!("{:?}", sorted.reads));
    }
}

/// An event of one of a few runs, that says anything.
fn event() -> impl Strategy<Value = String> {
    let kind =
        prop::sample::select(vec!["START", "RUNNING", "OTHER", "COMPLETE", "FAIL", "ABORT", "-"]);
    let data = |sign: &'static str| {
        vec(
            prop::sample::select(vec![
                "d/a",
                "d/b",
                "d/c^v1",
                "d/c^v2",
                "d/a!DROP",
                "d/b!RENAME:d/a",
            ]),
            0..3,
        )
        .prop_map(move |names| format!(" {sign} {}", names.join(" ")))
    };
    let parent =
        proptest::option::of((0..7_u8).prop_map(|run| format!(" of {run}/t/j{}", run % 2)));
    (kind, 0..8_u8, 0..6_u8, data("<"), data(">"), parent).prop_map(
        |(kind, second, run, reads, writes, parent)| {
            let parent = parent.unwrap_or_default();
            format!("{kind} 10:00:0{second} {run} t/j{}{reads}{writes}{parent}", run % 2)
        },
    )
}
