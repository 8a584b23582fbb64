//! What an output was made from, where the event says so: by the facet `lineage`, else by
//! `columnLineage`. Datasets alone: of columns, only whose they are.
use crate::events::openlineage::Basis;
use crate::events::openlineage::lenient::{List, Object, Text, Values};
use crate::events::openlineage::record::{DatasetFacets, InputFields, Named, OfField, SourceOf};

/// A namespace and a name.
pub(super) type Name<'r> = (&'r str, &'r str);

/// Where an output's sources stand, if its facets name any, and those.
pub(super) fn of_output<'r>(facets: &'r DatasetFacets<'_>) -> Option<(Basis, Vec<Name<'r>>)> {
    let (lineage, columns) = (&facets.lineage, &facets.columns);
    let mut sources = Vec::new();
    if lineage.is_there() {
        collect(&lineage.inputs, &lineage.fields, &mut sources);
        return Some((Basis::Lineage, sources));
    }
    let Values(fields) = &columns.fields;
    let of_fields = fields.iter().flat_map(|InputFields { inputs, .. }| &inputs.items);
    for Named { namespace, name, .. } in of_fields.chain(&columns.dataset.items) {
        add(namespace, name, &mut sources);
    }
    (!sources.is_empty()).then_some((Basis::ColumnLineage, sources))
}

/// Adds the datasets among `inputs` and those of `fields`.
pub(super) fn collect<'r>(
    inputs: &'r List<SourceOf<'_>>,
    fields: &'r Values<OfField<'_>>,
    sources: &mut Vec<Name<'r>>,
) {
    let of_fields = fields.0.iter().flat_map(|field| &field.inputs.items);
    for SourceOf { namespace, name, kind, .. } in inputs.items.iter().chain(of_fields) {
        if kind.get().is_none_or(|kind| kind.eq_ignore_ascii_case("DATASET")) {
            add(namespace, name, sources);
        }
    }
}

/// Columns come one after the other from the same few datasets.
fn add<'r>(namespace: &'r Text<'_>, name: &'r Text<'_>, sources: &mut Vec<Name<'r>>) {
    let Some(name) = name.get() else { return };
    let source = (namespace.get().unwrap_or_default(), name);
    if !sources.iter().rev().take(8).any(|known| *known == source) {
        sources.push(source);
    }
}
