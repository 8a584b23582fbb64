//! The shapes of log that are accepted, each with an example.
use leptos::prelude::*;

const SHAPES: [(&str, &str); 3] = [
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
];

/// The list.
#[component]
pub fn Shapes() -> impl IntoView {
    let one = |(name, example): (&'static str, &'static str)| {
        view! { <li>{name}<pre tabindex="0">{example}</pre></li> }
    };
    view! {
        <ul class="shapes">{SHAPES.map(one).collect_view()}</ul>
        <p class="dim">"Field names in snake_case or camelCase; any of these gzip-compressed."</p>
    }
}
