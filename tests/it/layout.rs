//! The layout: what holds of every picture, what the phases promise, and one picture as text.

use crate::oracle::layout as twin;
use expect_test::{Expect, expect};
use lineage::layout::order::Order;
use lineage::layout::p0_parts::Links;
use lineage::layout::{
    Gaps, Layout, LayoutEdge, LayoutRequest, Orientation, Point, Rect, Size, layout,
};
use lineage::layout::{p1_cycles, p2_ranks, p3_dummies, p4_crossings, p4_order, p4_sweep};
use proptest::prelude::*;

/// Places are sums of up to thousands of pixels, kept as `f32`.
const TOLERANCE: f32 = 0.02;

fn edges(pairs: &[(u32, u32)]) -> Vec<LayoutEdge> {
    pairs.iter().map(|&(from, to)| LayoutEdge { from, to }).collect()
}

fn request(n_nodes: usize, pairs: &[(u32, u32)]) -> LayoutRequest {
    let sizes = vec![Size { width: 120.0, height: 40.0 }; n_nodes];
    LayoutRequest { sizes, edges: edges(pairs), ..LayoutRequest::default() }
}

fn links(pairs: &[(u32, u32)]) -> Links {
    let mut links = Links::default();
    for &(from, to) in pairs {
        links.push(from, to);
    }
    links
}

prop_compose! {
    fn any_request()(n_nodes in 0_usize..40, percent in 0_usize..300)(
        sizes in prop::collection::vec((0.0_f32..200.0, 0.0_f32..90.0), n_nodes),
        pairs in prop::collection::vec(
            (0..n_nodes.max(1) as u32, 0..n_nodes.max(1) as u32),
            n_nodes * percent / 100,
        ),
        top_bottom in any::<bool>(),
        focus in prop::option::of(0..n_nodes.max(1) as u32),
        gaps in (1.0_f32..90.0, 0.0_f32..40.0, 0.0_f32..20.0),
        was_there in prop::collection::vec(prop::option::of((-900.0_f32..900.0, -900.0_f32..900.0)), n_nodes),
        expanded in any::<bool>(),
    ) -> LayoutRequest {
        let sizes = sizes.into_iter().map(|(width, height)| Size { width, height }).collect();
        let previous = was_there.into_iter().map(|place| place.map(|(x, y)| Point { x, y }));
        LayoutRequest {
            sizes,
            edges: edges(&pairs),
            orientation: if top_bottom { Orientation::TopBottom } else { Orientation::LeftRight },
            focus,
            previous: if expanded { previous.collect() } else { Vec::new() },
            gaps: Gaps { rank: gaps.0, node: gaps.1, edge: gaps.2 },
            ..LayoutRequest::default()
        }
    }
}

prop_compose! {
    /// A connected graph without cycles: every node but the first hangs on an earlier one.
    fn any_dag(max_nodes: usize)(n_nodes in 2..=max_nodes)(
        parents in prop::collection::vec(any::<prop::sample::Index>(), n_nodes - 1),
        more in prop::collection::vec((0..n_nodes as u32, 0..n_nodes as u32), 0..2 * n_nodes),
        n_nodes in Just(n_nodes),
    ) -> (usize, Vec<(u32, u32)>) {
        let parents = (1_u32..).zip(parents);
        let tree = parents.map(|(node, parent)| (parent.index(node as usize) as u32, node));
        let more = more.into_iter().filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b)));
        (n_nodes, tree.chain(more).collect())
    }
}

fn card(layout: &Layout, node: u32) -> Rect {
    Rect::around(layout.centers[node as usize], layout.sizes[node as usize])
}

/// How deep a point is inside a card; negative outside.
fn depth(rect: Rect, point: Point) -> f32 {
    let x = (point.x - rect.left).min(rect.right - point.x);
    x.min(point.y - rect.top).min(rect.bottom - point.y)
}

fn check_picture(request: &LayoutRequest, layout: &Layout) -> Result<(), TestCaseError> {
    let n_nodes = request.sizes.len() as u32;
    let cards: Vec<Rect> = (0..n_nodes).map(|node| card(layout, node)).collect();
    for (i, a) in cards.iter().enumerate() {
        for b in &cards[i + 1..] {
            let apart = (b.left - a.right).max(a.left - b.right);
            let apart = apart.max(b.top - a.bottom).max(a.top - b.bottom);
            let gap = request.gaps.node.min(request.gaps.rank);
            prop_assert!(apart >= gap - TOLERANCE, "{a:?} and {b:?} are {apart} apart");
        }
    }
    for (id, edge) in request.edges.iter().enumerate() {
        let (from, to) = (layout.ranks[edge.from as usize], layout.ranks[edge.to as usize]);
        let is_reversed = layout.reversed.binary_search(&(id as u32)).is_ok();
        prop_assert!(edge.from == edge.to || (from < to) != is_reversed && from != to);
        let Some(route) = layout.routes.get(id) else {
            return Err(TestCaseError::fail(format!("edge {id} has no route")));
        };
        prop_assert!(depth(cards[edge.from as usize], route.start).abs() < TOLERANCE);
        prop_assert!(depth(cards[edge.to as usize], route.end()).abs() < TOLERANCE);
        for point in route.samples(16) {
            for (node, rect) in cards.iter().enumerate() {
                prop_assert!(
                    depth(*rect, point) < TOLERANCE,
                    "edge {id} runs through card {node} at {point:?}"
                );
            }
            prop_assert!(depth(layout.bounds, point) > -TOLERANCE);
        }
    }
    for rect in &cards {
        prop_assert_eq!(rect.union(layout.bounds), layout.bounds);
    }
    if let Some(focus) = request.focus.filter(|&focus| focus < n_nodes) {
        prop_assert_eq!(layout.centers[focus as usize], Point::default());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Cards keep their distance, edges run forward, routes go from border to border and touch no other card
    /// (nor their own ones inside), bounds hold everything, the focus is at the origin.
    #[test]
    fn pictures_are_sound(request in any_request()) {
        let picture = layout(&request);
        check_picture(&request, &picture)?;
        prop_assert_eq!(&picture, &layout(&request));
    }

    #[test]
    fn only_edges_on_cycles_are_reversed((n_nodes, pairs) in any_dag(30)) {
        let mut links = links(&pairs);
        prop_assert!(p1_cycles::break_cycles(n_nodes, &mut links, &mut 0).is_empty());
    }

    /// Eades, Lin and Smyth: at most half of the edges less a sixth of the nodes. The rest has no cycle.
    #[test]
    fn few_edges_are_reversed(
        pairs in prop::collection::vec((0_u32..20, 0_u32..20), 1..80)
    ) {
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| a != b).collect();
        let mut links = links(&pairs);
        let reversed = p1_cycles::break_cycles(20, &mut links, &mut 0);
        prop_assert!(2 * reversed.len() <= pairs.len());
        let (out, into) = links.by_node(20);
        prop_assert_eq!(p2_ranks::longest_path(20, &links, &out, &into).1.len(), 20);
    }

    #[test]
    fn ranks_are_the_shortest((n_nodes, pairs) in any_dag(6)) {
        let links = links(&pairs);
        let ranks = p2_ranks::assign(n_nodes, &links, &mut 0);
        prop_assert_eq!(twin::sum_of_lengths(&ranks, &links), twin::shortest_sum(n_nodes, &links));
    }

    #[test]
    fn ranks_are_no_longer_than_longest_paths((n_nodes, pairs) in any_dag(60)) {
        let links = links(&pairs);
        let ranks = p2_ranks::assign(n_nodes, &links, &mut 0);
        let (out, into) = links.by_node(n_nodes);
        let (longest, _) = p2_ranks::longest_path(n_nodes, &links, &out, &into);
        prop_assert!(links.iter().all(|(from, to)| ranks[from as usize] < ranks[to as usize]));
        prop_assert!(
            twin::sum_of_lengths(&ranks, &links) <= twin::sum_of_lengths(&longest, &links)
        );
    }

    #[test]
    fn fast_counts_are_slow_counts((n_nodes, pairs) in any_dag(60)) {
        let links = links(&pairs);
        let ranks = p2_ranks::assign(n_nodes, &links, &mut 0);
        let layered = p3_dummies::split(ranks, &links, &mut 0);
        let (order, n_crossings) = p4_order::arrange(&layered, &[], &mut 0);
        let fast = p4_crossings::CrossCounter::default().count(&layered, &order);
        prop_assert_eq!(fast, twin::count_crossings(&layered, &order));
        prop_assert_eq!(fast, n_crossings);
    }

    /// Ranks around which nothing has moved are left out, and it does not show; with pinned vertices as well.
    #[test]
    fn sweeps_leave_out_nothing_that_moves(
        (n_nodes, pairs) in any_dag(60),
        n_sweeps in 0_usize..12,
        pinned in prop::option::of(prop::collection::vec(any::<bool>(), 60)),
    ) {
        let links = links(&pairs);
        let ranks = p2_ranks::assign(n_nodes, &links, &mut 0);
        let layered = p3_dummies::split(ranks, &links, &mut 0);
        let mut pinned = pinned.unwrap_or_default();
        pinned.resize(layered.n_vertices(), false);
        let by_id: Vec<u32> = (0..layered.n_vertices() as u32).collect();
        let mut order = Order::new(&layered, &by_id);
        let expected = twin::balance(&layered, order.clone(), &pinned, n_sweeps);
        p4_sweep::Sweeper::default().two_sided(&layered, &mut order, &pinned, n_sweeps);
        prop_assert_eq!(order, expected);
    }
}

/// Nodes with many edges, whose ends are counted in another way.
#[test]
fn fast_counts_are_slow_counts_of_hubs() {
    for seed in 1..=8 {
        let number = |i: u32| (seed * 10_000 + i).wrapping_mul(2_654_435_761) >> 16;
        let first = (0..90).map(|to| (0, 40 + to));
        let more = (0..900).map(|i| (number(i) % 40, 40 + number(i + 900) % 90));
        let last = (0..40).map(|from| (from, 40));
        let links = links(&first.chain(more).chain(last).collect::<Vec<_>>());
        let ranks = p2_ranks::assign(130, &links, &mut 0);
        let layered = p3_dummies::split(ranks, &links, &mut 0);
        let (order, n_crossings) = p4_order::arrange(&layered, &[], &mut 0);
        assert_eq!(n_crossings, twin::count_crossings(&layered, &order));
        let fast = p4_crossings::CrossCounter::default().count(&layered, &order);
        assert_eq!(fast, n_crossings);
    }
}

/// A tree with more edges on top, always the same for a seed.
fn some_dag(seed: u32) -> (usize, Vec<(u32, u32)>) {
    let n_nodes = 20 + seed;
    let number = |i: u32| (seed * 1_000 + i).wrapping_mul(2_654_435_761) >> 16;
    let tree = (1..n_nodes).map(|node| (number(node) % node, node));
    let more = (0..seed).map(|i| (number(i + 300) % n_nodes, number(i + 600) % n_nodes));
    let more = more.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b)));
    (n_nodes as usize, tree.chain(more).collect())
}

/// Pairs of nodes on one rank, and how many of them are in another order in the other picture.
fn turned_pairs(a: &Layout, b: &Layout, n_nodes: usize) -> (usize, usize) {
    let pairs = (0..n_nodes).flat_map(|i| (0..i).map(move |j| (i, j)));
    let pairs = pairs.filter(|&(i, j)| a.ranks[i] == a.ranks[j]);
    let is_turned = |&(i, j): &(usize, usize)| {
        (a.centers[i].y < a.centers[j].y) != (b.centers[i].y < b.centers[j].y)
    };
    (pairs.clone().count(), pairs.filter(is_turned).count())
}

/// Asked again with its own answer, a picture stands still but for a pair in a hundred.
#[test]
fn pictures_stand_still() {
    let (mut n_pairs, mut n_turned) = (0, 0);
    for seed in 1..=40 {
        let (n_nodes, pairs) = some_dag(seed);
        let mut request = request(n_nodes, &pairs);
        request.focus = Some(0);
        let first = layout(&request);
        request.previous = first.centers.iter().copied().map(Some).collect();
        let (n, turned) = turned_pairs(&first, &layout(&request), n_nodes);
        n_pairs += n;
        n_turned += turned;
    }
    assert!(100 * n_turned < n_pairs, "{n_turned} of {n_pairs}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Never more than a tenth more crossings than the textbook's; where graphs are small, none more.
    #[test]
    fn orders_cross_no_more_than_the_textbook((n_nodes, pairs) in any_dag(60)) {
        let links = links(&pairs);
        let layered = p3_dummies::split(p2_ranks::assign(n_nodes, &links, &mut 0), &links, &mut 0);
        let n_crossings = (p4_order::arrange(&layered, &[], &mut 0).1, twin::barycenter(&layered));
        prop_assert!(10 * n_crossings.0 <= 11 * n_crossings.1, "{n_crossings:?}");
        let is_small = layered.n_vertices() + layered.down.n_items() <= 500;
        prop_assert!(!is_small || n_crossings.0 <= n_crossings.1, "{n_crossings:?}");
    }
}

/// Against the textbook on many graphs: far fewer in sum.
#[test]
fn orders_cross_little() {
    let (mut ours, mut textbook) = (0, 0);
    for seed in 1..=40 {
        let (n_nodes, pairs) = some_dag(seed);
        let links = links(&pairs);
        let ranks = p2_ranks::assign(n_nodes, &links, &mut 0);
        let layered = p3_dummies::split(ranks, &links, &mut 0);
        let n_crossings = (p4_order::arrange(&layered, &[], &mut 0).1, twin::barycenter(&layered));
        ours += n_crossings.0;
        textbook += n_crossings.1;
    }
    assert!(3 * ours < 2 * textbook, "{ours} against {textbook}");
}

/// A node unfolds: what was on screen keeps its order and stays within a card's height of its place.
#[test]
fn expansion_moves_little() {
    let small = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (2, 5), (3, 6)];
    let mut before = request(7, &small);
    before.focus = Some(0);
    let first = layout(&before);
    let mut after = request(10, &[&small[..], &[(5, 7), (5, 8), (7, 9)]].concat());
    after.focus = Some(0);
    after.previous = first.centers.iter().copied().map(Some).chain([None; 3]).collect();
    let second = layout(&after);
    assert_eq!(turned_pairs(&first, &second, 7).1, 0);
    for node in 0..7 {
        let (before, after) = (first.centers[node], second.centers[node]);
        let moved = ((before.x - after.x).abs(), (before.y - after.y).abs());
        assert!(moved.0 < TOLERANCE && moved.1 < 40.0, "node {node} moved by {moved:?}");
    }
}

#[test]
fn nothing_and_little() {
    let nothing = layout(&LayoutRequest::default());
    assert_eq!(nothing, Layout { routes: nothing.routes.clone(), ..Layout::default() });
    let one = layout(&request(1, &[]));
    assert_eq!(one.centers, [Point::default()]);
    assert_eq!(one.bounds, Rect { left: -60.0, top: -20.0, right: 60.0, bottom: 20.0 });
    let loops = layout(&request(1, &[(0, 0), (0, 0)]));
    assert_eq!(loops.routes.iter().count(), 2);
    assert!(loops.bounds.right > one.bounds.right);
}

#[test]
fn isolated_cards_fill_a_page() {
    let picture = layout(&request(10_000, &[]));
    let shape = picture.bounds.width() / picture.bounds.height();
    assert!((1.2..2.0).contains(&shape), "{shape}");
}

#[test]
fn hostile_numbers_are_mended() {
    let sizes = [f32::NAN, f32::INFINITY, -5.0, 1e30, 10.0];
    let request = LayoutRequest {
        sizes: sizes.map(|side| Size { width: side, height: side }).to_vec(),
        edges: edges(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 9), (u32::MAX, 0), (2, 2), (4, 0)]),
        focus: Some(77),
        previous: vec![Some(Point { x: f32::NAN, y: f32::INFINITY }); 9],
        gaps: Gaps { rank: f32::NAN, node: -1.0, edge: f32::INFINITY },
        ..LayoutRequest::default()
    };
    let picture = layout(&request);
    assert_eq!(picture.n_ignored_edges, 2);
    assert_eq!(picture.routes.get(4), None);
    assert_eq!(picture.routes.len(), 8);
    assert_eq!(picture.reversed.len(), 1);
    let points = picture.routes.iter().flat_map(|(_, route)| route.samples(3).collect::<Vec<_>>());
    assert!(points.chain(picture.centers).all(|p| p.x.is_finite() && p.y.is_finite()));
}

/// A chain with a long edge over every part of it: the number of dummies stays bounded.
#[test]
fn hostile_spans_are_bypassed() {
    let n_nodes = 1_200;
    let chain = (1..n_nodes).map(|node| (node - 1, node));
    let long = (0..n_nodes / 2).map(|node| (node, n_nodes - 1 - node));
    let pairs: Vec<_> = chain.chain(long.filter(|(a, b)| a != b)).collect();
    let request = request(n_nodes as usize, &pairs);
    let picture = layout(&request);
    assert!(picture.n_bypassed_edges > 0);
    assert!(picture.n_steps < 20_000_000, "{}", picture.n_steps);
    check_picture(&request, &picture).unwrap_or_else(|error| panic!("{error}"));
}

/// Twice the graph takes little more than twice the steps.
#[test]
fn work_grows_near_linearly() {
    type Shape = fn(u32) -> (u32, Vec<(u32, u32)>);
    let chain: Shape = |n| (n, (1..n).map(|i| (i - 1, i)).collect());
    let star: Shape = |n| (n, (1..n).map(|i| (0, i)).collect());
    let ladder: Shape = |n| {
        let diamond =
            |k: u32| [(0, 1), (0, 2), (1, 3), (2, 3)].map(|(a, b)| (3 * k + a, 3 * k + b));
        (3 * n + 1, (0..n).flat_map(diamond).collect())
    };
    let bipartite: Shape = |n| {
        let ends = (0..n * 10).map(|i| (i % n, n + i.wrapping_mul(2_654_435_761) % n));
        (2 * n, ends.collect())
    };
    let steps = |(n_nodes, pairs): (u32, Vec<(u32, u32)>)| {
        layout(&request(n_nodes as usize, &pairs)).n_steps as f64
    };
    let shapes = [(chain, 1_000), (star, 10_000), (ladder, 30), (bipartite, 1_000)];
    for (which, (shape, n)) in shapes.into_iter().enumerate() {
        let growth = steps(shape(2 * n)) / steps(shape(n));
        assert!(growth < 2.5, "shape {which}: {growth}");
    }
}

/// A rough picture: one character for 10 × 20 pixels.
fn check(pairs: &[(u32, u32)], n_nodes: usize, expected: &Expect) {
    let picture = layout(&request(n_nodes, pairs));
    let steps = |pixels: f32, step: f32| {
        (0..9_999).take_while(|&i| (i as f32 + 0.5) * step < pixels).count()
    };
    let column = |x: f32| steps(x - picture.bounds.left, 10.0);
    let row = |y: f32| steps(y - picture.bounds.top, 20.0);
    let (width, height) = (column(picture.bounds.right), row(picture.bounds.bottom));
    let mut text = vec![vec![' '; width + 1]; height + 1];
    for (_, route) in picture.routes.iter() {
        for point in route.samples(32) {
            text[row(point.y)][column(point.x)] = '·';
        }
    }
    for node in 0..n_nodes as u32 {
        let card = card(&picture, node);
        for line in &mut text[row(card.top)..=row(card.bottom)] {
            line[column(card.left)..=column(card.right)].fill('#');
        }
        let center = picture.centers[node as usize];
        text[row(center.y)][column(center.x)] = char::from(b'a' + node as u8);
    }
    let lines =
        text.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned() + "\n");
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn a_small_picture() {
    let pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4), (2, 5), (5, 0)];
    check(
        &pairs,
        6,
        &expect![[r"
                           #############
                         ··######b######····  #############       #############
                       ··  #############   ···######d######·······######e######
        #############······#############······#############       #############
        ######a######······######c######····  #############
        #############····· #############······######f######
                         ·····················#############
    "]],
    );
}
