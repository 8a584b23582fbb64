//! The words over the parts of a picture: what they say of a run's outputs, and that each stands above all
//! cards of its column, whatever their widths.
use lineage::events::Events;
use lineage::graph::{build, resolve};
use lineage::history::{as_of, replay};
use lineage::layout::{Orientation, layout};
use lineage::route::Route;
use lineage::scene::{Scene, cards, layout_request, scene};

use crate::fixture::{decode, log};

pub fn picture_of(events: Events, address: &str) -> Scene {
    let history = replay(events).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let ask = resolve(asof, &Route::parse(address).0).unwrap();
    let graph = build(asof, &ask);
    let cards = cards(asof, &graph, &ask, None);
    let n = cards.len();
    let request = layout_request(&graph, &cards, Orientation::LeftRight, vec![None; n]);
    scene(&graph, cards, &layout(&request), Orientation::LeftRight)
}

fn check(events: &str, expected: &[&str]) {
    let scene = picture_of(log(events), "#/job-run/J");
    assert_eq!(said(&scene), expected);
    check_places(&scene);
}

fn said(scene: &Scene) -> Vec<&str> {
    scene.captions.iter().map(|caption| caption.text.as_str()).collect()
}

/// Cards of a column share a middle; a caption that begins where one of them does is of that column.
fn check_places(scene: &Scene) {
    let cards = || scene.cards.iter().zip(&scene.corners);
    let is_near = |a: f32, b: f32| (a - b).abs() < 1.0;
    for caption in &scene.captions {
        let own = cards().find(|(_, corner)| is_near(corner.x, caption.at.x)).unwrap();
        let middle = own.1.x + own.0.size.width / 2.0;
        let column =
            cards().filter(|(card, corner)| is_near(corner.x + card.size.width / 2.0, middle));
        for (card, corner) in column {
            assert!(caption.at.y < corner.y, "{} is not above {}", caption.text, card.id);
        }
    }
}

#[test]
fn a_caption_stands_above_cards_of_several_widths() {
    let events = decode(include_bytes!("../logs/gamma.ndjson")).0;
    let scene = picture_of(events, "#/job-run/JR-455");
    assert_eq!(said(&scene), ["THIS RUN", "WAS TO WRITE · 1"]);
    let mut widths = scene.cards.iter().skip(1).map(|card| card.size.width);
    let first = widths.next().unwrap();
    assert!(widths.any(|width| width.total_cmp(&first).is_ne()), "else this shows nothing");
    check_places(&scene);
}

#[test]
fn a_missed_run_was_to_write_and_its_caption_stands_over_the_column() {
    let miss = "
        buffer J //jobs:beta data/beta
        miss J data/beta<-data/alpha
        want W data/alpha by run J
    ";
    check(miss, &["THIS RUN", "WAS TO WRITE · 1"]);
}

#[test]
fn a_run_at_work_writes_and_one_that_succeeded_wrote() {
    let work = "
        buffer J //jobs:beta data/beta
        heartbeat J
    ";
    check(work, &["THIS RUN", "WRITES · 1"]);
    check(
        &format!("{work}success J data/beta<-data/alpha\n"),
        &["THIS RUN", "READ · 1", "WROTE · 1"],
    );
}
