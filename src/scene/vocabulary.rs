//! Which words a log's things are told in.
use crate::events::Language;
use crate::history::History;
use crate::words::Vocabulary;

/// The words for things in the log of `history`.
pub fn vocabulary(history: &History) -> &'static Vocabulary {
    match history.openlineage.language {
        Language::Databuild => &Vocabulary::DATABUILD,
        Language::OpenLineage => &Vocabulary::OPENLINEAGE,
        Language::Mixed => &Vocabulary::MIXED,
    }
}
