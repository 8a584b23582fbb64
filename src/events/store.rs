//! Payloads as columns: one small row per event in the table of its kind, lists end to end in one
//! arena per element. [`Store::push`] is the only writer and [`Store::get`] the only reader; what
//! goes in comes out. Knows nothing of names, order or time.
use crate::events::names::Full;
use crate::events::room::Grows;
use crate::events::{
    Attributions, EventKind, LabelId, Pairs, PartitionRef, Payload, RunId, Source, TaintId, TextId,
    WantCreate, WantId,
};

/// All payloads of a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    /// Event -> row in the table of its kind.
    rows: Vec<u32>,
    creates: Vec<CreateRow>,
    want_cancels: Vec<(WantId, Note)>,
    buffers: Vec<BufferRow>,
    /// Queue and heartbeat events, which say nothing else.
    runs: Vec<RunId>,
    successes: Vec<(RunId, Option<DepsRow>)>,
    /// Missing, then read.
    misses: Vec<(RunId, [DepsRow; 2])>,
    /// Failures and cancels.
    run_notes: Vec<(RunId, Note)>,
    taints: Vec<(TaintId, Span, Note)>,
    taint_cancels: Vec<(TaintId, Note)>,
    refs: Vec<PartitionRef>,
    lengths: Vec<[u32; 2]>,
    wants: Vec<(WantId, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    len: u32,
}

#[derive(Clone, Copy, Debug)]
struct Note {
    source: Source,
    /// The comment; of a failure, the reason.
    text: Option<TextId>,
}

#[derive(Clone, Copy, Debug)]
struct CreateRow {
    want: WantId,
    partitions: Span,
    data_time_secs: Option<u64>,
    ttl_secs: Option<u64>,
    sla_secs: Option<u64>,
    note: Note,
}

#[derive(Clone, Copy, Debug)]
struct BufferRow {
    run: RunId,
    label: LabelId,
    building: Span,
    wants: Span,
    wants_refs: Span,
}

#[derive(Clone, Copy, Debug)]
struct DepsRow {
    lengths: Span,
    refs: Span,
}

impl Store {
    /// Appends `payload`; nothing is written when it fails.
    ///
    /// # Errors
    /// When an arena holds all the 2³² elements that rows can tell apart.
    pub(super) fn push(&mut self, payload: Payload<'_>) -> Result<(), Full> {
        let arenas = [self.rows.len(), self.refs.len(), self.lengths.len(), self.wants.len()];
        let longest = arenas.into_iter().max().unwrap_or(0);
        u32::try_from(longest + n_elements(&payload) + 1).map_err(|_| Full)?;
        let row = match payload {
            Payload::WantCreate(create) => self.push_create(&create),
            Payload::WantCancel { want, source, comment } => {
                add(&mut self.want_cancels, (want, Note { source, text: comment }))
            }
            Payload::JobRunBuffer { run, label, building, wants } => {
                let building = append(&mut self.refs, building);
                let wants_refs = append(&mut self.refs, wants.refs);
                let wants = append(&mut self.wants, wants.wants);
                add(&mut self.buffers, BufferRow { run, label, building, wants, wants_refs })
            }
            Payload::JobRunQueue { run } | Payload::JobRunHeartbeat { run } => {
                add(&mut self.runs, run)
            }
            Payload::JobRunSuccess { run, read_deps } => {
                let row = (run, read_deps.map(|deps| self.append_deps(deps)));
                add(&mut self.successes, row)
            }
            Payload::JobRunFailure { run, reason } => {
                add(&mut self.run_notes, (run, Note { source: Source::Unknown, text: reason }))
            }
            Payload::JobRunCancel { run, source, comment } => {
                add(&mut self.run_notes, (run, Note { source, text: comment }))
            }
            Payload::JobRunMissingDeps { run, missing_deps, read_deps } => {
                let row = (run, [missing_deps, read_deps].map(|deps| self.append_deps(deps)));
                add(&mut self.misses, row)
            }
            Payload::TaintCreate { taint, partitions, source, comment } => {
                let partitions = append(&mut self.refs, partitions);
                add(&mut self.taints, (taint, partitions, Note { source, text: comment }))
            }
            Payload::TaintCancel { taint, source, comment } => {
                add(&mut self.taint_cancels, (taint, Note { source, text: comment }))
            }
        };
        self.rows.push(row);
        Ok(())
    }

    /// The payload that went in as the one at `index`, and was of `kind`.
    ///
    /// # Panics
    /// When there is none, or it was of another kind.
    pub(super) fn get(&self, kind: EventKind, index: usize) -> Payload<'_> {
        let row = self.rows[index] as usize;
        match kind {
            EventKind::WantCreate => self.create(&self.creates[row]),
            EventKind::WantCancel => {
                let (want, Note { source, text: comment }) = self.want_cancels[row];
                Payload::WantCancel { want, source, comment }
            }
            EventKind::JobRunBuffer => {
                let BufferRow { run, label, building, wants, wants_refs } = self.buffers[row];
                let refs = slice(&self.refs, wants_refs);
                let wants = Attributions { wants: slice(&self.wants, wants), refs };
                let building = slice(&self.refs, building);
                Payload::JobRunBuffer { run, label, building, wants }
            }
            EventKind::JobRunQueue => Payload::JobRunQueue { run: self.runs[row] },
            EventKind::JobRunHeartbeat => Payload::JobRunHeartbeat { run: self.runs[row] },
            EventKind::JobRunSuccess => {
                let (run, deps) = self.successes[row];
                Payload::JobRunSuccess { run, read_deps: deps.map(|deps| self.deps(deps)) }
            }
            EventKind::JobRunFailure => {
                let (run, Note { text: reason, .. }) = self.run_notes[row];
                Payload::JobRunFailure { run, reason }
            }
            EventKind::JobRunCancel => {
                let (run, Note { source, text: comment }) = self.run_notes[row];
                Payload::JobRunCancel { run, source, comment }
            }
            EventKind::JobRunMissingDeps => {
                let (run, deps) = self.misses[row];
                let [missing_deps, read_deps] = deps.map(|deps| self.deps(deps));
                Payload::JobRunMissingDeps { run, missing_deps, read_deps }
            }
            EventKind::TaintCreate => {
                let (taint, partitions, Note { source, text: comment }) = self.taints[row];
                let partitions = slice(&self.refs, partitions);
                Payload::TaintCreate { taint, partitions, source, comment }
            }
            EventKind::TaintCancel => {
                let (taint, Note { source, text: comment }) = self.taint_cancels[row];
                Payload::TaintCancel { taint, source, comment }
            }
        }
    }

    /// Shows each list to `visit`.
    pub(super) fn each(&mut self, visit: &mut dyn FnMut(&mut dyn Grows)) {
        let Self { rows, creates, want_cancels, buffers, runs, successes, misses, .. } = self;
        let tables: [&mut dyn Grows; 7] =
            [rows, creates, want_cancels, buffers, runs, successes, misses];
        tables.into_iter().for_each(&mut *visit);
        let Self { run_notes, taints, taint_cancels, refs, lengths, wants, .. } = self;
        let others: [&mut dyn Grows; 6] = [run_notes, taints, taint_cancels, refs, lengths, wants];
        others.into_iter().for_each(visit);
    }

    /// Puts the payloads into another order: index -> where the payload was.
    pub(super) fn permute(&mut self, order: &[u32]) {
        self.rows = order.iter().map(|&before| self.rows[before as usize]).collect();
    }

    fn push_create(&mut self, create: &WantCreate<'_>) -> u32 {
        let row = CreateRow {
            want: create.want,
            partitions: append(&mut self.refs, create.partitions),
            data_time_secs: create.data_time_secs,
            ttl_secs: create.ttl_secs,
            sla_secs: create.sla_secs,
            note: Note { source: create.source, text: create.comment },
        };
        add(&mut self.creates, row)
    }

    fn create(&self, row: &CreateRow) -> Payload<'_> {
        Payload::WantCreate(WantCreate {
            want: row.want,
            partitions: slice(&self.refs, row.partitions),
            data_time_secs: row.data_time_secs,
            ttl_secs: row.ttl_secs,
            sla_secs: row.sla_secs,
            source: row.note.source,
            comment: row.note.text,
        })
    }

    fn append_deps(&mut self, deps: Pairs<'_>) -> DepsRow {
        let lengths = append(&mut self.lengths, deps.lengths);
        DepsRow { lengths, refs: append(&mut self.refs, deps.refs) }
    }

    fn deps(&self, row: DepsRow) -> Pairs<'_> {
        Pairs { lengths: slice(&self.lengths, row.lengths), refs: slice(&self.refs, row.refs) }
    }
}

/// An upper bound of what the payload adds to any one arena.
fn n_elements(payload: &Payload<'_>) -> usize {
    let in_pairs = |pairs: &Pairs<'_>| pairs.lengths.len() + pairs.refs.len();
    match payload {
        Payload::WantCreate(WantCreate { partitions, .. })
        | Payload::TaintCreate { partitions, .. } => partitions.len(),
        Payload::JobRunBuffer { building, wants, .. } => {
            building.len() + wants.refs.len() + wants.wants.len()
        }
        Payload::JobRunSuccess { read_deps, .. } => read_deps.as_ref().map_or(0, in_pairs),
        Payload::JobRunMissingDeps { missing_deps, read_deps, .. } => {
            in_pairs(missing_deps) + in_pairs(read_deps)
        }
        _ => 0,
    }
}

/// The row that `row` becomes.
fn add<T>(table: &mut Vec<T>, row: T) -> u32 {
    table.push(row);
    table.len() as u32 - 1
}

/// Where `items` went.
fn append<T: Copy>(arena: &mut Vec<T>, items: &[T]) -> Span {
    let start = arena.len() as u32;
    arena.extend_from_slice(items);
    Span { start, len: items.len() as u32 }
}

fn slice<T>(arena: &[T], Span { start, len }: Span) -> &[T] {
    &arena[start as usize..][..len as usize]
}
