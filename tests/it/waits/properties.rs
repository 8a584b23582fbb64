//! Waits, chains and troubles against the slow twin, on random logs at random moments.
use lineage::events::{Id, WantId};
use lineage::facts::{Axis, waterfall};
use lineage::graph::{Key, Phase, Wait, blocked, spent, waits};
use lineage::history::{AsOf, as_of, replay};
use lineage::summary::{job_runs, lateness, needed};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::decode;
use crate::oracle::history::{TestLog, Twin};
use crate::oracle::waits as twin;
use crate::random_logs::{any_log, beside_twin, cases};
use crate::story::troubles;
use crate::waits::{NANOS, link_words, told};

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn waits_are_what_the_twin_finds(
        log in any_log(),
        at in any::<Index>(),
    ) {
        compare(&log, at)?;
    }

    #[test]
    fn an_axis_has_every_moment_in_order(
        busy in prop::collection::vec((0..1000_u64, 0..1000_u64), 0..12),
        from in 0..1000_u64,
        length in 0..1000_u64,
    ) {
        let axis = Axis::new(from, from + length, &busy);
        let mut at = from;
        for piece in &axis.pieces {
            prop_assert_eq!(piece.from_nanos, at);
            prop_assert!(piece.nanos > 0 && piece.width >= 0.0);
            let inside = |&&(start, end): &&(u64, u64)| {
                start.max(at) < end.min(at + piece.nanos)
            };
            prop_assert!(!piece.is_folded || !busy.iter().any(|it| inside(&it)));
            at += piece.nanos;
        }
        prop_assert_eq!(at, from + length);
        let places: Vec<f64> = (0..2000).step_by(7).map(|nanos| axis.place(nanos)).collect();
        prop_assert!(places.is_sorted() && places.iter().all(|place| (0.0..=1.0 + 1e-9).contains(place)));
        prop_assert!(length == 0 || (axis.place(from + length) - 1.0).abs() < 1e-9);
    }
}

fn compare(log: &TestLog, at: Index) -> Result<(), TestCaseError> {
    beside_twin(log, at, |asof, twin, at| {
        let history = asof.history;
        for want in history.names.wants.ids().filter(|&want| asof.want_status(want).is_some()) {
            let name = history.names.wants.text(want);
            prop_assert_eq!(twin::rows(twin, name, at), told_rows(asof, want, at));
            let chain: Vec<_> =
                blocked(asof, want).iter().map(|&link| link_words(history, link)).collect();
            prop_assert_eq!(twin::chain(twin, name), chain);
            same_time(asof, twin, want, at)?;
            waterfall_holds(asof, want)?;
        }
        same_as_cut(asof, log, at)?;
        let found = troubles(asof);
        let usual = history.names.labels.ids().map(|label| job_runs(asof, label).median_nanos);
        let usual: Vec<_> = usual.collect();
        for it in &found.at_risk {
            prop_assert_eq!(needed(asof, &usual, &blocked(asof, it.want)), it.needed_nanos);
            prop_assert!(matches!(
                lateness(asof, it.want),
                Some(lineage::summary::Lateness::Left(left)) if left < it.needed_nanos
            ));
        }
        Ok(())
    })
}

/// A log that ends then tells the same.
fn same_as_cut(asof: AsOf<'_>, log: &TestLog, at: usize) -> Result<(), TestCaseError> {
    let lines = log.lines()[..=at].join("\n");
    let cut = replay(decode(lines.as_bytes()).0).0;
    let moment = as_of(&cut, None);
    for want in cut.names.wants.ids() {
        let name = cut.names.wants.text(want);
        let same = asof.history.names.wants.find(name).unwrap();
        let told = |asof: AsOf<'_>, want| told(&waterfall(asof, want, 30));
        prop_assert_eq!(told(moment.of(&cut), want), told(asof, same));
    }
    Ok(())
}

fn letter(wait: Wait) -> char {
    match wait {
        Wait::Queued => 'q',
        Wait::Running => 'r',
        Wait::Waiting => 'w',
        Wait::Idle => 'i',
    }
}

fn told_rows(asof: AsOf<'_>, want: WantId, now: usize) -> Vec<String> {
    let names = &asof.history.names;
    let row = |row: lineage::graph::WaitRow| {
        let name = match row.key {
            Key::Want(want) => names.wants.text(want),
            Key::Run(run) => names.runs.text(run),
            _ => "",
        };
        let mut letters = vec!['.'; now];
        for Phase { wait, from, to, .. } in row.phases {
            letters[from.index()..to.index()].fill(letter(wait));
        }
        format!("{name} {} {}", row.depth, letters.into_iter().collect::<String>())
    };
    waits(asof, want).into_iter().map(row).collect()
}

fn same_time(
    asof: AsOf<'_>,
    twin: &Twin<'_>,
    want: WantId,
    now: usize,
) -> Result<(), TestCaseError> {
    let name = asof.history.names.wants.text(want);
    let Some(found) = spent(asof, want) else {
        prop_assert_eq!(twin.created(name), None);
        return Ok(());
    };
    let run_name = |run| asof.history.names.runs.text(run);
    let mut seconds = Vec::new();
    let mut at = found.from_nanos;
    for slice in &found.slices {
        prop_assert_eq!(slice.from_nanos, at);
        at += slice.nanos;
        let words = format!("{} {}", letter(slice.wait), slice.run.map_or("", run_name));
        seconds.extend(std::iter::repeat_n(words, (slice.nanos / NANOS) as usize));
    }
    prop_assert_eq!(at, found.from_nanos + found.nanos);
    let runs: Vec<String> = found.runs.iter().map(|&run| run_name(run).to_owned()).collect();
    prop_assert_eq!(twin::spent(twin, name, &runs, now), seconds);
    Ok(())
}

fn waterfall_holds(asof: AsOf<'_>, want: WantId) -> Result<(), TestCaseError> {
    let found = waterfall(asof, want, 3);
    let n_rows = if found.bars.is_empty() { 0 } else { waits(asof, want).len() };
    prop_assert_eq!(found.bars.len() + found.n_more, n_rows);
    for it in found.bars.iter().flat_map(|bar| &bar.stretches) {
        prop_assert!(it.left >= 0.0 && it.width >= 0.0 && it.left + it.width < 1.0 + 1e-9);
    }
    let all: f64 = found.totals.iter().map(|total| total.share).sum();
    prop_assert!(found.totals.is_empty() || (all - 1.0).abs() < 1e-9);
    Ok(())
}
