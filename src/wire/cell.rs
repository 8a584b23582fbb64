//! What stands in one row of a column: a few bytes of a fixed width.

/// A value of [`Cell::WIDTH`] bytes, which divides [`super::ALIGN`]. Reading is total, so that a
/// column is read without a branch per row; what it makes of bytes that are not valid is never seen.
pub trait Cell: Copy {
    /// Bytes.
    const WIDTH: usize;

    /// Writes its bytes, which there is just room for.
    fn put(self, out: &mut [u8]);

    /// Whether bytes that were put are such a cell's.
    fn is_valid(_bytes: &[u8]) -> bool {
        true
    }

    /// The value of valid bytes.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! number_cells {
    ($($number:ty)*) => {$(
        impl Cell for $number {
            const WIDTH: usize = size_of::<$number>();

            #[inline]
            fn put(self, out: &mut [u8]) {
                for (out, byte) in out.iter_mut().zip(self.to_le_bytes()) {
                    *out = byte;
                }
            }

            fn get(bytes: &[u8]) -> Self {
                bytes.try_into().map_or(0, Self::from_le_bytes)
            }
        }
    )*};
}

number_cells! { u8 u16 u32 u64 }

impl Cell for bool {
    const WIDTH: usize = 1;

    fn put(self, out: &mut [u8]) {
        u8::from(self).put(out);
    }

    fn is_valid(bytes: &[u8]) -> bool {
        u8::get(bytes) <= 1
    }

    fn get(bytes: &[u8]) -> Self {
        u8::get(bytes) == 1
    }
}

/// Implements [`Cell`] for ids that are not zero, and for whether there is one: zero is none. Each is
/// told by one word, too.
#[macro_export]
macro_rules! id_cells {
    ($($name:ident)*) => {$(
        impl $crate::wire::Cell for $name {
            const WIDTH: usize = 4;

            fn put(self, out: &mut [u8]) {
                self.0.get().put(out);
            }

            fn is_valid(bytes: &[u8]) -> bool {
                u32::get(bytes) != 0
            }

            fn get(bytes: &[u8]) -> Self {
                Self(::std::num::NonZeroU32::new(u32::get(bytes)).unwrap_or(::std::num::NonZeroU32::MIN))
            }
        }

        impl $crate::wire::Cell for Option<$name> {
            const WIDTH: usize = 4;

            fn put(self, out: &mut [u8]) {
                self.map_or(0, |id| id.0.get()).put(out);
            }

            fn get(bytes: &[u8]) -> Self {
                ::std::num::NonZeroU32::new(u32::get(bytes)).map($name)
            }
        }

        impl $crate::wire::Whole for $name {
            fn to_word(self) -> u64 {
                u64::from(self.0.get())
            }

            fn of_word(word: u64) -> Option<Self> {
                u32::try_from(word).ok().and_then(::std::num::NonZeroU32::new).map(Self)
            }
        }

        impl $crate::wire::Whole for Option<$name> {
            fn to_word(self) -> u64 {
                self.map_or(0, |id| u64::from(id.0.get()))
            }

            fn of_word(word: u64) -> Option<Self> {
                u32::try_from(word).ok().map(|row| ::std::num::NonZeroU32::new(row).map($name))
            }
        }
    )*};
}

/// Implements [`Cell`] for enums without fields, which have an `ALL` in order: one byte each, or one word.
#[macro_export]
macro_rules! enum_cells {
    ($($name:ident)*) => {$(
        impl $crate::wire::Cell for $name {
            const WIDTH: usize = 1;

            fn put(self, out: &mut [u8]) {
                (self as u8).put(out);
            }

            fn is_valid(bytes: &[u8]) -> bool {
                usize::from(u8::get(bytes)) < Self::ALL.len()
            }

            fn get(bytes: &[u8]) -> Self {
                Self::ALL.get(usize::from(u8::get(bytes))).copied().unwrap_or(Self::ALL[0])
            }
        }

        impl $crate::wire::Whole for $name {
            fn to_word(self) -> u64 {
                self as u64
            }

            fn of_word(word: u64) -> Option<Self> {
                Self::ALL.get(usize::try_from(word).ok()?).copied()
            }
        }
    )*};
}
