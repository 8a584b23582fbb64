//! From a request to a layout: cleans what came in, lays out part by part, packs, and turns to the scene.

use super::axes::{Spot, to_scene, turn};
use super::berths::Berths;
use super::geometry::{Point, Rect, Routes, Size};
use super::p0_parts::{self, Links, Parts};
use super::p5_coordinates::Spacing;
use super::p7_pack::{self, PartBox};
use super::part::{self, DrawnPart, Part};
use super::raw_routes::RawRoutes;
use super::request::{Gaps, Layout, LayoutRequest};
use crate::order::sort_numbers;

/// Larger sizes and gaps are cut to this, in pixels: sums stay exact enough.
const MAX_EXTENT: f32 = 100_000.0;

/// Lays the graph out. Total: any request has an answer, and the same request the same answer.
pub fn layout(request: &LayoutRequest) -> Layout {
    let sizes: Vec<Size> = request.sizes.iter().map(|&size| clean_size(size)).collect();
    let parts = p0_parts::split(sizes.len(), &request.edges);
    let gaps = clean_gaps(request.gaps);
    let mut assembly = Assembly {
        request,
        gaps,
        layout: Layout {
            centers: vec![Point::default(); sizes.len()],
            ranks: vec![0; sizes.len()],
            sizes,
            n_ignored_edges: parts.n_ignored_edges,
            ..Layout::default()
        },
        middles: vec![Spot::default(); request.sizes.len()],
        raw: RawRoutes::new(request.edges.len()),
    };
    let boxes = assembly.draw_parts(&parts);
    assembly.finish(&parts, &boxes)
}

struct Assembly<'a> {
    request: &'a LayoutRequest,
    gaps: Gaps,
    layout: Layout,
    /// Node -> its middle, along and across the ranks, within its part.
    middles: Vec<Spot>,
    raw: RawRoutes,
}

/// The smallest and largest pixel along and across the ranks.
type Extent = (Spot, Spot);

impl Assembly<'_> {
    /// Part -> the extent of its cards and routes.
    fn draw_parts(&mut self, parts: &Parts) -> Vec<Extent> {
        (0..parts.nodes.n_rows() as u32)
            .map(|id| {
                let (nodes, edges) = (parts.nodes.row(id), parts.edges.row(id));
                if !edges.is_empty() {
                    let drawn =
                        part::draw(self.part(nodes, edges, &parts.local), &mut self.layout.n_steps);
                    self.take(drawn, nodes, edges);
                }
                self.layout.n_steps += nodes.len() as u64;
                self.extent(nodes, edges)
            })
            .collect()
    }

    fn part(&self, nodes: &[u32], edges: &[u32], local: &[u32]) -> Part {
        let (mut links, mut berths) = (Links::default(), Berths::default());
        for &id in edges {
            let edge = self.request.edges[id as usize];
            links.push(local[edge.from as usize], local[edge.to as usize]);
            if !self.request.berths.is_empty() {
                let ends = self.request.berths.get(id as usize).copied().unwrap_or_default();
                berths.push(ends, [self.half(edge.from)[1], self.half(edge.to)[1]]);
            }
        }
        let halves = |axis: usize| nodes.iter().map(move |&node| self.half(node)[axis]).collect();
        let anchor = |&node: &u32| {
            let point = self.request.previous.get(node as usize).copied().flatten()?;
            let across = turn(self.request.orientation, [point.x, point.y])[1];
            across.is_finite().then_some(f64::from(across))
        };
        Part {
            links,
            berths,
            spacing: Spacing {
                half_extents: halves(1),
                node_gap: f64::from(self.gaps.node),
                edge_gap: f64::from(self.gaps.edge),
            },
            half_depths: halves(0),
            rank_gap: f64::from(self.gaps.rank),
            anchors: if self.request.previous.is_empty() {
                Vec::new()
            } else {
                nodes.iter().map(anchor).collect()
            },
        }
    }

    /// Half a card's extent, along and across the ranks.
    fn half(&self, node: u32) -> Spot {
        let size = self.layout.sizes[node as usize];
        turn(self.request.orientation, [f64::from(size.width) / 2.0, f64::from(size.height) / 2.0])
    }

    /// Files what a part has drawn under the ids of the request; reversed links get their direction back.
    fn take(&mut self, drawn: DrawnPart, nodes: &[u32], edges: &[u32]) {
        for ((&node, rank), center) in nodes.iter().zip(drawn.ranks).zip(drawn.centers) {
            self.layout.ranks[node as usize] = rank;
            self.middles[node as usize] = center;
        }
        self.raw.file(edges, &drawn.ways);
        for link in drawn.reversed {
            let edge = edges[link as usize];
            self.raw.turn_around(edge);
            self.layout.reversed.push(edge);
        }
        self.layout.n_crossings += drawn.n_crossings;
        self.layout.n_bypassed_edges += drawn.n_bypassed;
    }

    fn extent(&self, nodes: &[u32], edges: &[u32]) -> Extent {
        let mut extent = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let mut include = |low: Spot, high: Spot| {
            for axis in 0..2 {
                extent.0[axis] = extent.0[axis].min(low[axis]);
                extent.1[axis] = extent.1[axis].max(high[axis]);
            }
        };
        for &node in nodes {
            let (middle, half) = (self.middles[node as usize], self.half(node));
            include(
                [middle[0] - half[0], middle[1] - half[1]],
                [middle[0] + half[0], middle[1] + half[1]],
            );
        }
        for &edge in edges {
            self.raw.stops(edge).for_each(|stop| include(stop, stop));
        }
        extent
    }

    /// Packs the parts and turns everything to scene pixels.
    fn finish(mut self, parts: &Parts, extents: &[Extent]) -> Layout {
        let orientation = self.request.orientation;
        let boxes: Vec<PartBox> = (0_u32..)
            .zip(extents)
            .map(|(id, (low, high))| {
                let [width, height] = turn(orientation, [high[0] - low[0], high[1] - low[1]]);
                PartBox { width, height, n_nodes: parts.nodes.row(id).len() as u32 }
            })
            .collect();
        // Self loops bulge into the gap beside a part, by less than half a rank gap.
        let gap = f64::from(self.gaps.rank / 2.0).max(2.0 * f64::from(self.gaps.node));
        let mut shifts = vec![[0.0; 2]; extents.len()];
        for ((shift, corner), (low, _)) in
            shifts.iter_mut().zip(p7_pack::pack(&boxes, gap)).zip(extents)
        {
            let corner = turn(orientation, [corner.0, corner.1]);
            *shift = [corner[0] - low[0], corner[1] - low[1]];
        }
        for (id, shift) in (0..).zip(&shifts) {
            for &node in parts.nodes.row(id) {
                let middle = &mut self.middles[node as usize];
                *middle = [middle[0] + shift[0], middle[1] + shift[1]];
            }
        }
        let origin = self.origin();
        for (center, middle) in self.layout.centers.iter_mut().zip(&self.middles) {
            *center = to_scene(orientation, *middle, origin);
        }
        self.layout.routes = self.routes(parts, &shifts, origin);
        sort_numbers(&mut self.layout.reversed);
        self.layout.bounds = bounds(&self.layout);
        self.layout
    }

    /// What becomes (0, 0): the focus, else what keeps the nodes of the picture before in place, else the middle.
    fn origin(&self) -> Spot {
        if let Some(middle) = self.request.focus.and_then(|node| self.middles.get(node as usize)) {
            return *middle;
        }
        let (mut sum, mut n) = ([0.0; 2], 0.0);
        for (middle, previous) in self.middles.iter().zip(&self.request.previous) {
            let Some(point) = previous.filter(|p| p.x.is_finite() && p.y.is_finite()) else {
                continue;
            };
            let before = turn(self.request.orientation, [f64::from(point.x), f64::from(point.y)]);
            sum = [sum[0] + middle[0] - before[0], sum[1] + middle[1] - before[1]];
            n += 1.0;
        }
        if n > 0.0 {
            return [sum[0] / n, sum[1] / n];
        }
        let nodes: Vec<u32> = (0..self.middles.len() as u32).collect();
        let (low, high) =
            if nodes.is_empty() { Extent::default() } else { self.extent(&nodes, &[]) };
        [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])]
    }

    /// All routes; self loops are drawn only now, beside cards in their final place.
    fn routes(&mut self, parts: &Parts, shifts: &[Spot], origin: Spot) -> Routes {
        let mut origins = vec![origin; self.request.edges.len()];
        for (id, shift) in (0..).zip(shifts) {
            for &edge in parts.edges.row(id) {
                origins[edge as usize] = [origin[0] - shift[0], origin[1] - shift[1]];
            }
        }
        let mut n_loops = vec![0_u16; self.middles.len()];
        for (id, edge) in self.request.edges.iter().enumerate() {
            let Some(nth) = n_loops.get_mut(edge.from as usize).filter(|_| edge.from == edge.to)
            else {
                continue;
            };
            let (middle, half) = (self.middles[edge.from as usize], self.half(edge.from));
            self.raw.add_loop(id, *nth, middle, half, f64::from(self.gaps.rank));
            *nth = nth.saturating_add(1);
        }
        self.raw.to_scene(self.request.orientation, &origins)
    }
}

fn bounds(layout: &Layout) -> Rect {
    let cards = layout.centers.iter().zip(&layout.sizes);
    let cards = cards.map(|(&center, &size)| Rect::around(center, size));
    // Curves stay within the hull of their control points.
    let points = layout.routes.pieces.iter().flat_map(|p| [p.control_1, p.control_2, p.end]);
    let points = points.map(|point| Rect::around(point, Size::default()));
    cards.chain(points).reduce(Rect::union).unwrap_or_default()
}

fn clean_size(size: Size) -> Size {
    Size { width: clean(size.width), height: clean(size.height) }
}

fn clean_gaps(gaps: Gaps) -> Gaps {
    Gaps { rank: clean(gaps.rank), node: clean(gaps.node), edge: clean(gaps.edge) }
}

/// Negative and NaN become 0, as does infinity: there is no sensible size to mean by it.
fn clean(pixels: f32) -> f32 {
    if pixels.is_finite() { pixels.clamp(0.0, MAX_EXTENT) } else { 0.0 }
}
