//! Takes bends out of long edges where there is room. Never changes the order within a rank.

use super::order::Order;
use super::p3_dummies::Layered;
use super::p5_coordinates::Spacing;

/// Puts the dummies of each link on as few straight runs as their neighbours leave room for.
pub fn straighten(layered: &Layered, order: &Order, spacing: &Spacing, places: &mut [f64]) {
    for link in 0..layered.bypassed.len() {
        let dummies = layered.dummies(link);
        let mut first = dummies.start;
        while first < dummies.end {
            let mut room = free_room(first, layered, order, spacing, places);
            let mut sum = places[first as usize];
            let mut end = first + 1;
            while end < dummies.end {
                let more = free_room(end, layered, order, spacing, places);
                let both = (room.0.max(more.0), room.1.min(more.1));
                if both.0 > both.1 {
                    break;
                }
                room = both;
                sum += places[end as usize];
                end += 1;
            }
            let wish = sum / f64::from(end - first);
            for dummy in first..end {
                places[dummy as usize] = wish.max(room.0).min(room.1);
            }
            first = end;
        }
    }
}

/// How far a vertex may go to either side before it comes too near to its neighbours in the rank.
fn free_room(
    vertex: u32,
    layered: &Layered,
    order: &Order,
    spacing: &Spacing,
    places: &[f64],
) -> (f64, f64) {
    let row = order.rank(layered.ranks[vertex as usize] as usize);
    let seat = order.place(vertex) as usize;
    let before = seat.checked_sub(1).and_then(|seat| row.get(seat));
    let low = before.map(|&v| places[v as usize] + spacing.between(v, vertex));
    let high = row.get(seat + 1).map(|&v| places[v as usize] - spacing.between(vertex, v));
    // Sums of floats in another order may differ in the last bit: stay where it is then.
    let here = places[vertex as usize];
    (low.unwrap_or(f64::NEG_INFINITY).min(here), high.unwrap_or(f64::INFINITY).max(here))
}
