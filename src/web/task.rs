//! Long work on the page's thread, in stretches too short to notice, and how it is called off.
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, MessageChannel, MessagePort};

use super::Error;

/// The longest stretch between two looks at the event loop: three quarters of a frame at 60 Hz.
const STRETCH_MILLIS: u64 = 12;

/// So long is waited for a frame where there is none.
const UNSEEN_MILLIS: i32 = 250;

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
    let port = Open(channel.port1());
    let answered = js_sys::Promise::new(&mut |resolve, _| port.0.set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // The promise is never rejected.
        let _ = JsFuture::from(answered).await;
    }
}

/// A port that is closed when nobody waits any more.
struct Open(MessagePort);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits until the browser has painted what there is by now; where it does not, as nobody looks, not for long.
pub async fn next_paint() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Only where there is no window is it refused.
            let _ = window.request_animation_frame(&resolve);
        }
    });
    first(pin!(JsFuture::from(frame)), sleep(UNSEEN_MILLIS)).await;
    yield_now().await;
}

/// Waits, at least so long.
pub async fn sleep(millis: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Only where there is no window is it refused.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
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

/// Which of two was first.
#[derive(Clone, Copy, Debug)]
pub(super) enum First<A, B> {
    /// The left one.
    Left(A),
    /// The right one.
    Right(B),
}

/// Waits for one of two; the left one if both are there, and it can be waited for again.
pub(super) async fn first<A, B>(
    mut left: Pin<&mut impl Future<Output = A>>,
    right: impl Future<Output = B>,
) -> First<A, B> {
    let mut right = pin!(right);
    poll_fn(|context| match left.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(First::Left(answer)),
        Poll::Pending => right.as_mut().poll(context).map(First::Right),
    })
    .await
}

/// How work in hand is called off, or told to make do; every clone is the same.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    wish: Rc<Wish>,
    controller: Option<AbortController>,
}

#[derive(Debug, Default)]
struct Wish {
    is_canceled: Cell<bool>,
    is_stopped: Cell<bool>,
    wakers: RefCell<Vec<Waker>>,
}

impl Cancel {
    /// One that nobody has used, with a signal for `fetch`.
    pub fn new() -> Self {
        Self { wish: Rc::default(), controller: AbortController::new().ok() }
    }

    /// Calls it off.
    pub fn cancel(&self) {
        self.wish.is_canceled.set(true);
        self.wish.wake();
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }

    /// Ends reading: what has come so far is to be shown.
    pub fn stop(&self) {
        self.wish.is_stopped.set(true);
        self.wish.wake();
    }

    /// Whether it was called off.
    pub fn is_canceled(&self) -> bool {
        self.wish.is_canceled.get()
    }

    /// Whether reading is to end.
    pub fn is_stopped(&self) -> bool {
        self.wish.is_stopped.get()
    }

    /// Why work failed: an aborted fetch fails like any other.
    pub fn or(&self, error: Error) -> Error {
        if self.is_canceled() { Error::Canceled } else { error }
    }

    /// What `fetch` listens to.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    /// Does the work, or drops it at once when it is called off.
    ///
    /// # Errors
    /// When it was called off.
    pub async fn unless_canceled<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        self.wish.unless(|wish| wish.is_canceled.get(), work).await.ok_or(Error::Canceled)
    }

    /// Does the work; none when reading is to end before it is done.
    pub async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.wish.unless(|wish| wish.is_stopped.get(), work).await
    }
}

impl Wish {
    async fn unless<T>(
        &self,
        is_unwanted: impl Fn(&Self) -> bool,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if is_unwanted(self) {
                return Poll::Ready(None);
            }
            let answer = work.as_mut().poll(context).map(Some);
            if answer.is_pending() {
                self.wake_later(context.waker());
            }
            answer
        })
        .await
    }

    fn wake_later(&self, waker: &Waker) {
        let mut wakers = self.wakers.borrow_mut();
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wake(&self) {
        self.wakers.take().into_iter().for_each(Waker::wake);
    }
}
