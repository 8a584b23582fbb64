//! Cuts the page's wasm in two: what the first paint needs, and the rest, which runs in the same
//! memory. Everything that can only be reached by way of a gate (the functions of one module, which
//! are called once the rest is there) goes to the rest.
//!
//! `split_wasm LINKED BOUND GATES FIRST REST WHOLE`: the linker's output with its relocations, the same
//! after wasm-bindgen with names kept, the gates' modules as they stand in mangled names,
//! where the halves go, and the whole without the linker's notes.
mod cut;
mod program;
mod reach;

use std::collections::BTreeSet;
use std::error::Error;

use wasmparser::{Name, NameSectionReader};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Indices and names of functions, in the order of their indices.
fn function_names(section: Option<NameSectionReader<'_>>) -> Result<Vec<(u32, &str)>> {
    let mut names = Vec::new();
    for part in section.into_iter().flatten() {
        let Name::Function(functions) = part? else { continue };
        for naming in functions {
            let naming = naming?;
            names.push((naming.index, naming.name));
        }
    }
    Ok(names)
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [linked, bound, gates, first, rest, whole] = &args[..] else {
        return Err("usage: split_wasm LINKED BOUND GATES FIRST REST WHOLE".into());
    };
    let linked = std::fs::read(linked)?;
    let bound = std::fs::read(bound)?;
    let linked = reach::Linked::read(&linked)?;
    let program = program::Program::read(&bound)?;
    let is_gate = |name: &str| gates.split(',').any(|gate| name.contains(gate));
    let reached = linked.reached(&program.pinned_names(), is_gate);
    let deferred: BTreeSet<&str> = linked.names().difference(&reached).copied().collect();
    let cut = cut::Cut::new(&program, &deferred, is_gate)?;
    std::fs::write(first, cut.first()?)?;
    std::fs::write(rest, cut.rest()?)?;
    std::fs::write(whole, cut::Cut::new(&program, &BTreeSet::new(), is_gate)?.first()?)?;
    println!("{}", cut.told());
    Ok(())
}
