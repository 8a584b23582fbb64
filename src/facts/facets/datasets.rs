//! Facets of datasets: what they are, what was counted in them, and from which columns theirs come.
use super::known::{Item, Known, Rest, row, rows, text_of};
use super::runs::{DOCUMENTATION, OWNERSHIP, TAGS};
use crate::facts::{Kind, Node, Row, Value};

pub(super) const DATASET: &[Known] = &[
    DOCUMENTATION,
    OWNERSHIP,
    Known::fields("version", "Version", &[("datasetVersion", "Version")]),
    Known::fields("lifecycleStateChange", "Change", &[("lifecycleStateChange", "Change")])
        .and(Rest::Told(name_before)),
    Known::fields("symlinks", "Also known as", &[]).and(Rest::Each(
        "identifiers",
        Item { label: "type", or: "Name", value: "name", note: Some("namespace") },
    )),
    Known::fields("schema", "Schema", &[]).and(Rest::Told(schema)),
    Known::fields("columnLineage", "Column lineage", &[]).and(Rest::Told(columns)),
    ASSERTIONS,
    METRICS,
    Known::fields("dataSource", "Data source", &[("name", "Name"), ("uri", "Address")]),
    Known::fields(
        "datasetType",
        "Dataset type",
        &[("datasetType", "Type"), ("subType", "Subtype")],
    ),
    Known::fields("storage", "Storage", &[("storageLayer", "Layer"), ("fileFormat", "Format")]),
    Known::fields(
        "catalog",
        "Catalog",
        &[("framework", "Framework"), ("type", "Type"), ("name", "Name")],
    ),
    TAGS,
];

pub(super) const INPUT: &[Known] =
    &[Known::fields("inputStatistics", "Statistics", COUNTS), METRICS, ASSERTIONS];

pub(super) const OUTPUT: &[Known] = &[Known::fields("outputStatistics", "Statistics", COUNTS)];

const ASSERTIONS: Known =
    Known::fields("dataQualityAssertions", "Quality assertions", &[]).and(Rest::Told(assertions));

const METRICS: Known =
    Known::fields("dataQualityMetrics", "Quality metrics", COUNTS).and(Rest::Told(column_metrics));

const COUNTS: &[(&str, &str)] =
    &[("rowCount", "Rows"), ("bytes", "Bytes"), ("size", "Bytes"), ("fileCount", "Files")];

fn name_before(facet: Node<'_>) -> Vec<Row> {
    row("Name before", facet.get("previousIdentifier").get("name")).into_iter().collect()
}

/// A column without a type stays a row.
fn schema(facet: Node<'_>) -> Vec<Row> {
    let field = |field: Node<'_>| {
        let value = Value::Text(text_of(field, "type"));
        let note = text_of(field, "description");
        Some(Row { note, ..Row::of(field.get("name").text()?, value) })
    };
    facet.get("fields").items().filter_map(field).collect()
}

/// A row for each column and column that it comes from.
fn columns(facet: Node<'_>) -> Vec<Row> {
    let mut said = Vec::new();
    for (column, from) in facet.get("fields").members() {
        let whole = from.get("transformationDescription").text();
        let sources = from.get("inputFields").items();
        said.extend(sources.map(|from| source_column(column, from, whole)));
    }
    let all = facet.get("dataset").items();
    said.extend(all.map(|from| source_column("all columns", from, None)));
    said
}

fn source_column(column: &str, from: Node<'_>, whole: Option<&str>) -> Row {
    let [namespace, name, field] = ["namespace", "name", "field"].map(|key| text_of(from, key));
    let how = from.get("transformations").items().map(|how| {
        let words = ["type", "subtype"].map(|key| text_of(how, key));
        words.join(" ").trim().to_lowercase()
    });
    let how = whole.map(str::to_owned).into_iter().chain(how).collect::<Vec<_>>().join(", ");
    let value = Value::Text(format!("{namespace} {name} · {field}"));
    Row { note: how, ..Row::of(column, value) }
}

fn assertions(facet: Node<'_>) -> Vec<Row> {
    let one = |it: Node<'_>| {
        let said = match it.get("success").kind()? {
            Kind::Bool(true) => "passed",
            Kind::Bool(false) => "failed",
            _ => return None,
        };
        let row = Row::of(it.get("assertion").text()?, Value::Text(said.to_owned()));
        Some(Row { note: text_of(it, "column"), ..row })
    };
    facet.get("assertions").items().filter_map(one).collect()
}

fn column_metrics(facet: Node<'_>) -> Vec<Row> {
    let fields = [
        ("nullCount", "nulls"),
        ("distinctCount", "distinct"),
        ("min", "least"),
        ("max", "greatest"),
    ];
    let mut said = Vec::new();
    for (column, counts) in facet.get("columnMetrics").members() {
        let of_column = rows(counts, &fields).into_iter();
        said.extend(of_column.map(|row| Row { label: format!("{column} · {}", row.label), ..row }));
    }
    said
}
