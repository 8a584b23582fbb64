//! How a log gets into the page: found at the start, or opened later. One at a time; the log that
//! is shown stays until the next one is ready.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::events::Budget;
use crate::route::{Page, Route};
use crate::view::rest;
use crate::view::state::{App, Ask, Load, Stage};
use crate::web::consent::{self, OPAQUE};
use crate::web::messages::Handed;
use crate::web::task::{Cancel, next_paint};
use crate::web::time::zone_name;
use crate::web::{
    Error, Origin, Progress, Read, arrival, dom, embedded, expect_log, hash, ingest, share_practice,
};

/// What is looked for beside the page. Servers answer 404 where there is none, and browsers note
/// that in their console; nothing can be asked of a server without that.
const BESIDE: [&str; 4] = ["events.ndjson", "events.json", "events.ndjson.gz", MANIFEST];

/// A list of logs, among those. Other programs have one of that name, too.
const MANIFEST: &str = "manifest.json";

/// The `<meta>` of the document that names the log to try the page with.
const SAMPLE: &str = "sample";

impl App {
    /// Opens what the page was given: `?log=` (repeatable: shards of one log), else a log embedded in
    /// it, else one that lies beside it. Else the page stays at its start.
    pub(super) fn open_given(self) {
        let asked = dom::query_values("log");
        let embedded = if asked.is_empty() { embedded() } else { Vec::new() };
        if !asked.is_empty() || !embedded.is_empty() {
            expect_log();
        }
        if !asked.is_empty() {
            self.open_then(asked.into_iter().map(Origin::Address).collect(), false, true);
        } else if !embedded.is_empty() {
            self.open_then(embedded, false, false);
        } else if dom::is_served() {
            self.look_beside();
        }
    }

    /// Practices with what a worker has practiced with, where there has been no log yet.
    pub(super) fn share_practice(self) {
        share_practice(move |practiced| {
            spawn_local(async move {
                if arrival::arrived().await.is_ok() && untrack(|| self.stage() == Stage::Start) {
                    rest::practice_on(self, practiced);
                }
            });
        });
    }

    /// Opens the sample that comes with the page.
    pub fn open_sample(self) {
        let sample = dom::meta(SAMPLE).into_iter().map(Origin::Address).collect();
        self.open_then(sample, true, false);
    }

    /// Whether there is one.
    pub fn has_sample() -> bool {
        dom::meta(SAMPLE).is_some()
    }

    /// Opens the log at an address that the reader has given, and so agrees to.
    pub fn open_typed(self, address: &str) {
        let origins = vec![Origin::Address(address.to_owned())];
        consent::allow_all(&origins);
        self.open_other(origins);
    }

    /// Opens another log than the address was about: its page is home.
    pub fn open_other(self, origins: Vec<Origin>) {
        self.open_then(origins, true, true);
    }

    /// Opens a log that was kept: the reader has agreed to its origin before, or is asked.
    pub(super) fn open_kept(self, origins: Vec<Origin>) {
        self.open_other(origins);
    }

    /// Tries the last one again.
    pub fn retry(self) {
        let (asked, is_own) =
            self.handles.with_value(|handles| (handles.asked.clone(), handles.is_own));
        self.open_then(asked, false, is_own);
    }

    /// Calls off what is being loaded.
    pub fn cancel(self) {
        self.call_off();
        self.load.set(Load::Idle);
    }

    /// Ends reading, and shows what has come so far.
    pub fn stop_reading(self) {
        self.handles.with_value(|handles| handles.work.iter().for_each(Cancel::stop));
    }

    /// Lets go of a failure that has been read.
    pub fn dismiss(self) {
        self.load.set(Load::Idle);
    }

    /// No request leaves for an origin that the reader has not agreed to.
    fn open_then(self, origins: Vec<Origin>, is_other: bool, is_own: bool) {
        if origins.is_empty() {
            return;
        }
        self.handles.update_value(|handles| handles.is_own = is_own);
        if let Some(origin) = consent::first_unasked(&origins) {
            return self.ask_reader(Ask { origin, page: None }, origins);
        }
        let work = self.begin(Load::Busy(Progress::default()));
        self.handles.update_value(|handles| handles.asked.clone_from(&origins));
        self.dialog.set(None);
        spawn_local(async move {
            // Every page names it; now there is nothing yet that would wait.
            zone_name();
            match self.read(&origins, &work).await {
                Err(_) if work.is_canceled() => {}
                Err(error) => self.load.set(Load::Failed(error)),
                Ok(read) => {
                    let others = is_other.then_some(&*origins);
                    self.show(read, &work, others).await;
                }
            }
        });
    }

    /// Takes what the page around this one hands over, once the reader has agreed to it.
    pub(super) fn take_handed(self, handed: Handed) {
        let Handed { log, from, page } = handed;
        if from == dom::origin() && from != OPAQUE || consent::is_allowed(&from) {
            page.answer("opening");
            self.open_then(vec![log], self.log.with_untracked(Option::is_some), false);
        } else {
            let page = Some(StoredValue::new_local(page));
            self.handles.update_value(|handles| handles.is_own = false);
            self.ask_reader(Ask { origin: from, page }, vec![log]);
        }
    }

    fn ask_reader(self, ask: Ask, origins: Vec<Origin>) {
        let work = self.begin(Load::Looking);
        self.dialog.set(None);
        self.handles.update_value(|handles| handles.asked = origins);
        spawn_local(async move {
            let arrived = arrival::arrived().await;
            if !work.is_canceled() {
                self.load.set(arrived.map_or_else(Load::Failed, |()| Load::Asking(ask)));
            }
        });
    }

    /// The reader's answer to what [`Load::Asking`] asks.
    pub(super) fn answer(self, ask: &Ask, is_allowed: bool) {
        let words = if is_allowed { "opening" } else { "refused" };
        if let Some(page) = ask.page {
            page.with_value(|page| page.answer(words));
        }
        if !is_allowed {
            return self.dismiss();
        }
        consent::allow(&ask.origin);
        let (asked, is_own) =
            self.handles.with_value(|handles| (handles.asked.clone(), handles.is_own));
        self.open_then(asked, self.log.with_untracked(Option::is_some), is_own);
    }

    /// A shared address must lead to what is seen; files and pasted text have none.
    fn point_address_at(self, origins: &[Origin]) {
        if self.log.with_untracked(Option::is_some) {
            self.go(Route::new(Page::HOME));
        }
        let address = |origin: &Origin| match origin {
            Origin::Address(address) => Some(address.clone()),
            Origin::File { .. } | Origin::Skipped { .. } | Origin::Text { .. } => None,
        };
        let addresses: Option<Vec<String>> = origins.iter().map(address).collect();
        hash::write_logs(&addresses.unwrap_or_default());
    }

    fn look_beside(self) {
        let work = self.begin(Load::Looking);
        spawn_local(async move {
            for name in BESIDE {
                let origins = vec![Origin::Address(name.to_owned())];
                self.handles.update_value(|handles| {
                    handles.asked.clone_from(&origins);
                    handles.is_own = false;
                });
                let result = self.read(&origins, &work).await;
                if work.is_canceled() {
                    return;
                }
                match result {
                    Ok(read) => return self.show(read, &work, None).await,
                    Err(error) if is_absent(&error) => {}
                    Err(Error::NotALog { .. }) if name == MANIFEST => {}
                    Err(error) => return self.load.set(Load::Failed(error)),
                }
            }
            self.load.set(Load::Idle);
        });
    }

    async fn read(self, origins: &[Origin], work: &Cancel) -> Result<Read, Error> {
        let report = |progress| {
            if !work.is_canceled() {
                self.load.set(Load::Busy(progress));
            }
        };
        // A history is many columns, and in a future for every step it would be there as often.
        Box::pin(ingest(origins, budget(), work, report)).await
    }

    fn begin(self, load: Load) -> Cancel {
        self.call_off();
        let work = Cancel::new();
        self.handles.update_value(|handles| handles.work = Some(work.clone()));
        self.load.set(load);
        work
    }

    fn call_off(self) {
        let work = self.handles.try_update_value(|handles| handles.work.take()).flatten();
        if let Some(work) = work {
            work.cancel();
        }
    }

    /// Shows a log, unless that is called off while it is looked at.
    /// The address is to lead to `others`, if it was about another one.
    async fn show(self, read: Read, work: &Cancel, others: Option<&[Origin]>) {
        let Read { log, origins, spent } = read;
        let ahead = self.look_ahead(log, others.is_some()).await;
        if work.is_canceled() {
            return;
        }
        if let Some(others) = others {
            self.point_address_at(others);
        }
        self.handles.update_value(|handles| handles.origins = origins);
        self.show_log(ahead);
        self.load.set(Load::Idle);
        rest::keep_log(self);
        rest::rehearse(self);
        next_paint().await;
        drop(spent);
    }
}

/// `?memory=` in megabytes, for machines that have more or less of it.
pub fn budget() -> Budget {
    let asked = dom::query_values("memory");
    asked.first().and_then(|text| Budget::of_megabytes(text)).unwrap_or_default()
}

/// Whether an answer says that nothing lies beside the page: none of that name, or a server that
/// sends its front page for whatever it does not have.
fn is_absent(error: &Error) -> bool {
    use Error::{Elsewhere, Status, Unreachable, WebPage};
    matches!(error, Status { .. } | Unreachable(_) | Elsewhere { .. } | WebPage(_))
}
