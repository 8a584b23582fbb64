//! Nodes by name: what a page can select, open and pin.
use super::words::Word;

/// What a node is. The words are those of `data-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// `want`
    Want,
    /// `partition`: an instance, or a ref where versions are merged.
    Partition,
    /// `job-run`
    JobRun,
    /// `group`
    Group,
    /// `external`
    External,
}

impl NodeKind {
    /// As addresses and `data-kind` spell it.
    pub fn word(self) -> &'static str {
        Word::word(self)
    }

    /// The kind that a word spells.
    pub fn from_word(word: &str) -> Option<Self> {
        Word::from_word(word)
    }
}

impl Word for NodeKind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Want, "want"),
        (Self::Partition, "partition"),
        (Self::JobRun, "job-run"),
        (Self::Group, "group"),
        (Self::External, "external"),
    ];
}

/// A node: `{kind}:{id}`, the id as in `data-id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRef {
    /// What it is.
    pub kind: NodeKind,
    /// Its name among those of its kind; any text.
    pub id: String,
}

impl NodeRef {
    /// A node by its kind and id.
    pub fn new(kind: NodeKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// Decoded text; kinds have no `:`, ids may.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        Some(Self::new(NodeKind::from_word(kind)?, id))
    }
}

/// What of a node was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// `up`: one more hop upstream.
    Up,
    /// `down`: one more hop downstream.
    Down,
    /// `attempts`: the strip of a piece of work, as a row.
    Attempts,
    /// `members`: the list of a group.
    Members,
}

impl Word for Side {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Up, "up"),
        (Self::Down, "down"),
        (Self::Attempts, "attempts"),
        (Self::Members, "members"),
    ];
}

/// One thing that was opened in place: `{side}.{kind}:{id}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Open {
    /// What of the node.
    pub side: Side,
    /// The node.
    pub node: NodeRef,
}

impl Open {
    /// One side of a node.
    pub fn new(side: Side, node: NodeRef) -> Self {
        Self { side, node }
    }

    /// Decoded text; neither sides nor kinds have a `.`, ids may.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (side, node) = text.split_once('.')?;
        Some(Self::new(Side::from_word(side)?, NodeRef::parse(node)?))
    }
}
