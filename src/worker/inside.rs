//! The worker's own side: obeys orders one at a time. All decoding and all replay is reached from
//! here and from nowhere else, so that the page's code has none of it.
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::bytes::{Limits, Reader, Shape};
use crate::events::{Decoder, Early, Events, NoticeClass, Notices, Progress, practice_log};
use crate::history::replay_to;
use crate::wire::{ALIGN, Sink};
use crate::worker::{Answer, Counts, Heard, NoLog};

/// Obeys what the page orders from now on.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| say(&Answer::Failed(panic.to_string()))));
    let mut ingest = Ingest::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(order) = Heard::of_js(&message.data()) {
            say(&ingest.obey(order));
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
    fn obey(&mut self, order: Heard) -> Answer {
        match order {
            Heard::Read(bytes) => self.read(&bytes),
            Heard::EndInput(early) => self.end_input(early),
            Heard::Finish => self.finish(),
            Heard::SoFar => self.so_far(),
            Heard::Rehearse(n_times, most) => self.rehearse(n_times, most),
            Heard::Practice => self.practice(),
        }
    }

    fn read(&mut self, bytes: &Uint8Array) -> Answer {
        let Self { decoder, reader, slice, .. } = self;
        slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(slice);
        let reader = reader.get_or_insert_with(|| Reader::new(Limits::default()));
        reader.push_to(slice, decoder);
        if decoder.hopeless() {
            return self.give_up();
        }
        Answer::Read(self.counts(), Some(bytes.buffer().unchecked_into()))
    }

    fn end_input(&mut self, early: Option<Early>) -> Answer {
        let reader = self.reader.take().unwrap_or_else(|| Reader::new(Limits::default()));
        self.decoder.end_reading(reader, early);
        self.counted()
    }

    fn counted(&self) -> Answer {
        Answer::Read(self.counts(), None)
    }

    fn counts(&self) -> Counts {
        let Progress { n_events, n_unusable: n_bad, .. } = self.decoder.progress();
        let n_bytes_needed = self.decoder.n_bytes_needed(n_bytes_held());
        let is_list = |reader: &Reader| matches!(reader.shape(), Shape::Array | Shape::Object);
        let is_list = self.reader.as_ref().is_some_and(is_list);
        Counts { n_events, n_bad, n_bytes_needed, is_list }
    }

    fn finish(&mut self) -> Answer {
        if self.decoder.progress().n_events == 0 {
            return self.give_up();
        }
        make_room();
        say_all(std::mem::take(&mut self.decoder).finish())
    }

    fn so_far(&self) -> Answer {
        let nothing = || Reader::new(Limits::default());
        let read = match &self.reader {
            Some(reader) => self.decoder.so_far(reader),
            None => self.decoder.so_far(&nothing()),
        };
        if read.0.is_empty() {
            return Answer::NoLog(why_not(&read.1));
        }
        say_all(read)
    }

    /// An engine compiles anew what turns out to be much used, between two calls of it, and what happens once at the
    /// end would be over by then: after a small part of the log that has been done while the rest comes. For that there is room then.
    fn rehearse(&mut self, n_times: u32, most: u64) -> Answer {
        if let Some(reader) = self.reader.as_ref().filter(|_| !self.has_practiced) {
            replay_to(self.decoder.so_far(reader), &mut |_: &[u8]| ());
        }
        self.decoder.foresee(n_times, most.saturating_sub(n_bytes_held()));
        self.counted()
    }

    /// The same before there is any log: reading as well is faster from the first byte on then. What happened in the
    /// log of nobody is for the page to practice with.
    fn practice(&mut self) -> Answer {
        let (log, mut decoder) = (practice_log(PRACTICE_RUNS), Decoder::new());
        let mut reader = Reader::new(Limits::default());
        reader.push_to(log.as_bytes(), &mut decoder);
        decoder.end_reading(reader, None);
        let (events, notices) = decoder.finish();
        let mut slices = Vec::new();
        for _ in 0..PRACTICE_TIMES {
            slices.clear();
            hand_over((events.clone(), notices.clone()), &mut |slice| slices.push(slice));
        }
        self.has_practiced = true;
        Answer::Practiced(slices)
    }

    fn give_up(&mut self) -> Answer {
        let (_, notices) = std::mem::take(&mut self.decoder).finish();
        Answer::NoLog(why_not(&notices))
    }
}

/// What happened; the last answer to that is still to be given.
fn say_all(read: (Events, Notices)) -> Answer {
    hand_over(read, &mut |slice| say(&Answer::Columns(slice)));
    Answer::Done
}

/// What happened, as slices.
fn hand_over(read: (Events, Notices), say: &mut dyn FnMut(ArrayBuffer)) {
    let mut slices = Slices::new(say);
    replay_to(read, &mut slices);
    slices.pause();
}

/// Bytes of a slice of columns: few enough that the page has something to do early, so many that messages are few.
const SLICE_BYTES: u32 = 1 << 20;
const _: () = assert!((SLICE_BYTES as usize).is_multiple_of(ALIGN), "no cell is in two slices");

/// Bytes → slices as they are sent.
struct Slices<'a> {
    say: &'a mut dyn FnMut(ArrayBuffer),
    /// The slice in hand, and how much of it is full.
    slice: Uint8Array,
    n_bytes: u32,
}

impl<'a> Slices<'a> {
    fn new(say: &'a mut dyn FnMut(ArrayBuffer)) -> Self {
        Self { say, slice: Uint8Array::new_with_length(SLICE_BYTES), n_bytes: 0 }
    }
}

impl Sink for Slices<'_> {
    fn take(&mut self, mut part: &[u8]) {
        while !part.is_empty() {
            let n_free = (SLICE_BYTES - self.n_bytes) as usize;
            let (now, later) = part.split_at(part.len().min(n_free));
            let end = self.n_bytes + now.len() as u32;
            self.slice.subarray(self.n_bytes, end).copy_from(now);
            (self.n_bytes, part) = (end, later);
            if end == SLICE_BYTES {
                let full =
                    std::mem::replace(&mut self.slice, Uint8Array::new_with_length(SLICE_BYTES));
                self.n_bytes = 0;
                (self.say)(full.buffer().unchecked_into());
            }
        }
    }

    /// A slice that is not full goes as long as it is.
    fn pause(&mut self) {
        if self.n_bytes > 0 {
            let slice = self.slice.slice(0, self.n_bytes);
            self.n_bytes = 0;
            (self.say)(slice.buffer().unchecked_into());
        }
    }
}

/// What the worker's memory has grown to. It never shrinks, so this is what the browser has given.
fn n_bytes_held() -> u64 {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) as u64 * (64 << 10);
    #[cfg(not(target_arch = "wasm32"))]
    0
}

/// The share of what is held that it takes to work out what happened, about, beside that: of a log of a million events 73 MB beside
/// 147.
const REPLAY_SHARE: u64 = 2;

/// Asks the browser for that memory in one piece, and does without if it has none: to ask for a little time and again, as lists grow,
/// takes longer.
fn make_room() {
    let mut room = Vec::<u8>::new();
    let n_bytes = usize::try_from(n_bytes_held() / REPLAY_SHARE).unwrap_or(0);
    let _ = room.try_reserve_exact(n_bytes);
    std::hint::black_box(room);
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
