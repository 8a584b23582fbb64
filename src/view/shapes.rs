//! The shapes of log that are accepted, each with an example.
use crate::view::el::{El, el};

const SHAPES: [(&str, &str); 4] = [
    (
        "One JSON event a line",
        r#"{"event_id":1,"timestamp":"1732283350000000000","want_create_v1":{"want_id":"W-001","partitions":[{"ref":"data/gamma"}]}}
{"event_id":2,"timestamp":"1732283352000000000","job_run_queue_v1":{"job_run_id":"JR-788"}}"#,
    ),
    ("A JSON array of events", r#"[{"eventId":"1","timestamp":"…","wantCreateV1":{…}}, …]"#),
    (
        "An object with the events in it",
        r#"{"events":[{"event_id":1,"timestamp":…,"event_type":"want_create_v1","payload":{…}}, …]}"#,
    ),
    (
        "OpenLineage events, in any of these shapes, also beside the others",
        r#"{"eventType":"COMPLETE","eventTime":"2026-11-21T14:03:51Z","run":{"runId":"…"},"job":{"namespace":"shop","name":"daily"},"inputs":[…],"outputs":[…]}"#,
    ),
];

/// The list, and what holds for all of them.
pub fn shapes() -> [El; 2] {
    let one = |(name, example): (&'static str, &'static str)| {
        el("li").child(name).child(el("pre").attr("tabindex", "0").child(example))
    };
    let all = "Field names in snake_case or camelCase; any of these compressed by gzip or zstd.";
    [el("ul").class("shapes").children(SHAPES.map(one)), el("p").class("dim").child(all)]
}
