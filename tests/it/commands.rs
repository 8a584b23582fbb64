//! The table of commands: what it holds, that every key that is handled is in it, and that everything in it
//! is done by somebody.
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use expect_test::expect_file;
use lineage::commands::{Command, Place, TABLE, command_of, filter};
use proptest::prelude::*;

use crate::architecture::sources;

/// The sources of the page, by path.
fn views() -> Vec<(String, String)> {
    let views = sources().into_iter().filter(|(module, ..)| module == "view");
    let name = |path: &Path| path.strip_prefix("view").map(|it| it.display().to_string());
    let mut found: Vec<_> =
        views.filter_map(|(_, path, text)| Some((name(&path).ok()?, text))).collect();
    found.sort();
    found
}

#[test]
fn keys_are_read_in_one_place() {
    let readers: Vec<String> = views()
        .into_iter()
        .filter(|(_, text)| {
            ["event.key()", "event.code()", ".key_code()"].iter().any(|read| text.contains(read))
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(readers, ["doing.rs"], "a shortcut beside the table is told to nobody");
}

#[test]
fn every_command_is_done_somewhere() {
    let views = views();
    let mut undone = String::new();
    for entry in TABLE {
        let name = format!("Command::{:?}", entry.command);
        let is_named = |text: &str| {
            text.match_indices(&name)
                .any(|(at, _)| !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric()))
        };
        if !views.iter().any(|(_, text)| is_named(text)) {
            let _ = writeln!(undone, "{name}");
        }
    }
    assert_eq!(undone, "");
}

#[test]
fn a_press_means_one_thing() {
    // Pages are heard together, whichever the page is.
    let wide = |place: Place| {
        matches!(place, Place::Everywhere | Place::Log | Place::Page | Place::Lineage)
    };
    for (i, one) in TABLE.iter().enumerate() {
        for other in &TABLE[i + 1..] {
            let together = one.place == other.place || (wide(one.place) && wide(other.place));
            let same = |a: &lineage::commands::Press, b: &lineage::commands::Press| {
                let shift = a.shift.is_none() || b.shift.is_none() || a.shift == b.shift;
                a.key == b.key && a.control == b.control && shift
            };
            let clash = one.presses.iter().any(|a| other.presses.iter().any(|b| same(a, b)));
            assert!(!(together && clash), "{:?} and {:?}", one.command, other.command);
        }
    }
    for entry in TABLE {
        assert_eq!(entry.keys.is_empty(), entry.presses.is_empty(), "{:?}", entry.command);
        assert!(!entry.keys.is_empty() || entry.is_offered, "{:?} cannot be asked", entry.command);
        for press in entry.presses {
            let shift = press.shift.unwrap_or(false);
            let command = command_of(entry.place, press.key, shift, press.control);
            assert_eq!(command, Some(entry.command));
        }
    }
    assert_eq!(command_of(Place::Graph, "q", false, false), None);
    assert_eq!(command_of(Place::Graph, "f", false, true), None, "the browser's own search");
}

/// The table as a page of the documentation: with keys by place, and what the palette alone has.
fn documented() -> String {
    let mut page = DOCUMENTED.to_owned();
    for place in Place::ALL {
        let here = || TABLE.iter().filter(|entry| entry.place == place);
        let _ = write!(page, "\n## {}\n\n| | |\n| --- | --- |\n", place.words());
        for entry in here().filter(|entry| !entry.keys.is_empty()) {
            let caps: Vec<String> =
                entry.keys.split(' ').map(|cap| format!("<kbd>{cap}</kbd>")).collect();
            let _ = writeln!(page, "| {} | {} |", caps.join(" "), entry.does);
        }
        for entry in here().filter(|entry| entry.keys.is_empty()) {
            let _ = writeln!(page, "| by name | {} |", entry.does);
        }
    }
    page
}

const DOCUMENTED: &str = "\
# Keys and commands

Everything that the page does can be done with the keyboard alone. <kbd>Ctrl+K</kbd> (on a Mac the command key and <kbd>K</kbd>) or
<kbd>:</kbd> opens a list of all that can be done here: a few letters find it, <kbd>Enter</kbd> does it. What has a key of its own is
below with it, and under <kbd>?</kbd>; what has none is done *by name*. <kbd>Tab</kbd> goes to all links and buttons.
While a dialog is open, keys do not reach the page under it.

A picture, an outline and a table of the same page tell the same. In a graph, a screen reader is told each card that the arrows come to:
its name, kind and status, and where it is, as *upstream, 2 of 14*.
";

#[test]
fn the_documentation_has_all_commands() {
    expect_file!["../../docs/src/keys.md"].assert_eq(&documented());
    let places: BTreeSet<Place> = TABLE.iter().map(|entry| entry.place).collect();
    assert_eq!(places, Place::ALL.into_iter().collect(), "no heading is empty");
}

#[test]
fn the_documentation_names_no_other_key() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs/src")).unwrap().map(|it| it.unwrap().path());
    let pages = docs.filter(|it| it.extension().is_some_and(|it| it == "md"));
    let caps: BTreeSet<&str> = TABLE.iter().flat_map(|it| it.keys.split(' ')).collect();
    let mut n_seen = 0;
    for path in pages.chain([root.join("README.md")]) {
        let text = fs::read_to_string(&path).unwrap();
        for cap in text.split("<kbd>").skip(1).map(|rest| rest.split("</kbd>").next().unwrap()) {
            n_seen += 1;
            let is_known = caps.contains(cap) || ["Tab", "K"].contains(&cap);
            assert!(is_known, "{}: no command has the key {cap}", path.display());
        }
    }
    assert!(n_seen > 60, "{n_seen} keys");
}

fn found(typed: &str) -> Vec<&'static str> {
    filter(typed, |_| true).into_iter().map(|entry| entry.does).collect()
}

#[test]
fn a_few_letters_find_a_command() {
    assert_eq!(found("zoom"), ["zoom in", "zoom out"]);
    assert_eq!(found("Table")[0], "show it as a table");
    assert_eq!(found("gohome")[0], "go to the home page");
    assert_eq!(found("  "), found(""));
    assert!(found("xyzzy").is_empty());
    let commands: Vec<Command> =
        filter("", |entry| entry.place == Place::Graph).iter().map(|it| it.command).collect();
    assert!(commands.contains(&Command::Fit) && !commands.contains(&Command::NodeLeft));
}

/// The slow twin: whether letters stand in a text in this order.
fn stand_in_order(letters: &[char], text: &[char]) -> bool {
    match (letters, text) {
        ([], _) => true,
        (_, []) => false,
        ([a, rest @ ..], [b, text @ ..]) => {
            stand_in_order(if a == b { rest } else { letters }, text)
        }
    }
}

proptest! {
    #[test]
    fn the_palette_has_what_has_the_letters(typed in "[a-e hops]{0,5}") {
        let letters: Vec<char> = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let has = |does: &str| {
            let text: Vec<char> = does.to_lowercase().chars().collect();
            stand_in_order(&letters, &text)
        };
        let all: Vec<&str> = TABLE.iter().filter(|it| it.is_offered).map(|it| it.does).collect();
        let mut expected: Vec<&str> = all.into_iter().filter(|does| has(does)).collect();
        let mut found = found(&typed);
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}
