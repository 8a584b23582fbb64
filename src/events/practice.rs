//! A log of nobody, for practice: what is read before there is anything to read has been compiled by then.
use std::fmt::Write;

/// NDJSON with a bit of what a log is full of, in the plainest spelling: `n_runs` runs, each asked for by a want. Each
/// builds one partition, from an earlier one and one that all read; every eighth misses those first.
pub fn practice_log(n_runs: usize) -> String {
    let (mut log, mut n_events) = (String::new(), 0_u64);
    let mut tell = |kind: &str, payload: std::fmt::Arguments<'_>| {
        n_events += 1;
        let (id, time) = (n_events, 1_700_000_000_000_000_000 + n_events * 1_234_567_891);
        // A text takes all that is written to it.
        let _ =
            writeln!(log, r#"{{"event_id":{id},"timestamp":"{time}","{kind}_v1":{{{payload}}}}}"#);
    };
    let by = r#""source":{"manually_triggered":{"user":"nobody"}},"comment":"for practice""#;
    for i in 0..n_runs {
        let run = format!(r#""job_run_id":"run-{i}""#);
        let made = format!(r#"[{{"ref":"practice/part={i}"}}]"#);
        let read = format!(r#"[{{"ref":"practice/part={}"}},{{"ref":"practice/all"}}]"#, i / 2);
        let asked = format!(r#""want_id":"want-{i}","partitions":{made}"#);
        tell(
            "want_create",
            format_args!(r#"{asked},"data_timestamp":"1700000000","ttl_seconds":"86400",{by}"#),
        );
        tell(
            "job_run_buffer",
            format_args!(
                r#"{run},"job_label":"//practice:job{}","building_partitions":{made},"want_attributed_partitions":[{{"want_id":"want-{i}","partitions":{made}}}]"#,
                i % 7
            ),
        );
        tell("job_run_queue", format_args!("{run}"));
        tell("job_run_heartbeat", format_args!("{run}"));
        if i % 8 == 0 {
            let deps = format!(r#"[{{"impacted":{made},"missing":{read}}}]"#);
            tell("job_run_missing_deps", format_args!(r#"{run},"missing_deps":{deps}"#));
            tell("job_run_heartbeat", format_args!("{run}"));
        }
        let deps = format!(r#"[{{"impacted":{made},"read":{read}}}]"#);
        tell("job_run_success", format_args!(r#"{run},"read_deps":{deps}"#));
    }
    log
}
