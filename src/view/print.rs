//! On paper nothing scrolls: what a window shows a part of is whole there, or says what it leaves out.
use leptos::ev;
use leptos::prelude::*;

/// Whether the page is being printed, from just before to just after it.
pub fn is_printed() -> ReadSignal<bool> {
    let is_printed = RwSignal::new(false);
    let before = window_event_listener(ev::beforeprint, move |_| is_printed.set(true));
    let after = window_event_listener(ev::afterprint, move |_| is_printed.set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    is_printed.read_only()
}
