//! The inputs of a log one after the other. A manifest is replaced by the logs that it names, once:
//! what a manifest names is never a manifest. Reads no log.
use std::collections::VecDeque;

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::partial::{LeftOut, WhyNot};
use super::source::{Origin, is_manifest};
use super::{Error, dom};

/// The longest manifest, in bytes.
pub(super) const MANIFEST_BYTES: usize = 4 << 20;

/// An input, and whether a manifest named it.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) origin: Origin,
    pub(super) is_named: bool,
}

/// What is still to be read.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    waiting: VecDeque<Wanted>,
    /// Files that came with a manifest, for it to name, and whether one has.
    beside: Vec<(Origin, bool)>,
    pub(super) n_begun: usize,
    pub(super) left_out: Vec<LeftOut>,
}

impl Inputs {
    /// All `origins`. Of files, those that are manifests say which of the others are wanted, wherever
    /// they stand among them; of one by itself it is found out when it is opened.
    ///
    /// # Errors
    /// When a file cannot be looked at.
    pub(super) async fn new(origins: &[Origin]) -> Result<Self, Error> {
        let mut inputs = Self::default();
        let mut others = Vec::new();
        for origin in origins {
            if let Origin::Skipped { path } = origin {
                inputs.leave_out(path.clone(), WhyNot::NoLogName);
            } else if origins.len() > 1 && is_manifest(origin).await? {
                inputs.waiting.push_back(Wanted { origin: origin.clone(), is_named: false });
            } else {
                others.push(origin.clone());
            }
        }
        let has_manifest = !inputs.waiting.is_empty();
        for origin in others {
            match origin {
                Origin::File { .. } if has_manifest => inputs.beside.push((origin, false)),
                _ => inputs.waiting.push_back(Wanted { origin, is_named: false }),
            }
        }
        Ok(inputs)
    }

    /// The next one.
    pub(super) fn next(&mut self) -> Option<Wanted> {
        let next = self.waiting.pop_front();
        self.n_begun += usize::from(next.is_some());
        next
    }

    /// How many there are, as far as is known.
    pub(super) fn n_all(&self) -> usize {
        self.n_begun + self.waiting.len()
    }

    /// How many have not begun.
    pub(super) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Notes what is not read.
    pub(super) fn leave_out(&mut self, name: String, why: WhyNot) {
        self.left_out.push(LeftOut { name, why });
    }

    /// Puts what `manifest` names in its place.
    ///
    /// # Errors
    /// When its text is no manifest.
    pub(super) fn expand(&mut self, manifest: &Origin, text: &[u8]) -> Result<(), Error> {
        // It was no input itself.
        self.n_begun -= 1;
        let names = names(text).ok_or_else(|| Error::Manifest(manifest.name()))?;
        for name in names.iter().rev() {
            let found = match manifest {
                Origin::File { path, .. } => self.file_beside(path, name),
                Origin::Address(address) => resolve(name, address).map(Some),
                Origin::Text { .. } | Origin::Skipped { .. } => resolve(name, "").map(Some),
            };
            match found {
                Ok(Some(origin)) => self.waiting.push_front(Wanted { origin, is_named: true }),
                // Another manifest of the same drop names it, too.
                Ok(None) => {}
                Err(why) => self.leave_out(name.clone(), why),
            }
        }
        if self.waiting.iter().all(|wanted| wanted.is_named) {
            for (origin, is_named) in std::mem::take(&mut self.beside) {
                if !is_named {
                    self.leave_out(origin.name(), WhyNot::NotNamed);
                }
            }
        }
        Ok(())
    }

    /// The file that a manifest at `path` calls `name`, below its own folder; none the second time.
    fn file_beside(&mut self, path: &str, name: &str) -> Result<Option<Origin>, WhyNot> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = name.strip_prefix("./").unwrap_or(name);
        let full = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let is_it = |origin: &Origin| matches!(origin, Origin::File { path, .. } if *path == full);
        let beside = self.beside.iter_mut().find(|(origin, _)| is_it(origin));
        let (origin, is_named) = beside.ok_or(WhyNot::Missing)?;
        Ok((!std::mem::replace(is_named, true)).then(|| origin.clone()))
    }
}

/// The texts under `logs`.
fn names(text: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(text).ok()?;
    let manifest = JSON::parse(text.trim_start_matches('\u{feff}')).ok()?;
    let logs: Array = Reflect::get(&manifest, &JsValue::from_str("logs")).ok()?.dyn_into().ok()?;
    logs.iter().map(|name| name.as_string()).collect()
}

/// The address that a manifest at `base` calls `name`. Only of the manifest's own origin: naming a
/// manifest is no consent to asking anybody else.
fn resolve(name: &str, base: &str) -> Result<Origin, WhyNot> {
    let base = Url::new_with_base(base, &dom::address()).map_err(|_| WhyNot::Missing)?;
    let url = Url::new_with_base(name, &base.href()).map_err(|_| WhyNot::Missing)?;
    let is_same = url.origin() == base.origin() && url.protocol() == base.protocol();
    if is_same { Ok(Origin::Address(url.href())) } else { Err(WhyNot::Elsewhere) }
}
