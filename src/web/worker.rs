//! The worker as the page has it: orders go in, answers come out, and dropping it ends it, whatever it
//! is doing.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::ArrayBuffer;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent};

use super::{Error, dom};
use crate::worker::{Answer, Order};

/// The `<meta>` of the document that names what loads the worker's code.
const NAME: &str = "worker";

/// What loads it where nothing is named.
const LOADER: &str = "load_worker.js";

/// A worker that reads one log.
#[derive(Debug)]
pub(super) struct Worker {
    inner: web_sys::Worker,
    mail: Rc<RefCell<Mail>>,
    /// Whether it was told to practice.
    practices: bool,
    /// Called by the browser for as long as there is a worker.
    _listeners: [Listener; 2],
}

type Listener = Closure<dyn FnMut(JsValue)>;

/// What is done with the columns of the log of nobody.
type Practice = Rc<dyn Fn(Vec<ArrayBuffer>)>;

thread_local! {
    /// One that nobody has yet.
    static SPARE: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// The page's, once it has said.
    static PRACTICE: RefCell<Option<Practice>> = const { RefCell::new(None) };
}

/// Somebody is about to choose a log: meanwhile the worker's code comes and is compiled, and practiced.
pub fn expect_choice() {
    SPARE.with_borrow_mut(|spare| {
        if let Some(worker) = expected(spare)
            && !std::mem::replace(&mut worker.practices, true)
        {
            worker.send(Order::Practice);
        }
    });
}

/// A log is about to be asked for: meanwhile the worker's code comes.
pub fn expect_log() {
    SPARE.with_borrow_mut(|spare| {
        expected(spare);
    });
}

/// Where there is none to be had, whoever needs one is told.
fn expected(spare: &mut Option<Worker>) -> Option<&mut Worker> {
    if spare.is_none() {
        *spare = Worker::begin().ok();
    }
    spare.as_mut()
}

/// From now on `practice` is given the columns of the log of nobody that a worker has practiced with, for the page to do the same.
pub fn share_practice(practice: impl Fn(Vec<ArrayBuffer>) + 'static) {
    PRACTICE.set(Some(Rc::new(practice)));
}

#[derive(Debug, Default)]
struct Mail {
    /// Whether it hears.
    is_ready: bool,
    /// Orders from before it could hear.
    waiting: Vec<Order>,
    /// Answers that nobody has taken.
    answers: VecDeque<Answer>,
    waker: Option<Waker>,
}

impl Worker {
    /// The one that was expected ([`expect_log`], [`expect_choice`]), else a new one. Its code may still be on its way when this returns.
    ///
    /// # Errors
    /// When the browser has none to give.
    pub(super) fn start() -> Result<Self, Error> {
        // One that has failed since is of no use.
        let is_well = |spare: &Self| spare.mail.borrow().answers.is_empty();
        SPARE.take().filter(is_well).map_or_else(Self::begin, Ok)
    }

    fn begin() -> Result<Self, Error> {
        let worker = web_sys::Worker::new(&dom::meta(NAME).unwrap_or_else(|| LOADER.to_owned()));
        let worker = worker.map_err(|error| Error::Worker(told(&error)))?;
        let mail = Rc::<RefCell<Mail>>::default();
        let (on_message, on_error) = (hear_answers(&worker, &mail), hear_failure(&mail));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { inner: worker, mail, practices: false, _listeners: [on_message, on_error] })
    }

    /// Sends an order, as soon as it can be heard.
    pub(super) fn send(&self, order: Order) {
        let mut mail = self.mail.borrow_mut();
        if mail.is_ready {
            post(&self.inner, &order, &mut mail);
        } else {
            mail.waiting.push(order);
        }
    }

    /// The next answer.
    pub(super) async fn hear(&self) -> Answer {
        poll_fn(|context| {
            let mut mail = self.mail.borrow_mut();
            if let Some(answer) = mail.answers.pop_front() {
                return Poll::Ready(answer);
            }
            mail.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.terminate();
    }
}

impl Mail {
    fn take_in(&mut self, answer: Answer) -> Option<Waker> {
        self.answers.push_back(answer);
        self.waker.take()
    }
}

/// It hears from now on.
fn start(worker: &web_sys::Worker, mail: &mut Mail) {
    mail.is_ready = true;
    for order in std::mem::take(&mut mail.waiting) {
        post(worker, &order, mail);
    }
}

fn post(worker: &web_sys::Worker, order: &Order, mail: &mut Mail) {
    let (message, transfer) = order.to_js();
    if let Err(error) = worker.post_message_with_transfer(&message, &transfer) {
        mail.answers.push_back(Answer::Failed(told(&error)));
    }
}

fn hear_answers(worker: &web_sys::Worker, mail: &Rc<RefCell<Mail>>) -> Listener {
    let (worker, mail) = (worker.clone(), mail.clone());
    Closure::new(move |message: JsValue| {
        let message: MessageEvent = message.unchecked_into();
        let Some(answer) = Answer::of_js(&message.data()) else { return };
        match answer {
            Answer::Ready => start(&worker, &mut mail.borrow_mut()),
            Answer::Practiced(slices) => {
                if let Some(practice) = PRACTICE.with_borrow(Clone::clone) {
                    practice(slices);
                }
            }
            answer => {
                let waker = mail.borrow_mut().take_in(answer);
                waker.into_iter().for_each(Waker::wake);
            }
        }
    })
}

/// What nobody caught: code that could not be loaded, or memory that there was none of.
fn hear_failure(mail: &Rc<RefCell<Mail>>) -> Listener {
    let mail = mail.clone();
    Closure::new(move |event: JsValue| {
        let message = event.dyn_ref().map(ErrorEvent::message).filter(|text| !text.is_empty());
        let reason = message.unwrap_or_else(|| "its code could not be loaded".to_owned());
        let waker = mail.borrow_mut().take_in(Answer::Failed(reason));
        waker.into_iter().for_each(Waker::wake);
    })
}

fn told(error: &JsValue) -> String {
    let error = error.dyn_ref::<js_sys::Error>();
    error.map_or_else(|| "the browser refused".to_owned(), |error| error.message().into())
}
