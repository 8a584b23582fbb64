//! The words of the domain: each once for each language, and found whatever its first letter's case.
use expect_test::expect_file;
use lineage::words::{Term, glossary, meaning};

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

/// The chapter of the documentation is written by `UPDATE_EXPECT=1 cargo test`.
#[test]
fn the_documentation_explains_the_same_words() {
    let of = |databuild, openlineage| glossary(databuild, openlineage).collect::<Vec<_>>();
    let both: Vec<_> =
        of(true, false).into_iter().filter(|term| of(false, true).contains(term)).collect();
    let only = |terms: Vec<&'static Term>, both: &[&Term]| {
        terms.into_iter().filter(|term| !both.contains(term)).collect::<Vec<_>>()
    };
    let chapter = [
        "# Words\n\nAs the page explains them, where they stand and under <kbd>?</kbd>.\n"
            .to_owned(),
        rows("In every log", &both),
        rows("In logs of databuild", &only(of(true, false), &both)),
        rows("In logs of OpenLineage", &only(of(false, true), &both)),
    ];
    expect_file!["../../docs/src/words.md"].assert_eq(&chapter.join("\n"));
}

fn rows(title: &str, terms: &[&Term]) -> String {
    let row = |term: &&Term| format!("| {} | {} |\n", term.word, term.means);
    let rows: String = terms.iter().map(row).collect();
    format!("## {title}\n\n| | |\n| --- | --- |\n{rows}")
}
