//! What differs between two versions of a partition, or why there are no two to compare.
use std::sync::Arc;

use leptos::prelude::*;

use crate::route::Page;
use crate::scene::text::split_ref;
use crate::view::clamp::clamped;
use crate::view::diff_choice::{Compared, NoPair, compare};
use crate::view::diff_choosers::choosers;
use crate::view::diff_told::{same, told};
use crate::view::el::{El, Pieces, el, live, live_all};
use crate::view::entity::not_here;
use crate::view::state::App;

type Answered = Option<Result<Arc<Compared>, NoPair>>;

/// The page.
pub fn diff_page() -> Pieces {
    let app = App::here();
    let page = Memo::new(move |_| app.route_with(|route| route.page.clone()));
    let answer: Memo<Answered> = Memo::new_with_compare(
        move |_| app.snapshot().map(|snapshot| compare(snapshot, &page.get())),
        |_, _| true,
    );
    // What can be chosen stays, and with it the keyboard, for as long as it is the same.
    let choice = Memo::new(move |_| answer.with(name_of_choice));
    let shown = move || match answer.get() {
        None => el("div"),
        Some(Err(why)) => no_pair(&why),
        Some(Ok(compared)) => whole(&compared),
    };
    let anew = move || {
        choice.track();
        live(shown)
    };
    Pieces::new([live(anew)])
}

fn name_of_choice(answer: &Answered) -> String {
    let Some(Ok(compared)) = answer else { return String::new() };
    let windows = compared.pair().map(|pair| {
        let (before, after) = (compared.window(pair.before), compared.window(pair.after));
        (before.start, after.start)
    });
    let (before, after) = windows.unwrap_or_default();
    let snapshot = Arc::as_ptr(&compared.snapshot).addr();
    format!("{snapshot} {before} {after} {}", compared.partition)
}

/// Why there are no two versions, and one next step.
fn no_pair(why: &NoPair) -> El {
    let (title, sentence, words, page) = match why {
        NoPair::Unknown(why) => return not_here(why),
        NoPair::Alone(partition) => (
            "Nothing to compare",
            format!("At this moment the log has no second version of {partition}."),
            "Show where it came from",
            Page::partition(partition.clone()),
        ),
        NoPair::First(partition, page) => (
            "Nothing before it",
            format!("This is the first version of {partition}; there is none before it."),
            "Compare it with the next one",
            page.clone(),
        ),
    };
    el("div")
        .class("empty notice-page")
        .child(el("h1").child(title))
        .child(el("p").child(sentence))
        .child(step(words, page))
}

/// One next step.
pub fn step(words: &'static str, page: Page) -> El {
    let app = App::here();
    let link = el("a").class("button").live("href", move || Some(app.href(page.clone())));
    el("p").child(link.child(words))
}

fn whole(compared: &Arc<Compared>) -> El {
    let (lead, name, which) = split_ref(&compared.partition);
    let name =
        el("h1").child(el("span").class("side-lead").child(lead.to_owned())).child(name.to_owned());
    let which = (!which.is_empty()).then(|| el("p").class("side-which").child(which.to_owned()));
    let head = el("header")
        .class("diff-head")
        .child(el("p").class("dim").child("What differs between two versions?"))
        .children(clamped(name, compared.partition.clone()))
        .children(which)
        .children(compared.pair().map(|pair| choosers(compared, pair)));
    let compared = Arc::clone(compared);
    let is_whole = RwSignal::new(false);
    let told = move || match compared.pair() {
        Some(pair) if pair.before == pair.after => vec![same(&compared, pair.before)],
        Some(pair) => told(&compared, pair, is_whole),
        None => Vec::new(),
    };
    el("div").class("diff").child(head).child(live_all(told))
}
