//! Slow, obvious twins of the fast parts.
pub mod bytes;
pub mod density;
pub mod diff;
pub mod events;
pub mod history;
pub mod layout;
pub mod mentioned;
pub mod paths;
pub mod places;
pub mod search;
pub mod story;
pub mod waits;
