//! Slow, obvious twins of the fast parts.
pub mod bytes;
pub mod events;
pub mod history;
pub mod layout;
pub mod search;
