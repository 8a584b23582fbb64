//! Log text as it is shown: what has no shape of its own is shown by its code point, so that two names
//! that differ never look the same, and no name turns the text around it. Only what cannot be seen is
//! marked: letters of different scripts that look alike stay as they are.
//!
//! Never for what is addressed, compared, copied or saved as data: that is the true text.
use std::borrow::Cow;
use std::fmt::Write;

/// `text` in one line: `a⟨U+202E⟩b` for an `a`, a right-to-left override and a `b`. Of several blanks
/// in a row all but the first are shown, too. Different texts stay different.
pub fn shown(text: &str) -> Cow<'_, str> {
    show(text, false)
}

/// The same of a text whose line ends, tabs and indentation are kept, for a place that keeps them.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    show(text, true)
}

/// How many letters `c` is shown as.
pub const fn n_letters(c: char) -> usize {
    match c as u32 {
        _ if !is_unseen(c) => 1,
        0..=0xFFFF => "⟨U+0000⟩".len() - 4,
        0x1_0000..=0xF_FFFF => "⟨U+00000⟩".len() - 4,
        _ => "⟨U+000000⟩".len() - 4,
    }
}

fn show(text: &str, has_lines: bool) -> Cow<'_, str> {
    let mut shown = String::new();
    // Up to here all is in `shown`.
    let mut done = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if is_marked(c, before, rest, has_lines) {
            shown.push_str(text.get(done..at).unwrap_or_default());
            // Writing to a string cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
            done = at + c.len_utf8();
        }
        before = Some(c);
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Whether `c` is shown by its code point, between `before` and `rest`.
fn is_marked(c: char, before: Option<char>, rest: &str, has_lines: bool) -> bool {
    match c {
        '!'..='~' => false,
        ' ' => before == Some(' ') && !has_lines,
        '\n' | '\t' if has_lines => false,
        '\r' if has_lines => !rest.starts_with('\n'),
        // What looks like a mark of this file is none of it.
        '⟨' => rest.starts_with("U+"),
        _ if combines(c) => before.is_none_or(|it| it == ' ' || is_unseen(it)),
        _ => is_unseen(c),
    }
}

/// Controls, format characters, blanks other than the space, fillers, selectors of variants, what is
/// private, and what is no character.
const fn is_unseen(c: char) -> bool {
    matches!(c as u32,
        0..=0x1F | 0x7F..=0xA0 | 0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x1680 | 0x17B4..=0x17B5
        | 0x180B..=0x180F | 0x2000..=0x200F | 0x2028..=0x202F | 0x205F..=0x206F | 0x2800 | 0x3000
        | 0x3164 | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFB | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE_0000..)
        || c as u32 & 0xFFFE == 0xFFFE
}

/// Marks that sit on what stands before them; those of Indic scripts are drawn with a circle where
/// there is nothing.
const fn combines(c: char) -> bool {
    matches!(c as u32,
        0x300..=0x34E | 0x350..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF..=0x5C7 | 0x610..=0x61A
        | 0x64B..=0x65F | 0x670 | 0x6D6..=0x6ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF | 0x302A..=0x302F | 0x3099..=0x309A | 0xFE20..=0xFE2F)
}
