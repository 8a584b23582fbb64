//! The words of the domain: each once for each language, and found whatever its first letter's case.
use lineage::words::{glossary, meaning};

#[test]
fn each_word_is_explained_once_in_a_log_of_one_language() {
    for (databuild, openlineage) in [(true, false), (false, true)] {
        let mut words: Vec<_> = glossary(databuild, openlineage).map(|it| it.word).collect();
        let n = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), n);
        for term in glossary(databuild, openlineage) {
            assert!(term.means.ends_with('.') && term.means.len() < 200, "{}", term.word);
            let upper = term.word.to_uppercase();
            assert_eq!(meaning(&upper, databuild, openlineage), Some(term.means));
        }
    }
    assert_eq!(meaning("want", false, true), None);
    assert_ne!(meaning("dataset", true, false), meaning("dataset", false, true));
}
