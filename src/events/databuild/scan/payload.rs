//! A payload's fields, by their shapes.
use super::Scan;
use super::cursor::decimal;
use crate::events::EventKind;
use crate::events::databuild::draft::{Range, Value};
use crate::events::databuild::fields::Field;
use crate::events::databuild::grammar::Expect;
use crate::events::databuild::shape::Shape;

impl Scan<'_, '_> {
    /// The fields of a payload, which may be of any kind.
    pub(super) fn payload(&mut self, kind: Option<EventKind>) -> Option<()> {
        self.cursor.take(b'{')?;
        let row = kind.map_or(EventKind::ALL.len(), |kind| kind as usize);
        let (mut place, mut seen) = (0, 0_u32);
        while self.cursor.goes_on(place == 0, b'}')? {
            let guess = self.draft.learned.payload.get_mut(row)?.at(place);
            match guess.key(&mut self.cursor, Field::of_name)? {
                Ok(field) => {
                    once(&mut seen, field as usize)?;
                    let value = self.value(field.shape())?;
                    self.draft.fields.set(field, value);
                }
                Err(name) => self.unknown("", name)?,
            }
            place += 1;
        }
        self.draft.fields.unknown = Range::new(0, self.draft.n_unknown());
        Some(())
    }

    fn unknown(&mut self, inside: &'static str, name: Range) -> Option<()> {
        self.draft.unknown.push((inside, name));
        self.cursor.anything()
    }

    fn value(&mut self, shape: Shape) -> Option<Value> {
        if self.cursor.peek()? == b'n' {
            return self.cursor.word("null").map(|()| Value::Absent);
        }
        match shape {
            Shape::Text => {
                let text = self.cursor.text()?;
                Some(if text.is_empty() { Value::Absent } else { Value::Text(text) })
            }
            Shape::Number => self.number().map(Value::Number),
            Shape::Partitions => self.partitions(),
            Shape::Reads => self.list(Shape::Read, |scan| scan.draft.pairs.len()),
            Shape::Misses => self.list(Shape::Miss, |scan| scan.draft.pairs.len()),
            Shape::Attributions => self.list(Shape::Attribution, |scan| scan.draft.wants.len()),
            shape => self.object(shape),
        }
    }

    /// A whole number or a decimal text of one.
    pub(super) fn number(&mut self) -> Option<u64> {
        match self.cursor.peek()? {
            b'"' => {
                let digits = self.cursor.text()?;
                decimal(self.cursor.bytes_of(digits))
            }
            _ => self.cursor.number(),
        }
    }

    fn list(&mut self, item: Shape, n_items: impl Fn(&Self) -> usize) -> Option<Value> {
        let start = n_items(self);
        self.cursor.take(b'[')?;
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b']')? {
            self.object(item)?;
            is_first = false;
        }
        Some(Value::List(Range::new(start, n_items(self))))
    }

    fn partitions(&mut self) -> Option<Value> {
        let start = self.draft.refs.len();
        self.cursor.take(b'[')?;
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b']')? {
            self.partition()?;
            is_first = false;
        }
        Some(Value::List(Range::new(start, self.draft.refs.len())))
    }

    /// Nearly all that a log consists of: `{"ref":"…"}`, spelled like the one before.
    fn partition(&mut self) -> Option<()> {
        if self.cursor.peek()? == b'"' {
            let name = self.cursor.text().filter(|name| !name.is_empty())?;
            self.draft.refs.push((name, None));
            return Some(());
        }
        let start = self.cursor.at();
        if let Some(((), n)) = self.draft.learned.partition.met(self.cursor.rest()) {
            self.cursor.go_to(start + n);
            let name = self.cursor.end_of_text()?;
            if !name.is_empty() && self.cursor.rest().first() == Some(&b'}') {
                self.cursor.go_to(self.cursor.at() + 1);
                self.draft.refs.push((name, None));
                return Some(());
            }
            self.cursor.go_to(start);
        }
        self.object(Shape::Partition)?;
        self.learn_partition(start)
    }

    /// What stands before a partition's name, if that is its first value: with three quotes.
    fn learn_partition(&mut self, start: usize) -> Option<()> {
        let &(name, _) = self.draft.refs.last()?;
        let before = self.cursor.str_of(Range::new(start, name.start()));
        if before.matches('"').count() == 3 && before.starts_with('{') {
            self.draft.learned.partition.learn(before.bytes(), ());
        }
        Some(())
    }

    /// A small object, and what it comes to.
    fn object(&mut self, shape: Shape) -> Option<Value> {
        let (inside, keys) = shape.keys()?;
        self.cursor.take(b'{')?;
        let (mut values, mut seen) = ([Value::Absent; 3], 0);
        let mut place = 0;
        while self.cursor.goes_on(place == 0, b'}')? {
            let of_name =
                |name: &str| keys.iter().position(|(spellings, _)| spellings.contains(&name));
            let guess = self.draft.learned.small.get_mut(shape as usize)?.at(place);
            match guess.key(&mut self.cursor, of_name)? {
                Ok(which) => {
                    once(&mut seen, which)?;
                    let &(_, shape) = keys.get(which)?;
                    *values.get_mut(which)? = self.value(shape)?;
                }
                Err(name) => self.unknown(inside, name)?,
            }
            place += 1;
        }
        let value = Expect { draft: &mut *self.draft, at: "", shape }.object_of(values);
        (!matches!(value, Value::Wrong(_))).then_some(value)
    }
}

/// None for a key that has come before.
fn once(seen: &mut u32, key: usize) -> Option<()> {
    let is_new = *seen >> key & 1 == 0;
    *seen |= 1 << key;
    is_new.then_some(())
}
