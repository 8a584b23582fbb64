//! A log of nobody, for practice: what is done before there is anything to do has been compiled by then.
use std::fmt::Write;

/// So many runs read the same partition.
const READERS: usize = 400;

/// NDJSON with a bit of what a log is full of, in the plainest spelling: `n_runs` runs, each asked for by a want, and those of
/// what many of them read. Each is for one partition and reads an earlier one and one of these; every eighth misses them
/// first, every fiftieth fails. At last the first of what many read is built anew, so that what was built from it is stale.
pub fn practice_log(n_runs: usize) -> String {
    let mut log = Log::default();
    for i in 0..n_runs {
        let many = i / READERS;
        let read =
            format!(r#"[{{"ref":"practice/part={}"}},{{"ref":"practice/all={many}"}}]"#, i / 2);
        if i % READERS == 0 {
            log.run(&format!("all-{many}"), &format!("practice/all={many}"), "", Way::Succeeds);
        }
        let way = match i {
            i if i % 50 == 49 => Way::Fails,
            i if i % 8 == 0 => Way::Misses,
            _ => Way::Succeeds,
        };
        log.run(&format!("part-{i}"), &format!("practice/part={i}"), &read, way);
    }
    log.run("again", "practice/all=0", "", Way::Succeeds);
    log.text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Succeeds,
    Misses,
    Fails,
}

#[derive(Default)]
struct Log {
    text: String,
    n_events: u64,
}

impl Log {
    /// A want for one partition, and the run `name` for it, which reads a list of others; an empty one is left out.
    fn run(&mut self, name: &str, partition: &str, read: &str, way: Way) {
        let run = format!(r#""job_run_id":"run-{name}""#);
        let made = format!(r#"[{{"ref":"{partition}"}}]"#);
        let by = r#""source":{"manually_triggered":{"user":"nobody"}},"comment":"for practice""#;
        let times = r#""data_timestamp":"1700000000","ttl_seconds":"86400""#;
        let asked = format!(r#""want_id":"want-{name}","partitions":{made}"#);
        self.tell("want_create", format_args!("{asked},{times},{by}"));
        // A few jobs, of many runs each but for the last ones.
        let label = format!("//practice:job{}", name.len());
        self.tell(
            "job_run_buffer",
            format_args!(
                r#"{run},"job_label":"{label}","building_partitions":{made},"want_attributed_partitions":[{{{asked}}}]"#
            ),
        );
        self.tell("job_run_queue", format_args!("{run}"));
        self.tell("job_run_heartbeat", format_args!("{run}"));
        if way == Way::Misses {
            let deps = format!(r#"[{{"impacted":{made},"missing":{read}}}]"#);
            self.tell("job_run_missing_deps", format_args!(r#"{run},"missing_deps":{deps}"#));
            self.tell("job_run_heartbeat", format_args!("{run}"));
        }
        if way == Way::Fails {
            return self.tell("job_run_failure", format_args!(r#"{run},"reason":"for practice""#));
        }
        let read = if read.is_empty() { "[]" } else { read };
        let deps = format!(r#"[{{"impacted":{made},"read":{read}}}]"#);
        self.tell("job_run_success", format_args!(r#"{run},"read_deps":{deps}"#));
    }

    fn tell(&mut self, kind: &str, payload: std::fmt::Arguments<'_>) {
        self.n_events += 1;
        let (id, time) = (self.n_events, 1_700_000_000_000_000_000 + self.n_events * 1_234_567_891);
        // A text takes all that is written to it.
        let _ = writeln!(
            self.text,
            r#"{{"event_id":{id},"timestamp":"{time}","{kind}_v1":{{{payload}}}}}"#
        );
    }
}
