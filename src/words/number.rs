//! Counts and sizes in words.

/// `1234567` → `1,234,567`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 event`, `2 events`, `1,000 events`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// `999 B`, `1.2 kB`, `34 MB`: powers of a thousand, two digits where there is room for one more.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if n < 1000 {
        return format!("{n} B");
    }
    let (mut size, mut unit) = (1_000_u64, 0);
    // What would round to four digits is one of the next unit.
    while rounded(n, size) > 999 && unit + 1 < UNITS.len() {
        size *= 1_000;
        unit += 1;
    }
    let word = UNITS[unit];
    match rounded(n, size / 10) {
        tenths @ 0..100 => format!("{}.{} {word}", tenths / 10, tenths % 10),
        _ => format!("{} {word}", rounded(n, size)),
    }
}

/// How many times `size` goes into `n`, to the nearest.
const fn rounded(n: u64, size: u64) -> u64 {
    n.saturating_add(size / 2) / size
}

/// Bytes over milliseconds as `42 MB/s`; none before enough time has gone by to tell.
pub fn rate(n_bytes: u64, millis: u64) -> Option<String> {
    (millis >= 50).then(|| format!("{}/s", bytes(n_bytes.saturating_mul(1000) / millis)))
}
