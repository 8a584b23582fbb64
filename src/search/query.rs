//! What was typed, taken apart: words to look for, and filters. Knows no history.

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

/// A query. Everything that it names must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What a name is, begins with or has.
    pub text: String,
    /// Where that is several words: each of them alone may do, anywhere.
    pub words: Vec<String>,
    /// `kind:`
    pub kind: Option<Kind>,
    /// `status:`, the word of a status or the beginning of one.
    pub status: Option<String>,
    /// `job:`, a part of a label: of runs and jobs; other kinds have none.
    pub job: Option<String>,
    /// `dataset:`, a part of a ref: of partitions, of what wants ask for, of what runs build.
    pub dataset: Option<String>,
}

impl Query {
    /// Reads what was typed. `key:value` is a filter where the key is one and the value makes sense;
    /// everything else is text, so that ids with colons are found.
    pub fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        for word in typed.split_whitespace() {
            if !query.take_filter(word) {
                query.words.push(word.to_owned());
            }
        }
        query.text = query.words.join(" ");
        query
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn take_filter(&mut self, word: &str) -> bool {
        let Some((key, value)) = word.split_once(':') else { return false };
        let text = || (!value.is_empty()).then(|| value.to_owned());
        let filter = match key {
            "status" => &mut self.status,
            "job" => &mut self.job,
            "dataset" => &mut self.dataset,
            "kind" => {
                self.kind = Kind::ALL.iter().copied().find(|kind| kind.word() == value);
                return self.kind.is_some();
            }
            _ => return false,
        };
        *filter = text();
        filter.is_some()
    }
}
