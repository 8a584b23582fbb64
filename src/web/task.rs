//! Long work on the page's thread, in stretches too short to notice, and how it is called off.
use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, MessageChannel};

use super::Error;

/// The longest stretch between two looks at the event loop: three quarters of a frame at 60 Hz.
const STRETCH_MILLIS: u64 = 12;

/// What one part of the work may take, so that the stretch ends in time.
const PART_MILLIS: u64 = 4;

/// Whole milliseconds on the page's own clock, which never runs backward; 0 without one.
#[expect(clippy::cast_sign_loss, reason = "the clock begins at 0")]
pub fn now_millis() -> u64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0, |clock| clock.now() as u64)
}

/// Lets the browser paint and answer. A message comes back at once, where timers wait 4 ms.
pub async fn yield_now() {
    let Ok(channel) = MessageChannel::new() else { return };
    let answered = js_sys::Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
    });
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // The promise is never rejected.
        let _ = JsFuture::from(answered).await;
    }
    channel.port1().close();
}

/// Waits until the browser is about to paint, or a moment in a page that is not shown.
pub async fn next_frame() {
    let Some(window) = web_sys::window() else { return };
    let painted = js_sys::Promise::new(&mut |resolve, _| {
        // Either may be refused; the other one comes.
        let _ = window.request_animation_frame(&resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50);
    });
    let _ = JsFuture::from(painted).await;
    yield_now().await;
}

/// Watches how long the work in hand has kept the page.
#[derive(Debug)]
pub struct Stretch {
    began: u64,
}

impl Default for Stretch {
    fn default() -> Self {
        Self { began: now_millis() }
    }
}

impl Stretch {
    /// Yields if the stretch is used up, and begins the next one.
    pub async fn breathe(&mut self) {
        if now_millis() - self.began >= STRETCH_MILLIS - PART_MILLIS {
            yield_now().await;
            self.began = now_millis();
        }
    }
}

/// Calls work off; every clone is the same.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    is_set: Rc<Cell<bool>>,
    controller: Option<AbortController>,
}

impl Cancel {
    /// One that nobody has used, with a signal for `fetch`.
    pub fn new() -> Self {
        Self { is_set: Rc::default(), controller: AbortController::new().ok() }
    }

    /// Calls it off.
    pub fn cancel(&self) {
        self.is_set.set(true);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }

    /// Whether it was called off.
    pub fn is_canceled(&self) -> bool {
        self.is_set.get()
    }

    /// Why work failed: an aborted fetch fails like any other.
    pub fn or(&self, error: Error) -> Error {
        if self.is_canceled() { Error::Canceled } else { error }
    }

    /// What `fetch` listens to.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}
