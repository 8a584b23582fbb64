//! What logs mean: small logs as pictures, and what the history says of them.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
mod anomalies;
mod gamma;
mod reads;
mod tell;
mod time;

use expect_test::expect;
use tell::check;

#[test]
fn a_miss_waits_for_its_derivative_want() {
    check(
        "want W1 data/a by ops
         buffer J1 //jobs:a data/a for W1
         heartbeat J1
         miss J1 data/a<-data/b
         want W2 data/b by run J1
         buffer J2 //jobs:b data/b for W2
         success J2 -
         buffer J3 //jobs:a data/a for W1
         success J3 data/a<-data/b",
        &[1, 2, 3, 4, 5, 6, 7, 8, 9],
        expect![[r#"
            1
              W1 idle; data/a not started
              data/a wanted
            2
              W1 building; data/a building
              J1 queued
              data/a building; J1 building
            3
              W1 building; data/a building
              J1 running
              data/a building; J1 building
            4
              W1 idle; data/a waiting for a retry
              J1 dep-miss
              data/a up-for-retry; J1 missed
              data/b external
            5
              W1 upstream-building; data/a waiting for W2; caused W2
              W2 idle; data/b not started
              J1 dep-miss
              data/a upstream-building; J1 missed
              data/b wanted
            6
              W1 upstream-building; data/a waiting for W2; caused W2
              W2 building; data/b building
              J1 dep-miss
              J2 queued
              data/a upstream-building; J1 missed
              data/b building; J2 building
            7
              W1 idle; data/a waiting for a retry; caused W2
              W2 successful; data/b built by J2
              J1 dep-miss
              J2 succeeded
              data/a up-for-retry; J1 missed
              data/b live; J2 live
            8
              W1 building; data/a building; caused W2
              W2 successful; data/b built by J2
              J1 dep-miss
              J2 succeeded
              J3 queued
              data/a building; J1 missed; J3 building
              data/b live; J2 live
              work: J1 J3
            9
              W1 successful; data/a built by J3; caused W2
              W2 successful; data/b built by J2
              J1 dep-miss
              J2 succeeded
              J3 succeeded
              data/a live; J1 missed; J3 live
              data/b live; J2 live
              work: J1 J3
        "#]],
    );
}

#[test]
fn a_run_restarts_after_a_miss_or_a_failure() {
    check(
        "want W1 data/a by ops
         buffer J1 //jobs:a data/a for W1
         miss J1 data/a<-data/b
         queue J1
         fail J1 because out of memory
         heartbeat J1
         success J1 -",
        &[3, 4, 5, 6, 7],
        expect![[r#"
            3
              W1 idle; data/a waiting for a retry
              J1 dep-miss
              data/a up-for-retry; J1 missed
              data/b external
            4
              W1 building; data/a building
              J1 queued, attempt 2
              data/a building; J1 building
              data/b external
            5
              W1 failed; data/a failed
              J1 failed, attempt 2
              data/a failed; J1 failed
              data/b external
            6
              W1 building; data/a building
              J1 running, attempt 3
              data/a building; J1 building
              data/b external
            7
              W1 successful; data/a built by J1
              J1 succeeded, attempt 3
              data/a live; J1 live
              data/b external
        "#]],
    );
}

#[test]
fn a_newer_version_supersedes_and_is_no_attempt() {
    check(
        "buffer J1 //jobs:a data/a
         success J1 -
         buffer J2 //jobs:a data/a
         heartbeat J2
         success J2 -
         buffer J3 //jobs:a data/a
         cancel run J3 by ops
         buffer J4 //jobs:other data/a
         fail J4
         buffer J5 //jobs:other data/a",
        &[4, 5, 7, 10],
        expect![[r#"
            4
              J1 succeeded
              J2 running
              data/a live, rebuilding; J1 live; J2 building
            5
              J1 succeeded
              J2 succeeded
              data/a live; J1 live superseded; J2 live
            7
              J1 succeeded
              J2 succeeded
              J3 canceled
              data/a live; J1 live superseded; J2 live; J3 canceled
            10
              J1 succeeded
              J2 succeeded
              J3 canceled
              J4 failed
              J5 queued
              data/a live, rebuilding; J1 live superseded; J2 live; J3 canceled; J4 failed; J5 building
              work: J4 J5
        "#]],
    );
}

#[test]
fn attempts_go_on_through_any_partition_that_is_shared() {
    check(
        "buffer J1 //jobs:a data/a data/b
         buffer J2 //jobs:a data/c
         fail J1
         fail J2
         buffer J3 //jobs:a data/b data/c
         fail J3
         buffer J4 //jobs:a data/a
         buffer J5 //jobs:a data/b",
        &[4, 5, 8],
        expect![[r#"
            4
              J1 failed
              J2 failed
              data/a failed; J1 failed
              data/b failed; J1 failed
              data/c failed; J2 failed
            5
              J1 failed
              J2 failed
              J3 queued
              data/a failed; J1 failed
              data/b building; J1 failed; J3 building
              data/c building; J2 failed; J3 building
              work: J1 J2 J3
            8
              J1 failed
              J2 failed
              J3 failed
              J4 queued
              J5 queued
              data/a building; J1 failed; J4 building
              data/b building; J1 failed; J3 failed; J5 building
              data/c failed; J2 failed; J3 failed
              work: J1 J2 J3 J4 J5
        "#]],
    );
}

#[test]
fn a_taint_is_laid_on_what_is_current_and_lasts_until_canceled() {
    check(
        "buffer J1 //jobs:a data/a
         success J1 -
         taint T1 data/a by ops
         want W1 data/a by ops
         taint T2 data/a by ops
         cancel taint T1
         cancel taint T2
         taint T3 data/a
         buffer J2 //jobs:a data/a
         success J2 -",
        &[3, 4, 6, 7, 8, 9, 10],
        expect![[r#"
            3
              J1 succeeded
              data/a tainted; J1 tainted
            4
              W1 idle; data/a not started
              J1 succeeded
              data/a tainted; J1 tainted
            6
              W1 idle; data/a not started
              J1 succeeded
              data/a tainted; J1 tainted
            7
              W1 successful; data/a already existed
              J1 succeeded
              data/a live; J1 live
            8
              W1 successful; data/a already existed
              J1 succeeded
              data/a tainted; J1 tainted
            9
              W1 successful; data/a already existed
              J1 succeeded
              J2 queued
              data/a tainted, rebuilding; J1 tainted; J2 building
            10
              W1 successful; data/a already existed
              J1 succeeded
              J2 succeeded
              data/a live; J1 tainted superseded; J2 live
        "#]],
    );
}

#[test]
fn a_taint_may_name_a_build_before_it_is_live() {
    check(
        "want W1 data/a by ops
         buffer J1 //jobs:a data/a@u1 for W1
         taint T1 data/a@u1
         success J1 -
         cancel taint T1",
        &[3, 4, 5],
        expect![[r#"
            3
              W1 building; data/a building
              J1 queued
              data/a building; J1 building
            4
              W1 idle; data/a not started
              J1 succeeded
              data/a tainted; J1 tainted
            5
              W1 successful; data/a built by J1
              J1 succeeded
              data/a live; J1 live
        "#]],
    );
}

#[test]
fn every_way_to_be_satisfied_has_its_verdict() {
    check(
        "buffer J1 //jobs:a data/a
         success J1 -
         want W1 data/a data/b data/c by ops
         want W2 data/b by ops
         buffer J2 //jobs:b data/b for W2
         buffer J3 //jobs:c data/c
         success J2 -
         success J3 -",
        &[3, 8],
        expect![[r#"
            3
              W1 idle; data/a already existed; data/b not started; data/c not started
              J1 succeeded
              data/a live; J1 live
              data/b wanted
              data/c wanted
            8
              W1 successful; data/a already existed; data/b built for another want W2; data/c built for no want
              W2 successful; data/b built by J2
              J1 succeeded
              J2 succeeded
              J3 succeeded
              data/a live; J1 live
              data/b live; J2 live
              data/c live; J3 live
        "#]],
    );
}

#[test]
fn failures_spread_upstream_but_circles_wait() {
    check(
        "want W1 data/a by ops
         buffer J1 //jobs:a data/a for W1
         miss J1 data/a<-data/b
         want W2 data/b by run J1
         buffer J2 //jobs:b data/b for W2
         miss J2 data/b<-data/a,data/c
         want W3 data/a by run J2
         want W4 data/c by run J2
         buffer J4 //jobs:c data/c for W4
         fail J4",
        &[7, 8, 9, 10],
        expect![[r#"
            7
              W1 upstream-building; data/a waiting for W2; caused W2
              W2 upstream-building; data/b waiting for W3; caused W3
              W3 upstream-building; data/a waiting for W2
              J1 dep-miss
              J2 dep-miss
              data/a upstream-building; J1 missed
              data/b upstream-building; J2 missed
              data/c external
            8
              W1 upstream-building; data/a waiting for W2; caused W2
              W2 upstream-building; data/b waiting for W3, W4; caused W3; caused W4
              W3 upstream-building; data/a waiting for W2
              W4 idle; data/c not started
              J1 dep-miss
              J2 dep-miss
              data/a upstream-building; J1 missed
              data/b upstream-building; J2 missed
              data/c wanted
            9
              W1 upstream-building; data/a waiting for W2; caused W2
              W2 upstream-building; data/b waiting for W3, W4; caused W3; caused W4
              W3 upstream-building; data/a waiting for W2
              W4 building; data/c building
              J1 dep-miss
              J2 dep-miss
              J4 queued
              data/a upstream-building; J1 missed
              data/b upstream-building; J2 missed
              data/c building; J4 building
            10
              W1 upstream-failed; data/a upstream failed; caused W2
              W2 upstream-failed; data/b upstream failed; caused W3; caused W4
              W3 upstream-failed; data/a upstream failed
              W4 failed; data/c failed
              J1 dep-miss
              J2 dep-miss
              J4 failed
              data/a upstream-failed; J1 missed
              data/b upstream-failed; J2 missed
              data/c failed; J4 failed
        "#]],
    );
}

#[test]
fn a_canceled_want_fails_those_who_waited() {
    check(
        "want W1 data/a by ops
         buffer J1 //jobs:a data/a for W1
         miss J1 data/a<-data/b
         want W2 data/b by run J1
         cancel want W2 by ops
         cancel want W1 by ops",
        &[5, 6],
        expect![[r#"
            5
              W1 upstream-failed; data/a upstream failed; caused W2
              W2 canceled; data/b canceled
              J1 dep-miss
              data/a upstream-failed; J1 missed
              data/b wanted
            6
              W1 canceled; data/a canceled; caused W2
              W2 canceled; data/b canceled
              J1 dep-miss
              data/a upstream-failed; J1 missed
              data/b wanted
        "#]],
    );
}

#[test]
fn a_want_that_is_done_stays_successful() {
    check(
        "want W1 by ops
         want W2 data/a by ops
         buffer J1 //jobs:a data/a for W2 W3
         success J1 -
         cancel want W2
         taint T1 data/a",
        &[2, 3, 4, 6],
        expect![[r#"
            2
              W1 successful
              W2 idle; data/a not started
              data/a wanted
            3
              W1 successful
              W2 building; data/a building
              W3 idle
              J1 queued
              data/a building; J1 building
            4
              W1 successful
              W2 successful; data/a built by J1
              W3 idle
              J1 succeeded
              data/a live; J1 live
            6
              W1 successful
              W2 successful; data/a built by J1
              W3 idle
              J1 succeeded
              data/a tainted; J1 tainted
        "#]],
    );
}
