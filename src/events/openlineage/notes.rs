//! What is to be said about records of runs, found when all were read.
use crate::events::notices::Listed;
use crate::events::openlineage::family::Family;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::known::Known;
use crate::events::openlineage::names::Readable;
use crate::events::openlineage::rows::{Described, Row};
use crate::events::openlineage::runs::Runs;
use crate::events::openlineage::{At, keys};
use crate::events::{NoticeClass, Notices};

/// Records that say again what another one says.
pub(super) fn repeats(gathered: &Gathered, repeats: &[u32], notices: &mut Notices) {
    notices.n_folded += repeats.len() as u64;
    for row in repeats.iter().filter_map(|&row| gathered.rows.get(row as usize)) {
        note(gathered, row, NoticeClass::Duplicate, "told before, word for word", notices);
    }
}

/// Records whose parent is not used.
pub(super) fn cut_parents(
    gathered: &Gathered,
    order: &[u32],
    runs: &Runs,
    family: &Family,
    notices: &mut Notices,
) {
    for &at in &family.cut {
        let first = runs.positions(at).first().and_then(|&first| order.get(first as usize));
        if let Some(row) = first.and_then(|&row| gathered.rows.get(row as usize)) {
            let reason = "the run is a part of itself; that parent is ignored";
            note(gathered, row, NoticeClass::OwnParent, reason, notices);
        }
    }
}

/// The first record of each run whose id another run has.
pub(super) fn shared_ids(known: &Known<'_>, names: &Readable, notices: &mut Notices) {
    for &at in &names.shared {
        let first = known.runs.positions(at).first().map(|&first| known.order[first as usize]);
        if let Some(row) = first.and_then(|row| known.gathered.rows.get(row as usize)) {
            let reason = "two jobs have a run of this id; they are two runs";
            note(known.gathered, row, NoticeClass::SharedRunId, reason, notices);
        }
    }
}

pub(super) fn no_zone(gathered: &Gathered, row: &Row, notices: &mut Notices) {
    note(gathered, row, NoticeClass::NoZone, "eventTime is without a zone", notices);
}

/// A record that ends nothing, or comes after the end.
pub(super) fn folded(gathered: &Gathered, row: &Row, is_end: bool, notices: &mut Notices) {
    let (class, reason) = if is_end {
        (NoticeClass::EarlierEnd, "the run ends again later; the last end stands")
    } else {
        (NoticeClass::AfterEnd, "the run had ended; what this says of its data is used")
    };
    note(gathered, row, class, reason, notices);
}

/// Records of jobs and datasets alone.
pub(in crate::events) fn described(gathered: &Gathered, notices: &mut Notices) {
    notices.n_folded += gathered.described.len() as u64;
    for (what, at) in &gathered.described {
        let key = match what {
            Described::Job(job) => gathered.keys.labels.text(*job),
            Described::Dataset(dataset) => gathered.keys.partitions.text(*dataset),
        };
        let name = || keys::readable(&keys::split::<3>(key));
        add(*at, NoticeClass::Description, "no run: kept as a description", name, notices);
    }
}

fn note(gathered: &Gathered, row: &Row, class: NoticeClass, reason: &str, notices: &mut Notices) {
    let name = || {
        let [id, namespace, job] = keys::split(gathered.keys.runs.text(row.run));
        format!("{} of run {id} of {}", row.kind.name(), keys::readable(&[namespace, job]))
    };
    add(row.at, class, reason, name, notices);
}

fn add(
    At { place, len, line }: At,
    class: NoticeClass,
    reason: &str,
    name: impl FnOnce() -> String,
    notices: &mut Notices,
) {
    let listed = Listed { class, line: u64::from(line), place, len };
    let excerpt = || name().chars().take(Notices::EXCERPT_CHARS).collect();
    notices.add(listed, || (reason.to_owned(), excerpt()));
}
