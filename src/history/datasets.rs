//! Which partitions are of one dataset: those whose refs differ in keys and numbers alone. Found once
//! for a log, so that counting by dataset is counting by a number.
use crate::events::{Id, NameTable, PartitionId};
use crate::history::DatasetId;
use crate::history::grouping::STEP;
use crate::wire::Narrow;

/// Text of a step, where refs are long.
const STEP_BYTES: usize = 1 << 18;

/// The datasets of a log, in order of first mention.
#[derive(Clone, Debug, Default)]
pub struct Datasets {
    /// Dataset -> what its refs have in common.
    pub patterns: NameTable<DatasetId>,
    /// Partition -> its dataset.
    pub of: Narrow<DatasetId>,
}

impl Datasets {
    /// Does some more of these refs; whether there were any left.
    #[inline(never)]
    pub(super) fn step(&mut self, refs: &NameTable<PartitionId>) -> bool {
        let Self { patterns, of } = self;
        let (mut pattern, n_done, mut n_bytes) = (Vec::new(), of.len(), 0);
        let some = (n_done..refs.len()).take(STEP).filter_map(PartitionId::from_index);
        for text in some.map(|partition| refs.text(partition)) {
            write_pattern(&mut pattern, text);
            // There are no more datasets than refs, so that all have an id.
            let Some(dataset) = patterns.intern_bytes(&pattern) else { break };
            of.push(dataset);
            n_bytes += text.len();
            if n_bytes >= STEP_BYTES {
                break;
            }
        }
        of.len() > n_done
    }

    /// The dataset of a partition.
    pub fn dataset(&self, partition: PartitionId) -> Option<DatasetId> {
        self.of.get(partition.index())
    }

    /// What the ref of a partition has in common with those of its dataset.
    pub fn pattern(&self, partition: PartitionId) -> &str {
        self.dataset(partition).map_or("", |dataset| self.patterns.text(dataset))
    }
}

/// A ref with what varies within its dataset starred: the values of `key=value` segments, and
/// runs of digits elsewhere. `data/report/region=emea/part-07` → `data/report/region=*/part-*`.
pub fn dataset_pattern(reference: &str) -> String {
    let mut pattern = Vec::new();
    write_pattern(&mut pattern, reference);
    // What is left out and what is put there are whole characters.
    String::from_utf8(pattern).unwrap_or_default()
}

fn write_pattern(pattern: &mut Vec<u8>, reference: &str) {
    pattern.clear();
    for (i, segment) in reference.as_bytes().split(|&byte| byte == b'/').enumerate() {
        if i > 0 {
            pattern.push(b'/');
        }
        match segment.iter().position(|&byte| byte == b'=') {
            Some(n) => {
                pattern.extend_from_slice(segment.get(..n).unwrap_or_default());
                pattern.extend_from_slice(b"=*");
            }
            None => push_without_digits(pattern, segment),
        }
    }
}

fn push_without_digits(pattern: &mut Vec<u8>, segment: &[u8]) {
    let mut rest = segment;
    while let Some(n) = rest.iter().position(u8::is_ascii_digit) {
        let (text, digits) = rest.split_at(n);
        pattern.extend_from_slice(text);
        pattern.push(b'*');
        let n_digits = digits.iter().position(|byte| !byte.is_ascii_digit());
        rest = digits.get(n_digits.unwrap_or(digits.len())..).unwrap_or_default();
    }
    pattern.extend_from_slice(rest);
}
