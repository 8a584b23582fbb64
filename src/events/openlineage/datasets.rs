//! The datasets of a record as rows.
use crate::events::names::Full;
use crate::events::openlineage::gather::{Gathered, index};
use crate::events::openlineage::lenient::{List, Text};
use crate::events::openlineage::record::{Condition, Dataset};
use crate::events::openlineage::rows::{Datum, Role};
use crate::events::openlineage::sources::{self, Name};
use crate::events::openlineage::{Basis, Removal, keys};
use crate::events::{PartitionId, Tally};

impl Gathered {
    pub(super) fn datasets(
        &mut self,
        list: &List<Dataset<'_>>,
        role: Role,
        unknown: &mut Tally,
    ) -> Result<(), Full> {
        for dataset in &list.items {
            let Some(name) = name_of(&dataset.namespace, &dataset.name) else {
                unknown.add("a dataset without a name");
                continue;
            };
            let whole = self.datum(name, dataset, role)?;
            self.data.push(whole);
            let subset = if role == Role::Input { &dataset.read } else { &dataset.write };
            let Condition { kind, partitions, .. } = match role {
                Role::Input => &subset.subset.read,
                Role::Output | Role::Target => &subset.subset.write,
            };
            if kind.get().is_none_or(|kind| kind != "partition") {
                continue;
            }
            for part in &partitions.items {
                let dimensions = part.dimensions.0.join("/");
                let part = part.identifier.get().unwrap_or(&dimensions);
                if !part.is_empty() {
                    let dataset = self.dataset(name, part)?;
                    self.data.push(Datum { dataset, friendly: None, ..whole });
                }
            }
        }
        Ok(())
    }

    fn datum(&mut self, name: Name<'_>, told: &Dataset<'_>, role: Role) -> Result<Datum, Full> {
        let facets = &told.facets;
        let mut tables = facets.symlinks.identifiers.items.iter();
        let is_table =
            |kind: &Text<'_>| kind.get().is_some_and(|it| it.eq_ignore_ascii_case("TABLE"));
        let table = tables.find(|symlink| is_table(&symlink.kind));
        let lifecycle = &facets.lifecycle;
        let change = match lifecycle.change.get() {
            Some("DROP") => Some(Removal::Dropped),
            Some("TRUNCATE") => Some(Removal::Truncated),
            Some("RENAME") => Some(Removal::Renamed),
            _ => None,
        };
        let previous = name_of(&lifecycle.previous.namespace, &lifecycle.previous.name);
        let sources = if role == Role::Output { sources::of_output(facets) } else { None };
        let (basis, sources) = sources.map_or((None, Vec::new()), |(it, of)| (Some(it), of));
        Ok(Datum {
            dataset: self.dataset(name, "")?,
            role,
            version: self.text(&facets.version.text)?,
            friendly: table.map(|table| self.text(&table.name)).transpose()?.flatten(),
            change,
            previous: previous.map(|name| self.dataset(name, "")).transpose()?,
            basis,
            sources: self.sources(&sources)?,
        })
    }

    pub(super) fn target(&mut self, name: Name<'_>, sources: &[Name<'_>]) -> Result<Datum, Full> {
        Ok(Datum {
            dataset: self.dataset(name, "")?,
            role: Role::Target,
            version: None,
            friendly: None,
            change: None,
            previous: None,
            basis: Some(Basis::Lineage),
            sources: self.sources(sources)?,
        })
    }

    fn sources(&mut self, names: &[Name<'_>]) -> Result<(u32, u32), Full> {
        let start = index(self.sources.len())?;
        for &name in names {
            let source = self.dataset(name, "")?;
            self.sources.push(source);
        }
        Ok((start, index(self.sources.len())?))
    }

    pub(super) fn dataset(
        &mut self,
        (namespace, name): Name<'_>,
        part: &str,
    ) -> Result<PartitionId, Full> {
        keys::join(&[namespace, name, part], &mut self.key);
        self.keys.partitions.intern(&self.key).ok_or(Full)
    }
}

pub(super) fn name_of<'r>(namespace: &'r Text<'_>, name: &'r Text<'_>) -> Option<Name<'r>> {
    name.get().map(|name| (namespace.get().unwrap_or_default(), name))
}
