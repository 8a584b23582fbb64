//! Numbers with a fixed count of decimals, as style and paths want them. Goes by whole numbers: the
//! general printer of floats weighs more than everything else that is printed.

/// `value` with `n_decimals`, at most 6: `-12.3`. What is halfway goes to the even digit, as the
/// standard library has it; what is no number is 0.
pub fn fixed(value: f32, n_decimals: u32) -> String {
    let mut out = String::new();
    push_fixed(&mut out, value, n_decimals);
    out
}

/// The same at the end of `out`.
#[expect(clippy::cast_sign_loss, reason = "an absolute value has no sign to lose")]
pub fn push_fixed(out: &mut String, value: f32, n_decimals: u32) {
    let n_decimals = n_decimals.min(6);
    let one = 10_u64.pow(n_decimals);
    // 24 bits by 20 bits: exact in the 53 bits of an `f64`.
    let units = (f64::from(value.abs()) * one as f64).round_ties_even() as u64;
    if value.is_sign_negative() && !value.is_nan() {
        out.push('-');
    }
    push_digits(out, units / one, 1);
    if n_decimals > 0 {
        out.push('.');
        push_digits(out, units % one, n_decimals);
    }
}

/// `number` with at least so many digits.
fn push_digits(out: &mut String, number: u64, n_digits: u32) {
    let mut place = 10_u64.pow(n_digits - 1);
    while number / place > 9 {
        place *= 10;
    }
    while place > 0 {
        out.push(char::from(b'0' + (number / place % 10) as u8));
        place /= 10;
    }
}
