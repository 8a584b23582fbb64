//! `eventTime` → nanoseconds. ISO 8601 as its writers spell it; no calendar crate is needed for one
//! formula.

/// A moment, and how it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// Since 1970 UTC.
    pub(super) nanos: u64,
    /// No zone was given, and UTC was assumed.
    pub(super) is_without_zone: bool,
}

const NANOS_PER_SEC: i128 = 1_000_000_000;

/// Reads `2024-11-26T13:05:23.809955+00:00`: a space for the `T`, no seconds, digits to the
/// nanosecond (what is finer is dropped), and as a zone `Z`, `+01:00`, `+0100`, `+01` or nothing,
/// with or without its name in brackets behind it. None for other texts, impossible dates, and
/// moments before 1970 or after 2554.
pub(super) fn parse(text: &str) -> Option<Time> {
    let mut rest = text.trim().as_bytes();
    if rest.ends_with(b"]") {
        let bracket = rest.iter().position(|&byte| byte == b'[')?;
        rest = rest.get(..bracket)?;
    }
    let rest = &mut rest;
    let year = digits(rest, 4)?;
    let month = literal(rest, b"-").and_then(|()| digits(rest, 2))?;
    let day = literal(rest, b"-").and_then(|()| digits(rest, 2))?;
    literal(rest, b"Tt ")?;
    let hour = digits(rest, 2)?;
    let minute = literal(rest, b":").and_then(|()| digits(rest, 2))?;
    let (second, fraction) = match literal(rest, b":") {
        Some(()) => (digits(rest, 2)?, fraction(rest)?),
        None => (0, 0),
    };
    let offset_minutes = zone(rest)?;
    let is_possible = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_possible || !rest.is_empty() {
        return None;
    }
    let minutes = (days_before(year, month, day) * 24 + hour) * 60 + minute;
    let secs = (minutes - offset_minutes.unwrap_or(0)) * 60 + second;
    let nanos = i128::from(secs) * NANOS_PER_SEC + i128::from(fraction);
    let nanos = u64::try_from(nanos).ok()?;
    Some(Time { nanos, is_without_zone: offset_minutes.is_none() })
}

fn digits(rest: &mut &[u8], n: usize) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(n)?;
    let number = head.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
    })?;
    *rest = tail;
    Some(number)
}

/// Takes one byte of `any`.
fn literal(rest: &mut &[u8], any: &[u8]) -> Option<()> {
    let (first, tail) = rest.split_first()?;
    any.contains(first).then(|| *rest = tail)
}

/// Nanoseconds after `.` or `,`; 0 where there is neither.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    if literal(rest, b".,").is_none() {
        return Some(0);
    }
    let n_digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (head, tail) = rest.split_at_checked(n_digits)?;
    *rest = tail;
    let padded = head.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    let nanos = padded.fold(0, |number, byte| number * 10 + i64::from(byte - b'0'));
    (n_digits > 0).then_some(nanos)
}

/// Minutes east of UTC; `Some(None)` without a zone, `None` for what is none.
#[allow(clippy::option_option, reason = "absent and unreadable are two things")]
fn zone(rest: &mut &[u8]) -> Option<Option<i64>> {
    let Some((&sign, tail)) = rest.split_first() else { return Some(None) };
    *rest = tail;
    let sign = match sign {
        b'Z' | b'z' => return Some(Some(0)),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = digits(rest, 2)?;
    let has_minutes = literal(rest, b":").is_some() || !rest.is_empty();
    let minutes = if has_minutes { digits(rest, 2)? } else { 0 };
    (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01: H. Hinnant, "chrono-compatible low-level date algorithms"
/// (`days_from_civil`), for years from 0.
const fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
