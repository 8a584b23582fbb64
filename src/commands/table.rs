//! The table.
use crate::commands::{Command, Command as It, Entry, Place, Press};

/// A key without Control, with or without Shift.
const fn key(key: &'static str) -> Press {
    Press { key, shift: None, control: false }
}

const fn plain(key: &'static str) -> Press {
    Press { key, shift: Some(false), control: false }
}

const fn shifted(key: &'static str) -> Press {
    Press { key, shift: Some(true), control: false }
}

const fn control(key: &'static str) -> Press {
    Press { key, shift: Some(false), control: true }
}

type Does = &'static str;

/// With keys, and in the palette.
const fn both(
    place: Place,
    command: Command,
    presses: &'static [Press],
    keys: &'static str,
    does: Does,
) -> Entry {
    Entry { is_offered: true, ..keyed(place, command, presses, keys, does) }
}

/// With keys alone.
const fn keyed(
    place: Place,
    command: Command,
    presses: &'static [Press],
    keys: &'static str,
    does: Does,
) -> Entry {
    Entry { command, place, presses, keys, does, is_offered: false }
}

/// In the palette alone.
const fn named(place: Place, command: Command, does: Does) -> Entry {
    both(place, command, &[], "", does)
}

use Place::{Everywhere, Graph, Lineage, List, Log, Outline, Page, Search as Box};

// What stands on buttons before all of the page has come: the table is a part of the rest.

/// The keys and the words.
pub const HELP: Entry = both(Everywhere, It::Help, &[key("?")], "?", "list the keys and the words");
/// Another log.
pub const OPEN_LOG: Entry = named(Everywhere, It::OpenLog, "open another log");
/// The sample.
pub const OPEN_SAMPLE: Entry = named(Everywhere, It::OpenSample, "open the sample");
/// What is on its way.
pub const CANCEL: Entry = named(Everywhere, It::Cancel, "cancel what is being opened");
/// A part of it.
pub const STOP_READING: Entry = named(Everywhere, It::StopReading, "show what has come of the log");
/// What could not be opened, once more.
pub const RETRY: Entry = named(Everywhere, It::Retry, "try again to open the log");
/// Without it.
pub const DISMISS: Entry =
    named(Everywhere, It::Dismiss, "go on without the log that could not be opened");
/// The address.
pub const MEND: Entry = named(Everywhere, It::Mend, "correct the address");
/// The theme.
pub const THEME: Entry =
    named(Everywhere, It::Theme, "change the theme: as the system, light, dark");

/// All commands, in the order of the help.
pub const TABLE: &[Entry] = &[
    keyed(Everywhere, It::Palette, &[key(":"), control("k")], ": Ctrl+K", "find a command"),
    HELP,
    OPEN_LOG,
    OPEN_SAMPLE,
    CANCEL,
    STOP_READING,
    RETRY,
    DISMISS,
    MEND,
    THEME,
    named(Everywhere, It::Clock, "tell times in the other zone"),
    both(Log, It::Search, &[key("/")], "/", "search"),
    both(Log, It::Home, &[plain("h")], "h", "go to the home page"),
    named(Log, It::Notices, "go to the notices"),
    named(Log, It::SavePage, "save the page with its log"),
    named(Log, It::Tour, "take the tour"),
    named(Log, It::Follow, "follow the log while it is written, or stop"),
    named(Log, It::CopyLink, "copy the link: the address of what you see"),
    named(Log, It::SaveListCsv, "save the list as CSV"),
    named(Log, It::SaveListJson, "save the list as JSON, one row a line"),
    named(Log, It::SaveStaleCsv, "save what is stale as CSV"),
    named(Log, It::SaveStaleJson, "save what is stale as JSON, one row a line"),
    named(Log, It::CopyRefs, "copy the refs of the rows"),
    named(Log, It::Swap, "swap the two: the other way round"),
    both(
        Log,
        It::Moment,
        &[plain("t")],
        "t",
        "go to the bar of the moment; once more, type an event's id",
    ),
    named(Log, It::LeaveMoment, "go back to the end of the log"),
    named(Log, It::Play, "play the log, or stop"),
    both(Page, It::Content, &[plain("g")], "g", "go to the graph, the outline or the table"),
    both(Page, It::ShowGraph, &[plain("1")], "1", "show it as a graph"),
    both(Page, It::ShowOutline, &[plain("2")], "2", "show it as an outline"),
    both(Page, It::ShowTable, &[plain("3")], "3", "show it as a table"),
    both(Page, It::Turn, &[plain("o")], "o", "turn the graph: left to right, or top to bottom"),
    named(Page, It::ShowMore, "show one hop more on each side"),
    named(Page, It::ShowInstances, "make each node one instance"),
    named(Page, It::ShowRefs, "make each node one ref, with all its versions"),
    named(Page, It::Legend, "open or close the legend"),
    named(Page, It::Waterfall, "open or close where the time went"),
    named(Page, It::OpenImpact, "see what uses what is inspected: its impact"),
    named(Page, It::OpenDiff, "compare what is inspected with the version before"),
    named(Page, It::OpenPaths, "see the paths from what is inspected to the focus"),
    named(Page, It::Unpin, "put what is inspected back into its group"),
    named(Page, It::SaveSvg, "save the picture as SVG"),
    named(Page, It::SavePng, "save the picture as PNG"),
    named(Page, It::SaveNodesCsv, "save the nodes as CSV"),
    named(Page, It::SaveNodesJson, "save the nodes as JSON, one a line"),
    named(Page, It::SaveEvents, "save the events of the picture as a log"),
    named(Page, It::SavePictured, "save the page with the events of the picture"),
    named(Page, It::SaveMembersCsv, "save the members of the group as CSV"),
    named(Page, It::SaveMembersJson, "save the members of the group as JSON, one a line"),
    named(Lineage, It::MoreUp, "show one hop more upstream"),
    named(Lineage, It::LessUp, "show one hop less upstream"),
    named(Lineage, It::ThreeUp, "show three hops more upstream"),
    named(Lineage, It::AllUp, "show all hops upstream"),
    named(Lineage, It::MoreDown, "show one hop more downstream"),
    named(Lineage, It::LessDown, "show one hop less downstream"),
    named(Lineage, It::ThreeDown, "show three hops more downstream"),
    named(Lineage, It::AllDown, "show all hops downstream"),
    both(Lineage, It::OlderVersion, &[key("[")], "[", "go to the version before"),
    both(Lineage, It::NewerVersion, &[key("]")], "]", "go to the version after"),
    keyed(Graph, It::NodeLeft, &[plain("ArrowLeft")], "←", "to the nearest node at the left"),
    keyed(Graph, It::NodeRight, &[plain("ArrowRight")], "→", "to the nearest node at the right"),
    keyed(Graph, It::NodeUp, &[plain("ArrowUp")], "↑", "to the nearest node above"),
    keyed(Graph, It::NodeDown, &[plain("ArrowDown")], "↓", "to the nearest node below"),
    both(Graph, It::OpenNode, &[key("Enter")], "Enter", "make the node the focus"),
    both(Graph, It::LetGo, &[key("Escape")], "Esc", "inspect the focus again"),
    both(Graph, It::ExpandUp, &[plain("u")], "u", "show or hide what is upstream of the node"),
    both(Graph, It::ExpandDown, &[plain("d")], "d", "show or hide what is downstream of the node"),
    both(Graph, It::ExpandAttempts, &[plain("a")], "a", "show or hide the attempts of the node"),
    both(Graph, It::Fit, &[plain("f"), key("0")], "f", "fit all of the graph into its window"),
    both(Graph, It::ZoomIn, &[key("+"), key("=")], "+", "zoom in"),
    both(Graph, It::ZoomOut, &[key("-"), key("_")], "−", "zoom out"),
    keyed(Graph, It::PanLeft, &[shifted("ArrowLeft")], "Shift+←", "see more of the left"),
    keyed(Graph, It::PanRight, &[shifted("ArrowRight")], "Shift+→", "see more of the right"),
    keyed(Graph, It::PanUp, &[shifted("ArrowUp")], "Shift+↑", "see more of the top"),
    keyed(Graph, It::PanDown, &[shifted("ArrowDown")], "Shift+↓", "see more of the bottom"),
    keyed(Outline, It::RowUp, &[key("ArrowUp")], "↑", "to the row above"),
    keyed(Outline, It::RowDown, &[key("ArrowDown")], "↓", "to the row below"),
    keyed(Outline, It::RowInward, &[key("ArrowRight")], "→", "open the row, then go into it"),
    keyed(Outline, It::RowOutward, &[key("ArrowLeft")], "←", "close the row, then go out of it"),
    keyed(Outline, It::RowFirst, &[key("Home")], "Home", "to the first row"),
    keyed(Outline, It::RowLast, &[key("End")], "End", "to the last row"),
    keyed(Outline, It::OpenRow, &[key("Enter")], "Enter", "make the row the focus"),
    keyed(Outline, It::InspectRow, &[key(" ")], "Space", "inspect the row"),
    keyed(List, It::ListUp, &[key("ArrowUp")], "↑", "to the row above"),
    keyed(List, It::ListDown, &[key("ArrowDown")], "↓", "to the row below"),
    keyed(List, It::ListFirst, &[key("Home")], "Home", "to the first row"),
    keyed(List, It::ListLast, &[key("End")], "End", "to the last row"),
    both(List, It::PinRow, &[plain("p")], "p", "pin the group's member in the row, or put it back"),
    both(
        Place::Moment,
        It::EventBack,
        &[plain("ArrowLeft"), plain("ArrowDown")],
        "←",
        "one event back",
    ),
    both(Place::Moment, It::EventOn, &[plain("ArrowRight"), plain("ArrowUp")], "→", "one event on"),
    keyed(
        Place::Moment,
        It::OwnEventBack,
        &[shifted("ArrowLeft"), shifted("ArrowDown")],
        "Shift+←",
        "back to the last event that changed what is inspected",
    ),
    keyed(
        Place::Moment,
        It::OwnEventOn,
        &[shifted("ArrowRight"), shifted("ArrowUp")],
        "Shift+→",
        "on to the next event that changed what is inspected",
    ),
    keyed(
        Place::Moment,
        It::PageBack,
        &[key("PageDown")],
        "PageDown",
        "a hundredth of the log back",
    ),
    keyed(Place::Moment, It::PageOn, &[key("PageUp")], "PageUp", "a hundredth of the log on"),
    keyed(Place::Moment, It::FirstEvent, &[key("Home")], "Home", "to the log's first event"),
    keyed(Place::Moment, It::LastEvent, &[key("End")], "End", "to the log's end"),
    keyed(Place::Moment, It::Play, &[key(" ")], "Space", "play the log, or stop"),
    keyed(Box, It::HitDown, &[key("ArrowDown")], "↓", "to the hit below"),
    keyed(Box, It::HitUp, &[key("ArrowUp")], "↑", "to the hit above"),
    keyed(Box, It::TakeHit, &[key("Enter")], "Enter", "go to the hit"),
    keyed(Box, It::LeaveSearch, &[key("Escape")], "Esc", "empty the box, then leave it"),
    keyed(
        Place::Open,
        It::ItemDown,
        &[key("ArrowDown")],
        "↓",
        "to the menu's next item; on its button, open it",
    ),
    keyed(Place::Open, It::ItemUp, &[key("ArrowUp")], "↑", "to the menu's item before"),
    keyed(Place::Open, It::ItemFirst, &[key("Home")], "Home", "to the menu's first item"),
    keyed(Place::Open, It::ItemLast, &[key("End")], "End", "to the menu's last item"),
    keyed(Place::Open, It::Close, &[key("Escape")], "Esc", "close it"),
];
