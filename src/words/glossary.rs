//! The words of the domain, each explained once: shown where a word stands, and as a list in the help.

/// A word and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In lower case, but for what is always written large.
    pub word: &'static str,
    /// In a sentence or two.
    pub means: &'static str,
    /// In logs of which language it is to be met.
    pub of: Tongue,
}

/// Which language uses a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Every one.
    Any,
    /// databuild's alone.
    Databuild,
    /// OpenLineage's alone.
    OpenLineage,
}

use Tongue::{Any, Databuild, OpenLineage};

const fn term(of: Tongue, word: &'static str, means: &'static str) -> Term {
    Term { word, means, of }
}

/// All words, from what is asked for to how it is known.
pub const GLOSSARY: &[Term] = &[
    term(
        Databuild,
        "want",
        "A request that partitions be there: by a person, a schedule, or a job run that missed its inputs.",
    ),
    term(
        Databuild,
        "derivative want",
        "A want that no person made: a job run missed inputs and asked for them by it.",
    ),
    term(
        OpenLineage,
        "request",
        "All job runs that one parent run started, told as one thing: what somebody set off.",
    ),
    term(
        Databuild,
        "partition",
        "A piece of data with a name of its own, its ref, such as core/daily/date=2026-11-21. Its builds are instances of it.",
    ),
    term(
        OpenLineage,
        "dataset",
        "Data that jobs read and write, with a namespace and a name. Each write makes another version of it.",
    ),
    term(
        Databuild,
        "dataset",
        "All partitions whose refs differ only in dates, numbers or values: core/daily/date=*.",
    ),
    term(Any, "job", "What can be run again and again, known by its label or name."),
    term(Any, "job run", "One execution of a job. It may take several attempts."),
    term(
        Databuild,
        "attempt",
        "One try inside a job run, from its first event to its end. After a failure or a miss another one may follow.",
    ),
    term(
        Databuild,
        "piece of work",
        "Job runs that continue each other: the next takes up a partition where the one before ended without success.",
    ),
    term(
        Any,
        "instance",
        "One build of one partition by one job run. What was read is an instance, not just a name.",
    ),
    term(
        Any,
        "current",
        "Of several instances the one that went live last: what a reader gets now.",
    ),
    term(
        Any,
        "superseded",
        "A newer instance of the same partition has gone live. Whoever read the old one may be stale.",
    ),
    term(
        OpenLineage,
        "dropped",
        "A run has removed the dataset, and nothing was built in its place since. What was built from it is not stale for that.",
    ),
    term(
        OpenLineage,
        "truncated",
        "A run has emptied the dataset, and nothing was built in it since.",
    ),
    term(
        OpenLineage,
        "renamed",
        "A run has given the dataset another name, under which it goes on.",
    ),
    term(
        Any,
        "stale",
        "Still live, but something that it was built from, or that that was built from, has been built again or tainted since.",
    ),
    term(
        Databuild,
        "tainted",
        "Somebody has declared this instance bad. It satisfies no want, and what was built from it is stale.",
    ),
    term(
        Any,
        "external",
        "Read, but not built in this log: it stands for whatever was there before.",
    ),
    term(
        Databuild,
        "dependency miss",
        "A job run found that inputs were not there. It ends, wants are made for them, and it is tried again.",
    ),
    term(
        Databuild,
        "verdict",
        "How a want came by one partition that it asks for, or why it has not: built for it, already there, waiting, failed.",
    ),
    term(
        Databuild,
        "upstream failed",
        "Not failed itself: what it waits for failed or was canceled.",
    ),
    term(Any, "exact", "The log names the instance that was read."),
    term(
        Any,
        "at start",
        "The log names only the partition; the instance that was current when the attempt started is taken.",
    ),
    term(
        Databuild,
        "inferred",
        "The log does not say what was read. It is taken from what earlier attempts of the same work missed.",
    ),
    term(
        Any,
        "as of",
        "Everything is shown as it was right after one event. The bar below chooses which.",
    ),
    term(
        Databuild,
        "data time",
        "The moment that the data is about, not the one when it was built. SLA and TTL count from it.",
    ),
    term(OpenLineage, "nominal time", "The moment that a run is about, not the one when it ran."),
    term(Databuild, "SLA", "How long after its data time a want may be open before it is late."),
    term(Databuild, "TTL", "How long after its data time a want is of use; past that it expires."),
    term(
        Databuild,
        "at risk",
        "Not late yet, but what is still to be run for it usually takes longer than its SLA leaves.",
    ),
    term(
        Any,
        "impact",
        "Everything that was built from an instance, directly or by way of others.",
    ),
];

/// The words of a log: with databuild's, with OpenLineage's, or with both.
pub fn glossary(has_databuild: bool, has_openlineage: bool) -> impl Iterator<Item = &'static Term> {
    GLOSSARY.iter().filter(move |term| match term.of {
        Any => true,
        Databuild => has_databuild,
        OpenLineage => has_openlineage,
    })
}

/// What a word means in such a log, whatever its first letter's case.
pub fn meaning(word: &str, has_databuild: bool, has_openlineage: bool) -> Option<&'static str> {
    let mut terms = glossary(has_databuild, has_openlineage);
    terms.find(|term| term.word.eq_ignore_ascii_case(word)).map(|term| term.means)
}
