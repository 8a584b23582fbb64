//! What things are called in the language of a log, so that nothing else has to know which it is.

/// Words for a reader, in lower case as inside of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// What somebody asked for.
    pub want: &'static str,
    /// Several of them.
    pub wants: &'static str,
    /// What it asks for.
    pub requested: &'static str,
    /// What is built.
    pub partition: &'static str,
    /// Several of them.
    pub partitions: &'static str,
    /// What tells two builds apart.
    pub uuid: &'static str,
    /// The moment that the data is about.
    pub data_time: &'static str,
    /// Whether runs can miss inputs, and builds be declared bad. Panels about these are for logs
    /// that have words for them.
    pub has_misses: bool,
    /// Whether runs have parts.
    pub has_parts: bool,
}

impl Vocabulary {
    /// A word or several as the beginning of a heading.
    pub fn heading(words: &str) -> String {
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }

    /// Of the log format of databuild.
    pub const DATABUILD: Self = Self {
        want: "want",
        wants: "wants",
        requested: "requested",
        partition: "partition",
        partitions: "partitions",
        uuid: "uuid",
        data_time: "data time",
        has_misses: true,
        has_parts: false,
    };

    /// Of OpenLineage.
    pub const OPENLINEAGE: Self = Self {
        want: "request",
        wants: "requests",
        requested: "final outputs",
        partition: "dataset",
        partitions: "datasets",
        uuid: "version",
        data_time: "nominal time",
        has_misses: false,
        has_parts: true,
    };

    /// Of a log that has both.
    pub const MIXED: Self = Self { has_misses: true, has_parts: true, ..Self::DATABUILD };
}
