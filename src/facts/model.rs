//! Facts as plain data.
use crate::facts::Why;
use crate::route::Page;
use crate::scene::Status;
use crate::words;

/// Everything told about one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `Want`, `Partition instance`, `Job run`, …
    pub kind: String,
    /// Before the name, dim.
    pub lead: String,
    /// The name.
    pub name: String,
    /// Under the name, in fixed width.
    pub which: String,
    /// Its status.
    pub status: Option<Status>,
    /// Words beside the status, each a mark of its own.
    pub marks: Vec<String>,
    /// How long it took and the like, after the marks.
    pub said: Vec<String>,
    /// Its own page.
    pub page: Option<Page>,
    /// Pages that answer other questions about it, by what they are called.
    pub questions: Vec<(&'static str, Page)>,
    /// Plain facts, one a row.
    pub rows: Vec<Row>,
    /// Lists under headings.
    pub sections: Vec<Section>,
}

/// A list under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading, with the count where it is a list.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// How many more there are.
    pub n_more: usize,
    /// Why there are none, where there are none.
    pub why: Option<Why>,
}

/// One row: a label or a link at the left, a value at the right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Before the label, dim: the path of a dataset.
    pub lead: String,
    /// All of its name, where it is shown under a shorter one.
    pub whole: String,
    /// The label, or the text of the link.
    pub label: String,
    /// Where it leads.
    pub page: Option<Page>,
    /// Its status, where it is a thing.
    pub status: Option<Status>,
    /// Dim words after the label.
    pub note: String,
    /// The value.
    pub value: Value,
}

/// A value, set by the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing at the right.
    #[default]
    None,
    /// Words.
    Text(String),
    /// An id, in fixed width.
    Id(String),
    /// A thing's name that leads to its page.
    Link(String, Page),
    /// A number.
    Count(u64),
    /// A moment, nanoseconds since 1970 UTC.
    Time(u64),
    /// A stretch of time, nanoseconds.
    Duration(u64),
}

impl Section {
    /// A list with its count in the heading; rows past `most` are counted, not made.
    pub fn list<T, I>(title: &str, most: usize, items: I, row: impl FnMut(T) -> Row) -> Self
    where
        I: IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
    {
        let items = items.into_iter();
        let n_items = items.len();
        Self {
            title: format!("{title} · {}", words::count(n_items as u64)),
            rows: items.take(most).map(row).collect(),
            n_more: n_items.saturating_sub(most),
            why: None,
        }
    }
}

impl Row {
    /// A label and a value.
    pub fn of(label: &str, value: Value) -> Self {
        Self { label: label.to_owned(), value, ..Self::default() }
    }
}
