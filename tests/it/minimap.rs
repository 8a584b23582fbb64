//! The map in a picture's corner, and what its legend tells: arithmetic there and back, and only what occurs.
use expect_test::{Expect, expect};
use lineage::layout::{Point, Rect, Size};
use lineage::scene::{Corner, Minimap, Scene, Viewport, legend};
use proptest::prelude::*;

use crate::captions::picture_of;
use crate::fixture::log;

const CHAIN: &str = "
    buffer J1 //jobs:b b
    heartbeat J1
    success J1 b<-a
    buffer J2 //jobs:c c
    heartbeat J2
    success J2 c<-b
    buffer J3 //jobs:d d
    heartbeat J3
    success J3 d<-c
";
const WIDE: Size = Size { width: 1440.0, height: 900.0 };

fn check(events: &str, address: &str, expected: &Expect) {
    let scene = picture_of(log(events), address);
    let rows = legend(&scene).into_iter().map(|(sign, words)| format!("{sign:?}: {words}\n"));
    expected.assert_eq(&rows.collect::<String>());
}

#[test]
fn a_legend_tells_what_occurs_and_nothing_else() {
    assert!(legend(&Scene::default()).is_empty());
    let built = "
        buffer J //jobs:beta data/beta
        heartbeat J
        success J data/beta<-data/alpha
    ";
    check(
        built,
        "#/partition/data%2Fbeta",
        &expect![[r#"
            Tone(Good): done: live, succeeded or successful
            Tone(Idle): not begun, canceled or before this log
            Shape(Partition): partition
            Shape(JobRun): job run
            Faded: superseded, or there before
            IntoFocus: built the focus
            Line: read, built or asked for
        "#]],
    );
    let missed = "
        want W data/beta
        buffer J //jobs:beta data/beta for W:data/beta
        miss J data/beta<-data/alpha
        want V data/alpha by run J
    ";
    check(
        missed,
        "#/want/W",
        &expect![[r#"
        Tone(Waiting): waiting for an input or a retry
        Tone(Idle): not begun, canceled or before this log
        Shape(Partition): partition
        Shape(JobRun): job run
        Shape(Want): want
        Line: read, built or asked for
        Spawned: missed, so a want was made for it
    "#]],
    );
}

#[test]
fn a_map_has_a_path_for_each_status_and_a_block_for_each_card() {
    let built = "
        buffer J //jobs:beta data/beta
        heartbeat J
        success J data/beta<-data/alpha
    ";
    let scene = picture_of(log(built), "#/partition/data%2Fbeta");
    let blocks = Minimap::of(scene.bounds, WIDE).blocks(&scene);
    let n_of = |path: &lineage::scene::Mark| {
        let (class, d) = (&path.attributes[0].1, &path.attributes[1].1);
        format!("{class}: {}\n", d.matches('M').count())
    };
    let told: String = blocks.children.iter().map(n_of).collect();
    expect![[r#"
        map-block tone-idle: 1
        map-block tone-good: 2
    "#]]
    .assert_eq(&told);
}

fn rect() -> impl Strategy<Value = Rect> {
    (-9e3..9e3_f32, -9e3..9e3_f32, 1.0..2e4_f32, 1.0..2e4_f32).prop_map(|(left, top, w, h)| Rect {
        left,
        top,
        right: left + w,
        bottom: top + h,
    })
}

proptest! {
    /// A point of the scene, there and back; and nothing is outside of the map.
    #[test]
    fn a_map_leads_back_to_where_it_is_pressed(bounds in rect(), x in 0.0..1.0_f32, y in 0.0..1.0_f32, area in rect()) {
        let map = Minimap::of(bounds, WIDE);
        prop_assert!(map.size.width <= 168.1 && map.size.height <= 108.1, "{map:?}");
        let on = Point { x: bounds.left + x * bounds.width(), y: bounds.top + y * bounds.height() };
        let Rect { left, top, .. } = map.place(Rect { left: on.x, top: on.y, right: on.x, bottom: on.y });
        let back = map.scene_point(Point { x: left, y: top });
        let slack = (bounds.width() + bounds.height()) / 1e3;
        prop_assert!((back.x - on.x).abs() < slack && (back.y - on.y).abs() < slack, "{on:?} {back:?}");
        let placed = map.place(area);
        prop_assert!(placed.left >= 0.0 && placed.right <= map.size.width);
        prop_assert!(placed.top >= 0.0 && placed.bottom <= map.size.height);
    }

    /// As slowly as can be: each card, where it is on the screen, against each corner.
    #[test]
    fn a_map_steps_aside_where_it_can_and_only_where_it_must(
        x in -900.0..900.0_f32, y in -500.0..500.0_f32, scale in 0.2..2.0_f32, at in 0_usize..4,
    ) {
        let window = Size { width: 900.0, height: 500.0 };
        let viewport = Viewport { scale, offset: Point { x, y } };
        let scene = picture_of(log(CHAIN), "#/partition/d?up=all");
        let map = Minimap::of(scene.bounds, window);
        let now = Corner::ALL[at];
        let covers = |corner: Corner| {
            let area = map.area(corner, window);
            let meets = |left: f32, top: f32, right: f32, bottom: f32| {
                let [left, right] = [left, right].map(|it| it * scale + x);
                let [top, bottom] = [top, bottom].map(|it| it * scale + y);
                right > area.left + 0.01 && left < area.right - 0.01 && bottom > area.top + 0.01 && top < area.bottom - 0.01
            };
            let cards = scene.cards.iter().zip(&scene.corners);
            let mut cards = cards.map(|(card, at)| meets(at.x, at.y, at.x + card.size.width, at.y + card.size.height));
            let mut captions = scene.captions.iter().map(|it| it.area());
            cards.any(|it| it) || captions.any(|it| meets(it.left, it.top, it.right, it.bottom))
        };
        let to = map.corner(&scene, viewport, window, now);
        if Corner::ALL.into_iter().all(covers) {
            prop_assert_eq!(to, now);
        } else {
            prop_assert!(!covers(to), "{:?} is covered", to);
            prop_assert!(to == now || covers(now), "{:?} was free", now);
        }
    }

    #[test]
    fn what_is_pressed_comes_to_the_middle(x in -5e3..5e3_f32, y in -5e3..5e3_f32, scale in 0.1..4.0_f32) {
        let size = Size { width: 900.0, height: 600.0 };
        let viewport = Viewport { scale, ..Viewport::default() }.centered(Point { x, y }, size);
        let shown = viewport.shown(size);
        let middle = (f32::midpoint(shown.left, shown.right), f32::midpoint(shown.top, shown.bottom));
        prop_assert!((middle.0 - x).abs() < 1.0 && (middle.1 - y).abs() < 1.0, "{middle:?}");
    }
}

#[test]
fn there_is_a_map_where_not_all_is_in_view_and_the_window_has_room() {
    let size = |width: f32, height: f32| Size { width, height };
    assert!(Minimap::is_useful(3, 9, size(900.0, 500.0)));
    assert!(!Minimap::is_useful(9, 9, size(900.0, 500.0)));
    assert!(!Minimap::is_useful(3, 9, size(390.0, 500.0)));
    assert!(!Minimap::is_useful(3, 9, size(900.0, 200.0)));
}
