//! Typed ids of what a log names. An id is a dense index given in order of first mention, so that
//! the same log always gives the same ids; `Option` of an id is as small as the id.
use crate::wire::Whole;

/// A dense `u32` index with a type: `Vec<T>` columns are indexed by it.
pub trait Id: Copy + Eq + Ord + Whole {
    /// The id of the row at `index`, or `None` past the 2³²−2 rows that ids can tell apart.
    fn from_index(index: usize) -> Option<Self>;
    /// The row.
    fn index(self) -> usize;
}

/// Declares id types: the row plus one, so that zero is `None`.
#[macro_export]
macro_rules! declare_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(::std::num::NonZeroU32);

        impl $crate::events::Id for $name {
            fn from_index(index: usize) -> Option<Self> {
                u32::try_from(index).ok()?.checked_add(1).and_then(::std::num::NonZeroU32::new).map(Self)
            }
            fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }

        $crate::id_cells! { $name }
    )*};
}

declare_ids! {
    /// A want, by `want_id`.
    WantId;
    /// A partition, by its ref.
    PartitionId;
    /// A job run, by `job_run_id`.
    RunId;
    /// A job label.
    LabelId;
    /// A taint, by `taint_id`.
    TaintId;
    /// Any other text: a user, a comment, a reason, an instance's explicit uuid.
    TextId;
    /// A position in the ordered log, from the first event. `a <= b` means "by the time of `b`".
    Seq;
}
