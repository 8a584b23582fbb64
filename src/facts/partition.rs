//! A ref with all its versions merged.
use crate::events::PartitionId;
use crate::facts::instance::standing_word;
use crate::facts::rows::{instance_page, ref_row, want_row};
use crate::facts::told::dataset_rows;
use crate::facts::{Empty, Facts, Row, Section, Value, vocabulary};
use crate::history::{AsOf, InstanceId};
use crate::route::{Mode, Page};
use crate::scene::{Status, text::split_ref};
use crate::words::Vocabulary;

/// The facts about `partition`.
pub(super) fn facts(asof: AsOf<'_>, partition: PartitionId, most: usize) -> Facts {
    let reference = asof.history.names.partitions.text(partition);
    let (lead, name, key) = split_ref(asof.history.friendly(partition));
    let words = vocabulary(asof.history);
    let instances: Vec<InstanceId> = asof.instances_of(partition).collect();
    let wants = asof.history.partitions.wants.row(partition).iter();
    let wants: Vec<_> = wants.filter(|&want| asof.want_status(want).is_some()).collect();
    let refs = |title, partitions: &[PartitionId], empty| {
        let refs =
            Section::list(title, most, partitions, |&other| ref_row(asof, other, Mode::Refs));
        refs.or(asof, empty)
    };
    let rebuilding = asof.is_rebuilding(partition).then(|| "rebuilding".to_owned());
    let n_versions = asof.versions_of(partition).len() as u64;
    let mut rows = vec![Row::of("Versions", Value::Count(n_versions))];
    rows.extend(dataset_rows(asof.history, partition));
    let wants_for_it = format!("{} for it", Vocabulary::heading(words.wants));
    Facts {
        kind: Vocabulary::heading(words.partition),
        lead: lead.to_owned(),
        name: name.to_owned(),
        which: key.to_owned(),
        status: asof.partition_status(partition).map(Status::from),
        marks: rebuilding.into_iter().collect(),
        page: Some(Page::partition(reference)),
        rows,
        sections: vec![
            Section::list("Builds", most, &instances, |&instance| build_row(asof, instance))
                .or(asof, Empty::NotBuilt(partition)),
            Section::list(&wants_for_it, most, &wants, |&want| want_row(asof, want))
                .or(asof, Empty::NotWanted(partition)),
            refs("Ever built from", &asof.producers(partition), Empty::NeverReadAnything),
            refs("Ever read to build", &asof.consumers(partition), Empty::NeverRead),
        ],
        ..Facts::default()
    }
}

fn build_row(asof: AsOf<'_>, instance: InstanceId) -> Row {
    let status = asof.instance_status(instance).map_or(Status::UNKNOWN, Status::from);
    let note = standing_word(asof, instance).unwrap_or_default();
    Row {
        label: asof.history.uuid_of(instance).chars().take(8).collect(),
        page: Some(instance_page(asof, instance)),
        status: Some(status),
        note: note.to_owned(),
        value: Value::Text(status.text()),
        ..Row::default()
    }
}
