//! Which other origins the reader has agreed to: an address asks nobody but the page's own host before
//! they have. Kept where the browser lets it, and else for as long as the page lives. Asks nobody.
use std::cell::RefCell;

use web_sys::Url;

use super::source::Origin;
use super::{dom, prefs};

const KEY: &str = "lineage.origins";

/// The origin of what has none that could be told again: a file, or a frame that may do nothing.
pub const OPAQUE: &str = "null";

thread_local! {
    /// Agreed to since the page was opened, where the browser keeps nothing.
    static AGREED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The first other origin that opening `origins` would ask and that was not agreed to.
pub fn first_unasked(origins: &[Origin]) -> Option<String> {
    origins.iter().filter_map(elsewhere).find(|origin| !is_allowed(origin))
}

/// The origin of an address, where it is not the page's own.
fn elsewhere(origin: &Origin) -> Option<String> {
    let Origin::Address(address) = origin else { return None };
    origin_elsewhere(address)
}

/// The origin that fetching `address` asks, where it is not the page's own.
pub(super) fn origin_elsewhere(address: &str) -> Option<String> {
    let page = Url::new(&dom::address()).ok()?;
    let url = Url::new_with_base(address, &page.href()).ok()?;
    let is_asked = matches!(url.protocol().as_str(), "http:" | "https:");
    (is_asked && url.origin() != page.origin()).then(|| url.origin())
}

/// Whether the reader has agreed to `origin`.
pub fn is_allowed(origin: &str) -> bool {
    AGREED.with_borrow(|agreed| agreed.iter().any(|it| it == origin))
        || kept().iter().any(|it| it == origin)
}

/// The reader agrees to `origin`. What has no name is not the same the next time.
pub fn allow(origin: &str) {
    if origin == OPAQUE || is_allowed(origin) {
        return;
    }
    AGREED.with_borrow_mut(|agreed| agreed.push(origin.to_owned()));
    let mut origins = kept();
    origins.push(origin.to_owned());
    keep(&origins);
}

/// The reader has given these addresses, and so agrees to their origins.
pub fn allow_all(origins: &[Origin]) {
    origins.iter().filter_map(elsewhere).for_each(|origin| allow(&origin));
}

/// All that was agreed to, in the order of its letters.
pub fn allowed() -> Vec<String> {
    let mut origins = kept();
    AGREED.with_borrow(|agreed| origins.extend_from_slice(agreed));
    origins.sort_unstable();
    origins.dedup();
    origins
}

/// Takes back what was agreed to: it is asked for again.
pub fn take_back(origin: &str) {
    AGREED.with_borrow_mut(|agreed| agreed.retain(|it| it != origin));
    let mut origins = kept();
    origins.retain(|it| it != origin);
    keep(&origins);
}

/// No origin has a blank in it.
fn kept() -> Vec<String> {
    let kept = prefs::kept(KEY).unwrap_or_default();
    kept.split_ascii_whitespace().map(str::to_owned).collect()
}

fn keep(origins: &[String]) {
    prefs::keep(KEY, &origins.join(" "));
}
