//! Logs that were opened before, where the reader wishes that they are kept; and the page itself, kept
//! for when there is no network. All of it in this browser alone, told with its size, and let go at a press.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::view::el::{Child, El, button, el, live_all};
use crate::view::state::App;
use crate::view::when::when;
use crate::web::recent::{self, MAX_BYTES, MAX_LOGS, Recent};
use crate::web::{dom, offline};
use crate::words::{bytes, counted};

/// What is known of the logs that are kept.
#[derive(Clone, Debug)]
enum Kept {
    /// The browser has not answered yet.
    Unknown,
    /// The reader does not wish it.
    Unwished,
    /// The browser keeps nothing for this page.
    Refused,
    Logs(Vec<Recent>),
}

type Shown = RwSignal<Kept, LocalStorage>;

/// Both.
pub fn kept_here() -> Child {
    let app = App::here();
    let shown: Shown = RwSignal::new_local(Kept::Unknown);
    look(shown);
    let body = live_all(move || {
        dom::keep_focus_in(".recent");
        match shown.get() {
        Kept::Unknown => Vec::new(),
        Kept::Unwished => unwished(app, shown),
        Kept::Refused => vec![el("p").class("dim").child(
            "This browser keeps nothing for this page: in a closed frame, in private windows and of some \
             files on a disk it does not. Logs are opened anew each time.",
        )],
        Kept::Logs(logs) => listed(app, shown, logs),
    }
    });
    let heading = el("h2").child("Recent logs");
    el("section")
        .class("recent")
        .attr("tabindex", "-1")
        .attr("aria-label", "Recent logs")
        .child(heading)
        .child(body)
        .child(page_kept())
        .into()
}

/// Asks the browser.
fn look(shown: Shown) {
    if !recent::is_wished() {
        // Whoever cannot keep the wish keeps no logs.
        let kept = if recent::wish(false) { Kept::Unwished } else { Kept::Refused };
        return shown.set(kept);
    }
    spawn_local(async move {
        let logs = recent::all().await.map_or(Kept::Refused, Kept::Logs);
        // The page may have gone on.
        let _ = shown.try_set(logs);
    });
}

fn what_is_kept() -> String {
    format!(
        "The last {MAX_LOGS}, in this browser alone, never sent anywhere: of files and pasted text the bytes, up to {} \
         a log; of fetched logs the address.",
        bytes(MAX_BYTES)
    )
}

fn unwished(app: App, shown: Shown) -> Vec<El> {
    let keep = move || {
        if !recent::wish(true) {
            return shown.set(Kept::Refused);
        }
        spawn_local(async move {
            // What is shown is wished, too; that it cannot be kept is said by the list.
            app.keep_shown().await;
            look(shown);
        });
    };
    let told = format!("None are kept unless you wish it. {}", what_is_kept());
    vec![
        el("p").class("dim").child(told),
        el("div")
            .class("actions")
            .child(button("button").press(keep).child("Keep the logs that I open")),
    ]
}

fn listed(app: App, shown: Shown, logs: Vec<Recent>) -> Vec<El> {
    let n_bytes = logs.iter().map(|log| log.n_bytes_kept).sum();
    let total = match logs.len() as u64 {
        0 => "Logs that you open from now on are kept.".to_owned(),
        n => format!("{} · {} in this browser.", counted(n, "log", "logs"), bytes(n_bytes)),
    };
    let forget = move |and_stop: bool| {
        if and_stop {
            recent::wish(false);
        }
        spawn_local(async move {
            let is_done = recent::clear().await.is_ok();
            if is_done {
                look(shown);
            } else {
                let _ = shown.try_set(Kept::Refused);
            }
        });
    };
    let clear = button("button").flag("disabled", logs.is_empty()).press(move || forget(false));
    let stop = button("button").press(move || forget(true));
    let lines = logs.into_iter().map(|log| line(app, shown, log));
    vec![
        el("ul").children(lines),
        el("p").class("dim").child(format!("{total} {}", what_is_kept())),
        el("div")
            .class("actions")
            .child(clear.child("Forget all"))
            .child(stop.child("Keep no logs")),
    ]
}

fn line(app: App, shown: Shown, log: Recent) -> El {
    let (key, name) = (log.key.clone(), log.name.clone());
    let remove = move || {
        let key = key.clone();
        spawn_local(async move {
            // What could not be removed is still in the list.
            let _ = recent::remove(&key).await;
            look(shown);
        });
    };
    let forget =
        button("copy").attr("aria-label", format!("Forget {name}")).press(remove).child("Forget");
    let facts = el("span").class("dim number").child(format!("{} · ", bytes(log.n_bytes)));
    let facts = facts.child(when(log.millis.saturating_mul(1_000_000)));
    let title = if log.origins.is_empty() {
        let why = "larger than what is kept: open it from its file again";
        el("span").child(format!("{name} ({why})"))
    } else {
        let log = StoredValue::new_local(log);
        let open = move || app.open_kept(log.with_value(|log| log.origins.clone()));
        button("link-button").press(open).child(name)
    };
    el("li").child(title).child(facts).child(forget)
}

impl App {
    /// Keeps the log that was opened last, where the reader wishes that.
    pub(super) fn keep_if_wished(self) {
        if recent::is_wished() {
            spawn_local(self.keep_shown());
        }
    }

    /// Keeps the log that was opened last, if the reader has asked for it.
    async fn keep_shown(self) {
        let log = self.log.get_untracked();
        let (asked, is_own) =
            self.handles.with_value(|handles| (handles.asked.clone(), handles.is_own));
        if let Some(log) = log.filter(|_| is_own) {
            let name = log.inputs.first().map(|input| input.name.clone()).unwrap_or_default();
            let name = match log.inputs.len() {
                0 | 1 => name,
                n => format!("{name} and {} more", n - 1),
            };
            let n_bytes = log.inputs.iter().map(|input| input.n_bytes).sum();
            // What is not kept is not in the list.
            let _ = recent::keep(&asked, &name, n_bytes).await;
        }
    }
}

/// Keeps the page itself, where the browser and the reader let it.
pub fn keep_page() {
    if offline::is_offered() && offline::is_wished() {
        // A page that is not kept is as good as any, and no line says that it is.
        spawn_local(async { drop(offline::keep().await) });
    }
}

/// That the page itself is kept, once it is, and the way out of that.
fn page_kept() -> Child {
    let is_kept = RwSignal::new(None);
    let keep = move || {
        spawn_local(async move {
            if offline::keep().await.is_ok() {
                let _ = is_kept.try_set(Some(true));
            }
        });
    };
    let drop_all = move || {
        spawn_local(async move {
            if offline::drop_all().await.is_ok() {
                let _ = is_kept.try_set(Some(false));
            }
        });
    };
    if offline::is_offered() {
        if offline::is_wished() { keep() } else { is_kept.set(Some(false)) }
    }
    live_all(move || {
        let is_kept = is_kept.get()?;
        let line = el("p").class("recent-page");
        Some(if is_kept {
            let words = "This page is kept in this browser, and opens without a network. Logs are no part of that.";
            line.child(el("span").class("dim").child(words))
                .child(button("button").press(drop_all).child("Do not keep the page"))
        } else {
            let words = "This page needs its host each time.";
            line.child(el("span").class("dim").child(words)).child(
                button("button").press(keep).child("Keep the page for use without a network"),
            )
        })
    })
}
