//! The line over a log of which not everything is shown: what is missing, why, and what to do.
use crate::events::{Budget, Early};
use crate::view::el::{El, el};
use crate::view::opening::budget;
use crate::view::state::App;
use crate::web::{LeftOut, Loaded, Partial, hash};
use crate::words::{bytes, counted};

/// So many inputs that were left out are named.
const NAMED: usize = 3;

/// The line; none over a whole log.
pub fn partial_banner() -> Option<El> {
    let log = App::here().log()?;
    let partial = &log.partial;
    if partial.is_none() {
        return None;
    }
    let banner = el("div")
        .class("banner banner-partial")
        .attr("data-partial", reason(partial))
        .child(el("span").children(words(&log)));
    let more = budget().more().filter(|_| partial.stopped == Some(Early::OutOfMemory));
    Some(banner.children(more.map(more_link)))
}

/// What the line says. Tracked.
pub fn partial_words(app: App) -> Option<String> {
    app.log().and_then(|log| words(&log))
}

fn words(log: &Loaded) -> Option<String> {
    let partial = &log.partial;
    if partial.is_none() {
        return None;
    }
    let n_events = counted(log.history.log.len() as u64, "event", "events");
    let mut said = vec![format!("This is a part of the log, {n_events}.")];
    said.extend(stopped(partial));
    said.extend(left_out(&partial.left_out));
    Some(said.join(" "))
}

/// A word that tests and embedders may rely on.
fn reason(partial: &Partial) -> &'static str {
    partial.stopped.map_or("left-out", Early::word)
}

fn stopped(partial: &Partial) -> Option<String> {
    let why = match partial.stopped? {
        Early::OutOfMemory => {
            let budget = bytes(budget().n_bytes());
            format!(
                "Reading stopped where its memory of {budget} was used up; give it more, or open a \
                 shorter log."
            )
        }
        _ => "Reading was stopped on request; open the log again to read all of it.".to_owned(),
    };
    let unread = match partial.n_unread as u64 {
        0 => String::new(),
        n => format!(" {} not opened.", counted(n, "file was", "files were")),
    };
    Some(format!("{why}{unread}"))
}

fn left_out(left_out: &[LeftOut]) -> Option<String> {
    let n = left_out.len();
    let named = left_out.iter().take(NAMED).map(|it| format!("{} {}", it.name, it.why.words()));
    let named = named.collect::<Vec<_>>().join("; ");
    let rest = if n > NAMED { "; and so on" } else { "" };
    let left_out = counted(n as u64, "file was left out", "files were left out");
    (n > 0).then(|| format!("{left_out}: {named}{rest}."))
}

/// The same address with more memory, which reads the log again.
fn more_link(more: Budget) -> El {
    let words = format!("Read it with {}", bytes(more.n_bytes()));
    let address = hash::with_query("memory", &more.megabytes().to_string());
    el("a").class("button").attr("href", address).child(words)
}
