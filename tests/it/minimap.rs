//! The map in a picture's corner, and what its legend tells: arithmetic there and back, and only what occurs.
use expect_test::{Expect, expect};
use lineage::layout::{Point, Rect, Size};
use lineage::scene::{Minimap, Scene, Viewport, legend};
use proptest::prelude::*;

use crate::captions::picture_of;
use crate::fixture::log;

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
    let blocks = Minimap::of(scene.bounds).blocks(&scene);
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
        let map = Minimap::of(bounds);
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
