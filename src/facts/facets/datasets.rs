//! Facets of datasets: what they are, what was counted in them, and from which columns theirs come.
use serde_json::Value as Json;

use super::runs::{documentation, ownership, tags};
use super::{Read, Said, list, row, rows, text_of};
use crate::facts::{Row, Value};

pub(super) const DATASET: &[(&str, Read)] = &[
    ("documentation", documentation),
    ("ownership", ownership),
    ("version", version),
    ("lifecycleStateChange", lifecycle),
    ("symlinks", symlinks),
    ("schema", schema),
    ("columnLineage", columns),
    ("dataQualityAssertions", assertions),
    ("dataQualityMetrics", metrics),
    ("dataSource", source),
    ("datasetType", kind),
    ("storage", storage),
    ("catalog", catalog),
    ("tags", tags),
];

pub(super) const INPUT: &[(&str, Read)] = &[
    ("inputStatistics", statistics),
    ("dataQualityMetrics", metrics),
    ("dataQualityAssertions", assertions),
];

pub(super) const OUTPUT: &[(&str, Read)] = &[("outputStatistics", statistics)];

fn version(facet: &Json) -> Said {
    ("Version", rows(facet, &[("datasetVersion", "Version")]), None)
}

fn lifecycle(facet: &Json) -> Said {
    let mut said = rows(facet, &[("lifecycleStateChange", "Change")]);
    said.extend(row("Name before", &facet["previousIdentifier"]["name"]));
    ("Change", said, None)
}

fn symlinks(facet: &Json) -> Said {
    let one = |link: &Json| {
        let kind = link["type"].as_str().unwrap_or("Name");
        let note = text_of(&link["namespace"]);
        row(kind, &link["name"]).map(|row| Row { note, ..row })
    };
    ("Also known as", list(&facet["identifiers"]).iter().filter_map(one).collect(), None)
}

fn schema(facet: &Json) -> Said {
    let field = |field: &Json| {
        let kind = text_of(&field["type"]);
        let note = text_of(&field["description"]);
        let name = field["name"].as_str()?;
        Some(Row { note, ..Row::of(name, Value::Text(kind)) })
    };
    ("Schema", list(&facet["fields"]).iter().filter_map(field).collect(), None)
}

/// A row for each column and column that it comes from.
fn columns(facet: &Json) -> Said {
    let mut said = Vec::new();
    for (column, from) in facet["fields"].as_object().into_iter().flatten() {
        let whole = from["transformationDescription"].as_str();
        said.extend(
            list(&from["inputFields"]).iter().map(|from| source_column(column, from, whole)),
        );
    }
    let all = list(&facet["dataset"]).iter();
    said.extend(all.map(|from| source_column("all columns", from, None)));
    ("Column lineage", said, None)
}

fn source_column(column: &str, from: &Json, whole: Option<&str>) -> Row {
    let parts = [&from["namespace"], &from["name"]].map(text_of);
    let how = list(&from["transformations"]).iter().map(|how| {
        let words = [&how["type"], &how["subtype"]].map(|word| word.as_str().unwrap_or_default());
        words.join(" ").trim().to_lowercase()
    });
    let how = whole.map(str::to_owned).into_iter().chain(how).collect::<Vec<_>>().join(", ");
    let value = Value::Text(format!("{} · {}", parts.join(" "), text_of(&from["field"])));
    Row { note: how, ..Row::of(column, value) }
}

fn assertions(facet: &Json) -> Said {
    let one = |it: &Json| {
        let passed = it["success"].as_bool()?;
        let note = text_of(&it["column"]);
        let value = Value::Text((if passed { "passed" } else { "failed" }).to_owned());
        Some(Row { note, ..Row::of(it["assertion"].as_str()?, value) })
    };
    ("Quality assertions", list(&facet["assertions"]).iter().filter_map(one).collect(), None)
}

const COUNTS: [(&str, &str); 4] =
    [("rowCount", "Rows"), ("bytes", "Bytes"), ("size", "Bytes"), ("fileCount", "Files")];

fn statistics(facet: &Json) -> Said {
    ("Statistics", rows(facet, &COUNTS), None)
}

fn metrics(facet: &Json) -> Said {
    let mut said = rows(facet, &COUNTS);
    let fields = [
        ("nullCount", "nulls"),
        ("distinctCount", "distinct"),
        ("min", "least"),
        ("max", "greatest"),
    ];
    for (column, counts) in facet["columnMetrics"].as_object().into_iter().flatten() {
        let of_column = rows(counts, &fields).into_iter();
        said.extend(of_column.map(|row| Row { label: format!("{column} · {}", row.label), ..row }));
    }
    ("Quality metrics", said, None)
}

fn source(facet: &Json) -> Said {
    ("Data source", rows(facet, &[("name", "Name"), ("uri", "Address")]), None)
}

fn kind(facet: &Json) -> Said {
    ("Dataset type", rows(facet, &[("datasetType", "Type"), ("subType", "Subtype")]), None)
}

fn storage(facet: &Json) -> Said {
    ("Storage", rows(facet, &[("storageLayer", "Layer"), ("fileFormat", "Format")]), None)
}

fn catalog(facet: &Json) -> Said {
    let fields = [("framework", "Framework"), ("type", "Type"), ("name", "Name")];
    ("Catalog", rows(facet, &fields), None)
}
