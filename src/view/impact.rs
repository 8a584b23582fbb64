//! What uses an instance: before a taint, how much it would touch; row by row, and as a file.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::commands::Command;
use crate::facts::{
    Empty, ImpactColumn, ImpactTable, MAX_ROWS, impact_readers, impact_refs, impact_roots,
    impact_sheet, impact_table, impact_wants, rows_said,
};
use crate::graph::Unresolved;
use crate::history::{Impact, impact};
use crate::route::Page;
use crate::summary::Format;
use crate::view::doing::by_command;
use crate::view::el::{Child, El, Pieces, button, el, live, live_all};
use crate::view::empty::empty_or;
use crate::view::entity::not_here;
use crate::view::impact_head::impact_head;
use crate::view::impact_row::{heading, line};
use crate::view::section::section;
use crate::view::state::{App, Snapshot};
use crate::view::turns::{Turn, turns};
use crate::view::virtual_list::{Rows, virtual_table};
use crate::web::{clipboard, dom};
use crate::words::{Topic, count, counted};

/// The answer, and what it was asked of.
pub struct Answer {
    /// The log as of the moment that the question is asked of.
    pub snapshot: Arc<Snapshot>,
    /// What is touched.
    pub impact: Impact,
    /// Its datasets.
    pub table: ImpactTable,
}

type Answered = Option<Result<Arc<Answer>, Unresolved>>;

/// Which rows are listed, in which order.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    answer: Memo<Answered>,
    text: RwSignal<String>,
    pub(super) sorting: RwSignal<(ImpactColumn, bool)>,
    rows: Memo<Arc<Vec<u32>>>,
}

/// The page.
pub fn impact_page() -> Pieces {
    // A step of the scrubber shows its moment first: what a much read instance reaches takes a frame of its own.
    let ([turn], is_busy) = turns();
    let listing = Listing::new(App::here(), turn);
    let trouble = Memo::new(move |_| {
        listing.answer.with(|answer| answer.as_ref().and_then(|it| it.as_ref().err().cloned()))
    });
    let page = move || match trouble.get() {
        Some(why) => not_here(&why),
        None => answered(listing, is_busy),
    };
    Pieces::new([live(page)])
}

fn answered(listing: Listing, is_busy: Signal<bool>) -> El {
    let rows = Signal::derive(move || {
        let answer = listing.ask(Arc::clone);
        let draw = move |&row: &u32| match &answer {
            Some(answer) => line(answer, row),
            None => el("tr"),
        };
        Rows::new(listing.rows.get(), draw)
    });
    let head =
        el("tr").child(live_all(move || ImpactColumn::ALL.map(|column| heading(column, listing))));
    let main = el("div")
        .class("impact-main")
        .child(impact_head(listing))
        .child(tools(listing))
        .child(virtual_table("What uses it", head.into(), rows))
        .child(live_all(move || none(listing)));
    let side = el("aside").class("side impact-side").attr("aria-label", "Whom it touches");
    el("div")
        .class("impact")
        .live("aria-busy", move || Some(is_busy.get().to_string()))
        .child(main)
        .child(side.child(beside(listing)))
}

/// The document's id of the search among the rows.
const SEARCH: &str = "impact-search";

/// Why there is no row.
fn none(listing: Listing) -> Option<El> {
    let is_empty = listing.rows.with(|rows| rows.is_empty());
    let reason = listing.ask(|answer| match answer.impact.instances.len() {
        0 => Empty::TouchesNothing.why(answer.snapshot.asof()),
        _ => Empty::NothingNamed("row").why(answer.snapshot.asof()),
    });
    let why = reason.filter(|_| is_empty)?;
    let app = App::here();
    let less = move || {
        dom::focus(SEARCH);
        listing.text.set(String::new());
        listing.say(app, None);
    };
    Some(empty_or(why, less))
}

/// Runs that are at work on it, and wants that it satisfied; the rest of them where they are asked for.
fn beside(listing: Listing) -> Child {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    live_all(move || {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        listing.ask(|answer| {
            let asof = answer.snapshot.asof();
            let readers = impact_readers(asof, &answer.impact, most);
            let wants = impact_wants(asof, &answer.impact, most);
            el("div").class("impact-lists").child(section(readers, all)).child(section(wants, all))
        })
    })
}

/// The search among the rows, and what can be done with those that it finds.
fn tools(listing: Listing) -> El {
    let app = App::here();
    let n_rows =
        |answer: &Arc<Answer>| counted(answer.impact.instances.len() as u64, "row", "rows");
    app.tells_of_page(move || listing.ask(n_rows));
    let search = el("input")
        .attr("id", SEARCH)
        .class("field")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "Search these rows")
        .attr("aria-label", "Search these rows")
        .live(".value", move || Some(listing.text.get()))
        .on("input", move |event| {
            listing.text.set(event_target_value(&event));
            listing.say(app, None);
        });
    let said = move || {
        let (n, n_all) = listing.n_rows();
        format!("{} of {}", count(n as u64), count(n_all as u64))
    };
    let words = RwSignal::new("Copy refs");
    let copy = move || {
        let refs = listing
            .of_rows(|answer, rows| impact_refs(answer.snapshot.asof(), &answer.impact, rows));
        spawn_local(async move {
            let is_copied = clipboard::copy(&refs.unwrap_or_default()).await;
            app.say_copied("the refs", is_copied, "Save them as CSV.");
            let _ = words.try_set(if is_copied { "Copied" } else { "The browser refused" });
        });
    };
    let copy = by_command(button("button"), Command::CopyRefs)
        .attr("title", "The partitions of these rows, one a line, ready for a taint command")
        .press(copy)
        .on("blur", move |_| words.set("Copy refs"))
        .child(el("span").child(live(move || words.get())));
    let save = move |words: &'static str, command: Command, format: Format| {
        let save = by_command(button("button"), command);
        save.press(move || listing.save(app, format)).child(words)
    };
    el("div")
        .class("impact-tools")
        .child(search)
        .child(el("span").class("dim number").child(live(said)))
        .child(copy)
        .child(save("Save as CSV", Command::SaveListCsv, Format::Csv))
        .child(save("Save as JSON", Command::SaveListJson, Format::Ndjson))
}

impl Listing {
    fn new(app: App, turn: Turn) -> Self {
        let asked =
            Memo::new(move |_| app.route_with(|route| (route.page.clone(), route.pin.clone())));
        let answer = Memo::new_with_compare(
            move |_| {
                let (page, more) = asked.get();
                let Page::Impact { partition, uuid } = page else { return None };
                let snapshot = turn.snapshot()?;
                let roots = impact_roots(snapshot.asof(), &partition, uuid.as_deref(), &more);
                Some(roots.map(|roots| {
                    let impact = impact(snapshot.asof(), &roots);
                    // What is stale is counted in it.
                    snapshot.stale();
                    let table = impact_table(snapshot.asof(), &impact);
                    Arc::new(Answer { snapshot, impact, table })
                }))
            },
            |_, _| true,
        );
        let (text, sorting) = (RwSignal::new(String::new()), RwSignal::default());
        let rows = Memo::new_with_compare(
            move |_| {
                let Some(Ok(answer)) = answer.get() else { return Arc::default() };
                let Answer { snapshot, impact, table } = &*answer;
                let (column, is_down) = sorting.get();
                let asked = (snapshot.asof(), impact);
                Arc::new(text.with(|text| table.rows(asked, text, column, is_down)))
            },
            |_, _| true,
        );
        Self { answer, text, sorting, rows }
    }

    /// Asks the answer; none where there is none. Tracked.
    pub(super) fn ask<T>(self, question: impl FnOnce(&Arc<Answer>) -> T) -> Option<T> {
        self.answer.with(|answer| answer.as_ref()?.as_ref().ok().map(question))
    }

    fn of_rows<T>(self, question: impl FnOnce(&Answer, &[u32]) -> T) -> Option<T> {
        untrack(|| self.rows.with(|rows| self.ask(|answer| question(answer, rows))))
    }

    /// How many rows are listed, and of how many. Tracked.
    fn n_rows(self) -> (usize, usize) {
        let n_all = self.ask(|answer| answer.impact.instances.len()).unwrap_or_default();
        (self.rows.with(|rows| rows.len()), n_all)
    }

    /// Says how many rows are listed, and how they are sorted where that has changed.
    fn say(self, app: App, sorted: Option<(&str, bool)>) {
        let (n, n_all) = untrack(|| self.n_rows());
        app.say(Topic::Amount, rows_said(n, n_all, sorted));
    }

    /// Sorts by that column, or the other way.
    pub(super) fn sort(self, app: App, by: (ImpactColumn, bool)) {
        self.sorting.set(by);
        self.say(app, Some((by.0.heading(), by.1)));
    }

    fn save(self, app: App, format: Format) {
        let text = self.of_rows(|answer, rows| {
            let asked = (answer.snapshot.asof(), &answer.impact);
            impact_sheet(asked, &answer.table, answer.snapshot.stale(), rows, format)
        });
        let name = format!("impact.{}", format.ending());
        app.say_saved(&name, &dom::save(&name, format.mime(), &text.unwrap_or_default()));
    }
}
