//! The values of one JSON text, side by side in the order of the text. Reads one record that a page
//! asks for, never a log; numbers stay as they are written.
use std::borrow::Cow;

use super::{BLANKS, is_closed, string_len};

/// As deep as records are decoded.
const MAX_DEPTH: usize = 127;

/// One text's values.
#[derive(Debug)]
pub struct Json<'t> {
    /// A value stands before all that it holds.
    values: Vec<Entry<'t>>,
}

#[derive(Debug)]
struct Entry<'t> {
    /// Its name in the object that holds it.
    key: Cow<'t, str>,
    kind: Kind<'t>,
    /// The first value after it that it does not hold.
    end: usize,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'t> {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(&'t str),
    /// A text, without its quotes and escapes.
    Text(Cow<'t, str>),
    /// `[…]`.
    List,
    /// `{…}`.
    Object,
}

/// One value, or none: what is asked of no value is none.
#[derive(Clone, Copy, Debug)]
pub struct Node<'j> {
    values: &'j [Entry<'j>],
    at: usize,
}

impl<'t> Json<'t> {
    /// The values of `text`; none where it is no JSON, or deeper than 127 levels.
    pub fn read(text: &'t str) -> Option<Self> {
        let mut reader = Reader { rest: text, values: Vec::new(), open: Vec::new() };
        reader.value(Cow::Borrowed(""))?;
        while let Some(&holder) = reader.open.last() {
            reader.next_of(holder)?;
        }
        reader.skip_blanks();
        reader.rest.is_empty().then_some(Self { values: reader.values })
    }

    /// The value at `at` in the order of the text, where a value stands before all that it holds: its
    /// key in the object that holds it, what it is, and the first value after it that it does not hold.
    pub fn entry(&self, at: usize) -> Option<(&str, &Kind<'t>, usize)> {
        self.values.get(at).map(|it| (it.key.as_ref(), &it.kind, it.end))
    }

    /// The value that holds all others.
    pub fn root(&self) -> Node<'_> {
        Node { values: &self.values, at: 0 }
    }
}

impl<'j> Node<'j> {
    /// What it is; none where there is no value.
    pub fn kind(self) -> Option<&'j Kind<'j>> {
        self.values.get(self.at).map(|it| &it.kind)
    }

    /// The value under `key`, the last one where there are several.
    #[must_use]
    pub fn get(self, key: &str) -> Self {
        let found = self.held(&Kind::Object).filter(|(name, _)| *name == key).last();
        found.map_or(Self { at: usize::MAX, ..self }, |(_, value)| value)
    }

    /// Its text; none of what is no text.
    pub fn text(self) -> Option<&'j str> {
        match self.kind() {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// What a list holds; nothing of what is no list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.held(&Kind::List).map(|(_, value)| value)
    }

    /// What an object holds, by key; of equal keys the last one.
    pub fn members(self) -> Vec<(&'j str, Self)> {
        let mut members: Vec<_> = self.held(&Kind::Object).collect();
        members.reverse();
        members.sort_by_key(|&(key, _)| key);
        members.dedup_by_key(|&mut (key, _)| key);
        members
    }

    fn held(self, kind: &Kind<'_>) -> impl Iterator<Item = (&'j str, Self)> + use<'j> {
        let holder = self.values.get(self.at).filter(|it| it.kind == *kind);
        let end = holder.map_or(0, |it| it.end);
        let mut at = self.at.saturating_add(1);
        std::iter::from_fn(move || {
            let value = self.values.get(at).filter(|_| at < end)?;
            let node = Self { at, ..self };
            at = value.end;
            Some((value.key.as_ref(), node))
        })
    }
}

struct Reader<'t> {
    rest: &'t str,
    values: Vec<Entry<'t>>,
    /// Lists and objects that are not closed yet, the outermost first.
    open: Vec<usize>,
}

impl<'t> Reader<'t> {
    /// The next value of what is open, or its end.
    fn next_of(&mut self, holder: usize) -> Option<()> {
        let n_values = self.values.len();
        let it = self.values.get_mut(holder)?;
        let is_object = it.kind == Kind::Object;
        // Right for good when its bracket closes.
        it.end = n_values;
        if self.take(if is_object { '}' } else { ']' }) {
            self.open.pop();
            return Some(());
        }
        let is_first = n_values == holder + 1;
        if !is_first && !self.take(',') {
            return None;
        }
        let mut key = Cow::Borrowed("");
        if is_object {
            self.skip_blanks();
            key = self.string()?;
            self.take(':').then_some(())?;
        }
        self.value(key)
    }

    fn value(&mut self, key: Cow<'t, str>) -> Option<()> {
        let at = self.values.len();
        let kind = if self.take('{') {
            Kind::Object
        } else if self.take('[') {
            Kind::List
        } else if self.rest.starts_with('"') {
            Kind::Text(self.string()?)
        } else {
            self.word()?
        };
        if matches!(kind, Kind::Object | Kind::List) {
            (self.open.len() < MAX_DEPTH).then_some(())?;
            self.open.push(at);
        }
        self.values.push(Entry { key, kind, end: at + 1 });
        Some(())
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(BLANKS);
    }

    fn take(&mut self, mark: char) -> bool {
        self.skip_blanks();
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn word(&mut self) -> Option<Kind<'t>> {
        let is_after = |c: char| !matches!(c, '0'..='9' | 'a'..='z' | 'E' | '+' | '-' | '.');
        let n_bytes = self.rest.find(is_after).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(n_bytes);
        self.rest = rest;
        match word {
            "null" => Some(Kind::Null),
            "true" | "false" => Some(Kind::Bool(word == "true")),
            _ => is_number(word).then_some(Kind::Number(word)),
        }
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        let (token, rest) = self.rest.split_at(string_len(self.rest));
        self.rest = rest;
        let inside = token.get(1..token.len().checked_sub(1)?).filter(|_| is_closed(token))?;
        if inside.bytes().any(|byte| byte < b' ') {
            return None;
        }
        let is_plain = !inside.contains('\\');
        if is_plain { Some(Cow::Borrowed(inside)) } else { unescaped(inside).map(Cow::Owned) }
    }
}

fn is_number(word: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (word, power) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let is_short = whole == "0" || !whole.starts_with('0');
    is_short && [whole, part, power].into_iter().all(is_digits)
}

fn unescaped(mut rest: &str) -> Option<String> {
    let mut text = String::with_capacity(rest.len());
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut after = escape.chars();
        let mark = after.next()?;
        rest = after.as_str();
        text.push(match mark {
            '"' | '\\' | '/' => mark,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => code_point(&mut rest)?,
            _ => return None,
        });
    }
    text.push_str(rest);
    Some(text)
}

/// `00e9`, or the two halves of a pair, `d83d\ude00`.
fn code_point(rest: &mut &str) -> Option<char> {
    let first = unit(rest)?;
    if let Some(c) = char::from_u32(first.into()) {
        return Some(c);
    }
    *rest = rest.strip_prefix("\\u")?;
    char::decode_utf16([first, unit(rest)?]).next()?.ok()
}

fn unit(rest: &mut &str) -> Option<u16> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    let is_hex = digits.bytes().all(|c| c.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}
