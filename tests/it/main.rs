//! One test binary: one module per stage, the slow twins in `oracle`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_raw_string_hashes,
    reason = "a test that cannot go on has failed; expectations that update themselves have hashes"
)]
#![allow(clippy::needless_for_each, clippy::redundant_closure_for_method_calls)]
mod architecture;
mod bytes;
mod event_logs;
mod event_notices;
mod event_properties;
mod events;
mod facts;
mod fixture;
mod generator;
mod graph;
mod history;
mod history_answers;
mod history_properties;
mod layout;
mod oracle;
mod picture;
mod random_logs;
mod route;
mod scene;
mod search;
mod spelling;
mod summary;
mod wire;
mod words;
