//! The picture as a file: the same marks as on the page, whole, with a title, a legend and what it is
//! as of. A reader of the file needs nothing else: names that are cut on their cards stand whole below.
use crate::layout::{Point, Size};
use crate::scene::draw;
use crate::scene::mark::is_for_people;
use crate::scene::text::{Font, width};
use crate::scene::{Card, Detail, Mark, SIGN, Scene, describe_node, legend, sign_mark};
use crate::words::shown;

/// The light theme, for a file that has no style sheet beside it.
const STYLE: &str = include_str!("../../style/export.css");

/// Around the picture, in pixels.
const MARGIN: f32 = 24.0;
/// Above it, for the title and what is said of it.
const HEAD: f32 = 56.0;
/// From one line of the legend to the next.
const LEGEND_LINE: f32 = 22.0;
/// From one whole name below the legend to the next.
const LINE: f32 = 16.0;
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

/// The text of an SVG file of `scene`, and its size in pixels.
pub fn svg_file(scene: &Scene, about: &About) -> (String, Size) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (document, size) = document(scene, about);
    write(&document, &mut out);
    out.push('\n');
    (out, size)
}

/// More pixels than these no browser is asked for: on a side, and in all.
const MAX_PIXELS: (f32, f32) = (16_384.0, 67_108_864.0);
/// Pixels of a PNG for one of the picture, where there is room.
const DENSITY: f32 = 2.0;
/// With fewer nothing can be read.
const LEAST_DENSITY: f32 = 0.5;

/// How many pixels of a PNG there are for one of a picture of `size`, and its width and height; none
/// for a picture that is too large to be read as one.
#[expect(clippy::cast_sign_loss, reason = "a size is not negative")]
pub fn png_size(size: Size) -> Option<(f32, (u32, u32))> {
    let (longest, all) = MAX_PIXELS;
    let (width, height) = (size.width.max(1.0), size.height.max(1.0));
    let by_all = (all / width / height).sqrt();
    let density = DENSITY.min(longest / width).min(longest / height).min(by_all);
    let pixels = |length: f32| (length * density).floor().max(1.0) as u32;
    (density >= LEAST_DENSITY).then(|| (density, (pixels(width), pixels(height))))
}

/// The document, and its width and height.
fn document(scene: &Scene, about: &About) -> (Mark, Size) {
    let bounds = scene.bounds;
    let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
    let whole_width = (width + 2.0 * MARGIN).max(LEAST_WIDTH);
    let foot = HEAD + height + 2.0 * MARGIN;
    let corner = |row| -> Point { draw::corner(scene, row) };
    let card = |(row, card)| draw::card(card, corner(row), "", Detail::Whole);
    let cards: Vec<Mark> = scene.cards.iter().enumerate().map(card).collect();
    let names: Vec<String> = scene.cards.iter().zip(&cards).filter_map(cut_name).collect();
    let picture = Mark::new("g")
        .moved(MARGIN - bounds.left, HEAD + MARGIN - bounds.top)
        .child(draw::edges(scene))
        .child(draw::captions(scene))
        .children(cards);
    let (legend, legend_height) = legend_lines(scene, whole_width - MARGIN, foot);
    let foot = foot + legend_height + LINE;
    let last = foot + LINE * names.len() as f32;
    let name = |(at, name): (usize, String)| {
        Mark::words("export-said", MARGIN, foot + LINE * at as f32, name)
    };
    let document = Mark::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .number("width", whole_width)
        .number("height", last)
        .child(Mark::new("title").text(about.title.clone()))
        .child(Mark::new("style").text(STYLE))
        .child(Mark::new("defs").child(arrow("arrow")).child(arrow("arrow-accent")))
        .child(Mark::words("export-title", MARGIN, 32.0, about.title.clone()))
        .child(Mark::words("export-said", MARGIN, 52.0, about.said.clone()))
        .child(picture)
        .child(legend)
        .child(Mark::group("names").children(names.into_iter().enumerate().map(name)));
    (document, Size { width: whole_width, height: last })
}

/// What a card says in whole, where a name of its own is cut: paper has no titles to point at.
fn cut_name((card, mark): (&Card, &Mark)) -> Option<String> {
    let mut said = String::new();
    say(mark, &mut said);
    let is_cut = [&card.lead, &card.name, &card.which].iter().any(|name| !said.contains(*name));
    is_cut.then(|| describe_node(card))
}

/// The words on a card. Marks are as deep as what draws them, a handful.
fn say(mark: &Mark, said: &mut String) {
    if mark.name != "title" {
        said.push_str(&mark.text);
        for child in &mark.children {
            say(child, said);
        }
        said.push('\n');
    }
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

/// What its marks mean, in lines no wider than `most`, and how high they are.
fn legend_lines(scene: &Scene, most: f32, y: f32) -> (Mark, f32) {
    let (sign_width, sign_height) = SIGN;
    let (mut x, mut top) = (MARGIN, y);
    let mut marks = Vec::new();
    for (sign, words) in legend(scene) {
        let length = sign_width + 6.0 + width(words, Font::Plain) + 14.0;
        if x > MARGIN && x + length > most {
            (x, top) = (MARGIN, top + LEGEND_LINE);
        }
        let said = Mark::words("export-said", sign_width + 6.0, sign_height - 5.0, words);
        marks.push(Mark::new("g").moved(x, top).child(sign_mark(sign)).child(said));
        x += length;
    }
    (Mark::group("legend").children(marks), top + LEGEND_LINE - y)
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
    // The style is of this source, and its lines are its own.
    let is_style = mark.name == "style";
    write_text(&if is_style { mark.text.as_str().into() } else { shown(&mark.text) }, out);
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
