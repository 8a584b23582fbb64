//! What is in the document: nodes, with what it takes to change them in place. Where the tag of an
//! element stays, so does the node, and with it the keyboard's focus and the place of a scroll.
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::{AnyView, Mountable, Render, RenderEffect, Set, on_cleanup};
use leptos::tachys::renderer::types::{Element, Node, Placeholder, Text};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use crate::scene::mark::is_for_people;
use crate::view::el::{Child, El, Listener, Value};
use crate::words::shown;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element in the document.
pub struct BuiltEl {
    tag: &'static str,
    node: Element,
    attributes: Vec<(&'static str, BuiltValue)>,
    listeners: Vec<BuiltListener>,
    children: Vec<Built>,
}

/// Pieces one after the other, and the place where they end.
pub struct BuiltPieces {
    pieces: Vec<Built>,
    end: Placeholder,
}

/// One piece in the document.
enum Built {
    Text(Text, Cow<'static, str>),
    El(BuiltEl),
    Live(RenderEffect<BuiltPieces>),
    View(AnyViewState),
}

enum BuiltValue {
    Fixed(Option<Cow<'static, str>>),
    /// Kept so that it goes on following; it knows the value that it has set.
    Live(RenderEffect<Option<String>>),
}

struct BuiltListener {
    event: &'static str,
    /// What the browser calls stays; what that calls may change.
    act: Rc<RefCell<Listener>>,
    /// Takes it out of the document when dropped.
    _remove: RemoveEventHandler<Element>,
}

/// Whether what a piece was made for is still there. Where one signal changes a piece and takes
/// what is around it away, the piece may be told first, with the values that it reads gone.
struct Alive(Arc<AtomicBool>);

impl Alive {
    fn here() -> Self {
        let alive = Arc::new(AtomicBool::new(true));
        let told = Arc::clone(&alive);
        on_cleanup(move || told.store(false, Ordering::Relaxed));
        Self(alive)
    }

    fn is(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl BuiltEl {
    /// Makes the element, outside of the document.
    pub fn new(El(el): El) -> Self {
        let node = Rndr::create_element(el.tag, el.is_svg.then_some(SVG));
        let attributes = el.attributes.into_iter();
        let attributes = attributes.map(|(name, value)| (name, set(&node, name, value, None)));
        let attributes = attributes.collect();
        let listeners =
            el.listeners.into_iter().map(|(event, act)| listen(&node, event, act)).collect();
        let children = el.children.into_iter().map(|child| {
            let mut built = Built::new(child);
            built.mount(&node, None);
            built
        });
        let children = children.collect();
        if let Some(handle) = el.handle {
            // Its page may be gone already.
            let _ = handle.try_set(Some(node.clone()));
        }
        Self { tag: el.tag, node, attributes, listeners, children }
    }

    /// Becomes what `el` says, with as little change as there is.
    pub fn update(&mut self, El(el): El) {
        if self.tag != el.tag {
            let mut new = Self::new(El(el));
            self.insert_before_this(&mut new);
            self.unmount();
            *self = new;
            return;
        }
        if let Some(handle) = el.handle {
            // Its page may be gone already.
            let _ = handle.try_set(Some(self.node.clone()));
        }
        self.update_attributes(el.attributes);
        self.update_listeners(el.listeners);
        update_pieces(&mut self.children, el.children, &self.node, None);
    }

    fn update_attributes(&mut self, new: Vec<(&'static str, Value)>) {
        let mut old = std::mem::take(&mut self.attributes);
        for (name, value) in new {
            let before = old.iter().position(|(before, _)| *before == name);
            let before = before.map(|at| old.swap_remove(at).1);
            self.attributes.push((name, set(&self.node, name, value, before)));
        }
        for (name, _) in old {
            Rndr::remove_attribute(&self.node, name);
        }
    }

    fn update_listeners(&mut self, new: Vec<(&'static str, Listener)>) {
        let is_same = self.listeners.iter().map(|it| it.event).eq(new.iter().map(|it| it.0));
        if is_same {
            for (built, (_, act)) in self.listeners.iter().zip(new) {
                built.act.replace(act);
            }
        } else {
            let node = &self.node;
            self.listeners = new.into_iter().map(|(event, act)| listen(node, event, act)).collect();
        }
    }
}

/// Sets an attribute, knowing what was set before.
fn set(node: &Element, name: &'static str, value: Value, before: Option<BuiltValue>) -> BuiltValue {
    let before = match before {
        Some(BuiltValue::Fixed(before)) => before,
        Some(BuiltValue::Live(effect)) => effect.take_value().flatten().map(Cow::Owned),
        None => None,
    };
    match value {
        Value::Fixed(value) => {
            put(node, name, before.as_deref(), value.as_deref());
            BuiltValue::Fixed(value)
        }
        Value::Live(mut value) => {
            let node = node.clone();
            let mut before = before.map(Cow::into_owned);
            let alive = Alive::here();
            BuiltValue::Live(RenderEffect::new(move |last: Option<Option<String>>| {
                let before = match last {
                    Some(last) if !alive.is() => return last,
                    last => last.unwrap_or_else(|| before.take()),
                };
                let value = value();
                put(&node, name, before.as_deref(), value.as_deref());
                value
            }))
        }
    }
}

/// What comes with the page and is no page of it.
const LICENSES: &str = "./licenses.txt";

fn put(node: &Element, name: &str, before: Option<&str>, value: Option<&str>) {
    if let Some(property) = name.strip_prefix('.') {
        return Rndr::set_property(node, property, &value.unwrap_or_default().into());
    }
    match value {
        value if value == before => {}
        // An address of this page, what comes with it, or none: nothing of a log is ever followed.
        Some(value) if name == "href" && !value.starts_with(['#', '?']) && value != LICENSES => {
            Rndr::remove_attribute(node, name);
        }
        // Not as an attribute: a page that forbids inline styles forbids that.
        Some(value) if name == "style" => {
            if let Some(styled) = node.dyn_ref::<web_sys::HtmlElement>() {
                styled.style().set_css_text(value);
            }
        }
        Some(value) if is_for_people(name) => Rndr::set_attribute(node, name, &shown(value)),
        Some(value) => Rndr::set_attribute(node, name, value),
        None => Rndr::remove_attribute(node, name),
    }
}

fn listen(node: &Element, event: &'static str, act: Listener) -> BuiltListener {
    let act = Rc::new(RefCell::new(act));
    let inner = Rc::clone(&act);
    let call = Box::new(move |event: wasm_bindgen::JsValue| {
        // Taken out first: what is called may change what is to be called next.
        let act = inner.borrow().clone();
        act(JsCast::unchecked_into(event));
    });
    let remove = Rndr::add_event_listener(node, event, call);
    BuiltListener { event, act, _remove: remove }
}

impl BuiltPieces {
    /// Makes the pieces, outside of the document.
    pub fn new(pieces: Vec<Child>) -> Self {
        Self {
            pieces: pieces.into_iter().map(Built::new).collect(),
            end: Rndr::create_placeholder(),
        }
    }

    /// Becomes what `pieces` say, with as little change as there is.
    pub fn update(&mut self, pieces: Vec<Child>) {
        let end: &Node = self.end.as_ref();
        match Rndr::get_parent(end).and_then(element) {
            Some(parent) => update_pieces(&mut self.pieces, pieces, &parent, Some(end)),
            // Not in the document: nothing to keep.
            None => self.pieces = pieces.into_iter().map(Built::new).collect(),
        }
    }
}

fn element(node: Node) -> Option<Element> {
    node.dyn_into().ok()
}

/// Piece by piece: what is of the same kind is changed in place, the rest comes or goes.
fn update_pieces(built: &mut Vec<Built>, new: Vec<Child>, parent: &Element, end: Option<&Node>) {
    for mut gone in built.drain(new.len().min(built.len())..) {
        gone.unmount();
    }
    let n_kept = built.len();
    for (at, child) in new.into_iter().enumerate() {
        if let Some(built) = built.get_mut(at).filter(|_| at < n_kept) {
            built.update(child);
        } else {
            let mut piece = Built::new(child);
            piece.mount(parent, end);
            built.push(piece);
        }
    }
}

impl Built {
    fn new(child: Child) -> Self {
        match child {
            Child::Text(text) => Self::Text(Rndr::create_text_node(&text), text),
            Child::El(el) => Self::El(BuiltEl::new(el)),
            Child::View(view) => Self::View(view.build()),
            Child::Live(mut pieces) => {
                let alive = Alive::here();
                Self::Live(RenderEffect::new(move |built| match built {
                    None => BuiltPieces::new(pieces()),
                    Some(mut built) => {
                        if alive.is() {
                            BuiltPieces::update(&mut built, pieces());
                        }
                        built
                    }
                }))
            }
        }
    }

    fn update(&mut self, child: Child) {
        match (&mut *self, child) {
            (Self::Text(node, before), Child::Text(text)) => {
                if *before != text {
                    Rndr::set_text(node, &text);
                    *before = text;
                }
            }
            (Self::El(built), Child::El(el)) => built.update(el),
            (Self::View(state), Child::View(view)) => AnyView::rebuild(view, state),
            (_, child) => {
                let mut new = Self::new(child);
                self.insert_before_this(&mut new);
                self.unmount();
                *self = new;
            }
        }
    }

    fn as_mountable(&mut self) -> &mut dyn Mountable {
        match self {
            Self::Text(node, _) => node,
            Self::El(el) => el,
            Self::Live(effect) => effect,
            Self::View(state) => state,
        }
    }
}

impl Mountable for Built {
    fn unmount(&mut self) {
        self.as_mountable().unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.as_mountable().mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Text(node, _) => node.insert_before_this(child),
            Self::El(el) => el.insert_before_this(child),
            Self::Live(effect) => effect.insert_before_this(child),
            Self::View(state) => state.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Text(..) => Vec::new(),
            Self::El(el) => el.elements(),
            Self::Live(effect) => effect.elements(),
            Self::View(state) => state.elements(),
        }
    }
}

impl Mountable for BuiltEl {
    fn unmount(&mut self) {
        self.node.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.node.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.node.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.node.clone()]
    }
}

impl Mountable for BuiltPieces {
    fn unmount(&mut self) {
        for piece in &mut self.pieces {
            piece.unmount();
        }
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for piece in &mut self.pieces {
            piece.mount(parent, marker);
        }
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.pieces.first() {
            Some(first) => first.insert_before_this(child),
            None => self.end.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        self.pieces.iter().flat_map(Mountable::elements).collect()
    }
}
