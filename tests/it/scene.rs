//! Texts on cards, the viewport's arithmetic, and the card that an arrow key leads to.
use expect_test::expect;
use lineage::layout::{Point, Rect, Size};
use lineage::scene::text::{Font, shorten, split_ref, width};
use lineage::scene::{Status, Tone, Viewport};
use proptest::prelude::*;

#[test]
fn a_ref_falls_into_path_name_and_key() {
    assert_eq!(split_ref("data/dim/calendar/year=2026"), ("data/dim/", "calendar", "year=2026"));
    assert_eq!(split_ref("data/beta"), ("data/", "beta", ""));
    assert_eq!(split_ref("beta"), ("", "beta", ""));
    assert_eq!(split_ref("a/region=x/date=1"), ("", "a", "region=x/date=1"));
    assert_eq!(split_ref(""), ("", "", ""));
    assert_eq!(split_ref("date=1"), ("", "date=1", ""));
    assert_eq!(split_ref("数据/订单/日期=1"), ("数据/", "订单", "日期=1"));
}

#[test]
fn long_text_keeps_its_beginning_and_more_of_its_end() {
    let text = "warehouse/marketing/attribution/region=emea/date=2026-11-21";
    let shortened = shorten(text, Font::Plain, 180.0);
    expect!["wareh…ea/date=2026-11-21"].assert_eq(&shortened);
    assert_eq!(shorten("short", Font::Name, 180.0), "short");
}

#[test]
fn every_status_has_a_glyph_and_a_word() {
    use lineage::history::{InstanceStatus, PartitionStatus, RunStatus, WantStatus};
    let mut words: Vec<String> = Vec::new();
    let mut say = |status: Status| words.push(format!("{} {}", status.tone.glyph(), status.text()));
    WantStatus::ALL.iter().for_each(|&s| say(s.into()));
    PartitionStatus::ALL.iter().for_each(|&s| say(s.into()));
    InstanceStatus::ALL.iter().for_each(|&s| say(s.into()));
    RunStatus::ALL.iter().for_each(|&s| say(s.into()));
    expect![[r#"
        ✓ successful
        ○ canceled
        ✕ failed
        ✕ upstream failed
        … upstream building
        ▸ building
        ○ idle
        ✓ live
        ! tainted
        ▸ building
        … upstream building
        … up for retry
        ✕ failed
        ✕ upstream failed
        ○ canceled
        ○ dropped
        ○ truncated
        ○ renamed
        ○ wanted
        ○ external
        ▸ building
        ✓ live
        ! tainted
        ✕ failed
        ○ canceled
        … missed
        ○ external
        ○ queued
        ▸ running
        ✓ succeeded
        ✕ failed
        ○ canceled
        … dep miss"#]]
    .assert_eq(&words.join("\n"));
    assert!(Tone::Bad < Tone::Good, "worst first");
}

fn point() -> impl Strategy<Value = Point> {
    (-5e3..5e3_f32, -5e3..5e3_f32).prop_map(|(x, y)| Point { x, y })
}

proptest! {
    #[test]
    fn shortened_text_fits_and_is_made_of_the_text(text in "\\PC{0,60}", room in 30.0..400.0_f32) {
        let short = shorten(&text, Font::Plain, room);
        prop_assert!(short == text || width(&short, Font::Plain) <= room + 0.01);
        if short != text {
            let (head, tail) = short.split_once('…').unwrap();
            prop_assert!(text.starts_with(head));
            prop_assert!(text.ends_with(tail.rsplit('…').next().unwrap()));
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer(at in point(), factor in 0.2..5.0_f32, by in point()) {
        let before = Viewport::default().panned(by);
        let after = before.zoomed(at, factor);
        let scene = |v: Viewport| ((at.x - v.offset.x) / v.scale, (at.y - v.offset.y) / v.scale);
        let ((x0, y0), (x1, y1)) = (scene(before), scene(after));
        prop_assert!((x0 - x1).abs() < 0.5 && (y0 - y1).abs() < 0.5, "{x0} {x1} {y0} {y1}");
    }

    #[test]
    fn fitting_shows_all_or_the_focus(corner in point(), w in 1.0..9e3_f32, h in 1.0..9e3_f32) {
        let bounds = Rect {
            left: -corner.x.abs(),
            top: -corner.y.abs(),
            right: w,
            bottom: h,
        };
        let size = Size { width: 1000.0, height: 700.0 };
        let view = Viewport::fitting(bounds, size);
        let shown = view.shown(size);
        let holds = shown.left <= bounds.left && shown.right >= bounds.right
            && shown.top <= bounds.top && shown.bottom >= bounds.bottom;
        let focus = shown.left <= 0.0 && shown.right >= 0.0 && shown.top <= 0.0 && shown.bottom >= 0.0;
        prop_assert!(holds || focus, "{view:?} {bounds:?}");
        prop_assert!(view.scale <= 1.0);
    }
}
