//! One card of the picture.
use crate::layout::{Point, Size};
use crate::route::NodeKind;
use crate::scene::draw::strip::{far_strip_width, strip, strip_width};
use crate::scene::mark::tenths;
use crate::scene::strip::{Opened, SIZE_CLOSED, head};
use crate::scene::text::{Font, shorten, shorten_apart, shorten_key, width};
use crate::scene::{Card, Detail, Mark, Status, change_word, describe_node};

/// Space between a card's edge and its text.
const INSET: f32 = 14.0;
/// Room for the status badge at the right of the first line.
const BADGE: f32 = 26.0;
/// What the last word of a card may always take, however long what stands before it.
const BADGE_TEXT: f32 = 74.0;

/// From afar, words stand in so much of a card: below them are the bar of a group, and opened attempts.
const FAR_HEIGHT: f32 = 62.0;
/// A card below this has two lines of large letters and hardly more.
const LOW_HEIGHT: f32 = 54.0;

/// A card with its upper left corner at `corner`. `href` is the address that makes it the focus,
/// empty for none.
pub fn card(card: &Card, corner: Point, href: &str, detail: Detail) -> Mark {
    let mut class = format!("node node-{} {}", card.kind.word(), card.status.tone.class());
    for (name, is_on) in [(" is-faded", card.faded), (" is-focus", card.focus)] {
        if is_on {
            class.push_str(name);
        }
    }
    let words = describe_node(card);
    Mark::group(class)
        .moved(corner.x, corner.y)
        .with("role", "group")
        .with("aria-label", with_place(&words, &card.place))
        .with("data-kind", card.kind.word())
        .with("data-id", card.id.clone())
        .with("data-status", card.status.word)
        .maybe("data-ref", card.reference.clone())
        .maybe("data-focus", card.focus.then_some("true"))
        .maybe("data-change", card.change.map(change_word))
        .child(Mark::new("title").text(words.clone()))
        .child(shape(card))
        .children(said(card, detail))
        .child(below_head(card, badge(card, detail)))
        .child(Mark::new("g").children(strip(card, detail)).children(bar(card)))
        .children(news(card))
        .children(link(card, href, &words))
        .children(more(card.hidden_up, false, card, detail))
        .children(more(card.hidden_down, true, card, detail))
}

/// What can be read of it.
fn said(card: &Card, detail: Detail) -> Option<Mark> {
    match detail {
        Detail::Whole => Some(below_head(card, texts(card))),
        Detail::Names => Some(below_head(card, far_texts(card))),
        Detail::Blocks => None,
    }
}

/// What the card says begins below the heads of an opened strip's columns.
fn below_head(card: &Card, mark: Mark) -> Mark {
    if head(card) > 0.0 { Mark::new("g").moved(0.0, head(card)).child(mark) } else { mark }
}

fn with_place(words: &str, place: &str) -> String {
    if place.is_empty() { words.to_owned() } else { format!("{words}, {place}") }
}

/// Partition: rounded rectangle with a status edge; job run: pill; want: flag; group: stack.
fn shape(card: &Card) -> Mark {
    let (w, h) = (card.size.width, card.size.height);
    match card.kind {
        NodeKind::Partition | NodeKind::External => {
            let h = tenths(h);
            let end = tenths(card.size.height - 4.0);
            let edge = format!("M4 0H5V{h}H4A4 4 0 0 1 0 {end}V4A4 4 0 0 1 4 0Z");
            let edge = Mark::new("path").with("class", "node-edge").with("d", edge);
            Mark::new("g").child(plate(card, 0.0, 8.0)).child(edge)
        }
        // Rounder, and the first and last row would not reach the border.
        NodeKind::JobRun if card.opened != Opened::No => plate(card, 0.0, 16.0),
        NodeKind::JobRun => plate(card, 0.0, (h / 2.0).min(24.0)),
        NodeKind::Want => {
            let (nose, right) = (tenths(w - 20.0), tenths(w));
            let (middle, h, end) = (tenths(h / 2.0), tenths(h), tenths(h - 8.0));
            let flag = format!(
                "M8 0H{nose}L{right} {middle}L{nose} {h}H8A8 8 0 0 1 0 {end}V8A8 8 0 0 1 8 0Z"
            );
            Mark::new("path").with("class", "node-shape").with("d", flag)
        }
        NodeKind::Group => Mark::new("g").children([8.0, 4.0, 0.0].map(|by| plate(card, by, 8.0))),
    }
}

fn plate(card: &Card, by: f32, radius: f32) -> Mark {
    let plate = Mark::new("rect").with("class", "node-shape");
    let plate = if by > 0.0 { plate.number("x", by).number("y", by) } else { plate };
    plate.number("width", card.size.width).number("height", card.size.height).number("rx", radius)
}

/// Base lines of the first, second and last line.
fn base_lines(card: &Card) -> (f32, f32, f32) {
    match card.kind {
        NodeKind::JobRun | NodeKind::Want => (21.0, 38.0, 38.0),
        _ if card.which.is_empty() => (26.0, 46.0, 46.0),
        _ => (20.0, 36.0, 52.0),
    }
}

fn texts(card: &Card) -> Mark {
    let is_work = card.kind == NodeKind::JobRun;
    let inset = if is_work { INSET + 6.0 } else { INSET };
    let nose = if card.kind == NodeKind::Want { 16.0 } else { 0.0 };
    let room = card.size.width - inset - 10.0 - nose;
    let (top, middle, last) = base_lines(card);
    let badge_width = if card.badge.is_empty() { 0.0 } else { width(&card.badge, Font::Plain) };
    let has_strip = !card.strip.is_empty();
    let which = (!card.which.is_empty()).then(|| {
        let badge = if middle < last { 0.0 } else { badge_width };
        let text = shorten_key(&card.which, Font::Plain, room - badge, card.apart[2]);
        Mark::words("node-which", inset, middle, text)
    });
    let exact = (!card.exact.is_empty()).then(|| {
        let beside = if has_strip { strip_width(card) } else { badge_width.min(BADGE_TEXT) + 6.0 };
        Mark::words("node-exact", inset, last, shorten(&card.exact, Font::Mono, room - beside))
    });
    let badge = (!card.badge.is_empty() && !has_strip).then(|| {
        let beside = width(&card.exact, Font::Mono).min(room - BADGE_TEXT);
        let text = shorten(&card.badge, Font::Plain, room - beside);
        let right = card.size.width - 10.0 - nose;
        Mark::words("node-badge", right, last, text).with("text-anchor", "end")
    });
    let first_room = room - if is_work { BADGE + 10.0 } else { BADGE };
    Mark::new("g")
        .child(first_line(card, first_room, inset, top))
        .children(which)
        .children(exact)
        .children(badge)
}

/// The dataset dim, the name bold; a lead of a letter or two says nothing.
fn first_line(card: &Card, room: f32, x: f32, y: f32) -> Mark {
    let [lead_apart, name_apart, _] = card.apart;
    let name = shorten_apart(&card.name, Font::Name, room, name_apart);
    let lead_room = room - width(&name, Font::Name);
    let lead = shorten_apart(&card.lead, Font::Plain, lead_room, lead_apart);
    let lead = if lead.chars().count() < 3 && lead != card.lead { String::new() } else { lead };
    Mark::words("node-line", x, y, "")
        .child(Mark::new("tspan").with("class", "node-lead").text(lead))
        .child(Mark::new("tspan").with("class", "node-name").text(name))
}

/// The name, and below it which one: what a picture seen from afar has room for.
fn far_texts(card: &Card) -> Mark {
    let inset = if card.kind == NodeKind::JobRun { INSET + 4.0 } else { INSET };
    let room = card.size.width - 2.0 * inset;
    let height = match card.opened {
        Opened::No => card.size.height.min(FAR_HEIGHT),
        Opened::Rows | Opened::Columns => SIZE_CLOSED.height,
    };
    let middle = height / 2.0;
    let [_, name_apart, which_apart] = card.apart;
    let (name, which) = (far_name(card), far_which(card));
    // What is left out of a name is at its beginning, and of a key at its end.
    let name_apart = name_apart.saturating_sub(card.name.len() - name.len());
    let which_room = room - far_strip_width(card);
    let which = shorten_key(which, Font::FarPlain, which_room, which_apart);
    let name = shorten_apart(name, Font::FarName, room - BADGE - inset / 2.0, name_apart);
    // In a low card the lines stand closer, so that no letter touches its edge.
    let closer = if height < LOW_HEIGHT { 1.0 } else { 0.0 };
    let name = Mark::words("node-name", inset, middle - 5.0 + closer, name);
    let which = Mark::words("node-which", inset, middle + 17.0 - closer, which);
    Mark::new("g").child(name).child(which)
}

/// Of a job, its last word.
fn far_name(card: &Card) -> &str {
    let last = card.name.rsplit([':', '/']).next().unwrap_or_default();
    if card.kind == NodeKind::JobRun && !last.is_empty() { last } else { &card.name }
}

/// The key, where there is one; of a group, how many it stands for.
fn far_which(card: &Card) -> &str {
    if card.which.is_empty() || card.kind == NodeKind::Group {
        return &card.exact;
    }
    card.which.split(" · ").next().unwrap_or_default()
}

/// The status: in the upper right corner, and of a block in its middle.
fn badge(card: &Card, detail: Detail) -> Mark {
    let nose = if card.kind == NodeKind::Want { 12.0 } else { 0.0 };
    let inset = if card.kind == NodeKind::JobRun { 10.0 } else { 0.0 };
    let Size { width, height } = card.size;
    let (x, y) = match detail {
        Detail::Whole => return badge_at(card.status, width - 18.0 - nose - inset, 16.0),
        Detail::Names => (width - 20.0 - nose - inset, 17.0 - inset / 3.0),
        Detail::Blocks => (width / 2.0, height / 2.0 - head(card)),
    };
    enlarged(detail, x, y, badge_at(card.status, 0.0, 0.0))
}

/// A mark around the origin, larger and moved.
fn enlarged(detail: Detail, x: f32, y: f32, mark: Mark) -> Mark {
    let place =
        format!("translate({} {}) scale({})", tenths(x), tenths(y), tenths(detail.enlarged()));
    Mark::new("g").with("transform", place).child(mark)
}

/// A status as a disk with its glyph, around `x`, `y`.
pub fn badge_at(status: Status, x: f32, y: f32) -> Mark {
    let glyph = Mark::words("badge-glyph", x, y + 3.8, status.tone.glyph());
    Mark::group(format!("badge {}", status.tone.class()))
        .child(Mark::new("circle").number("cx", x).number("cy", y).with("r", "8"))
        .child(glyph.with("text-anchor", "middle"))
}

/// That it is not as it was, in a word on its upper edge.
fn news(card: &Card) -> Option<Mark> {
    let word = change_word(card.change?);
    let length = width(word, Font::Mono) + 12.0;
    let plate = Mark::new("rect").number("width", length).with("height", "16").with("rx", "8");
    let text = Mark::new("text")
        .with("text-anchor", "middle")
        .number("x", length / 2.0)
        .with("y", "12")
        .text(word);
    Some(Mark::group("node-news").moved(INSET, -8.0).child(plate).child(text))
}

/// Members by status, as lengths of one bar; the words are in the panel and in the description.
fn bar(card: &Card) -> Option<Mark> {
    let total: u32 = card.bar.iter().map(|(_, n)| n).sum();
    if total == 0 {
        return None;
    }
    let room = card.size.width - 2.0 * INSET;
    let mut x = INSET;
    let parts = card.bar.iter().map(|(status, n)| {
        let length = room * *n as f32 / total as f32;
        let part = Mark::new("rect")
            .with("class", format!("bar-part {}", status.tone.class()))
            .number("x", x)
            .with("y", "58")
            .number("width", length)
            .with("height", "6");
        x += length;
        part
    });
    let parts: Vec<Mark> = parts.collect();
    Some(Mark::new("g").children(parts))
}

/// The card's own link: makes it the focus. A group has none.
fn link(card: &Card, href: &str, words: &str) -> Option<Mark> {
    if href.is_empty() || card.focus {
        return None;
    }
    let lift = if card.kind == NodeKind::Want { 26.0 } else { 12.0 };
    let sign = Mark::new("g")
        .moved(card.size.width - lift, card.size.height - 1.0)
        .child(Mark::new("circle").with("class", "reach").with("r", "12"))
        .child(Mark::new("circle").with("r", "9"))
        .child(Mark::new("path").with("d", "M-3 3 3 -3M-1.5 -3H3V1.5"));
    let link = Mark::new("a")
        .with("class", "node-link")
        .with("href", href)
        .with("aria-label", format!("Open {words}"))
        .with("tabindex", "-1")
        .child(sign);
    Some(Mark::new("g").child(link))
}

/// How wide `+n` is, in a whole card.
pub fn count_width(n: u32) -> f32 {
    width(&format!("+{n}"), Font::Mono) + 12.0
}

/// `+n` at the side where more is hidden.
fn more(n: u32, is_down: bool, card: &Card, detail: Detail) -> Option<Mark> {
    if n == 0 {
        return None;
    }
    let text = format!("+{n}");
    let length = count_width(n);
    let scale = detail.enlarged();
    let left = if is_down { card.size.width - 4.0 } else { 4.0 - length * scale };
    let (side, words) = if is_down { ("down", "downstream") } else { ("up", "upstream") };
    let plate = Mark::new("rect").number("width", length).with("height", "18").with("rx", "9");
    let number = Mark::new("text")
        .with("text-anchor", "middle")
        .number("x", length / 2.0)
        .with("y", "13")
        .text(text);
    let more = Mark::group("node-more")
        .with("role", "button")
        .with("aria-label", format!("Show {n} more {words}"))
        .with("data-open", side);
    let reach = Mark::new("rect").with("class", "reach").with("y", "-3").with("height", "24");
    let more = more.child(reach.number("width", length)).child(plate).child(number);
    Some(match detail {
        Detail::Whole => more.moved(left, card.size.height / 2.0 - 9.0),
        Detail::Names => enlarged(detail, left, card.size.height / 2.0 - 9.0 * scale, more),
        Detail::Blocks => return None,
    })
}
