//! Words beside edges: over no card, no caption and no other word, in pictures of the sample, of small logs and
//! of random ones; and cards whose names begin alike still differ.
use std::fmt::Write;

use lineage::events::Events;
use lineage::layout::{Point, Rect};
use lineage::route::{Page, Route};
use lineage::scene::text::{Font, width};
use lineage::scene::{Card, Detail, Mark, Scene, draw, drawn_areas};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::captions::picture_of;
use crate::fixture::{decode, log};
use crate::random_logs::{any_log, cases};

/// Against the areas of all that is drawn, each with each. How many words have no room.
fn check_labels(scene: &Scene) -> usize {
    let overlap = |a: Rect, b: Rect| {
        a.right.min(b.right) - a.left.max(b.left) > 0.0
            && a.bottom.min(b.bottom) - a.top.max(b.top) > 0.0
    };
    let cards = scene.cards.iter().zip(&scene.corners);
    let mut areas: Vec<(String, Rect)> = Vec::new();
    for (card, corner) in cards {
        areas.extend(drawn_areas(card, *corner).map(|area| (card.id.clone(), area)));
    }
    areas.extend(scene.captions.iter().map(|it| (it.text.clone(), it.area())));
    let labels = scene.edges.iter().filter(|edge| !edge.label.is_empty());
    let placed = labels.clone().filter_map(|edge| Some((edge.label.clone(), edge.label_at?)));
    for (label, at) in placed {
        let half = width(&label, Font::Plain) / 2.0;
        let half = half * 11.0 / 12.0;
        let (left, right) = (at.x - half, at.x + half);
        let area = Rect { left, right, top: at.y - 15.0, bottom: at.y - 2.0 };
        for (name, other) in &areas {
            assert!(!overlap(area, *other), "{label} is written over {name}");
        }
        areas.push((label, area));
    }
    labels.filter(|edge| edge.label_at.is_none()).count()
}

/// The pages of some partitions, wants and runs of the log.
fn addresses(events: &Events, step: usize) -> Vec<String> {
    let names = &events.names;
    let partitions = names.partitions.ids().step_by(step).map(|id| names.partitions.text(id));
    let partitions = partitions.map(|it| Page::partition(it.to_owned()));
    let wants = names.wants.ids().step_by(step).map(|id| Page::Want(names.wants.text(id).into()));
    let runs = names.runs.ids().step_by(step).map(|id| Page::JobRun(names.runs.text(id).into()));
    let pages = partitions.chain(wants).chain(runs);
    pages.map(|page| Route::new(page).to_string()).collect()
}

#[test]
fn no_word_beside_an_edge_is_written_over_another_or_a_card() {
    let sample = decode(include_bytes!("../../public/sample.ndjson")).0;
    let gamma = decode(include_bytes!("../logs/gamma.ndjson")).0;
    let (mut n_words, mut n_left_out) = (0, 0);
    for (events, step) in [(sample, 23), (gamma, 1)] {
        for address in addresses(&events, step) {
            for hops in ["", "?up=3&down=3"] {
                let scene = picture_of(events.clone(), &format!("{address}{hops}"));
                n_words += scene.edges.iter().filter(|edge| !edge.label.is_empty()).count();
                n_left_out += check_labels(&scene);
            }
        }
    }
    assert!(n_words > 60, "{n_words} words");
    assert_eq!(n_left_out, 0, "of {n_words}");
}

#[test]
fn cards_of_long_refs_that_differ_in_a_few_letters_do_not_look_alike() {
    let mut events = String::new();
    let long = "warehouse_of_everything_that_was_ever_measured";
    for (run, name) in ["alpha", "gamma", "delta"].iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            events,
            "buffer J{run} //jobs:{long}_{name}_of_all_regions data/{long}_{name}_of_all_regions/region={long}_{name}_of_all/date=1
             success J{run} data/{long}_{name}_of_all_regions/region={long}_{name}_of_all/date=1<-data/source"
        );
    }
    let scene = picture_of(log(&events), "#/partition/data%2Fsource");
    for detail in [Detail::Whole, Detail::Names] {
        let mut seen = Vec::new();
        for card in &scene.cards {
            let Card { kind, .. } = card;
            let mark = draw::card(card, Point::default(), "", detail);
            let said = words(&mark);
            assert!(!seen.contains(&(*kind, said.clone())), "two cards say {said}");
            seen.push((*kind, said));
        }
        assert!(seen.len() >= 7, "{} cards", seen.len());
    }
}

/// What stands on a card but for its ids.
fn words(mark: &Mark) -> String {
    let is_id = mark.attributes.iter().any(|(_, value)| value == "node-exact");
    if mark.name == "title" || is_id {
        return String::new();
    }
    mark.children.iter().map(words).fold(mark.text.clone(), |all, it| all + " " + &it)
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn words_beside_edges_of_any_log_collide_with_nothing(events in any_log(), which: Index) {
        let events = decode(events.lines().join("\n").as_bytes()).0;
        let addresses = addresses(&events, 1);
        if !addresses.is_empty() {
            let address = which.get(&addresses).clone();
            check_labels(&picture_of(events, &format!("{address}?up=all&down=all")));
        }
    }
}
