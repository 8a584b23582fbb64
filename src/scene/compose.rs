//! Cards and their layout → one picture.
use crate::graph::{Edge, EdgeKind, Graph, Key, Side};
use crate::history::How;
use crate::layout::{
    Berth, Cubic, Gaps, Layout, LayoutEdge, LayoutRequest, Orientation, Point, Rect, Route,
};
use crate::route::NodeKind;
use crate::scene::draw::count_width;
use crate::scene::labels::Taken;
use crate::scene::places::places;
use crate::scene::strip::{Opened, berth, chip_of};
use crate::scene::text::{Font, width};
use crate::scene::{Card, Detail};
use crate::words::count;
use crate::words::push_fixed;

/// One edge of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeMark {
    /// Row of the card it leaves.
    pub from: u32,
    /// Row of the card it enters.
    pub to: u32,
    /// What it means.
    pub kind: EdgeKind,
    /// The curve, as the `d` of an SVG path, in scene pixels.
    pub path: String,
    /// What is written beside it: a count, or how a read is known where it is not plain.
    pub label: String,
    /// Where that is written; none where there is no room for it.
    pub label_at: Option<Point>,
    /// Whether data flows along it, so that it has an arrowhead.
    pub arrow: bool,
    /// Whether it leads into the focus.
    pub accent: bool,
    /// Which row or column of an opened strip it ends at, counted from 1.
    pub row: Option<usize>,
}

/// A word over a part of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// The words.
    pub text: String,
    /// Where they start, at their base line.
    pub at: Point,
}

impl Caption {
    /// What it takes, from near or from afar.
    pub fn area(&self) -> Rect {
        let far = width(self.halves().0, Font::FarPlain);
        Rect {
            left: self.at.x,
            top: self.at.y - 18.0,
            right: self.at.x + width(&self.text, Font::Plain).max(far),
            bottom: self.at.y,
        }
    }

    /// What can be read from afar, and what is said besides: `UPSTREAM · 3` and ` read`.
    pub fn halves(&self) -> (&str, &str) {
        let number = self.text.find("· ").map_or(self.text.len(), |at| at + "· ".len());
        let end = self.text[number..].find(' ').map_or(self.text.len(), |at| number + at);
        self.text.split_at(end)
    }
}

/// One picture, in scene pixels; the focus is in the middle of the coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The cards, as the graph's nodes.
    pub cards: Vec<Card>,
    /// Card -> its upper left corner.
    pub corners: Vec<Point>,
    /// The edges, as the graph's.
    pub edges: Vec<EdgeMark>,
    /// Words over parts.
    pub captions: Vec<Caption>,
    /// Which way it runs.
    pub orientation: Orientation,
    /// Holds everything.
    pub bounds: Rect,
    /// Of paths the card where a shortest one starts; they end at the first card.
    pub start: Option<usize>,
    /// How many nodes are drawn on their own.
    pub shown: usize,
}

/// Between two ranks, in scene pixels: room for a bend and an arrowhead.
const RANK_GAP: f32 = 52.0;

/// What the layout needs to know of `graph`: sizes, and edges in the sense of reading.
pub fn layout_request(
    graph: &Graph,
    cards: &[Card],
    orientation: Orientation,
    previous: Vec<Option<Point>>,
) -> LayoutRequest {
    let edges = graph.edges.iter().map(|edge| reading_order(graph, edge)).collect();
    LayoutRequest {
        sizes: cards.iter().map(|card| card.size).collect(),
        edges,
        orientation,
        focus: (!cards.is_empty()).then_some(0),
        previous,
        gaps: Gaps { rank: RANK_GAP, ..Gaps::default() },
        berths: berths(graph, cards, orientation),
    }
}

/// Edge -> where on the cards at its ends it is to end; nothing where no strip is open.
fn berths(graph: &Graph, cards: &[Card], orientation: Orientation) -> Vec<[Option<Berth>; 2]> {
    if cards.iter().all(|card| card.opened == Opened::No) {
        return Vec::new();
    }
    let of_edge = |edge: &Edge| {
        let LayoutEdge { from, to } = reading_order(graph, edge);
        [from, to].map(|end| berth(cards.get(end as usize)?, edge.attempt?, orientation))
    };
    graph.edges.iter().map(of_edge).collect()
}

/// The row of an opened strip that an edge ends at, counted from 1.
fn strip_row(cards: &[Card], edge: &Edge) -> Option<usize> {
    let attempt = edge.attempt?;
    let ends = [edge.from, edge.to].into_iter().filter_map(|end| cards.get(end as usize));
    let mut opened = ends.filter(|card| card.opened != Opened::No);
    opened.find_map(|card| chip_of(card, attempt)).map(|at| at + 1)
}

/// In a want's picture work is read from the want backward, so reads and writes are turned. A
/// derivative want stands before the work whose miss caused it, beside the want of that work.
fn reading_order(graph: &Graph, edge: &Edge) -> LayoutEdge {
    if graph.backward && edge.kind != EdgeKind::Requested {
        LayoutEdge { from: edge.to, to: edge.from }
    } else {
        LayoutEdge { from: edge.from, to: edge.to }
    }
}

/// The picture of `graph` with `cards` where `layout` put them.
pub fn scene(
    graph: &Graph,
    mut cards: Vec<Card>,
    layout: &Layout,
    orientation: Orientation,
) -> Scene {
    let corner = |(card, center): (&Card, &Point)| Point {
        x: center.x - card.size.width / 2.0,
        y: center.y - card.size.height / 2.0,
    };
    let corners: Vec<Point> = cards.iter().zip(&layout.centers).map(corner).collect();
    for (card, place) in cards.iter_mut().zip(places(graph, &corners, orientation)) {
        card.place = place;
    }
    let captions = captions(graph, &cards, &corners, orientation);
    let drawn = cards.iter().zip(&corners).flat_map(|(card, corner)| drawn_areas(card, *corner));
    let mut taken = Taken::by(drawn.chain(captions.iter().map(Caption::area)));
    let edge = |(i, edge): (usize, &Edge)| {
        Some(edge_mark(graph, &cards, edge, layout.routes.get(i)?, &mut taken))
    };
    let edges = graph.edges.iter().enumerate().filter_map(edge).collect();
    let beside = cards.iter().zip(&corners).map(|(card, corner)| beside(card, *corner));
    let over = captions.iter().map(Caption::area);
    let bounds = beside.chain(over).fold(layout.bounds, Rect::union);
    let shown = graph.shown;
    let start = graph.paths.as_ref().and_then(|paths| paths.shortest.last());
    let start = graph.nodes.iter().position(|node| Some(&node.key) == start);
    Scene { cards, corners, edges, captions, orientation, bounds, start, shown }
}

/// The card itself, with the plates of a group, and the counts at its sides.
pub fn drawn_areas(card: &Card, corner: Point) -> impl Iterator<Item = Rect> + use<> {
    let stack = if card.kind == NodeKind::Group { 8.0 } else { 0.0 };
    let (right, bottom) = (corner.x + card.size.width, corner.y + card.size.height);
    let middle = f32::midpoint(corner.y, bottom);
    let count = move |n: u32, left: f32| {
        let (top, bottom) = (middle - 9.0, middle + 9.0);
        (n > 0).then(|| Rect { left, top, right: left + count_width(n), bottom })
    };
    let whole =
        Rect { left: corner.x, top: corner.y, right: right + stack, bottom: bottom + stack };
    let up = count(card.hidden_up, corner.x + 4.0 - count_width(card.hidden_up));
    [Some(whole), up, count(card.hidden_down, right - 4.0)].into_iter().flatten()
}

/// The room of a card, and of what hangs at its sides: how much is hidden there.
fn beside(card: &Card, corner: Point) -> Rect {
    let far = Detail::Names.enlarged();
    let room = |n: u32| if n > 0 { far * count_width(n) } else { 0.0 };
    Rect {
        left: corner.x - room(card.hidden_up),
        top: corner.y,
        right: corner.x + card.size.width + room(card.hidden_down),
        bottom: corner.y + card.size.height,
    }
}

fn edge_mark(
    graph: &Graph,
    cards: &[Card],
    edge: &Edge,
    route: Route<'_>,
    taken: &mut Taken,
) -> EdgeMark {
    let turned = reading_order(graph, edge).from != edge.from;
    let path = if turned { reversed_path(&route) } else { forward_path(&route) };
    let label = label(edge);
    let label_at = taken.place(&label, &route);
    EdgeMark {
        from: edge.from,
        to: edge.to,
        kind: edge.kind,
        path,
        label,
        label_at,
        arrow: true,
        accent: edge.to == 0 && edge.kind == EdgeKind::Wrote,
        row: strip_row(cards, edge),
    }
}

fn label(edge: &Edge) -> String {
    match (edge.count, edge.how) {
        (n, _) if n > 1 => format!("×{n}"),
        _ if edge.inferred => "inferred".to_owned(),
        (_, Some(How::Exact)) => "exact".to_owned(),
        (_, Some(How::ByEnd)) => "by end".to_owned(),
        _ => String::new(),
    }
}

fn forward_path(route: &Route<'_>) -> String {
    let mut path = moved_to(route.start);
    for Cubic { control_1, control_2, end } in route.pieces {
        push_curve(&mut path, *control_1, *control_2, *end);
    }
    path
}

fn reversed_path(route: &Route<'_>) -> String {
    let mut path = moved_to(route.end());
    for (i, piece) in route.pieces.iter().enumerate().rev() {
        let before = i.checked_sub(1).and_then(|i| route.pieces.get(i));
        let start = before.map_or(route.start, |piece| piece.end);
        push_curve(&mut path, piece.control_2, piece.control_1, start);
    }
    path
}

fn moved_to(start: Point) -> String {
    let mut path = "M".to_owned();
    push_point(&mut path, start);
    path
}

fn push_curve(path: &mut String, first: Point, second: Point, end: Point) {
    path.push('C');
    push_point(path, first);
    path.push(' ');
    push_point(path, second);
    path.push(' ');
    push_point(path, end);
}

fn push_point(path: &mut String, point: Point) {
    push_fixed(path, point.x, 1);
    path.push(' ');
    push_fixed(path, point.y, 1);
}

/// "upstream", "focus" and "downstream" over their outermost cards, where the picture has sides.
fn captions(
    graph: &Graph,
    cards: &[Card],
    corners: &[Point],
    orientation: Orientation,
) -> Vec<Caption> {
    if graph.backward || orientation == Orientation::TopBottom {
        return Vec::new();
    }
    let Some((focus, middle)) = cards.first().zip(corners.first()) else { return Vec::new() };
    let is_run = is_work_card(focus);
    let word = if is_run { "THIS RUN" } else { "FOCUS" };
    let mut captions =
        vec![Caption { text: word.to_owned(), at: Point { x: middle.x, y: middle.y - 12.0 } }];
    let right_of_focus = middle.x + focus.size.width;
    for side in [Side::Up, Side::Down] {
        let outside = |corner: &&Point| match side {
            Side::Up => corner.x < middle.x - 1.0,
            Side::Down => corner.x > right_of_focus,
        };
        let Some(x) = corners.iter().filter(outside).map(|c| c.x).min_by(|a, b| match side {
            Side::Up => a.total_cmp(b),
            Side::Down => b.total_cmp(a),
        }) else {
            continue;
        };
        // Cards of a column are of several widths, around one middle.
        let in_column = cards.iter().zip(corners).filter(|(card, corner)| {
            outside(corner)
                && corner.x <= x + card.size.width / 2.0
                && corner.x + card.size.width > x
        });
        let at = in_column.map(|(_, corner)| *corner);
        let Some(top) = at.min_by(|a, b| a.y.total_cmp(&b.y)) else { continue };
        let n = neighbors_beside(graph, cards, side);
        let text = side_caption(count(n.into()), side, is_run.then(|| focus.status.wrote_words()));
        captions.push(Caption { text, at: Point { x: top.x, y: top.y - 12.0 } });
    }
    captions
}

/// How many partitions are one hop from the focus on that side, drawn or in groups.
fn neighbors_beside(graph: &Graph, cards: &[Card], side: Side) -> u32 {
    let is_work = |row: u32| {
        graph.nodes.get(row as usize).is_some_and(|n| matches!(n.key, Key::Run(_) | Key::Job(..)))
    };
    let step = |row: u32| {
        graph.edges.iter().filter_map(move |edge| match side {
            Side::Up => (edge.to == row).then_some((edge.from, edge.count)),
            Side::Down => (edge.from == row && edge.kind != EdgeKind::Spawned)
                .then_some((edge.to, edge.count)),
        })
    };
    let beside: Vec<(u32, u32)> = step(0).collect();
    let mut n = 0;
    for (row, count) in beside {
        if is_work(row) && cards.first().is_some_and(|focus| !is_work_card(focus)) {
            n += step(row).map(|(_, count)| count).sum::<u32>();
        } else {
            n += count;
        }
    }
    n
}

/// `written` is what is said of the outputs of a run; none for the lineage of a partition.
fn side_caption(n: String, side: Side, written: Option<&str>) -> String {
    match (side, written) {
        (Side::Up, Some(_)) => format!("READ · {n}"),
        (Side::Down, Some(written)) => format!("{} · {n}", written.to_uppercase()),
        (Side::Up, None) => format!("UPSTREAM · {n} read"),
        (Side::Down, None) => format!("DOWNSTREAM · {n} built from it"),
    }
}

fn is_work_card(card: &Card) -> bool {
    card.kind == NodeKind::JobRun
}
