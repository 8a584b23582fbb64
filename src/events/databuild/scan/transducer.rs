//! Records alike, by their literals: a finite-state transducer. It is in a state wherever a text or a
//! number of a record has ended. From there the bytes up to the next one, which the scanner has met
//! there before, lead on, and put out the instructions that the scanner gave between.
//!
//! States are exact: the same state means that all that the scanner goes by is the same, so that the
//! same bytes can only mean the same. See [`super::lesson`] for how that is known.
use memchr::memchr;

use super::cursor::{Cursor, decimal, digits, is_text, text_end, whole_number};
use super::ops::{Op, Registers};
use crate::events::databuild::DraftEvent;
use crate::events::databuild::draft::{Draft, Range};
use crate::events::index::Index;
use crate::events::names::{guarded_hash_of, is_same};

/// What comes after a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hole {
    /// A text that is not empty.
    Text,
    /// A text of one to 19 digits.
    Digits,
    /// A number of one to 19 digits.
    Number,
    /// Any value, which means nothing.
    Anything,
    /// The record is over.
    End,
    /// Nothing that differs: a list begins here, or has ended.
    List,
    ListEnd,
}

/// A row of [`Transducer::states`].
pub(super) type StateId = u32;

/// Before the first byte of a record.
pub(super) const START: StateId = 0;

/// States, steps and instructions in all: the spellings of a log take some hundreds.
const MAX_ROWS: usize = 1 << 14;
/// Of one state: eleven kinds in a few spellings.
const MAX_STEPS: usize = 64;
/// Longer literals are not learned, nor more bytes of them in all.
const MAX_LITERAL: usize = 1_024;
const MAX_BYTES: usize = 1 << 18;

#[derive(Clone, Debug)]
pub(super) struct Transducer {
    states: Vec<State>,
    /// Which state it is, by what makes it.
    rows: Index,
    n_steps: usize,
    /// Literals of states, and of steps.
    bytes: Vec<u8>,
    /// Whether none of them has a newline.
    is_of_lines: bool,
    ops: Vec<Op>,
}

/// Where a record may be.
#[derive(Clone, Debug)]
struct State {
    /// By what it is known: which bytes, and what after them, follow which state.
    before: StateId,
    literal: Range,
    hole: Hole,
    /// What may follow, as first met; but where one literal begins with another, the record is of the
    /// longer one, which is before that.
    steps: Vec<Step>,
}

/// A literal that may follow a state.
#[derive(Clone, Debug)]
struct Step {
    /// Its first bytes, those past its end zero.
    head: [u64; HEAD / 8],
    /// All bits of those bytes that are its.
    mask: [u64; HEAD / 8],
    /// All of its bytes.
    literal: Range,
    ops: Range,
    hole: Hole,
    next: StateId,
}

/// So many bytes of a literal are looked at before the others.
const HEAD: usize = 16;

impl Default for Transducer {
    fn default() -> Self {
        let literal = Range::default();
        let start = State { before: START, literal, hole: Hole::List, steps: Vec::new() };
        Self {
            states: vec![start],
            rows: Index::default(),
            n_steps: 0,
            bytes: Vec::new(),
            is_of_lines: true,
            ops: Vec::new(),
        }
    }
}

impl Transducer {
    /// Reads a record that is like those that were met before.
    pub(super) fn take(&self, record: &[u8], draft: &mut Draft) -> Option<DraftEvent> {
        let (event, rest) = self.take_first(record, draft, false)?;
        rest.is_empty().then_some(event)
    }

    /// The same of a record that is alone on the line which `text` begins with; and how long it is.
    pub(super) fn take_line(&self, text: &[u8], draft: &mut Draft) -> Option<(DraftEvent, usize)> {
        if !self.is_of_lines {
            return None;
        }
        let (event, rest) = self.take_first(text, draft, true)?;
        let behind = rest.iter().find(|&&byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        (behind == Some(&b'\n')).then_some((event, text.len() - rest.len()))
    }

    /// The record that `text` begins with, and what follows it. Where it is to be a line, the end of that is only looked for
    /// where there are values that mean nothing.
    fn take_first<'t>(
        &self,
        text: &'t [u8],
        draft: &mut Draft,
        is_line: bool,
    ) -> Option<(DraftEvent, &'t [u8])> {
        let mut registers = Registers::default();
        let (mut state, mut at, mut seen) = (START, 0, 0);
        let mut end = (!is_line).then_some(text.len());
        loop {
            let step = self.step(state, text, at)?;
            at += step.literal.len();
            registers.place = at;
            for &op in step.ops.of(&self.ops) {
                registers.run(op, draft);
            }
            let rest = text.get(at..)?;
            match step.hole {
                Hole::Text => {
                    let n = text_end(rest, &mut seen).filter(|&n| n > 0)?;
                    registers.text = Range::new(at, at + n);
                    at += n;
                }
                Hole::Digits => {
                    let (digits, _) = digits(rest)?;
                    registers.number = decimal(digits)?;
                    at += digits.len();
                }
                Hole::Number => {
                    let (number, n) = whole_number(rest)?;
                    registers.number = number;
                    at += n;
                }
                Hole::Anything => {
                    end = end.or_else(|| memchr(b'\n', text));
                    (at, seen) = Cursor::after_anything(text.get(..end?)?, at, seen)?;
                }
                Hole::End => {
                    let (record, rest) = text.split_at_checked(at)?;
                    let event = registers.event().filter(|_| is_text(record, seen))?;
                    return Some((event, rest));
                }
                Hole::List | Hole::ListEnd => return None,
            }
            state = step.next;
        }
    }

    /// What the bytes from there on begin with.
    #[inline]
    fn step(&self, state: StateId, record: &[u8], at: usize) -> Option<&Step> {
        let steps = &self.states.get(state as usize)?.steps;
        let rest = record.get(at..)?;
        let [a, b] = head_of(record, rest)?;
        steps.iter().find(|step| {
            let ([first, second], [of_first, of_second]) = (step.head, step.mask);
            (a ^ first) & of_first | (b ^ second) & of_second == 0 && self.goes_on(step, rest)
        })
    }

    /// Whether the bytes after the head are those of the literal.
    #[inline]
    fn goes_on(&self, step: &Step, rest: &[u8]) -> bool {
        let n = step.literal.len();
        n <= HEAD || {
            let rest = rest.get(HEAD..n).unwrap_or_default();
            is_same(rest, step.literal.of(&self.bytes).get(HEAD..).unwrap_or_default())
        }
    }

    /// The state that follows `before` by this literal; none if there is no room for another one.
    pub(super) fn state(&mut self, before: StateId, literal: &[u8], hole: Hole) -> Option<StateId> {
        let hash = hash_of(before, literal, hole);
        let is_it = |row: u32| {
            let state = &self.states[row as usize];
            (state.before, state.hole) == (before, hole) && state.literal.of(&self.bytes) == literal
        };
        if let Some(row) = self.rows.find(hash, is_it) {
            return Some(row);
        }
        let literal = self.keep(literal)?;
        let row = self.states.len() as u32;
        self.rows.add(hash, row);
        self.states.push(State { before, literal, hole, steps: Vec::new() });
        Some(row)
    }

    /// None if there is no room. Only texts are looked at for what is no UTF-8, and so all else is ASCII.
    fn keep(&mut self, literal: &[u8]) -> Option<Range> {
        let n_rows = self.states.len() + self.n_steps + self.ops.len();
        let start = self.bytes.len();
        let has_room = n_rows < MAX_ROWS
            && literal.len() <= MAX_LITERAL
            && literal.is_ascii()
            && start + literal.len() <= MAX_BYTES;
        has_room.then(|| {
            self.is_of_lines &= !literal.contains(&b'\n');
            self.bytes.extend_from_slice(literal);
            Range::new(start, self.bytes.len())
        })
    }

    /// From `state`, the literal leads to the `next` by these instructions. None if there is no room.
    pub(super) fn learn(
        &mut self,
        state: StateId,
        (literal, hole, next): (&[u8], Hole, StateId),
        ops: &[Op],
    ) -> Option<()> {
        let steps = &self.states.get(state as usize)?.steps;
        if steps.iter().any(|step| step.literal.of(&self.bytes) == literal) {
            return Some(());
        }
        if steps.len() >= MAX_STEPS {
            return None;
        }
        let is_begun = |step: &Step| literal.starts_with(step.literal.of(&self.bytes));
        let row = steps.iter().position(is_begun).unwrap_or(steps.len());
        let n_ops = self.ops.len();
        let head = head_of_short(literal);
        let mask = head_of_short(&[u8::MAX; HEAD][..literal.len().min(HEAD)]);
        let literal = self.keep(literal)?;
        self.ops.extend_from_slice(ops);
        let ops = Range::new(n_ops, self.ops.len());
        let step = Step { head, mask, literal, ops, hole, next };
        self.states.get_mut(state as usize)?.steps.insert(row, step);
        self.n_steps += 1;
        Some(())
    }
}

/// The first bytes of what is left of a record; zeros past its end. None of a very short record.
#[inline]
fn head_of(record: &[u8], rest: &[u8]) -> Option<[u64; HEAD / 8]> {
    let head = if let Some(head) = rest.first_chunk::<HEAD>() {
        u128::from_le_bytes(*head)
    } else {
        let n_missing = HEAD - rest.len();
        let last = u128::from_le_bytes(*record.last_chunk::<HEAD>()?);
        last.checked_shr(n_missing as u32 * 8).unwrap_or(0)
    };
    Some([head as u64, (head >> 64) as u64])
}

/// The same of a literal.
fn head_of_short(literal: &[u8]) -> [u64; HEAD / 8] {
    let head = literal.iter().take(HEAD).rev().fold(0, |head, &byte| head << 8 | u128::from(byte));
    [head as u64, (head >> 64) as u64]
}

fn hash_of(before: StateId, literal: &[u8], hole: Hole) -> u64 {
    guarded_hash_of(literal) ^ u64::from(before) << 32 ^ (hole as u64) << 60
}
