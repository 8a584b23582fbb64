//! JSON → [`Draft`]: one visitor that knows, for each shape, what may stand there. It takes
//! whatever it is given to the end; only broken JSON is an error.
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::events::NO_EVENT_ID;
use crate::events::databuild::draft::{Draft, Fault, Found, Range, Value};
use crate::events::databuild::shape::{KeyOf, Shape};
use crate::events::databuild::{envelope, fields};

/// Reads one value of `shape` into the draft. The name is for messages.
pub(super) struct Expect<'d> {
    pub(super) draft: &'d mut Draft,
    pub(super) at: &'static str,
    pub(super) shape: Shape,
}

/// Reads a key and gives what `0` makes of its name.
pub(super) struct Key<F>(pub(super) F);

impl Expect<'_> {
    fn wrong(&self, found: Found) -> Value {
        Value::Wrong(Fault::new(self.at, found, self.shape))
    }

    fn number(&self, number: u64) -> Value {
        match self.shape {
            Shape::Number if number == NO_EVENT_ID => self.wrong(Found::TooLarge),
            Shape::Number => Value::Number(number),
            _ => self.wrong(Found::Number),
        }
    }

    /// Digits only: no sign, no blanks, no point, no exponent.
    fn decimal(&self, text: &str) -> Value {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.wrong(Found::Text);
        }
        text.parse().map_or_else(|_| self.wrong(Found::TooLarge), |number| self.number(number))
    }

    fn list<'de, A: SeqAccess<'de>>(&mut self, item: Shape, mut seq: A) -> Result<Value, A::Error> {
        let n_items = |draft: &Draft| match item {
            Shape::Partition => draft.refs.len(),
            Shape::Attribution => draft.wants.len(),
            _ => draft.pairs.len(),
        };
        let start = n_items(self.draft);
        let mut fault = None;
        let at = "an element";
        while let Some(value) =
            seq.next_element_seed(Expect { draft: &mut *self.draft, at, shape: item })?
        {
            match value {
                Value::Wrong(wrong) => fault = fault.or(Some(wrong)),
                Value::Absent => fault = fault.or(Some(Fault::new(at, Found::Null, item))),
                _ => {}
            }
        }
        let list = Range::new(start, n_items(self.draft));
        Ok(fault.map_or(Value::List(list), Value::Wrong))
    }

    fn object<'de, A: MapAccess<'de>>(
        &mut self,
        (inside, keys): (&'static str, &[KeyOf]),
        mut map: A,
    ) -> Result<[Value; 3], A::Error> {
        let mut values = [Value::Absent; 3];
        while let Some(which) = map.next_key_seed(Key(|name: &str| {
            let which = keys.iter().zip(0..).find(|((spellings, _), _)| spellings.contains(&name));
            if which.is_none() {
                self.draft.keep_unknown(inside, name);
            }
            which
        }))? {
            match which {
                Some(((spellings, shape), i)) => {
                    let (at, shape) = (spellings[0], *shape);
                    let value = Expect { draft: &mut *self.draft, at, shape };
                    values[i] = map.next_value_seed(value)?;
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }

    /// What an object of this shape comes to, by the values of its keys.
    pub(super) fn object_of(&mut self, values: [Value; 3]) -> Value {
        if let Some(&fault) = values.iter().find(|value| matches!(value, Value::Wrong(_))) {
            return fault;
        }
        let absent = |name| Value::Wrong(Fault::new(name, Found::Absent, Shape::Text));
        match (self.shape, values) {
            (Shape::Partition, [Value::Text(name), _, uuid] | [_, Value::Text(name), uuid]) => {
                self.draft.refs.push((name, text_of(uuid)));
                Value::Kept
            }
            (Shape::Partition, _) => absent("ref"),
            (Shape::Read | Shape::Miss, [impacted, others, _]) => {
                self.draft.pairs.push([impacted, others].map(list_of));
                Value::Kept
            }
            (Shape::Attribution, [Value::Text(want), partitions, _]) => {
                self.draft.wants.push((want, list_of(partitions)));
                Value::Kept
            }
            (Shape::Attribution, _) => absent("want_id"),
            (Shape::Source, [source, Value::Absent, _] | [Value::Absent, source, _]) => source,
            (Shape::Source, _) => self.wrong(Found::Several),
            (Shape::Manual, [user, ..]) => Value::Manual(text_of(user)),
            (Shape::Run, [Value::Text(run), ..]) => Value::Run(run),
            (Shape::Run, _) => absent("job_run_id"),
            _ => self.wrong(Found::Object),
        }
    }
}

/// The list; nothing, where none is given.
pub(super) fn list_of(value: Value) -> Range {
    if let Value::List(range) = value { range } else { Range::default() }
}

pub(super) fn text_of(value: Value) -> Option<Range> {
    if let Value::Text(range) = value { Some(range) } else { None }
}

impl<'de> Visitor<'de> for Expect<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shape.name())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Absent)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value, E> {
        Ok(self.wrong(Found::Boolean))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(self.number(number))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
        let is_number = self.shape == Shape::Number;
        Ok(self.wrong(if is_number { Found::Negative } else { Found::Number }))
    }

    /// `1e3` and `1.0` are whole numbers, as in proto3 JSON; past 2⁵³ a float no longer says
    /// which number was meant.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        Ok(match number {
            _ if self.shape != Shape::Number => self.wrong(Found::Number),
            _ if number < 0.0 => self.wrong(Found::Negative),
            _ if number > EXACT => self.wrong(Found::TooLarge),
            #[expect(clippy::cast_sign_loss, reason = "negative numbers were turned away above")]
            _ if number.fract() == 0.0 => self.number(number as u64),
            _ => self.wrong(Found::Fraction),
        })
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<Value, E> {
        Ok(match self.shape {
            Shape::Text if text.is_empty() => Value::Absent,
            Shape::Text => Value::Text(self.draft.keep(text)),
            Shape::Number => self.decimal(text),
            Shape::Partition if text.is_empty() => self.object_of([Value::Absent; 3]),
            Shape::Partition => {
                let name = Value::Text(self.draft.keep(text));
                self.object_of([name, Value::Absent, Value::Absent])
            }
            _ => self.wrong(Found::Text),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        match self.shape {
            Shape::Partitions => self.list(Shape::Partition, seq),
            Shape::Reads => self.list(Shape::Read, seq),
            Shape::Misses => self.list(Shape::Miss, seq),
            Shape::Attributions => self.list(Shape::Attribution, seq),
            _ => {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(self.wrong(Found::List))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        if let Some(keys) = self.shape.keys() {
            let values = self.object(keys, map)?;
            return Ok(self.object_of(values));
        }
        match self.shape {
            Shape::Payload => fields::read(self.draft, map)?,
            Shape::Event => envelope::read_event(self.draft, map)?,
            Shape::Envelope => envelope::read(self.draft, map)?,
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(self.wrong(Found::Object));
            }
        }
        Ok(Value::Kept)
    }
}

impl<'de> DeserializeSeed<'de> for Expect<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for Key<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Key<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        Ok((self.0)(name))
    }
}
