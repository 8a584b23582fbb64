//! How wide text is, roughly, and how to shorten it in the middle so that its end stays.

use crate::words::n_letters;

/// A way that text is set on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    /// The name of a thing: 13 px, bold.
    Name,
    /// Everything else: 12 px.
    Plain,
    /// Ids: 11 px, fixed width.
    Mono,
    /// The name of a thing that is looked at from afar: 22 px, bold.
    FarName,
    /// Which one, from afar: 20 px.
    FarPlain,
}

impl Font {
    const fn size(self) -> f32 {
        match self {
            Self::Name => 13.0,
            Self::Plain => 12.0,
            Self::Mono => 11.0,
            Self::FarName => 22.0,
            Self::FarPlain => 20.0,
        }
    }
}

/// The width of `text`, as it is shown, in scene pixels, rather too wide than too narrow, for common sans fonts.
pub fn width(text: &str, font: Font) -> f32 {
    text.chars().map(|c| char_width(c, font)).sum()
}

fn char_width(c: char, font: Font) -> f32 {
    let em = match c {
        _ if is_wide(c) => 1.05,
        _ if font == Font::Mono => 0.61,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.33,
        'f' | 't' | 'r' | '/' | ' ' | '(' | ')' | '[' | ']' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '=' | '+' => 0.9,
        'A'..='Z' => 0.72,
        _ => 0.63,
    };
    let bold = if matches!(font, Font::Name | Font::FarName) { 1.07 } else { 1.0 };
    em * font.size() * bold * n_letters(c) as f32
}

/// Scripts and pictures whose characters are about as wide as they are high.
const fn is_wide(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF
        | 0x20000..=0x3FFFD)
}

/// `text`, or as much of its beginning and end as fits `most` pixels with `…` between: a quarter of
/// the room for the beginning, the rest for the end, which tells more.
pub fn shorten(text: &str, font: Font, most: f32) -> String {
    if width(text, font) <= most {
        return text.to_owned();
    }
    let room = most - char_width('…', font);
    let head_end = fitting(text.char_indices(), font, room / 4.0, |i, c| i + c.len_utf8());
    let head = head_end.unwrap_or(0);
    let left = room - width(&text[..head], font);
    let tail = fitting(text.char_indices().rev(), font, left, |i, _| i).unwrap_or(text.len());
    format!("{}…{}", &text[..head], &text[tail.max(head)..])
}

/// As [`shorten`]; where that would hide the byte at which the text leaves off being that of another, `apart`,
/// what begins there is shown instead of the end. So two texts of one length that differ still do.
pub fn shorten_apart(text: &str, font: Font, most: f32, apart: usize) -> String {
    let short = shorten(text, font, most);
    let Some((head, tail)) = short.split_once('…').filter(|_| short != text) else {
        return short;
    };
    let is_hidden = apart >= head.len() && apart < text.len() - tail.len();
    let Some(rest) = text.get(apart..).filter(|_| is_hidden) else { return short };
    let room = most - 2.0 * char_width('…', font) - width(head, font);
    let end = fitting(rest.char_indices(), font, room, |i, c| i + c.len_utf8()).unwrap_or(0);
    format!("{head}…{}…", &rest[..end])
}

/// A partition key that fits: `region=apac/date=2026-11-12`, or only what tells it from its neighbors,
/// `apac/2026-11-12`, shortened where even that is too long. `apart` as for [`shorten_apart`].
pub fn shorten_key(key: &str, font: Font, most: f32, apart: usize) -> String {
    if width(key, font) <= most || !key.contains('=') {
        return shorten_apart(key, font, most, apart);
    }
    let (mut values, mut start, mut apart_in_values) = (String::new(), 0, 0);
    for segment in key.split('/') {
        let value = segment.split_once('=').map_or(segment, |it| it.1);
        if start > 0 {
            values.push('/');
        }
        let value_start = start + segment.len() - value.len();
        if apart >= start {
            apart_in_values = values.len() + apart.saturating_sub(value_start).min(value.len());
        }
        values.push_str(value);
        start += segment.len() + 1;
    }
    shorten_apart(&values, font, most, apart_in_values)
}

/// The cut after the last of `chars` that still fits into `room`.
fn fitting(
    chars: impl Iterator<Item = (usize, char)>,
    font: Font,
    room: f32,
    cut: impl Fn(usize, char) -> usize,
) -> Option<usize> {
    let mut used = 0.0;
    let mut last = None;
    for (i, c) in chars {
        used += char_width(c, font);
        if used > room {
            break;
        }
        last = Some(cut(i, c));
    }
    last
}

/// A ref in the three parts that a card shows: the path before the name, the name, and the
/// partition key. `data/dim/calendar/year=2026` → (`data/dim/`, `calendar`, `year=2026`).
pub fn split_ref(reference: &str) -> (&str, &str, &str) {
    let key_start = key_start(reference);
    let path = reference.get(..key_start).unwrap_or(reference).trim_end_matches('/');
    let key = reference.get(key_start..).unwrap_or("");
    let name_start = path.rfind('/').map_or(0, |slash| slash + 1);
    (&path[..name_start], &path[name_start..], key)
}

/// Where the first `key=value` segment starts that is not the whole ref; else the end.
fn key_start(reference: &str) -> usize {
    let mut start = 0;
    for segment in reference.split('/') {
        if start > 0 && segment.contains('=') {
            return start;
        }
        start += segment.len() + 1;
    }
    reference.len()
}
