//! The story on the home page: how attempts ended along the log, slow and retried jobs, what is read
//! most, and wants that are late or will be. Told in slices after the page stands; while another moment
//! is on its way, that of the last one stays.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::events::{LabelId, WantId};
use crate::facts::{Empty, Why, link_row, name_of_moment, vocabulary};
use crate::history::{AsOf, End};
use crate::route::Page;
use crate::summary::{
    Bar, Density, Read, Retried, Slow, Story, Telling, bar_words, density, measure_marks,
    nanos_of_moment, story_marks,
};
use crate::view::el::{Child, El, el, live_all};
use crate::view::empty::empty;
use crate::view::reference::reference;
use crate::view::section::{page_link, thing};
use crate::view::state::{App, Snapshot};
use crate::view::waterfall::percent_words;
use crate::view::when::when;
use crate::web::task::{Stretch, yield_now};
use crate::words::{Vocabulary, count, counted, duration};

/// About so many rows are looked at between two looks at the clock.
const EFFORT: usize = 1_000;
/// So many wants are listed that are late or will be.
const MOST_WANTS: usize = 5;
/// So many of what holds wants up.
const MOST_CAUSES: usize = 3;

/// A story, and what it is of.
#[derive(Clone)]
struct Told {
    snapshot: Arc<Snapshot>,
    story: Arc<Story>,
}

/// Everything of it, in panels.
pub fn story_panels() -> Child {
    let app = App::here();
    let told: RwSignal<Option<Told>> = RwSignal::new(None);
    let axis = Memo::new_with_compare(
        move |_| Arc::new(app.log().map(|log| density(&log.history.log)).unwrap_or_default()),
        |_, _| true,
    );
    // Which telling is the newest: an older one ends at its next step.
    let newest = StoredValue::new(0_u32);
    Effect::new(move || {
        let Some(snapshot) = app.snapshot() else { return };
        let number = newest.with_value(|number| number.wrapping_add(1));
        newest.set_value(number);
        spawn_local(async move {
            yield_now().await;
            let is_newest = move || newest.try_get_value() == Some(number);
            let Some(axis) = axis.try_get_untracked().filter(|_| is_newest()) else { return };
            if let Some(story) = tell(&snapshot, &axis, &is_newest).await {
                let _ = told.try_set(Some(Told { snapshot, story: Arc::new(story) }));
            }
        });
    });
    live_all(move || told.get().map_or_else(|| vec![waiting()], |told| panels(app, &told)))
}

/// None when it is not wanted any more.
async fn tell(snapshot: &Snapshot, axis: &Density, is_wanted: &impl Fn() -> bool) -> Option<Story> {
    let mut stretch = Stretch::default();
    let mut telling = Telling::new(snapshot.asof(), axis);
    stretch.breathe().await;
    while is_wanted() {
        if !telling.step(snapshot.asof(), EFFORT) {
            return Some(telling.told());
        }
        stretch.breathe().await;
    }
    None
}

fn waiting() -> El {
    let words = el("p").class("empty").child("Counting attempts…");
    card("story-ends", "Attempts over time", String::new()).child(words)
}

fn panels(app: App, told: &Told) -> Vec<El> {
    let asof = told.snapshot.asof();
    let story = &told.story;
    let mut panels = vec![ends(app, asof, story)];
    panels.extend(late(asof, story));
    let most = story.slow.rows.first().map_or(0, |it| it.p95_nanos);
    panels.push(top(
        "story-slow",
        (
            "Slowest jobs".into(),
            "half of the runs take up to the dark part, 95 of 100 up to the end",
        ),
        Empty::NoSuccess.why(asof),
        (story.slow.n_all, "job"),
        story.slow.rows.iter().map(|it| slow_row(asof, it, most)).collect(),
    ));
    let most = story.retried.rows.first().map_or(0, |it| it.n_retries);
    panels.push(top(
        "story-retried",
        ("Most retried jobs".into(), "attempts after one that failed or was canceled"),
        Empty::NoRetries.why(asof),
        (story.retried.n_all, "job"),
        story.retried.rows.iter().map(|it| retried_row(asof, it, most)).collect(),
    ));
    let words = app.words();
    let most = story.read.rows.first().map_or(0, |it| it.n_runs);
    panels.push(top(
        "story-read",
        (format!("Most read {}", words.partitions), "by how many job runs"),
        Empty::NoReads.why(asof),
        (story.read.n_all, words.partition),
        story.read.rows.iter().map(|it| read_row(asof, it, most)).collect(),
    ));
    panels
}

/// A card under a heading, with what is said beside that.
fn card(id: &'static str, title: impl Into<Child>, said: String) -> El {
    let head = el("header")
        .child(el("h2").attr("id", id).child(title))
        .child(el("span").class("dim number").child(said));
    el("section").class(format!("card panel {id}")).attr("aria-labelledby", id).child(head)
}

/// The first of many; where there are none, why.
fn top(
    id: &'static str,
    (title, measure): (String, &'static str),
    why: Why,
    (n_all, noun): (u64, &'static str),
    rows: Vec<El>,
) -> El {
    let said = match rows.len() as u64 {
        0 => String::new(),
        n if n < n_all => format!("{} of {}", count(n), counted(n_all, noun, &format!("{noun}s"))),
        n => counted(n, noun, &format!("{noun}s")),
    };
    let card = card(id, title, said);
    if rows.is_empty() {
        return card.child(empty(why));
    }
    card.child(el("p").class("story-measure dim").child(measure)).child(
        el("ol").class("story-list").children(rows.into_iter().map(|row| el("li").child(row))),
    )
}

fn measured(page: Page, name: Child, said: String, measure: El) -> El {
    page_link(page)
        .class("row row-story")
        .child(name)
        .child(el("span").class("end number").child(said))
        .child(measure)
}

fn job_name(asof: AsOf<'_>, label: LabelId) -> (Page, Child) {
    let name = asof.history.names.labels.text(label).to_owned();
    let words = el("strong").child(reference(name.clone()));
    (Page::Job(name), words.into())
}

fn slow_row(asof: AsOf<'_>, it: &Slow, most: u64) -> El {
    let (page, name) = job_name(asof, it.label);
    let said = format!("half {} · 95 % {}", duration(it.median_nanos), duration(it.p95_nanos));
    measured(page, name, said, measure_marks(it.p95_nanos, Some(it.median_nanos), most).into())
}

fn retried_row(asof: AsOf<'_>, it: &Retried, most: u64) -> El {
    let (page, name) = job_name(asof, it.label);
    let retries = counted(it.n_retries, "retry", "retries");
    let said = format!("{retries} in {}", counted(it.n_runs, "run", "runs"));
    measured(page, name, said, measure_marks(it.n_retries, None, most).into())
}

fn read_row(asof: AsOf<'_>, it: &Read, most: u64) -> El {
    let name = asof.history.names.partitions.text(it.partition).to_owned();
    let words = el("strong").child(reference(name.clone()));
    let said = counted(it.n_runs, "run", "runs");
    let measure = measure_marks(it.n_runs, None, most);
    measured(Page::partition(name), words.into(), said, measure.into())
}

/// How attempts ended along the log: a picture, what it says, and the same as a table.
fn ends(app: App, asof: AsOf<'_>, story: &Story) -> El {
    let log = &asof.history.log;
    let nanos = |bar: &Bar| bar.last.map_or(0, |seq| log.nanos(seq));
    let route = app.route();
    let address = |bar: &Bar| {
        let id = bar.last.and_then(|seq| name_of_moment(log, seq));
        route.clone().with_at(id).to_string()
    };
    let until = |bar: &Bar| format!("up to {}", app.time(nanos(bar)));
    let n_ends = story.n_ends();
    let card = card(
        "story-ends",
        "Attempts over time",
        counted(n_ends, "attempt ended", "attempts ended"),
    );
    if n_ends == 0 {
        return card.child(empty(Empty::NoEnds.why(asof)));
    }
    let share = |end: End| {
        let n = story.n_ended(end);
        let word = match end {
            End::Succeeded => "succeeded",
            End::Failed => "failed",
            End::Canceled => "were canceled",
            End::DepMiss => "missed inputs",
        };
        (n > 0).then(|| format!("{} {word}", percent_words(n as f64 / n_ends as f64)))
    };
    let said: Vec<String> = End::ALL.into_iter().filter_map(share).collect();
    let some = story.bars.iter().filter(|bar| bar.ends.iter().any(|&n| n > 0));
    let in_table = |bar: &Bar| {
        let link = el("a").class("story-link").attr("href", address(bar)).child(when(nanos(bar)));
        let numbers = bar.ends.map(|n| el("td").class("number").child(count(n)));
        el("tr").child(el("th").attr("scope", "row").child(link)).children(numbers)
    };
    let heads = ["Up to", "Succeeded", "Failed", "Canceled", "Missed inputs"];
    let head = el("tr").children(heads.map(|it| el("th").attr("scope", "col").child(it)));
    let table = el("table")
        .class("story-table")
        .child(el("thead").child(head))
        .child(el("tbody").children(some.clone().map(in_table)));
    let as_table = el("details")
        .class("story-details")
        .child(el("summary").class("dim").child("As a table"))
        .child(el("div").class("story-table-frame").child(table));
    let worst = some.max_by_key(|bar| bar.ends[End::Failed as usize]);
    let worst = worst.filter(|bar| bar.ends[End::Failed as usize] > 0).map(|bar| {
        let link = el("a").class("story-link").attr("href", address(bar)).child(until(bar));
        el("p")
            .class("dim")
            .child("Most failures: ")
            .child(link)
            .child(format!(", {}", bar_words(bar)))
    });
    let first = log.seqs().next().map_or(0, |seq| log.nanos(seq));
    let last = story.bars.last().map_or_else(|| nanos_of_moment(asof), nanos);
    let figure = el("figure")
        .class("story-figure")
        .child(El::from(story_marks(story, &until, &address)))
        .child(el("p").class("plot-axis dim").child(when(first)).child(when(last)))
        .child(
            el("figcaption").child(el("p").child(said.join(" · "))).children(worst).child(as_table),
        );
    card.child(figure)
}

/// Wants that are late, the latest first, then those that will be, the surest first; and what holds up
/// most of them. Not there where nothing has an SLA and nothing is held up.
fn late(asof: AsOf<'_>, story: &Story) -> Option<El> {
    let troubles = &story.troubles;
    let (late, risk) = (troubles.latest_first(), troubles.surest_first());
    let (n_late, n_risk) = (late.len() as u64, risk.len() as u64);
    if n_late + n_risk == 0 && troubles.blocked.is_empty() {
        return None;
    }
    let row = |want: WantId, class: &'static str, said: String| {
        let name = asof.history.names.wants.text(want).to_owned();
        let title = asof.history.title(want).to_owned();
        page_link(Page::Want(name))
            .class("row row-story")
            .child(el("strong").child(reference(title)))
            .child(el("span").class(class).child(said))
    };
    let late = late
        .into_iter()
        .map(|(want, nanos)| row(want, "end number late", format!("late by {}", duration(nanos))));
    let risk = risk.into_iter().map(|it| {
        let (left, needed) = (duration(it.left_nanos), duration(it.needed_nanos));
        row(it.want, "end number at-risk", format!("at risk: {left} left, usually takes {needed}"))
    });
    let words = vocabulary(asof.history);
    let wants = Vocabulary::heading(words.wants);
    let said = format!("{} late · {} at risk", count(n_late), count(n_risk));
    let rows: Vec<El> = late.chain(risk).take(MOST_WANTS).collect();
    let n_more = (n_late + n_risk).saturating_sub(rows.len() as u64);
    let more = (n_more > 0)
        .then(|| el("p").class("story-measure dim").child(format!("{} more", count(n_more))));
    let blocked = troubles.blocked.iter().take(MOST_CAUSES).map(|it| {
        let held = counted(it.wants.len() as u64, words.want, words.wants);
        el("li")
            .class("story-block")
            .child(el("span").class("dim number").child(format!("{held} held up by")))
            .child(thing(link_row(asof, it.by)))
    });
    let n_blocks = troubles.blocked.len();
    let n_hidden = n_blocks.saturating_sub(MOST_CAUSES) as u64;
    let hidden = (n_hidden > 0).then(|| {
        let words = format!("{} hold up others", counted(n_hidden, "other cause", "other causes"));
        el("p").class("story-measure dim").child(words)
    });
    let blocks = (n_blocks > 0).then(|| el("ul").class("story-blocks").children(blocked));
    let list = (!rows.is_empty()).then(|| {
        el("ol").class("story-list").children(rows.into_iter().map(|row| el("li").child(row)))
    });
    let title = format!("{wants} late, at risk, held up");
    Some(
        card("story-late", title, said)
            .children(blocks)
            .children(hidden)
            .children(list)
            .children(more),
    )
}
