//! The rules of the house, read off the source: arrows point forward, the core knows no browser.
//! Never self-updating: a rule that is broken is mended in the source, or changed here by hand.
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Where sources are: one tree of modules, whichever crate they are built with.
const CRATES: [&str; 2] = ["src", "crates/layout/src"];

/// Module -> the modules that it may use, beside itself.
const ARROWS: [(&str, &[&str]); 20] = [
    ("bytes", &[]),
    ("order", &[]),
    ("unzstd", &[]),
    ("wire", &[]),
    ("events", &["bytes", "order", "wire"]),
    ("history", &["order", "events", "wire"]),
    ("commands", &[]),
    ("words", &[]),
    ("route", &[]),
    ("graph", &["order", "events", "history", "route"]),
    ("layout", &["order"]),
    ("scene", &["events", "history", "route", "words", "graph", "layout"]),
    ("summary", &["order", "events", "history", "words", "graph", "scene"]),
    ("search", &["order", "events", "history", "words", "graph"]),
    ("facts", &["order", "events", "history", "route", "words", "graph", "scene", "summary"]),
    ("tour", &["events", "history", "route", "summary", "words"]),
    ("worker", &["bytes", "unzstd", "wire", "events", "history"]),
    ("web", &["bytes", "unzstd", "wire", "events", "history", "words", "worker"]),
    (
        "view",
        &[
            "commands", "events", "history", "words", "route", "graph", "layout", "scene",
            "summary", "search", "facts", "tour", "web",
        ],
    ),
    ("lib", &[]),
];

/// What only `worker`, `web` and `view` may say.
const BROWSER: [&str; 9] = [
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo_net",
    "std::time",
    "std::thread",
    "println!",
    "std::env",
];

/// Module, path from its crate's `src` and text of each source.
pub fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<_> = CRATES.iter().flat_map(|at| sources_in(&root.join(at))).collect();
    found.sort();
    found
}

fn sources_in(root: &Path) -> Vec<(String, PathBuf, String)> {
    let mut open = vec![root.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(root).unwrap();
                let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
                let module = first.trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).unwrap();
                found.push((module, inside.to_owned(), text));
            }
        }
    }
    found
}

fn used_modules(text: &str) -> impl Iterator<Item = &str> {
    let uses = text.lines().filter_map(|line| {
        let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(super) ");
        line.strip_prefix("use crate::")
    });
    uses.filter_map(|rest| rest.split([':', ';', ' ', ',', '{']).next()).filter(|m| !m.is_empty())
}

#[test]
fn every_arrow_points_forward() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut backward = String::new();
    for (module, path, text) in sources() {
        if module == "main" || module == "bin" {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            let _ = writeln!(backward, "{}: a module without a place", path.display());
            continue;
        };
        for used in used_modules(&text) {
            // Macros live at the root.
            let is_module = allowed.contains_key(used);
            if is_module && used != module && !may.contains(&used) {
                let _ = writeln!(backward, "{}: uses {used}", path.display());
            }
        }
    }
    assert_eq!(backward, "");
}

#[test]
fn the_core_knows_no_browser() {
    let mut said = String::new();
    for (module, path, text) in sources() {
        if matches!(module.as_str(), "worker" | "web" | "view" | "main" | "bin") {
            continue;
        }
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for word in BROWSER.into_iter().filter(|word| line.contains(word)) {
                let _ = writeln!(said, "{}: {word}", path.display());
            }
        }
    }
    assert_eq!(said, "");
}

/// Every way to have text read as markup, as the browser's bindings and the page's scripts spell it: they stand
/// here to be looked for, and nowhere else.
const MARKUP_OF_TEXT: [&str; 3] = ["inner_html", "insert_adjacent_html", "document.write"];

#[test]
fn markup_never_comes_from_text() {
    let mut said = String::new();
    for (_, path, text) in sources() {
        for word in MARKUP_OF_TEXT {
            if text.contains(word) {
                let _ = writeln!(said, "{}: {word}", path.display());
            }
        }
    }
    assert_eq!(said, "");
}

/// The fuzzer is a package of its own and is built with `--locked`: a crate that the core comes to need
/// must be in its lock, too.
#[test]
fn the_lock_of_the_fuzzer_names_what_the_core_needs() {
    let manifest = include_str!("../../Cargo.toml");
    let (_, section) = manifest.split_once("[dependencies]\n").unwrap();
    let section = section.split("\n[").next().unwrap();
    let needed = section.lines().filter(|line| !line.contains("optional = true"));
    let needed: Vec<&str> = needed
        .filter_map(|line| Some(line.split_once(" = ")?.0.trim_end_matches(".workspace")))
        .filter(|it| !it.starts_with('#'))
        .collect();
    let lock = include_str!("../fuzz/Cargo.lock");
    let (_, package) = lock.split_once("name = \"lineage\"\n").unwrap();
    let (_, listed) = package.split_once("dependencies = [\n").unwrap();
    let listed = listed.split(']').next().unwrap();
    let mut expected = needed;
    expected.sort_unstable();
    let listed: Vec<&str> = listed.lines().map(|line| line.trim_matches([' ', '"', ','])).collect();
    assert_eq!(listed, expected);
}
