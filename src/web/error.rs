//! Why a log could not be opened: one plain sentence, one stable code, one next step.

use crate::unzstd::ZstdError;
use crate::words;

/// What went wrong between an origin and its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The address is none.
    Address(String),
    /// No answer at all.
    Unreachable(String),
    /// No answer from another origin than the page's; the browser does not tell a network failure
    /// from a forbidden one.
    Elsewhere {
        /// What was asked for.
        address: String,
        /// The page's own origin, as the server is told of it.
        page: String,
    },
    /// The server answered, but not with the file.
    Status {
        /// What was asked for.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// Reading stopped in the middle.
    Interrupted(String),
    /// The file is not what it was when it was chosen.
    Changed(String),
    /// Compressed by zstd, and cannot be decompressed: why.
    Zstd(String, ZstdError),
    /// Begins as gzip does, and nothing could be decompressed.
    Gzip(String),
    /// Begins as a manifest does, and is none.
    Manifest(String),
    /// A manifest that leads to no log.
    NoneNamed(String),
    /// HTML.
    WebPage(String),
    /// No bytes, or nothing but blanks.
    Empty(String),
    /// Too few of its records are events.
    NotALog {
        /// The input's name.
        name: String,
        /// How many records were read before giving up.
        n_records: u64,
        /// How many of them could not be used.
        n_bad: u64,
        /// Why the first of them could not.
        reason: Option<String>,
    },
    /// So many bytes of memory were used up before there was anything to show.
    OutOfMemory(u64),
    /// The worker that reads logs could not be had, or failed: why.
    Worker(String),
    /// A part of the page itself did not come: why.
    Incomplete(String),
    /// The reader of the page changed their mind.
    Canceled,
}

impl Error {
    /// A name that tests and embedders may rely on.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address(_) => "bad-address",
            Self::Unreachable(_) => "unreachable",
            Self::Elsewhere { .. } => "cross-origin",
            Self::Status { .. } => "http-status",
            Self::Interrupted(_) => "interrupted",
            Self::Changed(_) => "changed-on-disk",
            Self::Zstd(..) => "bad-zstd",
            Self::Gzip(_) => "bad-gzip",
            Self::Manifest(_) => "bad-manifest",
            Self::NoneNamed(_) => "none-named",
            Self::WebPage(_) => "web-page",
            Self::Empty(_) => "empty",
            Self::NotALog { .. } => "not-a-log",
            Self::OutOfMemory(_) => "out-of-memory",
            Self::Worker(_) => "worker-failed",
            Self::Incomplete(_) => "page-incomplete",
            Self::Canceled => "canceled",
        }
    }

    /// What happened.
    pub fn sentence(&self) -> String {
        match self {
            Self::Address(address) => format!("“{address}” is not an address of a log."),
            Self::Unreachable(address) => {
                format!("{address} could not be fetched: there was no answer.")
            }
            Self::Elsewhere { address, page } => {
                let why = if page == "null" {
                    ", because this page is a file or in a closed frame and has no origin of its own"
                } else {
                    ""
                };
                format!(
                    "{address} could not be fetched: there was no answer, or its server does not let \
                     this page read it (CORS). To let it, the server sends the header \
                     Access-Control-Allow-Origin: {page}, or with * in place of {page}{why}."
                )
            }
            Self::Status { address, status: 404 } => {
                format!("There is no log at {address} (404).")
            }
            Self::Status { address, status: status @ (401 | 403) } => {
                format!("The server does not let you read {address} ({status}).")
            }
            Self::Status { address, status } => {
                format!("The server answered {status} instead of {address}.")
            }
            Self::Interrupted(name) => format!("{name} stopped coming before its end."),
            Self::Changed(name) => {
                format!("{name} cannot be read: the log changed on disk while it was being read.")
            }
            Self::Zstd(name, ZstdError::Dictionary) => {
                format!("{name} is compressed by zstd with a dictionary, which is not beside it.")
            }
            Self::Zstd(name, ZstdError::Window) => format!(
                "{name} is compressed by zstd with a window of more than 128 MB, which is more \
                 than this page holds."
            ),
            Self::Zstd(name, _) => {
                format!("{name} begins like zstd, but cannot be decompressed.")
            }
            Self::Gzip(name) => format!("{name} begins like gzip, but cannot be decompressed."),
            Self::Manifest(name) => {
                format!("{name} begins like a list of logs, but is not one: {{\"logs\":[\"…\"]}}.")
            }
            Self::NoneNamed(why) => format!("There was no log to read: {why}."),
            Self::WebPage(name) => format!("{name} is a web page, not an event log."),
            Self::Empty(name) => format!("{name} is empty."),
            Self::NotALog { name, .. } => format!("{name} does not look like an event log."),
            Self::OutOfMemory(n_bytes) => {
                let budget = words::bytes(*n_bytes);
                format!("The memory of {budget} was used up before the first event.")
            }
            Self::Worker(reason) => {
                format!("The log could not be worked out: {}.", reason.trim_end_matches('.'))
            }
            Self::Incomplete(reason) => {
                format!("A part of the page itself did not come: {}.", reason.trim_end_matches('.'))
            }
            Self::Canceled => "Loading was canceled.".to_owned(),
        }
    }

    /// The one thing to do about it.
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Unreachable(_) | Self::Elsewhere { .. } => {
                "Try again, or download the log and open it as a file."
            }
            Self::Address(_) | Self::Status { .. } => "Check the address, or open a file instead.",
            Self::Interrupted(_) => "Try again.",
            Self::Changed(_) => "Open the file again to read it as it is now.",
            Self::Zstd(_, ZstdError::Dictionary | ZstdError::Window) => {
                "Decompress it (zstd -d, with --long=31 or -D) and open the result."
            }
            Self::Zstd(..) => "Check the file (zstd -t), and open another copy.",
            Self::Gzip(_) => "Check the file (gzip -t), and open another copy.",
            Self::Manifest(_) => "Correct the list, or open the logs themselves.",
            Self::NoneNamed(_) => "Open the logs themselves.",
            Self::WebPage(_) => "Check that the address leads to the log itself.",
            Self::Empty(_) => "Open it again once the first event is written, or open another log.",
            Self::NotALog { .. } => "Open a log in one of the shapes below.",
            Self::Incomplete(_) => "Try again, or reload the page.",
            Self::OutOfMemory(_) => "Give it more: ?memory= in the address, in megabytes.",
            Self::Worker(_) => "Reload the page and open the log again.",
            Self::Canceled => "Open a log.",
        }
    }

    /// Whether doing the same once more may end otherwise.
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::Elsewhere { .. }
                | Self::Status { .. }
                | Self::Interrupted(_)
                | Self::Changed(_)
                | Self::Empty(_)
                | Self::Worker(_)
                | Self::Incomplete(_)
                | Self::Canceled
        )
    }
}
