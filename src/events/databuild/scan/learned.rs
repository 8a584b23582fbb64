//! What the records so far have taught about the keys of the next: writers spell a key the same way
//! every time, and give keys in the same order. A guess that is wrong costs a look-up and changes no
//! result.
use super::cursor::Cursor;
use crate::events::databuild::draft::Range;

use crate::events::EventKind;
use crate::events::databuild::envelope::EnvelopeKey;
use crate::events::databuild::fields::Field;
use crate::events::databuild::shape::Shape;

/// The longest key that is known, and its closing quote, fit.
const BYTES: usize = 32;
/// Keys of an object past the first few share guesses.
const PLACES: usize = 16;

/// What is known of every kind of object.
#[derive(Clone, Debug)]
pub(in crate::events::databuild) struct Learned {
    pub(super) envelope: Guesses<EnvelopeKey>,
    pub(super) kinds: Guesses<EventKind>,
    /// By kind; the last where the kind is not known yet.
    pub(super) payload: [Guesses<Field>; EventKind::ALL.len() + 1],
    /// By shape. A key is its row among [`Shape::keys`].
    pub(super) small: [Guesses<usize>; Shape::N],
    /// What stands before the name of a partition that has nothing else.
    pub(super) partition: Guess<()>,
}

impl Default for Learned {
    fn default() -> Self {
        Self {
            envelope: Guesses::new(EnvelopeKey::Event),
            kinds: Guesses::new(EventKind::WantCreate),
            payload: [Guesses::new(Field::WantId); EventKind::ALL.len() + 1],
            small: [Guesses::new(0); Shape::N],
            partition: Guess::new(()),
        }
    }
}

/// The key that stood at a place before.
#[derive(Clone, Copy, Debug)]
pub(in crate::events::databuild) struct Guess<M> {
    /// Its bytes with the closing quote, then zeros.
    words: [u64; BYTES / 8],
    /// In bytes; zero before the first.
    len: usize,
    meaning: M,
}

/// The keys of one kind of object, place by place.
#[derive(Clone, Copy, Debug)]
pub(in crate::events::databuild) struct Guesses<M>([Guess<M>; PLACES]);

impl<M: Copy> Guesses<M> {
    /// Nothing was seen yet; `meaning` is any.
    pub(super) const fn new(meaning: M) -> Self {
        Self([Guess::new(meaning); PLACES])
    }

    /// The guess at the key of that place.
    pub(super) fn at(&mut self, place: usize) -> &mut Guess<M> {
        &mut self.0[place % PLACES]
    }

    /// The guess at a key of a kind, by four bytes that no two kinds share: `job_run_queu`. The
    /// factor is one of many that give all kinds of a spelling places of their own.
    pub(super) fn like(&mut self, rest: &[u8]) -> &mut Guess<M> {
        let middle = rest.get(8..).and_then(|rest| rest.first_chunk().copied());
        let middle = middle.map_or(0, u32::from_le_bytes);
        self.at((middle.wrapping_mul(0x2d83_1169) >> 28) as usize)
    }
}

/// What a key means, or what it is called if nobody knows it.
pub(super) type Key<M> = Result<M, Range>;

impl<M: Copy> Guess<M> {
    const fn new(meaning: M) -> Self {
        Self { words: [0; BYTES / 8], len: 0, meaning }
    }

    /// Takes a key and the colon after it; if it was not guessed, it will be.
    pub(super) fn key(
        &mut self,
        cursor: &mut Cursor<'_>,
        of_name: impl Fn(&str) -> Option<M>,
    ) -> Option<Key<M>> {
        cursor.take(b'"')?;
        let key = if let Some((key, n)) = self.met(cursor.rest()) {
            cursor.go_to(cursor.at() + n);
            Ok(key)
        } else {
            let name = cursor.end_of_text()?;
            let known = of_name(cursor.str_of(name));
            if let Some(key) = known {
                self.learn_key(cursor.str_of(name), key);
            }
            known.ok_or(name)
        };
        cursor.take(b':')?;
        Some(key)
    }

    /// If `rest` begins as guessed: what that means, and its length.
    pub(super) fn met(&self, rest: &[u8]) -> Option<(M, usize)> {
        let (words, _) = rest.as_chunks();
        let n_whole = self.len / 8;
        let whole = self.words.get(..n_whole)?.iter().zip(words);
        let (last, found) = (self.words.get(n_whole)?, u64::from_le_bytes(*words.get(n_whole)?));
        let is_met = (last ^ found) & ((1 << (self.len % 8 * 8)) - 1) == 0
            && whole.into_iter().all(|(word, found)| *word == u64::from_le_bytes(*found));
        (is_met && self.len > 0).then_some((self.meaning, self.len))
    }

    /// The key at this place was `name`.
    pub(super) fn learn_key(&mut self, name: &str, meaning: M) {
        self.learn(name.bytes().chain([b'"']), meaning);
    }

    /// These bytes, if there are not too many, are guessed from now on.
    pub(super) fn learn(&mut self, bytes: impl Iterator<Item = u8>, meaning: M) {
        let mut learned = Self::new(meaning);
        for byte in bytes {
            let Some(word) = learned.words.get_mut(learned.len / 8) else { return };
            *word |= u64::from(byte) << (learned.len % 8 * 8);
            learned.len += 1;
        }
        // One that fills all words has no last one.
        *self = learned;
    }
}
