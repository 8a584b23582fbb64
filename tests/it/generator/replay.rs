//! A slow and obvious replay of a log, to see whether it could have happened.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::events;

#[derive(Default)]
pub struct Run {
    pub state: &'static str,
    /// Event of its newest first heartbeat.
    start: u64,
    pub builds: Vec<String>,
    wants: Vec<String>,
}

#[derive(Default)]
pub struct Instance {
    first_live: u64,
    pub n_versions: usize,
}

/// A slow and obvious replay that notes whatever could not have happened.
#[derive(Default)]
pub struct Replay {
    pub n_bytes: usize,
    pub kinds: BTreeMap<String, usize>,
    pub runs: BTreeMap<String, Run>,
    pub live: BTreeMap<String, Instance>,
    readers: BTreeMap<String, usize>,
    /// Want to how many misses led to it.
    depths: BTreeMap<String, usize>,
    pub n_restarts: usize,
    pub n_shared_runs: usize,
    pub problems: Vec<String>,
}

impl Replay {
    /// Replays the lines of a log in the first spelling.
    pub fn of(text: &str) -> Self {
        let mut log = Self { n_bytes: text.len(), ..Self::default() };
        let mut last = 0;
        for event in events(text) {
            let nanos = event["timestamp"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
            log.expect(nanos >= last, "goes back in time", &event);
            last = nanos;
            log.step(&event);
        }
        log
    }

    pub fn count(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or(0)
    }

    pub fn most_readers(&self) -> usize {
        self.readers.values().copied().max().unwrap_or(0)
    }

    pub fn deepest_want(&self) -> usize {
        self.depths.values().copied().max().unwrap_or(0)
    }

    fn expect(&mut self, holds: bool, problem: &str, event: &Value) {
        if !holds {
            self.problems.push(format!("{problem}: {event}"));
        }
    }

    fn step(&mut self, event: &Value) {
        let id = event["event_id"].as_u64().unwrap_or(0);
        let fields = event.as_object().into_iter().flatten();
        for (kind, payload) in fields.filter(|(key, _)| key.ends_with("_v1")) {
            *self.kinds.entry(kind.clone()).or_default() += 1;
            match kind.as_str() {
                "want_create_v1" => self.want(payload),
                "want_cancel_v1" => {
                    let is_known = self.depths.contains_key(&string(&payload["want_id"]));
                    self.expect(is_known, "cancels no want", event);
                }
                "job_run_buffer_v1" => self.buffer(payload),
                "taint_create_v1" => {
                    let parts = refs(&payload["partitions"]);
                    let is_live = parts.iter().all(|part| self.live.contains_key(part));
                    self.expect(is_live, "taints what is not live", event);
                }
                kind if kind.starts_with("job_run") => self.run(id, kind, payload),
                _ => {}
            }
        }
    }

    fn want(&mut self, want: &Value) {
        let mut depth = 0;
        if let Some(cause) = want["source"]["job_triggered"]["job_run_id"].as_str() {
            let run = self.runs.get(cause);
            let above = run.into_iter().flat_map(|run| &run.wants);
            depth = 1 + above.filter_map(|want| self.depths.get(want)).max().unwrap_or(&0);
            self.expect(run.is_some_and(|run| run.state == "missed"), "no miss caused", want);
        }
        self.depths.insert(string(&want["want_id"]), depth);
    }

    fn buffer(&mut self, buffer: &Value) {
        let builds = refs(&buffer["building_partitions"]);
        let attributed = list(&buffer["want_attributed_partitions"]);
        let wants: Vec<String> = attributed.iter().map(|item| string(&item["want_id"])).collect();
        let is_asked = wants.iter().all(|want| self.depths.contains_key(want)) && !wants.is_empty();
        self.expect(is_asked, "nobody asked for", buffer);
        let is_built = |part: &String| builds.contains(part);
        let is_within =
            attributed.iter().all(|item| refs(&item["partitions"]).iter().all(is_built));
        self.expect(is_within, "attributes what it does not build", buffer);
        self.n_shared_runs += usize::from(wants.len() > 1);
        let run = Run { state: "queued", start: 0, builds, wants };
        let is_new = self.runs.insert(string(&buffer["job_run_id"]), run).is_none();
        self.expect(is_new, "buffered twice", buffer);
    }

    fn run(&mut self, id: u64, kind: &str, event: &Value) {
        let Some(mut run) = self.runs.remove(&string(&event["job_run_id"])) else {
            return self.expect(false, "no such run", event);
        };
        let before = run.state;
        let (state, is_legal) = match kind {
            "job_run_queue_v1" => ("queued", matches!(before, "queued" | "failed")),
            "job_run_heartbeat_v1" => ("running", matches!(before, "queued" | "running")),
            "job_run_success_v1" => ("succeeded", before == "running"),
            "job_run_failure_v1" => ("failed", before == "running"),
            "job_run_missing_deps_v1" => ("missed", before == "running"),
            _ => ("canceled", matches!(before, "queued" | "running")),
        };
        self.expect(is_legal, &format!("{before}, then {kind}"), event);
        self.n_restarts += usize::from(before == "failed");
        if before == "queued" && state == "running" {
            run.start = id;
        }
        run.state = state;
        self.reads(&run, event);
        if state == "succeeded" {
            for part in &run.builds {
                let first = Instance { first_live: id, n_versions: 0 };
                self.live.entry(part.clone()).or_insert(first).n_versions += 1;
            }
        }
        self.runs.insert(string(&event["job_run_id"]), run);
    }

    fn reads(&mut self, run: &Run, event: &Value) {
        let mut read = BTreeSet::new();
        for deps in list(&event["read_deps"]) {
            let is_built = refs(&deps["impacted"]).iter().all(|part| run.builds.contains(part));
            self.expect(is_built, "reads for what it does not build", event);
            read.extend(refs(&deps["read"]));
        }
        for part in read {
            let instance = self.live.get(&part);
            let is_there = instance.is_some_and(|instance| instance.first_live < run.start);
            self.expect(is_there || part.starts_with("vendor/"), "read too early", event);
            *self.readers.entry(part).or_default() += 1;
        }
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn refs(value: &Value) -> Vec<String> {
    list(value).iter().map(|part| string(&part["ref"])).collect()
}
