//! How the moment moves: once a frame, whatever was asked for since the last; to an event beside it, or
//! on and on while the log is played. The address follows as fast as browsers let it.
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::events::{EventLog, Seq};
use crate::facts::{
    event_after, event_before, events_of, events_of_job, events_of_trouble, name_of_moment, next_of,
};
use crate::graph::Key;
use crate::route::Page;
use crate::view::pipeline::answer;
use crate::view::scrubber::Scrubber;
use crate::view::state::Snapshot;
use crate::web::motion::is_still;
use crate::web::task;

/// The whole log is played in so many milliseconds.
const PLAY_MILLIS: f64 = 20_000.0;
/// After a longer wait for a frame, in milliseconds, playing goes on from where it was.
const MAX_FRAME_MILLIS: u64 = 200;
/// Where motion is not wanted, playing is a step of so much of the axis every so many milliseconds.
const STILL_PART: f64 = 0.01;
const STILL_MILLIS: u64 = 1000;
/// The address changes no more often, in milliseconds. The strictest browser takes a hundred changes
/// in half a minute.
const ADDRESS_MILLIS: u64 = 320;
/// One press of `PageUp` or `PageDown`, as a part of the axis.
const PAGE: f64 = 0.01;

impl Scrubber {
    /// A hundredth of the axis, and at least one event.
    pub(super) fn page(self, log: &EventLog, at: Seq, is_back: bool) -> Option<Seq> {
        let part = if is_back { -PAGE } else { PAGE };
        let to = self.axis.with_untracked(|axis| {
            let density = &axis.as_ref()?.density;
            density.seq_at(density.fraction_of(at) + part)
        });
        to.filter(|&to| to != at).or_else(|| step(log, at, is_back))
    }

    /// The next event that changes what is told of the node that is inspected. Of a page that is of
    /// no one thing, the next one that something failed at.
    pub(super) fn own_step(self, snapshot: &Arc<Snapshot>, at: Seq, is_back: bool) -> Option<Seq> {
        let route = untrack(|| self.app.route());
        let (asof, history) = (snapshot.asof(), snapshot.history());
        let events = match &route.page {
            Page::Home { .. } | Page::Notices | Page::Dataset(_) => events_of_trouble(&history.log),
            Page::Job(label) => {
                let label = history.names.labels.find(label);
                label.map_or_else(Vec::new, |label| events_of_job(history, label))
            }
            Page::Impact { partition, .. } | Page::Diff { partition, .. } => {
                events_of(asof, Key::Partition(history.names.partitions.find(partition)?))
            }
            _ => {
                let answer = answer(Arc::clone(snapshot), &route, None).ok()?;
                let key = |row: usize| answer.graph.nodes.get(row).map(|node| node.key);
                let is_one = |key: &Key| !matches!(key, Key::Group(_));
                let inspected = key(answer.inspected(route.sel.as_ref())).filter(is_one);
                events_of(asof, inspected.or_else(|| key(0))?)
            }
        };
        next_of(&history.log, &events, at, is_back)
    }

    /// Shows the moment after `seq` in the next frame.
    pub(super) fn ask(self, seq: Option<Seq>) {
        if seq.is_none() {
            return;
        }
        if self.is_playing.get_untracked() {
            self.is_playing.set(false);
        }
        let before = self.hand.try_update_value(|hand| std::mem::replace(&mut hand.wanted, seq));
        if before == Some(None) {
            request_animation_frame(move || self.show_wanted());
        }
    }

    fn show_wanted(self) {
        let wanted = self.hand.try_update_value(|hand| hand.wanted.take());
        if let Some(seq) = wanted.flatten() {
            self.show(seq);
        }
    }

    fn show(self, seq: Seq) {
        let Some(log) = self.app.log.get_untracked() else { return };
        let at = name_of_moment(&log.history.log, seq);
        if untrack(|| self.app.route_with(|route| route.at)) != at {
            self.app.show_at(at);
            self.tell();
        }
    }

    /// Writes the address: now, or when enough time has passed since the last time.
    fn tell(self) {
        let is_told = self.hand.try_update_value(|hand| {
            hand.is_late = hand.is_told;
            std::mem::replace(&mut hand.is_told, true)
        });
        if is_told != Some(false) {
            return;
        }
        self.app.write_address();
        let later = move || {
            let is_late = self.hand.try_update_value(|hand| {
                hand.is_told = false;
                std::mem::take(&mut hand.is_late)
            });
            if is_late == Some(true) {
                self.tell();
            }
        };
        set_timeout(later, Duration::from_millis(ADDRESS_MILLIS));
    }

    pub fn toggle(self) {
        if self.is_playing.get_untracked() {
            return self.is_playing.set(false);
        }
        let at = untrack(|| self.app.snapshot()).and_then(|snapshot| snapshot.at);
        // From the end it begins anew.
        let played = at.map_or(0.0, |at| {
            let axis = self.axis.get_untracked();
            axis.map_or(0.0, |axis| axis.density.fraction_of(at))
        });
        let played_at = task::now_millis();
        self.hand.update_value(|hand| (hand.played, hand.played_at) = (played, played_at));
        self.is_playing.set(true);
        self.play();
    }

    /// One frame of playing, and the wait for the next.
    fn play(self) {
        if self.is_playing.try_get_untracked() != Some(true) {
            return;
        }
        let (now, is_still) = (task::now_millis(), is_still());
        let played = self.hand.try_update_value(|hand| {
            let passed = now.saturating_sub(hand.played_at);
            if is_still && passed < STILL_MILLIS {
                return None;
            }
            let moving = passed.min(MAX_FRAME_MILLIS) as f64 / PLAY_MILLIS;
            hand.played = (hand.played + if is_still { STILL_PART } else { moving }).min(1.0);
            hand.played_at = now;
            Some(hand.played)
        });
        let Some(played) = played else { return };
        if let Some(seq) = played.and_then(|played| self.seq_at(played)) {
            self.show(seq);
        }
        if played.is_some_and(|played| played >= 1.0) {
            self.is_playing.set(false);
        } else {
            request_animation_frame(move || self.play());
        }
    }
}

/// The next event before or after `at` that has an id; on, at last, the log's end.
pub(super) fn step(log: &EventLog, at: Seq, is_back: bool) -> Option<Seq> {
    let id = if is_back { event_before(log, at) } else { event_after(log, at) };
    let seq = id.and_then(|id| log.seq_of_event_id(id));
    if is_back { seq } else { seq.or_else(|| log.seqs().next_back()) }
}
