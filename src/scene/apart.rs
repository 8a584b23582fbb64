//! Where the texts of a picture's cards begin to differ, so that what is shortened still shows it.
use crate::scene::Card;

/// Notes for each card where its texts leave off being those of another card.
pub fn tell_apart(cards: &mut [Card]) {
    let texts: [fn(&Card) -> &str; 3] = [|it| &it.lead, |it| &it.name, |it| &it.which];
    for (which, text) in texts.into_iter().enumerate() {
        let mut all: Vec<String> = cards.iter().map(|card| text(card).to_owned()).collect();
        all.sort_unstable();
        all.dedup();
        for card in cards.iter_mut() {
            let at = all.partition_point(|other| other.as_str() < text(card));
            let beside = [at.checked_sub(1), Some(at + 1)];
            let others = beside.into_iter().flatten().filter_map(|at| all.get(at));
            // Sorted, the longest common beginning is that with a neighbor.
            let apart = others.map(|other| n_shared(text(card), other)).max();
            card.apart[which] = apart.unwrap_or(0);
        }
    }
}

/// How many bytes two texts begin with alike, in whole characters.
fn n_shared(a: &str, b: &str) -> usize {
    let alike = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b);
    alike.map_or(a.len().min(b.len()), |((at, _), _)| at)
}
