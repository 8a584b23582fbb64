//! How a facet that is known here becomes rows: by its fields, by the items of its list, or as it
//! alone is read.
use crate::facts::{Kind, Node, Row, Value};

/// One kind of facet.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub key: &'static str,
    pub title: &'static str,
    /// Keys and their words, a row each.
    pub fields: &'static [(&'static str, &'static str)],
    /// The key of its longer text.
    pub code: Option<&'static str>,
    pub rest: Rest,
}

/// The rows after those of the fields.
#[derive(Clone, Copy)]
pub(super) enum Rest {
    None,
    /// A row for each item of the list under a key.
    Each(&'static str, Item),
    /// As it alone is read.
    Told(fn(Node<'_>) -> Vec<Row>),
}

/// Keys of an item.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub label: &'static str,
    /// The label of an item that has none.
    pub or: &'static str,
    pub value: &'static str,
    pub note: Option<&'static str>,
}

impl Known {
    /// A facet of plain fields.
    pub const fn fields(
        key: &'static str,
        title: &'static str,
        fields: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { key, title, fields, code: None, rest: Rest::None }
    }

    /// The same with more rows.
    pub const fn and(self, rest: Rest) -> Self {
        Self { rest, ..self }
    }

    /// The same with a longer text.
    pub const fn with_code(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    /// The rows of `facet`, and its longer text.
    pub fn read(&self, facet: Node<'_>) -> (Vec<Row>, Option<String>) {
        let mut said = rows(facet, self.fields);
        match self.rest {
            Rest::None => {}
            Rest::Each(list, item) => {
                said.extend(facet.get(list).items().filter_map(|it| item.row(it)));
            }
            Rest::Told(tell) => said.extend(tell(facet)),
        }
        let code = self.code.and_then(|key| facet.get(key).text()).filter(|text| !text.is_empty());
        (said, code.map(str::to_owned))
    }
}

impl Item {
    fn row(&self, item: Node<'_>) -> Option<Row> {
        let label = item.get(self.label).text().unwrap_or(self.or);
        let note = self.note.map(|key| text_of(item, key)).unwrap_or_default();
        row(label, item.get(self.value)).map(|row| Row { note, ..row })
    }
}

/// A row of a text or a number; none where there is neither.
pub(super) fn row(name: &str, value: Node<'_>) -> Option<Row> {
    let value = match value.kind()? {
        Kind::Text(text) if !text.is_empty() => Value::Text(text.to_string()),
        &Kind::Number(number) => {
            let text = |_| Value::Text(number.to_owned());
            number.parse().map_or_else(text, Value::Count)
        }
        Kind::Bool(is_so) => Value::Text((if *is_so { "yes" } else { "no" }).to_owned()),
        _ => return None,
    };
    Some(Row::of(name, value))
}

/// Rows of several fields of one object, by their words.
pub(super) fn rows(facet: Node<'_>, fields: &[(&str, &str)]) -> Vec<Row> {
    fields.iter().filter_map(|&(key, name)| row(name, facet.get(key))).collect()
}

/// The text under `key`; empty where there is none.
pub(super) fn text_of(object: Node<'_>, key: &str) -> String {
    object.get(key).text().unwrap_or_default().to_owned()
}
