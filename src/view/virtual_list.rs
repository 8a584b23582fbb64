//! A list of any length, of which only the rows in sight exist. Rows have one height, which the
//! style sheet says (`--row`) and the list measures.
use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use crate::view::el::{Child, El, Handle, el};
use crate::web::size::observe_size;

/// Rows kept above and below those in sight, so that a flick of the wheel shows no gap.
const SPARE_ROWS: usize = 8;

/// Before it is measured.
const ROW_PIXELS: f64 = 36.0;

/// All rows of a list: how many, and what each shows.
#[derive(Clone)]
pub struct Rows {
    /// How many there are.
    pub n: usize,
    /// Draws the row at a place below `n`.
    draw: Arc<dyn Fn(usize) -> Child + Send + Sync>,
}

impl Rows {
    /// One row for each of `items`.
    pub fn new<T: Send + Sync + 'static, C: Into<Child>>(
        items: Arc<Vec<T>>,
        draw: impl Fn(&T) -> C + Send + Sync + 'static,
    ) -> Self {
        let n = items.len();
        let blank = || Child::from("");
        Self { n, draw: Arc::new(move |at| items.get(at).map_or_else(blank, |it| draw(it).into())) }
    }
}

/// The list. It scrolls by itself; who holds it says how high it is, or lets it be as high as its
/// rows, up to the height that the style sheet allows (`fits`). `label` is what it is of, for who
/// cannot see it. Other rows are drawn anew.
pub fn virtual_list(label: impl Into<String>, rows: Signal<Rows>, fits: bool) -> El {
    let list = Handle::new_local(None);
    let size = observe_size(move || list.get());
    let scroll = Trigger::new();
    let row_height = Memo::new(move |_| {
        size.track();
        list.with(|list| list.as_ref().and_then(measured_row)).unwrap_or(ROW_PIXELS)
    });
    let n_rows = Memo::new(move |_| rows.with(|rows| rows.n));
    let shown = Memo::new(move |_| {
        scroll.track();
        let top = list.with(|list| list.as_ref().map(Element::scroll_top)).unwrap_or_default();
        in_sight(top.into(), f64::from(size.get().1), row_height.get(), n_rows.get())
    });
    let change = Memo::new(move |before: Option<&u32>| {
        rows.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let keys = move || {
        let change = change.get();
        shown.get().map(|at| (change, at)).collect::<Vec<_>>()
    };
    let draw = move |(_, at): (u32, usize)| {
        el("li")
            .live("style", move || Some(format!("top:{}px", at as f64 * row_height.get())))
            .live("aria-setsize", move || Some(n_rows.get().to_string()))
            .attr("aria-posinset", (at + 1).to_string())
            .child(rows.with_untracked(|rows| rows.clone()).row(at))
    };
    let height = move || Some(format!("height:{}px", n_rows.get() as f64 * row_height.get()));
    el("div")
        .class(if fits { "virtual-list fits" } else { "virtual-list" })
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label.into())
        .kept_in(list)
        .on("scroll", move |_| scroll.notify())
        .child(
            el("ul")
                .live("style", height)
                .child(view! { <For each=keys key=|key| *key children=draw /> }.into_any()),
        )
}

impl Rows {
    fn row(&self, at: usize) -> Child {
        (self.draw)(at)
    }
}

/// The rows that can be seen, and some around them.
fn in_sight(top: f64, height: f64, row: f64, n: usize) -> Range<usize> {
    let (first, n_seen) = (whole(top / row), whole(height / row) + 1);
    let end = first.saturating_add(n_seen + SPARE_ROWS).min(n);
    first.saturating_sub(SPARE_ROWS).min(end)..end
}

#[expect(clippy::cast_sign_loss, reason = "a list that is pulled beyond its top begins there")]
fn whole(rows: f64) -> usize {
    rows.max(0.0) as usize
}

/// The height that the style sheet gives the rows of this list, in pixels.
fn measured_row(list: &Element) -> Option<f64> {
    let style = web_sys::window()?.get_computed_style(list).ok()??;
    let text = style.get_property_value("--row").ok()?;
    text.trim().strip_suffix("px")?.parse().ok().filter(|&pixels: &f64| pixels >= 1.0)
}
