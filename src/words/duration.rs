//! Stretches of time in words.

const MILLI: u64 = 1_000_000;
const SECOND: u64 = 1_000 * MILLI;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The two largest units of a stretch of nanoseconds, rounded down: `350 ms`, `41 s`, `8 m 02 s`,
/// `1 h 05 m`, `3 d 04 h`.
pub fn duration(nanos: u64) -> String {
    let secs = nanos / SECOND;
    match secs {
        0 if nanos == 0 => "0 s".to_owned(),
        0 if nanos < MILLI => "under 1 ms".to_owned(),
        0 => format!("{} ms", nanos / MILLI),
        1..MINUTE => format!("{secs} s"),
        MINUTE..HOUR => two(secs, MINUTE, "m", 1, "s"),
        HOUR..DAY => two(secs, HOUR, "h", MINUTE, "m"),
        _ => two(secs, DAY, "d", HOUR, "h"),
    }
}

/// Reads a stretch of time in one unit: `45s`, `30m`, `2h`, `3d`, `1w`; in nanoseconds.
pub fn nanos_of_stretch(text: &str) -> Option<u64> {
    let unit = match text.as_bytes().last()? {
        b's' => 1,
        b'm' => MINUTE,
        b'h' => HOUR,
        b'd' => DAY,
        b'w' => 7 * DAY,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?;
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    let secs = digits.parse::<u64>().ok().filter(|_| is_plain)?.checked_mul(unit)?;
    secs.checked_mul(SECOND)
}

/// `secs` in a large unit and the rest in a small one; the rest left out where there is none.
fn two(secs: u64, large: u64, large_word: &str, small: u64, small_word: &str) -> String {
    let (n, rest) = (secs / large, secs % large / small);
    match rest {
        0 => format!("{n} {large_word}"),
        _ => format!("{n} {large_word} {rest:02} {small_word}"),
    }
}
