//! zstd → text, a block at a time: frames in a row, frames to be skipped, checksums; whatever the cuts
//! between slices. Holds one window and one block, never the text. Blocks themselves are decoded by
//! `ruzstd`; here they are only cut out, so that it is never asked for one that has not come.
use ruzstd::decoding::BlockDecodingStrategy::UptoBlocks;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::io::Read;

/// The largest window that is held: what `zstd` itself decompresses without being asked to, 2²⁷.
pub const MAX_WINDOW_BYTES: u64 = 128 << 20;

/// The largest block, by the format.
const MAX_BLOCK_BYTES: usize = 128 << 10;

/// So much text is given at once.
const TEXT_BYTES: usize = 1 << 20;

const MAGIC: u32 = 0xfd2f_b528;

/// Decompresses the slices that are pushed into it.
pub struct Unzstd {
    decoder: FrameDecoder,
    /// Compressed bytes that were not used yet, from `at` on.
    waiting: Vec<u8>,
    at: usize,
    /// No more will be pushed.
    is_last: bool,
    state: State,
    /// It cannot go on.
    failed: Option<ZstdError>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Before a frame.
    Header,
    /// Inside of a frame that is to be skipped: so many bytes are left.
    Skip(u64),
    /// Before a block.
    Block { has_checksum: bool },
    /// All blocks are decoded: the rest of the text is to be given.
    End { has_checksum: bool },
}

/// What decompression came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is text in the buffer.
    Text,
    /// All that was pushed is used up: push more, or say that there is no more.
    Hungry,
    /// The end of the last frame.
    End,
}

/// Why it cannot go on. Text that was given stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZstdError {
    /// The bytes end inside of a frame.
    Cut,
    /// They are no zstd, or a checksum is not that of the text.
    Damaged,
    /// A dictionary is needed.
    Dictionary,
    /// A window larger than [`MAX_WINDOW_BYTES`] is needed.
    Window,
}

impl ZstdError {
    const ALL: [Self; 4] = [Self::Cut, Self::Damaged, Self::Dictionary, Self::Window];

    /// Its name in a message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Damaged => "damaged",
            Self::Dictionary => "dictionary",
            Self::Window => "window",
        }
    }

    /// The one of that name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.word() == word)
    }
}

impl Default for Unzstd {
    fn default() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        Self {
            decoder,
            waiting: Vec::new(),
            at: 0,
            is_last: false,
            state: State::Header,
            failed: None,
        }
    }
}

impl Unzstd {
    /// Takes the next compressed bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.waiting.drain(..self.at);
        self.at = 0;
        self.waiting.extend_from_slice(bytes);
    }

    /// There are no more compressed bytes.
    pub fn finish(&mut self) {
        self.is_last = true;
    }

    /// Goes on until there is a good piece of text, or nothing left to do. The text is put into
    /// `text`, in place of what was there.
    ///
    /// # Errors
    /// When the bytes are no zstd, or need more than is given here.
    pub fn next(&mut self, text: &mut Vec<u8>) -> Result<Step, ZstdError> {
        text.clear();
        let step = match self.failed {
            Some(error) => Err(error),
            None => self.go_on(text),
        };
        self.failed = step.err();
        // What came before an error is given before it.
        step.or_else(|error| if text.is_empty() { Err(error) } else { Ok(Step::Text) })
    }

    fn go_on(&mut self, text: &mut Vec<u8>) -> Result<Step, ZstdError> {
        loop {
            self.give(text)?;
            if text.len() >= TEXT_BYTES {
                return Ok(Step::Text);
            }
            let step = match self.state {
                State::End { has_checksum } => Some(self.end(has_checksum)?),
                State::Header => self.header()?,
                State::Skip(n) => self.skip(n),
                State::Block { has_checksum } => self.block(has_checksum)?,
            };
            match step {
                Some(()) => {}
                None if !text.is_empty() => return Ok(Step::Text),
                None if !self.is_last => return Ok(Step::Hungry),
                None if matches!(self.state, State::Header) && self.unread().is_empty() => {
                    return Ok(Step::End);
                }
                None => return Err(ZstdError::Cut),
            }
        }
    }

    fn unread(&self) -> &[u8] {
        self.waiting.get(self.at..).unwrap_or_default()
    }

    /// Nothing when there are too few bytes.
    fn header(&mut self) -> Result<Option<()>, ZstdError> {
        let unread = self.waiting.get(self.at..).unwrap_or_default();
        let Some((&magic, rest)) = unread.split_first_chunk() else { return Ok(None) };
        let magic = u32::from_le_bytes(magic);
        if magic & 0xffff_fff0 == 0x184d_2a50 {
            let Some((&length, _)) = rest.split_first_chunk() else { return Ok(None) };
            self.at += 8;
            self.state = State::Skip(u64::from(u32::from_le_bytes(length)));
            return Ok(Some(()));
        }
        if magic != MAGIC {
            return Err(ZstdError::Damaged);
        }
        let Some(&descriptor) = rest.first() else { return Ok(None) };
        let Some(mut header) = unread.get(..header_bytes(descriptor)) else { return Ok(None) };
        let n_bytes = header.len();
        self.decoder.reset(&mut header).map_err(|error| match error {
            FrameDecoderError::DictNotProvided { .. } => ZstdError::Dictionary,
            FrameDecoderError::WindowSizeTooBig { .. } => ZstdError::Window,
            _ => ZstdError::Damaged,
        })?;
        self.at += n_bytes;
        self.state = State::Block { has_checksum: descriptor & 4 != 0 };
        Ok(Some(()))
    }

    fn skip(&mut self, n: u64) -> Option<()> {
        let n_there = (self.unread().len() as u64).min(n);
        self.at += n_there as usize;
        self.state = if n_there == n { State::Header } else { State::Skip(n - n_there) };
        (n_there == n).then_some(())
    }

    fn block(&mut self, has_checksum: bool) -> Result<Option<()>, ZstdError> {
        let unread = self.waiting.get(self.at..).unwrap_or_default();
        let Some(&[a, b, c]) = unread.first_chunk() else { return Ok(None) };
        let head = u32::from_le_bytes([a, b, c, 0]);
        let (is_last, kind, size) = (head & 1 == 1, head >> 1 & 3, (head >> 3) as usize);
        if size > MAX_BLOCK_BYTES || kind == 3 {
            return Err(ZstdError::Damaged);
        }
        // One byte that stands for many, in a block of that kind.
        let n_body = if kind == 1 { 1 } else { size };
        let n_bytes = 3 + n_body + if is_last && has_checksum { 4 } else { 0 };
        let Some(mut block) = unread.get(..n_bytes) else { return Ok(None) };
        let decoded = self.decoder.decode_blocks(&mut block, UptoBlocks(1));
        decoded.map_err(|_| ZstdError::Damaged)?;
        self.at += n_bytes;
        if is_last {
            self.state = State::End { has_checksum };
        }
        Ok(Some(()))
    }

    /// What of the decoded blocks no later block can refer to.
    fn give(&mut self, text: &mut Vec<u8>) -> Result<(), ZstdError> {
        let from = text.len();
        let n = self.decoder.can_collect().min(TEXT_BYTES.saturating_sub(from));
        text.resize(from + n, 0);
        let Some(room) = text.get_mut(from..) else { return Ok(()) };
        let n = self.decoder.read(room).map_err(|_| ZstdError::Damaged)?;
        text.truncate(from + n);
        Ok(())
    }

    fn end(&mut self, has_checksum: bool) -> Result<(), ZstdError> {
        let said = self.decoder.get_checksum_from_data();
        if has_checksum && said != self.decoder.get_calculated_checksum() {
            return Err(ZstdError::Damaged);
        }
        self.state = State::Header;
        Ok(())
    }
}

/// The length of a frame's header (RFC 8878, 3.1.1.1), from the byte behind the magic number.
const fn header_bytes(descriptor: u8) -> usize {
    let is_single = descriptor & 0x20 != 0;
    let n_size = match descriptor >> 6 {
        0 => is_single as usize,
        1 => 2,
        2 => 4,
        _ => 8,
    };
    let n_dictionary = match descriptor & 3 {
        3 => 4,
        n => n as usize,
    };
    5 + !is_single as usize + n_dictionary + n_size
}
