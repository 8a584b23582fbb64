//! What the marks, shapes and lines of a picture mean: one table, of which each picture is told what occurs
//! in it; beside the picture and below its export alike.
use crate::graph::EdgeKind;
use crate::route::NodeKind;
use crate::scene::{EdgeMark, Mark, Scene, Status, Tone, draw};

/// Something that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A disk with a glyph.
    Tone(Tone),
    /// The shape of a card.
    Shape(NodeKind),
    /// A card with a dashed border.
    Faded,
    /// A line between cards.
    Line,
    /// A dashed line.
    Spawned,
    /// A word beside a line.
    Word(&'static str),
    /// The line into the focus.
    IntoFocus,
    /// `+n` at the side of a card.
    Hidden,
}

/// All signs, with their meaning.
const TABLE: [(Sign, &str); 20] = [
    (Sign::Tone(Tone::Good), "done: live, succeeded or successful"),
    (Sign::Tone(Tone::Active), "at work"),
    (Sign::Tone(Tone::Waiting), "waiting for an input or a retry"),
    (Sign::Tone(Tone::Stale), "stale: what it was built from has changed"),
    (Sign::Tone(Tone::Tainted), "tainted: marked as not to be used"),
    (Sign::Tone(Tone::Bad), "failed"),
    (Sign::Tone(Tone::Idle), "not begun, canceled or before this log"),
    (Sign::Shape(NodeKind::Partition), "partition"),
    (Sign::Shape(NodeKind::JobRun), "job run"),
    (Sign::Shape(NodeKind::Want), "want"),
    (Sign::Shape(NodeKind::Group), "several alike, by status"),
    (Sign::Faded, "superseded, or there before"),
    (Sign::IntoFocus, "built the focus"),
    (Sign::Line, "read, built or asked for"),
    (Sign::Spawned, "missed, so a want was made for it"),
    (Sign::Word("exact"), "the log names the version that was read"),
    (Sign::Word("by end"), "read, as it was when the run ended"),
    (Sign::Word("inferred"), "read, as misses of this work let suppose"),
    (Sign::Word("×n"), "so many lines are one"),
    (Sign::Hidden, "more that is not drawn"),
];

/// Those that occur in `scene`, with their meaning, in the order of the table.
pub fn legend(scene: &Scene) -> Vec<(Sign, &'static str)> {
    TABLE.into_iter().filter(|(sign, _)| occurs(scene, *sign)).collect()
}

fn occurs(scene: &Scene, sign: Sign) -> bool {
    let Scene { cards, edges, .. } = scene;
    let is_spawned = |edge: &EdgeMark| edge.kind == EdgeKind::Spawned;
    match sign {
        Sign::Tone(tone) => cards.iter().any(|card| {
            let parts = card.strip.iter().map(|it| it.status);
            let parts = parts.chain(card.bar.iter().map(|it| it.0)).chain([card.status]);
            parts.into_iter().any(|status| status.tone == tone)
        }),
        Sign::Shape(NodeKind::Partition) => {
            cards.iter().any(|it| matches!(it.kind, NodeKind::Partition | NodeKind::External))
        }
        Sign::Shape(kind) => cards.iter().any(|card| card.kind == kind),
        Sign::Faded => cards.iter().any(|card| card.faded || card.kind == NodeKind::External),
        Sign::Line => edges.iter().any(|edge| !is_spawned(edge) && !edge.accent),
        Sign::Spawned => edges.iter().any(is_spawned),
        Sign::IntoFocus => edges.iter().any(|edge| edge.accent),
        Sign::Word("×n") => edges.iter().any(|edge| edge.label.starts_with('×')),
        Sign::Word(word) => edges.iter().any(|edge| edge.label == word),
        Sign::Hidden => cards.iter().any(|card| card.hidden_up + card.hidden_down > 0),
    }
}

/// How much room a sign takes, in scene pixels.
pub const SIGN: (f32, f32) = (44.0, 18.0);

/// A sign as it is drawn, in [`SIGN`].
pub fn sign_mark(sign: Sign) -> Mark {
    let mark = sign_alone(sign);
    if matches!(sign, Sign::Word(_)) { mark } else { Mark::new("g").moved(7.0, 0.0).child(mark) }
}

/// In a room of 30 × 18.
fn sign_alone(sign: Sign) -> Mark {
    let shape = |d: &str| Mark::new("path").with("class", "node-shape").with("d", d);
    let line = |class: &str, kind: &str, head: &str| {
        let line =
            Mark::new("path").with("class", class).with("d", "M2 9H23").with("data-kind", kind);
        let arrow = Mark::new("path").with("class", head).with("d", "M22 5.5 28 9 22 12.5z");
        Mark::new("g").child(line).child(arrow)
    };
    match sign {
        Sign::Tone(tone) => draw::badge_at(Status { tone, word: "" }, 15.0, 9.0),
        Sign::Shape(NodeKind::JobRun) => shape("M10 3H20A6 6 0 0 1 20 15H10A6 6 0 0 1 10 3Z"),
        Sign::Shape(NodeKind::Want) => shape("M5 3H20L26 9L20 15H5Z"),
        Sign::Shape(NodeKind::Group) => Mark::new("g")
            .child(shape("M9 6H28V17H9Z"))
            .child(shape("M6.5 3.5H25.5V14.5H6.5Z"))
            .child(shape("M4 1H23V12H4Z")),
        Sign::Shape(NodeKind::Partition | NodeKind::External) => Mark::new("g")
            .with("class", "tone-idle")
            .child(shape("M4 3H26V15H4Z"))
            .child(Mark::new("path").with("class", "node-edge").with("d", "M4 3H7V15H4Z")),
        Sign::Faded => Mark::new("g").with("class", "node is-faded").child(shape("M4 3H26V15H4Z")),
        Sign::Line => line("edge", "read", "arrow"),
        Sign::Spawned => line("edge", "spawned", "arrow"),
        Sign::Word(word) => {
            Mark::words("edge-label", SIGN.0 / 2.0, 13.0, word).with("text-anchor", "middle")
        }
        Sign::IntoFocus => line("edge edge-accent", "wrote", "arrow-accent"),
        Sign::Hidden => Mark::group("node-more")
            .child(
                Mark::new("rect")
                    .with("x", "3")
                    .with("width", "24")
                    .with("height", "18")
                    .with("rx", "9"),
            )
            .child(
                Mark::new("text")
                    .with("text-anchor", "middle")
                    .with("x", "15")
                    .with("y", "13")
                    .text("+n"),
            ),
    }
}
