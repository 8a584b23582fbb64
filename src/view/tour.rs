//! The tour: offered in a line of the home page until it was taken or declined for good; for who takes it, a strip
//! over the bar of the moment that explains a step at a time, while what that is about has a frame. It has room of its
//! own, so that it never lies on what it explains.
use leptos::ev;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::commands::{Command, Place};
use crate::route::Page;
use crate::tour::Step;
use crate::view::doing::{asked, bears};
use crate::view::el::{Child, El, button, el, live, live_all};
use crate::view::keyboard;
use crate::view::section::page_link;
use crate::view::state::App;
use crate::web::dom;

/// The document's id of the heading, which has the keyboard as a step begins.
const HEADING: &str = "tour-heading";
/// The document's id of what a step says.
const SAYS: &str = "tour-says";

/// So many frames a page has to draw what is to be seen.
const MAX_FRAMES: u32 = 240;

/// The line that offers it. Not where the page is a part of another one.
pub fn offer() -> Child {
    let app = App::here();
    let is_offered = Memo::new(move |_| !app.prefs().is_toured && !dom::is_framed());
    let line = move || {
        let n = Step::ALL.len();
        let take = bears(button("link-button"), Command::Tour);
        el("p")
            .class("tour-offer")
            .child("New here? ")
            .child(take.press(move || start(app)).child("Take the tour"))
            .child(format!(" of {n} steps. "))
            .child(button("link-button").press(move || decline(app)).child("Don’t show again"))
    };
    live_all(move || is_offered.get().then(line))
}

/// The way to it from the help, where there is a log to show.
pub fn from_help() -> Child {
    let app = App::here();
    // Once the dialog has given the keyboard back.
    let take = move || {
        app.dialog.set(None);
        request_animation_frame(move || start(app));
    };
    let way = move || el("p").child(button("button").press(take).child("Take the tour"));
    live_all(move || app.log().is_some().then(way))
}

/// Begins it, or begins it anew.
pub fn start(app: App) {
    if app.tour.with_untracked(Option::is_none) {
        app.handles.update_value(|handles| handles.toured_from = dom::focused());
    }
    app.tour.set(Step::ALL.first().copied());
    request_animation_frame(|| dom::focus(HEADING));
}

/// No longer offers it. The keyboard stays where the offer was.
fn decline(app: App) {
    dom::keep_focus_in("main");
    app.update_prefs(|prefs| prefs.is_toured = true);
}

/// The keyboard goes back to where it was, if that is still there.
fn end(app: App) {
    app.tour.set(None);
    let from = app.handles.try_update_value(|handles| handles.toured_from.take()).flatten();
    request_animation_frame(move || {
        match from.filter(|it| it.is_connected() && it.tag_name() != "BODY") {
            Some(from) => dom::focus_element(Some(&from)),
            None => keyboard::to_content(),
        }
    });
}

/// What these steps explain: it has a frame while one of them does.
pub fn seen_at(steps: &'static [Step], seen: El) -> El {
    let app = App::here();
    seen.live("data-tour", move || {
        let step = app.tour.get().filter(|step| steps.contains(step))?;
        app.route_with(|route| step.is_on(&route.page)).then(String::new)
    })
}

/// The strip.
pub fn tour() -> Child {
    let app = App::here();
    let is_on = Memo::new(move |_| app.tour.get().is_some());
    live_all(move || is_on.get().then(strip))
}

/// What is to be seen comes in steps, as all of a page does; nothing is once the tour is over, or on another page.
fn reveal(app: App, seen_on: (Option<Step>, Page), n_frames: u32) {
    let is_wanted =
        app.tour.try_get_untracked().is_some_and(|step| step.is_some() && step == seen_on.0)
            && untrack(|| app.route_with(|route| route.page == seen_on.1));
    if is_wanted && n_frames > 0 && !dom::reveal_first("[data-tour]") {
        request_animation_frame(move || reveal(app, seen_on, n_frames - 1));
    }
}

fn strip() -> El {
    let app = App::here();
    Effect::new(move || {
        let seen_on = (app.tour.get(), app.route_with(|route| route.page.clone()));
        request_animation_frame(move || reveal(app, seen_on, MAX_FRAMES));
    });
    let step = Memo::new(move |_| app.tour.get().unwrap_or(Step::Home));
    let title = move || {
        let (step, n) = (step.get(), Step::ALL.len());
        format!("{} of {n}: {}", step.index() + 1, step.title(app.words()))
    };
    let heading = el("h2")
        .attr("id", HEADING)
        .attr("tabindex", "-1")
        .attr("aria-describedby", SAYS)
        .child(live(title));
    let says = el("p").attr("id", SAYS).child(live(move || step.get().says(app.words())));
    let told = el("div").class("tour-told").child(heading).child(says).child(way(step));
    // Wherever the keyboard is, unless something there is to be closed first.
    let key = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_free = app.dialog.with_untracked(Option::is_none);
        if is_free && asked(&event, Place::Open) == Some(Command::Close) {
            end(app);
        }
    });
    on_cleanup(move || key.remove());
    el("section").class("tour").attr("aria-label", "Tour").child(told).child(buttons(step))
}

/// To where it is to be seen, from any other page.
fn way(step: Memo<Step>) -> Child {
    let app = App::here();
    let leads = Memo::new(move |_| {
        let is_here = app.route_with(|route| step.get().is_on(&route.page));
        (!is_here).then(|| app.snapshot().and_then(|it| step.get().stop(it.asof())))
    });
    let link = |(name, page): (String, Page)| {
        page_link(page)
            .attr("title", name.clone())
            // The link goes when it is there; the keyboard waits in what stays.
            .on("click", |_| dom::focus(HEADING))
            .child(el("span").class("cut").child(format!("Go to {name}")))
    };
    live_all(move || match leads.get() {
        None => None,
        Some(Some(there)) => Some(link(there)),
        Some(None) => Some(el("span").class("dim").child("This log has none by this moment.")),
    })
}

fn buttons(step: Memo<Step>) -> El {
    let app = App::here();
    let to = move |step: Step| {
        app.tour.set(Some(step));
        dom::focus(HEADING);
    };
    let go_on = move || {
        if let Some(next) = step.get_untracked().next() {
            to(next);
        } else {
            app.update_prefs(|prefs| prefs.is_toured = true);
            end(app);
        }
    };
    let on_words = move || if step.get().next().is_some() { "Next" } else { "Done" };
    let go_back = move || step.get_untracked().back().into_iter().for_each(to);
    let never = move || {
        end(app);
        app.update_prefs(|prefs| prefs.is_toured = true);
    };
    let back = button("button").press(go_back).child("Back");
    let back = back.live("disabled", move || step.get().back().is_none().then(String::new));
    let leave = el("p")
        .class("tour-leave")
        .child(button("link-button").press(move || end(app)).child("Skip the tour"))
        .child(button("link-button").press(never).child("Don’t show again"));
    el("div")
        .class("tour-buttons")
        .child(button("button primary").press(go_on).child(live(on_words)))
        .child(back)
        .child(leave)
}
