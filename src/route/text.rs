//! Any text as one part of a fragment, and back.
//!
//! Letters, digits, `-`, `.`, `_`, `~` and the readable `=`, `,`, `:` stand for themselves and
//! everything else is percent-encoded, so that no browser, chat or mail program alters an address.
//! `+` is a plus sign in all parts, and a space is `%20`: a fragment is no form.
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode_str};

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'=')
    .remove(b',')
    .remove(b':');

pub(super) fn encode(text: &str) -> PercentEncode<'_> {
    percent_encoding::utf8_percent_encode(text, ENCODED)
}

/// `None` where the bytes are not UTF-8. A `%` without two hex digits is a percent sign.
pub(super) fn decode(part: &str) -> Option<String> {
    percent_decode_str(part).decode_utf8().ok().map(Into::into)
}
