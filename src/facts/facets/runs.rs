//! Facets of runs and of their jobs.
use serde_json::Value as Json;

use super::{Read, Said, code, list, row, rows, text_of};
use crate::facts::{Row, Value};

pub(super) const RUN: &[(&str, Read)] = &[
    ("errorMessage", error),
    ("nominalTime", nominal),
    ("processing_engine", engine),
    ("externalQuery", query),
    ("extractionError", extraction),
    ("parent", parent),
    ("tags", tags),
];

pub(super) const JOB: &[(&str, Read)] = &[
    ("documentation", documentation),
    ("ownership", ownership),
    ("jobType", job_type),
    ("sql", sql),
    ("sourceCode", source),
    ("sourceCodeLocation", location),
    ("tags", tags),
];

fn error(facet: &Json) -> Said {
    let fields = [("message", "Message"), ("programmingLanguage", "Language")];
    ("Error", rows(facet, &fields), code(&facet["stackTrace"]))
}

fn nominal(facet: &Json) -> Said {
    let fields = [("nominalStartTime", "From"), ("nominalEndTime", "To")];
    ("Nominal time", rows(facet, &fields), None)
}

fn engine(facet: &Json) -> Said {
    let fields = [
        ("name", "Engine"),
        ("version", "Version"),
        ("openlineageAdapterVersion", "Adapter version"),
    ];
    ("Processing engine", rows(facet, &fields), None)
}

fn query(facet: &Json) -> Said {
    ("External query", rows(facet, &[("externalQueryId", "Id"), ("source", "Source")]), None)
}

fn extraction(facet: &Json) -> Said {
    let mut said = rows(facet, &[("totalTasks", "Tasks"), ("failedTasks", "Failed tasks")]);
    for error in list(&facet["errors"]) {
        said.extend(row(&text_of(&error["task"]), &error["errorMessage"]));
    }
    ("Lineage not extracted", said, None)
}

fn parent(facet: &Json) -> Said {
    let mut said = Vec::new();
    for (name, of) in [("Parent", facet), ("Root", &facet["root"])] {
        let job = &of["job"];
        if let Some(id) = of["run"]["runId"].as_str() {
            let note = format!("{} {}", text_of(&job["namespace"]), text_of(&job["name"]));
            let note = note.trim().to_owned();
            said.push(Row { note, ..Row::of(name, Value::Id(id.to_owned())) });
        }
    }
    ("Part of", said, None)
}

pub(super) fn tags(facet: &Json) -> Said {
    let tag = |tag: &Json| row(&text_of(&tag["key"]), &tag["value"]);
    ("Tags", list(&facet["tags"]).iter().filter_map(tag).collect(), None)
}

pub(super) fn documentation(facet: &Json) -> Said {
    ("Documentation", rows(facet, &[("description", "Description")]), None)
}

pub(super) fn ownership(facet: &Json) -> Said {
    let owner = |owner: &Json| {
        let kind = owner["type"].as_str().unwrap_or("Owner");
        row(kind, &owner["name"])
    };
    ("Owners", list(&facet["owners"]).iter().filter_map(owner).collect(), None)
}

fn job_type(facet: &Json) -> Said {
    let fields =
        [("processingType", "Processing"), ("integration", "Integration"), ("jobType", "Type")];
    ("Job type", rows(facet, &fields), None)
}

fn sql(facet: &Json) -> Said {
    ("SQL", rows(facet, &[("dialect", "Dialect")]), code(&facet["query"]))
}

fn source(facet: &Json) -> Said {
    ("Source", rows(facet, &[("language", "Language")]), code(&facet["sourceCode"]))
}

fn location(facet: &Json) -> Said {
    let fields = [
        ("url", "Address"),
        ("repoUrl", "Repository"),
        ("path", "Path"),
        ("version", "Version"),
        ("branch", "Branch"),
        ("tag", "Tag"),
    ];
    ("Source location", rows(facet, &fields), None)
}
