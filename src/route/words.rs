//! Values that are one of a few words.
use std::fmt;

/// A value that an address spells as one of a few words.
pub(super) trait Word: Copy + PartialEq + 'static {
    /// Every value with its word. The first one is the default, where there is one.
    const WORDS: &'static [(Self, &'static str)];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, other)| *other == word).map(|(value, _)| *value)
    }
}

/// Where a graph flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// `lr`: upstream is left.
    #[default]
    LeftRight,
    /// `tb`: upstream is above.
    TopBottom,
}

impl Word for Direction {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::LeftRight, "lr"), (Self::TopBottom, "tb")];
}

/// How a page shows what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// `graph`
    #[default]
    Graph,
    /// `outline`
    Outline,
    /// `table`
    Table,
}

impl Word for Tab {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Graph, "graph"), (Self::Outline, "outline"), (Self::Table, "table")];
}

/// How far to go; one hop is partition → job run → partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hops {
    /// So many.
    Number(u32),
    /// `all`: as far as there is anything.
    All,
}

impl Hops {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "all" { Some(Self::All) } else { number(text).map(Self::Number) }
    }
}

impl fmt::Display for Hops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n_hops) => n_hops.fmt(f),
            Self::All => f.write_str("all"),
        }
    }
}

/// Digits only: no sign, no spaces.
pub(super) fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
