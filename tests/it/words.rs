//! Numbers, durations and moments in words.
use lineage::words::{bytes, civil, count, counted, duration, exact, month_day_time, rate, zone};

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
