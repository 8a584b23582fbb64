//! Every command of the page, once: what it is called, which keys ask for it, and where. Shortcuts are
//! looked up here, the help lists this, and the palette searches it; so a key that does something is
//! told of, and what is told of does something.
//!
//! Never here: what a command does to the page.
mod filter;
mod table;

pub use filter::filter;
pub use table::{
    CANCEL, DISMISS, HELP, MEND, OPEN_LOG, OPEN_SAMPLE, RETRY, STOP_READING, TABLE, THEME,
};

/// Where the keyboard must be for a command's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Anywhere, but in a field.
    Everywhere,
    /// Anywhere on a page of a log, but in a field.
    Log,
    /// Anywhere on a page with a picture, but in a field.
    Page,
    /// Anywhere on the page of a partition, but in a field.
    Lineage,
    /// In the picture.
    Graph,
    /// In the outline.
    Outline,
    /// In a list or a table that is longer than its window.
    List,
    /// On the thumb of the moment.
    Moment,
    /// In the search box, or the palette's.
    Search,
    /// In what is open over the page: a menu, an explanation.
    Open,
}

impl Place {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 10] = [
        Self::Everywhere,
        Self::Log,
        Self::Page,
        Self::Lineage,
        Self::Graph,
        Self::Outline,
        Self::List,
        Self::Moment,
        Self::Search,
        Self::Open,
    ];

    /// As a heading.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Log => "With a log",
            Self::Page => "On a page with a graph",
            Self::Lineage => "On the page of a partition",
            Self::Graph => "In the graph",
            Self::Outline => "In the outline",
            Self::List => "In a long list or table",
            Self::Moment => "On the bar of the moment",
            Self::Search => "In a search",
            Self::Open => "In a dialog, a menu or an explanation",
        }
    }
}

/// What can be asked of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// Opens the palette.
    Palette,
    /// Opens the list of keys and words.
    Help,
    /// Opens the dialog for another log.
    OpenLog,
    /// The next theme.
    Theme,
    /// The other clock.
    Clock,
    /// Opens the log that comes with the page.
    OpenSample,
    /// Calls off what is being opened.
    Cancel,
    /// Shows what has come of a log.
    StopReading,
    /// Opens once more what could not be opened.
    Retry,
    /// Lets go of what could not be opened.
    Dismiss,
    /// Leaves out of the address what cannot be read.
    Mend,
    /// To the search box.
    Search,
    /// To the first page of the log.
    Home,
    /// To what could not be used.
    Notices,
    /// Opens the dialog that saves the page.
    SavePage,
    /// Begins the tour.
    Tour,
    /// Follows the log, or no longer.
    Follow,
    /// Copies the address.
    CopyLink,
    /// The list that a page is of, as a file.
    SaveListCsv,
    /// The same.
    SaveListJson,
    /// The list of what is stale, as a file.
    SaveStaleCsv,
    /// The same.
    SaveStaleJson,
    /// Copies the refs of an impact's rows.
    CopyRefs,
    /// Turns two ends, or two versions, round.
    Swap,
    /// To the thumb of the moment, and from there to its field.
    Moment,
    /// To the log's end.
    LeaveMoment,
    /// Plays the log, or stops.
    Play,
    /// To the picture, or what stands for it.
    Content,
    /// The tab of the graph.
    ShowGraph,
    /// The tab of the outline.
    ShowOutline,
    /// The tab of the table.
    ShowTable,
    /// One hop more both ways.
    ShowMore,
    /// One node is one instance.
    ShowInstances,
    /// One node is one ref.
    ShowRefs,
    /// Opens or closes the legend.
    Legend,
    /// Opens or closes the waterfall.
    Waterfall,
    /// To the impact of what is inspected.
    OpenImpact,
    /// To what differs from the version before.
    OpenDiff,
    /// To the paths between what is inspected and the focus.
    OpenPaths,
    /// Puts what is inspected back into its group.
    Unpin,
    /// The picture as a file.
    SaveSvg,
    /// The same.
    SavePng,
    /// The nodes as a file.
    SaveNodesCsv,
    /// The same.
    SaveNodesJson,
    /// The events behind the picture as a file.
    SaveEvents,
    /// Opens the dialog that saves the page with them alone.
    SavePictured,
    /// The members of a group as a file.
    SaveMembersCsv,
    /// The same.
    SaveMembersJson,
    /// One hop more towards the inputs.
    MoreUp,
    /// One hop less towards the inputs.
    LessUp,
    /// Three hops more towards the inputs.
    ThreeUp,
    /// All towards the inputs.
    AllUp,
    /// One hop more towards what was made of it.
    MoreDown,
    /// One hop less towards what was made of it.
    LessDown,
    /// Three hops more towards what was made of it.
    ThreeDown,
    /// All towards what was made of it.
    AllDown,
    /// The version before.
    OlderVersion,
    /// The version after.
    NewerVersion,
    /// Turns the picture.
    Turn,
    /// To the node at the left.
    NodeLeft,
    /// To the node at the right.
    NodeRight,
    /// To the node above.
    NodeUp,
    /// To the node below.
    NodeDown,
    /// Moves the picture to the right, so that what is at the left shows.
    PanLeft,
    /// And so on.
    PanRight,
    /// And so on.
    PanUp,
    /// And so on.
    PanDown,
    /// Makes the node the focus.
    OpenNode,
    /// Inspects the focus again.
    LetGo,
    /// Shows or hides what is upstream of the node.
    ExpandUp,
    /// Shows or hides what is downstream of the node.
    ExpandDown,
    /// Shows or hides the attempts of the node.
    ExpandAttempts,
    /// All of the picture.
    Fit,
    /// Nearer.
    ZoomIn,
    /// Farther.
    ZoomOut,
    /// To the row above.
    RowUp,
    /// To the row below.
    RowDown,
    /// Opens a row, or goes into it.
    RowInward,
    /// Closes a row, or goes out of it.
    RowOutward,
    /// To the first row.
    RowFirst,
    /// To the last row.
    RowLast,
    /// Makes the row the focus.
    OpenRow,
    /// Inspects the row.
    InspectRow,
    /// To the row of a list above.
    ListUp,
    /// To the row of a list below.
    ListDown,
    /// To a list's first row.
    ListFirst,
    /// To a list's last row.
    ListLast,
    /// Draws a group's member on its own, or puts it back.
    PinRow,
    /// One event back.
    EventBack,
    /// One event on.
    EventOn,
    /// Back to an event of what is inspected.
    OwnEventBack,
    /// On to an event of what is inspected.
    OwnEventOn,
    /// A hundredth of the log back.
    PageBack,
    /// A hundredth of the log on.
    PageOn,
    /// To the log's first event.
    FirstEvent,
    /// To the log's last event.
    LastEvent,
    /// To the hit below.
    HitDown,
    /// To the hit above.
    HitUp,
    /// Goes to the hit.
    TakeHit,
    /// Empties the box, then leaves it.
    LeaveSearch,
    /// To the item below, which opens a menu.
    ItemDown,
    /// To the item above.
    ItemUp,
    /// To the first item.
    ItemFirst,
    /// To the last item.
    ItemLast,
    /// Closes what is open.
    Close,
}

/// One press of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// As `KeyboardEvent.key` spells it.
    pub key: &'static str,
    /// Whether Shift must be held, or must not; none where it does not matter, as for signs.
    pub shift: Option<bool>,
    /// Whether Control, or the command key of a Mac, must be held; else none of the two may be.
    pub control: bool,
}

/// One command.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it is.
    pub command: Command,
    /// Where its keys are heard.
    pub place: Place,
    /// What asks for it.
    pub presses: &'static [Press],
    /// The keys as they are shown, apart by spaces; empty for none.
    pub keys: &'static str,
    /// What it does, in lower case.
    pub does: &'static str,
    /// Whether the palette offers it: what only walks is of no use there.
    pub is_offered: bool,
}

/// The entry of a command that the palette offers.
pub fn entry_of(command: Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == command && entry.is_offered)
}

/// What a press asks for in a place.
pub fn command_of(place: Place, key: &str, shift: bool, control: bool) -> Option<Command> {
    let is_it = |press: &Press| {
        press.key == key && press.control == control && press.shift.is_none_or(|it| it == shift)
    };
    let entry = TABLE.iter().find(|entry| entry.place == place && entry.presses.iter().any(is_it));
    entry.map(|entry| entry.command)
}
