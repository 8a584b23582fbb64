//! What a want waited for, where its time went, and why it is not done: by hand; on random
//! logs beside this file.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
mod properties;

use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::facts::{Row, Share, Value, Waterfall, waterfall};
use lineage::graph::{Key, Link, Why};
use lineage::history::{History, as_of, replay};

use crate::fixture::{FIRST_SECOND, decode, log};
use crate::story::troubles;

const NANOS: u64 = 1_000_000_000;

/// Gamma misses beta, beta misses alpha; alpha fails once; between two of them an hour goes by.
const MISSES: &str = "
want W1 data/gamma data 1732283350 sla 20 ttl 9999 by ops
buffer G1 //gamma data/gamma for W1
heartbeat G1
miss G1 data/gamma<-data/beta
want W2 data/beta by run G1
buffer B1 //beta data/beta for W2
miss B1 data/beta<-data/alpha
want W3 data/alpha by run B1
buffer A1 //alpha data/alpha for W3
heartbeat A1
fail A1 because out of memory
@1732287000 buffer A2 //alpha data/alpha for W3
heartbeat A2
success A2 -
buffer B2 //beta data/beta for W2
heartbeat B2
success B2 data/beta<-data/alpha
buffer G2 //gamma data/gamma for W1
heartbeat G2
success G2 data/gamma<-data/beta
";

fn second(nanos: u64) -> u64 {
    nanos / NANOS - FIRST_SECOND + 1
}

fn row_words(row: &Row) -> String {
    let value = match &row.value {
        Value::Text(text) => format!(" {text}"),
        Value::Time(nanos) => format!(" @{}", second(*nanos)),
        Value::Duration(nanos) => format!(" {} s", nanos / NANOS),
        _ => String::new(),
    };
    format!("{} | {}{value}", row.label, row.note)
}

fn told(found: &Waterfall) -> String {
    let mut text = String::new();
    for bar in &found.bars {
        let indent = "  ".repeat(bar.depth as usize);
        let mark = if bar.is_critical { "*" } else { "" };
        let _ = write!(text, "{indent}{mark}{}:", bar.row.label);
        for it in &bar.stretches {
            let ended = it.ended.map_or(String::new(), |status| format!(" {}", status.word));
            let (from, nanos) = (second(it.from_nanos), it.nanos / NANOS);
            let (left, right) = (100.0 * it.left, 100.0 * (it.left + it.width));
            let _ = write!(text, " [{:?} {from}+{nanos}{ended} {left:.0}-{right:.0}]", it.wait);
        }
        text.push('\n');
    }
    for piece in found.axis.pieces.iter().filter(|piece| piece.is_folded) {
        let _ = writeln!(text, "folded {}+{}", second(piece.from_nanos), piece.nanos / NANOS);
    }
    for mark in &found.marks {
        let _ =
            writeln!(text, "{} at {} {:.0}", mark.label, second(mark.nanos), 100.0 * mark.place);
    }
    for Share { row, share, .. } in found.totals.iter().chain(&found.slices) {
        let _ = writeln!(text, "{:.1}% {}", 100.0 * share, row_words(row));
    }
    for row in found.waits_for.iter().flat_map(|section| &section.rows) {
        let _ = writeln!(text, "> {}", row_words(row));
    }
    text
}

fn check(picture: &str, want: &str, at: Option<u64>, expected: Expect) {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    let want = history.names.wants.find(want).unwrap();
    expected.assert_eq(&told(&waterfall(moment.of(&history), want, 20)));
}

#[test]
fn the_time_of_a_want_is_cut_along_its_critical_path() {
    check(
        MISSES,
        "W1",
        None,
        expect![[r#"
            W1: [Waiting 1+3658 0-98]
              *G1: [Queued 2+1 6-13] [Running 3+1 dep-miss 13-19] [Waiting 4+3652 19-79] [Idle 3656+1 79-85]
                W2: [Waiting 5+3651 20-79]
                  *B1: [Queued 6+1 dep-miss 21-28] [Waiting 7+3646 28-59] [Idle 3653+1 59-66]
                    W3: [Waiting 8+3645 29-59]
                      A1: [Queued 9+1 30-36] [Running 10+1 failed 36-43] [Idle 11+3640 43-47]
                      *A2: [Queued 3651+1 47-53] [Running 3652+1 succeeded 53-59]
                  *B2: [Queued 3654+1 66-72] [Running 3655+1 succeeded 72-79]
              *G2: [Queued 3657+1 85-92] [Running 3658+1 succeeded 92-98]
            folded 4+2
            folded 7+2
            folded 11+10
            folded 21+3630
            folded 3659+6341
            SLA at 21 45
            done at 3659 98
            TTL at 10000 100
            0.1% Running |  5 s
            0.2% Queued |  6 s
            0.1% Missed, and no run for it planned |  4 s
            99.6% No run planned |  3643 s
            0.0% G1 | until this run was planned 1 s
            0.0% G1 | queued 1 s
            0.0% G1 | running 1 s
            0.1% G1 | missed, until the next run was planned 2 s
            0.0% B1 | queued 1 s
            0.1% B1 | missed, until the next run was planned 2 s
            0.0% A1 | queued 1 s
            0.0% A1 | running 1 s
            99.5% A2 | until this run was planned 3640 s
            0.0% A2 | queued 1 s
            0.0% A2 | running 1 s
            0.0% B2 | until this run was planned 1 s
            0.0% B2 | queued 1 s
            0.0% B2 | running 1 s
            0.0% G2 | until this run was planned 1 s
            0.0% G2 | queued 1 s
            0.0% G2 | running 1 s
        "#]],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one picture for each reason to wait")]
fn an_open_want_is_followed_down_to_what_it_waits_for() {
    check(
        MISSES,
        "W1",
        Some(10),
        expect![[r#"
        W1: [Waiting 1+9 0-96]
          *G1: [Queued 2+1 2-24] [Running 3+1 dep-miss 24-47] [Waiting 4+6 47-96]
            W2: [Waiting 5+5 48-96]
              *B1: [Queued 6+1 dep-miss 49-72] [Waiting 7+3 72-96]
                W3: [Waiting 8+2 72-96]
                  *A1: [Queued 9+1 74-96] [Running 10+0 96-96]
        folded 1+1
        folded 4+2
        folded 7+2
        folded 10+11
        folded 21+9979
        now at 10 96
        SLA at 21 98
        TTL at 10000 100
        11.1% Running |  1 s
        33.3% Queued |  3 s
        44.4% Missed, and no run for it planned |  4 s
        11.1% No run planned |  1 s
        11.1% G1 | until this run was planned 1 s
        11.1% G1 | queued 1 s
        11.1% G1 | running 1 s
        22.2% G1 | missed, until the next run was planned 2 s
        11.1% B1 | queued 1 s
        22.2% B1 | missed, until the next run was planned 2 s
        11.1% A1 | queued 1 s
        > W1 | waits for data/gamma
        > G1 | missed data/beta; waits for W2 @4
        > W2 | waits for data/beta
        > B1 | missed data/alpha; waits for W3 @7
        > W3 | waits for data/alpha
        > A1 | running since @10
    "#]],
    );
    check(
        MISSES,
        "W1",
        Some(11),
        expect![[r#"
            W1: [Waiting 1+10 0-96]
              *G1: [Queued 2+1 2-20] [Running 3+1 dep-miss 20-38] [Waiting 4+7 38-96]
                W2: [Waiting 5+6 39-96]
                  *B1: [Queued 6+1 dep-miss 40-58] [Waiting 7+4 58-96]
                    W3: [Waiting 8+3 59-96]
                      *A1: [Queued 9+1 60-78] [Running 10+1 failed 78-96]
            folded 1+1
            folded 4+2
            folded 7+2
            folded 11+10
            folded 21+9979
            now at 11 96
            SLA at 21 98
            TTL at 10000 100
            20.0% Running |  2 s
            30.0% Queued |  3 s
            40.0% Missed, and no run for it planned |  4 s
            10.0% No run planned |  1 s
            10.0% G1 | until this run was planned 1 s
            10.0% G1 | queued 1 s
            10.0% G1 | running 1 s
            20.0% G1 | missed, until the next run was planned 2 s
            10.0% B1 | queued 1 s
            20.0% B1 | missed, until the next run was planned 2 s
            10.0% A1 | queued 1 s
            10.0% A1 | running 1 s
            > W1 | waits for data/gamma
            > G1 | missed data/beta; for that W2 is upstream failed @4
            > W2 | waits for data/beta
            > B1 | missed data/alpha; for that W3 is failed @7
            > W3 | waits for data/alpha
            > A1 | failed: out of memory @11
        "#]],
    );
    check(
        MISSES,
        "W1",
        Some(14),
        expect![[r#"
            W1: [Waiting 1+3652 0-98]
              *G1: [Queued 2+1 11-22] [Running 3+1 dep-miss 22-34] [Waiting 4+3649 34-98]
                W2: [Waiting 5+3648 35-98]
                  *B1: [Queued 6+1 dep-miss 36-47] [Waiting 7+3646 47-98]
                    W3: [Waiting 8+3645 48-98]
                      A1: [Queued 9+1 49-60] [Running 10+1 failed 60-72] [Idle 11+3640 72-76]
                      *A2: [Queued 3651+1 76-87] [Running 3652+1 succeeded 87-98]
            folded 4+2
            folded 7+2
            folded 11+10
            folded 21+3630
            folded 3653+6347
            SLA at 21 74
            now at 3653 98
            TTL at 10000 100
            0.1% Running |  3 s
            0.1% Queued |  4 s
            0.1% Missed, and no run for it planned |  4 s
            99.7% No run planned |  3641 s
            0.0% G1 | until this run was planned 1 s
            0.0% G1 | queued 1 s
            0.0% G1 | running 1 s
            0.1% G1 | missed, until the next run was planned 2 s
            0.0% B1 | queued 1 s
            0.1% B1 | missed, until the next run was planned 2 s
            0.0% A1 | queued 1 s
            0.0% A1 | running 1 s
            99.7% A2 | until this run was planned 3640 s
            0.0% A2 | queued 1 s
            0.0% A2 | running 1 s
            > W1 | waits for data/gamma
            > G1 | missed data/beta; waits for W2 @4
            > W2 | waits for data/beta
            > B1 | missed data/alpha; no want for that is open, and no new run was planned @7
        "#]],
    );
}

fn check_chain(picture: &str, want: &str, expected: Expect) {
    check_chain_of(replay(log(picture)).0, want, expected);
}

fn check_chain_of(history: History, want: &str, expected: Expect) {
    let moment = as_of(&history, None);
    let want = history.names.wants.find(want).unwrap();
    let found = waterfall(moment.of(&history), want, 20);
    let rows = found.waits_for.iter().flat_map(|section| &section.rows);
    expected.assert_eq(&rows.map(row_words).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_chain_ends_at_what_is_at_the_bottom() {
    let missed = "
    want W1 data/a data/z by ops
    buffer A //a data/a for W1
    miss A data/a<-data/b,data/c
    ";
    check_chain(
        missed,
        "W1",
        expect![[r#"
        W1 | waits for data/a and 1 more
        A | missed data/b and 1 more; no want for that is open, and no new run was planned @3"#]],
    );
    let asked = format!("{missed}want W2 data/b by run A\n");
    check_chain(
        &asked,
        "W1",
        expect![[r#"
        W1 | waits for data/a and 1 more
        A | missed data/b and 1 more; waits for W2 @3
        W2 | waits for data/b
        b | nothing has tried to build it"#]],
    );
    check_chain(
        &format!("{asked}cancel want W2 by ops\n"),
        "W1",
        expect![[r#"
            W1 | waits for data/a and 1 more
            A | missed data/b and 1 more; for that W2 is canceled @3
            W2 | was canceled"#]],
    );
    let failed = format!("{asked}buffer B //b data/b for W2\nfail B because disk full\n");
    check_chain(
        &failed,
        "W1",
        expect![[r#"
            W1 | waits for data/a and 1 more
            A | missed data/b and 1 more; for that W2 is failed @3
            W2 | waits for data/b
            B | failed: disk full @6"#]],
    );
    let canceled = format!("{asked}buffer B //b data/b for W2\ncancel run B by ops\n");
    check_chain(
        &canceled,
        "W1",
        expect![[r#"
        W1 | waits for data/a and 1 more
        A | missed data/b and 1 more; waits for W2 @3
        W2 | waits for data/b
        B | was canceled @6"#]],
    );
    let circle = format!(
        "{asked}buffer B //b data/b for W2\nmiss B data/b<-data/a\nwant W3 data/a by run B\n"
    );
    check_chain(
        &circle,
        "W1",
        expect![[r#"
        W1 | waits for data/a and 1 more
        A | missed data/b and 1 more; waits for W2 @3
        W2 | waits for data/b
        B | missed data/a; waits for W3 @6
        W3 | waits for data/a
        A | missed data/b and 1 more; waits for W2 @3
        W2 | stands above: they wait for each other"#]],
    );
    check_chain(
        &circle,
        "W3",
        expect![[r#"
        W3 | waits for data/a
        A | missed data/b and 1 more; waits for W2 @3
        W2 | waits for data/b
        B | missed data/a; waits for W3 @6
        W3 | stands above: they wait for each other"#]],
    );
    check_chain(
        "buffer A //a data/a for W9\n",
        "W9",
        expect!["W9 | not created in this log by this moment"],
    );
}

/// A task that failed before it told of an output: its request is made, and waits for nothing by name.
#[test]
fn the_chain_of_a_request_without_outputs_says_that_nothing_is_told_of_them() {
    let log = decode(include_bytes!("../logs/openlineage/producers.ndjson")).0;
    check_chain_of(
        replay(log).0,
        "c0ffee00-0000-4000-8000-000000000001",
        expect!["shop/bash_dag.failing_task | nothing that it asks for is told by this moment"],
    );
}

#[test]
fn troubles_are_late_at_risk_and_held_up() {
    let picture = "
    @1732281000 buffer A1 //a data/a
    @1732281010 success A1 -
    @1732281011 buffer A2 //a data/a
    @1732281031 success A2 -
    @1732281032 buffer B1 //b data/b
    @1732281042 success B1 data/b<-data/a
    @1732281050 want LATE data/x data 1732281000 sla 60 by ops
    @1732281050 want RISK data/b/new data 1732281000 sla 75 by ops
    @1732281050 want CALM data/b/new data 1732281000 sla 95 by ops
    @1732281050 want HELD data/y by ops
    @1732281050 want HELD2 data/y by ops
    @1732281055 buffer B2 //b data/b/new for RISK
    @1732281056 miss B2 data/b/new<-data/a/new
    @1732281057 want NEED data/a/new by run B2
    @1732281058 buffer A3 //a data/a/new for NEED
    @1732281060 buffer Y //y data/y for HELD
    @1732281061 fail Y because no disk
    @1732281062 heartbeat A3
    ";
    let history = replay(log(picture)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let found = troubles(asof);
    let name = |want| history.names.wants.text(want);
    let mut text = String::new();
    for &(want, nanos) in &found.late {
        let _ = writeln!(text, "{} late by {} s", name(want), nanos / NANOS);
    }
    for it in &found.at_risk {
        let (left, needed) = (it.left_nanos / NANOS, it.needed_nanos / NANOS);
        let _ = writeln!(text, "{} has {left} s left and needs {needed} s", name(it.want));
    }
    for it in &found.blocked {
        let wants: Vec<_> = it.wants.iter().map(|&want| name(want)).collect();
        let _ = writeln!(text, "{} hold up {}", link_words(&history, it.by), wants.join(" "));
    }
    expect![[r#"
        LATE late by 2 s
        RISK has 13 s left and needs 16 s
        Y: Failed hold up HELD HELD2
    "#]]
    .assert_eq(&text);
}

fn link_words(history: &History, link: Link) -> String {
    let names = &history.names;
    let key = match link.key {
        Key::Want(want) => names.wants.text(want),
        Key::Run(run) => names.runs.text(run),
        Key::Partition(partition) => names.partitions.text(partition),
        _ => "",
    };
    match link.why {
        Why::WaitsFor(it, n) => format!("{key}: waits for {} +{n}", names.partitions.text(it)),
        Why::Missed(want, n) => format!("{key}: missed {} +{n}", names.wants.text(want)),
        Why::UpstreamFailed(want, n) => {
            format!("{key}: upstream failed {} +{n}", names.wants.text(want))
        }
        why => format!("{key}: {why:?}"),
    }
}
