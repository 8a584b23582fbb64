//! The facets of one OpenLineage event worth reading, as plain rows. They are read from the source
//! text when a page asks for them; the history keeps none of them. What is not as its schema says is
//! left out, and facets that nobody here knows are named.
mod datasets;
mod runs;

use serde_json::{Map, Value as Json};

use crate::facts::{Row, Section, Value};

/// One facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// What it is a facet of.
    pub of: Of,
    /// Its name in words, and its rows; rows past the most are counted.
    pub section: Section,
    /// A longer text, to be set as it is written: a query, a source, a stack trace.
    pub code: Option<String>,
}

/// What has facets.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// The run.
    #[default]
    Run,
    /// Its job.
    Job,
    /// A dataset that it read: namespace and name.
    Input(String, String),
    /// A dataset that it wrote.
    Output(String, String),
    /// A dataset that is only described.
    Dataset(String, String),
}

/// What one kind of facet says: its title, its rows, its longer text.
type Said = (&'static str, Vec<Row>, Option<String>);

/// How a facet is read.
type Read = fn(&Json) -> Said;

/// The facets of the event `text`, of the run first, then of the job, the inputs and the outputs,
/// each in the order of this module; none for a text that is no such event. A list has at most
/// `most` rows.
pub fn facets(text: &str, most: usize) -> Vec<Facet> {
    let Ok(event) = serde_json::from_str::<Json>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |of: &Of, holder: &Json, lists: &[(&str, &[(&str, Read)])]| {
        for &(key, known) in lists {
            if let Some(facets) = holder.get(key).and_then(Json::as_object) {
                add_facets(of, facets, known, most, &mut found);
            }
        }
    };
    for (of, key, known) in [(Of::Run, "run", runs::RUN), (Of::Job, "job", runs::JOB)] {
        add(&of, &event[key], &[("facets", known)]);
    }
    let name = |dataset: &Json| (text_of(&dataset["namespace"]), text_of(&dataset["name"]));
    let lists = [("facets", datasets::DATASET), ("inputFacets", datasets::INPUT)];
    for dataset in list(&event["inputs"]) {
        let (namespace, name) = name(dataset);
        add(&Of::Input(namespace, name), dataset, &lists);
    }
    let lists = [("facets", datasets::DATASET), ("outputFacets", datasets::OUTPUT)];
    for dataset in list(&event["outputs"]) {
        let (namespace, name) = name(dataset);
        add(&Of::Output(namespace, name), dataset, &lists);
    }
    let dataset = &event["dataset"];
    let (namespace, name) = name(dataset);
    add(&Of::Dataset(namespace, name), dataset, &lists[..1]);
    found
}

fn add_facets(
    of: &Of,
    facets: &Map<String, Json>,
    known: &[(&str, Read)],
    most: usize,
    found: &mut Vec<Facet>,
) {
    for (key, read) in known {
        let Some(facet) = facets.get(*key) else { continue };
        let (title, rows, code) = read(facet);
        if !rows.is_empty() || code.is_some() {
            found.push(Facet { of: of.clone(), section: section(title, rows, most), code });
        }
    }
    let is_unknown = |name: &&String| known.iter().all(|(key, _)| key != name);
    let rows: Vec<Row> = facets.keys().filter(is_unknown).map(|name| label(name)).collect();
    if !rows.is_empty() {
        let section = section("Other facets", rows, most);
        found.push(Facet { of: of.clone(), section, code: None });
    }
}

fn section(title: &str, mut rows: Vec<Row>, most: usize) -> Section {
    let n_more = rows.len().saturating_sub(most);
    rows.truncate(most);
    Section { title: title.to_owned(), rows, n_more }
}

fn label(text: &str) -> Row {
    Row::of(text, Value::None)
}

/// A row of a text or a number; none where there is neither.
fn row(name: &str, value: &Json) -> Option<Row> {
    let value = match value {
        Json::String(text) if !text.is_empty() => Value::Text(text.clone()),
        Json::Number(number) => match number.as_u64() {
            Some(count) => Value::Count(count),
            None => Value::Text(number.to_string()),
        },
        Json::Bool(is_so) => Value::Text((if *is_so { "yes" } else { "no" }).to_owned()),
        _ => return None,
    };
    Some(Row::of(name, value))
}

/// Rows of several fields of one object, by their words.
fn rows(facet: &Json, fields: &[(&str, &str)]) -> Vec<Row> {
    fields.iter().filter_map(|&(key, name)| row(name, &facet[key])).collect()
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn code(value: &Json) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
