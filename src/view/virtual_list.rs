//! A list or a table of any length, of which only the rows in sight exist. Rows have one height, which the
//! style sheet says (`--row`) and the list measures.
use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use crate::view::el::{Child, El, Handle, el, live, live_all};
use crate::view::list_keys::{self, ROW};
use crate::view::print::is_printed;
use crate::web::size::observe_size;
use crate::words::count;

/// Rows kept above and below those in sight, so that a flick of the wheel shows no gap.
const SPARE_ROWS: usize = 8;

/// Rows that are printed of a list: some twenty sheets.
const MAX_PRINTED: usize = 1_000;

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
    /// No rows.
    pub fn none() -> Self {
        Self { n: 0, draw: Arc::new(|_| Child::from("")) }
    }

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

/// What of a long list is in sight.
#[derive(Clone, Copy)]
pub struct InSight {
    /// The element that scrolls.
    pub list: Handle,
    /// Tells that it has scrolled.
    pub scroll: Trigger,
    /// In CSS pixels.
    pub row_height: Memo<f64>,
    /// How many rows there are.
    pub n_rows: Memo<usize>,
    /// The rows that are to exist.
    pub shown: Memo<Range<usize>>,
    /// Which rows they are of: other rows have another number.
    change: Memo<u32>,
    is_printed: ReadSignal<bool>,
}

impl InSight {
    /// Follows the scrolling of an element that is to be kept in `list`.
    pub fn of(rows: Signal<Rows>) -> Self {
        let list = Handle::new_local(None);
        let size = observe_size(move || list.get());
        let scroll = Trigger::new();
        let row_height = Memo::new(move |_| {
            size.track();
            list.with(|list| list.as_ref().and_then(measured_row)).unwrap_or(ROW_PIXELS)
        });
        let n_rows = Memo::new(move |_| rows.with(|rows| rows.n));
        let is_printed = is_printed();
        let shown = Memo::new(move |_| {
            if is_printed.get() {
                return 0..n_rows.get().min(MAX_PRINTED);
            }
            scroll.track();
            let top = list.with(|list| list.as_ref().map(Element::scroll_top)).unwrap_or_default();
            in_sight(top.into(), f64::from(size.get().1), row_height.get(), n_rows.get())
        });
        let change = Memo::new(move |before: Option<&u32>| {
            rows.track();
            before.map_or(0, |before| before.wrapping_add(1))
        });
        Self { list, scroll, row_height, n_rows, shown, change, is_printed }
    }

    /// What is left out where it is printed.
    fn not_printed(self) -> Child {
        live_all(move || {
            let n = self.n_rows.get();
            (self.is_printed.get() && n > MAX_PRINTED).then(|| {
                let words = format!(
                    "The first {} of {} rows. Saved as CSV or JSON, the list is whole.",
                    count(MAX_PRINTED as u64),
                    count(n as u64)
                );
                el("p").class("not-printed").child(words)
            })
        })
    }

    /// The rows that are to exist, each drawn once for as long as it stays.
    pub fn rows(self, draw: impl Fn(usize) -> El + Clone + Send + Sync + 'static) -> Child {
        // A list whose page is gone may be told once more that its rows are others: it has none.
        let keys = move || {
            list_keys::keep(self.list);
            let (change, shown) =
                self.change.try_get().zip(self.shown.try_get()).unwrap_or_default();
            shown.map(|at| (change, at)).collect::<Vec<_>>()
        };
        let draw: Arc<dyn Fn(usize) -> El + Send + Sync> = Arc::new(draw);
        let draw = move |(_, at): (u32, usize)| draw(at);
        Child::View(view! { <For each=keys key=|key| *key children=draw /> }.into_any())
    }
}

/// The list. It scrolls by itself; who holds it says how high it is, or lets it be as high as its
/// rows, up to the height that the style sheet allows (`fits`). `label` is what it is of, for who
/// cannot see it. Other rows are drawn anew.
pub fn virtual_list(label: impl Into<String>, rows: Signal<Rows>, fits: bool) -> El {
    let window = InSight::of(rows);
    let InSight { list, scroll, row_height, n_rows, .. } = window;
    let draw = move |at: usize| {
        el("li")
            .live("style", move || Some(format!("top:{}px", whole(at as f64 * row_height.get()))))
            .live("aria-setsize", move || Some(n_rows.get().to_string()))
            .attr("aria-posinset", (at + 1).to_string())
            .attr(ROW, at.to_string())
            .child(rows.with_untracked(|rows| rows.row(at)))
    };
    let height =
        move || Some(format!("height:{}px", whole(n_rows.get() as f64 * row_height.get())));
    el("div")
        .class(if fits { "virtual-list fits" } else { "virtual-list" })
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label.into())
        .kept_in(list)
        .on("scroll", move |_| scroll.notify())
        .on("keydown", move |event| list_keys::press(window, &event))
        .child(el("ul").live("style", height).child(window.rows(draw)))
        .child(window.not_printed())
}

/// A table of any length, of which only the rows in sight exist: `head` is the row of headings, the
/// rows are `tr`s. It scrolls by itself, with the headings in sight.
pub fn virtual_table(label: &'static str, head: Child, rows: Signal<Rows>) -> El {
    let window = InSight::of(rows);
    let InSight { list, scroll, row_height, n_rows, shown, .. } = window;
    let space = move |n: usize| {
        let height = format!("height:{}px", whole(n as f64 * row_height.get()));
        el("tr")
            .class("table-space")
            .attr("aria-hidden", "true")
            .child(el("td").attr("style", height))
    };
    let draw = move |at: usize| match rows.with_untracked(|rows| rows.row(at)) {
        Child::El(row) => row.attr("aria-rowindex", (at + 2).to_string()).attr(ROW, at.to_string()),
        _ => el("tr"),
    };
    let table = el("table")
        .class("nodes-table")
        .live("aria-rowcount", move || Some((n_rows.get() + 1).to_string()))
        .child(el("thead").child(head))
        .child(
            el("tbody")
                .child(live(move || space(shown.get().start)))
                .child(window.rows(draw))
                .child(live(move || space(n_rows.get().saturating_sub(shown.get().end)))),
        );
    el("div")
        .class("table-frame virtual-table")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label)
        .kept_in(list)
        .on("scroll", move |_| scroll.notify())
        .on("keydown", move |event| list_keys::press(window, &event))
        .child(table)
        .child(window.not_printed())
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
    let pixels: u16 = text.trim().strip_suffix("px")?.parse().ok()?;
    (pixels > 0).then_some(f64::from(pixels))
}
