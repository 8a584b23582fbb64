//! Texts on cards, the viewport's arithmetic, and the card that an arrow key leads to.
use expect_test::expect;
use lineage::layout::{Point, Rect, Size};
use lineage::scene::text::{Font, shorten, shorten_apart, shorten_key, split_ref, width};
use lineage::scene::{Card, Detail, Scene, Status, Tone, Viewport, n_in_view};
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
fn a_key_that_does_not_fit_keeps_its_values() {
    let key = "region=apac/date=2026-11-12";
    assert_eq!(shorten_key(key, Font::Plain, 400.0, 0), key);
    assert_eq!(shorten_key(key, Font::Plain, 150.0, 0), "apac/2026-11-12");
    assert_eq!(shorten_key("built by JR-000107", Font::Plain, 60.0, 0), "b…00107");
}

#[test]
fn nothing_is_written_smaller_than_it_can_be_read() {
    // The smallest letters of each, in scene pixels: ids on a whole card, keys from afar.
    for (detail, least) in [(Detail::Whole, 11.0), (Detail::Names, 20.0)] {
        assert!(least * detail.least_scale() >= 8.0, "{detail:?}");
    }
    let at = [4.0, 1.0, 0.75, 0.74, 0.42, 0.41, 0.05, 0.0].map(Detail::at);
    expect!["[Whole, Whole, Whole, Names, Names, Blocks, Blocks, Blocks]"]
        .assert_eq(&format!("{at:?}"));
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

    /// Names with a long beginning and a long end in common, of one length.
    #[test]
    fn what_differs_differs_also_when_it_is_shortened(
        head in "[a-zé数/]{0,40}",
        (a, b) in ("[a-z0-9]{5}", "[a-z0-9]{5}"),
        tail in "[a-z/]{0,40}",
        room in 60.0..220.0_f32,
    ) {
        prop_assume!(a != b);
        let alike = a.char_indices().zip(b.chars()).take_while(|((_, a), b)| a == b);
        let apart = head.len() + alike.map(|((_, c), _)| c.len_utf8()).sum::<usize>();
        let (a, b) = (format!("{head}{a}{tail}"), format!("{head}{b}{tail}"));
        let short = |text: &str| shorten_apart(text, Font::Plain, room, apart);
        prop_assert_ne!(short(&a), short(&b));
        prop_assert!(width(&short(&a), Font::Plain) <= room + 0.01);
        let key = |text: &str| format!("region={text}/date=2026-11-12");
        let short = |text: &str| shorten_key(&key(text), Font::Plain, room, "region=".len() + apart);
        prop_assert_ne!(short(&a), short(&b), "{} {}", a, b);
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
        prop_assert!(Detail::at(view.scale) != Detail::Blocks, "{view:?}");
        let all = Viewport::holding(bounds, size);
        let is_legible = Detail::at(all.scale) != Detail::Blocks;
        prop_assert_eq!(holds, is_legible, "all, wherever its names can be read: {:?}", all);
    }

    /// The end is the first card, the start the last; the others are beside them.
    #[test]
    fn of_paths_both_ends_are_seen_where_that_can_be_read_and_else_the_start(
        corners in proptest::collection::vec((-2_500..2_500_i16, -900..900_i16), 2..12),
        size in (350..2_000_u16, 300..1_200_u16),
    ) {
        let card = drawn_card();
        let corners: Vec<Point> =
            corners.into_iter().map(|(x, y)| Point { x: x.into(), y: y.into() }).collect();
        let area = |at: &Point| Rect {
            left: at.x,
            top: at.y,
            right: at.x + card.size.width,
            bottom: at.y + card.size.height,
        };
        let bounds = corners.iter().map(area).reduce(Rect::union).unwrap();
        let (end, start) = (area(&corners[0]), area(corners.last().unwrap()));
        let (cards, n) = (vec![card.clone(); corners.len()], corners.len());
        let scene =
            Scene { cards, corners: corners.clone(), bounds, start: Some(n - 1), ..Scene::default() };
        let size = Size { width: size.0.into(), height: size.1.into() };
        let view = Viewport::first(&scene, size);
        let shown = view.shown(size);
        let is_seen = |it: Rect| {
            let near = |inner: f32, outer: f32| inner <= outer + 0.5;
            near(shown.left, it.left) && near(it.right, shown.right)
                && near(shown.top, it.top) && near(it.bottom, shown.bottom)
        };
        prop_assert!(Detail::at(view.scale) != Detail::Blocks, "{view:?}");
        prop_assert!(is_seen(start), "the start {start:?} in {shown:?}");
        let of_both = Viewport::holding(end.union(start), Size { height: size.height - 44.0, ..size });
        if Detail::at(of_both.scale) != Detail::Blocks {
            prop_assert!(is_seen(end), "the end {end:?} in {shown:?}");
        }
    }

    #[test]
    fn what_is_fitted_is_not_under_the_tools_at_the_lower_corners(
        corners in proptest::collection::vec((-900..900_i16, -900..900_i16), 1..30),
        size in (500..2_000_u16, 300..1_200_u16),
    ) {
        let card = drawn_card();
        let corners: Vec<Point> =
            corners.into_iter().map(|(x, y)| Point { x: x.into(), y: y.into() }).collect();
        let of = |pick: fn(f32, f32) -> f32, at: fn(&Point) -> f32| {
            corners.iter().map(at).reduce(pick).unwrap_or_default()
        };
        let bounds = Rect {
            left: of(f32::min, |it| it.x),
            top: of(f32::min, |it| it.y),
            right: of(f32::max, |it| it.x) + card.size.width,
            bottom: of(f32::max, |it| it.y) + card.size.height,
        };
        let size = Size { width: size.0.into(), height: size.1.into() };
        let cards = vec![card.clone(); corners.len()];
        let scene = Scene { cards, corners: corners.clone(), bounds, ..Scene::default() };
        let view = Viewport::whole(&scene, size);
        prop_assert_eq!(n_in_view(&scene, view, size), corners.len());
        for corner in corners {
            let left = corner.x * view.scale + view.offset.x;
            let right = left + card.size.width * view.scale;
            let bottom = (corner.y + card.size.height) * view.scale + view.offset.y;
            let is_beside = left >= 130.0 && right <= size.width - 130.0;
            prop_assert!(is_beside || bottom <= size.height - 42.0, "{corner:?} {view:?}");
        }
    }

    /// Against asking of each card where its corners are on the screen.
    #[test]
    fn cards_in_view_are_those_with_all_corners_on_the_screen(
        corners in proptest::collection::vec((-3_000..3_000_i16, -3_000..3_000_i16), 0..40),
        scale in 1..9_u8,
        by in (-900..900_i16, -900..900_i16),
    ) {
        let card = drawn_card();
        let viewport = Viewport {
            scale: f32::from(scale) / 4.0,
            offset: Point { x: by.0.into(), y: by.1.into() },
        };
        let size = Size { width: 1000.0, height: 700.0 };
        let corners: Vec<Point> =
            corners.into_iter().map(|(x, y)| Point { x: x.into(), y: y.into() }).collect();
        let is_on_screen = |x: f32, y: f32| {
            let (x, y) = (x * viewport.scale + viewport.offset.x, y * viewport.scale + viewport.offset.y);
            (0.0..=size.width).contains(&x) && (0.0..=size.height).contains(&y)
        };
        let is_in = |corner: &&Point| {
            let (right, bottom) = (corner.x + card.size.width, corner.y + card.size.height);
            is_on_screen(corner.x, corner.y) && is_on_screen(right, bottom)
        };
        let expected = corners.iter().filter(is_in).count();
        let cards = vec![card.clone(); corners.len()];
        let scene = Scene { cards, corners, ..Scene::default() };
        prop_assert_eq!(n_in_view(&scene, viewport, size), expected);
    }
}

#[test]
fn a_sheet_holds_all_of_a_picture_and_enlarges_none() {
    let said = |width: f32| {
        let bounds = Rect { left: -100.0, top: -50.0, right: width - 100.0, bottom: 250.0 };
        let (detail, sheet) = lineage::scene::on_paper(bounds);
        let Rect { left, top, right, bottom } = sheet;
        assert!(
            left < bounds.left
                && top < bounds.top
                && right > bounds.right
                && bottom > bounds.bottom
        );
        format!("{} wide: {:?}, {}", width, detail, right - left)
    };
    let all = [200.0, 720.0, 1_800.0, 9_000.0].map(said).join("\n");
    expect_test::expect![[r#"
        200 wide: Whole, 728
        720 wide: Whole, 728
        1800 wide: Whole, 1808
        9000 wide: Names, 9008"#]]
    .assert_eq(&all);
}

/// Some card of a real picture.
fn drawn_card() -> Card {
    let scene = crate::captions::picture_of(crate::fixture::log("want W data/beta"), "#/want/W");
    scene.cards[0].clone()
}
