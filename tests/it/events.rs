//! Records → events: every spelling, container and order of a log gives the same events.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::expect;
use lineage::events::{Id, NoticeClass, TimeUnit};

use crate::event_notices::said;
use crate::fixture::{FIRST_SECOND, decode, decode_all, log, ndjson};
use crate::picture::{all_of, picture};

const GAMMA: &str = include_str!("../logs/gamma.ndjson");

#[test]
fn gamma_is_read_as_it_is_written() {
    expect![[r#"
        #1 @1732283350000000000 want W-001 data/gamma data 1732233600 ttl 172800 sla 86400 by ops
        #2 @1732283352000000000 buffer JR-788 //jobs:gamma data/gamma for W-001:data/gamma
        #3 @1732283355000000000 heartbeat JR-788
        #4 @1732283361000000000 miss JR-788 data/gamma<-data/beta
        #5 @1732283361000000000 want W-002 data/beta data 1732233600 ttl 172800 sla 86400 by run JR-788
        #6 @1732283363000000000 buffer JR-455 //jobs:beta data/beta for W-002:data/beta
        #7 @1732283366000000000 heartbeat JR-455
        #8 @1732283370000000000 miss JR-455 data/beta<-data/alpha
        #9 @1732283370000000000 want W-003 data/alpha data 1732233600 ttl 172800 sla 86400 by run JR-455
        #10 @1732283372000000000 buffer JR-300 //jobs:alpha data/alpha for W-003:data/alpha
        #11 @1732283375000000000 heartbeat JR-300
        #12 @1732283490000000000 success JR-300 -
        #13 @1732283492000000000 buffer JR-456 //jobs:beta data/beta for W-002:data/beta
        #14 @1732283495000000000 heartbeat JR-456
        #15 @1732283555000000000 heartbeat JR-456
        #16 @1732283650000000000 success JR-456 data/beta<-data/alpha
        #17 @1732283652000000000 buffer JR-789 //jobs:gamma data/gamma for W-001:data/gamma
        #18 @1732283656000000000 heartbeat JR-789
        #19 @1732284192000000000 success JR-789 data/gamma<-data/beta,data/alpha
    "#]]
    .assert_eq(&picture(&decode(GAMMA.as_bytes()).0));
}

#[test]
fn gamma_in_every_spelling_and_container_is_the_same() {
    let expected = all_of(&decode(GAMMA.as_bytes()).0);
    let files: [(&str, &[u8]); 11] = [
        ("flat camel", include_bytes!("../logs/gamma.flat-camel.ndjson")),
        ("nested", include_bytes!("../logs/gamma.nested.ndjson")),
        ("nested camel", include_bytes!("../logs/gamma.nested-camel.ndjson")),
        ("nested snake", include_bytes!("../logs/gamma.nested-snake.ndjson")),
        ("rows", include_bytes!("../logs/gamma.rows.ndjson")),
        ("rows backward", include_bytes!("../logs/gamma.rows-backward.ndjson")),
        ("mixed", include_bytes!("../logs/gamma.mixed.crlf.ndjson")),
        ("array", include_bytes!("../logs/gamma.array.json")),
        ("pretty array", include_bytes!("../logs/gamma.pretty-array.json")),
        ("object", include_bytes!("../logs/gamma.object.json")),
        ("itself", GAMMA.as_bytes()),
    ];
    for (name, file) in files {
        let (events, notices) = decode(file);
        assert_eq!(said(&notices), "19 of 19 used\n", "{name}");
        assert_eq!(all_of(&events), expected, "{name}");
    }
}

#[test]
fn an_event_knows_where_it_is() {
    let (events, _) = decode(GAMMA.as_bytes());
    for (seq, line) in events.seqs().zip(GAMMA.lines()) {
        let span = events.log.span(seq);
        let start = span.offset as usize;
        assert_eq!(&GAMMA[start..start + span.len as usize], line);
    }
}

#[test]
fn shards_are_one_log_in_any_order() {
    let lines: Vec<&str> = GAMMA.split_inclusive('\n').collect();
    let (even, odd): (Vec<_>, Vec<_>) = (0..lines.len()).partition(|line| line % 2 == 0);
    let [even, odd] = [even, odd].map(|shard| shard.iter().map(|&l| lines[l]).collect::<String>());
    let whole = all_of(&decode(GAMMA.as_bytes()).0);
    for shards in [[even.as_bytes(), odd.as_bytes()], [odd.as_bytes(), even.as_bytes()]] {
        let (events, notices) = decode_all(shards);
        assert_eq!(all_of(&events), whole);
        assert_eq!(notices.n_used, 19);
        let inputs = events.seqs().take(3).map(|seq| events.log.span(seq).input);
        assert_eq!(
            inputs.map(|input| shards[input as usize] == even.as_bytes()).collect::<Vec<_>>(),
            [true, false, true]
        );
    }
}

#[test]
fn a_picture_is_a_log() {
    let picture_in = "\
        want W1 data/a data/b data 100 ttl 7 sla 5 by ops because month end\n\
        want W2 data/x by run J1\n\
        cancel want W1 by ops\n\
        buffer J1 //jobs:a data/a data/b for W1 W2:data/b\n\
        #9 queue J1\n\
        heartbeat J1\n\
        #- @1732283000 success J1\n\
        success J1 -\n\
        success J1 data/a,data/b@u1<-data/x,data/y data/c<-\n\
        fail J1 because out of memory\n\
        cancel run J1 by ops because too late\n\
        miss J1 data/a<-data/x read data/a<-data/y\n\
        taint T1 data/a data/b by ops\n\
        cancel taint T1\n";
    expect![[r#"
        #- @1732283000000000000 success J1
        #1 @1732283350000000000 want W1 data/a data/b data 100 ttl 7 sla 5 by ops because month end
        #2 @1732283351000000000 want W2 data/x by run J1
        #3 @1732283352000000000 cancel want W1 by ops
        #4 @1732283353000000000 buffer J1 //jobs:a data/a data/b for W1:data/a,data/b W2:data/b
        #9 @1732283354000000000 queue J1
        #10 @1732283355000000000 heartbeat J1
        #11 @1732283001000000000 success J1 -
        #12 @1732283002000000000 success J1 data/a,data/b@u1<-data/x,data/y data/c<-
        #13 @1732283003000000000 fail J1 because out of memory
        #14 @1732283004000000000 cancel run J1 by ops because too late
        #15 @1732283005000000000 miss J1 data/a<-data/x read data/a<-data/y
        #16 @1732283006000000000 taint T1 data/a data/b by ops
        #17 @1732283007000000000 cancel taint T1
    "#]]
    .assert_eq(&picture(&log(picture_in)));
}

#[test]
fn the_order_is_by_id_else_by_time_and_ids_are_the_better_witness() {
    // The clock of #2 is behind; what has no id goes where the time of the ids so far has come to.
    let events = log("\
        #- @1732283330 heartbeat late\n\
        #2 @1732283310 heartbeat second\n\
        #- @1732283320 heartbeat same\n\
        #3 @1732283320 heartbeat third\n\
        #- @1732283320 heartbeat same-too\n\
        #- @1732283315 heartbeat between\n\
        #1 @1732283315 heartbeat first\n");
    expect![[r#"
        #1 @1732283315000000000 heartbeat first
        #2 @1732283310000000000 heartbeat second
        #- @1732283315000000000 heartbeat between
        #3 @1732283320000000000 heartbeat third
        #- @1732283320000000000 heartbeat same
        #- @1732283320000000000 heartbeat same-too
        #- @1732283330000000000 heartbeat late
    "#]]
    .assert_eq(&picture(&events));
}

#[test]
fn ids_of_names_are_in_order_of_first_mention_and_nothing_else_is_named() {
    let sorted = "heartbeat A\nheartbeat B\nwant W x y by ops because C";
    let lines = ndjson(sorted);
    let mut records: Vec<&str> = lines.lines().collect();
    records.reverse();
    let conflict =
        r#"{"event_id":1,"timestamp":1,"want_create_v1":{"want_id":"Z","partitions":["z"]}}"#;
    records.push(conflict);
    records.push(
        r#"{"event_id":9,"timestamp":1,"want_create_v1":{"want_id":"bad","partitions":["bad",7]}}"#,
    );
    let (events, notices) = decode(records.join("\n").as_bytes());
    assert_eq!(all_of(&events), all_of(&log(sorted)));
    assert_eq!(notices.class(NoticeClass::ConflictingId).count, 1);
}

#[test]
fn an_event_is_found_by_its_id() {
    let events =
        log("#3 heartbeat a\n#- heartbeat b\n#- heartbeat c\n#5 heartbeat d\n#9 heartbeat e");
    let found = |id| events.log.seq_of_event_id(id).map(Id::index);
    let found: Vec<_> = [0, 2, 3, 4, 5, 8, 9, u64::MAX].into_iter().map(found).collect();
    assert_eq!(found, [None, None, Some(0), Some(0), Some(3), Some(3), Some(4), Some(4)]);
    assert_eq!(log("#- heartbeat a").log.seq_of_event_id(7), None);
}

#[test]
fn the_unit_of_time_is_what_most_look_like() {
    let unit = |times: &[u64]| {
        let line = |time| {
            format!("{{\"timestamp\":{time},\"job_run_queue_v1\":{{\"job_run_id\":\"J\"}}}}\n")
        };
        let (events, notices) = decode(times.iter().map(line).collect::<String>().as_bytes());
        assert_eq!(notices.unit, events.log.unit);
        (events.log.unit, events.log.nanos.last())
    };
    let at = FIRST_SECOND;
    let nanos = Some(at * 1_000_000_000);
    assert_eq!(unit(&[at]), (TimeUnit::Seconds, nanos));
    assert_eq!(unit(&[at * 1_000]), (TimeUnit::Millis, nanos));
    assert_eq!(unit(&[at * 1_000_000]), (TimeUnit::Micros, nanos));
    assert_eq!(unit(&[at * 1_000_000_000]), (TimeUnit::Nanos, nanos));
    assert_eq!(unit(&[99_999_999_999]), (TimeUnit::Seconds, Some(u64::MAX)), "saturates");
    assert_eq!(unit(&[at, at, at * 1_000]), (TimeUnit::Seconds, Some(u64::MAX)));
    assert_eq!(unit(&[at, at * 1_000]).0, TimeUnit::Millis, "of two, the finer");
    assert_eq!(unit(&[]), (TimeUnit::Nanos, None));
}
