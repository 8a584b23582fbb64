//! Numbers, durations and moments in words.
use lineage::words::{
    bytes, civil, count, counted, duration, exact, fixed, has, month_day_time, nanos_of_date,
    nanos_of_stretch, place_of, rate, zone,
};
use proptest::prelude::*;

const SECOND: u64 = 1_000_000_000;
const DAY: u64 = 86_400;

#[test]
fn counts_have_separators() {
    let said = [0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, u64::MAX].map(count);
    assert_eq!(
        said,
        ["0", "7", "999", "1,000", "12,345", "999,999", "1,000,000", "18,446,744,073,709,551,615"]
    );
    assert_eq!(counted(1, "event", "events"), "1 event");
    assert_eq!(counted(0, "event", "events"), "0 events");
}

#[test]
fn sizes_keep_two_or_three_digits() {
    let said = [0, 999, 1_000, 9_940, 9_960, 999_499, 999_500, 34_000_000, u64::MAX].map(bytes);
    assert_eq!(
        said,
        ["0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "999 kB", "1.0 MB", "34 MB", "18 EB"]
    );
    assert_eq!(rate(1_000_000, 10), None);
    assert_eq!(rate(42_000_000, 1_000).as_deref(), Some("42 MB/s"));
}

#[test]
fn durations_have_two_units() {
    let secs = [1, 59, 60, 482, 3_599, 3_600, 3_900, DAY, 3 * DAY + 4 * 3_600];
    let said = secs.map(|secs| duration(secs * SECOND));
    assert_eq!(
        said,
        ["1 s", "59 s", "1 m", "8 m 02 s", "59 m 59 s", "1 h", "1 h 05 m", "1 d", "3 d 04 h"]
    );
    let short = [0, 1, 350_000_000, 999_999_999].map(duration);
    assert_eq!(short, ["0 s", "under 1 ms", "350 ms", "999 ms"]);
}

#[test]
fn moments_are_told_in_the_zone() {
    let at = 1_732_283_350_123_456_789;
    assert_eq!(month_day_time(at, 0), "Nov 22 13:49:10");
    assert_eq!(month_day_time(at, 11 * 60), "Nov 23 00:49:10");
    assert_eq!(exact(at, 0, 0), "2024-11-22 13:49:10");
    assert_eq!(exact(at, -210, 3), "2024-11-22 10:19:10.123");
    assert_eq!(exact(at, 0, 99), "2024-11-22 13:49:10.123456789");
    assert_eq!([0, 330, -180].map(zone), ["UTC", "UTC+05:30", "UTC\u{2212}03:00"]);
}

/// The calendar by walking it: from 1970 a day at a time, over leap years and centuries.
#[test]
fn every_day_follows_the_one_before() {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut year, mut month, mut day) = (1970, 1, 1);
    for n in 0..u64::MAX / SECOND / DAY {
        let at = civil(n * DAY * SECOND, 0);
        assert_eq!((at.year, at.month, at.day), (year, month, day), "day {n}");
        let n_days = match month {
            2 => 28 + u32::from(is_leap(year)),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > n_days {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(year, 2554);
}

#[test]
fn a_zone_west_of_utc_reaches_back_before_1970() {
    let at = civil(0, -60);
    assert_eq!((at.year, at.month, at.day, at.hour), (1969, 12, 31, 23));
}

#[test]
fn dates_are_read_as_they_are_written() {
    for n in [0, 1, 58, 59, 60, 20_000, 20_778, 47_541] {
        let nanos = (n * DAY + 14 * 3_600 + 3 * 60 + 9) * SECOND;
        let written = exact(nanos, 0, 0).replace(' ', "T");
        assert_eq!(nanos_of_date(&written), Some(nanos), "{written}");
        assert_eq!(nanos_of_date(&format!("{written}Z")), Some(nanos));
        let (day, minute) = (&written[..10], &written[..16]);
        assert_eq!(nanos_of_date(day), Some(n * DAY * SECOND));
        assert_eq!(nanos_of_date(minute), Some(nanos - 9 * SECOND));
    }
    for wrong in [
        "",
        "2026",
        "2026-11",
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "1969-12-31",
        "2026-11-21T",
        "2026-11-21T24:00",
        "2026-11-21T10",
        "2026-11-21T10:60",
        "2026-11-+1",
        "2026-11-21-01",
        "99999999999-01-01",
        "9999-01-01",
        "2026-11-21T10:00:61",
    ] {
        assert_eq!(nanos_of_date(wrong), None, "{wrong}");
    }
}

#[test]
fn stretches_are_read_in_one_unit() {
    let secs = ["0s", "45s", "30m", "2h", "3d", "1w"].map(nanos_of_stretch);
    let expected = [0, 45, 1_800, 7_200, 3 * DAY, 7 * DAY].map(|secs| Some(secs * SECOND));
    assert_eq!(secs, expected);
    for wrong in ["", "h", "2", "2H", "-2h", "+2h", "2.5h", "1h30m", "99999999999999999999s", "é"]
    {
        assert_eq!(nanos_of_stretch(wrong), None, "{wrong}");
    }
}

#[test]
fn decimals_are_fixed() {
    let said = [0.0, 1.0, -0.04, 0.25, 0.35, -12.349, 1e9, f32::NAN].map(|value| fixed(value, 1));
    assert_eq!(said, ["0.0", "1.0", "-0.0", "0.2", "0.3", "-12.3", "1000000000.0", "0.0"]);
    assert_eq!([0, 2, 4, 9].map(|n| fixed(2.5, n)), ["2", "2.50", "2.5000", "2.500000"]);
}

#[test]
fn letters_are_found_in_any_case() {
    assert_eq!(place_of("data/Gamma/x", "gam"), Some(5..8));
    assert_eq!(place_of("gamma", "gammas"), None);
    assert_eq!(place_of("gamma", ""), None);
    assert!(has("gamma", "") && has("größe", "öß") && !has("", "a"));
}

proptest! {
    /// As the standard library prints them.
    #[test]
    fn decimals_are_those_of_the_standard_library(
        whole in -3_000_000_i32..3_000_000,
        scale in prop::sample::select(vec![1.0_f32, 8.0, 20.0, 100.0, 1_000.0, 1e7]),
        any in -1e12_f32..1e12,
        n in 0_u32..5,
    ) {
        for value in [whole as f32 / scale, any] {
            prop_assert_eq!(fixed(value, n), format!("{value:.*}", n as usize));
        }
    }

    #[test]
    fn letters_are_found_where_a_slow_search_finds_them(
        name in "[aAbé]{0,8}",
        part in "[aAbé]{1,3}",
    ) {
        let found = name.to_ascii_lowercase().find(&part.to_ascii_lowercase());
        prop_assert_eq!(place_of(&name, &part).map(|place| place.start), found);
    }
}
