//! The tools over a picture: which tab, how many hops, which mode, which way, and how much of all
//! there is is shown.
use leptos::prelude::*;

use crate::events::Id;
use crate::graph::{Focus, Key};
use crate::route::{Direction, Hops, Mode, Page, Route, Tab};
use crate::view::pipeline::Pipeline;
use crate::view::state::App;
use crate::words;

/// The tools.
#[component]
pub fn Toolbar(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let app = App::here();
    let is_partition =
        Memo::new(move |_| app.route_with(|r| matches!(r.page, Page::Partition { .. })));
    view! {
        <div class="toolbar">
            <Tabs />
            <Show when=move || is_partition.get()>
                <HopButtons pipeline=pipeline />
                <Modes />
                <Versions pipeline=pipeline />
            </Show>
            <Orientation />
            <Coverage pipeline=pipeline />
        </div>
    }
}

/// One of a few choices, as a button that shows whether it is chosen.
#[component]
fn Choice(
    /// Its name.
    text: &'static str,
    /// What pressing it makes of the address.
    to: fn(Route) -> Route,
    /// Whether it is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
) -> impl IntoView {
    let app = App::here();
    let pressed = move || if chosen.get() { "true" } else { "false" };
    view! {
        <button type="button" aria-pressed=pressed on:click=move |_| app.update_route(to)>
            {text}
        </button>
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let app = App::here();
    let is = move |tab| Signal::derive(move || app.route_with(|route| route.tab == tab));
    view! {
        <div class="choices" role="group" aria-label="Show as">
            <Choice text="Graph" to=|r| r.with_tab(Tab::Graph) chosen=is(Tab::Graph) />
            <Choice text="Outline" to=|r| r.with_tab(Tab::Outline) chosen=is(Tab::Outline) />
            <Choice text="Table" to=|r| r.with_tab(Tab::Table) chosen=is(Tab::Table) />
        </div>
    }
}

/// `↑ 1  +1 +3 all` for each direction.
#[component]
fn HopButtons(pipeline: Pipeline) -> impl IntoView {
    let hops = move |pick: fn(&crate::graph::Ask) -> Hops| {
        Memo::new(move |_| {
            pipeline.answer.with(|answer| match answer {
                Some(Ok(answer)) => pick(&answer.ask),
                _ => Hops::Number(1),
            })
        })
    };
    let (up, down) = (hops(|ask| ask.up), hops(|ask| ask.down));
    view! {
        <Hop glyph="↑" words="upstream" hops=up set=Route::with_up />
        <Hop glyph="↓" words="downstream" hops=down set=Route::with_down />
    }
}

#[component]
fn Hop(
    glyph: &'static str,
    words: &'static str,
    hops: Memo<Hops>,
    set: fn(Route, Hops) -> Route,
) -> impl IntoView {
    let app = App::here();
    let more = move |n: u32| match hops.get_untracked() {
        Hops::Number(now) => Hops::Number(now.saturating_add(n)),
        Hops::All => Hops::All,
    };
    let fewer = move || match hops.get_untracked() {
        Hops::Number(now) => Hops::Number(now.saturating_sub(1)),
        Hops::All => Hops::Number(1),
    };
    let go = move |to: Hops| app.update_route(|route| set(route, to));
    let label = format!("Hops {words}");
    let now = move || format!("{glyph} {}", hops.get());
    view! {
        <div class="choices" role="group" aria-label=label>
            <span class="choices-label" title=format!("Hops {words}")>{now}</span>
            <button type="button" aria-label=format!("One hop less {words}") on:click=move |_| go(fewer())>
                "−1"
            </button>
            <button type="button" aria-label=format!("One hop more {words}") on:click=move |_| go(more(1))>
                "+1"
            </button>
            <button type="button" aria-label=format!("Three hops more {words}") on:click=move |_| go(more(3))>
                "+3"
            </button>
            <button type="button" aria-label=format!("All hops {words}") on:click=move |_| go(Hops::All)>
                "all"
            </button>
        </div>
    }
}

#[component]
fn Modes() -> impl IntoView {
    let app = App::here();
    let is = move |wanted| {
        Signal::derive(move || {
            app.route_with(|r| matches!(r.page, Page::Partition { mode, .. } if mode == wanted))
        })
    };
    view! {
        <div class="choices" role="group" aria-label="One node is">
            <Choice text="Instances" to=|r| with_mode(r, Mode::Instances) chosen=is(Mode::Instances) />
            <Choice text="Refs" to=|r| with_mode(r, Mode::Refs) chosen=is(Mode::Refs) />
        </div>
    }
}

fn with_mode(mut route: Route, mode: Mode) -> Route {
    if let Page::Partition { mode: old, .. } = &mut route.page {
        *old = mode;
    }
    route.with_sel(None)
}

/// `2 of 3`, with the version before and after; `[` and `]` do the same.
#[component]
fn Versions(pipeline: Pipeline) -> impl IntoView {
    let app = App::here();
    let place = Memo::new(move |_| pipeline.answer.with(|answer| version_place(answer.as_ref()?)));
    let step = move |by: isize| {
        if let Some(page) = untrack(|| neighbor_version(pipeline, by)) {
            app.update_route(|route| route.refocus(page));
        }
    };
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || crate::web::dom::is_typing() {
            return;
        }
        match event.key().as_str() {
            "[" => step(-1),
            "]" => step(1),
            _ => {}
        }
    });
    on_cleanup(move || key.remove());
    move || {
        let (place, n) = place.get().filter(|(_, n)| *n > 0)?;
        let text = match place {
            Some(i) => format!("{} of {}", i + 1, words::count(n as u64)),
            None => format!("{} versions", words::count(n as u64)),
        };
        let (first, last) = (place.is_none_or(|i| i == 0), place.is_none_or(|i| i + 1 == n));
        Some(view! {
            <div class="choices" role="group" aria-label="Versions">
                <button type="button" aria-label="Previous version" title="Previous version ([)"
                    disabled=first on:click=move |_| step(-1)>"◂"</button>
                <span class="choices-label">{text}</span>
                <button type="button" aria-label="Next version" title="Next version (])"
                    disabled=last on:click=move |_| step(1)>"▸"</button>
            </div>
        })
    }
}

type Answered = Result<std::sync::Arc<crate::view::pipeline::Answer>, crate::graph::Unresolved>;

/// Which of the partition's versions is shown, and how many there are.
fn version_place(answer: &Answered) -> Option<(Option<usize>, usize)> {
    let answer = answer.as_ref().ok()?;
    let Focus::Instance(instance) = answer.ask.focus else { return None };
    let asof = answer.snapshot.asof();
    let partition = asof.history.instances.partition.get(instance.index()).copied()?;
    let versions = asof.versions_of(partition);
    Some((versions.iter().position(|&version| version == instance), versions.len()))
}

fn neighbor_version(pipeline: Pipeline, by: isize) -> Option<Page> {
    pipeline.answer.with(|answer| {
        let answer = answer.as_ref()?.as_ref().ok()?;
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

#[component]
fn Orientation() -> impl IntoView {
    let app = App::here();
    let turn = |route: Route| {
        let dir = match route.dir {
            Direction::LeftRight => Direction::TopBottom,
            Direction::TopBottom => Direction::LeftRight,
        };
        route.with_dir(dir)
    };
    let words = move || match app.route_with(|route| route.dir) {
        Direction::LeftRight => "→",
        Direction::TopBottom => "↓",
    };
    let label = move || match app.route_with(|route| route.dir) {
        Direction::LeftRight => "Left to right: turn the picture",
        Direction::TopBottom => "Top to bottom: turn the picture",
    };
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if plain && event.key() == "o" && !crate::web::dom::is_typing() {
            app.update_route(turn);
        }
    });
    on_cleanup(move || key.remove());
    view! {
        <div class="choices">
            <button
                type="button"
                title="Turn the picture (o)"
                aria-label=label
                on:click=move |_| app.update_route(turn)
            >
                {words}
            </button>
        </div>
    }
}

/// `15 of 5,046 within 2 hops`, and the rest one press away.
#[component]
fn Coverage(pipeline: Pipeline) -> impl IntoView {
    let app = App::here();
    let text = move || {
        pipeline.answer.with(|answer| {
            let answer = answer.as_ref()?.as_ref().ok()?;
            let (shown, total) = (answer.graph.shown as u64, answer.graph.total as u64);
            let of = format!("{} of {}", words::count(shown), words::count(total));
            let within = match (answer.ask.focus, answer.ask.up, answer.ask.down) {
                (Focus::Want(_), ..) => "whole want".to_owned(),
                (Focus::Run(_), ..) => "one job run".to_owned(),
                (_, up, down) if up == down => format!("within {}", hops(up)),
                (_, up, down) => format!("within {} up, {} down", hops(up), hops(down)),
            };
            let grouped: usize = answer.graph.groups.iter().map(|g| g.members.len()).sum();
            let grouped = match grouped {
                0 => String::new(),
                n => format!(" · {} in groups", words::count(n as u64)),
            };
            Some(format!("{within} · {of}{grouped}"))
        })
    };
    let is_whole = move || {
        pipeline.answer.with(|answer| {
            answer.as_ref().and_then(|a| a.as_ref().ok()).is_none_or(|answer| {
                let nothing_hidden =
                    answer.graph.nodes.iter().all(|n| n.hidden_up + n.hidden_down == 0);
                nothing_hidden
                    || !matches!(answer.ask.focus, Focus::Instance(_) | Focus::Partition(_))
            })
        })
    };
    let more = move |_| {
        app.update_route(|route| {
            let next = |hops: Option<Hops>| match hops.unwrap_or(Hops::Number(1)) {
                Hops::Number(n) => Hops::Number(n.saturating_add(1)),
                Hops::All => Hops::All,
            };
            let (up, down) = (next(route.up), next(route.down));
            route.with_up(up).with_down(down)
        });
    };
    view! {
        <p class="coverage" role="status">
            {text}
            <Show when=move || !is_whole()>
                <button type="button" class="link-button" on:click=more>"show more"</button>
            </Show>
        </p>
    }
}

fn hops(hops: Hops) -> String {
    match hops {
        Hops::Number(1) => "1 hop".to_owned(),
        Hops::Number(n) => format!("{n} hops"),
        Hops::All => "any number of hops".to_owned(),
    }
}
