//! Address → route. Total: a part that cannot be read is named, and the others are read.
use super::text::decode;
use super::words::{Word, number};
use super::{Hops, Mode, NodeRef, Open, Page, Route};
use std::fmt;

/// A part of an address that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteFault {
    /// The part as it stood: the path, or one `key=value`.
    pub part: String,
    /// Why.
    pub reason: Reason,
}

/// Why a part of an address was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such page; home is shown.
    UnknownPage,
    /// The page is of one thing and none is named; home is shown.
    NoId,
    /// The page has no parts; it is shown.
    MoreThanPage,
    /// The percent-encoded bytes are not UTF-8.
    NotUtf8,
    /// There is no such key, or not on this page.
    UnknownKey,
    /// The key stood before, and the first one counts.
    Repeated,
    /// Not what the key takes, which is this.
    Expected(&'static str),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownPage => "there is no such page",
            Self::NoId => "it does not say of what",
            Self::MoreThanPage => "the page has no parts",
            Self::NotUtf8 => "it is not UTF-8 text",
            Self::UnknownKey => "this page has no such key",
            Self::Repeated => "it was given before",
            Self::Expected(what) => return write!(f, "it should be {what}"),
        })
    }
}

impl fmt::Display for RouteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.reason)
    }
}

const EVENT: Reason = Reason::Expected("an event id, a whole number");
const HOPS: Reason = Reason::Expected("a number of hops, or all");
const DIRECTION: Reason = Reason::Expected("lr or tb");
const TAB: Reason = Reason::Expected("graph, outline or table");
const MODE: Reason = Reason::Expected("instances or refs");
const NODE: Reason = Reason::Expected("a node such as job-run:{id}");
const OPEN: Reason = Reason::Expected("a side of a node such as up.partition:{id}");

impl Route {
    /// Reads an address from the `#` on, or without it.
    ///
    /// The page is the first segment, and the id is all that follows up to the first `?`: slashes
    /// that should have been `%2F` are taken for what was meant.
    pub fn parse(address: &str) -> (Self, Vec<RouteFault>) {
        let fragment = address.strip_prefix('#').unwrap_or(address);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut faults = Vec::new();
        let mut fault = |part: &str, reason| {
            faults.push(RouteFault { part: part.to_string(), reason });
        };
        let page = read_page(path).unwrap_or_else(|(page, reason)| {
            fault(path, reason);
            page
        });
        let mut route = Self::new(page);
        let mut seen = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            if let Err(reason) = read_key(&mut route, part, &mut seen) {
                fault(part, reason);
            }
        }
        (route, faults)
    }
}

/// The page, or the one to show instead and why.
fn read_page(path: &str) -> Result<Page, (Page, Reason)> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (name, id) = path.split_once('/').map_or((path, None), |(name, id)| (name, Some(id)));
    let alone = |page| match id {
        None | Some("") => Ok(page),
        Some(_) => Err((page, Reason::MoreThanPage)),
    };
    let of: fn(String) -> Page = match name {
        "" => return alone(Page::HOME),
        "path" => return alone(Page::Path { from: None, to: None, mode: Mode::Instances }),
        "notices" => return alone(Page::Notices),
        "want" => Page::Want,
        "partition" => Page::partition,
        "job-run" => Page::JobRun,
        "job" => Page::Job,
        "dataset" => Page::Dataset,
        "impact" => |partition| Page::Impact { partition, uuid: None },
        "diff" => |partition| Page::Diff { partition, a: None, b: None },
        _ => return Err((Page::HOME, Reason::UnknownPage)),
    };
    let id = id.ok_or((Page::HOME, Reason::NoId))?;
    decode(id).map(of).ok_or((Page::HOME, Reason::NotUtf8))
}

/// Reads one `key=value` into the route. `seen` are the keys that may stand once, and did.
fn read_key(route: &mut Route, part: &str, seen: &mut Vec<&'static str>) -> Result<(), Reason> {
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    let value = || decode(value).ok_or(Reason::NotUtf8);
    match key {
        "open" => route.open.push(Open::parse(&value()?).ok_or(OPEN)?),
        "pin" => route.pin.push(NodeRef::parse(&value()?).ok_or(NODE)?),
        _ => {
            let known = ONCE.iter().find(|known| **known == key).ok_or(Reason::UnknownKey)?;
            if seen.contains(known) {
                return Err(Reason::Repeated);
            }
            read_value(route, known, value()?)?;
            seen.push(known);
        }
    }
    Ok(())
}

const ONCE: [&str; 14] = [
    "at", "up", "down", "dir", "tab", "sel", "q", "status", "uuid", "mode", "a", "b", "from", "to",
];

fn read_value(route: &mut Route, key: &str, value: String) -> Result<(), Reason> {
    match (key, &mut route.page) {
        ("at", _) => route.at = Some(number(&value).ok_or(EVENT)?),
        ("up", _) => route.up = Some(Hops::parse(&value).ok_or(HOPS)?),
        ("down", _) => route.down = Some(Hops::parse(&value).ok_or(HOPS)?),
        ("dir", _) => route.dir = Word::from_word(&value).ok_or(DIRECTION)?,
        ("tab", _) => route.tab = Word::from_word(&value).ok_or(TAB)?,
        ("sel", _) => route.sel = Some(NodeRef::parse(&value).ok_or(NODE)?),
        ("q", _) => route.q = value,
        ("mode", Page::Partition { mode, .. } | Page::Path { mode, .. }) => {
            *mode = Mode::from_word(&value).ok_or(MODE)?;
        }
        ("status", Page::Home { status: text })
        | ("uuid", Page::Partition { uuid: text, .. } | Page::Impact { uuid: text, .. })
        | ("a", Page::Diff { a: text, .. })
        | ("b", Page::Diff { b: text, .. })
        | ("from", Page::Path { from: text, .. })
        | ("to", Page::Path { to: text, .. }) => *text = Some(value),
        _ => return Err(Reason::UnknownKey),
    }
    Ok(())
}
