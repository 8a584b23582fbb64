//! The hash → a route: any text is one, printing it and reading it again changes nothing, and a small
//! history answers it.
use lineage::events::Decoder;
use lineage::history::{History, as_of, staleness};
use lineage::route::Route;

use super::pages::{answer, home};
use super::told::read;

const LOG: &[u8] = include_bytes!("../../logs/gamma.ndjson");

thread_local! {
    static HISTORY: History = read(Decoder::new(), LOG).0;
}

/// Any bytes as an address.
pub fn check(bytes: &[u8]) {
    let address = String::from_utf8_lossy(bytes);
    let route = Route::parse(&address).0;
    let printed = route.to_string();
    let (again, faults) = Route::parse(&printed);
    assert!(faults.is_empty(), "{printed} has no fault");
    assert_eq!(again, route, "{printed}");
    assert_eq!(again.to_string(), printed);
    assert!(printed.bytes().all(|byte| byte.is_ascii_graphic()), "{printed}");
    HISTORY.with(|history| {
        let at = route.at.and_then(|id| history.log.seq_of_event_id(id));
        let moment = as_of(history, at);
        let asof = moment.of(history);
        let stale = staleness(asof);
        home(asof, &stale, &route.q);
        answer(asof, &stale, &route);
    });
}
