//! Route → address. Canonical: what is at its default is left out, and keys have one order.
use super::text::encode;
use super::words::Word;
use super::{Mode, NodeRef, Page, Route};
use std::fmt::{self, Display, Formatter};

impl Display for Route {
    /// The address from the `#` on.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut keys = Keys { f, n_written: 0 };
        keys.page(&self.page)?;
        keys.optional("at", self.at)?;
        keys.optional("up", self.up)?;
        keys.optional("down", self.down)?;
        keys.word("dir", self.dir)?;
        keys.word("tab", self.tab)?;
        keys.optional("sel", self.sel.as_ref().map(Node))?;
        for open in &self.open {
            keys.write("open", format_args!("{}.{}", open.side.word(), Node(&open.node)))?;
        }
        for node in &self.pin {
            keys.write("pin", Node(node))?;
        }
        keys.optional("q", (!self.q.is_empty()).then(|| encode(&self.q)))
    }
}

struct Node<'a>(&'a NodeRef);

impl Display for Node<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.kind.word(), encode(&self.0.id))
    }
}

struct Keys<'a, 'f> {
    f: &'a mut Formatter<'f>,
    n_written: usize,
}

impl Keys<'_, '_> {
    fn page(&mut self, page: &Page) -> fmt::Result {
        match page {
            Page::Home { status } => {
                self.f.write_str("#/")?;
                self.text("status", status.as_ref())
            }
            Page::Want(id) => self.segments("want", id),
            Page::Partition { partition, uuid, mode } => {
                self.segments("partition", partition)?;
                self.text("uuid", uuid.as_ref())?;
                self.word::<Mode>("mode", *mode)
            }
            Page::JobRun(id) => self.segments("job-run", id),
            Page::Impact { partition, uuid } => {
                self.segments("impact", partition)?;
                self.text("uuid", uuid.as_ref())
            }
            Page::Diff { partition, a, b } => {
                self.segments("diff", partition)?;
                self.text("a", a.as_ref())?;
                self.text("b", b.as_ref())
            }
            Page::Path { from, to, mode } => {
                self.f.write_str("#/path")?;
                self.text("from", from.as_ref())?;
                self.text("to", to.as_ref())?;
                self.word::<Mode>("mode", *mode)
            }
            Page::Job(label) => self.segments("job", label),
            Page::Dataset(pattern) => self.segments("dataset", pattern),
            Page::Notices => self.f.write_str("#/notices"),
        }
    }

    fn segments(&mut self, page: &str, id: &str) -> fmt::Result {
        write!(self.f, "#/{page}/{}", encode(id))
    }

    fn text(&mut self, key: &str, value: Option<&String>) -> fmt::Result {
        self.optional(key, value.map(|text| encode(text)))
    }

    fn word<W: Word + Default>(&mut self, key: &str, value: W) -> fmt::Result {
        self.optional(key, (value != W::default()).then(|| value.word()))
    }

    fn optional(&mut self, key: &str, value: Option<impl Display>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.write(key, value))
    }

    fn write(&mut self, key: &str, value: impl Display) -> fmt::Result {
        let before = if self.n_written == 0 { '?' } else { '&' };
        self.n_written += 1;
        write!(self.f, "{before}{key}={value}")
    }
}
