//! What stands around a payload, where there is just one.
use super::Scan;
use super::learned::Key;
use crate::events::EventKind;
use crate::events::databuild::DraftEvent;
use crate::events::databuild::envelope::EnvelopeKey;

/// What an envelope has said so far.
#[derive(Default)]
struct Said {
    event_id: Option<u64>,
    timestamp: Option<u64>,
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
    pub(super) fn record(&mut self) -> Option<DraftEvent> {
        let mut said = Said::default();
        self.cursor.take(b'{')?;
        let mut place = 0;
        while self.cursor.goes_on(place == 0, b'}')? {
            match self.envelope_key(place)? {
                Ok(key) => self.envelope_value(key, &mut said)?,
                Err(name) => {
                    self.draft.envelope.unknown.push(("", name));
                    self.cursor.anything()?;
                }
            }
            place += 1;
        }
        let kind = said.kind.or(said.row_kind).filter(|_| said.has_payload)?;
        self.draft.fields.check(kind).ok()?;
        Some(DraftEvent { event_id: said.event_id, timestamp: said.timestamp?, kind })
    }

    /// Payloads come under one of many keys, the others mostly in the same order.
    fn envelope_key(&mut self, place: usize) -> Option<Key<EnvelopeKey>> {
        self.cursor.peek()?;
        let rest = self.cursor.rest().get(1..)?;
        if self.draft.learned.envelope.at(place).met(rest).is_none() {
            let key = self.kind_key()?;
            let Err(name) = key else { return Some(key.map(EnvelopeKey::Kind)) };
            let name_text = self.cursor.str_of(name);
            let known = EnvelopeKey::of_name(name_text);
            if let Some(key) = known {
                self.draft.learned.envelope.at(place).learn_key(name_text, key);
            }
            return Some(known.ok_or(name));
        }
        self.draft.learned.envelope.at(place).key(&mut self.cursor, EnvelopeKey::of_name)
    }

    fn kind_key(&mut self) -> Option<Key<EventKind>> {
        self.cursor.peek()?;
        let rest = self.cursor.rest().get(1..)?;
        self.draft.learned.kinds.like(rest).key(&mut self.cursor, EventKind::of_name)
    }

    fn envelope_value(&mut self, key: EnvelopeKey, said: &mut Said) -> Option<()> {
        said.see(key)?;
        if self.cursor.peek()? == b'n' {
            return self.cursor.word("null");
        }
        match key {
            EnvelopeKey::EventId => said.event_id = Some(self.number()?),
            EnvelopeKey::Timestamp => said.timestamp = Some(self.number()?),
            EnvelopeKey::Event => self.event(said)?,
            EnvelopeKey::EventType => said.row_kind = Some(self.kind_name()?),
            EnvelopeKey::Payload => self.the_payload(said.row_kind, said)?,
            EnvelopeKey::Kind(kind) => {
                said.kind = Some(kind);
                self.the_payload(Some(kind), said)?;
            }
        }
        Some(())
    }

    /// What stands under `event`.
    fn event(&mut self, said: &mut Said) -> Option<()> {
        self.cursor.take(b'{')?;
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b'}')? {
            match self.kind_key()? {
                Ok(kind) => self.envelope_value(EnvelopeKey::Kind(kind), said)?,
                Err(name) => {
                    self.draft.envelope.unknown.push(("event", name));
                    self.cursor.anything()?;
                }
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

    /// The only payload, of a kind that may not be known yet.
    fn the_payload(&mut self, kind: Option<EventKind>, said: &mut Said) -> Option<()> {
        if said.has_payload {
            return None;
        }
        said.has_payload = true;
        self.payload(kind)
    }
}
