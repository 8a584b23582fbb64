//! Which run tries again what another did not bring to its end, and in which part of it a run
//! failed.
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::events::openlineage::family::Family;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::keys;
use crate::events::openlineage::rows::Kind;
use crate::events::openlineage::runs::{At, Run, Runs};

/// `At ->` the run of which it is another attempt: the last before it of the same job, parent and
/// place among mapped tasks, if that did not succeed. Where tries are numbered, a later number says
/// so; else the earlier one must have failed or been aborted by then. Everything else is done anew.
pub(super) fn retries(gathered: &Gathered, runs: &Runs, family: &Family) -> Vec<Option<At>> {
    let mut newest: HashMap<(&str, At, Option<i64>), At, FixedState> = HashMap::default();
    let mut retry_of = vec![None; runs.all.len()];
    for (at, run) in runs.all.iter().enumerate() {
        let Some(parent) = family.parent[at] else { continue };
        let job = keys::job(gathered.keys.runs.text(run.key));
        let before = newest.insert((job, parent, run.facets.map_index), at);
        let begins = runs.positions(at).first().copied().unwrap_or(0);
        retry_of[at] = before.filter(|&before| is_retry(&runs.all[before], run, begins));
    }
    retry_of
}

fn is_retry(earlier: &Run, run: &Run, begins: u32) -> bool {
    match (earlier.facets.try_number, run.facets.try_number) {
        (Some(first), Some(then)) => {
            then > first && !matches!(earlier.end, Some((_, Kind::Complete)))
        }
        _ => earlier.was_unsuccessful() && earlier.end.is_some_and(|(end, _)| end < begins),
    }
}

/// `At ->` of a failed run, the part of it that failed first and has no failed part itself. What
/// failed below a run that succeeded all the same is no reason.
pub(super) fn failed_in(runs: &Runs, family: &Family) -> Vec<Option<At>> {
    let mut failed_in = vec![None; runs.all.len()];
    // `At ->` the first failure in its parts, by its end.
    let mut first: Vec<Option<(u32, At)>> = vec![None; runs.all.len()];
    for &at in family.preorder.iter().rev() {
        let run = &runs.all[at];
        let cause = match run.end {
            Some((_, Kind::Complete)) => None,
            Some((end, Kind::Fail)) => {
                failed_in[at] = first[at].map(|(_, cause)| cause);
                first[at].or(Some((end, at)))
            }
            _ => first[at],
        };
        if let (Some(cause), Some(parent)) = (cause, family.parent[at]) {
            first[parent] = Some(first[parent].map_or(cause, |known| known.min(cause)));
        }
    }
    failed_in
}
