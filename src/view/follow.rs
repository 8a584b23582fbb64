//! Following a log that is being written: the button, the words beside it, and the loop behind both.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::commands::Command;
use crate::facts::vocabulary;
use crate::history::{Changes, as_of, changes};
use crate::view::doing::by_command;
use crate::view::el::{El, el, live};
use crate::view::header::plain_button;
use crate::view::opening::budget;
use crate::view::state::{App, Follow};
use crate::web::follow::{Follower, Stop};
use crate::web::task::{Cancel, sleep, yield_now};
use crate::web::{Error, Loaded, Origin, dom, handles};
use crate::words::{Topic, Vocabulary, counted};

/// Between two looks at the log, in seconds.
const EVERY_SECONDS: f64 = 5.0;

/// After failures the wait doubles, so often at most.
const MAX_DOUBLINGS: u32 = 4;

/// The button.
pub fn follow_button(app: App) -> El {
    let is_on = move || matches!(app.follow.get(), Follow::Reading | Follow::On { .. });
    by_command(plain_button(), Command::Follow)
        .attr("title", "Show what is added to this log, while it is written")
        .live("aria-pressed", move || Some(is_on().to_string()))
        .press(move || if is_on() { app.unfollow() } else { begin(app) })
        .child("Follow")
}

/// The line below the bar that says how it is; it is not there before the reader asks.
pub fn follow_line(app: App) -> El {
    let is_off = move || app.follow.with(|follow| *follow == Follow::Off);
    let words = Memo::new(move |_| app.follow.with(told));
    Effect::new(move || app.say(Topic::Amount, words.get()));
    el("p")
        .class("follow-words")
        .live("hidden", move || is_off().then(String::new))
        .child(live(move || words.get()))
}

fn told(follow: &Follow) -> String {
    match follow {
        Follow::Off => String::new(),
        Follow::Reading => "Reading the log once more, to follow it.".to_owned(),
        Follow::On { n_new, news, sends_whole, trouble } => {
            let mut words = match n_new {
                0 => "Following this log.".to_owned(),
                &n => format!("Following this log · {}", counted(n, "new event", "new events")),
            };
            if !news.is_empty() {
                words.push_str(" · since the last look: ");
                words.push_str(news);
            }
            if *sends_whole {
                words.push_str(" · the host sends the whole log each time");
            }
            if let Some(trouble) = trouble {
                words = format!("{words} · {trouble} Trying again.");
            }
            words
        }
        Follow::Over(why) => why.clone(),
    }
}

fn begin(app: App) {
    let origin = app.handles.with_value(|handles| match &*handles.origins {
        [origin @ (Origin::Address(_) | Origin::File { handle: Some(_), .. })] => Ok(origin.clone()),
        [Origin::File { .. }] if handles::are_given() => Err("Not followed: this file stays as it was when it was handed over. Drop it by itself, or choose it by itself, and it can be."),
        [Origin::File { .. }] => Err("Not followed: this browser hands a file over as it was, and does not read it again. Serve it, and open its address."),
        [_] => Err("Not followed: a text stays as it was when it was opened. Serve it as a file, and open its address."),
        _ => Err("Not followed: this log is several. Open the one that grows by itself."),
    });
    app.unfollow();
    match origin {
        Err(why) => app.follow.set(Follow::Over(why.to_owned())),
        Ok(origin) => {
            let work = Cancel::new();
            app.handles.update_value(|handles| handles.following = Some(work.clone()));
            app.follow.set(Follow::Reading);
            spawn_local(async move {
                // Called off, it has nothing more to say.
                if let Ok(Err(stop)) = work.unless_canceled(Box::pin(run(app, origin, &work))).await
                    && !work.is_canceled()
                {
                    app.follow.set(Follow::Over(why_over(&stop)));
                }
            });
        }
    }
}

async fn run(app: App, origin: Origin, work: &Cancel) -> Result<(), Stop> {
    let mut follower = Follower::begin(&origin, budget(), work).await?;
    if n_bytes_shown(app) != Some(follower.n_bytes()) {
        take(app, &mut follower).await?;
    }
    let mut n_failed = 0;
    let mut n_new = 0;
    let mut news = String::new();
    loop {
        let trouble = match look(app, &mut follower, work).await {
            Ok(found) => {
                n_failed = 0;
                if let Some((n, words)) = found {
                    n_new += n;
                    news = words;
                }
                None
            }
            Err(Stop::Failed(error)) if !matches!(error, Error::Worker(_)) => {
                n_failed = (n_failed + 1).min(MAX_DOUBLINGS);
                Some(error.sentence())
            }
            Err(stop) => return Err(stop),
        };
        let now =
            Follow::On { n_new, news: news.clone(), sends_whole: follower.sends_whole, trouble };
        if app.follow.with_untracked(|before| *before != now) {
            app.follow.set(now);
        }
        let millis = every_millis() << n_failed;
        sleep(millis).await;
        while dom::is_hidden() {
            sleep(millis).await;
        }
    }
}

/// How many events are new, and what they have changed, if anything has come.
async fn look(app: App, follower: &mut Follower, work: &Cancel) -> Result<Option<News>, Stop> {
    if follower.look(work).await? { take(app, follower).await.map(Some) } else { Ok(None) }
}

type News = (u64, String);

async fn take(app: App, follower: &mut Follower) -> Result<News, Stop> {
    let (n_before, end) = app.log.with_untracked(|log| {
        let log = log.as_ref();
        (log.map_or(0, |log| n_events(log)), log.and_then(|it| it.history.log.seqs().next_back()))
    });
    let log = Arc::new(follower.so_far().await?);
    let n_new = n_events(&log).saturating_sub(n_before);
    let ahead = app.look_ahead(log, false).await;
    let origin = follower.origin().clone();
    app.handles.update_value(|handles| handles.origins = vec![origin]);
    // The history tells what it was before as well, in the ids of now.
    let before = end.map(|end| as_of(&ahead.log.history, Some(end)));
    yield_now().await;
    let found = before.as_ref().map(|it| changes(it.of(&ahead.log.history), ahead.asof()));
    yield_now().await;
    let words = vocabulary(&ahead.log.history);
    let told = if app.show_more(ahead, before) {
        found.map_or_else(String::new, |it| told_changes(&it, words))
    } else {
        "some of it is older than what was there, so nothing is marked".to_owned()
    };
    Ok((n_new, told))
}

/// `1 want new, 2 job runs changed`; the parts that there are.
fn told_changes(found: &Changes, words: &Vocabulary) -> String {
    let kinds = [
        (found.wants, words.want, words.wants),
        (found.runs, "job run", "job runs"),
        (found.instances, "version", "versions"),
    ];
    let part = |n: u64, one: &str, many: &str, word: &str| {
        (n > 0).then(|| format!("{} {word}", counted(n, one, many)))
    };
    let parts = kinds.into_iter().flat_map(|(counts, one, many)| {
        [part(counts.n_new, one, many, "new"), part(counts.n_changed, one, many, "changed")]
    });
    let parts: Vec<String> = parts.flatten().collect();
    if parts.is_empty() { "no status has changed".to_owned() } else { parts.join(", ") }
}

fn n_events(log: &Loaded) -> u64 {
    log.history.log.len() as u64
}

fn n_bytes_shown(app: App) -> Option<u64> {
    let n_bytes = |log: &Arc<Loaded>| log.inputs.first().map(|input| input.n_bytes);
    app.log.with_untracked(|log| log.as_ref().and_then(n_bytes))
}

fn why_over(stop: &Stop) -> String {
    match stop {
        Stop::Failed(error) => format!("No longer followed: {}", error.sentence()),
        Stop::Replaced => "No longer followed: the log was replaced or cut. Open it anew.".to_owned(),
        Stop::NotLines => {
            "Not followed: only plain lines grow at their end; this log is compressed, a list or an array."
                .to_owned()
        }
        Stop::OutOfMemory => "No longer followed: there is not the memory for it. See ?memory=.".to_owned(),
    }
}

/// `?every=` in seconds.
#[expect(clippy::cast_possible_truncation, reason = "clamped to a minute or so")]
fn every_millis() -> i32 {
    let asked = dom::query_values("every");
    let seconds = asked.first().and_then(|text| text.parse().ok()).unwrap_or(EVERY_SECONDS);
    (seconds.clamp(0.2, 60.0) * 1_000.0) as i32
}
