//! Which part of a card's side each link ends at, where not all of it is free to choose. Knows no ranks.

use super::request::Berth;

/// The lowest and the highest place across the ranks, from the middle of a node.
pub type Stretch = [f64; 2];

/// Link -> the part of the side that it leaves from or enters at.
#[derive(Clone, Debug, Default)]
pub struct Berths {
    /// Link -> at the node that it leaves. Empty if all are free.
    pub leaving: Vec<Option<Stretch>>,
    /// Link -> at the node that it enters. Empty if all are free.
    pub entering: Vec<Option<Stretch>>,
}

impl Berths {
    /// Appends a link with what the request says of it, at nodes that extend so far to either side.
    pub fn push(&mut self, berths: [Option<Berth>; 2], halves: [f64; 2]) {
        self.leaving.push(berths[0].map(|berth| clean(berth, halves[0])));
        self.entering.push(berths[1].map(|berth| clean(berth, halves[1])));
    }

    /// Makes a link run the other way.
    pub fn turn_around(&mut self, link: u32) {
        if let Some((leaving, entering)) =
            self.leaving.get_mut(link as usize).zip(self.entering.get_mut(link as usize))
        {
            std::mem::swap(leaving, entering);
        }
    }
}

/// In order, finite, and within the node.
fn clean(berth: Berth, half: f64) -> Stretch {
    let within = |place: f32| {
        let place = f64::from(place);
        if place.is_finite() { place.clamp(-half, half) } else { 0.0 }
    };
    let (a, b) = (within(berth.low), within(berth.high));
    [a.min(b), a.max(b)]
}

/// Where in the middle of a stretch is.
pub fn middle([low, high]: Stretch) -> f64 {
    f64::midpoint(low, high)
}
