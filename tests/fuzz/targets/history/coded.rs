//! Bytes → a log: every byte string is one, so that no mutation is lost on syntax. All names are from
//! one pool, whatever they name.
use std::fmt::Write;

use serde_json::{Value, json};

/// So many events at most.
const MAX_EVENTS: usize = 400;

const NAMES: [&str; 16] = [
    "a",
    "b",
    "c",
    "data/a",
    "data/b",
    "data/c/date=1",
    "data/c/date=2",
    "data/c/date=3",
    "data/c/date=4",
    "data/c/date=5",
    "data/c/date=6",
    "data/c/date=7",
    "",
    "é\u{202e}",
    "x y",
    "00000000-0000-4000-8000-000000000001",
];

struct Bytes<'b>(std::slice::Iter<'b, u8>);

/// The text of a log, one record a line.
pub fn log_of(bytes: &[u8]) -> String {
    let mut bytes = Bytes(bytes.iter());
    let language = bytes.next();
    let mut log = String::new();
    let mut clock: i64 = 1_800_000_000;
    for id in 1..=MAX_EVENTS {
        let Some(&kind) = bytes.0.next() else { break };
        clock += i64::from(bytes.next().cast_signed());
        let is_lineage = match language % 3 {
            0 => false,
            1 => true,
            _ => kind >= 128,
        };
        let event = if is_lineage {
            bytes.openlineage(kind, clock)
        } else {
            bytes.databuild(kind, id, clock)
        };
        // Writing to a string cannot fail.
        let _ = writeln!(log, "{event}");
    }
    log
}

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    fn name(&mut self) -> &'static str {
        NAMES[usize::from(self.next() % 16)]
    }

    fn partition(&mut self) -> Value {
        let byte = self.next();
        let name = NAMES[usize::from(byte % 16)];
        match byte / 16 {
            15 => json!({"ref": name, "uuid": "00000000-0000-4000-8000-000000000001"}),
            14 => json!({"ref": name, "uuid": self.name()}),
            13 => json!(name),
            _ => json!({ "ref": name }),
        }
    }

    fn partitions(&mut self) -> Value {
        (0..self.next() % 8).map(|_| self.partition()).collect()
    }

    fn pairs(&mut self, others: &str) -> Value {
        (0..self.next() % 3)
            .map(|_| json!({"impacted": self.partitions(), others: self.partitions()}))
            .collect()
    }

    fn source(&mut self) -> Value {
        match self.next() % 3 {
            0 => json!({"manually_triggered": {"user": self.name()}}),
            1 => json!({"job_triggered": {"job_run_id": self.name()}}),
            _ => Value::Null,
        }
    }

    fn databuild(&mut self, kind: u8, id: usize, clock: i64) -> Value {
        let run = json!(self.name());
        let (kind, payload) = match kind % 14 {
            0 | 1 => (
                "want_create_v1",
                json!({
                    "want_id": run, "partitions": self.partitions(), "source": self.source(),
                    "sla_seconds": self.next(), "ttl_seconds": self.next(), "data_timestamp": clock,
                }),
            ),
            2 => ("want_cancel_v1", json!({"want_id": run, "source": self.source()})),
            3..=5 => (
                "job_run_buffer_v1",
                json!({
                    "job_run_id": run, "job_label": self.name(), "building_partitions": self.partitions(),
                    "want_attributed_partitions": [{"want_id": self.name(), "partitions": self.partitions()}],
                }),
            ),
            6 => ("job_run_queue_v1", json!({"job_run_id": run})),
            7 => ("job_run_heartbeat_v1", json!({"job_run_id": run})),
            8 => {
                ("job_run_success_v1", json!({"job_run_id": run, "read_deps": self.pairs("read")}))
            }
            9 => ("job_run_failure_v1", json!({"job_run_id": run, "reason": self.name()})),
            10 => ("job_run_cancel_v1", json!({"job_run_id": run, "source": self.source()})),
            11 => (
                "job_run_missing_deps_v1",
                json!({
                    "job_run_id": run, "missing_deps": self.pairs("missing"), "read_deps": self.pairs("read"),
                }),
            ),
            12 => ("taint_create_v1", json!({"taint_id": run, "partitions": self.partitions()})),
            _ => ("taint_cancel_v1", json!({ "taint_id": run })),
        };
        let id = match self.next() {
            255 => json!(id / 2),
            254 => Value::Null,
            _ => json!(id),
        };
        json!({"event_id": id, "timestamp": clock, kind: payload})
    }

    fn openlineage(&mut self, kind: u8, clock: i64) -> Value {
        const TYPES: [&str; 8] =
            ["START", "RUNNING", "COMPLETE", "COMPLETE", "FAIL", "ABORT", "OTHER", "start"];
        let id = |byte: u8| format!("00000000-0000-4000-8000-0000000000{byte:02}");
        let job = json!({"namespace": "ns", "name": self.name()});
        let parent = json!({"run": {"runId": id(self.next() % 8)}, "job": {"namespace": "ns", "name": self.name()}});
        let mut facets = match self.next() % 3 {
            0 => json!({}),
            1 => json!({ "parent": parent }),
            _ => json!({"parent": {"run": parent["run"], "job": parent["job"], "root": parent}}),
        };
        match self.next() % 8 {
            0 => facets["errorMessage"] = json!({"message": self.name()}),
            1 => facets["nominalTime"] = json!({"nominalStartTime": "2026-11-21T00:00:00Z"}),
            2 => {
                facets["airflow"] = json!({"taskInstance": {"try_number": self.next() % 4, "map_index": self.next() % 2}});
            }
            _ => {}
        }
        let seconds = clock.rem_euclid(60);
        json!({
            "eventType": TYPES[usize::from(kind % 8)],
            "eventTime": format!("2026-11-21T{:02}:{:02}:{seconds:02}Z", clock.rem_euclid(86_400) / 3600, clock.rem_euclid(3600) / 60),
            "run": {"runId": id(self.next() % 8), "facets": facets},
            "job": job,
            "inputs": self.datasets(),
            "outputs": self.datasets(),
        })
    }

    fn datasets(&mut self) -> Value {
        (0..self.next() % 5)
            .map(|_| {
                let facets = match self.next() % 8 {
                    4 => json!({"lifecycleStateChange": {"lifecycleStateChange": "DROP"}}),
                    5 => json!({"symlinks": {"identifiers": [{"namespace": "ns", "name": self.name(), "type": "TABLE"}]}}),
                    6 => json!({"lineage": {"inputs": [{"namespace": "ns", "name": self.name(), "type": "DATASET"}]}}),
                    0 => json!({"version": {"datasetVersion": self.name()}}),
                    1 => json!({"lifecycleStateChange": {"lifecycleStateChange": "RENAME", "previousIdentifier": {"namespace": "ns", "name": self.name()}}}),
                    2 => json!({"columnLineage": {"fields": {"c": {"inputFields": [{"namespace": "ns", "name": self.name(), "field": "c"}]}}}}),
                    _ => json!({}),
                };
                let mut dataset = json!({"namespace": "ns", "name": self.name(), "facets": facets});
                if self.next().is_multiple_of(8) {
                    let parts = json!({"type": "partition", "partitions": [{"identifier": self.name()}]});
                    dataset["inputFacets"] = json!({"subset": {"inputCondition": parts}});
                    dataset["outputFacets"] = json!({"subset": {"outputCondition": parts}});
                }
                dataset
            })
            .collect()
    }
}
