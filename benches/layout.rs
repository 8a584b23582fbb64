//! The layout alone, over graphs of layers. `cargo bench --no-default-features --bench layout`.
use divan::Bencher;
use divan::counter::ItemsCount;
use lineage::layout::{LayoutEdge, LayoutRequest, Size, layout};

fn main() {
    divan::main();
}

#[divan::bench(args = [200, 1_000, 3_000, 10_000], max_time = 10)]
fn random_layers(bencher: Bencher<'_, '_>, n_nodes: u32) {
    let request = request(n_nodes, layers(n_nodes));
    bencher.counter(ItemsCount::new(n_nodes)).bench(|| layout(&request));
}

#[divan::bench(args = [1_000], max_time = 10)]
fn chain(bencher: Bencher<'_, '_>, n_runs: u32) {
    let n_nodes = 2 * n_runs + 1;
    let edges = (1..n_nodes).map(|to| LayoutEdge { from: to - 1, to }).collect();
    let request = request(n_nodes, edges);
    bencher.counter(ItemsCount::new(n_nodes)).bench(|| layout(&request));
}

#[divan::bench(args = [10_000], max_time = 10)]
fn star(bencher: Bencher<'_, '_>, n_leaves: u32) {
    let edges = (1..=n_leaves).map(|to| LayoutEdge { from: 0, to }).collect();
    let request = request(n_leaves + 1, edges);
    bencher.counter(ItemsCount::new(n_leaves)).bench(|| layout(&request));
}

#[divan::bench(args = [20_000], max_time = 10)]
fn bipartite(bencher: Bencher<'_, '_>, n_edges: u32) {
    let mut random = Random(7);
    let mut edge = |at: u32| LayoutEdge { from: at % 200, to: 200 + random.below(200) };
    let edges = (0..n_edges).map(&mut edge).collect();
    let request = request(400, edges);
    bencher.counter(ItemsCount::new(n_edges)).bench(|| layout(&request));
}

fn request(n_nodes: u32, edges: Vec<LayoutEdge>) -> LayoutRequest {
    let sizes = vec![Size { width: 200.0, height: 56.0 }; n_nodes as usize];
    LayoutRequest { sizes, edges, ..LayoutRequest::default() }
}

/// Layers as wide as there are layers; each node has one to three links into the layer before.
fn layers(n_nodes: u32) -> Vec<LayoutEdge> {
    let width = n_nodes.isqrt().max(1);
    let mut random = Random(7);
    let mut edges = Vec::new();
    for to in width..n_nodes {
        for _ in 0..=random.below(3) {
            edges.push(LayoutEdge { from: (to / width - 1) * width + random.below(width), to });
        }
    }
    edges
}

/// `SplitMix64`: Steele, Lea and Flood (2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (((z >> 32) * u64::from(n)) >> 32) as u32
    }
}
