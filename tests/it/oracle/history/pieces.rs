//! Runs that continue each other: pieces of work.
use crate::oracle::history::{End, Instance, Twin, push_new};

impl Twin<'_> {
    /// `(later, earlier)`: the later run continues the earlier one, as of `when`. Both have the
    /// same label and build the same partition, with no other run for it between them, and the
    /// earlier one had ended without success.
    pub fn links(&self, when: usize) -> Vec<(String, String)> {
        let mut links = Vec::new();
        for partition in self.partitions() {
            let builds = self.instances_of(partition);
            for pair in builds.windows(2).filter(|pair| pair[1].begun <= when) {
                if self.continues(pair[1], pair[0]) {
                    push_new(&mut links, (pair[1].run.clone(), pair[0].run.clone()));
                }
            }
        }
        links
    }

    fn continues(&self, later: &Instance, earlier: &Instance) -> bool {
        let begun = later.begun;
        let label = self.label(&later.run, begun);
        let end = self.newest_attempt_of(&earlier.run, begun).and_then(|attempt| attempt.end);
        label.is_some()
            && label == self.label(&earlier.run, begun)
            && end.is_some_and(|(end, how)| end < begun && how != End::Succeeded)
    }

    /// The runs that are part of the same work as `run`, by their buffer events.
    pub fn piece_of(&self, run: &str) -> Vec<String> {
        let links = self.links(self.now());
        let mut piece = vec![run.to_owned()];
        let mut next = 0;
        while let Some(run) = piece.get(next).cloned() {
            for (later, earlier) in &links {
                if *later == run {
                    push_new(&mut piece, earlier.clone());
                }
                if *earlier == run {
                    push_new(&mut piece, later.clone());
                }
            }
            next += 1;
        }
        piece.sort_by_key(|run| self.place(run));
        piece
    }

    /// Every piece of work, by its first run; each run in exactly one.
    pub fn pieces(&self) -> Vec<Vec<String>> {
        let mut runs = self.runs();
        runs.sort_by_key(|run| self.place(run));
        let mut pieces = Vec::new();
        for run in runs {
            push_new(&mut pieces, self.piece_of(run));
        }
        pieces
    }

    /// Where a run stands among others: its first buffer event, else its first mention.
    fn place(&self, run: &str) -> (usize, usize) {
        let mentions = |seq: &usize| self.log[*seq].runs().contains(&run);
        let first_seen = (0..self.log.len()).find(mentions).unwrap_or_default();
        let among = self.runs().iter().position(|other| *other == run).unwrap_or_default();
        (self.buffered(run).unwrap_or(first_seen), among)
    }
}
