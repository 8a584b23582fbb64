//! Any bytes, on any machine and without a guide: every seed, and as many mutations of seeds as fit
//! into a minute or so for all targets, the same ones every time. `FUZZ_ROUNDS` asks for another number of them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
mod mutate;
mod targets;

use std::path::Path;

use mutate::{Random, mutate};
use targets::{TARGETS, run};

/// The longest input, in bytes.
const MOST: usize = 4096;

/// The seeds of a target, in the order of their names.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let files = folder.read_dir().unwrap_or_else(|_| panic!("{} has seeds", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Runs every seed, and then `rounds` mutations of them; what fails is written beside the build.
fn check(name: &str, rounds: usize) {
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "{name} has seeds");
    for seed in &seeds {
        run_or_save(name, seed);
    }
    let rounds = std::env::var("FUZZ_ROUNDS").map_or(rounds, |n| n.parse().unwrap());
    let mut random = Random::new(331);
    for _ in 0..rounds {
        let mut bytes = seeds[random.below(seeds.len())].clone();
        let other = &seeds[random.below(seeds.len())];
        mutate(&mut bytes, other, &mut random, MOST);
        run_or_save(name, &bytes);
    }
}

fn run_or_save(name: &str, bytes: &[u8]) {
    let run = std::panic::catch_unwind(|| run(name, bytes));
    if let Err(why) = run {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.failed"));
        std::fs::write(&path, bytes).unwrap();
        eprintln!("these bytes fail: {}", path.display());
        std::panic::resume_unwind(why);
    }
}

#[test]
fn every_target_is_tested_here() {
    let names = TARGETS.map(|(name, _)| name);
    assert_eq!(names, ["records", "events", "history", "address"]);
}

#[test]
fn records() {
    check("records", 100_000);
}

#[test]
fn events() {
    check("events", 20_000);
}

#[test]
fn history() {
    check("history", 4_000);
}

#[test]
fn address() {
    check("address", 60_000);
}
