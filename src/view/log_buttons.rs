//! What the bar above everything offers once there is a log: following it, opening another, saving it,
//! its link, and the clock.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::commands::Command;
use crate::view::doing::{bears, by_command};
use crate::view::el::{El, el, live};
use crate::view::follow::follow_button;
use crate::view::header::plain_button;
use crate::view::state::{App, Dialog};
use crate::web::prefs::Prefs;
use crate::web::{clipboard, dom};

/// The buttons, in order.
pub fn log_buttons(app: App) -> [El; 5] {
    [follow_button(app), open_button(app), save_button(app), link_button(app), clock_button(app)]
}

fn open_button(app: App) -> El {
    let open = bears(plain_button(), Command::OpenLog);
    open.press(move || app.open_dialog(Dialog::Open)).child("Open")
}

fn save_button(app: App) -> El {
    by_command(plain_button(), Command::SavePage)
        .attr("title", "Save this page with the log in it, as one file")
        .press(move || app.open_save(None))
        .child("Save")
}

/// It says what came of it for as long as the address is the same, or until the keyboard goes on.
fn link_button(app: App) -> El {
    let result: RwSignal<Option<(String, bool)>> = RwSignal::new(None);
    let copy = move || {
        spawn_local(async move {
            let address = app.route_with(ToString::to_string);
            let is_copied = clipboard::copy(&dom::address()).await;
            app.say_copied("the address", is_copied, "It is in the address bar.");
            // The page may have gone on.
            let _ = result.try_set(Some((address, is_copied)));
        });
    };
    let words = move || {
        let of_this = |(address, is_copied): (String, bool)| {
            (address == app.route_with(ToString::to_string)).then_some(is_copied)
        };
        match result.get().and_then(of_this) {
            None => "Link",
            Some(true) => "Copied",
            Some(false) => "Copy it from the address bar",
        }
    };
    by_command(plain_button(), Command::CopyLink)
        .attr("title", "Copy the address of what you see")
        .press(copy)
        .on("blur", move |_| result.set(None))
        .child(el("span").child(live(words)))
}

/// In which zone times are told.
fn clock_button(app: App) -> El {
    let turn = move || app.update_prefs(Prefs::next_clock);
    bears(el("button"), Command::Clock)
        .class("button plain header-clock cut")
        .attr("title", "Times are told in this zone; press for the other")
        .press(turn)
        .child(live(move || app.zone()))
}
