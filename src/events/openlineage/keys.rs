//! Several texts as one key and back, whatever they hold; and the names under which a reader sees
//! what has such a key. Namespaces and names hold `/` and `:`, so that joining them is for the eyes
//! alone: two keys that look alike are told apart all the same.
use std::borrow::Cow;

use crate::events::names::Full;
use crate::events::{Id, NameTable, TextId};

/// Stands between the parts of a key, and before [`ESCAPED`] for itself.
const MARK: char = '\u{1f}';
const BETWEEN: &str = "\u{1f}0";
const ESCAPED: &str = "\u{1f}1";

/// The key of `parts`. Two lists of equally many parts have the same key only if they are the same.
pub(super) fn join(parts: &[&str], key: &mut String) {
    key.clear();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            key.push_str(BETWEEN);
        }
        if part.contains(MARK) {
            key.push_str(&part.replace(MARK, ESCAPED));
        } else {
            key.push_str(part);
        }
    }
}

/// The first `N` parts of a key.
pub(super) fn split<const N: usize>(key: &str) -> [Cow<'_, str>; N] {
    let mut parts = key.split(BETWEEN);
    std::array::from_fn(|_| {
        let part = parts.next().unwrap_or_default();
        if part.contains(MARK) { Cow::Owned(part.replace(ESCAPED, "\u{1f}")) } else { part.into() }
    })
}

/// The key of a run's job.
pub(super) fn job(run: &str) -> &str {
    run.split_once(BETWEEN).map_or("", |(_, job)| job)
}

/// `food_delivery`, `public.menus` → `food_delivery/public.menus`; of a path, its own slash is
/// enough. A third part follows behind a slash.
pub(super) fn readable(parts: &[Cow<'_, str>]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() && !part.starts_with('/') {
            text.push('/');
        }
        text.push_str(part);
    }
    text
}

/// The readable name of every key of a table, by row; the key itself, which no readable name equals,
/// where several would read alike. Does not depend on the order of the keys.
pub(super) fn readable_names<T: Id>(keys: &NameTable<T>) -> Result<Vec<String>, Full> {
    let mut seen = NameTable::<TextId>::default();
    let mut rows = Vec::with_capacity(keys.len());
    let mut n_alike: Vec<u32> = Vec::new();
    for key in keys.ids() {
        let name = readable(&split::<3>(keys.text(key)));
        let row = seen.intern(&name).ok_or(Full)?;
        n_alike.resize(seen.len(), 0);
        n_alike[row.index()] += 1;
        rows.push((row, name));
    }
    let named = rows.into_iter().zip(keys.ids()).map(|((row, name), key)| {
        let is_plain = n_alike[row.index()] == 1 && !name.contains(MARK);
        if is_plain { name } else { keys.text(key).to_owned() }
    });
    Ok(named.collect())
}
