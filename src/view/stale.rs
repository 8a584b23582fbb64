//! What is stale, in words that lead to the cause; and the list of it, worst first.
use std::sync::Arc;

use leptos::prelude::*;

use crate::commands::Command;
use crate::events::Id;
use crate::facts::Empty;
use crate::history::InstanceId;
use crate::route::{Mode, Page};
use crate::scene::Status;
use crate::summary::{Format, Part, StaleCause, because, stale, stale_causes, stale_sheet};
use crate::view::el::{Child, El, el, live_all};
use crate::view::home::{Heading, Listed, panel_list_or, saved_panel};
use crate::view::reference::breakable;
use crate::view::save::save_list;
use crate::view::section::page_link;
use crate::view::state::{App, Snapshot};
use crate::view::status::mark;
use crate::view::turns::Turn;
use crate::view::virtual_list::Rows;
use crate::view::when::when;
use crate::words::{count, counted};

/// `stale because data/customers was rebuilt as a9c1b2d3 at 14:31`, with links.
pub fn because_line(snapshot: &Snapshot, cause: InstanceId) -> El {
    let asof = snapshot.asof();
    let names = &asof.history.names.partitions;
    let instance = |it: InstanceId| {
        let partition = asof.history.instances.partition.get(it.index());
        let name = partition.map_or("", |partition| names.text(partition));
        let uuid = asof.history.uuid_of(it);
        let short: String = uuid.chars().take(8).collect();
        page_link(Page::instance(name, uuid)).child(el("code").child(short))
    };
    let piece = |part: Part| match part {
        Part::Words(words) => Child::from(words),
        Part::Partition(partition) => {
            let name = names.text(partition);
            page_link(Page::partition(name))
                .attr("title", name.to_owned())
                .child(breakable(name))
                .into()
        }
        Part::Instance(it) => instance(it).into(),
        Part::When(seq) => when(asof.history.log.nanos(seq)).into(),
    };
    el("p").class("because").children(because(asof, cause).into_iter().map(piece))
}

/// All paths from the partition of the cause to that of what it made stale.
pub fn path_to_cause(snapshot: &Snapshot, cause: InstanceId, instance: InstanceId) -> Option<El> {
    let history = snapshot.history();
    let name = |it: InstanceId| {
        let partition = history.instances.partition.get(it.index())?;
        Some(history.names.partitions.text(partition).to_owned())
    };
    let (from, to) = (name(cause)?, name(instance)?);
    let page = Page::Path { from: Some(from), to: Some(to), mode: Mode::Instances };
    Some(page_link(page).child("Draw the path to the cause"))
}

/// What is stale now, by root cause.
pub fn stale_panel(turn: Turn) -> El {
    let listed = Listed::memo(move || {
        let Some(snapshot) = turn.snapshot() else {
            return Listed { said: String::new(), rows: Rows::none() };
        };
        let causes = stale_causes(snapshot.asof(), snapshot.stale());
        let n: usize = causes.iter().map(|it| it.n).sum();
        let n_causes = counted(causes.len() as u64, "cause", "causes");
        let said = format!("{} stale · {n_causes}", count(n as u64));
        let draw = move |cause: &StaleCause| stale_row(&snapshot, cause);
        Listed { said, rows: Rows::new(Arc::new(causes), draw) }
    });
    let heading = Heading { id: "stale", title: "Stale", word: Some("stale") };
    let is_fresh = Memo::new(move |_| listed.with(|listed| listed.rows.n == 0));
    let save = move || {
        (!is_fresh.get()).then(|| {
            save_list(
                "what is stale",
                "stale",
                [Command::SaveStaleCsv, Command::SaveStaleJson],
                Arc::new(move |format| written(turn, format)),
            )
        })
    };
    let list = panel_list_or("Stale partitions by root cause", listed, Empty::NothingStale);
    saved_panel("card panel counted stale", heading, listed, live_all(save)).child(list)
}

fn written(turn: Turn, format: Format) -> Option<String> {
    let snapshot = turn.snapshot()?;
    let groups = stale(snapshot.asof(), snapshot.stale());
    Some(stale_sheet(snapshot.asof(), &groups, format))
}

fn stale_row(snapshot: &Snapshot, stale: &StaleCause) -> El {
    let history = snapshot.history();
    let partition = history.instances.partition.get(stale.cause.index());
    let name = partition.map_or("", |it| history.names.partitions.text(it)).to_owned();
    let page = Page::Impact { partition: name, uuid: Some(history.uuid_of(stale.cause)) };
    let words = App::here().words();
    let n = counted(stale.n as u64, words.partition, words.partitions);
    el("div")
        .class("row row-stale")
        .child(mark(Status::STALE))
        .child(because_line(snapshot, stale.cause))
        .child(page_link(page).class("end number").child(n))
}
