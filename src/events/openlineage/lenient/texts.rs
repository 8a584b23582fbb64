//! Texts, numbers and keys.
use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::Lenient;

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::events::openlineage) enum Text<'a> {
    /// Absent, null or empty.
    #[default]
    Absent,
    Is(Cow<'a, str>),
    /// Something else.
    Wrong,
}

impl Text<'_> {
    pub(in crate::events::openlineage) fn get(&self) -> Option<&str> {
        match self {
            Self::Is(text) => Some(text),
            Self::Absent | Self::Wrong => None,
        }
    }

    fn of(text: Cow<'_, str>) -> Text<'_> {
        if text.is_empty() { Text::Absent } else { Text::Is(text) }
    }
}

impl Lenient for Text<'_> {
    fn wrong() -> Self {
        Self::Wrong
    }
}

/// A whole number, also written as a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::events::openlineage) struct Whole(pub(in crate::events::openlineage) Option<i64>);

impl Lenient for Whole {}

/// The name of a member of an object.
pub(in crate::events::openlineage) struct Key<'a>(pub(in crate::events::openlineage) Cow<'a, str>);

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    otherwise!(numbers lists objects);

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::of(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text::of(Cow::Owned(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(KeyVisitor)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole;

    otherwise!(lists objects);

    fn visit_i64<E>(self, number: i64) -> Result<Whole, E> {
        Ok(Whole(Some(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Whole, E> {
        Ok(Whole(i64::try_from(number).ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Whole, E> {
        Ok(Whole(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Whole, E> {
        Ok(Whole(text.parse().ok()))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(WholeVisitor)
    }
}

/// A text, or a number as it is written.
pub(super) struct Plain(pub(super) String);

struct PlainVisitor;

impl Default for Plain {
    fn default() -> Self {
        Self("null".to_owned())
    }
}

impl Lenient for Plain {
    fn wrong() -> Self {
        Self("…".to_owned())
    }
}

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    otherwise!(lists objects);

    fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
        Ok(Plain(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
        Ok(Plain(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
        Ok(Plain(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PlainVisitor)
    }
}
