//! All paths between two partitions: from where to where, how many there are, and their picture.
use leptos::prelude::*;
use web_sys::Event;

use crate::commands::Command;
use crate::graph::{Focus, PathCount};
use crate::route::{Mode, Page};
use crate::view::doing::by_command;
use crate::view::el::{Child, El, button, el, live};
use crate::view::entity::answer_page;
use crate::view::offered::offered;
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::state::App;
use crate::view::toolbar::modes;
use crate::web::dom;
use crate::words::{count, counted};

/// A number of paths beyond this says no more than that there are many.
const MAX_COUNTED: u64 = 1_000_000_000_000;

/// One end of the paths.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// The page.
pub fn path_page() -> El {
    let app = App::here();
    let page = Memo::new(move |_| app.route_with(|route| route.page.clone()));
    let is_chosen = Memo::new(move |_| {
        page.with(|page| matches!(page, Page::Path { from: Some(_), to: Some(_), .. }))
    });
    let swap = by_command(button("button"), Command::Swap)
        .attr("title", "The other way round")
        .press(move || app.update_route(|route| route.refocus(turned(&route.page))))
        .child("Swap");
    let pipeline = Pipeline::new(app);
    let said = move || with_answer(pipeline, sentence).unwrap_or_default();
    app.tells_of_page(move || with_answer(pipeline, sentence));
    let head = el("header")
        .class("path-head")
        .child(el("h1").child("Every way from one partition to another"))
        .child(field(End::From))
        .child(swap)
        .child(field(End::To))
        .child(live(modes))
        .child(el("p").class("path-said").child(live(said)));
    let body = move || {
        if is_chosen.get() { Child::from(answer_page(pipeline)) } else { live(not_chosen) }
    };
    el("div").class("path").child(head).child(live(body))
}

fn turned(page: &Page) -> Page {
    match page.clone() {
        Page::Path { from, to, mode } => Page::Path { from: to, to: from, mode },
        other => other,
    }
}

/// What the address has for an end; empty is none. Tracked.
fn chosen(app: App, end: End) -> String {
    let text = app.route_with(|route| match &route.page {
        Page::Path { from, to, .. } => {
            if end == End::From {
                from.clone()
            } else {
                to.clone()
            }
        }
        _ => None,
    });
    text.unwrap_or_default()
}

/// Where a ref is typed or chosen; it holds once Enter is pressed or the keyboard goes on.
fn field(end: End) -> El {
    let app = App::here();
    let (label, id, list) = match end {
        End::From => ("From", "path-from", "path-from-refs"),
        End::To => ("To", "path-to", "path-to-refs"),
    };
    let typed = RwSignal::new(String::new());
    // What is being typed stays for as long as the address has the same end.
    let text = Memo::new(move |_| chosen(app, end));
    let change = move |event: Event| {
        let new = Some(event_target_value(&event).trim().to_owned()).filter(|it| !it.is_empty());
        app.update_route(|route| {
            let page = match route.page.clone() {
                Page::Path { to, mode, .. } if end == End::From => {
                    Page::Path { from: new, to, mode }
                }
                Page::Path { from, mode, .. } => Page::Path { from, to: new, mode },
                other => other,
            };
            route.refocus(page)
        });
    };
    let input = el("input")
        .attr("id", id)
        .attr("list", list)
        .class("field")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "A partition")
        .live(".value", move || Some(text.get()))
        .on("input", move |event| typed.set(event_target_value(&event)))
        .on("change", change);
    let options = offered(app, typed, list);
    el("label").child(el("span").class("dim").child(label)).child(input).child(options)
}

/// What to do where an end is not chosen yet.
fn not_chosen() -> El {
    let app = App::here();
    let (id, words) = if chosen(app, End::From).is_empty() {
        ("path-from", "Choose where they begin")
    } else {
        ("path-to", "Choose where they end")
    };
    el("div")
        .class("empty notice-page")
        .child(el("h2").child("Two partitions are asked for"))
        .child(el("p").child(
            "Everything that lies on any way from the first to the second is drawn: which \
             partitions were read for it, by which job runs, and how many such ways there are.",
        ))
        .child(el("p").child(button("button").press(move || dom::focus(id)).child(words)))
}

/// How many there are, as a sentence; none where the ends are not both in the log.
fn sentence(answer: &Answer) -> Option<String> {
    let (Some(found), Focus::Path { mode, .. }) = (&answer.graph.paths, answer.ask.focus) else {
        return None;
    };
    let asof = answer.snapshot.asof();
    let name = |it| asof.history.names.partitions.text(it);
    let (from, to) = (name(found.from), name(found.to));
    if found.nodes.is_empty() && from == to {
        return Some("Both ends are the same partition.".to_owned());
    }
    if found.nodes.is_empty() {
        let words = format!("No path: neither {to} was made from {from}, nor the other way round.");
        return Some(words);
    }
    let nodes = match mode {
        Mode::Instances => counted(found.nodes.len() as u64, "instance", "instances"),
        Mode::Refs => counted(found.nodes.len() as u64, "partition", "partitions"),
    };
    let on = match found.count {
        PathCount::Exactly(n) => match u64::try_from(n) {
            Ok(n) if n <= MAX_COUNTED => counted(n, "path", "paths"),
            _ => format!("more than {} paths", count(MAX_COUNTED)),
        },
        PathCount::MoreThan(_) => format!("more than {} paths", count(MAX_COUNTED)),
        PathCount::Circles => "paths that go in circles, which have no number,".to_owned(),
        PathCount::TooManyLinks => "paths, too many to count,".to_owned(),
    };
    let reads = found.shortest.len().saturating_sub(1) as u64;
    let shortest = counted(reads, "read", "reads");
    let turned = if found.is_turned { " This is the other way round than was asked." } else { "" };
    Some(format!("{nodes} on {on} from {from} to {to}; the shortest has {shortest}.{turned}"))
}
