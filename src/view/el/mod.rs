//! A piece of the document as plain data: an element with attributes, listeners and children, made
//! by plain functions. It is a Leptos view like any other, but all of them are of one type: the
//! thousandth piece of markup adds only its own words to what a visitor fetches.
//!
//! What it never does: parse markup. Text is text, and reaches the page only as such, with a mark
//! for whatever cannot be seen in it; attributes that people read, too. A link leads to a page of
//! this page, or nowhere.
mod built;
mod render;

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::{AnyView, IntoAny, LocalStorage, RwSignal};
use web_sys::{Element, Event};

use crate::scene::Mark;
use crate::words::{shown, shown_lines};

pub use render::Pieces;

/// An element that is not yet in the document. Behind a pointer, because it is handed from function
/// to function while it is made.
pub struct El(Box<Told>);

/// What an element is to be.
struct Told {
    tag: &'static str,
    /// Of SVG, as all that is in it.
    is_svg: bool,
    attributes: Vec<(&'static str, Value)>,
    listeners: Vec<(&'static str, Listener)>,
    children: Vec<Child>,
    handle: Option<Handle>,
}

/// Where an element is found once it is made.
pub type Handle = RwSignal<Option<Element>, LocalStorage>;

/// What may stand in an element.
pub enum Child {
    /// Text.
    Text(Cow<'static, str>),
    /// Another element.
    El(El),
    /// Pieces that follow the signals that are read for them.
    Live(Box<dyn FnMut() -> Vec<Child> + Send>),
    /// A component that keeps a state of its own.
    View(AnyView),
}

/// The value of an attribute; none leaves it out.
enum Value {
    Fixed(Option<Cow<'static, str>>),
    /// Follows the signals that are read for it.
    Live(Box<dyn FnMut() -> Option<String> + Send>),
}

type Listener = Arc<dyn Fn(Event) + Send + Sync>;

/// An element of HTML.
pub fn el(tag: &'static str) -> El {
    let (attributes, listeners, children) = (Vec::new(), Vec::new(), Vec::new());
    El(Box::new(Told { tag, is_svg: false, attributes, listeners, children, handle: None }))
}

/// An element of SVG.
pub fn svg_el(tag: &'static str) -> El {
    let mut el = el(tag);
    el.0.is_svg = true;
    el
}

/// A button, with a class where that is not empty.
pub fn button(class: &'static str) -> El {
    el("button").attr("type", "button").maybe("class", Some(class).filter(|it| !it.is_empty()))
}

/// A text whose line ends are kept, for an element that keeps them.
pub fn lines(text: String) -> Child {
    Child::Text(as_shown(shown_lines(&text)).unwrap_or(text).into())
}

fn as_shown(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    }
}

/// A child that follows the signals that `piece` reads.
pub fn live<T: Into<Child>>(mut piece: impl FnMut() -> T + Send + 'static) -> Child {
    Child::Live(Box::new(move || vec![piece().into()]))
}

/// Children that follow the signals that `pieces` reads.
pub fn live_all<I: IntoIterator<Item: Into<Child>>>(
    mut pieces: impl FnMut() -> I + Send + 'static,
) -> Child {
    Child::Live(Box::new(move || pieces().into_iter().map(Into::into).collect()))
}

impl El {
    /// With a class.
    pub fn class(self, class: impl Into<Cow<'static, str>>) -> Self {
        self.attr("class", class)
    }

    /// With an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.put(name, Some(value.into()));
        self
    }

    /// With an attribute where it has a value.
    pub fn maybe(
        mut self,
        name: &'static str,
        value: Option<impl Into<Cow<'static, str>>>,
    ) -> Self {
        self.put(name, value.map(Into::into));
        self
    }

    /// With an attribute that says something by being there.
    pub fn flag(self, name: &'static str, is_there: bool) -> Self {
        self.maybe(name, is_there.then_some(""))
    }

    /// With an attribute that follows the signals that `value` reads. `.value` is the property of
    /// that name, which what a reader types would make differ from the attribute. It takes the place
    /// of a fixed value.
    pub fn live(
        mut self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.follow(name, Box::new(value));
        self
    }

    /// With what is done about an event.
    pub fn on(mut self, event: &'static str, act: impl Fn(Event) + Send + Sync + 'static) -> Self {
        self.hear(event, Arc::new(act));
        self
    }

    /// With what a press does, by pointer or key.
    pub fn press(self, act: impl Fn() + Send + Sync + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// To be found in `handle` once it is made.
    pub fn kept_in(mut self, handle: Handle) -> Self {
        self.0.handle = Some(handle);
        self
    }

    /// With a child after those that it has.
    pub fn child(mut self, child: impl Into<Child>) -> Self {
        self.add(child.into());
        self
    }

    /// With children after those that it has; an option is none or one.
    pub fn children<T: Into<Child>>(mut self, children: impl IntoIterator<Item = T>) -> Self {
        for child in children {
            self.add(child.into());
        }
        self
    }

    fn put(&mut self, name: &'static str, value: Option<Cow<'static, str>>) {
        self.0.attributes.push((name, Value::Fixed(value)));
    }

    fn follow(&mut self, name: &'static str, value: Box<dyn FnMut() -> Option<String> + Send>) {
        self.0.attributes.retain(|(before, _)| *before != name);
        self.0.attributes.push((name, Value::Live(value)));
    }

    fn hear(&mut self, event: &'static str, act: Listener) {
        self.0.listeners.push((event, act));
    }

    fn add(&mut self, child: Child) {
        self.0.children.push(child);
    }
}

impl From<Mark> for El {
    fn from(mark: Mark) -> Self {
        let attribute = |(name, value): (_, String)| (name, Value::Fixed(Some(value.into())));
        let text = (!mark.text.is_empty()).then(|| Child::from(mark.text));
        let children = text.into_iter().chain(mark.children.into_iter().map(Child::from));
        Self(Box::new(Told {
            tag: mark.name,
            is_svg: true,
            attributes: mark.attributes.into_iter().map(attribute).collect(),
            listeners: Vec::new(),
            children: children.collect(),
            handle: None,
        }))
    }
}

impl From<Mark> for Child {
    fn from(mark: Mark) -> Self {
        Self::El(mark.into())
    }
}

impl From<El> for Child {
    fn from(el: El) -> Self {
        Self::El(el)
    }
}

impl From<&'static str> for Child {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

/// What is not of this source may be of the log: what cannot be seen in it is shown.
impl From<String> for Child {
    fn from(text: String) -> Self {
        Self::Text(as_shown(shown(&text)).unwrap_or(text).into())
    }
}

impl From<AnyView> for Child {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

impl From<Pieces> for Child {
    fn from(pieces: Pieces) -> Self {
        Self::View(pieces.into_any())
    }
}
