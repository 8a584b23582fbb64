//! What stands over the table of an impact: of what it is, how much it is, and where it lies.
use leptos::prelude::*;
use web_sys::Event;

use crate::events::Id;
use crate::facts::{standing_word, vocabulary};
use crate::history::{InstanceId, Split, Standing};
use crate::route::{NodeKind, NodeRef, Page};
use crate::scene::{Status, Tone};
use crate::tour::Step;
use crate::view::clamp::clamped;
use crate::view::el::{El, button, el, live, live_all};
use crate::view::impact::{Answer, Listing};
use crate::view::offered::offered;
use crate::view::reference::breakable;
use crate::view::section::page_link;
use crate::view::state::App;
use crate::view::status::{chip, share, tally};
use crate::view::tour;
use crate::words::{Topic, count, counted};

/// Datasets and hops beyond these are counted in one line.
const MAX_LINES: usize = 8;

/// The head of the page.
pub(super) fn impact_head(listing: Listing) -> El {
    let with =
        move |piece: fn(&Answer) -> El| live_all(move || listing.ask(|answer| piece(answer)));
    let roots = move || {
        listing.ask(|answer| {
            let roots = answer.impact.roots.iter().enumerate();
            roots.map(|(at, &root)| root_line(answer, at, root)).collect::<Vec<_>>()
        })
    };
    let roots = live_all(move || roots().unwrap_or_default());
    tour::seen_at(&[Step::Impact], el("header").class("impact-head"))
        .child(with(question))
        .child(el("div").class("impact-roots").child(roots).child(add_root(listing)))
        .child(with(said))
        .child(with(|answer| {
            let n_stale = answer.table.stale_by_hop.iter().sum();
            tally(&statuses(answer.impact.total(), n_stale))
        }))
        .child(el("div").class("impact-tables").child(with(by_hop)).child(with(by_dataset)))
}

fn question(answer: &Answer) -> El {
    let has_taints = vocabulary(answer.snapshot.history()).has_misses;
    el("p").class("dim").child(if has_taints {
        "What would a taint touch?"
    } else {
        "What uses it?"
    })
}

/// How much it is, and how much of it would become stale.
fn said(answer: &Answer) -> El {
    let impact = &answer.impact;
    let hops = counted(impact.by_hop.len() as u64, "hop", "hops");
    let read_by = match impact.total().n() {
        0 => "Nothing live was built from it.".to_owned(),
        n => {
            format!("{} built from it, over {hops}.", counted(n, "live instance", "live instances"))
        }
    };
    let newly = impact.newly_stale(answer.snapshot.stale()).count() as u64;
    let has_taints = vocabulary(answer.snapshot.history()).has_misses;
    let now = if has_taints { "Tainted now" } else { "Written anew now" };
    let newly = match newly {
        0 => format!("{now}, it would make nothing stale that is not so already."),
        n => format!("{now}, it would make {} more of them stale.", count(n)),
    };
    el("p").class("impact-said").child(el("strong").child(read_by)).child(" ").child(newly)
}

/// One of what is asked about. All but the first can be taken away.
fn root_line(answer: &Answer, at: usize, root: InstanceId) -> El {
    let app = App::here();
    let asof = answer.snapshot.asof();
    let partition = asof.history.instances.partition.get(root.index());
    let name = partition.map_or("", |it| asof.history.names.partitions.text(it)).to_owned();
    let uuid = asof.history.uuid_of(root);
    let short: String = uuid.chars().take(8).collect();
    let node = NodeRef::new(NodeKind::Partition, name.clone());
    let away = (at > 0).then(|| {
        let press = move || app.update_route(|route| route.toggle_pin(node.clone()));
        button("link-button").press(press).child("leave out")
    });
    let words =
        clamped(el(if at == 0 { "h1" } else { "h2" }).child(breakable(&name)), name.clone());
    el("div")
        .class("impact-root")
        .children(words)
        .child(el("code").attr("title", uuid.clone()).child(short))
        .children(asof.instance_status(root).map(Status::from).map(chip))
        .child(page_link(Page::instance(name, uuid)).child("lineage"))
        .children(away)
}

/// Where another partition is typed or chosen, to be asked about as well; it holds once Enter is pressed
/// or the keyboard goes on. Nothing built of it is said, and changes nothing.
fn add_root(listing: Listing) -> El {
    let app = App::here();
    let said = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let change = move |event: Event| {
        let name = event_target_value(&event).trim().to_owned();
        let root = untrack(|| listing.ask(|answer| root_of(answer, &name))).flatten();
        said.set(match root {
            _ if name.is_empty() => String::new(),
            None => format!("This log has no {} “{name}”.", untrack(|| app.words().partition)),
            Some(Root::NotBuilt) => format!("Nothing was built of {name} by now."),
            Some(Root::Asked) => "It is asked about.".to_owned(),
            Some(Root::New) => {
                let node = NodeRef::new(NodeKind::Partition, name);
                app.update_route(|route| route.toggle_pin(node));
                typed.set(String::new());
                String::new()
            }
        });
        app.say(Topic::Amount, said.get_untracked());
    };
    let field = el("input")
        .attr("id", "impact-add")
        .attr("list", "impact-add-refs")
        .class("field")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "Add a root")
        .attr("aria-label", "Ask about another one together with it")
        .live(".value", move || Some(typed.get()))
        .on("input", move |event| typed.set(event_target_value(&event)))
        .on("change", change);
    let options = offered(app, typed, "impact-add-refs");
    let status = el("span").class("dim").child(live(move || said.get()));
    el("p").class("impact-add").child(field).child(options).child(status)
}

/// What another partition would be as a root.
enum Root {
    /// Nothing was built of it by now.
    NotBuilt,
    /// It is one already.
    Asked,
    New,
}

/// None for one that the log has not.
fn root_of(answer: &Answer, name: &str) -> Option<Root> {
    let partition = answer.snapshot.history().names.partitions.find(name)?;
    Some(match answer.snapshot.asof().impact_root(partition) {
        None => Root::NotBuilt,
        Some(root) if answer.impact.roots.contains(&root) => Root::Asked,
        Some(_) => Root::New,
    })
}

/// How many stand how, as statuses. Current ones that are stale are apart: no bar is green over them.
fn statuses(split: Split, n_stale: u64) -> Vec<(Status, u64)> {
    let status = |standing, tone| Status { tone, word: standing_word(standing) };
    let all = [
        (status(Standing::Current, Tone::Good), split.current.saturating_sub(n_stale)),
        (Status { tone: Tone::Stale, word: "current, stale" }, n_stale),
        (status(Standing::Superseded, Tone::Idle), split.superseded),
        (status(Standing::Tainted, Tone::Tainted), split.tainted),
    ];
    all.into_iter().filter(|(_, n)| *n > 0).collect()
}

fn by_hop(answer: &Answer) -> El {
    let splits = answer.impact.by_hop.iter().zip(&answer.table.stale_by_hop);
    let one = |(at, (split, &n_stale)): (usize, (&Split, &u64))| {
        (format!("hop {}", at + 1), statuses(*split, n_stale))
    };
    lines("By hop", splits.enumerate().map(one).collect())
}

fn by_dataset(answer: &Answer) -> El {
    let datasets = answer.table.datasets.iter();
    lines(
        "By dataset",
        datasets.map(|it| (it.pattern.clone(), statuses(it.split, it.n_stale))).collect(),
    )
}

/// Names, and how many stand how.
fn lines(title: &'static str, all: Vec<(String, Vec<(Status, u64)>)>) -> El {
    if all.is_empty() {
        return el("span");
    }
    let n_more = all.len().saturating_sub(MAX_LINES);
    let n_of = |statuses: &[(Status, u64)]| statuses.iter().map(|(_, n)| n).sum::<u64>();
    let rest = all.iter().skip(MAX_LINES).map(|(_, statuses)| n_of(statuses)).sum();
    let line = |(name, statuses): (String, Vec<(Status, u64)>)| {
        el("tr")
            .child(el("th").attr("scope", "row").attr("title", name.clone()).child(name))
            .child(el("td").child(share(&statuses)))
            .child(el("td").class("number").child(count(n_of(&statuses))))
    };
    let more = (n_more > 0).then(|| {
        el("tr")
            .child(el("th").attr("scope", "row").child(format!("{} more", count(n_more as u64))))
            .child(el("td"))
            .child(el("td").class("number").child(count(rest)))
    });
    let lines = all.into_iter().take(MAX_LINES).map(line);
    let body = el("tbody").children(lines).children(more);
    el("table").class("impact-table").child(el("caption").child(title)).child(body)
}
