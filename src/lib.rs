//! Lineage: opens the event log of databuild and shows what was built, from what, and for whom.
//!
//! ```text
//! bytes → events → history → graph → layout → scene → view
//!                     ↑ the route chooses the focus
//! ```
//!
//! Each arrow is a pure function of values. Everything but [`worker`], [`web`] and [`view`] knows no
//! browser.
pub use lineage_layout::{layout, order};

// Flags are lost where others are given in the environment, and nothing but the time that a log takes would show it.
#[cfg(all(target_family = "wasm", not(all(target_feature = "simd128", erase_components))))]
compile_error!("wasm is built with the flags of .cargo/config.toml");

pub mod bytes;
pub mod unzstd;
pub mod wire;

pub mod events;
pub mod history;

pub mod commands;
pub mod route;
pub mod words;

pub mod graph;
pub mod scene;

pub mod search;
pub mod summary;
pub mod tour;

pub mod facts;

#[cfg(feature = "worker")]
pub mod worker;

#[cfg(feature = "web")]
pub mod view;
#[cfg(feature = "web")]
pub mod web;
