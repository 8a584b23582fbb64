//! Hostile logs of any size: each a shape that was chosen to make one step of reading, replaying or
//! asking grow faster than the log does. Written as text at once; a picture would take longer than
//! what is tested.
use std::fmt::Write;

use serde_json::{Value, json};

/// A shape: its name, and the log of so many of whatever it has many of.
pub type Shape = (&'static str, fn(usize) -> String);

const SECOND: usize = 1_800_000_000;

/// Of the log format of databuild.
pub const DATABUILD: [Shape; 23] = [
    ("nesting as deep as the line", deep),
    ("one line of everything", one_line),
    ("numbers of as many digits", digits),
    ("one name of as many bytes", |n| named(&HOSTILE.repeat(n))),
    ("kinds and fields nobody knows", unknown),
    ("a partition that reads itself", reads_itself),
    ("wants that cause each other, in a ring", ring_of_wants),
    ("one read by all", read_by_all),
    ("one built from all", built_from_all),
    ("one partition that all want", wanted_by_all),
    ("one run of as many attempts", attempts),
    ("one instance of as many taints", taints),
    ("clocks that run backward", backward),
    ("one id for all kinds, again and again", same_ids),
    ("misses before a build that records nothing", misses),
    ("failures that continue each other", continued),
    ("a canceled want of failures that continue each other", canceled),
    ("a want of all, and runs for it that build something else", elsewhere),
    ("one read by all that continue each other", continued_readers),
    ("ladders of as many ways as there are powers of two", ladder),
    ("uuids that change with every event", uuids),
    ("wants that wait in a chain", chain_of_wants),
    ("attributions of everything to everyone", attributions),
];

/// Of OpenLineage.
pub const OPENLINEAGE: [Shape; 18] = [
    ("facets as deep as the line", facets),
    ("one event of everything", one_event),
    ("times of as many digits", |n| {
        openlineage(1, |_| {
            event("COMPLETE", &format!("2026-11-21T10:00:00.{}Z", "7".repeat(n)), "r", "j")
        })
    }),
    ("one name of as many bytes there", |n| openlineage_named(&HOSTILE.repeat(n))),
    ("types of events nobody knows", |n| {
        openlineage(n, |at| event(&format!("TYPE{at}"), "2026-11-21T10:00:00Z", "r", "j"))
    }),
    ("parents in a ring", |n| {
        openlineage(n, |at| {
            of(event("COMPLETE", TIME, &at.to_string(), "j"), &((at + 1) % n).to_string(), "j")
        })
    }),
    ("parts of parts that tell of the same write", |n| {
        openlineage(n, |at| {
            let event =
                of(event("COMPLETE", TIME, &at.to_string(), "j"), &(at + 1).to_string(), "j");
            with(event, &["out"], &["in"])
        })
    }),
    ("one parent of all", |n| {
        openlineage(n, |at| {
            let event = of(event("COMPLETE", TIME, &at.to_string(), "j"), "root", "dag");
            with(event, &[&format!("d{at}")], &[&format!("d{}", at / 2)])
        })
    }),
    ("one dataset that all read and write", |n| {
        openlineage(n, |at| {
            with(event("COMPLETE", &time(at), &at.to_string(), "j"), &["d"], &["d"])
        })
    }),
    ("names that change in a ring", renamed),
    ("one dataset dropped and made again", dropped),
    ("jobs that read alike, of one run id", alike),
    ("one run id under as many jobs", |n| {
        openlineage(n, |at| event("COMPLETE", TIME, "r", &format!("j{at}")))
    }),
    ("clocks that run backward there", |n| {
        openlineage(2 * n, |at| {
            let kind = if at % 2 == 0 { "COMPLETE" } else { "START" };
            let run = (at / 2).to_string();
            with(event(kind, &time(2 * n - at), &run, "j"), &[&format!("d{run}")], &["d0"])
        })
    }),
    ("tries without end", |n| {
        openlineage(n, |at| of(event("FAIL", &time(at), &at.to_string(), "j"), "root", "dag"))
    }),
    ("ends without end", |n| {
        openlineage(n, |at| {
            let kind = ["COMPLETE", "FAIL", "ABORT"][at % 3];
            with(event(kind, &time(at), "r", "j"), &[&format!("d{at}")], &[])
        })
    }),
    ("columns from columns", columns),
    ("parts of one dataset", parts),
];

/// What a name may hold that is no letter.
pub const HOSTILE: &str = "\0\u{202e}</script>\u{2066}<!--\u{1f}\u{feff}\"\\'\u{7f}";

const TIME: &str = "2026-11-21T10:00:00Z";

fn time(second: usize) -> String {
    let (day, second) = (second / 86_400, second % 86_400);
    format!(
        "2026-11-{:02}T{:02}:{:02}:{:02}Z",
        1 + day % 28,
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut log, at| {
        // Writing to a string cannot fail.
        let _ = writeln!(log, "{}", line(at));
        log
    })
}

/// `payloads`, one second after the other.
fn databuild(payloads: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let events = payloads.into_iter().enumerate().map(|(at, (kind, payload))| {
        format!("{{\"event_id\":{},\"timestamp\":{},\"{kind}\":{payload}}}\n", at + 1, SECOND + at)
    });
    events.collect()
}

fn want(id: &str, refs: Value, cause: Option<&str>) -> (&'static str, Value) {
    let source = cause.map(|run| json!({"job_triggered": {"job_run_id": run}}));
    ("want_create_v1", json!({"want_id": id, "partitions": refs, "source": source}))
}

fn buffer(run: &str, refs: &Value, want: &str) -> (&'static str, Value) {
    let payload = json!({
        "job_run_id": run, "job_label": "//j", "building_partitions": refs,
        "want_attributed_partitions": [{"want_id": want, "partitions": refs}],
    });
    ("job_run_buffer_v1", payload)
}

fn success(run: &str, impacted: &Value, read: &Value) -> (&'static str, Value) {
    let payload = json!({"job_run_id": run, "read_deps": [{"impacted": impacted, "read": read}]});
    ("job_run_success_v1", payload)
}

fn miss(run: &str, impacted: &Value, missing: &Value) -> (&'static str, Value) {
    let payload =
        json!({"job_run_id": run, "missing_deps": [{"impacted": impacted, "missing": missing}]});
    ("job_run_missing_deps_v1", payload)
}

fn many(prefix: &str, n: usize) -> Value {
    (0..n).map(|at| format!("{prefix}{at}")).collect()
}

fn nested(n: usize) -> String {
    "[".repeat(n) + &"]".repeat(n)
}

fn deep(n: usize) -> String {
    let deep = nested(n);
    let objects = "{\"a\":".repeat(n) + "1" + &"}".repeat(n);
    [
        format!("{{\"timestamp\":1,\"new\":{deep},\"want_create_v1\":{{\"want_id\":\"W\",\"new\":{objects},\"partitions\":[\"a\"]}}}}"),
        format!("{{\"timestamp\":1,\"want_create_v1\":{{\"want_id\":\"W\",\"partitions\":{deep}}}}}"),
        deep,
        objects,
        "[".repeat(n),
        String::new(),
    ]
    .join("\n")
}

fn one_line(n: usize) -> String {
    let refs = many("p", n);
    let fail = json!({"job_run_id": "K", "reason": "x".repeat(10 * n)});
    databuild([
        want("W", refs.clone(), None),
        buffer("J", &refs, "W"),
        success("J", &refs, &many("q", n)),
        ("job_run_failure_v1", fail),
    ]) + &"x".repeat(20 * n)
        + "\n"
}

fn digits(n: usize) -> String {
    let number = "9".repeat(n);
    let fields = ["ttl_seconds", "sla_seconds", "data_timestamp", "new"];
    let mut log: String = fields
        .iter()
        .flat_map(|field| {
            [&number, &format!("0.{number}"), &format!("1e{number}"), &format!("-{number}")].map(|number| {
                format!("{{\"timestamp\":1,\"want_create_v1\":{{\"want_id\":\"W\",\"partitions\":[\"a\"],\"{field}\":{number}}}}}\n")
            })
        })
        .collect();
    let _ = writeln!(log, "{{\"timestamp\":{number},\"want_cancel_v1\":{{\"want_id\":\"W\"}}}}");
    let _ = writeln!(
        log,
        "{{\"event_id\":\"{number}\",\"timestamp\":\"{number}\",\"want_cancel_v1\":{{\"want_id\":\"W\"}}}}"
    );
    log
}

/// One name for all that has one.
pub fn named(name: &str) -> String {
    let refs = json!([{"ref": name, "uuid": name}]);
    databuild([
        (
            "want_create_v1",
            json!({"want_id": name, "partitions": refs, "comment": name,
            "source": {"job_triggered": {"job_run_id": name}}}),
        ),
        (
            "job_run_buffer_v1",
            json!({"job_run_id": name, "job_label": name, "building_partitions": refs,
            "want_attributed_partitions": [{"want_id": name, "partitions": refs}]}),
        ),
        miss(name, &refs, &refs),
        success(name, &refs, &refs),
        ("job_run_failure_v1", json!({"job_run_id": name, "reason": name})),
        (
            "taint_create_v1",
            json!({"taint_id": name, "partitions": refs,
            "source": {"manually_triggered": {"user": name}}}),
        ),
    ])
}

/// Kinds, and fields of a known kind.
pub fn unknown(n: usize) -> String {
    lines(n, |at| format!("{{\"timestamp\":1,\"kind{at}_v1\":{{}}}}"))
        + &lines(n, |at| {
            format!("{{\"timestamp\":1,\"f{at}\":1,\"job_run_queue_v1\":{{\"job_run_id\":\"J\"}}}}")
        })
}

fn reads_itself(n: usize) -> String {
    let a = json!(["a"]);
    databuild((0..n).flat_map(|at| {
        let run = format!("J{at}");
        [buffer(&run, &a, "W"), success(&run, &a, &a)]
    }))
}

fn ring_of_wants(n: usize) -> String {
    databuild((0..n).flat_map(|at| {
        let before = (at + n - 1) % n;
        let (mine, next) = (json!([format!("p{at}")]), json!([format!("p{}", (at + 1) % n)]));
        let (want_id, run) = (format!("W{at}"), format!("J{at}"));
        [
            want(&want_id, mine.clone(), Some(&format!("J{before}"))),
            buffer(&run, &mine, &want_id),
            miss(&run, &mine, &next),
        ]
    }))
}

/// Fifty from each run.
pub fn read_by_all(n: usize) -> String {
    databuild((0..n / 50).flat_map(|at| {
        let run = format!("J{at}");
        let refs = many(&format!("p{at}."), 50);
        [buffer(&run, &refs, "W"), success(&run, &refs, &json!(["a"]))]
    }))
}

fn built_from_all(n: usize) -> String {
    let made = (0..n).flat_map(|at| {
        let (run, mine) = (format!("J{at}"), json!([format!("p{at}")]));
        [buffer(&run, &mine, "W"), success(&run, &mine, &json!([]))]
    });
    let a = json!(["a"]);
    databuild(made.chain([buffer("J", &a, "W"), success("J", &a, &many("p", n))]))
}

fn wanted_by_all(n: usize) -> String {
    let a = json!(["a"]);
    let wants = (0..n).map(|at| want(&format!("W{at}"), json!(["a"]), None));
    databuild(wants.chain([buffer("J", &a, "W0"), success("J", &a, &json!([]))]))
}

fn attempts(n: usize) -> String {
    let a = json!(["a"]);
    databuild((0..n).flat_map(|at| {
        let beat = ("job_run_heartbeat_v1", json!({"job_run_id": "J"}));
        let b = json!([format!("b{}", at % 7)]);
        [buffer("J", &a, "W"), beat, miss("J", &a, &b), want(&format!("W{at}"), b, Some("J"))]
    }))
}

fn taints(n: usize) -> String {
    let a = json!(["a"]);
    let made = [buffer("J", &a, "W"), success("J", &a, &json!([]))];
    let laid = (0..n)
        .map(|at| ("taint_create_v1", json!({"taint_id": format!("T{at}"), "partitions": ["a"]})));
    let lifted = (0..n / 2).map(|at| ("taint_cancel_v1", json!({"taint_id": format!("T{at}")})));
    databuild(made.into_iter().chain(laid).chain(lifted))
}

fn backward(n: usize) -> String {
    lines(n, |at| {
        let time = SECOND - at;
        let run = at / 3;
        let payload = match at % 3 {
            0 => json!({"job_run_success_v1": {"job_run_id": format!("J{run}"), "read_deps": []}}),
            1 => json!({"job_run_heartbeat_v1": {"job_run_id": format!("J{run}")}}),
            _ => json!({"job_run_buffer_v1": {"job_run_id": format!("J{run}"), "job_label": "//j",
                "building_partitions": ["a"], "want_attributed_partitions": []}}),
        };
        let mut event = payload;
        event["timestamp"] = json!(time);
        // Of two, one has an id, and those run backward, too.
        if at % 2 == 0 {
            event["event_id"] = json!(n - at);
        }
        event.to_string()
    })
}

fn same_ids(n: usize) -> String {
    lines(n, |_| named("x"))
}

fn misses(n: usize) -> String {
    let missed = (0..n).flat_map(|at| {
        let a = json!([format!("a{}", at % 100)]);
        let run = format!("J{at}");
        [buffer(&run, &a, "W"), miss(&run, &a, &json!([format!("b{at}")]))]
    });
    let made = (0..n).flat_map(|at| {
        let a = json!([format!("a{}", at % 100)]);
        let run = format!("K{at}");
        [buffer(&run, &a, "W"), ("job_run_success_v1", json!({"job_run_id": run}))]
    });
    databuild(missed.chain(made))
}

fn continued(n: usize) -> String {
    let a = json!(["a", "b"]);
    databuild((0..n).flat_map(|at| {
        let run = format!("J{at}");
        [buffer(&run, &a, "W"), ("job_run_failure_v1", json!({"job_run_id": run}))]
    }))
}

/// The first run is buffered last for the want, so that no order of runs is the order of their pieces.
fn canceled(n: usize) -> String {
    let a = json!(["a"]);
    let runs = (0..n).flat_map(|at| {
        let run = format!("J{at}");
        [buffer(&run, &a, "V"), ("job_run_failure_v1", json!({"job_run_id": run}))]
    });
    let again = (0..n).map(|at| buffer(&format!("J{}", n - at - 1), &a, "W"));
    let wants = [want("W", a.clone(), None)];
    let cancel = [("want_cancel_v1", json!({"want_id": "W"}))];
    databuild(wants.into_iter().chain(runs).chain(again).chain(cancel))
}

fn elsewhere(n: usize) -> String {
    let wants = [want("W", many("a", n), None)];
    let runs = (0..n).map(|at| buffer(&format!("J{at}"), &json!([format!("b{at}")]), "W"));
    databuild(wants.into_iter().chain(runs))
}

fn continued_readers(n: usize) -> String {
    let a = json!(["a"]);
    let made = [buffer("A", &a, "W"), success("A", &a, &json!([]))];
    let readers = (0..n).flat_map(|at| {
        let (run, next) = (format!("J{at}"), json!(["b", format!("c{at}")]));
        let c = json!([format!("c{at}")]);
        let fail = ("job_run_failure_v1", json!({"job_run_id": run}));
        if at % 2 == 0 {
            vec![buffer(&run, &next, "W"), fail]
        } else {
            // It fails for what the next one tries again, and had read by then.
            let payload = json!({"job_run_id": run, "missing_deps": [], "read_deps": [{"impacted": c, "read": a}]});
            vec![buffer(&run, &next, "W"), ("job_run_missing_deps_v1", payload)]
        }
    });
    databuild(made.into_iter().chain(readers))
}

fn ladder(n: usize) -> String {
    databuild((0..n).flat_map(|at| {
        let (left, right) = (format!("l{at}"), format!("r{at}"));
        let mine = json!([left, right]);
        let read = at
            .checked_sub(1)
            .map_or(json!([]), |before| json!([format!("l{before}"), format!("r{before}")]));
        let run = format!("J{at}");
        [buffer(&run, &mine, "W"), success(&run, &mine, &read)]
    }))
}

fn uuids(n: usize) -> String {
    databuild((0..n).flat_map(|at| {
        let a = json!([{"ref": "a", "uuid": format!("u{}", at % 5)}]);
        let b = json!([{"ref": "b", "uuid": format!("v{at}")}]);
        let run = format!("J{at}");
        [buffer(&run, &a, "W"), success(&run, &a, &b)]
    }))
}

fn chain_of_wants(n: usize) -> String {
    databuild((0..n).flat_map(|at| {
        let (mine, next) = (json!([format!("p{at}")]), json!([format!("p{}", at + 1)]));
        let (want_id, run) = (format!("W{at}"), format!("J{at}"));
        let cause = at.checked_sub(1).map(|before| format!("J{before}"));
        [
            want(&want_id, mine.clone(), cause.as_deref()),
            buffer(&run, &mine, &want_id),
            miss(&run, &mine, &next),
        ]
    }))
}

fn attributions(n: usize) -> String {
    let wants = (0..n).map(|at| want(&format!("W{at}"), json!(["a", "b"]), None));
    let all: Value =
        (0..n).map(|at| json!({"want_id": format!("W{at}"), "partitions": ["a", "b"]})).collect();
    let runs = (0..3).flat_map(|at| {
        let run = format!("J{at}");
        let buffer = json!({
            "job_run_id": run, "job_label": "//j", "building_partitions": ["a", "b"],
            "want_attributed_partitions": all,
        });
        let end = ("job_run_failure_v1", json!({"job_run_id": run}));
        [("job_run_buffer_v1", buffer), end]
    });
    databuild(wants.chain(runs))
}

fn openlineage(n: usize, event: impl Fn(usize) -> Value) -> String {
    lines(n, |at| event(at).to_string())
}

fn event(kind: &str, time: &str, run: &str, job: &str) -> Value {
    json!({
        "eventType": kind, "eventTime": time, "run": {"runId": run, "facets": {}},
        "job": {"namespace": "t", "name": job}, "inputs": [], "outputs": [],
    })
}

fn of(mut event: Value, parent: &str, job: &str) -> Value {
    let parent = json!({"run": {"runId": parent}, "job": {"namespace": "t", "name": job}});
    event["run"]["facets"]["parent"] = parent;
    event
}

fn with(mut event: Value, outputs: &[&str], inputs: &[&str]) -> Value {
    let datasets = |names: &[&str]| -> Value {
        names.iter().map(|name| json!({"namespace": "d", "name": name, "facets": {}})).collect()
    };
    (event["outputs"], event["inputs"]) = (datasets(outputs), datasets(inputs));
    event
}

fn facets(n: usize) -> String {
    let deep = nested(n);
    let objects = "{\"a\":".repeat(n) + "1" + &"}".repeat(n);
    lines(2, |at| {
        let deep = if at == 0 { &deep } else { &objects };
        format!(
            "{{\"eventType\":\"COMPLETE\",\"eventTime\":\"{TIME}\",\"run\":{{\"runId\":\"r{at}\",\"facets\":{{\"new\":{deep},\"parent\":{deep}}}}},\
             \"job\":{{\"name\":\"j\",\"facets\":{{\"sql\":{deep},\"new\":{deep}}}}},\"outputs\":[{{\"name\":\"a\",\"facets\":{{\"columnLineage\":{deep},\"schema\":{{\"fields\":{deep}}}}}}}],\"inputs\":{deep}}}"
        )
    })
}

fn one_event(n: usize) -> String {
    let datasets = |prefix: &str| -> Value {
        (0..n).map(|at| json!({"namespace": "d", "name": format!("{prefix}{at}")})).collect()
    };
    let mut all = event("COMPLETE", TIME, "r", "j");
    (all["inputs"], all["outputs"]) = (datasets("in"), datasets("out"));
    all["job"]["facets"]["sql"] = json!({"query": "select ".repeat(n)});
    all["run"]["facets"]["errorMessage"] =
        json!({"message": "x".repeat(n), "stackTrace": "at x\n".repeat(n)});
    all["run"]["facets"]["tags"] =
        json!({"tags": (0..n).map(|at| json!({"key": at.to_string()})).collect::<Value>()});
    all.to_string() + "\n"
}

/// One name for all that has one.
pub fn openlineage_named(name: &str) -> String {
    lines(3, |at| {
        let kind = ["START", "COMPLETE", "FAIL"][at];
        let dataset = json!({"namespace": name, "name": name, "facets": {
            "version": {"datasetVersion": name},
            "symlinks": {"identifiers": [{"namespace": name, "name": name, "type": "TABLE"}]},
            "lifecycleStateChange": {"lifecycleStateChange": "RENAME", "previousIdentifier": {"namespace": name, "name": name}},
            "columnLineage": {"fields": {name: {"inputFields": [{"namespace": name, "name": name, "field": name}]}}},
        }});
        let parent = json!({"run": {"runId": name}, "job": {"namespace": name, "name": name}});
        json!({
            "eventType": kind, "eventTime": TIME,
            "run": {"runId": name, "facets": {"parent": parent, "errorMessage": {"message": name}}},
            "job": {"namespace": name, "name": name}, "inputs": [dataset], "outputs": [dataset],
        })
        .to_string()
    })
}

fn changed(at: usize, name: &str, change: &str, before: &str) -> Value {
    let mut event = event("COMPLETE", &time(at), &at.to_string(), "j");
    let facet = json!({"lifecycleStateChange": change, "previousIdentifier": {"namespace": "d", "name": before}});
    event["outputs"] =
        json!([{"namespace": "d", "name": name, "facets": {"lifecycleStateChange": facet}}]);
    event
}

fn renamed(n: usize) -> String {
    openlineage(n, |at| {
        changed(at, &format!("d{}", (at + 1) % 7), "RENAME", &format!("d{}", at % 7))
    })
}

fn dropped(n: usize) -> String {
    openlineage(n, |at| match at % 3 {
        0 => changed(at, "d", "CREATE", ""),
        1 => with(event("COMPLETE", &time(at), &at.to_string(), "j"), &["e"], &["d"]),
        _ => changed(at, "d", "DROP", ""),
    })
}

/// Wherever the slash between namespace and name is, the job reads the same.
fn alike(n: usize) -> String {
    openlineage(n, |at| {
        let mut event = event("COMPLETE", TIME, "r", &"b/".repeat(n - at));
        event["job"]["namespace"] = json!("b/".repeat(at) + "b");
        event
    })
}

fn columns(n: usize) -> String {
    let fields: serde_json::Map<String, Value> = (0..n)
        .map(|at| {
            let from = |at: usize| json!({"namespace": "d", "name": format!("in{}", at % 20), "field": "c"});
            (format!("c{at}"), json!({"inputFields": [from(at), from(at / 2), from(at / 3)]}))
        })
        .collect();
    let inputs: Vec<String> = (0..20).map(|at| format!("in{at}")).collect();
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let mut event = with(event("COMPLETE", TIME, "r", "j"), &["out"], &inputs);
    event["outputs"][0]["facets"]["columnLineage"] = json!({ "fields": fields });
    event.to_string() + "\n"
}

fn parts(n: usize) -> String {
    let mut event = with(event("COMPLETE", TIME, "r", "j"), &["out"], &["in"]);
    let part =
        |at: usize| json!({"identifier": format!("p{at}"), "dimensions": {"day": at.to_string()}});
    let parts: Value = (0..n).map(part).collect();
    event["outputs"][0]["outputFacets"] =
        json!({"subset": {"outputCondition": {"type": "partition", "partitions": parts}}});
    event.to_string() + "\n"
}
