//! What the page and its worker say to each other: lists that begin with a word. Every order to read
//! is answered once, in order; those to say what happened by [`Answer::Columns`] as often as it takes and [`Answer::Done`], or by [`Answer::NoLog`]. Knows nothing of how messages travel.
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::events::Early;

/// Page to worker.
#[derive(Clone, Debug)]
pub enum Order {
    /// Read the next bytes of the input in hand. Their buffer is transferred.
    Read(Uint8Array),
    /// The input in hand has ended; early, if there is a reason.
    EndInput(Option<Early>),
    /// There is no more input: say what happened.
    Finish,
    /// Say what happened so far; the input in hand goes on.
    SoFar,
    /// Make room for `n_times` as much again, if that takes no more than `most` bytes, and work out what happened so far, for
    /// practice: answered as an order to read is.
    Rehearse {
        /// How many times as much is to come as has.
        n_times: u32,
        /// Bytes that decoding may hold.
        most: u64,
    },
    /// Read a log of nobody, for practice, as there is none yet. Answered by [`Answer::Practiced`].
    Practice,
}

/// Worker to page.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Orders are heard from now on.
    Ready,
    /// An order to read, or an input's end, was obeyed. The buffer of what was read is transferred back.
    Read(Counts, Option<ArrayBuffer>),
    /// This is no event log.
    NoLog(NoLog),
    /// The next slice of the columns. Transferred.
    Columns(ArrayBuffer),
    /// These were all columns.
    Done,
    /// All slices of the columns of the log of nobody. Transferred.
    Practiced(Vec<ArrayBuffer>),
    /// It is over, and why.
    Failed(String),
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events so far, of all inputs.
    pub n_events: u64,
    /// Records that cannot be used, of all inputs.
    pub n_bad: u64,
    /// The memory that it takes to go on to the history from here.
    pub n_bytes_needed: u64,
    /// The input in hand is one list of all events, so that nothing can be added at its end.
    pub is_list: bool,
}

/// Why it is no log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoLog {
    /// How many records were read before giving up.
    pub n_records: u64,
    /// How many of them could not be used.
    pub n_bad: u64,
    /// Why the first of them could not.
    pub reason: Option<String>,
}

impl Order {
    /// The message, and what of it is transferred.
    pub fn to_js(&self) -> (Array, Array) {
        match self {
            Self::Read(bytes) => (Array::of2(&"read".into(), bytes), Array::of1(&bytes.buffer())),
            Self::EndInput(None) => (Array::of1(&"end".into()), Array::new()),
            Self::EndInput(Some(early)) => {
                (Array::of2(&"end".into(), &early.word().into()), Array::new())
            }
            Self::Finish => (Array::of1(&"finish".into()), Array::new()),
            Self::SoFar => (Array::of1(&"so-far".into()), Array::new()),
            Self::Rehearse { n_times, most } => {
                let message = Array::of3(&"rehearse".into(), &(*n_times).into(), &number(*most));
                (message, Array::new())
            }
            Self::Practice => (Array::of1(&"practice".into()), Array::new()),
        }
    }
}

/// An order as the worker hears it.
#[derive(Clone, Debug)]
pub enum Heard {
    /// [`Order::Read`]
    Read(Uint8Array),
    /// [`Order::EndInput`]
    EndInput(Option<Early>),
    /// [`Order::Finish`]
    Finish,
    /// [`Order::SoFar`]
    SoFar,
    /// [`Order::Rehearse`]
    Rehearse(u32, u64),
    /// [`Order::Practice`]
    Practice,
}

impl Heard {
    /// The order; none if the message is none.
    pub fn of_js(message: &JsValue) -> Option<Self> {
        let message: &Array = message.dyn_ref()?;
        Some(match message.get(0).as_string()?.as_str() {
            "read" => Self::Read(message.get(1).dyn_into().ok()?),
            "end" => Self::EndInput(match message.get(1).as_string() {
                Some(word) => Some(Early::of_word(&word)?),
                None => None,
            }),
            "finish" => Self::Finish,
            "so-far" => Self::SoFar,
            "rehearse" => {
                Self::Rehearse(u32::try_from(count(message, 1)?).ok()?, count(message, 2)?)
            }
            "practice" => Self::Practice,
            _ => return None,
        })
    }
}

impl Answer {
    /// The message, and what of it is transferred.
    pub fn to_js(&self) -> (Array, Array) {
        let message = match self {
            Self::Ready => Array::of1(&"ready".into()),
            Self::Read(counts, buffer) => {
                let Counts { n_events, n_bad, n_bytes_needed, is_list } = *counts;
                let [n_events, n_bad, needed] = [n_events, n_bad, n_bytes_needed].map(number);
                let mut message =
                    Array::of5(&"read".into(), &n_events, &n_bad, &needed, &is_list.into());
                message.extend(buffer);
                return (message, buffer.iter().collect());
            }
            Self::NoLog(NoLog { n_records, n_bad, reason }) => {
                let reason = reason.as_deref().map_or(JsValue::NULL, JsValue::from_str);
                Array::of4(&"no-log".into(), &number(*n_records), &number(*n_bad), &reason)
            }
            Self::Columns(slice) => {
                return (Array::of2(&"columns".into(), slice), Array::of1(slice));
            }
            Self::Done => Array::of1(&"done".into()),
            Self::Practiced(slices) => {
                let slices: Array = slices.iter().collect();
                return (Array::of2(&"practiced".into(), &slices), slices);
            }
            Self::Failed(reason) => Array::of2(&"failed".into(), &reason.into()),
        };
        (message, Array::new())
    }

    /// The answer; none if the message is none.
    pub fn of_js(message: &JsValue) -> Option<Self> {
        let message: &Array = message.dyn_ref()?;
        Some(match message.get(0).as_string()?.as_str() {
            "ready" => Self::Ready,
            "read" => {
                let counts = Counts {
                    n_events: count(message, 1)?,
                    n_bad: count(message, 2)?,
                    n_bytes_needed: count(message, 3)?,
                    is_list: message.get(4).as_bool()?,
                };
                Self::Read(counts, message.get(5).dyn_into().ok())
            }
            "no-log" => Self::NoLog(NoLog {
                n_records: count(message, 1)?,
                n_bad: count(message, 2)?,
                reason: message.get(3).as_string(),
            }),
            "columns" => Self::Columns(message.get(1).dyn_into().ok()?),
            "done" => Self::Done,
            "practiced" => {
                let slices: Array = message.get(1).dyn_into().ok()?;
                let slices = slices.iter().map(|slice| slice.dyn_into().ok());
                Self::Practiced(slices.collect::<Option<_>>()?)
            }
            "failed" => Self::Failed(message.get(1).as_string()?),
            _ => return None,
        })
    }
}

fn number(n: u64) -> JsValue {
    JsValue::from_f64(n as f64)
}

#[expect(clippy::cast_sign_loss, reason = "counts are whole and not negative")]
fn count(message: &Array, at: u32) -> Option<u64> {
    message.get(at).as_f64().map(|n| n as u64)
}
