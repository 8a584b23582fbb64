//! The page of a dataset: all its partitions with their statuses, week by week where their refs have a
//! date, else one after the other.
use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::Empty;
use crate::history::AsOf;
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{Cell, DatasetGrid, dataset_grid, dataset_sheet};
use crate::view::clamp::clamped;
use crate::view::el::{Child, El, Pieces, el};
use crate::view::home::{Heading, Listed, panel_list_or, saved_panel};
use crate::view::reference::breakable;
use crate::view::save::{OF_PAGE, save_list};
use crate::view::state::{App, Snapshot};
use crate::view::status::{tally, with_stale};
use crate::view::told::{Told, piece, told_page};
use crate::view::virtual_list::Rows;
use crate::words::{Vocabulary, count, counted, date};

const NANOS_PER_DAY: u64 = 86_400_000_000_000;
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// So many partitions of one day have a cell each; more are one link to all of them.
const MAX_IN_DAY: usize = 4;
/// Cells in a row, where there are no days.
const N_COLUMNS: usize = 8;

/// The partitions of the dataset that the route names, as of a moment.
struct Dataset {
    snapshot: Arc<Snapshot>,
    pattern: String,
    grid: DatasetGrid,
}

/// One row of the grid.
enum Line {
    /// The day since 1970 on which the week begins, and its days: rows of the grid's days.
    Week(u32, Range<usize>),
    /// Rows of the grid's cells.
    Cells(Range<usize>),
}

/// The page.
pub fn dataset_page() -> Pieces {
    told_page(tell, answered, |page| match page {
        Page::Dataset(pattern) => format!("dataset “{pattern}”"),
        _ => String::new(),
    })
}

fn tell(snapshot: Arc<Snapshot>, page: Page) -> Option<Dataset> {
    let Page::Dataset(pattern) = page else { return None };
    let _ = snapshot.history().datasets.patterns.find(&pattern)?;
    snapshot.stale();
    let grid = dataset_grid(snapshot.asof(), &pattern);
    Some(Dataset { snapshot, pattern, grid })
}

fn answered(told: Told<Dataset>) -> El {
    let app = App::here();
    let listed = Listed::memo(move || {
        let Some(told) = told.get() else {
            return Listed { said: String::new(), rows: Rows::none() };
        };
        let lines = lines(&told.grid);
        Listed {
            said: said(&told.grid),
            rows: Rows::new(Arc::new(lines), move |line| row(app, &told, line)),
        }
    });
    let days = |told: &Dataset| {
        let is_calendar = !told.grid.days.is_empty();
        let days = DAYS.map(|day| el("span").child(day));
        let line = el("div").class("grid-line grid-days dim").attr("aria-hidden", "true");
        let line = line.flag("hidden", !is_calendar).child(el("span").child("Week of"));
        line.child(el("div").class("grid-cells").children(days))
    };
    let written = move |format| {
        told.get().map(|told| dataset_sheet(told.snapshot.asof(), &told.grid, format))
    };
    let words = untrack(|| app.words());
    let title = Vocabulary::heading(words.partitions);
    let heading = Heading { id: "dataset-grid", title, word: Some(words.partition) };
    let save = save_list("the partitions", "partitions", OF_PAGE, Arc::new(written));
    let grid = saved_panel("card panel dataset-grid", heading, listed, save.into())
        .child(piece(told, days))
        .child(panel_list_or(
            "Partitions, a row a week or some, with their statuses",
            listed,
            Empty::NoData,
        ));
    el("div").class("dataset").child(piece(told, head)).child(grid)
}

fn head(told: &Dataset) -> El {
    let by_status = with_stale(&told.grid.by_status, told.grid.n_stale);
    let query = format!("kind:partition dataset:{}", told.pattern);
    el("header")
        .class("job-head")
        .child(el("p").class("dim").child("Dataset"))
        .children(clamped(el("h1").child(breakable(&told.pattern)), told.pattern.clone()))
        .child(
            el("p")
                .class("job-line")
                .child(tally(&by_status))
                .child(search_link("thing-link".to_owned(), query).child(search_words())),
        )
}

fn search_words() -> String {
    format!("Search its {}", App::here().words().partitions)
}

/// A link that looks for something on the page at hand.
fn search_link(class: String, query: String) -> El {
    let app = App::here();
    let href = move || app.route_with(|route| route.clone().with_q(query.clone()).to_string());
    el("a").class(class).live("href", move || Some(href()))
}

fn said(grid: &DatasetGrid) -> String {
    let words = App::here().words();
    let n = counted(grid.cells.len() as u64, words.partition, words.partitions);
    if grid.days.is_empty() {
        return n;
    }
    let days = counted(grid.days.len() as u64, "day", "days");
    match grid.n_missing_days() {
        0 => format!("{n} on {days}, newest first"),
        missing => format!("{n} on {days}, none on {} between, newest first", count(missing)),
    }
}

/// Weeks that have partitions, newest first; else rows of cells.
fn lines(grid: &DatasetGrid) -> Vec<Line> {
    let mut weeks: Vec<(u32, Range<usize>)> = Vec::new();
    for (at, day) in grid.days.iter().enumerate() {
        // The first Monday of the axis may lie before 1970.
        let monday = day.day.saturating_sub(day.weekday());
        match weeks.last_mut() {
            Some((start, days)) if *start == monday => days.end = at + 1,
            _ => weeks.push((monday, at..at + 1)),
        }
    }
    if !weeks.is_empty() {
        return weeks.into_iter().rev().map(|(start, days)| Line::Week(start, days)).collect();
    }
    let n = grid.cells.len();
    let line = |from: usize| Line::Cells(from..(from + N_COLUMNS).min(n));
    (0..n).step_by(N_COLUMNS).map(line).collect()
}

fn row(app: App, told: &Dataset, line: &Line) -> Child {
    let asof = told.snapshot.asof();
    let cells = |range: Range<usize>| told.grid.cells.get(range).unwrap_or_default();
    let (name, inside): (String, Vec<El>) = match line {
        Line::Cells(range) => {
            let one = |it: &Cell| el("span").class("grid-cell").child(cell(app, asof, it, true));
            (String::new(), cells(range.clone()).iter().map(one).collect())
        }
        Line::Week(start, days) => {
            let days = told.grid.days.get(days.clone()).unwrap_or_default();
            let of_day = |weekday: u32| {
                let day = days.iter().find(|day| day.weekday() == weekday);
                let rows = day.map(|day| day.cells.start as usize..day.cells.end as usize);
                let it = el("span").class("grid-cell");
                it.children(day_cells(app, asof, told, cells(rows.unwrap_or_default())))
            };
            (date(u64::from(*start) * NANOS_PER_DAY, 0), (0..7).map(of_day).collect())
        }
    };
    el("div")
        .class("grid-line")
        .child(el("span").class("dim number").child(name))
        .child(el("div").class("grid-cells").children(inside))
        .into()
}

/// The partitions of one day.
fn day_cells(app: App, asof: AsOf<'_>, told: &Dataset, cells: &[Cell]) -> Vec<El> {
    let one = |it| cell(app, asof, it, cells.len() == 1);
    if cells.len() < 2 {
        return cells.iter().map(one).collect();
    }
    // Where there is not the room for each, that of all is there instead.
    let each = cells.iter().filter(|_| cells.len() <= MAX_IN_DAY).map(one);
    each.chain(std::iter::once(all_cells(app, asof, told, cells))).collect()
}

/// A link to all of a day.
fn all_cells(app: App, asof: AsOf<'_>, told: &Dataset, cells: &[Cell]) -> El {
    // The worst stands for all.
    let worst = cells.iter().map(status_of).min().unwrap_or(Status::UNKNOWN);
    let names = &asof.history.names.partitions;
    let text = cells.first().map_or("", |it| names.text(it.partition));
    let segment = text.rsplit('/').find(|it| it.bytes().filter(u8::is_ascii_digit).count() >= 8);
    let query = format!("kind:partition dataset:{} {}", told.pattern, segment.unwrap_or_default());
    let words = format!("{} {}", worst.tone.glyph(), count(cells.len() as u64));
    let link = search_link(format!("cell is-many {}", worst.tone.class()), query);
    let noun = app.words().partitions;
    let title = format!("{} {noun}, at worst {}", count(cells.len() as u64), worst.text());
    link.attr("title", title.clone()).attr("aria-label", title).child(words)
}

/// Of a partition: stale, rather than live and no more.
fn status_of(cell: &Cell) -> Status {
    if cell.is_stale { Status::STALE } else { cell.status.into() }
}

/// One partition; with the last segment of its ref where there is room.
fn cell(app: App, asof: AsOf<'_>, cell: &Cell, is_wide: bool) -> El {
    let name = asof.history.names.partitions.text(cell.partition).to_owned();
    let status = status_of(cell);
    let versions = counted(cell.n_versions.into(), "version", "versions");
    let rebuilding = if cell.is_rebuilding { ", rebuilding" } else { "" };
    let title = format!("{name}: {}{rebuilding}, {versions}", status.text());
    let key = name.rsplit('/').next().unwrap_or_default();
    let key = key.rsplit_once('=').map_or(key, |(_, value)| value).to_owned();
    let page = Page::partition(name);
    el("a")
        .class(format!("cell {}", status.tone.class()))
        .live("href", move || Some(app.href(page.clone())))
        .attr("title", title.clone())
        .attr("aria-label", title)
        .child(el("span").class("cell-glyph").child(status.tone.glyph()))
        .children(is_wide.then(|| el("span").class("cut").child(key)))
}
