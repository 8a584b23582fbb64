//! Phase 1: turns edges around until there is no cycle. Never turns an edge that lies on none.
//!
//! Greedy feedback arc set: Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc
//! set problem" (1993), within each strongly connected component (Tarjan 1972).

use super::csr::Csr;
use super::p0_parts::Links;

const NONE: u32 = u32::MAX;

/// Turns the edges that close cycles and returns them, ascending. Linear in nodes and edges.
pub fn break_cycles(n_nodes: usize, links: &mut Links, n_steps: &mut u64) -> Vec<u32> {
    *n_steps += (n_nodes + links.len()) as u64;
    let knot = knots(n_nodes, links);
    let tied = |&(from, to): &(u32, u32)| knot[from as usize] == knot[to as usize];
    if !links.iter().any(|link| tied(&link)) {
        return Vec::new();
    }
    *n_steps += (n_nodes + links.len()) as u64;
    let place = Peeling::new(n_nodes, links.iter().filter(tied)).sequence();
    let mut reversed = Vec::new();
    for (id, (from, to)) in (0..).zip(links.clone().iter()) {
        if tied(&(from, to)) && place[from as usize] > place[to as usize] {
            (links.from[id as usize], links.to[id as usize]) = (to, from);
            reversed.push(id);
        }
    }
    reversed
}

/// Node -> its strongly connected component. Tarjan's algorithm with its stack on the heap.
fn knots(n_nodes: usize, links: &Links) -> Vec<u32> {
    let next = Csr::new(n_nodes, links.iter());
    let mut knot = vec![NONE; n_nodes];
    let mut low = vec![NONE; n_nodes];
    let mut n_tried = vec![0_u32; n_nodes];
    let (mut path, mut open) = (Vec::new(), Vec::new());
    let (mut n_seen, mut n_knots) = (0, 0);
    for start in 0..n_nodes as u32 {
        if low[start as usize] != NONE {
            continue;
        }
        path.push((start, n_seen));
        while let Some(&(node, seen)) = path.last() {
            let v = node as usize;
            if low[v] == NONE {
                low[v] = seen;
                n_seen += 1;
                open.push(node);
            }
            if let Some(&to) = next.row(node).get(n_tried[v] as usize) {
                n_tried[v] += 1;
                if low[to as usize] == NONE {
                    path.push((to, n_seen));
                } else if knot[to as usize] == NONE {
                    low[v] = low[v].min(low[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[v]);
            }
            if low[v] == seen {
                while let Some(member) = open.pop() {
                    knot[member as usize] = n_knots;
                    if member == node {
                        break;
                    }
                }
                n_knots += 1;
            }
        }
    }
    knot
}

/// The nodes still to be placed, in buckets by (edges out − edges in); sinks and sources apart.
struct Peeling {
    out: Csr,
    into: Csr,
    n_out: Vec<u32>,
    n_in: Vec<u32>,
    /// Node -> its bucket, `NONE` once it is placed.
    bucket: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    /// Bucket -> its first node. 0: sinks; 1: sources; the rest by surplus of edges out.
    first: Vec<u32>,
    zero: u32,
    fullest: u32,
}

impl Peeling {
    fn new(n_nodes: usize, links: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let out = Csr::new(n_nodes, links.clone());
        let into = Csr::new(n_nodes, links.map(|(from, to)| (to, from)));
        let degrees = |side: &Csr| (0..n_nodes as u32).map(|v| side.row(v).len() as u32).collect();
        let (n_out, n_in): (Vec<u32>, Vec<u32>) = (degrees(&out), degrees(&into));
        let widest = n_out.iter().chain(&n_in).copied().max().unwrap_or(0);
        let mut peeling = Self {
            out,
            into,
            n_out,
            n_in,
            bucket: vec![NONE; n_nodes],
            before: vec![NONE; n_nodes],
            after: vec![NONE; n_nodes],
            first: vec![NONE; 2 * widest as usize + 3],
            zero: widest + 2,
            fullest: 2,
        };
        // Backward, as a bucket takes and gives at its front.
        for node in (0..n_nodes as u32).rev() {
            peeling.insert(node);
        }
        peeling
    }

    /// Node -> its place in an order in which few edges point backward.
    fn sequence(mut self) -> Vec<u32> {
        let mut place = vec![0; self.bucket.len()];
        let (mut front, mut back) = (0, self.bucket.len() as u32);
        while front < back {
            let node = self.take();
            if self.n_out[node as usize] == 0 {
                back -= 1;
                place[node as usize] = back;
            } else {
                place[node as usize] = front;
                front += 1;
            }
            self.release(node);
        }
        place
    }

    fn take(&mut self) -> u32 {
        let mut bucket = usize::from(self.first[0] == NONE);
        if self.first[bucket] == NONE {
            while self.fullest > 2 && self.first[self.fullest as usize] == NONE {
                self.fullest -= 1;
            }
            bucket = self.fullest as usize;
        }
        let node = self.first[bucket];
        self.remove(node);
        node
    }

    /// Lowers the degrees of the neighbours of a placed node.
    fn release(&mut self, node: u32) {
        for side in [false, true] {
            for i in (if side { &self.out } else { &self.into }).span(node) {
                let other = if side { self.out.at(i) } else { self.into.at(i) };
                if self.bucket[other as usize] == NONE {
                    continue;
                }
                self.remove(other);
                let degree = if side { &mut self.n_in } else { &mut self.n_out };
                degree[other as usize] -= 1;
                self.insert(other);
            }
        }
    }

    fn insert(&mut self, node: u32) {
        let v = node as usize;
        let bucket = match (self.n_out[v], self.n_in[v]) {
            (0, _) => 0,
            (_, 0) => 1,
            (n_out, n_in) => self.zero + n_out - n_in,
        };
        if bucket > 1 {
            self.fullest = self.fullest.max(bucket);
        }
        let second = std::mem::replace(&mut self.first[bucket as usize], node);
        (self.bucket[v], self.before[v], self.after[v]) = (bucket, NONE, second);
        if second != NONE {
            self.before[second as usize] = node;
        }
    }

    fn remove(&mut self, node: u32) {
        let v = node as usize;
        let (before, after) = (self.before[v], self.after[v]);
        match before {
            NONE => self.first[self.bucket[v] as usize] = after,
            _ => self.after[before as usize] = after,
        }
        if after != NONE {
            self.before[after as usize] = before;
        }
        self.bucket[v] = NONE;
    }
}
