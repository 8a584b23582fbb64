//! What cannot be seen is shown, and different texts stay different.
use crate::random_logs::cases;
use lineage::words::{n_letters, shown, shown_lines};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn what_cannot_be_seen_is_shown_by_its_code_point() {
    for (text, expected) in [
        ("data/beta", "data/beta"),
        ("数据/é/e\u{301}/👩", "数据/é/e\u{301}/👩"),
        ("\u{202e}txt.exe\u{202c}", "⟨U+202E⟩txt.exe⟨U+202C⟩"),
        ("a\u{200b}b\u{2060}c\u{feff}", "a⟨U+200B⟩b⟨U+2060⟩c⟨U+FEFF⟩"),
        ("a\0b\tc\nd\u{1b}[31m\u{85}", "a⟨U+0000⟩b⟨U+0009⟩c⟨U+000A⟩d⟨U+001B⟩[31m⟨U+0085⟩"),
        ("\u{e0041}\u{e000}\u{10ffff}", "⟨U+E0041⟩⟨U+E000⟩⟨U+10FFFF⟩"),
        ("a b\u{a0}c  d   ", "a b⟨U+00A0⟩c ⟨U+0020⟩d ⟨U+0020⟩⟨U+0020⟩"),
        ("\u{301}a \u{301}", "⟨U+0301⟩a ⟨U+0301⟩"),
        ("⟨U+202E⟩ ⟨a⟩", "⟨U+27E8⟩U+202E⟩ ⟨a⟩"),
        ("", ""),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn lines_stay_lines() {
    assert_eq!(shown_lines("a\r\n\tb\r  c\u{202e}"), "a\r\n\tb⟨U+000D⟩  c⟨U+202E⟩");
}

#[test]
fn every_character_of_the_bidirectional_algorithm_and_every_control_is_marked() {
    let ranges = [
        '\0'..='\u{1f}',
        '\u{7f}'..='\u{9f}',
        '\u{61c}'..='\u{61c}',
        '\u{200b}'..='\u{200f}',
        '\u{202a}'..='\u{202e}',
        '\u{2060}'..='\u{2069}',
        '\u{feff}'..='\u{feff}',
        '\u{e0000}'..='\u{e0fff}',
    ];
    for c in ranges.into_iter().flatten() {
        let told = shown(&c.to_string()).into_owned();
        assert_eq!(told, format!("⟨U+{:04X}⟩", u32::from(c)));
        assert_eq!(n_letters(c), told.chars().count());
    }
    assert_eq!(n_letters('a'), 1);
}

/// Few signs, so that texts are often nearly the same.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "a", " ", "\n", "\u{202e}", "\u{200b}", "\u{301}", "⟨", "U+", "202E", "000A", "⟩", "\u{a0}",
    ];
    vec(select(pieces.to_vec()), 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn different_texts_look_different(a in text(), b in text()) {
        prop_assert_eq!(a == b, shown(&a) == shown(&b));
        prop_assert_eq!(a == b, shown_lines(&a) == shown_lines(&b));
    }

    #[test]
    fn nothing_unseen_is_left(text in any::<String>()) {
        let told = shown(&text);
        prop_assert!(told.chars().all(|c| n_letters(c) == 1), "{told:?}");
        prop_assert!(!told.contains("  "));
    }
}
