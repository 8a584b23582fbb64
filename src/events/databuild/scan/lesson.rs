//! What the scanner meets in a record, for the transducer.
//!
//! What the scanner goes by at any byte is where it is: inside which objects and lists, and which keys
//! it has met in each of the objects. Texts and numbers change nothing about it, nor does how many items
//! a list has, or what was in them. So a state follows from the one before and the bytes since; but the
//! first of an item from that of its list, and the first after a list from the list as well.
use super::ops::Op;
use super::transducer::{Hole, START, StateId, Transducer};
use crate::events::databuild::draft::Range;

/// More instructions in a row are those of a list of nothing.
const MAX_OPS: usize = 64;

/// A record that is being scanned.
pub(super) struct Lesson<'t> {
    transducer: &'t mut Transducer,
    /// There is no room for more, or it is nothing that others will be like.
    is_over: bool,
    /// The state where the last text or number ended, and where that was.
    from: (StateId, usize),
    /// The state that the next one is known by, and from where on.
    context: (StateId, usize),
    /// Of the lists around: one of lists at most.
    lists: [StateId; 2],
    n_lists: usize,
    /// Since the last text or number.
    ops: Vec<Op>,
}

impl<'t> Lesson<'t> {
    pub(super) fn new(transducer: &'t mut Transducer) -> Self {
        Self {
            transducer,
            is_over: false,
            from: (START, 0),
            context: (START, 0),
            lists: [START; 2],
            n_lists: 0,
            ops: Vec::new(),
        }
    }

    pub(super) fn op(&mut self, op: Op) {
        let has_room = self.ops.len() < MAX_OPS;
        match (op, self.ops.last_mut()) {
            (Op::Ref, Some(last @ Op::Name)) => *last = Op::RefOfText,
            _ if has_room => self.ops.push(op),
            _ => self.is_over = true,
        }
    }

    /// A value or the end is there.
    pub(super) fn hole(&mut self, record: &[u8], hole: Hole, place: Range) {
        let met = self.met(record, hole, place);
        self.is_over |= met.is_none();
        self.ops.clear();
    }

    fn met(&mut self, record: &[u8], hole: Hole, place: Range) -> Option<()> {
        if self.is_over {
            return None;
        }
        let next = self.state(record, place.start(), hole)?;
        let (from, start) = self.from;
        let literal = record.get(start..place.start())?;
        self.transducer.learn(from, (literal, hole, next), &self.ops)?;
        let here = (next, place.end());
        (self.from, self.context) = (here, here);
        Some(())
    }

    fn state(&mut self, record: &[u8], end: usize, hole: Hole) -> Option<StateId> {
        let (before, start) = self.context;
        self.transducer.state(before, record.get(start..end)?, hole)
    }

    /// After the opening bracket of a list.
    pub(super) fn list_begins(&mut self, record: &[u8], at: usize) {
        let begun = if self.is_over { None } else { self.state(record, at, Hole::List) };
        match (begun, self.lists.get_mut(self.n_lists)) {
            (Some(state), Some(list)) => *list = state,
            _ => self.is_over = true,
        }
        self.n_lists += 1;
        self.item_begins(at);
    }

    /// Before the first byte of an item.
    pub(super) fn item_begins(&mut self, at: usize) {
        let list = self.n_lists.checked_sub(1).and_then(|last| self.lists.get(last));
        self.context = (list.copied().unwrap_or(START), at);
    }

    /// After the closing bracket.
    pub(super) fn list_ends(&mut self, at: usize) {
        self.n_lists = self.n_lists.saturating_sub(1);
        if self.is_over {
            return;
        }
        let list = self.lists.get(self.n_lists).copied().unwrap_or(START);
        match self.transducer.state(list, &[], Hole::ListEnd) {
            Some(state) => self.context = (state, at),
            None => self.is_over = true,
        }
    }
}
