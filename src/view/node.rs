//! One card of the picture. It places what the scene says; shape means kind.
use leptos::prelude::*;

use crate::layout::Point;
use crate::route::NodeKind;
use crate::scene::text::{Font, shorten, width};
use crate::scene::{Card, Status, describe_node};

/// Space between a card's edge and its text.
const INSET: f32 = 14.0;
/// Room for the status badge at the right of the first line.
const BADGE: f32 = 26.0;

/// What the last word of a card may always take, however long what stands before it.
const BADGE_TEXT: f32 = 74.0;

/// A card at its place. Presses are heard by the canvas, which finds the card by its marks.
#[component]
pub fn Node(
    /// What it says.
    card: Card,
    /// Its upper left corner.
    corner: Point,
    /// Its address, for the link that makes it the focus.
    href: String,
    /// Its id in the document, for assistive technology.
    dom_id: String,
    /// Whether it is the one being inspected.
    #[prop(into)]
    selected: Signal<bool>,
) -> impl IntoView {
    let place = format!("translate({:.1} {:.1})", corner.x, corner.y);
    let words = describe_node(&card);
    let title = words.clone();
    let class = format!("node node-{} {}", card.kind.word(), card.status.tone.class());
    let (faded, focus) = (card.faded, card.focus);
    let shape = shape(&card);
    let texts = texts(&card);
    let extras = extras(&card);
    let link = link(&card, href, &words);
    let more = more_buttons(&card);
    view! {
        <g
            id=dom_id
            class=class
            class:is-faded=faded
            class:is-focus=focus
            class:is-selected=selected
            transform=place
            role="button"
            aria-label=words
            data-kind=card.kind.word()
            data-id=card.id.clone()
            data-status=card.status.word
            data-ref=card.reference.clone()
            data-focus=focus.then_some("true")
        >
            {leptos::svg::title().child(title)}
            {shape}
            {texts}
            {extras}
            {link}
            {more}
        </g>
    }
}

/// Partition: rounded rectangle with a status edge; job run: pill; want: flag; group: stack.
fn shape(card: &Card) -> AnyView {
    let (w, h) = (card.size.width, card.size.height);
    match card.kind {
        NodeKind::Partition | NodeKind::External => {
            let edge = format!("M4 0H5V{h}H4A4 4 0 0 1 0 {}V4A4 4 0 0 1 4 0Z", h - 4.0);
            view! {
                <g>
                    <rect class="node-shape" width=w.to_string() height=h.to_string() rx="8" />
                    <path class="node-edge" d=edge />
                </g>
            }
            .into_any()
        }
        NodeKind::JobRun => {
            let radius = (h / 2.0).min(24.0).to_string();
            view! { <rect class="node-shape" width=w.to_string() height=h.to_string() rx=radius /> }
                .into_any()
        }
        NodeKind::Want => {
            let nose = w - 20.0;
            let flag = format!(
                "M8 0H{nose}L{w} {}L{nose} {h}H8A8 8 0 0 1 0 {}V8A8 8 0 0 1 8 0Z",
                h / 2.0,
                h - 8.0
            );
            view! { <path class="node-shape" d=flag /> }.into_any()
        }
        NodeKind::Group => {
            let behind = |by: f32| {
                let (x, y) = (by.to_string(), by.to_string());
                let (w, h) = (w.to_string(), h.to_string());
                view! { <rect class="node-shape" x=x y=y width=w height=h rx="8" /> }
            };
            view! { <g>{behind(8.0)}{behind(4.0)}{behind(0.0)}</g> }.into_any()
        }
    }
}

fn texts(card: &Card) -> impl IntoView + use<> {
    let inset = if card.kind == NodeKind::JobRun { INSET + 6.0 } else { INSET };
    let nose = if card.kind == NodeKind::Want { 16.0 } else { 0.0 };
    let room = card.size.width - inset - 10.0 - nose;
    let first = room - if card.kind == NodeKind::JobRun { BADGE + 10.0 } else { BADGE };
    let name = shorten(&card.name, Font::Name, first);
    let lead = shorten(&card.lead, Font::Plain, first - width(&name, Font::Name));
    let lead = if lead.chars().count() < 3 && lead != card.lead { String::new() } else { lead };
    let badge_width = if card.badge.is_empty() { 0.0 } else { width(&card.badge, Font::Plain) };
    let has_strip = !card.strip.is_empty();
    let two_lines = matches!(card.kind, NodeKind::JobRun | NodeKind::Want);
    let lone = !two_lines && card.which.is_empty();
    let y = |line: u8| match (two_lines, line) {
        (true, 0) => "21",
        (true, _) => "38",
        (false, 0) if lone => "26",
        (false, _) if lone => "46",
        (false, 0) => "20",
        (false, 1) => "36",
        (false, _) => "52",
    };
    let x = inset.to_string();
    let right = (card.size.width - 10.0 - nose).to_string();
    let first_line = view! {
        <text class="node-line" x=x.clone() y=y(0)>
            <tspan class="node-lead">{lead}</tspan>
            <tspan class="node-name">{name}</tspan>
        </text>
    };
    let which = (!card.which.is_empty()).then(|| {
        let badge = if two_lines { badge_width } else { 0.0 };
        let text = shorten(&card.which, Font::Plain, room - badge);
        view! { <text class="node-which" x=x.clone() y=y(1)>{text}</text> }
    });
    let exact = (!card.exact.is_empty()).then(|| {
        let beside = if has_strip { strip_width(card) } else { badge_width.min(BADGE_TEXT) + 6.0 };
        let text = shorten(&card.exact, Font::Mono, room - beside);
        view! { <text class="node-exact" x=x.clone() y=y(2)>{text}</text> }
    });
    let badge = (!card.badge.is_empty() && !has_strip).then(|| {
        let beside = width(&card.exact, Font::Mono).min(room - BADGE_TEXT);
        let text = shorten(&card.badge, Font::Plain, room - beside);
        view! { <text class="node-badge" text-anchor="end" x=right y=y(2)>{text}</text> }
    });
    view! { <g>{first_line}{which}{exact}{badge}</g> }
}

/// The status badge, the attempt strip, and the bar of a group.
fn extras(card: &Card) -> impl IntoView + use<> {
    let nose = if card.kind == NodeKind::Want { 12.0 } else { 0.0 };
    let inset = if card.kind == NodeKind::JobRun { 10.0 } else { 0.0 };
    let (x, y) = (card.size.width - 18.0 - nose - inset, 16.0);
    let badge = status_badge(card.status, x, y);
    let strip = strip(card);
    let bar = bar(card);
    view! { <g>{badge}{strip}{bar}</g> }
}

fn status_badge(status: Status, x: f32, y: f32) -> impl IntoView + use<> {
    let class = format!("badge {}", status.tone.class());
    let (cx, cy) = (x.to_string(), y.to_string());
    let base = (y + 3.8).to_string();
    view! {
        <g class=class>
            <circle cx=cx.clone() cy=cy r="8" />
            <text class="badge-glyph" text-anchor="middle" x=cx y=base>{status.tone.glyph()}</text>
        </g>
    }
}

const CHIP: f32 = 17.0;
/// More chips than these do not fit beside the id; the newest are shown.
const MAX_CHIPS: usize = 4;

fn strip_width(card: &Card) -> f32 {
    let chips = card.strip.len().min(MAX_CHIPS);
    chips as f32 * CHIP + counts_width(card) + 12.0
}

fn counts_width(card: &Card) -> f32 {
    let shown = card.strip.iter().rev().take(MAX_CHIPS);
    shown.filter(|chip| chip.count > 1).map(|chip| count_width(chip.count)).sum()
}

fn count_width(count: u32) -> f32 {
    width(&format!("×{count}"), Font::Mono) + 2.0
}

/// Attempts in order, one chip for each run of like ones; pressed, it opens into rows.
fn strip(card: &Card) -> Option<impl IntoView + use<>> {
    if card.strip.is_empty() {
        return None;
    }
    let mut x = card.size.width - 10.0 - strip_width(card);
    let left_out = card.strip.len().saturating_sub(MAX_CHIPS);
    let mut chips = Vec::new();
    for chip in card.strip.iter().skip(left_out) {
        chips.push(chip_mark(chip.status, x, 29.0));
        x += CHIP;
        if chip.count > 1 {
            let at = x.to_string();
            let text = format!("×{}", chip.count);
            chips.push(view! { <text class="node-exact" x=at y="40">{text}</text> }.into_any());
            x += count_width(chip.count);
        }
    }
    let n: u32 = card.strip.iter().map(|chip| chip.count).sum();
    let label = format!("{n} attempts");
    let rows = card.opened.then(|| strip_rows(card));
    Some(view! {
        <g>
            <g class="strip" role="button" aria-label=label data-open="attempts">{chips}</g>
            {rows}
        </g>
    })
}

fn chip_mark(status: Status, x: f32, y: f32) -> AnyView {
    let class = format!("badge {}", status.tone.class());
    let (middle, base) = ((x + 7.0).to_string(), (y + 10.5).to_string());
    let (x, y) = (x.to_string(), y.to_string());
    view! {
        <g class=class>
            <rect x=x y=y width="14" height="14" rx="3" />
            <text class="badge-glyph" text-anchor="middle" x=middle y=base>
                {status.tone.glyph()}
            </text>
        </g>
    }
    .into_any()
}

fn strip_rows(card: &Card) -> impl IntoView + use<> {
    let rows = card.strip.iter().enumerate().map(|(i, chip)| {
        let y = 50.0 + 20.0 * i as f32;
        let mark = chip_mark(chip.status, 20.0, y);
        let many = if chip.count > 1 { format!(" ×{}", chip.count) } else { String::new() };
        let text = format!("{}{many}", chip.status.text());
        let base = (y + 11.0).to_string();
        view! {
            <g>
                {mark}
                <text class="node-which" x="42" y=base>{text}</text>
            </g>
        }
    });
    rows.collect::<Vec<_>>()
}

/// Members by status, as lengths of one bar; the words are in the panel and in the description.
fn bar(card: &Card) -> Option<impl IntoView + use<>> {
    let total: u32 = card.bar.iter().map(|(_, n)| n).sum();
    if total == 0 {
        return None;
    }
    let room = card.size.width - 2.0 * INSET;
    let mut x = INSET;
    let parts: Vec<_> = card
        .bar
        .iter()
        .map(|(status, n)| {
            let length = room * *n as f32 / total as f32;
            let at = x.to_string();
            x += length;
            let class = format!("bar-part {}", status.tone.class());
            let length = length.to_string();
            view! { <rect class=class x=at y="58" width=length height="6" /> }
        })
        .collect();
    Some(view! { <g>{parts}</g> })
}

/// The card's own link: makes it the focus. A group has none.
fn link(card: &Card, href: String, words: &str) -> Option<impl IntoView + use<>> {
    if href.is_empty() || card.focus {
        return None;
    }
    let label = format!("Open {words}");
    let lift = if card.kind == NodeKind::Want { 26.0 } else { 12.0 };
    let at = format!("translate({:.1} {:.1})", card.size.width - lift, card.size.height - 1.0);
    Some(view! {
        <g>
            <a class="node-link" href=href aria-label=label tabindex="-1">
                <g transform=at>
                    <circle r="9" />
                    <path d="M-3 3 3 -3M-1.5 -3H3V1.5" />
                </g>
            </a>
        </g>
    })
}

/// `+n` at the side where more is hidden.
fn more_buttons(card: &Card) -> impl IntoView + use<> {
    let middle = card.size.height / 2.0;
    let button = |n: u32, x: f32, open: &'static str, words: &'static str| {
        (n > 0).then(|| {
            let text = format!("+{n}");
            let length = width(&text, Font::Mono) + 12.0;
            let left = if x <= 0.0 { x - length + 4.0 } else { x - 4.0 };
            let at = format!("translate({left:.1} {:.1})", middle - 9.0);
            let label = format!("Show {n} more {words}");
            let half = (length / 2.0).to_string();
            view! {
                <g class="node-more" role="button" aria-label=label data-open=open transform=at>
                    <rect width=length.to_string() height="18" rx="9" />
                    <text text-anchor="middle" x=half y="13">{text}</text>
                </g>
            }
        })
    };
    let up = button(card.hidden_up, 0.0, "up", "upstream");
    let down = button(card.hidden_down, card.size.width, "down", "downstream");
    view! { <g>{up}{down}</g> }
}
