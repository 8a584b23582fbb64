//! The two lists from which the versions are chosen that are compared.
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Event;

use crate::commands::Command;
use crate::events::Id;
use crate::graph::Pair;
use crate::history::InstanceId;
use crate::scene::Status;
use crate::view::diff_choice::Compared;
use crate::view::doing::by_command;
use crate::view::el::{El, el};
use crate::view::section::page_link;
use crate::view::state::App;
use crate::words::count;

/// Both lists, and what turns them round.
pub fn choosers(compared: &Arc<Compared>, pair: Pair) -> El {
    let swapped = compared.page(Pair { before: pair.after, after: pair.before });
    let swap = by_command(page_link(swapped), Command::Swap)
        .attr("title", "The other way round")
        .child("Swap");
    el("div")
        .class("diff-choose")
        .child(chooser(compared, pair, false))
        .child(chooser(compared, pair, true))
        .child(swap)
}

fn chooser(compared: &Arc<Compared>, pair: Pair, is_after: bool) -> El {
    let app = App::here();
    let (label, chosen) = if is_after { ("After", pair.after) } else { ("Before", pair.before) };
    let (window, n) = (compared.window(chosen), compared.versions.len());
    let place = compared.place(chosen).to_string();
    let asked = Arc::clone(compared);
    let change = move |event: Event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        let Some(&version) = place.and_then(|place| asked.versions.get(place)) else { return };
        let pair = if is_after {
            Pair { after: version, ..pair }
        } else {
            Pair { before: version, ..pair }
        };
        let page = asked.page(pair);
        app.update_route(|route| route.refocus(page));
    };
    let left = (window.len() < n).then(|| {
        let words = format!("{} of {} near it", count(window.len() as u64), count(n as u64));
        el("span").class("dim").child(words)
    });
    let options = window.map(|place| option(compared, place, chosen));
    let list =
        el("select").class("field").attr(".value", place).on("change", change).children(options);
    el("label").child(el("span").class("dim").child(label)).child(list).children(left)
}

fn option(compared: &Compared, place: usize, chosen: InstanceId) -> El {
    let version = compared.versions.get(place).copied();
    let words = version.map(|version| words_of(compared, place, version)).unwrap_or_default();
    el("option")
        .attr("value", place.to_string())
        .flag("selected", version == Some(chosen))
        .child(words)
}

/// `2 of 3 · a9c1b2d3 · Nov 22 14:03:12 · live · current`
fn words_of(compared: &Compared, place: usize, version: InstanceId) -> String {
    let asof = compared.snapshot.asof();
    let n = count(compared.versions.len() as u64);
    let short: String = asof.history.uuid_of(version).chars().take(8).collect();
    let live = asof.history.instances.live.get(version.index()).flatten();
    let live = live.filter(|&live| asof.had(live)).map(|live| asof.history.log.nanos(live));
    let status = asof.instance_status(version).map(Status::from);
    let parts = [
        Some(format!("{} of {n}", count(place as u64 + 1))),
        Some(short),
        live.map(|nanos| App::here().time(nanos)),
        status.map(Status::text),
        asof.is_current(version).then(|| "current".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
