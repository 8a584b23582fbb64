//! Where the keyboard is when the page changes under it: on what the new page is about, and after going
//! back, on what the page was left by. It is never nowhere.
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use crate::route::Page;
use crate::view::state::App;
use crate::web::dom;
use crate::web::task::yield_now;

/// The document's id of the picture.
pub const PICTURE: &str = "picture";
/// The document's id of the table's frame.
pub const TABLE: &str = "nodes-table";
/// The document's id of the outline.
pub const OUTLINE: &str = "outline";

/// So many pages are remembered.
const MAX_LEFT: usize = 64;
/// So many frames a page has to draw what it was left by.
const MAX_FRAMES: u32 = 40;

/// The page is left: remembers the link in it that has the keyboard.
pub fn leave(app: App) {
    let link = dom::focused().filter(|it| it.closest("main").is_ok_and(|main| main.is_some()));
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    let page = untrack(|| app.route_with(|route| route.page.clone()));
    app.handles.update_value(|handles| {
        handles.left_by.retain(|(other, _)| *other != page);
        handles.left_by.push((page, href));
        let n_over = handles.left_by.len().saturating_sub(MAX_LEFT);
        handles.left_by.drain(..n_over);
    });
}

/// After another page has come, gives it the keyboard if that went with the one before.
pub fn follow(app: App) {
    let page = Memo::new(move |_| app.route_with(|route| route.page.clone()));
    Effect::new(move |before: Option<Page>| {
        let page = page.get();
        if before.is_some_and(|before| before != page) {
            let left_by = app.handles.with_value(|handles| {
                let is_it = |(other, _): &&(Page, String)| *other == page;
                handles.left_by.iter().find(is_it).map(|(_, href)| href.clone())
            });
            after_paint(move || settle(left_by, MAX_FRAMES));
        }
        page
    });
}

/// Pictures and lists come in steps: what is to have the keyboard may take a few frames. Whoever went on
/// in the meantime is left alone.
fn settle(left_by: Option<String>, n_frames: u32) {
    let has_gone_on = dom::focused().is_some_and(|it| !is_content(&it.id()));
    if !dom::has_lost_focus() && has_gone_on {
        return;
    }
    if left_by.as_ref().is_some_and(|href| dom::focus_link("main", href)) {
        return;
    }
    if !is_settled() {
        to_content();
    }
    if n_frames > 0 && (left_by.is_some() || !is_settled()) {
        after_paint(move || settle(left_by, n_frames - 1));
    }
}

/// Taking the keyboard asks for the layout of the page, which is there once the frame is painted.
fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        spawn_local(async move {
            yield_now().await;
            act();
        });
    });
}

/// Whether the picture has the keyboard, or what stands for it.
fn is_settled() -> bool {
    let is_in = |it: Element| {
        [PICTURE, TABLE].contains(&it.id().as_str())
            || it.closest(&format!("#{OUTLINE}")).is_ok_and(|outline| outline.is_some())
    };
    dom::focused().is_some_and(is_in)
}

fn is_content(id: &str) -> bool {
    [PICTURE, TABLE, "main"].contains(&id)
}

/// To the picture, or what stands for it; else to the page.
pub fn to_content() {
    let is_there = dom::focus_in(PICTURE, None)
        || dom::focus_in(OUTLINE, Some("[tabindex='0']"))
        || dom::focus_in(TABLE, None);
    if !is_there {
        dom::focus("main");
    }
}
