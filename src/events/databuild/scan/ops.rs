//! What a record does to its draft: a few instructions between its texts and numbers. The scanner
//! finds out which, and what it has found goes for all records of the same literals.
use crate::events::EventKind;
use crate::events::databuild::DraftEvent;
use crate::events::databuild::draft::{Draft, Range, Value};
use crate::events::databuild::fields::Field;

/// One instruction. What was read last is in the registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// The number is the event's id.
    EventId,
    /// The number is the event's timestamp.
    Timestamp,
    /// The event is of this kind.
    Kind(EventKind),
    /// The field is the text.
    Text(Field),
    /// The field is the number.
    Number(Field),
    /// A list of partitions, of objects of partitions, or of wants begins.
    BeginRefs,
    BeginPairs,
    BeginWants,
    /// The field is the list that began last.
    Refs(Field),
    Pairs(Field),
    Wants(Field),
    /// The list of partitions that began last is the first or second of an object.
    First,
    Second,
    /// The text is a partition's name, or its uuid.
    Name,
    Uuid,
    /// There is a partition: of that name and uuid, or of the text as a name.
    Ref,
    RefOfText,
    /// There is an object of two lists of partitions.
    Pair,
    /// The text is a want's id.
    Want,
    /// There is a want with the first list.
    Attribution,
    /// By hand, by the text or by nobody who is named, or by the run that the text names.
    ByUser,
    ByHand,
    ByRun,
    /// The source is that.
    Source,
    /// A key of the envelope, or of the payload, that nobody knows: what it is in, and where its name is.
    UnknownKey(&'static str, Behind),
    UnknownField(&'static str, Behind),
}

/// A name among the bytes before the value that is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Behind {
    /// How far behind the name begins, and how long it is.
    n_back: u16,
    len: u16,
}

impl Behind {
    /// None of a name that is too long.
    pub(super) fn new(name: Range, place: usize) -> Option<Self> {
        let n_back = u16::try_from(place.checked_sub(name.start())?).ok()?;
        Some(Self { n_back, len: u16::try_from(name.len()).ok()? })
    }

    fn range(self, place: usize) -> Range {
        let start = place - usize::from(self.n_back);
        Range::new(start, start + usize::from(self.len))
    }
}

/// What instructions leave to those that follow.
#[derive(Debug, Default)]
pub(super) struct Registers {
    pub(super) text: Range,
    pub(super) number: u64,
    /// Where the value begins that is next.
    pub(super) place: usize,
    event_id: Option<u64>,
    timestamp: Option<u64>,
    kind: Option<EventKind>,
    name: Range,
    uuid: Option<Range>,
    want: Range,
    refs_start: usize,
    /// Of objects, or of wants: neither is inside the other.
    list_start: usize,
    first: Range,
    second: Range,
    source: Value,
}

impl Registers {
    #[inline(always)]
    pub(super) fn run(&mut self, op: Op, draft: &mut Draft) {
        match op {
            Op::EventId => self.event_id = Some(self.number),
            Op::Timestamp => self.timestamp = Some(self.number),
            Op::Kind(kind) => {
                self.kind = Some(kind);
                draft.fields.unknown = Range::new(0, draft.n_unknown());
            }
            Op::Text(field) => draft.fields.set(field, Value::Text(self.text)),
            Op::Number(field) => draft.fields.set(field, Value::Number(self.number)),
            Op::BeginRefs => self.refs_start = draft.refs.len(),
            Op::BeginPairs => self.list_start = draft.pairs.len(),
            Op::BeginWants => self.list_start = draft.wants.len(),
            Op::Refs(field) => draft.fields.set(field, Value::List(self.refs(draft))),
            Op::Pairs(field) => {
                let list = Range::new(self.list_start, draft.pairs.len());
                draft.fields.set(field, Value::List(list));
            }
            Op::Wants(field) => {
                let list = Range::new(self.list_start, draft.wants.len());
                draft.fields.set(field, Value::List(list));
            }
            Op::First => self.first = self.refs(draft),
            Op::Second => self.second = self.refs(draft),
            Op::Name => self.name = self.text,
            Op::Uuid => self.uuid = Some(self.text),
            Op::Ref => draft.refs.push((self.name, self.uuid.take())),
            Op::RefOfText => draft.refs.push((self.text, self.uuid.take())),
            Op::Pair => {
                let lists = [std::mem::take(&mut self.first), std::mem::take(&mut self.second)];
                draft.pairs.push(lists);
            }
            Op::Want => self.want = self.text,
            Op::Attribution => draft.wants.push((self.want, std::mem::take(&mut self.first))),
            Op::ByUser => self.source = Value::Manual(Some(self.text)),
            Op::ByHand => self.source = Value::Manual(None),
            Op::ByRun => self.source = Value::Run(self.text),
            Op::Source => draft.fields.set(Field::Source, self.source),
            Op::UnknownKey(inside, name) => {
                draft.envelope.unknown.push((inside, name.range(self.place)));
            }
            Op::UnknownField(inside, name) => {
                draft.unknown.push((inside, name.range(self.place)));
            }
        }
    }

    fn refs(&self, draft: &Draft) -> Range {
        Range::new(self.refs_start, draft.refs.len())
    }

    /// The event, if there is all that one cannot be without.
    pub(super) fn event(&self) -> Option<DraftEvent> {
        let Self { event_id, timestamp, kind, .. } = *self;
        Some(DraftEvent { event_id, timestamp: timestamp?, kind: kind? })
    }
}
