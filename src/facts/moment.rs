//! Stepping through a log by its event ids, and reading one that was typed.
use crate::events::{EventLog, Id, Seq};

/// The id of the last event before `at` that has one.
pub fn event_before(log: &EventLog, at: Seq) -> Option<u64> {
    let mut before = (0..at.index().min(log.len())).rev().filter_map(Seq::from_index);
    before.find_map(|seq| log.event_id(seq))
}

/// The id of the first event after `at` that has one.
pub fn event_after(log: &EventLog, at: Seq) -> Option<u64> {
    let mut after = (at.index() + 1..log.len()).filter_map(Seq::from_index);
    after.find_map(|seq| log.event_id(seq))
}

/// `861204`, `861,204` or `#861,204`.
pub fn asked_event(text: &str) -> Option<u64> {
    let text = text.trim();
    let text = text.strip_prefix('#').unwrap_or(text);
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '.')).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}
