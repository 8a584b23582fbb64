//! What must hold for any bytes, one function a target. Both engines call these: the bounded one
//! beside this folder, and the guided one in `guided/`. They fail by panicking, and never print.
mod address;
mod events;
mod history;
mod pages;
mod records;
mod told;

/// A target: its name, which its seeds' folder has too, and what it does with any bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 4] = [
    ("records", records::check),
    ("events", events::check),
    ("history", history::check),
    ("address", address::check),
];

/// Runs one of them.
///
/// # Panics
/// When what must hold does not, or there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(other, _)| *other == name);
    target.expect("a target of this name").1(bytes);
}
