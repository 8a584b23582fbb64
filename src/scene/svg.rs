//! The picture as a file: the same marks as on the page, whole, with a title, a legend and what it is
//! as of. A reader of the file needs nothing else; names are whole in the titles of the cards.
use crate::layout::Point;
use crate::scene::draw;
use crate::scene::mark::is_for_people;
use crate::scene::{Mark, Scene, Status, Tone};
use crate::words::shown;

/// The light theme, for a file that has no style sheet beside it.
const STYLE: &str = include_str!("../../style/export.css");

/// Around the picture, in pixels.
const MARGIN: f32 = 24.0;
/// Above it, for the title and what is said of it.
const HEAD: f32 = 56.0;
/// Below it, for the legend.
const FOOT: f32 = 36.0;
/// The least width in which title and legend fit.
const LEAST_WIDTH: f32 = 720.0;

/// What is told around the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What it is of.
    pub title: String,
    /// How much of what, and as of when.
    pub said: String,
}

/// The text of an SVG file of `scene`.
pub fn svg_file(scene: &Scene, about: &About) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write(&document(scene, about), &mut out);
    out.push('\n');
    out
}

fn document(scene: &Scene, about: &About) -> Mark {
    let bounds = scene.bounds;
    let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
    let width = (width + 2.0 * MARGIN).max(LEAST_WIDTH);
    let foot = HEAD + height + 2.0 * MARGIN;
    let picture = Mark::new("g")
        .moved(MARGIN - bounds.left, HEAD + MARGIN - bounds.top)
        .child(draw::edges(scene))
        .child(draw::captions(scene))
        .children(scene.cards.iter().enumerate().map(|(row, card)| {
            let corner: Point = draw::corner(scene, row);
            draw::card(card, corner, "")
        }));
    Mark::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .number("width", width)
        .number("height", foot + FOOT)
        .child(Mark::new("title").text(about.title.clone()))
        .child(Mark::new("style").text(STYLE))
        .child(Mark::new("defs").child(arrow("arrow")).child(arrow("arrow-accent")))
        .child(Mark::words("export-title", MARGIN, 32.0, about.title.clone()))
        .child(Mark::words("export-said", MARGIN, 52.0, about.said.clone()))
        .child(picture)
        .child(legend(foot + 12.0))
}

fn arrow(id: &'static str) -> Mark {
    Mark::new("marker")
        .with("id", id)
        .with("viewBox", "0 0 8 8")
        .with("refX", "7")
        .with("refY", "4")
        .with("markerWidth", "7")
        .with("markerHeight", "7")
        .with("orient", "auto")
        .child(Mark::new("path").with("class", id).with("d", "M0 0.8 7 4 0 7.2z"))
}

/// What each badge means.
fn legend(y: f32) -> Mark {
    let tones = [
        (Tone::Good, "done"),
        (Tone::Active, "at work"),
        (Tone::Waiting, "waiting"),
        (Tone::Bad, "failed"),
        (Tone::Tainted, "tainted"),
        (Tone::Stale, "stale"),
        (Tone::Idle, "not begun, canceled or before this log"),
    ];
    let mut x = MARGIN + 8.0;
    let one = |(tone, word): (Tone, &'static str)| {
        let status = Status { tone, word };
        let mark = Mark::new("g").child(draw::badge_at(status, x, y)).child(Mark::words(
            "export-said",
            x + 14.0,
            y + 4.0,
            word,
        ));
        x += 84.0;
        mark
    };
    Mark::group("legend").children(tones.map(one))
}

/// Marks are as deep as what draws them, a handful.
fn write(mark: &Mark, out: &mut String) {
    out.push('<');
    out.push_str(mark.name);
    for (name, value) in &mark.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        write_text(&if is_for_people(name) { shown(value) } else { value.into() }, out);
        out.push('"');
    }
    if mark.text.is_empty() && mark.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    write_text(&shown(&mark.text), out);
    for child in &mark.children {
        write(child, out);
    }
    out.push_str("</");
    out.push_str(mark.name);
    out.push('>');
}

/// XML 1.0: signs with a meaning are escaped, and what no file may hold becomes a replacement sign.
fn write_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}
