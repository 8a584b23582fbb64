//! Values that one word tells.

/// What can be told by one word.
pub trait Whole: Copy {
    /// The word.
    fn to_word(self) -> u64;
    /// The value that a word tells, if any.
    fn of_word(word: u64) -> Option<Self>;
}

impl Whole for u64 {
    fn to_word(self) -> u64 {
        self
    }

    fn of_word(word: u64) -> Option<Self> {
        Some(word)
    }
}

impl Whole for u32 {
    fn to_word(self) -> u64 {
        u64::from(self)
    }

    fn of_word(word: u64) -> Option<Self> {
        Self::try_from(word).ok()
    }
}

impl Whole for bool {
    fn to_word(self) -> u64 {
        u64::from(self)
    }

    fn of_word(word: u64) -> Option<Self> {
        u8::try_from(word).ok().filter(|&word| word <= 1).map(|word| word == 1)
    }
}

/// Zero is none. The greatest word of all is taken for the one below it.
impl Whole for Option<u64> {
    fn to_word(self) -> u64 {
        self.map_or(0, |word| word.saturating_add(1))
    }

    fn of_word(word: u64) -> Option<Self> {
        Some(word.checked_sub(1))
    }
}
