//! What was typed, taken apart: words to look for, and filters. Knows no history.
use crate::history::{PartitionStatus, RunStatus, WantStatus};
use crate::words::{nanos_of_date, nanos_of_stretch};

/// The kinds of things that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `kind:want`
    Want,
    /// `kind:partition`
    Partition,
    /// `kind:job-run`
    Run,
    /// `kind:job`
    Job,
}

impl Kind {
    /// All of them, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[Self::Want, Self::Partition, Self::Run, Self::Job];

    /// As a filter spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Want => "want",
            Self::Partition => "partition",
            Self::Run => "job-run",
            Self::Job => "job",
        }
    }
}

/// From when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// So many nanoseconds before the moment that is shown.
    Ago(u64),
    /// Nanoseconds since 1970 UTC.
    At(u64),
}

/// A filter that makes no sense. A query with one finds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The filter as it was typed.
    pub filter: String,
    /// What it may be, as a sentence.
    pub says: &'static str,
}

/// A query. Everything that it names must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What a name is, begins with or has, or has in pieces.
    pub text: String,
    /// Where that is several words: each of them alone may do, anywhere.
    pub words: Vec<String>,
    /// `kind:`
    pub kind: Option<Kind>,
    /// `status:`, the word of a status or the beginning of one.
    pub status: Option<String>,
    /// `job:`, a part of a label: of runs and jobs; other kinds have none.
    pub job: Option<String>,
    /// `dataset:`, a part of a ref, or with `*` a whole pattern: of partitions, of what wants ask for,
    /// of what runs build.
    pub dataset: Option<String>,
    /// `since:`, when it began, at the earliest: `2h`, `3d`, `2026-11-21`, `2026-11-21T14:00`, in UTC.
    /// A partition begins with its newest attempt, a job with its newest run.
    pub since: Option<Since>,
    /// `stale:yes` or `stale:no`: whether any of what it is about is out of date.
    pub stale: Option<bool>,
    /// The filters that make no sense.
    pub problems: Vec<Problem>,
}

impl Query {
    /// Reads what was typed. `key:value` is a filter where the key is one; everything else is text, so
    /// that ids with colons are found.
    pub fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        for word in typed.split_whitespace() {
            match query.take_filter(word) {
                Some(Ok(())) => {}
                Some(Err(says)) => query.problems.push(Problem { filter: word.to_owned(), says }),
                None => query.words.push(word.to_owned()),
            }
        }
        query.text = query.words.join(" ");
        query
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether whatever this finds, `wider` finds, too: the same filters, and words that begin with
    /// those of `wider`, one by one.
    pub fn narrows(&self, wider: &Self) -> bool {
        let texts = |query: &Self| Self { text: String::new(), words: Vec::new(), ..query.clone() };
        let mut pairs = wider.words.iter().zip(&self.words);
        self.words.len() >= wider.words.len()
            && pairs.all(|(wider, word)| word.starts_with(wider.as_str()))
            && texts(self) == texts(wider)
    }

    /// `None` for what is no filter; else whether it makes sense.
    fn take_filter(&mut self, word: &str) -> Option<Result<(), &'static str>> {
        let (key, value) = word.split_once(':')?;
        Some(match key {
            "kind" => {
                let kind = Kind::ALL.iter().copied().find(|kind| kind.word() == value);
                take(&mut self.kind, kind, "A kind is want, partition, job-run or job.")
            }
            "status" => {
                let status = is_status(value).then(|| value.to_owned());
                take(&mut self.status, status, "There is no status that begins so.")
            }
            "job" => {
                take(&mut self.job, some_text(value), "A part of a job's label comes after it.")
            }
            "dataset" => {
                take(&mut self.dataset, some_text(value), "A part of a ref comes after it.")
            }
            "since" => {
                let ago = nanos_of_stretch(value).map(Since::Ago);
                let since = ago.or_else(|| nanos_of_date(value).map(Since::At));
                take(
                    &mut self.since,
                    since,
                    "It is like 30m, 2h, 3d, 2026-11-21 or 2026-11-21T14:00.",
                )
            }
            "stale" => {
                let stale = match value {
                    "yes" => Some(true),
                    "no" => Some(false),
                    _ => None,
                };
                take(&mut self.stale, stale, "It is stale:yes or stale:no.")
            }
            _ => return None,
        })
    }
}

fn take<T>(
    filter: &mut Option<T>,
    value: Option<T>,
    says: &'static str,
) -> Result<(), &'static str> {
    if filter.is_some() {
        return Err("There is one such filter already.");
    }
    *filter = value;
    filter.is_some().then_some(()).ok_or(says)
}

fn some_text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn is_status(start: &str) -> bool {
    let wants = WantStatus::ALL.iter().map(|status| status.word());
    let partitions = PartitionStatus::ALL.iter().map(|status| status.word());
    let runs = RunStatus::ALL.iter().map(|status| status.word());
    !start.is_empty() && wants.chain(partitions).chain(runs).any(|word| begins(word, start))
}

/// Whether `word` begins with `start`, in any ASCII case.
pub(super) fn begins(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
