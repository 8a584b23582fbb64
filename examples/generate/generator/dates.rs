//! Days since 1970-01-01 as calendar dates. Knows no time zone but UTC.

/// Seconds in a day.
pub const DAY_SECONDS: u64 = 86_400;

/// Year, month and day of the month. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `civil_from_days`, for days from 1970 on.
pub fn civil(day: u32) -> (u32, u32, u32) {
    let z = day + 719_468;
    let era = z / 146_097;
    let doe = z % 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (era * 400 + yoe + u32::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The first day of the month that `day` is in.
pub fn first_of_month(day: u32) -> u32 {
    day + 1 - civil(day).2
}

/// Writes `2026-11` of `day`.
pub fn push_month(out: &mut Vec<u8>, day: u32) {
    let (year, month, _) = civil(day);
    push_two(out, year / 100);
    push_two(out, year % 100);
    out.push(b'-');
    push_two(out, month);
}

/// Writes `2026-11-21` of `day`.
pub fn push_date(out: &mut Vec<u8>, day: u32) {
    push_month(out, day);
    out.push(b'-');
    push_two(out, civil(day).2);
}

fn push_two(out: &mut Vec<u8>, n: u32) {
    out.extend([b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8]);
}
