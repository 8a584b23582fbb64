//! Draft → payload: texts become ids, in the order in which payloads declare their fields, so that
//! ids do not depend on the order of keys.
use crate::events::databuild::draft::{Draft, Range, Value};
use crate::events::databuild::fields::{Field, Fields};
use crate::events::databuild::grammar::{list_of, text_of};
use crate::events::lists::Lists;
use crate::events::names::Full;
use crate::events::{
    EventKind, Id, NameTable, Names, PartitionRef, Payload, RunId, Source, TextId, WantCreate,
};

/// One event's texts on their way into the tables.
struct Interning<'a> {
    names: &'a mut Names,
    /// That the draft's ranges are of.
    texts: &'a [u8],
    draft: &'a Draft,
    fields: &'a Fields,
    lists: &'a mut Lists,
}

/// The payload of the event in `draft`, which is of `kind` and stands in `record`; its lists in
/// `lists`.
///
/// A required field that is absent, which [`Fields::check`] does not let pass, would be the empty
/// name.
///
/// # Errors
/// When a table of names is full.
pub(in crate::events) fn intern<'l>(
    (kind, record): (EventKind, &[u8]),
    draft: &Draft,
    names: &mut Names,
    lists: &'l mut Lists,
) -> Result<Payload<'l>, Full> {
    lists.clear();
    let texts = draft.texts(record);
    let looks = draft.refs.iter().map(|(name, _)| names.partitions.look(name.of(texts)));
    lists.looks.clear();
    lists.looks.extend(looks);
    let mut from = Interning { names, texts, draft, fields: &draft.fields, lists: &mut *lists };
    Ok(match kind {
        EventKind::WantCreate => {
            let want = from.name(Field::WantId, |names| &mut names.wants)?;
            from.partitions(Field::Partitions)?;
            let (source, comment) = (from.source()?, from.text(Field::Comment)?);
            Payload::WantCreate(WantCreate {
                want,
                data_time_secs: from.number(Field::DataTimestamp),
                ttl_secs: from.number(Field::TtlSeconds),
                sla_secs: from.number(Field::SlaSeconds),
                source,
                comment,
                partitions: &lists.refs,
            })
        }
        EventKind::WantCancel => {
            let want = from.name(Field::WantId, |names| &mut names.wants)?;
            let (source, comment) = (from.source()?, from.text(Field::Comment)?);
            Payload::WantCancel { want, source, comment }
        }
        EventKind::JobRunBuffer => {
            let run = from.run()?;
            let label = from.name(Field::JobLabel, |names| &mut names.labels)?;
            from.partitions(Field::Building)?;
            let cut = from.lists.cut();
            from.attributions()?;
            let (building, wants) = lists.building_and_wants(cut);
            Payload::JobRunBuffer { run, label, building, wants }
        }
        EventKind::JobRunQueue => Payload::JobRunQueue { run: from.run()? },
        EventKind::JobRunHeartbeat => Payload::JobRunHeartbeat { run: from.run()? },
        EventKind::JobRunSuccess => {
            let run = from.run()?;
            from.pairs(Field::ReadDeps)?;
            let is_given = !matches!(from.fields.get(Field::ReadDeps), Value::Absent);
            Payload::JobRunSuccess { run, read_deps: is_given.then(|| lists.pairs()) }
        }
        EventKind::JobRunFailure => {
            Payload::JobRunFailure { run: from.run()?, reason: from.text(Field::Reason)? }
        }
        EventKind::JobRunCancel => {
            let run = from.run()?;
            let (source, comment) = (from.source()?, from.text(Field::Comment)?);
            Payload::JobRunCancel { run, source, comment }
        }
        EventKind::JobRunMissingDeps => {
            let run = from.run()?;
            from.pairs(Field::MissingDeps)?;
            let cut = from.lists.cut();
            from.pairs(Field::ReadDeps)?;
            let [missing_deps, read_deps] = lists.two_pairs(cut);
            Payload::JobRunMissingDeps { run, missing_deps, read_deps }
        }
        EventKind::TaintCreate => {
            let taint = from.name(Field::TaintId, |names| &mut names.taints)?;
            from.partitions(Field::Partitions)?;
            from.partitions(Field::RootPartitions)?;
            let (source, comment) = (from.source()?, from.text(Field::Comment)?);
            Payload::TaintCreate { taint, partitions: &lists.refs, source, comment }
        }
        EventKind::TaintCancel => {
            let taint = from.name(Field::TaintId, |names| &mut names.taints)?;
            let (source, comment) = (from.source()?, from.text(Field::Comment)?);
            Payload::TaintCancel { taint, source, comment }
        }
    })
}

impl Interning<'_> {
    fn name<T: Id>(
        &mut self,
        field: Field,
        table: impl Fn(&mut Names) -> &mut NameTable<T>,
    ) -> Result<T, Full> {
        let name = text_of(self.fields.get(field)).unwrap_or_default();
        table(self.names).intern_bytes(name.of(self.texts)).ok_or(Full)
    }

    fn run(&mut self) -> Result<RunId, Full> {
        self.name(Field::JobRunId, |names| &mut names.runs)
    }

    fn number(&self, field: Field) -> Option<u64> {
        if let Value::Number(number) = self.fields.get(field) { Some(number) } else { None }
    }

    fn text(&mut self, field: Field) -> Result<Option<TextId>, Full> {
        self.text_at(text_of(self.fields.get(field)))
    }

    fn text_at(&mut self, text: Option<Range>) -> Result<Option<TextId>, Full> {
        let Some(text) = text else { return Ok(None) };
        self.names.texts.intern_bytes(text.of(self.texts)).map(Some).ok_or(Full)
    }

    fn source(&mut self) -> Result<Source, Full> {
        Ok(match self.fields.get(Field::Source) {
            Value::Manual(user) => Source::Manual(self.text_at(user)?),
            Value::Run(run) => {
                Source::Run(self.names.runs.intern_bytes(run.of(self.texts)).ok_or(Full)?)
            }
            _ => Source::Unknown,
        })
    }

    fn partitions(&mut self, field: Field) -> Result<(), Full> {
        self.refs(list_of(self.fields.get(field))).map(drop)
    }

    /// How many there are.
    fn refs(&mut self, range: Range) -> Result<u32, Full> {
        let refs = range.of(&self.draft.refs);
        for (i, &(partition, uuid)) in (range.start()..).zip(refs) {
            let name = partition.of(self.texts);
            let look = self.lists.looks.get(i).ok_or(Full)?;
            let partition = self.names.partitions.intern_looked(name, *look).ok_or(Full)?;
            let uuid = self.text_at(uuid)?;
            self.lists.refs.push(PartitionRef { partition, uuid });
        }
        Ok(refs.len() as u32)
    }

    fn pairs(&mut self, field: Field) -> Result<(), Full> {
        for &[impacted, others] in list_of(self.fields.get(field)).of(&self.draft.pairs) {
            let lengths = [self.refs(impacted)?, self.refs(others)?];
            self.lists.lengths.push(lengths);
        }
        Ok(())
    }

    fn attributions(&mut self) -> Result<(), Full> {
        for &(want, partitions) in list_of(self.fields.get(Field::Attributed)).of(&self.draft.wants)
        {
            let want = self.names.wants.intern_bytes(want.of(self.texts)).ok_or(Full)?;
            let n_partitions = self.refs(partitions)?;
            self.lists.wants.push((want, n_partitions));
        }
        Ok(())
    }
}
