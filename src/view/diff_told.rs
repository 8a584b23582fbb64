//! What is told of two versions: both beside each other, their inputs, and where it began.
use leptos::prelude::*;

use crate::facts::{DiffFacts, DiffSide, MAX_ROWS, OriginPath, Row, Section, Value, diff_facts};
use crate::graph::Pair;
use crate::history::InstanceId;
use crate::view::copy::copy_button;
use crate::view::diff::step;
use crate::view::diff_choice::Compared;
use crate::view::el::{El, el};
use crate::view::section::{fact, more_button, page_link, section};
use crate::view::status::chip;
use crate::words::counted;

/// Origins beyond these are counted only.
const MAX_ORIGINS: usize = 500;

/// The same version twice: what else can be done.
pub fn same(compared: &Compared, version: InstanceId) -> El {
    let sentence = "Both are the same version, so there is nothing that differs.";
    let other = compared.other(version).map(|page| step("Compare it with another one", page));
    el("div").class("diff-same").child(el("p").child(sentence)).children(other)
}

/// All that is told of the pair.
pub fn told(compared: &Compared, pair: Pair, is_whole: RwSignal<bool>) -> Vec<El> {
    let asof = compared.snapshot.asof();
    let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
    let facts = diff_facts(asof, &compared.diff, most);
    let all = Callback::new(move |()| is_whole.set(true));
    let DiffFacts { said, sides, inputs, n_unchanged, origins, n_more, n_left, .. } = facts;
    let uuids = [pair.before, pair.after].map(|it| asof.history.uuid_of(it));
    let sides = sides.into_iter().zip(uuids).map(|(it, uuid)| side(it, uuid, all));
    vec![
        el("p").class("diff-said").child(el("strong").child(said)),
        el("div").class("diff-sides").children(sides),
        inputs_of(inputs, n_unchanged, all),
        began(origins, (n_more, n_left), all),
    ]
}

fn side(side: DiffSide, uuid: String, all: Callback<()>) -> El {
    let DiffSide { title, row, rows, sections } = side;
    let short: String = uuid.chars().take(8).collect();
    let link = row.page.map(|page| page_link(page).child("lineage"));
    let which = el("p")
        .class("diff-which")
        .child(el("code").attr("title", uuid.clone()).child(short))
        .child(copy_button(uuid, "the uuid"))
        .children(row.status.map(chip))
        .children(link);
    el("section")
        .class("card diff-side")
        .attr("aria-label", title)
        .child(el("h2").child(title))
        .child(which)
        .child(el("dl").class("side-facts").children(rows.into_iter().map(fact)))
        .children(sections.into_iter().map(|it| section(plain(it), all)))
}

/// What was read for one alone, and what for both in different versions.
fn inputs_of(sections: Vec<Section>, n_unchanged: u64, all: Callback<()>) -> El {
    let unchanged = match (sections.is_empty(), n_unchanged) {
        (true, 0) => "No input of either is in this log.".to_owned(),
        (true, 1) => "Both read the same input.".to_owned(),
        (true, n) => format!("Both read the same {}.", counted(n, "input", "inputs")),
        (false, 0) => "None is unchanged.".to_owned(),
        (false, n) => format!("{} unchanged.", counted(n, "input is", "inputs are")),
    };
    let lists = sections.into_iter().map(|it| section(plain(it), all));
    el("section")
        .class("diff-inputs")
        .attr("aria-label", "Inputs")
        .child(el("h2").child("Inputs"))
        .child(el("div").class("diff-lists").children(lists))
        .child(el("p").class("dim").child(unchanged))
}

/// Each origin with the way to it.
fn began(origins: Vec<OriginPath>, (n_more, n_left): (usize, usize), all: Callback<()>) -> El {
    let n_over = origins.len().saturating_sub(MAX_ORIGINS);
    let lists = origins.into_iter().take(MAX_ORIGINS).map(|it| origin(it, all));
    let more = (n_more > 0).then(|| more_button(n_more, "more", move || all.run(())));
    let over = (n_over > 0).then(|| {
        let over = counted(n_over as u64, "more origin is", "more origins are");
        el("p").class("dim").child(format!("{over} further away and not listed."))
    });
    let left = (n_left > 0).then(|| {
        let left = counted(n_left as u64, "pair of inputs was", "pairs of inputs were");
        el("p").class("dim").child(format!("{left} not looked into: there are too many."))
    });
    el("section")
        .class("diff-origins")
        .attr("aria-label", "What first differed upstream")
        .child(el("h2").child("What first differed upstream"))
        .child(el("div").class("diff-lists").children(lists))
        .children(more)
        .children(over)
        .children(left)
}

fn origin(origin: OriginPath, all: Callback<()>) -> El {
    let name = origin.path.last().map(|row| format!("{}{} {}", row.lead, row.label, row.note));
    let title = format!("{} {}", name.unwrap_or_default().trim_end(), origin.why);
    section(plain(Section { title, rows: origin.path, ..Section::default() }), all)
}

/// The beginnings of uuids are to be read, not copied.
fn plain(mut section: Section) -> Section {
    for row in &mut section.rows {
        let Row { value, .. } = row;
        if let Value::Id(id) = value {
            *value = Value::Text(std::mem::take(id));
        }
    }
    section
}
