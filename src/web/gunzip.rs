//! gzip → text by the browser's own decompressor. It reads one member and calls the rest junk, so
//! members are told apart here, by their headers. Never holds more than a few chunks.
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, WritableStream, WritableStreamDefaultWriter};

use super::stream::{Chunks, alone, chunk_of};

/// The fixed part of a member's header (RFC 1952, 2.3).
const HEADER_BYTES: usize = 10;

/// The shortest member: header, an empty deflate block, and the trailer.
const MEMBER_BYTES: usize = HEADER_BYTES + 2 + 8;

/// Decompresses the chunks that are pushed into it.
#[derive(Debug, Default)]
pub(super) struct Gunzip {
    /// Compressed bytes that no member was given yet.
    waiting: Vec<u8>,
    /// No more will be pushed.
    is_last: bool,
    member: Option<Member>,
}

/// What decompression came to.
#[derive(Debug)]
pub(super) enum Step {
    /// Some text.
    Text(Uint8Array),
    /// All that was pushed is used up: push more, or say that there is no more.
    Hungry,
    /// The end of the last member.
    End,
}

impl Gunzip {
    /// Takes the next compressed bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// There are no more compressed bytes.
    pub(super) fn finish(&mut self) {
        self.is_last = true;
    }

    /// Goes on until there is text, or nothing left to do.
    ///
    /// # Errors
    /// When the bytes are no gzip, or end in the middle of a member. Text that was given stands.
    pub(super) async fn next(&mut self) -> Result<Step, JsValue> {
        loop {
            let Some(member) = &mut self.member else {
                match (self.waiting.is_empty(), self.is_last) {
                    (false, _) => self.member = Some(Member::new()?),
                    (true, false) => return Ok(Step::Hungry),
                    (true, true) => return Ok(Step::End),
                }
                continue;
            };
            match member.answer().await? {
                Answer::Text(text) => return Ok(Step::Text(text)),
                Answer::End => self.member = None,
                Answer::Quiet => match cut(&self.waiting, member.n_given, self.is_last) {
                    Cut::End(0) => member.close(),
                    Cut::End(n) | Cut::More(n) if n > 0 => {
                        member.give(&self.waiting[..n]);
                        self.waiting.drain(..n);
                    }
                    _ => return Ok(Step::Hungry),
                },
            }
        }
    }
}

/// How many of the waiting bytes belong to the member in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// So many, and then it ends.
    End(usize),
    /// So many at least.
    More(usize),
}

/// Finds the next member's header. Ten bytes of compressed data look like one about once in 100 GB:
/// three fixed ones, three reserved bits, and two bytes of which writers use few values.
fn cut(waiting: &[u8], n_given: usize, is_last: bool) -> Cut {
    let from = MEMBER_BYTES.saturating_sub(n_given);
    let headers = waiting.windows(HEADER_BYTES).enumerate().skip(from);
    match headers.into_iter().find(|(_, bytes)| is_header(bytes)) {
        Some((at, _)) => Cut::End(at),
        None if is_last => Cut::End(waiting.len()),
        None => Cut::More(waiting.len().saturating_sub(HEADER_BYTES - 1)),
    }
}

fn is_header(bytes: &[u8]) -> bool {
    let &[0x1f, 0x8b, 8, flags, _, _, _, _, extra_flags, system, ..] = bytes else { return false };
    flags & 0xe0 == 0 && matches!(extra_flags, 0 | 2 | 4) && matches!(system, 0..=13 | 255)
}

/// One member on its way through the browser's decompressor.
#[derive(Debug)]
struct Member {
    writer: WritableStreamDefaultWriter,
    text: Chunks,
    read: JsFuture,
    write: Option<JsFuture>,
    is_closing: bool,
    n_given: usize,
}

#[derive(Debug)]
enum Answer {
    Text(Uint8Array),
    /// It has ended, and rightly.
    End,
    /// There is no more text in what it was given.
    Quiet,
}

impl Member {
    fn new() -> Result<Self, JsValue> {
        let (input, output) = decompression_stream()?;
        let text = Chunks::of(&output)?;
        Ok(Self {
            writer: input.get_writer()?,
            read: text.read().into(),
            text,
            write: None,
            is_closing: false,
            n_given: 0,
        })
    }

    fn give(&mut self, bytes: &[u8]) {
        let chunk = Uint8Array::from(bytes);
        self.write = Some(self.writer.write_with_chunk(&chunk).into());
        self.n_given += bytes.len();
    }

    /// A stream that fails at its close drops what nobody has read: only close when all is quiet.
    fn close(&mut self) {
        self.write = Some(self.writer.close().into());
        self.is_closing = true;
    }

    async fn answer(&mut self) -> Result<Answer, JsValue> {
        while self.write.is_some() || self.is_closing {
            if let Some(answer) = self.read_or_written().await? {
                return Ok(answer);
            }
        }
        // Text that is already there answers within one turn of the promises, before this does.
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await?;
        let read = poll_fn(|context| Poll::Ready(Pin::new(&mut self.read).poll(context))).await;
        match read {
            Poll::Ready(answer) => self.take(&answer?),
            Poll::Pending => Ok(Answer::Quiet),
        }
    }

    /// Waits for text, or for the write in hand to be done with, whichever is first.
    async fn read_or_written(&mut self) -> Result<Option<Answer>, JsValue> {
        let answer = poll_fn(|context| {
            if let Poll::Ready(answer) = Pin::new(&mut self.read).poll(context) {
                return Poll::Ready(answer.map(Some));
            }
            match &mut self.write {
                Some(write) => Pin::new(write).poll(context).map(|done| done.map(|_| None)),
                None => Poll::Pending,
            }
        });
        if let Some(answer) = answer.await? {
            return self.take(&answer).map(Some);
        }
        self.write = None;
        Ok(None)
    }

    fn take(&mut self, answer: &JsValue) -> Result<Answer, JsValue> {
        let Some(text) = chunk_of(answer)? else { return Ok(Answer::End) };
        self.read = self.text.read().into();
        Ok(Answer::Text(alone(&text)))
    }
}

/// `new DecompressionStream("gzip")`, which the bindings do not have.
fn decompression_stream() -> Result<(WritableStream, ReadableStream), JsValue> {
    let class = Reflect::get(&js_sys::global(), &"DecompressionStream".into())?;
    let stream = Reflect::construct(
        &class.dyn_into::<Function>()?,
        &Array::of1(&JsValue::from_str("gzip")),
    )?;
    let input = Reflect::get(&stream, &"writable".into())?.dyn_into::<WritableStream>()?;
    let output = Reflect::get(&stream, &"readable".into())?.dyn_into::<ReadableStream>()?;
    Ok((input, output))
}
