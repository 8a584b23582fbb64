//! The browser edges: no markup, no decisions.
