//! What differs between two instances, by walking up all ways again and again.
use crate::oracle::history::{Key, Twin};

/// What the second of two instances was built from, beside the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    pub added: Vec<Key>,
    pub gone: Vec<Key>,
    pub rebuilt: Vec<(Key, Key)>,
    pub n_unchanged: usize,
}

/// What the instance was built from, in order, without repeats.
pub fn reads_of(twin: &Twin<'_>, key: &Key) -> Vec<Key> {
    let instances = twin.instances_of(key.partition());
    let Some(instance) = instances.into_iter().find(|it| it.key() == *key) else {
        return Vec::new();
    };
    let mut reads: Vec<Key> = Vec::new();
    for (read, _) in twin.built_from(instance).into_iter().flat_map(|set| &set.read) {
        if !reads.contains(read) {
            reads.push(read.clone());
        }
    }
    reads
}

/// The first of what is left of a partition goes with the first of the other side, and so on.
pub fn inputs(twin: &Twin<'_>, before: &Key, after: &Key) -> Inputs {
    let (old, new) = (reads_of(twin, before), reads_of(twin, after));
    let mut gone = old.clone();
    gone.retain(|read| !new.contains(read));
    let mut found = Inputs::default();
    for read in new {
        if old.contains(&read) {
            found.n_unchanged += 1;
        } else if let Some(at) = gone.iter().position(|it| it.partition() == read.partition()) {
            found.rebuilt.push((gone.remove(at), read));
        } else {
            found.added.push(read);
        }
    }
    Inputs { gone, ..found }
}

/// Pairs with nothing rebuilt among their inputs, with the least number of reads up to them and why.
pub fn origins(twin: &Twin<'_>, before: &Key, after: &Key) -> Vec<(String, usize, &'static str)> {
    let mut known = Vec::new();
    visit(twin, (before.clone(), after.clone()), 0, &mut known);
    let mut origins = Vec::new();
    for ((before, after), hop) in known {
        let inputs = inputs(twin, &before, &after);
        if before == after || !inputs.rebuilt.is_empty() {
            continue;
        }
        let is_built = |key: &Key| matches!(key, Key::Built { .. });
        let why = match (is_built(&before) && is_built(&after), inputs) {
            (false, _) => "BeforeLog",
            (true, Inputs { added, gone, .. }) if added.is_empty() && gone.is_empty() => "Rebuilt",
            _ => "OtherInputs",
        };
        origins.push((format!("{before} {after}"), hop, why));
    }
    origins.sort();
    origins
}

type Known = Vec<((Key, Key), usize)>;

fn visit(twin: &Twin<'_>, pair: (Key, Key), hop: usize, known: &mut Known) {
    match known.iter_mut().find(|(other, _)| *other == pair) {
        Some((_, least)) if *least <= hop => return,
        Some((_, least)) => *least = hop,
        None => known.push((pair.clone(), hop)),
    }
    for rebuilt in inputs(twin, &pair.0, &pair.1).rebuilt {
        visit(twin, rebuilt, hop + 1, known);
    }
}
