//! The facets of one OpenLineage event worth reading, as plain rows. They are read from the source
//! text when a page asks for them; the history keeps none of them. What is not as its schema says is
//! left out, and facets that nobody here knows are named.
mod datasets;
mod known;
mod runs;

use known::{Known, text_of};

use crate::facts::{Json, Node, Row, Section, Value};

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

/// The facets of the event `text`, of the run first, then of the job, the inputs and the outputs,
/// each in the order of this module; none for a text that is no such event. A list has at most
/// `most` rows.
pub fn facets(text: &str, most: usize) -> Vec<Facet> {
    let Some(json) = Json::read(text) else { return Vec::new() };
    let event = json.root();
    let mut found = Found { facets: Vec::new(), most };
    found.add(&Of::Run, event.get("run").get("facets"), runs::RUN);
    found.add(&Of::Job, event.get("job").get("facets"), runs::JOB);
    for input in event.get("inputs").items() {
        let of = named(Of::Input, input);
        found.add(&of, input.get("facets"), datasets::DATASET);
        found.add(&of, input.get("inputFacets"), datasets::INPUT);
    }
    for output in event.get("outputs").items() {
        let of = named(Of::Output, output);
        found.add(&of, output.get("facets"), datasets::DATASET);
        found.add(&of, output.get("outputFacets"), datasets::OUTPUT);
    }
    let dataset = event.get("dataset");
    found.add(&named(Of::Dataset, dataset), dataset.get("facets"), datasets::DATASET);
    found.facets
}

fn named(of: fn(String, String) -> Of, dataset: Node<'_>) -> Of {
    of(text_of(dataset, "namespace"), text_of(dataset, "name"))
}

struct Found {
    facets: Vec<Facet>,
    /// Rows of one list.
    most: usize,
}

impl Found {
    fn add(&mut self, of: &Of, facets: Node<'_>, known: &[Known]) {
        let mut others = facets.members();
        for it in known {
            let Some(at) = others.iter().position(|(key, _)| *key == it.key) else { continue };
            let (_, facet) = others.remove(at);
            let (rows, code) = it.read(facet);
            self.push(of, it.title, rows, code);
        }
        let rows = others.iter().map(|(key, _)| Row::of(key, Value::None)).collect();
        self.push(of, "Other facets", rows, None);
    }

    fn push(&mut self, of: &Of, title: &str, mut rows: Vec<Row>, code: Option<String>) {
        if rows.is_empty() && code.is_none() {
            return;
        }
        let n_more = rows.len().saturating_sub(self.most);
        rows.truncate(self.most);
        let section = Section { title: title.to_owned(), rows, n_more, why: None };
        self.facets.push(Facet { of: of.clone(), section, code });
    }
}
