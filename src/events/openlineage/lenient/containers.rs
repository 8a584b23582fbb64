//! Lists, and objects of which only the values matter.
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::texts::Plain;
use super::{Key, Lenient};

/// A list.
#[derive(Clone, Debug)]
pub(in crate::events::openlineage) struct List<T> {
    pub(in crate::events::openlineage) items: Vec<T>,
    /// Something else stands there.
    pub(in crate::events::openlineage) is_wrong: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), is_wrong: false }
    }
}

impl<T> Lenient for List<T> {
    fn wrong() -> Self {
        Self { items: Vec::new(), is_wrong: true }
    }
}

/// An object of which the values matter, not the keys.
#[derive(Clone, Debug)]
pub(in crate::events::openlineage) struct Values<T>(pub(in crate::events::openlineage) Vec<T>);

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Lenient for Values<T> {}

/// An object of texts and numbers, as `key=value` in the order of the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::events::openlineage) struct Pairs(pub(in crate::events::openlineage) Vec<String>);

impl Lenient for Pairs {}

struct ListVisitor<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    otherwise!(numbers texts objects);

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List<T>, A::Error> {
        let mut items = self.0;
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(List { items, is_wrong: false })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ListVisitor(Vec::new()))
    }
}

struct ValuesVisitor<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ValuesVisitor<T> {
    type Value = Values<T>;

    otherwise!(numbers texts lists);

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Values<T>, A::Error> {
        let mut values = self.0;
        while let Some((IgnoredAny, value)) = object.next_entry()? {
            values.push(value);
        }
        Ok(Values(values))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Values<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ValuesVisitor(Vec::new()))
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    otherwise!(numbers texts lists);

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some((Key(key), Plain(value))) = object.next_entry::<Key<'de>, Plain>()? {
            pairs.push(format!("{key}={value}"));
        }
        pairs.sort_unstable();
        Ok(Pairs(pairs))
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PairsVisitor)
    }
}
