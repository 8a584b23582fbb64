//! Facets of runs and of their jobs.
use super::known::{Item, Known, Rest, text_of};
use crate::facts::{Node, Row, Value};

pub(super) const RUN: &[Known] = &[
    Known::fields(
        "errorMessage",
        "Error",
        &[("message", "Message"), ("programmingLanguage", "Language")],
    )
    .with_code("stackTrace"),
    Known::fields(
        "nominalTime",
        "Nominal time",
        &[("nominalStartTime", "From"), ("nominalEndTime", "To")],
    ),
    Known::fields(
        "processing_engine",
        "Processing engine",
        &[
            ("name", "Engine"),
            ("version", "Version"),
            ("openlineageAdapterVersion", "Adapter version"),
        ],
    ),
    Known::fields(
        "externalQuery",
        "External query",
        &[("externalQueryId", "Id"), ("source", "Source")],
    ),
    Known::fields(
        "extractionError",
        "Lineage not extracted",
        &[("totalTasks", "Tasks"), ("failedTasks", "Failed tasks")],
    )
    .and(Rest::Each("errors", Item { label: "task", or: "", value: "errorMessage", note: None })),
    Known::fields("parent", "Part of", &[]).and(Rest::Told(parents)),
    TAGS,
];

pub(super) const JOB: &[Known] = &[
    DOCUMENTATION,
    OWNERSHIP,
    Known::fields(
        "jobType",
        "Job type",
        &[("processingType", "Processing"), ("integration", "Integration"), ("jobType", "Type")],
    ),
    Known::fields("sql", "SQL", &[("dialect", "Dialect")]).with_code("query"),
    Known::fields("sourceCode", "Source", &[("language", "Language")]).with_code("sourceCode"),
    Known::fields(
        "sourceCodeLocation",
        "Source location",
        &[
            ("url", "Address"),
            ("repoUrl", "Repository"),
            ("path", "Path"),
            ("version", "Version"),
            ("branch", "Branch"),
            ("tag", "Tag"),
        ],
    ),
    TAGS,
];

pub(super) const DOCUMENTATION: Known =
    Known::fields("documentation", "Documentation", &[("description", "Description")]);

pub(super) const OWNERSHIP: Known = Known::fields("ownership", "Owners", &[])
    .and(Rest::Each("owners", Item { label: "type", or: "Owner", value: "name", note: None }));

pub(super) const TAGS: Known = Known::fields("tags", "Tags", &[])
    .and(Rest::Each("tags", Item { label: "key", or: "", value: "value", note: None }));

fn parents(facet: Node<'_>) -> Vec<Row> {
    let row = |(name, of): (&str, Node<'_>)| {
        let job = of.get("job");
        let id = of.get("run").get("runId").text()?.to_owned();
        let note = format!("{} {}", text_of(job, "namespace"), text_of(job, "name"));
        Some(Row { note: note.trim().to_owned(), ..Row::of(name, Value::Id(id)) })
    };
    [("Parent", facet), ("Root", facet.get("root"))].into_iter().filter_map(row).collect()
}
