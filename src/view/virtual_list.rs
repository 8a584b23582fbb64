//! A list of any length, of which only the rows in sight exist. Rows have one height, which the
//! style sheet says (`--row`) and the list measures.
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::web::size::observe_size;

/// Rows kept above and below those in sight, so that a flick of the wheel shows no gap.
const SPARE_ROWS: usize = 8;

/// Before it is measured.
const ROW_PIXELS: f64 = 36.0;

/// The list. It scrolls by itself; who holds it says how high it is.
#[component]
pub fn VirtualList<T, V>(
    /// What the list is of, for who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// All rows.
    #[prop(into)]
    items: Signal<Arc<Vec<T>>>,
    /// Whether it is as high as its rows, up to the height that the style sheet allows.
    #[prop(optional)]
    fits: bool,
    /// Draws one row.
    row: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let list = NodeRef::<Div>::new();
    let size = observe_size(move || list.get().map(JsCast::unchecked_into::<Element>));
    let top = RwSignal::new(0.0);
    let row_height = Memo::new(move |_| {
        size.track();
        list.get().as_deref().and_then(measured_row).unwrap_or(ROW_PIXELS)
    });
    let n_items = Memo::new(move |_| items.read().len());
    let shown = Memo::new(move |_| {
        in_sight(top.get(), f64::from(size.get().1), row_height.get(), n_items.get())
    });
    let rows = move || {
        let shown = shown.get();
        items.with(|items| {
            shown.filter_map(|i| Some((i, items.get(i)?.clone()))).collect::<Vec<_>>()
        })
    };
    let draw = move |(i, item): (usize, T)| {
        let place = move || format!("top:{}px", i as f64 * row_height.get());
        view! {
            <li style=place aria-setsize=move || n_items.get() aria-posinset=i + 1>
                {row(item)}
            </li>
        }
    };
    let height = move || format!("height:{}px", n_items.get() as f64 * row_height.get());
    let scrolled = move |_| {
        if let Some(list) = list.get_untracked() {
            top.set(f64::from(list.scroll_top()));
        }
    };
    view! {
        <div class="virtual-list" class:fits=fits node_ref=list on:scroll=scrolled tabindex="0" role="group" aria-label=label>
            <ul style=height>
                <For each=rows key=Clone::clone children=draw />
            </ul>
        </div>
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
fn measured_row(list: &web_sys::HtmlElement) -> Option<f64> {
    let style = web_sys::window()?.get_computed_style(list).ok()??;
    let text = style.get_property_value("--row").ok()?;
    text.trim().strip_suffix("px")?.parse().ok().filter(|&pixels: &f64| pixels >= 1.0)
}
