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
mod captions;
mod changes;
mod commands;
mod density;
mod diff;
mod empty;
mod event_logs;
mod event_notices;
mod event_properties;
mod events;
mod export;
mod facts;
mod fixture;
mod followed;
mod generator;
mod glossary;
mod graph;
mod history;
mod history_answers;
mod history_properties;
mod hostile;
mod impact;
mod incoming;
mod job_plot;
mod json;
mod kinds;
mod labels;
mod layout;
mod minimap;
mod moved;
mod names;
mod narrow;
mod openlineage;
mod oracle;
mod order;
mod paths;
mod picture;
mod places;
mod plots;
mod random_logs;
mod reach;
mod redact;
mod route;
mod said;
mod scan;
mod scene;
mod search;
mod shards;
mod signs;
mod speech;
mod spelling;
mod stale;
mod story;
mod strips;
mod subgraph;
mod summary;
mod tour;
mod unzstd;
mod waits;
mod wire;
mod words;
