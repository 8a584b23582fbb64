//! A piece of a picture as plain data: an element of SVG. The page draws it, and an export writes
//! it as text; both from the same tree.
use std::fmt::Write;

/// An element of SVG with its attributes, its text and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// `g`, `path`, `text`, …
    pub name: &'static str,
    /// In the order in which they are written; no name twice.
    pub attributes: Vec<(&'static str, String)>,
    /// Text before the children; any characters.
    pub text: String,
    /// In the order in which they are painted.
    pub children: Vec<Mark>,
}

impl Mark {
    /// An element without anything.
    pub const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// A group of a class.
    pub fn group(class: impl Into<String>) -> Self {
        Self::new("g").with("class", class)
    }

    /// Text of a class whose base line begins at `x`, `y`, in pixels.
    pub fn words(class: &str, x: f32, y: f32, text: impl Into<String>) -> Self {
        let mark = Self::new("text").with("class", class).number("x", x).number("y", y);
        Self { text: text.into(), ..mark }
    }

    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute where it has a value.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With an attribute in pixels, to a tenth.
    #[must_use]
    pub fn number(self, name: &'static str, value: f32) -> Self {
        self.with(name, tenths(value))
    }

    /// Moved by so many pixels.
    #[must_use]
    pub fn moved(self, x: f32, y: f32) -> Self {
        let place = format!("translate({} {})", tenths(x), tenths(y));
        self.with("transform", place)
    }

    /// With a text in it.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// With an element painted over those that it has.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With elements painted over those that it has; an option is none or one.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }
}

/// Whether the value of an attribute is read by people, and not by programs alone.
pub fn is_for_people(attribute: &str) -> bool {
    matches!(attribute, "aria-label" | "aria-valuetext" | "label" | "placeholder" | "title")
}

/// `12.5`, `-3`: at most one decimal, and none where it would be zero. Pictures are far smaller
/// than what would saturate.
pub fn tenths(value: f32) -> String {
    let tenths = (value * 10.0).round() as i64;
    let (sign, whole, part) =
        (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    let mut text = format!("{sign}{whole}");
    if part != 0 {
        // Writing to a string cannot fail.
        let _ = write!(text, ".{part}");
    }
    text
}
