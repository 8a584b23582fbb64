//! A tour of the page in a few steps: what each explains, in the words of the log; on which pages that is to
//! be seen; and where to go for it from any other.
//!
//! Never here: where on the screen anything is, and whether the reader has had the tour.
use crate::events::{Id, PartitionId};
use crate::history::{AsOf, InstanceId};
use crate::route::Page;
use crate::summary::first_want;
use crate::words::{Vocabulary, meaning};

/// One step, in the order of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What failed, and the story of the log.
    Home,
    /// What was done for a want.
    Want,
    /// Where an instance came from, and what was built from it.
    Lineage,
    /// What is stale, and what a change would touch.
    Impact,
    /// As of any event.
    Moment,
    /// By a few letters.
    Search,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Home, Self::Want, Self::Lineage, Self::Impact, Self::Moment, Self::Search];

    /// How many come before it.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The one after; none after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The one before; none before the first.
    pub fn back(self) -> Option<Self> {
        Self::ALL.get(self.index().checked_sub(1)?).copied()
    }

    /// Whether what it explains is on that page.
    pub const fn is_on(self, page: &Page) -> bool {
        match self {
            Self::Home => matches!(page, Page::Home { .. }),
            Self::Want => matches!(page, Page::Want(_)),
            Self::Lineage => matches!(page, Page::Partition { .. }),
            Self::Impact => matches!(page, Page::Impact { .. }),
            Self::Moment | Self::Search => true,
        }
    }

    /// A heading.
    pub fn title(self, words: &Vocabulary) -> String {
        match self {
            Self::Home => "What failed, and the story of the log".to_owned(),
            Self::Want => format!("What was done for a {}", words.want),
            Self::Lineage => "Where it came from, and what uses it".to_owned(),
            Self::Impact => "What is stale, and what a change would touch".to_owned(),
            Self::Moment => "As of any moment".to_owned(),
            Self::Search => "Search, keys and words".to_owned(),
        }
    }

    /// What there is to know, in two sentences or three: a word's meaning is the glossary's.
    pub fn says(self, words: &Vocabulary) -> String {
        let means =
            |word: &str| meaning(word, words.has_misses, words.has_parts).unwrap_or_default();
        match self {
            Self::Home => format!(
                "{} that failed or are late come first, each with its reason. Below them is when work was \
                 done and how it ended, what takes longest and what is read most: every bar and every row \
                 leads to what it stands for.",
                Vocabulary::heading(words.wants)
            ),
            Self::Want if words.has_misses => format!(
                "{} Its picture has what it asks for, the job runs that built that, and the wants that \
                 their misses caused.",
                means(words.want)
            ),
            Self::Want => format!(
                "{} Its picture has the job runs, what they read and what they wrote.",
                means(words.want)
            ),
            Self::Lineage => format!(
                "{} Upstream of it is what it was built from, downstream what was built from it; +n at a \
                 card’s side shows what is beyond.",
                means("instance")
            ),
            Self::Impact => format!(
                "Stale: {} Impact: {}",
                lower_first(means("stale")),
                lower_first(means("impact"))
            ),
            Self::Moment => {
                format!("{} Drag its thumb, or press t and walk with the arrows.", means("as of"))
            }
            Self::Search => {
                "Press / and type a few letters of any name. Press ? for all keys and words, \
                             and Ctrl+K to find a command, this tour among them."
                    .to_owned()
            }
        }
    }

    /// Where what it explains is to be seen, and how the link there is called. None where the log has nothing
    /// of it at this moment, and for what is on every page.
    pub fn stop(self, asof: AsOf<'_>) -> Option<(String, Page)> {
        match self {
            Self::Home => Some(("the home page".to_owned(), Page::HOME)),
            Self::Want => {
                let want = first_want(asof)?;
                let page = Page::Want(asof.history.names.wants.text(want).to_owned());
                Some((asof.history.title(want).to_owned(), page))
            }
            Self::Lineage => {
                let name = asof.history.names.partitions.text(example(asof)?.0);
                Some((name.to_owned(), Page::partition(name)))
            }
            Self::Impact => {
                let root = example(asof)?.1;
                let partition = asof.history.instances.partition.get(root.index())?;
                let partition = asof.history.names.partitions.text(partition).to_owned();
                let uuid = Some(asof.history.uuid_of(root));
                Some((format!("the impact of {partition}"), Page::Impact { partition, uuid }))
            }
            Self::Moment | Self::Search => None,
        }
    }
}

/// Inside of a sentence.
fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// A current instance to look at, by its partition, and what it goes back to: what made it stale, else what it read
/// first, else itself. One that is stale comes before others, then one that was built from something, then one that
/// was read; of equals the newest.
fn example(asof: AsOf<'_>) -> Option<(PartitionId, InstanceId)> {
    let partitions = &asof.history.instances.partition;
    let mut best: Option<([bool; 3], InstanceId, InstanceId)> = None;
    for it in (0..partitions.len()).rev().filter_map(InstanceId::from_index) {
        if !asof.is_current(it) {
            continue;
        }
        let cause = asof.stale.and_then(|stale| stale.cause(it));
        let read = first_read(asof, it);
        let is_read = asof.read_by(it).next().is_some();
        let rank = [cause.is_some(), read.is_some(), is_read];
        if best.is_none_or(|(most, ..)| most < rank) {
            best = Some((rank, it, cause.or(read).unwrap_or(it)));
        }
        if rank == [true; 3] {
            break;
        }
    }
    let (_, instance, root) = best?;
    Some((partitions.get(instance.index())?, root))
}

fn first_read(asof: AsOf<'_>, instance: InstanceId) -> Option<InstanceId> {
    let sets = asof.built_from(instance);
    sets.flat_map(|set| asof.history.reads.read.row(set)).find(|&read| read != instance)
}
