//! What was told, as columns beside the names of the history.
use crate::events::names::Full;
use crate::events::openlineage::family::Root;
use crate::events::openlineage::keys::{readable, split};
use crate::events::openlineage::names::dataset_parts;
use crate::events::openlineage::rows::{At as Place, Described};
use crate::events::openlineage::tell::Teller;
use crate::events::openlineage::{Language, OpenLineage};
use crate::events::{Id, NameTable, Names, TextId};

/// The columns, when all events are told.
pub(super) fn columns(teller: &mut Teller<'_>, is_mixed: bool) -> Result<OpenLineage, Full> {
    let mut told = OpenLineage {
        language: if is_mixed { Language::Mixed } else { Language::OpenLineage },
        ..OpenLineage::default()
    };
    also(teller, &mut told)?;
    datasets(teller, &mut told)?;
    jobs(teller, &mut told)?;
    runs(teller, &mut told);
    requests(teller, &mut told)?;
    descriptions(teller, &mut told);
    Ok(told)
}

fn datasets(teller: &mut Teller<'_>, told: &mut OpenLineage) -> Result<(), Full> {
    let gathered = teller.known.gathered;
    let Names { partitions, texts, .. } = &mut teller.events.names;
    let n = partitions.len();
    told.namespace = vec![None; n];
    told.name = vec![None; n];
    told.part = vec![None; n];
    told.friendly = vec![None; n];
    for (id, row) in teller.partitions.given() {
        let Some(key) = Id::from_index(row) else { continue };
        let [namespace, name, part] = dataset_parts(gathered, key);
        told.namespace[id.index()] = text(texts, &namespace)?;
        told.name[id.index()] = text(texts, &name)?;
        told.part[id.index()] = text(texts, &part)?;
    }
    for &row in &teller.known.order {
        let (start, end) = gathered.rows[row as usize].data;
        for datum in &gathered.data[start as usize..end as usize] {
            let Some(id) = teller.partitions.known(datum.dataset.index()) else { continue };
            let Some(friendly) = datum.friendly else { continue };
            if told.friendly[id.index()].is_none() {
                told.friendly[id.index()] = text(texts, gathered.keys.texts.text(friendly))?;
            }
        }
    }
    Ok(())
}

fn jobs(teller: &mut Teller<'_>, told: &mut OpenLineage) -> Result<(), Full> {
    let keys = &teller.known.gathered.keys;
    let Names { labels, texts, .. } = &mut teller.events.names;
    told.job_namespace = vec![None; labels.len()];
    told.job_name = vec![None; labels.len()];
    for (id, row) in teller.labels.given() {
        let Some(key) = Id::from_index(row) else { continue };
        let [namespace, name] = split(keys.labels.text(key));
        told.job_namespace[id.index()] = text(texts, &namespace)?;
        told.job_name[id.index()] = text(texts, &name)?;
    }
    Ok(())
}

fn runs(teller: &mut Teller<'_>, told: &mut OpenLineage) {
    let known = teller.known;
    let n = teller.events.names.runs.len();
    told.is_run = vec![false; n];
    told.parent = vec![None; n];
    told.retry_of = vec![None; n];
    told.failed_in = vec![None; n];
    told.is_streaming = vec![false; n];
    told.start_is_unrecorded = vec![false; n];
    told.is_without_data = vec![false; n];
    for (id, at) in teller.runs.given() {
        let (run, row) = (&known.runs.all[at], id.index());
        let other = |at: Option<usize>| at.and_then(|at| teller.runs.known(at));
        told.is_run[row] = true;
        told.parent[row] = other(known.family.parent[at]);
        told.retry_of[row] = other(known.retry_of[at]);
        told.failed_in[row] = other(known.failed_in[at]);
        told.is_streaming[row] = run.facets.is_streaming;
        told.start_is_unrecorded[row] = run.start_is_unrecorded();
        told.is_without_data[row] = !known.data[at].has_any;
    }
}

fn requests(teller: &mut Teller<'_>, told: &mut OpenLineage) -> Result<(), Full> {
    let known = teller.known;
    let n = teller.events.names.wants.len();
    told.root = vec![None; n];
    told.title = vec![None; n];
    let mut wants: Vec<_> = teller.wants.values().copied().collect();
    wants.sort_unstable_by_key(|&(want, _)| want);
    for (want, root) in wants {
        let key = match root {
            Root::Run(at) => {
                told.root[want.index()] = teller.runs.known(at);
                known.runs.all[at].key
            }
            Root::Unseen(key) => key,
        };
        let [_, namespace, name] = split(known.gathered.keys.runs.text(key));
        let title = readable(&[namespace, name]);
        told.title[want.index()] = text(&mut teller.events.names.texts, &title)?;
    }
    Ok(())
}

fn also(teller: &mut Teller<'_>, told: &mut OpenLineage) -> Result<(), Full> {
    for also in &teller.known.also {
        let partition = teller.partition(also.dataset)?;
        let runs = (teller.runs.known(also.told_by), teller.runs.known(also.made_by));
        if let (Some(told_by), Some(made_by)) = runs {
            told.also_partition.push(partition);
            told.also_told_by.push(told_by);
            told.also_made_by.push(made_by);
        }
    }
    Ok(())
}

/// Of what the history knows alone.
fn descriptions(teller: &Teller<'_>, told: &mut OpenLineage) {
    for &(what, Place { place, len, .. }) in &teller.known.gathered.described {
        match what {
            Described::Job(job) => {
                let Some(job) = teller.labels.known(job.index()) else { continue };
                told.described_job.push(job);
                told.described_job_at.push(place);
                told.described_job_len.push(len);
            }
            Described::Dataset(dataset) => {
                let Some(dataset) = teller.partitions.known(dataset.index()) else { continue };
                told.described_dataset.push(dataset);
                told.described_dataset_at.push(place);
                told.described_dataset_len.push(len);
            }
        }
    }
}

fn text(texts: &mut NameTable<TextId>, text: &str) -> Result<Option<TextId>, Full> {
    if text.is_empty() {
        return Ok(None);
    }
    texts.intern(text).ok_or(Full).map(Some)
}
