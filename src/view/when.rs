//! Moments on the reader's clock: short in a row, exact where one looks closer.
use crate::events::TimeUnit;
use crate::view::el::{El, el, live};
use crate::view::state::App;
use crate::web::prefs::Clock;
use crate::web::time::{offset_minutes, zone_name};
use crate::words::{exact, month_day_time, zone};

impl App {
    /// Minutes east of UTC of the reader's clock at that moment. Tracked.
    pub fn offset(self, nanos: u64) -> i32 {
        match self.prefs().clock {
            Clock::Local => offset_minutes(nanos),
            Clock::Utc => 0,
        }
    }

    /// `Nov 22 14:03:12` on the reader's clock. Tracked.
    pub fn time(self, nanos: u64) -> String {
        month_day_time(nanos, self.offset(nanos))
    }

    /// `2026-11-22 14:03:51.250 UTC+01:00`, as exact as the log is. Tracked.
    pub fn exact_time(self, nanos: u64) -> String {
        let unit = self.log().map_or(TimeUnit::Nanos, |log| log.history.log.unit);
        let offset = self.offset(nanos);
        format!("{} {}", exact(nanos, offset, digits_of(unit)), zone(offset))
    }

    /// The name of the reader's clock. Tracked.
    pub fn zone(self) -> &'static str {
        match self.prefs().clock {
            Clock::Local => zone_name().unwrap_or("local time"),
            Clock::Utc => "UTC",
        }
    }
}

/// A moment, short; exact as its title. In nanoseconds since 1970 UTC.
pub fn when(nanos: u64) -> El {
    let app = App::here();
    let iso = format!("{}Z", exact(nanos, 0, 3).replace(' ', "T"));
    el("time")
        .class("number")
        .attr("datetime", iso)
        .live("title", move || Some(app.exact_time(nanos)))
        .child(live(move || app.time(nanos)))
}

/// Digits below the second that a unit tells.
const fn digits_of(unit: TimeUnit) -> usize {
    match unit {
        TimeUnit::Seconds => 0,
        TimeUnit::Millis => 3,
        TimeUnit::Micros => 6,
        TimeUnit::Nanos => 9,
    }
}
