//! One test binary: one module per stage, the slow twins in `oracle`.
mod bytes;
mod event_logs;
mod event_notices;
mod event_properties;
mod events;
mod fixture;
mod generator;
mod layout;
mod oracle;
mod picture;
mod route;
mod search;
mod spelling;
mod summary;
mod words;
