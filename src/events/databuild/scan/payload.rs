//! A payload's fields, by their shapes.
use super::{Op, Scan};
use crate::events::databuild::fields::Field;
use crate::events::databuild::shape::Shape;

impl Scan<'_, '_> {
    /// The fields of a payload, which may be of any kind.
    pub(super) fn payload(&mut self) -> Option<()> {
        self.cursor.take(b'{')?;
        let (mut is_first, mut seen) = (true, 0);
        while self.cursor.goes_on(is_first, b'}')? {
            match self.key(Field::of_name)? {
                Ok(field) => {
                    once(&mut seen, field as usize)?;
                    if !self.null()? {
                        self.field(field)?;
                    }
                }
                Err(name) => self.pass(("", name), Op::UnknownField)?,
            }
            is_first = false;
        }
        Some(())
    }

    /// Takes `null`, if it stands here.
    fn null(&mut self) -> Option<bool> {
        let is_null = self.cursor.peek()? == b'n';
        if is_null {
            self.cursor.word("null")?;
        }
        Some(is_null)
    }

    fn field(&mut self, field: Field) -> Option<()> {
        match field.shape() {
            Shape::Text => {
                if self.text()? {
                    self.run(Op::Text(field));
                }
            }
            Shape::Number => {
                self.number()?;
                self.run(Op::Number(field));
            }
            Shape::Partitions => {
                self.refs()?;
                self.run(Op::Refs(field));
            }
            shape @ (Shape::Reads | Shape::Misses) => {
                let is_read = shape == Shape::Reads;
                self.list(Op::BeginPairs, if is_read { Self::read } else { Self::miss })?;
                self.run(Op::Pairs(field));
            }
            Shape::Attributions => {
                self.list(Op::BeginWants, Self::attribution)?;
                self.run(Op::Wants(field));
            }
            Shape::Source => self.source()?,
            _ => return None,
        }
        Some(())
    }

    fn list(&mut self, begin: Op, item: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.run(begin);
        self.cursor.take(b'[')?;
        self.lesson.list_begins(self.cursor.bytes(), self.cursor.at());
        let mut is_first = true;
        while self.cursor.goes_on(is_first, b']')? {
            self.lesson.item_begins(self.cursor.at());
            item(self)?;
            is_first = false;
        }
        self.lesson.list_ends(self.cursor.at());
        Some(())
    }

    fn refs(&mut self) -> Option<()> {
        self.list(Op::BeginRefs, Self::partition)
    }

    /// A name alone, or an object.
    fn partition(&mut self) -> Option<()> {
        let (mut is_named, mut is_named_by_ref) = (false, false);
        if self.cursor.peek()? == b'"' {
            is_named = self.text()?;
            self.run(Op::Name);
        } else {
            self.object(Shape::Partition, &mut |scan, which| {
                let is_given = scan.text()?;
                match which {
                    2 if is_given => scan.run(Op::Uuid),
                    // `str` is for where there is no `ref`.
                    0 | 1 if is_given && !is_named_by_ref => {
                        (is_named, is_named_by_ref) = (true, which == 0);
                        scan.run(Op::Name);
                    }
                    _ => {}
                }
                Some(())
            })?;
        }
        is_named.then(|| self.run(Op::Ref))
    }

    fn read(&mut self) -> Option<()> {
        self.pair(Shape::Read)
    }

    fn miss(&mut self) -> Option<()> {
        self.pair(Shape::Miss)
    }

    fn pair(&mut self, shape: Shape) -> Option<()> {
        self.object(shape, &mut |scan, which| {
            scan.refs()?;
            scan.run(if which == 0 { Op::First } else { Op::Second });
            Some(())
        })?;
        self.run(Op::Pair);
        Some(())
    }

    fn attribution(&mut self) -> Option<()> {
        let mut has_want = false;
        self.object(Shape::Attribution, &mut |scan, which| {
            if which == 0 {
                has_want = scan.text()?;
                scan.run(Op::Want);
            } else {
                scan.refs()?;
                scan.run(Op::First);
            }
            Some(())
        })?;
        has_want.then(|| self.run(Op::Attribution))
    }

    fn source(&mut self) -> Option<()> {
        let mut n_sources = 0;
        self.object(Shape::Source, &mut |scan, which| {
            n_sources += 1;
            if which == 0 { scan.by_hand() } else { scan.by_run() }
        })?;
        if n_sources > 0 {
            self.run(Op::Source);
        }
        (n_sources < 2).then_some(())
    }

    fn by_hand(&mut self) -> Option<()> {
        self.run(Op::ByHand);
        self.object(Shape::Manual, &mut |scan, _| {
            if scan.text()? {
                scan.run(Op::ByUser);
            }
            Some(())
        })
    }

    fn by_run(&mut self) -> Option<()> {
        let mut has_run = false;
        self.object(Shape::Run, &mut |scan, _| {
            has_run = scan.text()?;
            scan.run(Op::ByRun);
            Some(())
        })?;
        has_run.then_some(())
    }

    /// A small object: `value` takes what is not null, and is told which of the shape's keys it has.
    fn object(
        &mut self,
        shape: Shape,
        value: &mut dyn FnMut(&mut Self, usize) -> Option<()>,
    ) -> Option<()> {
        let (inside, keys) = shape.keys()?;
        self.cursor.take(b'{')?;
        let (mut is_first, mut seen) = (true, 0);
        while self.cursor.goes_on(is_first, b'}')? {
            let of_name =
                |name: &str| keys.iter().position(|(spellings, _)| spellings.contains(&name));
            match self.key(of_name)? {
                Ok(which) => {
                    once(&mut seen, which)?;
                    if !self.null()? {
                        value(self, which)?;
                    }
                }
                Err(name) => self.pass((inside, name), Op::UnknownField)?,
            }
            is_first = false;
        }
        Some(())
    }
}

/// None for a key that has come before.
fn once(seen: &mut u32, key: usize) -> Option<()> {
    let is_new = *seen >> key & 1 == 0;
    *seen |= 1 << key;
    is_new.then_some(())
}
