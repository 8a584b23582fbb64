//! Moments in words: nanoseconds since 1970 UTC, shifted to a zone that the caller knows.

const NANOS: u64 = 1_000_000_000;
const DAY_SECS: i64 = 86_400;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment on a calendar and a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Of the proleptic Gregorian calendar.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// Below the second.
    pub nanos: u32,
}

/// The moment as read off a calendar and a clock `offset_minutes` east of UTC.
pub fn civil(nanos: u64, offset_minutes: i32) -> Civil {
    let secs = (nanos / NANOS).cast_signed() + i64::from(offset_minutes) * 60;
    let second_of_day = part(secs.rem_euclid(DAY_SECS));
    let (year, month, day) = civil_from_days(secs.div_euclid(DAY_SECS));
    Civil {
        year,
        month,
        day,
        hour: second_of_day / 3600,
        minute: second_of_day / 60 % 60,
        second: second_of_day % 60,
        nanos: (nanos % NANOS) as u32,
    }
}

/// Year, month and day of a count of days since 1970-01-01. After Howard Hinnant,
/// "chrono-compatible low-level date algorithms", `civil_from_days`: years begin in March, so that
/// the leap day is the last; 400 of them, an era, are 146,097 days.
fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), part(month), part(day))
}

/// A part of a date or a time, which is never negative.
fn part(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

/// `Nov 22 14:03:12`.
pub fn month_day_time(nanos: u64, offset_minutes: i32) -> String {
    let Civil { month, day, hour, minute, second, .. } = civil(nanos, offset_minutes);
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{month} {day} {hour:02}:{minute:02}:{second:02}")
}

/// `2026-11-22`.
pub fn date(nanos: u64, offset_minutes: i32) -> String {
    let Civil { year, month, day, .. } = civil(nanos, offset_minutes);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2026-11-22 14:03:51.250`, with as many digits below the second as asked for, at most 9.
pub fn exact(nanos: u64, offset_minutes: i32, n_digits: usize) -> String {
    let at = civil(nanos, offset_minutes);
    let day = date(nanos, offset_minutes);
    let time = format!("{day} {:02}:{:02}:{:02}", at.hour, at.minute, at.second);
    match n_digits.min(9) {
        0 => time,
        n => format!("{time}.{}", format!("{:09}", at.nanos).split_at(n).0),
    }
}

/// `UTC`, `UTC+05:30`, `UTC−03:00`.
pub fn zone(offset_minutes: i32) -> String {
    let (hours, minutes) = (offset_minutes.abs() / 60, offset_minutes.abs() % 60);
    match offset_minutes {
        0 => "UTC".to_owned(),
        1.. => format!("UTC+{hours:02}:{minutes:02}"),
        _ => format!("UTC\u{2212}{hours:02}:{minutes:02}"),
    }
}
