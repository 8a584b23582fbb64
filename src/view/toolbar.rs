//! The tools over a picture: which tab, how many hops, which mode, which way, and how much of all
//! there is is shown.
use std::borrow::Cow;

use leptos::prelude::*;

use crate::commands::{Command, Place};
use crate::events::Id;
use crate::facts::vocabulary;
use crate::graph::{Focus, Key};
use crate::route::{Direction, Hops, Mode, Page, Route, Tab};
use crate::view::doing::does;
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
    do_page(app);
    let hops = move |way| live(move || hop_buttons(pipeline, way));
    let lineage_tools = move || {
        let versions = || live_all(move || versions(pipeline));
        let tools = || Pieces::new([hops(Way::Up), hops(Way::Down), live(modes), versions()]);
        is_partition.get().then(|| {
            do_lineage(app, pipeline);
            tools()
        })
    };
    el("div")
        .class("toolbar")
        .child(live(tabs))
        .child(live_all(lineage_tools))
        .child(live(orientation))
        .child(export_menu(pipeline, covered))
        .child(live(move || coverage(pipeline)))
}

/// One of a few choices: a button that shows whether it is chosen, and what a press makes of the
/// address.
fn choice(text: &'static str, is_chosen: bool, to: fn(Route) -> Route) -> El {
    let app = App::here();
    button("")
        .attr("aria-pressed", if is_chosen { "true" } else { "false" })
        .press(move || app.update_route(to))
        .child(text)
}

fn choices(label: impl Into<Cow<'static, str>>) -> El {
    el("div").class("choices").attr("role", "group").attr("aria-label", label)
}

fn tabs() -> El {
    let tab = App::here().route_with(|route| route.tab);
    choices("Show as")
        .child(choice("Graph", tab == Tab::Graph, |r| r.with_tab(Tab::Graph)))
        .child(choice("Outline", tab == Tab::Outline, |r| r.with_tab(Tab::Outline)))
        .child(choice("Table", tab == Tab::Table, |r| r.with_tab(Tab::Table)))
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
    let go = |text: &'static str, what: &str, to: Hops| {
        button("")
            .attr("aria-label", format!("{text} {what} {words}"))
            .press(move || app.update_route(|route| set(route, to)))
            .child(text)
    };
    let label = format!("Hops {words}");
    let shown = el("span").class("choices-label").attr("title", label.clone());
    choices(label)
        .child(shown.child(format!("{glyph} {now}")))
        .child(go("−1", "hop", beside(now, false)))
        .child(go("+1", "hop", beside(now, true)))
        .child(go("+3", "hops", three_more))
        .child(go("all", "hops", Hops::All))
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
    choices("One node is")
        .child(choice("Instances", is(Mode::Instances), |r| with_mode(r, Mode::Instances)))
        .child(choice("Refs", is(Mode::Refs), |r| with_mode(r, Mode::Refs)))
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
        let step =
            button("").attr("aria-label", label).attr("title", title).flag("disabled", is_off);
        step.press(move || step_version(app, pipeline, by))
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

/// What the tools do by a key or a command.
fn do_page(app: App) {
    does(app, Place::Page, move |command| {
        match command {
            Command::Content => keyboard::to_content(),
            Command::ShowGraph => show(app, Tab::Graph),
            Command::ShowOutline => show(app, Tab::Outline),
            Command::ShowTable => show(app, Tab::Table),
            Command::Turn => app.update_route(turn),
            _ => return false,
        }
        true
    });
}

/// The keyboard goes along, where it was in what goes away.
fn show(app: App, tab: Tab) {
    app.update_route(|route| route.with_tab(tab));
    request_animation_frame(|| {
        if dom::has_lost_focus() {
            keyboard::to_content();
        }
    });
}

/// The same for the page of a partition.
fn do_lineage(app: App, pipeline: Pipeline) {
    does(app, Place::Lineage, move |command| {
        let hops = |way, is_more| {
            let now = untrack(|| hops_now(pipeline, way));
            app.update_route(|route| set_hops(way)(route, beside(now, is_more)));
        };
        match command {
            Command::MoreUp => hops(Way::Up, true),
            Command::LessUp => hops(Way::Up, false),
            Command::MoreDown => hops(Way::Down, true),
            Command::LessDown => hops(Way::Down, false),
            Command::OlderVersion => step_version(app, pipeline, -1),
            Command::NewerVersion => step_version(app, pipeline, 1),
            _ => return false,
        }
        true
    });
}

/// Which of the partition's versions is shown, and how many there are.
fn version_place(answer: &Answer) -> Option<(Option<usize>, usize)> {
    let Focus::Instance(instance) = answer.ask.focus else { return None };
    let asof = answer.snapshot.asof();
    let partition = asof.history.instances.partition.get(instance.index()).copied()?;
    let versions = asof.versions_of(partition);
    Some((versions.iter().position(|&version| version == instance), versions.len()))
}

fn neighbor_version(pipeline: Pipeline, by: isize) -> Option<Page> {
    with_answer(pipeline, |answer| {
        let Key::Instance(instance) = answer.graph.nodes.first()?.key else { return None };
        let asof = answer.snapshot.asof();
        let partition = asof.history.instances.partition.get(instance.index()).copied()?;
        let versions = asof.versions_of(partition);
        let at = versions.iter().position(|&version| version == instance)?;
        let next = *versions.get(at.checked_add_signed(by)?)?;
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
    let turn = button("")
        .attr("title", "Turn the picture (o)")
        .attr("aria-label", label)
        .press(move || app.update_route(turn))
        .child(words);
    el("div").class("choices").child(turn)
}

/// `15 of 5,046 within 2 hops`, and the rest one press away.
fn coverage(pipeline: Pipeline) -> El {
    let app = App::here();
    let (text, is_whole) =
        with_answer(pipeline, |answer| Some((covered(answer), is_whole(answer)))).unzip();
    let more = move || {
        app.update_route(|route| {
            let next = |hops: Option<Hops>| beside(hops.unwrap_or(Hops::Number(1)), true);
            let (up, down) = (next(route.up), next(route.down));
            route.with_up(up).with_down(down)
        });
    };
    let more =
        (is_whole == Some(false)).then(|| button("link-button").press(more).child("show more"));
    el("p").class("coverage").child(text.unwrap_or_default()).children(more)
}

/// `within 2 hops · 15 of 5,046`.
fn covered(answer: &Answer) -> String {
    let (shown, total) = (answer.graph.shown as u64, answer.graph.total as u64);
    let of = format!("{} of {}", words::count(shown), words::count(total));
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

/// The same, to be heard.
pub fn covered_aloud(answer: &Answer) -> String {
    covered(answer).replace(" · ", ", ")
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
