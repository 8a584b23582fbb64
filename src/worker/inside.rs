//! The worker's own side: obeys orders one at a time. All decoding and all replay is reached from
//! here and from nowhere else, so that the page's code has none of it.
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::bytes::{Limits, Reader, Shape};
use crate::events::{Decoder, Early, Events, NoticeClass, Notices, Progress, practice_log};
use crate::history::replay;
use crate::wire::Packed;
use crate::worker::{Answer, Counts, Heard, NoLog};

/// Obeys what the page orders from now on.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| say(&Answer::Failed(panic.to_string()))));
    let mut ingest = Ingest::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(order) = Heard::of_js(&message.data()) {
            ingest.obey(order).iter().for_each(say);
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&Answer::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(answer: &Answer) {
    let (message, transfer) = answer.to_js();
    // Only a list with the same buffer twice is refused.
    let _ = scope().post_message_with_transfer(&message, &transfer);
}

#[derive(Debug, Default)]
struct Ingest {
    decoder: Decoder,
    reader: Option<Reader>,
    /// The slice in hand; kept for its room.
    slice: Vec<u8>,
    has_practiced: bool,
}

/// Runs of the log for practice: 1.6 MB of it, 8,400 events.
const PRACTICE_RUNS: usize = 1_600;

/// So often it is worked out what happened there: an engine compiles anew, for speed, what is called much.
const PRACTICE_TIMES: usize = 20;

impl Ingest {
    /// The answer, if there is to be one.
    fn obey(&mut self, order: Heard) -> Option<Answer> {
        Some(match order {
            Heard::Read(bytes) => self.read(&bytes),
            Heard::EndInput(early) => self.end_input(early),
            Heard::Finish => self.finish(),
            Heard::SoFar => self.so_far(),
            Heard::Rehearse => self.rehearse(),
            Heard::Practice => self.practice()?,
        })
    }

    fn read(&mut self, bytes: &Uint8Array) -> Answer {
        let Self { decoder, reader, slice, .. } = self;
        slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(slice);
        let reader = reader.get_or_insert_with(|| Reader::new(Limits::default()));
        reader.push(slice, &mut |record| decoder.push(record));
        if decoder.hopeless() { self.give_up() } else { self.counted() }
    }

    fn end_input(&mut self, early: Option<Early>) -> Answer {
        let reader = self.reader.take().unwrap_or_else(|| Reader::new(Limits::default()));
        self.decoder.end_reading(reader, early);
        self.counted()
    }

    fn counted(&self) -> Answer {
        let Progress { n_events, n_unusable: n_bad, .. } = self.decoder.progress();
        let n_bytes_needed = self.decoder.n_bytes_needed(n_bytes_held());
        let is_list = |reader: &Reader| matches!(reader.shape(), Shape::Array | Shape::Object);
        let is_list = self.reader.as_ref().is_some_and(is_list);
        Answer::Read(Counts { n_events, n_bad, n_bytes_needed, is_list })
    }

    fn finish(&mut self) -> Answer {
        if self.decoder.progress().n_events == 0 {
            return self.give_up();
        }
        hand_over(std::mem::take(&mut self.decoder).finish())
    }

    fn so_far(&self) -> Answer {
        let nothing = || Reader::new(Limits::default());
        let read = match &self.reader {
            Some(reader) => self.decoder.so_far(reader),
            None => self.decoder.so_far(&nothing()),
        };
        if read.0.is_empty() { Answer::NoLog(why_not(&read.1)) } else { hand_over(read) }
    }

    /// An engine compiles anew what turns out to be much used, between two calls of it, and what happens once at the
    /// end would be over by then: after a small part of the log that has been done while the rest comes.
    fn rehearse(&self) -> Answer {
        if let Some(reader) = self.reader.as_ref().filter(|_| !self.has_practiced) {
            let (events, _) = self.decoder.so_far(reader);
            drop(replay(events));
        }
        self.counted()
    }

    /// The same before there is any log: reading as well is faster from the first byte on then. What happened in the
    /// log of nobody is for the page to practice with.
    fn practice(&mut self) -> Option<Answer> {
        let (log, mut decoder) = (practice_log(PRACTICE_RUNS), Decoder::new());
        let mut reader = Reader::new(Limits::default());
        reader.push(log.as_bytes(), &mut |record| decoder.push(record));
        decoder.end_reading(reader, None);
        let (events, notices) = decoder.finish();
        let often = || hand_over((events.clone(), notices.clone()));
        let last = std::iter::repeat_with(often).take(PRACTICE_TIMES).last();
        self.has_practiced = true;
        match last? {
            Answer::Done(buffer) => Some(Answer::Practiced(buffer)),
            _ => None,
        }
    }

    fn give_up(&mut self) -> Answer {
        let (_, notices) = std::mem::take(&mut self.decoder).finish();
        Answer::NoLog(why_not(&notices))
    }
}

fn hand_over((events, notices): (Events, Notices)) -> Answer {
    let (history, anomalies) = replay(events);
    let mut read = (history, anomalies, notices);
    let packed = Packed::new(&mut read);
    let Ok(n_bytes) = u32::try_from(packed.n_bytes()) else {
        return Answer::Failed("the log is larger than 4 GB".to_owned());
    };
    let buffer = ArrayBuffer::new(n_bytes);
    let (bytes, mut at) = (Uint8Array::new(&buffer), 0);
    packed.write(|part| {
        let end = at + part.len() as u32;
        bytes.subarray(at, end).copy_from(part);
        at = end;
    });
    Answer::Done(buffer)
}

/// What the worker's memory has grown to. It never shrinks, so this is what the browser has given.
fn n_bytes_held() -> u64 {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) as u64 * (64 << 10);
    #[cfg(not(target_arch = "wasm32"))]
    0
}

fn why_not(notices: &Notices) -> NoLog {
    let classes = NoticeClass::ALL.into_iter().map(|class| notices.class(class));
    let first = classes.clone().filter_map(|class| class.samples.first());
    let first = first.min_by_key(|notice| (notice.span.input, notice.span.offset));
    NoLog {
        n_records: notices.n_records,
        n_bad: classes.map(|class| class.count).sum(),
        reason: first.map(|notice| format!("line {}: {}", notice.line, notice.reason)),
    }
}
