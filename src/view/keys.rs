//! The keys, as the table of commands has them, for the help.
use crate::commands::{Entry, Place, TABLE};
use crate::view::el::{Child, El, el};
use crate::view::tour;

/// The way to the tour, and a section for each place.
pub fn keys_list() -> Vec<Child> {
    let section = |place: &Place| {
        let here = |entry: &&Entry| entry.place == *place && !entry.keys.is_empty();
        let lines = TABLE.iter().filter(here).flat_map(line);
        let list = el("dl").class("keys").children(lines);
        el("section").child(el("h2").child(place.words())).child(list)
    };
    let sections = Place::ALL.iter().map(section).map(Child::from);
    std::iter::once(tour::from_help()).chain(sections).collect()
}

fn line(entry: &Entry) -> [El; 2] {
    [el("dt").children(caps(entry.keys)), el("dd").child(entry.does)]
}

/// The caps of keys that are apart by blanks.
pub fn caps(keys: &'static str) -> impl Iterator<Item = El> {
    keys.split(' ').filter(|cap| !cap.is_empty()).map(|cap| el("kbd").child(cap))
}
