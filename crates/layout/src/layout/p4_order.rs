//! Phase 4: orders the vertices of each rank so that few edges cross. Knows no geometry.
//!
//! Sweeps find the order at large, sifting the order in detail; the order with the fewest crossings wins.

use super::order::Order;
use super::p3_dummies::Layered;
use super::p4_crossings::CrossCounter;
use super::p4_sift::Sifter;
use super::p4_start;
use super::p4_sweep::Sweeper;

/// A cycle of sweeps: barycenters of one side carry order through all ranks but overshoot, barycenters of
/// both sides then settle it. Either alone ends with a third more crossings on random graphs.
const ONE_SIDED_SWEEPS: usize = 4;
const TWO_SIDED_SWEEPS: usize = 10;
const N_SWEEPS: usize = ONE_SIDED_SWEEPS + TWO_SIDED_SWEEPS;

/// Small graphs get many cycles; of large ones each cycle costs more and few are left.
const MAX_CYCLES: usize = 8;
const MIN_CYCLES: usize = 2;
const MAX_STEPS: u64 = 2_000_000;

/// Graphs with no more vertices and edges than this are tried from so many further first orders.
const FEW_ELEMENTS: u64 = 500;
const N_SHUFFLES: u64 = 8;

/// And by so many sweeps of the textbook's, so that none has more crossings than that finds.
const TEXTBOOK_SWEEPS: usize = 24;

/// How the best order is shaken before it is sifted once more, in turn: so many sweeps by barycenters of one side,
/// then so many by those of both.
const SHAKES: [(usize, usize); 3] = [(0, 1), (1, 0), (2, 2)];

/// How often: the more, the fewer vertices and edges there are.
const MAX_SHAKES: u64 = 3;
const SHAKEN_ELEMENTS: u64 = 1_000;

/// Nodes of the picture before change their order only if more than this share (one in ten) of the crossings go.
const PINNED_SHARE: u64 = 10;

/// Orders the ranks and counts the crossings that are left.
///
/// `seeds`, node -> where it was across the ranks, may be empty. Seeded nodes keep their order among each other
/// unless a tenth of the crossings go otherwise.
pub fn arrange(layered: &Layered, seeds: &[Option<f64>], n_steps: &mut u64) -> (Order, u64) {
    let mut search = Search::new(layered, seeds);
    if search.pinned.contains(&true) {
        search.run(&p4_start::seeded_sequence(layered, seeds));
    } else {
        let downward = search.first_cycle(&p4_start::search_sequence(layered, true));
        let upward = search.first_cycle(&p4_start::search_sequence(layered, false));
        search.improve(if upward.1 < downward.1 { upward } else { downward });
        if search.is_small {
            let mut sequence: Vec<u32> = (0..layered.n_vertices() as u32).collect();
            for round in 0..=N_SHUFFLES {
                search.run(&sequence);
                p4_start::shuffle(&mut sequence, round + 1);
            }
            search.run_textbook();
        }
    }
    let best = std::mem::take(&mut search.best);
    search.settle(best);
    search.shake();
    *n_steps += search.n_steps;
    search.best
}

struct Search<'a> {
    layered: &'a Layered,
    n_elements: u64,
    is_small: bool,
    /// Vertex -> whether sweeps leave it where it is.
    pinned: Vec<bool>,
    counter: CrossCounter,
    sweeper: Sweeper,
    sifter: Sifter,
    best: (Order, u64),
    n_steps: u64,
}

impl<'a> Search<'a> {
    fn new(layered: &'a Layered, seeds: &[Option<f64>]) -> Self {
        let mut pinned: Vec<bool> = seeds.iter().map(Option::is_some).collect();
        pinned.resize(layered.n_vertices(), false);
        let n_elements = (layered.n_vertices() + layered.down.n_items()).max(1) as u64;
        Self {
            layered,
            n_elements,
            is_small: n_elements <= FEW_ELEMENTS,
            pinned,
            counter: CrossCounter::default(),
            sweeper: Sweeper::default(),
            sifter: Sifter::default(),
            best: (Order::default(), u64::MAX),
            n_steps: 0,
        }
    }

    /// Improves one first order as long as there is a better one.
    fn run(&mut self, sequence: &[u32]) {
        let swept = self.first_cycle(sequence);
        self.improve(swept);
    }

    /// A first order, swept for one cycle, and how many crossings it has then.
    fn first_cycle(&mut self, sequence: &[u32]) -> (Order, u64) {
        let mut order = Order::new(self.layered, sequence);
        let n_crossings = self.count(&order);
        self.keep(&order, n_crossings);
        let n_crossings = self.cycle(&mut order, false);
        (order, n_crossings)
    }

    /// Goes on with an order that was swept for one cycle, until one finds nothing better.
    fn improve(&mut self, (mut order, mut least): (Order, u64)) {
        let n_affordable = MAX_STEPS / (self.n_elements * N_SWEEPS as u64);
        let n_cycles = (n_affordable as usize).clamp(MIN_CYCLES, MAX_CYCLES);
        for cycle in 1..n_cycles {
            let n_crossings = self.cycle(&mut order, cycle % 2 == 1);
            if n_crossings >= least {
                break;
            }
            least = n_crossings;
        }
    }

    /// Sweeps and keeps what it finds if it is the best so far; the crossings of it.
    fn cycle(&mut self, order: &mut Order, turn_ties: bool) -> u64 {
        if self.best.1 == 0 {
            return 0;
        }
        for sweep in 0..ONE_SIDED_SWEEPS {
            self.one_sided(order, sweep, turn_ties);
        }
        self.two_sided(order, TWO_SIDED_SWEEPS);
        let n_crossings = self.count(order);
        self.keep(order, n_crossings);
        n_crossings
    }

    /// Loosens the best order, which sifting alone does not improve any more, and sifts what comes of it.
    fn shake(&mut self) {
        if self.pinned.contains(&true) {
            return;
        }
        let n_shakes = (SHAKEN_ELEMENTS / self.n_elements).clamp(1, MAX_SHAKES) as usize;
        for shake in 0..n_shakes {
            if self.best.1 == 0 {
                break;
            }
            let (n_one_sided, n_two_sided) = SHAKES[shake % SHAKES.len()];
            let mut order = self.best.0.clone();
            for sweep in 0..n_one_sided {
                self.one_sided(&mut order, sweep + shake, shake % 2 == 1);
            }
            self.two_sided(&mut order, n_two_sided);
            let n_crossings = self.count(&order);
            self.settle((order, n_crossings));
        }
    }

    /// Sorts by barycenters of one side alone, from the order of the ids on.
    fn run_textbook(&mut self) {
        let by_id: Vec<u32> = (0..self.layered.n_vertices() as u32).collect();
        let mut order = Order::new(self.layered, &by_id);
        for sweep in 0..TEXTBOOK_SWEEPS {
            if self.best.1 == 0 {
                break;
            }
            self.sweeper.textbook(self.layered, &mut order, sweep.is_multiple_of(2));
            self.n_steps += self.n_elements;
            let n_crossings = self.count(&order);
            self.keep(&order, n_crossings);
        }
    }

    fn keep(&mut self, order: &Order, n_crossings: u64) {
        if n_crossings < self.best.1 {
            self.best.0.clone_from(order);
            self.best.1 = n_crossings;
        }
    }

    /// Sifts an order and keeps it if it is the best so far. Pinned vertices move only if that pays.
    fn settle(&mut self, (mut order, mut n_crossings): (Order, u64)) {
        if n_crossings == 0 {
            // Nothing to gain.
        } else if self.pinned.contains(&true) {
            n_crossings -= self.sift(&mut order, true);
            let mut moved = order.clone();
            let n_gone = self.sift(&mut moved, false);
            if n_gone * PINNED_SHARE > n_crossings {
                (order, n_crossings) = (moved, n_crossings - n_gone);
            }
        } else {
            n_crossings -= self.sift(&mut order, false);
        }
        if n_crossings < self.best.1 || self.best.0.vertices.is_empty() {
            self.best = (order, n_crossings);
        }
    }

    fn sift(&mut self, order: &mut Order, keeps_pinned: bool) -> u64 {
        let still = if keeps_pinned { &self.pinned[..] } else { &[] };
        let drifts = !self.pinned.contains(&true);
        let known = &self.best.0;
        self.sifter.sift(self.layered, order, known, still, drifts, &mut self.n_steps)
    }

    fn one_sided(&mut self, order: &mut Order, sweep: usize, turn_ties: bool) {
        self.n_steps += self.n_elements;
        let downward = sweep.is_multiple_of(2);
        self.sweeper.one_sided(self.layered, order, &self.pinned, downward, turn_ties);
    }

    fn two_sided(&mut self, order: &mut Order, n_sweeps: usize) {
        self.n_steps += self.n_elements * n_sweeps as u64;
        self.sweeper.two_sided(self.layered, order, &self.pinned, n_sweeps);
    }

    fn count(&mut self, order: &Order) -> u64 {
        self.n_steps += self.layered.down.n_items() as u64;
        self.counter.count(self.layered, order)
    }
}
