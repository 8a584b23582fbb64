//! What a want waited for, second by second.
use crate::oracle::history::{Attempt, Twin};

/// A letter for each second: `q` queued, `r` running, `w` waiting, `i` idle, `.` nothing.
pub type Letters = String;

/// The want, its runs, the wants that they caused, and so on.
pub fn rows(twin: &Twin<'_>, want: &str, now: usize) -> Vec<String> {
    let mut rows = Vec::new();
    want_rows(twin, want, now, 0, &mut rows);
    rows
}

fn push(rows: &mut Vec<String>, depth: usize, name: &str, letters: impl Fn() -> Letters) -> bool {
    let is_new = rows.iter().all(|row| row.split_whitespace().next() != Some(name));
    if is_new {
        rows.push(format!("{name} {depth} {}", letters()));
    }
    is_new
}

fn want_rows(twin: &Twin<'_>, want: &str, now: usize, depth: usize, rows: &mut Vec<String>) {
    let open = |t| twin.created(want).is_some_and(|created| created <= t) && is_open(twin, want, t);
    let letters = || (0..now).map(|t| if open(t) { 'w' } else { '.' }).collect();
    if push(rows, depth, want, letters) {
        for run in twin.runs_for(want) {
            run_rows(twin, run, now, depth + 1, rows);
        }
    }
}

fn run_rows(twin: &Twin<'_>, run: &str, now: usize, depth: usize, rows: &mut Vec<String>) {
    let letters = || (0..now).map(|t| letter(twin, run, t, now)).collect();
    if push(rows, depth, run, letters) {
        for want in twin.caused_by(run) {
            want_rows(twin, want, now, depth + 1, rows);
        }
    }
}

/// Neither done nor canceled.
fn is_open(twin: &Twin<'_>, want: &str, t: usize) -> bool {
    twin.done(want).or(twin.canceled(want)).is_none_or(|end| end > t)
}

fn letter(twin: &Twin<'_>, run: &str, t: usize, now: usize) -> char {
    let attempts = twin.attempts_of(run);
    let Some(at) = attempts.iter().rposition(|attempt| attempt.start <= t) else { return '.' };
    let attempt = attempts[at];
    if let Some(letter) = at_work(attempt, t) {
        return letter;
    }
    let continued =
        || (0..=now).find(|&when| twin.links(when).iter().any(|(_, earlier)| earlier == run));
    let next = attempts.get(at + 1).map(|next| next.start).or_else(continued);
    let caused = twin.wants_created().into_iter();
    let mut caused = caused.filter(|want| twin.cause_attempt(want) == Some(attempt));
    if next.is_some_and(|next| next <= t) {
        '.'
    } else if caused.any(|want| is_open(twin, want, t)) {
        'w'
    } else if next.is_some() {
        'i'
    } else {
        '.'
    }
}

fn at_work(attempt: &Attempt, t: usize) -> Option<char> {
    let is_over = attempt.end.is_some_and(|(end, _)| end <= t);
    if attempt.start > t || is_over {
        return None;
    }
    Some(if attempt.first_heartbeat.is_some_and(|heard| heard <= t) { 'r' } else { 'q' })
}

/// Where the time of `want` went along `runs`: for each second a letter and a run.
pub fn spent(twin: &Twin<'_>, want: &str, runs: &[String], now: usize) -> Vec<String> {
    let mut attempts: Vec<&Attempt> = Vec::new();
    for run in runs {
        let piece = twin.piece_of(run);
        let n = piece.iter().position(|other| other == run).unwrap_or_default();
        attempts.extend(piece[..=n].iter().flat_map(|earlier| twin.attempts_of(earlier)));
    }
    attempts.sort_by_key(|attempt| attempt.start);
    attempts.dedup();
    let Some(created) = twin.created(want) else { return Vec::new() };
    let until = twin.done(want).or(twin.canceled(want)).unwrap_or(now);
    let second = |t: usize| {
        if let Some((attempt, letter)) =
            attempts.iter().find_map(|attempt| Some((attempt, at_work(attempt, t)?)))
        {
            return format!("{letter} {}", attempt.run);
        }
        let before = attempts.iter().rfind(|attempt| attempt.start <= t);
        let next = attempts.iter().find(|attempt| attempt.start > t);
        match before {
            Some(missed) if missed.status() == "dep-miss" => format!("w {}", missed.run),
            _ => format!("i {}", next.map_or("", |next| &next.run)),
        }
    };
    (created..until).map(second).collect()
}

/// Why the want is not done, link by link.
pub fn chain(twin: &Twin<'_>, want: &str) -> Vec<String> {
    let mut chain = Vec::new();
    follow(twin, want, &mut Vec::new(), &mut chain);
    chain
}

fn follow(twin: &Twin<'_>, want: &str, seen: &mut Vec<String>, chain: &mut Vec<String>) {
    match twin.want_status(want) {
        Some("successful") => return,
        Some("canceled") => return chain.push(format!("{want}: Canceled")),
        _ if seen.contains(&want.to_owned()) => return chain.push(format!("{want}: Circle")),
        _ => seen.push(want.to_owned()),
    }
    let mut open: Vec<(usize, &str, String)> = Vec::new();
    for partition in twin.requested(want) {
        let verdict = twin.verdict(want, partition).unwrap_or_default();
        open.extend(rank(&verdict).map(|rank| (rank, partition, verdict)));
    }
    let Some(least) = open.iter().map(|(rank, ..)| *rank).min() else {
        let why = if twin.created(want).is_some() { "AsksNothing" } else { "NotCreated" };
        return chain.push(format!("{want}: {why}"));
    };
    let n_more = open.len() - 1;
    let Some((_, partition, verdict)) = open.into_iter().find(|(rank, ..)| *rank == least) else {
        return;
    };
    chain.push(format!("{want}: waits for {partition} +{n_more}"));
    let newest = twin.newest_attempt(partition);
    let run = newest.map_or(partition, |attempt| attempt.run.as_str());
    let wants: Vec<&str> =
        verdict.split_once(": ").map_or(Vec::new(), |(_, wants)| wants.split(' ').collect());
    let next = wants.first().filter(|want| !want.is_empty());
    let more = wants.len().saturating_sub(1);
    chain.push(match (least, next) {
        (0, _) => format!("{run}: Failed"),
        (1, Some(next)) => format!("{run}: upstream failed {next} +{more}"),
        (2, _) => format!("{run}: Canceled"),
        (3, _) => format!("{run}: UpForRetry"),
        (4, Some(next)) => format!("{run}: missed {next} +{more}"),
        (5, _) => match newest.map(Attempt::status) {
            Some("running") => format!("{run}: Running"),
            _ => format!("{run}: Queued"),
        },
        _ => format!("{partition}: NotStarted"),
    });
    if let Some(next) = next {
        follow(twin, next, seen, chain);
    }
}

fn rank(verdict: &str) -> Option<usize> {
    let is_waiting = verdict.contains(" waits for: ");
    Some(match verdict {
        _ if verdict.starts_with("failed ") => 0,
        _ if verdict.starts_with("upstream failed ") => 1,
        "canceled" => 2,
        _ if is_waiting && verdict.ends_with(": ") => 3,
        _ if is_waiting => 4,
        _ if verdict.starts_with("building ") => 5,
        "not started" => 6,
        _ => return None,
    })
}
