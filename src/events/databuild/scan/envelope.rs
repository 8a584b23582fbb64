//! What stands around a payload, where there is just one.
use super::{Hole, Op, Range, Scan};
use crate::events::EventKind;
use crate::events::databuild::DraftEvent;
use crate::events::databuild::envelope::EnvelopeKey;

/// What an envelope has said so far.
#[derive(Default)]
struct Said {
    /// The key that the payload stands under.
    kind: Option<EventKind>,
    /// What `event_type` says.
    row_kind: Option<EventKind>,
    has_payload: bool,
    /// The keys that have come, a bit each.
    seen: u32,
}

impl Said {
    /// None for a key that has come before.
    fn see(&mut self, key: EnvelopeKey) -> Option<()> {
        let bit = match key {
            EnvelopeKey::Kind(kind) => 8 + kind as u32,
            EnvelopeKey::EventId => 0,
            EnvelopeKey::Timestamp => 1,
            EnvelopeKey::Event => 2,
            EnvelopeKey::EventType => 3,
            EnvelopeKey::Payload => 4,
        };
        let is_new = self.seen >> bit & 1 == 0;
        self.seen |= 1 << bit;
        is_new.then_some(())
    }
}

impl Scan<'_, '_> {
    /// The whole record.
    pub(super) fn record(&mut self) -> Option<DraftEvent> {
        let mut said = Said::default();
        self.cursor.take(b'{')?;
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b'}')? {
            match self.key(EnvelopeKey::of_name)? {
                Ok(key) => self.envelope_value(key, &mut said)?,
                Err(name) => self.pass(("", name), Op::UnknownKey)?,
            }
            is_first = false;
        }
        let kind = said.kind.or(said.row_kind).filter(|_| said.has_payload)?;
        self.draft.fields.check(kind).ok()?;
        self.run(Op::Kind(kind));
        let event = self.registers.event().filter(|_| self.cursor.is_at_end())?;
        let n = self.cursor.at();
        self.lesson.hole(self.cursor.bytes(), Hole::End, Range::new(n, n));
        self.cursor.is_text().then_some(event)
    }

    fn envelope_value(&mut self, key: EnvelopeKey, said: &mut Said) -> Option<()> {
        said.see(key)?;
        if self.cursor.peek()? == b'n' {
            return self.cursor.word("null");
        }
        match key {
            EnvelopeKey::EventId => {
                self.number()?;
                self.run(Op::EventId);
            }
            EnvelopeKey::Timestamp => {
                self.number()?;
                self.run(Op::Timestamp);
            }
            EnvelopeKey::Event => self.event(said)?,
            EnvelopeKey::EventType => said.row_kind = Some(self.kind_name()?),
            EnvelopeKey::Payload => self.the_payload(said)?,
            EnvelopeKey::Kind(kind) => {
                said.kind = Some(kind);
                self.the_payload(said)?;
            }
        }
        Some(())
    }

    /// What stands under `event`.
    fn event(&mut self, said: &mut Said) -> Option<()> {
        self.cursor.take(b'{')?;
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b'}')? {
            match self.key(EventKind::of_name)? {
                Ok(kind) => self.envelope_value(EnvelopeKey::Kind(kind), said)?,
                Err(name) => self.pass(("event", name), Op::UnknownKey)?,
            }
            is_first = false;
        }
        Some(())
    }

    /// The kind that `event_type` names.
    fn kind_name(&mut self) -> Option<EventKind> {
        let name = self.cursor.text()?;
        EventKind::of_name(self.cursor.str_of(name))
    }

    /// The only payload.
    fn the_payload(&mut self, said: &mut Said) -> Option<()> {
        if said.has_payload {
            return None;
        }
        said.has_payload = true;
        self.payload()
    }
}
