//! Where a list has nothing in it: why, and what may be done about it.
use crate::facts::{Empty, Step, Why};
use crate::view::el::{El, button, el};
use crate::view::state::App;

/// The reason, with the link to where there is something.
pub fn empty(why: Why) -> El {
    empty_or(why, || {})
}

/// The same; a press on its button asks for less.
pub fn empty_or(why: Why, less: impl Fn() + Send + Sync + 'static) -> El {
    let Why { says, step } = why;
    let step = step.map(|(words, step)| match step {
        Step::Less => button("link-button").press(less).child(words),
        step => step_link(step).class("thing-link").child(words),
    });
    el("div").class("empty-list").child(el("p").child(says)).children(step)
}

/// The link of a step, without words or a class.
pub fn step_link(step: Step) -> El {
    let app = App::here();
    let href = move || match &step {
        Step::Page(page) => app.href(page.clone()),
        Step::End | Step::Less => app.route_with(|it| it.clone().with_at(None).to_string()),
    };
    el("a").live("href", move || Some(href()))
}

/// The reason as of the page's moment.
pub fn empty_now(reason: Empty) -> El {
    empty(App::here().ask(|asof| reason.why(asof)))
}
