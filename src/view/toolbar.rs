//! The tools over a picture: which tab, how many hops, which mode, which way, and how much of all
//! there is is shown.
use std::borrow::Cow;

use leptos::prelude::*;

use crate::commands::{Command, Place};
use crate::events::Id;
use crate::facts::vocabulary;
use crate::graph::{Focus, Key};
use crate::route::{Direction, Hops, Mode, Page, Route, Tab};
use crate::view::doing::{by_command, does};
use crate::view::el::{El, Pieces, button, el, live, live_all};
use crate::view::export::export_menu;
use crate::view::keyboard;
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::state::App;
use crate::web::dom;
use crate::words;

/// The tools over what is shown.
pub fn toolbar(pipeline: Pipeline) -> El {
    let app = App::here();
    let is_partition =
        Memo::new(move |_| app.route_with(|r| matches!(r.page, Page::Partition { .. })));
    let can = |command| command == Command::Content;
    does(app, Place::Page, can, |_| keyboard::to_content());
    let hops = move |way| live(move || hop_buttons(pipeline, way));
    let lineage_tools = move || {
        let versions = || live_all(move || versions(pipeline));
        let tools = || Pieces::new([hops(Way::Up), hops(Way::Down), live(modes), versions()]);
        is_partition.get().then(tools)
    };
    el("div")
        .class("toolbar")
        .child(live(tabs))
        .child(live_all(lineage_tools))
        .child(live(orientation))
        .child(export_menu(pipeline, covered_in_all))
        .child(live(move || coverage(pipeline)))
}

/// One of a few choices: a button that shows whether it is chosen, and what a press makes of the
/// address. The keyboard goes along, where it was in what goes away.
fn choice(
    text: &'static str,
    command: Command,
    is_chosen: bool,
    to: impl Fn(Route) -> Route + Copy + Send + Sync + 'static,
) -> El {
    let app = App::here();
    let press = move || {
        app.update_route(to);
        request_animation_frame(|| {
            if dom::has_lost_focus() {
                keyboard::to_content();
            }
        });
    };
    by_command(button(""), command)
        .attr("aria-pressed", if is_chosen { "true" } else { "false" })
        .press(press)
        .child(text)
}

fn choices(label: impl Into<Cow<'static, str>>) -> El {
    el("div").class("choices").attr("role", "group").attr("aria-label", label)
}

fn tabs() -> El {
    let tab = App::here().route_with(|route| route.tab);
    let one = |text, command, of: Tab| choice(text, command, tab == of, move |r| r.with_tab(of));
    choices("Show as")
        .child(one("Graph", Command::ShowGraph, Tab::Graph))
        .child(one("Outline", Command::ShowOutline, Tab::Outline))
        .child(one("Table", Command::ShowTable, Tab::Table))
}

/// Towards the inputs, or towards what was made of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// `↑ 1  +1 +3 all` for one direction.
fn hop_buttons(pipeline: Pipeline, way: Way) -> El {
    let app = App::here();
    let now = hops_now(pipeline, way);
    let (glyph, words) = if way == Way::Up { ("↑", "upstream") } else { ("↓", "downstream") };
    let set = set_hops(way);
    let three_more = match now {
        Hops::Number(now) => Hops::Number(now.saturating_add(3)),
        Hops::All => Hops::All,
    };
    // A name begins with the word that is on the button, so that it can be spoken.
    let go = |text: &'static str, what: &str, to: Hops, commands: [Command; 2]| {
        let [up, down] = commands;
        by_command(button(""), if way == Way::Up { up } else { down })
            .attr("aria-label", format!("{text} {what} {words}"))
            .press(move || app.update_route(|route| set(route, to)))
            .child(text)
    };
    let label = format!("Hops {words}");
    let shown = el("span").class("choices-label").attr("title", label.clone());
    choices(label)
        .child(shown.child(format!("{glyph} {now}")))
        .child(go("−1", "hop", beside(now, false), [Command::LessUp, Command::LessDown]))
        .child(go("+1", "hop", beside(now, true), [Command::MoreUp, Command::MoreDown]))
        .child(go("+3", "hops", three_more, [Command::ThreeUp, Command::ThreeDown]))
        .child(go("all", "hops", Hops::All, [Command::AllUp, Command::AllDown]))
}

/// How far the picture reaches. Tracked.
fn hops_now(pipeline: Pipeline, way: Way) -> Hops {
    let now = |answer: &Answer| Some(if way == Way::Up { answer.ask.up } else { answer.ask.down });
    with_answer(pipeline, now).unwrap_or(Hops::Number(1))
}

fn set_hops(way: Way) -> fn(Route, Hops) -> Route {
    if way == Way::Up { Route::with_up } else { Route::with_down }
}

/// One hop more or less.
fn beside(hops: Hops, is_more: bool) -> Hops {
    match (hops, is_more) {
        (Hops::Number(n), true) => Hops::Number(n.saturating_add(1)),
        (Hops::Number(n), false) => Hops::Number(n.saturating_sub(1)),
        (Hops::All, true) => Hops::All,
        (Hops::All, false) => Hops::Number(1),
    }
}

/// What one node is: of a partition, and of paths.
pub fn modes() -> El {
    let app = App::here();
    let is = |wanted| {
        app.route_with(|r| match r.page {
            Page::Partition { mode, .. } | Page::Path { mode, .. } => mode == wanted,
            _ => false,
        })
    };
    let one = |text, command, mode| choice(text, command, is(mode), move |r| with_mode(r, mode));
    choices("One node is")
        .child(one("Instances", Command::ShowInstances, Mode::Instances))
        .child(one("Refs", Command::ShowRefs, Mode::Refs))
}

fn with_mode(mut route: Route, mode: Mode) -> Route {
    if let Page::Partition { mode: old, .. } | Page::Path { mode: old, .. } = &mut route.page {
        *old = mode;
    }
    route.with_sel(None)
}

/// `2 of 3`, with the version before and after; `[` and `]` do the same. Nothing without versions.
fn versions(pipeline: Pipeline) -> Option<El> {
    let (place, n) = with_answer(pipeline, version_place).filter(|(_, n)| *n > 0)?;
    let text = match place {
        Some(i) => format!("{} of {}", i + 1, words::count(n as u64)),
        None => format!("{} versions", words::count(n as u64)),
    };
    let app = App::here();
    let step = move |label: &'static str, title: &'static str, by: isize, is_off: bool| {
        let command = if by < 0 { Command::OlderVersion } else { Command::NewerVersion };
        by_command(button(""), command)
            .attr("aria-label", label)
            .attr("title", title)
            .flag("disabled", is_off)
            .press(move || step_version(app, pipeline, by))
    };
    let (first, last) = (place.is_none_or(|i| i == 0), place.is_none_or(|i| i + 1 == n));
    let versions = choices("Versions")
        .child(step("Previous version", "Previous version ([)", -1, first).child("◂"))
        .child(el("span").class("choices-label").child(text))
        .child(step("Next version", "Next version (])", 1, last).child("▸"));
    Some(versions)
}

fn step_version(app: App, pipeline: Pipeline, by: isize) {
    if let Some(page) = untrack(|| neighbor_version(pipeline, by)) {
        app.update_route(|route| route.refocus(page));
    }
}

/// Which of the partition's versions is shown, and how many there are.
fn version_place(answer: &Answer) -> Option<(Option<usize>, usize)> {
    let Focus::Instance(instance) = answer.ask.focus else { return None };
    let asof = answer.snapshot.asof();
    let partition = asof.history.instances.partition.get(instance.index())?;
    let versions = asof.versions_of(partition);
    Some((versions.iter().position(|version| version == instance), versions.len()))
}

fn neighbor_version(pipeline: Pipeline, by: isize) -> Option<Page> {
    with_answer(pipeline, |answer| {
        let Key::Instance(instance) = answer.graph.nodes.first()?.key else { return None };
        let asof = answer.snapshot.asof();
        let partition = asof.history.instances.partition.get(instance.index())?;
        let versions = asof.versions_of(partition);
        let at = versions.iter().position(|version| version == instance)?;
        let next = versions.get(at.checked_add_signed(by)?)?;
        let reference = asof.history.names.partitions.text(partition);
        Some(Page::instance(reference, asof.history.uuid_of(next)))
    })
}

fn turn(route: Route) -> Route {
    let dir = match route.dir {
        Direction::LeftRight => Direction::TopBottom,
        Direction::TopBottom => Direction::LeftRight,
    };
    route.with_dir(dir)
}

fn orientation() -> El {
    let app = App::here();
    let (words, label) = match app.route_with(|route| route.dir) {
        Direction::LeftRight => ("→", "Left to right: turn the picture"),
        Direction::TopBottom => ("↓", "Top to bottom: turn the picture"),
    };
    let turn = by_command(button(""), Command::Turn)
        .attr("title", "Turn the picture (o)")
        .attr("aria-label", label)
        .press(move || app.update_route(turn))
        .child(words);
    el("div").class("choices").child(turn)
}

/// `15 of 5,046 within 2 hops`, and the rest one press away.
fn coverage(pipeline: Pipeline) -> El {
    let app = App::here();
    let (text, is_whole) = with_answer(pipeline, |answer| {
        Some((covered(answer, answer.total.get()), is_whole(answer)))
    })
    .unzip();
    let more = move || {
        app.update_route(|route| {
            let next = |hops: Option<Hops>| beside(hops.unwrap_or(Hops::Number(1)), true);
            let (up, down) = (next(route.up), next(route.down));
            route.with_up(up).with_down(down)
        });
    };
    let more = (is_whole == Some(false)).then(|| {
        by_command(button("link-button"), Command::ShowMore).press(more).child("show more")
    });
    el("p").class("coverage").child(text.unwrap_or_default()).children(more)
}

/// `within 2 hops · 15 of 5,046`; `15 of …` while that is being counted.
fn covered(answer: &Answer, total: Option<usize>) -> String {
    let total = total.map_or_else(|| "…".to_owned(), |total| words::count(total as u64));
    let of = format!("{} of {total}", words::count(answer.graph.shown as u64));
    let within = match (answer.ask.focus, answer.ask.up, answer.ask.down) {
        (Focus::Want(_), ..) => format!("whole {}", vocabulary(answer.snapshot.history()).want),
        (Focus::Run(_), ..) => "one job run".to_owned(),
        (Focus::Path { .. }, ..) => "all paths".to_owned(),
        (_, up, down) if up == down => format!("within {}", hops(up)),
        (_, up, down) => format!("within {} up, {} down", hops(up), hops(down)),
    };
    let grouped: usize = answer.graph.groups.iter().map(|g| g.members.len()).sum();
    let grouped = match grouped {
        0 => String::new(),
        n => format!(" · {} in groups", words::count(n as u64)),
    };
    format!("{within} · {of}{grouped}")
}

/// The same, whole.
fn covered_in_all(answer: &Answer) -> String {
    covered(answer, Some(answer.total_now()))
}

/// The same, to be heard.
pub fn covered_aloud(answer: &Answer) -> String {
    covered_in_all(answer).replace(" · ", ", ")
}

fn is_whole(answer: &Answer) -> bool {
    let is_lineage = matches!(answer.ask.focus, Focus::Instance(_) | Focus::Partition(_));
    !is_lineage || answer.graph.nodes.iter().all(|n| n.hidden_up + n.hidden_down == 0)
}

fn hops(hops: Hops) -> String {
    match hops {
        Hops::Number(1) => "1 hop".to_owned(),
        Hops::Number(n) => format!("{n} hops"),
        Hops::All => "any number of hops".to_owned(),
    }
}
