//! Which attempt of a piece of work read, wrote or spawned, for each link at work whose strip is open.
//! Never adds a link or takes one away.
use crate::events::{Id, PartitionId, RunId};
use crate::graph::ids::{label_of, node_ref, runs_of_job};
use crate::graph::neighbors::{builder_of, partition_of};
use crate::graph::sets::Map;
use crate::graph::{Ask, Edge, EdgeKind, Graph, Key};
use crate::history::{AsOf, AttemptId, InstanceId, RunStatus};
use crate::route;

/// The attempts that the strip of `work` shows, in order; none for what is no work.
pub fn attempts_at(asof: AsOf<'_>, work: Key) -> Vec<AttemptId> {
    let runs = match work {
        Key::Run(run) => asof.piece_of(run),
        Key::Job(newest) => runs_of_job(asof, newest),
        _ => Vec::new(),
    };
    let all = runs.iter().flat_map(|&run| asof.attempts_of(run).iter());
    all.filter(|&attempt| asof.attempt_status(attempt).is_some()).collect()
}

/// Whether the reader opened the strip of attempts of `work`.
pub fn is_strip_open(asof: AsOf<'_>, ask: &Ask, work: Key) -> bool {
    let is_attempts = |open: &&route::Open| open.side == route::Side::Attempts;
    let mut opened = ask.open.iter().filter(is_attempts).peekable();
    if opened.peek().is_none() || !matches!(work, Key::Run(_) | Key::Job(_)) {
        return false;
    }
    let node = node_ref(asof, &[], work);
    opened.any(|open| open.node == node)
}

/// Tells each link at work with an open strip its attempt.
pub(super) fn tell(asof: AsOf<'_>, ask: &Ask, graph: &mut Graph) {
    let is_open = |&row: &usize| is_strip_open(asof, ask, graph.nodes[row].key);
    let opened: Vec<usize> = (0..graph.nodes.len()).filter(is_open).collect();
    for row in opened {
        let strip = Strip::of(asof, graph.nodes[row].key, row == 0);
        for at in 0..graph.edges.len() {
            let edge = graph.edges[at];
            let far = match row as u32 {
                work if edge.from == work => edge.to,
                work if edge.to == work => edge.from,
                _ => continue,
            };
            graph.edges[at].attempt = strip.newest(graph, &edge, far);
        }
    }
}

/// The attempts of one node, and what they read.
struct Strip<'a> {
    asof: AsOf<'a>,
    work: Key,
    attempts: Vec<AttemptId>,
    /// Those that count before others first: successes, the newest first; then the rest likewise.
    by_worth: Vec<u32>,
    /// An attempt -> its place in `by_worth`.
    places: Map<AttemptId>,
    /// An instance, or at a job a partition -> the first in `by_worth` that read it.
    reads: Map<Key>,
}

impl<'a> Strip<'a> {
    /// A run that is the question is drawn with its own links alone.
    fn of(asof: AsOf<'a>, work: Key, is_focus: bool) -> Self {
        let attempts = attempts_at(asof, work);
        let is_success =
            |&at: &u32| asof.attempt_status(attempts[at as usize]) == Some(RunStatus::Succeeded);
        let newest_first = (0..attempts.len() as u32).rev();
        let (mut by_worth, rest): (Vec<u32>, Vec<u32>) = newest_first.partition(is_success);
        by_worth.extend(rest);
        let mut places = Map::default();
        for (place, &at) in (0..).zip(&by_worth) {
            places.row_or(attempts[at as usize], place);
        }
        let mut strip = Self { asof, work, attempts, by_worth, places, reads: Map::default() };
        strip.look_through_reads(is_focus);
        strip
    }

    fn look_through_reads(&mut self, is_focus: bool) {
        let columns = &self.asof.history.attempts;
        for (place, &at) in (0..).zip(&self.by_worth) {
            let attempt = self.attempts[at as usize];
            if is_focus && self.work != Key::Run(columns.run.at(attempt.index())) {
                continue;
            }
            for set in columns.reads.row(attempt).iter().filter(|&set| self.asof.knows(set)) {
                for (read, _) in self.asof.read_items(set) {
                    let far = match self.work {
                        Key::Job(_) => partition_of(self.asof, read).map(Key::Partition),
                        _ => Some(Key::Instance(read)),
                    };
                    if let Some(far) = far {
                        self.reads.row_or(far, place);
                    }
                }
            }
        }
    }

    /// Which attempt a link to the node at `far` is of; where it is of several, the newest of them,
    /// and one that succeeded before any other.
    fn newest(&self, graph: &Graph, edge: &Edge, far: u32) -> Option<u32> {
        let key = graph.nodes.get(far as usize)?.key;
        let single = [key];
        let members = match key {
            Key::Group(row) => &graph.groups.get(row as usize)?.members[..],
            _ => &single[..],
        };
        let place = |&key: &Key| match edge.kind {
            EdgeKind::Read => self.reads.get(key),
            EdgeKind::Wrote => self.places.get(self.writer(key)?),
            EdgeKind::Spawned => self.places.get(self.spawner(key)?),
            EdgeKind::Requested => None,
        };
        let best = members.iter().filter_map(place).min()?;
        self.by_worth.get(best as usize).copied()
    }

    /// The attempt that wrote `key`, or the newest that was to.
    fn writer(&self, key: Key) -> Option<AttemptId> {
        let run = match key {
            Key::Instance(instance) => builder_of(self.asof, instance)?,
            Key::Partition(partition) => self.newest_builder(partition)?,
            _ => return None,
        };
        // No attempt follows a success.
        self.asof.attempts_of(run).last()
    }

    /// Of the runs of this job, the one whose build of `partition` is the newest; one that went live
    /// before any other.
    fn newest_builder(&self, partition: PartitionId) -> Option<RunId> {
        let (Key::Run(of_job) | Key::Job(of_job)) = self.work else { return None };
        let label = label_of(self.asof, of_job);
        let live = &self.asof.history.instances.live;
        let is_live = |it: &InstanceId| self.asof.had(live.get(it.index()).flatten());
        let of_this = |it: &InstanceId| {
            builder_of(self.asof, *it).is_some_and(|run| label_of(self.asof, run) == label)
        };
        let builds: Vec<InstanceId> = self.asof.instances_of(partition).filter(of_this).collect();
        let newest = builds.iter().rfind(|it| is_live(it)).or(builds.last())?;
        builder_of(self.asof, *newest)
    }

    /// The attempt whose miss caused the want.
    fn spawner(&self, key: Key) -> Option<AttemptId> {
        let Key::Want(want) = key else { return None };
        self.asof.history.wants.cause_attempt.get(want.index()).flatten()
    }
}
