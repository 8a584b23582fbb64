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

/// Reads `2026-11-21`, with or without `T14:03` or `T14:03:12` after it, in UTC: nanoseconds since 1970.
/// `None` for anything else, and for days that no calendar has.
pub fn nanos_of_date(text: &str) -> Option<u64> {
    let text = text.trim_end_matches('Z');
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] = numbers(time, ':').or_else(|| {
        let [hour, minute] = numbers(time, ':')?;
        Some([hour, minute, 0])
    })?;
    let secs = u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second);
    let days = days_from_civil(year.into(), month, day);
    let nanos =
        u64::try_from(days).ok()?.checked_mul(86_400)?.checked_add(secs)?.checked_mul(NANOS)?;
    let read = civil(nanos, 0);
    let is_real = (read.year, read.month, read.day) == (i64::from(year), month, day)
        && (read.hour, read.minute, read.second) == (hour, minute, second);
    is_real.then_some(nanos)
}

/// Exactly `N` numbers of at most nine digits.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(between);
    for number in &mut numbers {
        let part = parts.next()?;
        let is_plain = (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        *number = part.parse().ok().filter(|_| is_plain)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// The other direction of [`civil_from_days`], by the same author and source.
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let month_from_march = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let year_of_era = year.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
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
