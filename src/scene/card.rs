//! What each node's card says and how large it is.
use std::hash::{BuildHasher, Hash, Hasher};

use crate::events::{Id, LabelId, PartitionId, RunId, WantId};
use crate::graph::{
    Ask, EdgeKind, Graph, Group, Key, Node, Role, attempts_at, id_of, is_strip_open, kind_of,
    runs_of_job,
};
use crate::history::{AsOf, Change, InstanceId, PartitionStatus, Staleness};
use crate::layout::{Orientation, Size};
use crate::route::NodeKind;
use crate::scene::apart::tell_apart;
use crate::scene::strip::{self, Opened};
use crate::scene::text::split_ref;
use crate::scene::{Status, Tone, stale_cause, tally, vocabulary};
use crate::words::{Vocabulary, counted};

/// One attempt, or several alike in a row, in a strip.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chip {
    /// How they ended, or that they run.
    pub status: Status,
    /// How many in a row.
    pub count: u32,
    /// The run of the first.
    pub run: RunId,
}

/// One node's card: all texts whole; the drawing shortens what does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What it stands for.
    pub key: Key,
    /// What it is drawn as.
    pub kind: NodeKind,
    /// The id of its mark.
    pub id: String,
    /// For a partition node: its ref.
    pub reference: Option<String>,
    /// What such a thing is called in this log.
    pub noun: &'static str,
    /// Its status.
    pub status: Status,
    /// Before the name, dim: the dataset path.
    pub lead: String,
    /// The name, bold.
    pub name: String,
    /// Which: the partition key, or what it is in this picture.
    pub which: String,
    /// Which exactly, in fixed width.
    pub exact: String,
    /// A word at the right of the last line.
    pub badge: String,
    /// Attempts, where there were several.
    pub strip: Vec<Chip>,
    /// Whether the strip is open: a row or a column for each chip.
    pub opened: Opened,
    /// For a group: members by status, worst first.
    pub bar: Vec<(Status, u32)>,
    /// How many of what it stands for are stale: 1 for a stale instance.
    pub n_stale: u32,
    /// For a stale instance, or a ref whose current instance is stale: the root cause.
    pub stale_cause: Option<InstanceId>,
    /// Where it is in the picture, in words; empty until there is one.
    pub place: String,
    /// Whether it is the question.
    pub focus: bool,
    /// Whether it is drawn lighter: superseded, or merely existing.
    pub faded: bool,
    /// Where `lead`, `name` and `which` leave off being those of another card of the picture, in bytes.
    pub apart: [usize; 3],
    /// What became of it since the look before the last, while the log is followed.
    pub change: Option<Change>,
    /// Its size in the picture.
    pub size: Size,
    /// Neighbors towards its inputs that are not drawn.
    pub hidden_up: u32,
    /// Neighbors towards what was made from it that are not drawn.
    pub hidden_down: u32,
}

impl Card {
    /// A hash of all that is drawn of it with the address `href`: equal for cards that look alike.
    pub fn fingerprint(&self, href: &str) -> u64 {
        let mut hasher = foldhash::fast::FixedState::default().build_hasher();
        let texts = (&self.id, &self.lead, &self.name, &self.which, &self.exact, &self.badge);
        (texts, &self.place, href).hash(&mut hasher);
        (self.kind, self.status, &self.strip, &self.bar).hash(&mut hasher);
        (self.opened, self.focus, self.faded, self.hidden_up, self.hidden_down).hash(&mut hasher);
        (self.n_stale, self.stale_cause, self.change, self.apart).hash(&mut hasher);
        hasher.finish()
    }

    /// The card with an opened strip as edges of a picture of that orientation can reach it.
    #[must_use]
    pub fn turned(mut self, orientation: Orientation) -> Self {
        if self.opened != Opened::No {
            self.opened = Opened::facing(orientation);
            self.size = strip::size_opened(&self.strip, self.opened);
        }
        self
    }
}

const fn noun(words: &Vocabulary, key: Key) -> &'static str {
    match key {
        Key::Want(_) => words.want,
        Key::Instance(_) | Key::Partition(_) => words.partition,
        Key::Run(_) | Key::Job(_) => "job run",
        Key::Group(_) => "group",
    }
}

const PARTITION: Size = Size { width: 212.0, height: 62.0 };
const WANT: Size = Size { width: 196.0, height: 54.0 };
const GROUP: Size = Size { width: 216.0, height: 72.0 };

/// Row of a requested node -> the verdict on it, in words, for each link from a want.
fn verdict_words(asof: AsOf<'_>, graph: &Graph) -> Vec<(u32, String)> {
    let history = asof.history;
    let requested = graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Requested);
    let words = requested.filter_map(|edge| {
        let Key::Want(want) = graph.nodes.get(edge.from as usize)?.key else { return None };
        let partition = match graph.nodes.get(edge.to as usize)?.key {
            Key::Instance(instance) => history.instances.partition.get(instance.index())?,
            Key::Partition(partition) => partition,
            _ => return None,
        };
        let k = history.wants.requested.row(want).iter().position(|asked| asked == partition)?;
        Some((edge.to, asof.verdict(want, k)?.words(history)))
    });
    words.collect()
}

/// A card for each node of `graph`, in order. `stale` is that of the same moment; without it no card
/// says what is stale.
pub fn cards(asof: AsOf<'_>, graph: &Graph, ask: &Ask, stale: Option<&Staleness>) -> Vec<Card> {
    let verdicts = verdict_words(asof, graph);
    let maker = Maker { asof, graph, ask, stale, verdicts };
    let mut cards: Vec<Card> = graph.nodes.iter().map(|node| maker.card(node)).collect();
    tell_apart(&mut cards);
    cards
}

struct Maker<'a> {
    asof: AsOf<'a>,
    graph: &'a Graph,
    ask: &'a Ask,
    stale: Option<&'a Staleness>,
    /// For a want's picture: row of a requested node -> its verdict in words.
    verdicts: Vec<(u32, String)>,
}

impl Maker<'_> {
    fn card(&self, node: &Node) -> Card {
        let mut card = self.blank(node);
        match node.key {
            Key::Want(want) => self.fill_want(&mut card, want),
            Key::Instance(instance) => self.fill_instance(&mut card, instance),
            Key::Partition(partition) => self.fill_partition(&mut card, partition),
            Key::Run(run) => self.fill_run(&mut card, run),
            Key::Job(newest) => self.fill_job(&mut card, newest),
            Key::Group(row) => {
                if let Some(group) = self.graph.groups.get(row as usize) {
                    self.fill_group(&mut card, group);
                }
            }
        }
        card
    }

    fn blank(&self, node: &Node) -> Card {
        Card {
            key: node.key,
            kind: kind_of(self.asof, node.key),
            id: id_of(self.asof, &self.graph.groups, node.key),
            reference: None,
            noun: noun(vocabulary(self.asof.history), node.key),
            status: Status::UNKNOWN,
            lead: String::new(),
            name: String::new(),
            which: String::new(),
            exact: String::new(),
            badge: String::new(),
            strip: Vec::new(),
            opened: Opened::No,
            bar: Vec::new(),
            n_stale: 0,
            stale_cause: None,
            place: String::new(),
            focus: node.role == Role::Focus,
            faded: node.role == Role::Existing,
            apart: [0; 3],
            change: None,
            size: PARTITION,
            hidden_up: node.hidden_up,
            hidden_down: node.hidden_down,
        }
    }

    fn fill_want(&self, card: &mut Card, want: WantId) {
        let history = self.asof.history;
        let created = history.wants.created.get(want.index()).flatten();
        let is_created = self.asof.had(created);
        let asked = history.wants.requested.row(want);
        card.status = self.asof.want_status(want).map_or(Status::UNKNOWN, Status::from);
        history.title(want).clone_into(&mut card.name);
        let first = asked.first().filter(|_| is_created).map(|first| history.friendly(first));
        card.which = match (first, asked.len().saturating_sub(1)) {
            (None, _) => "nothing requested".to_owned(),
            (Some(one), 0) => one.to_owned(),
            (Some(first), n_more) => format!("{first} +{n_more}"),
        };
        let cause = history.wants.cause.get(want.index()).flatten();
        let derivative = cause.is_some() && is_created;
        card.badge = if derivative { "derivative".to_owned() } else { String::new() };
        card.size = WANT;
    }

    fn fill_instance(&self, card: &mut Card, instance: InstanceId) {
        let asof = self.asof;
        let Some(partition) = asof.history.instances.partition.get(instance.index()) else {
            return;
        };
        self.name_partition(card, partition);
        let status = asof.instance_status(instance);
        card.status = status.map_or(Status::UNKNOWN, Status::from);
        if card.kind == NodeKind::External {
            "before this log".clone_into(&mut card.exact);
            "external".clone_into(&mut card.badge);
            return;
        }
        let versions = asof.versions_of(partition);
        let place = versions.iter().position(|version| version == instance);
        let short: String = card.id.chars().take(8).collect();
        card.exact = match place {
            Some(i) => format!("{short} · {} of {}", i + 1, versions.len()),
            None => short,
        };
        let superseded = asof.is_superseded(instance);
        let removed = asof.removal(instance).filter(|_| !superseded);
        card.faded |= superseded || removed.is_some();
        card.badge = match place {
            _ if superseded => "superseded".to_owned(),
            _ if let Some((how, _)) = removed => PartitionStatus::of_removal(how).word().to_owned(),
            Some(_) if asof.is_current(instance) && card.status.tone == Tone::Tainted => {
                "tainted".to_owned()
            }
            Some(_) => "current".to_owned(),
            None => card.status.text(),
        };
        self.mark_stale(card);
        self.add_verdict(card);
    }

    fn fill_partition(&self, card: &mut Card, partition: PartitionId) {
        let asof = self.asof;
        self.name_partition(card, partition);
        card.status = asof.partition_status(partition).map_or(Status::UNKNOWN, Status::from);
        let n_versions = asof.versions_of(partition).len();
        card.exact = match n_versions {
            0 => "never built".to_owned(),
            1 => "1 version".to_owned(),
            n => format!("{n} versions"),
        };
        card.badge = card.status.text();
        self.mark_stale(card);
        self.add_verdict(card);
    }

    /// Stale is said in the place of current, and of nothing worse or older.
    fn mark_stale(&self, card: &mut Card) {
        card.stale_cause = stale_cause(self.asof, card.key, self.stale);
        if card.stale_cause.is_none() {
            return;
        }
        card.n_stale = 1;
        if card.status.tone == Tone::Good && card.badge != "superseded" {
            "stale".clone_into(&mut card.badge);
        }
        card.status = card.status.gone_stale();
    }

    fn name_partition(&self, card: &mut Card, partition: PartitionId) {
        let reference = self.asof.history.names.partitions.text(partition);
        let (lead, name, key) = split_ref(self.asof.history.friendly(partition));
        lead.clone_into(&mut card.lead);
        name.clone_into(&mut card.name);
        key.clone_into(&mut card.which);
        card.reference = Some(reference.to_owned());
    }

    /// In a want's picture, the last word of a requested card is its verdict.
    fn add_verdict(&self, card: &mut Card) {
        let row = self.graph.nodes.iter().position(|node| node.key == card.key);
        let node = row.and_then(|row| self.graph.nodes.get(row));
        let is_existing = node.is_some_and(|node| node.role == Role::Existing);
        let words = self.verdicts.iter().find(|(at, _)| Some(*at as usize) == row);
        if let Some((_, words)) = words {
            card.which = if card.which.is_empty() {
                words.clone()
            } else {
                format!("{} · {words}", card.which)
            };
        } else if self.graph.backward && is_existing && card.which.is_empty() {
            "existed".clone_into(&mut card.which);
        }
    }

    fn fill_run(&self, card: &mut Card, run: RunId) {
        let asof = self.asof;
        card.status = asof.run_status(run).map_or(Status::UNKNOWN, Status::from);
        card.name = self.label_text(asof.history.runs.label.get(run.index()).flatten());
        asof.history.names.runs.text(run).clone_into(&mut card.exact);
        self.add_strip(card);
    }

    fn fill_job(&self, card: &mut Card, newest: RunId) {
        let asof = self.asof;
        let runs = runs_of_job(asof, newest);
        card.status = asof.run_status(newest).map_or(Status::UNKNOWN, Status::from);
        card.name = self.label_text(asof.history.runs.label.get(newest.index()).flatten());
        card.exact = counted(runs.len() as u64, "run", "runs");
        self.add_strip(card);
    }

    fn label_text(&self, label: Option<LabelId>) -> String {
        let names = &self.asof.history.names.labels;
        label.map_or("(job not in this log)", |label| names.text(label)).to_owned()
    }

    fn add_strip(&self, card: &mut Card) {
        let attempts = attempts_at(self.asof, card.key);
        let mut strip: Vec<Chip> = Vec::new();
        for &attempt in &attempts {
            let Some(status) = self.asof.attempt_status(attempt).map(Status::from) else {
                continue;
            };
            let Some(run) = self.asof.history.attempts.run.get(attempt.index()) else { continue };
            match strip.last_mut() {
                Some(chip) if chip.status == status => chip.count += 1,
                _ => strip.push(Chip { status, count: 1, run }),
            }
        }
        card.size = strip::SIZE_CLOSED;
        card.badge = card.status.text();
        if attempts.len() < 2 {
            return;
        }
        if is_strip_open(self.asof, self.ask, card.key) {
            card.opened = Opened::Rows;
            card.size = strip::size_opened(&strip, card.opened);
        }
        card.strip = strip;
    }

    fn fill_group(&self, card: &mut Card, group: &Group) {
        let bar = tally(self.asof, &group.members, self.stale);
        let stale = group.members.iter().filter_map(|&it| stale_cause(self.asof, it, self.stale));
        card.n_stale = stale.count() as u32;
        let n = group.members.len();
        let (lead, name, key) = split_ref(&group.pattern);
        lead.clone_into(&mut card.lead);
        name.clone_into(&mut card.name);
        key.clone_into(&mut card.which);
        let wants = matches!(group.members.first(), Some(Key::Want(_)));
        let words = vocabulary(self.asof.history);
        card.exact = format!("{n} {}", if wants { words.wants } else { words.partitions });
        let worst = bar.first().map_or(Status::UNKNOWN, |(status, _)| *status);
        card.status = worst;
        card.badge = group.label.map(|label| self.label_text(Some(label))).unwrap_or_default();
        card.bar = bar;
        card.size = GROUP;
    }
}
