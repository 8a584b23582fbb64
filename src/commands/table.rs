//! The table.
use crate::commands::Command::{
    Clock, Close, Content, EventBack, EventOn, ExpandAttempts, ExpandDown, ExpandUp, FirstEvent,
    Fit, Help, HitDown, HitUp, Home, InspectRow, ItemDown, ItemFirst, ItemLast, ItemUp, LastEvent,
    LeaveMoment, LeaveSearch, LessDown, LessUp, LetGo, ListDown, ListFirst, ListLast, ListUp,
    Moment, MoreDown, MoreUp, NewerVersion, NodeDown, NodeLeft, NodeRight, NodeUp, Notices,
    OlderVersion, OpenLog, OpenNode, OpenRow, OwnEventBack, OwnEventOn, PageBack, PageOn, Palette,
    PanDown, PanLeft, PanRight, PanUp, Play, RowDown, RowFirst, RowInward, RowLast, RowOutward,
    RowUp, SavePage, Search, ShowGraph, ShowOutline, ShowTable, TakeHit, Theme, Tour, Turn, ZoomIn,
    ZoomOut,
};
use crate::commands::{Command, Entry, Place, Press};

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

/// All commands, in the order of the help.
pub const TABLE: &[Entry] = &[
    keyed(Everywhere, Palette, &[key(":"), control("k")], ": Ctrl+K", "find a command"),
    both(Everywhere, Help, &[key("?")], "?", "list the keys and the words"),
    named(Everywhere, OpenLog, "open another log"),
    named(Everywhere, Theme, "change the theme: as the system, light, dark"),
    named(Everywhere, Clock, "tell times in the other zone"),
    both(Log, Search, &[key("/")], "/", "search"),
    both(Log, Home, &[plain("h")], "h", "go to the home page"),
    named(Log, Notices, "go to the notices"),
    named(Log, SavePage, "save the page with its log"),
    named(Log, Tour, "take the tour"),
    both(
        Log,
        Moment,
        &[plain("t")],
        "t",
        "go to the bar of the moment; once more, type an event's id",
    ),
    named(Log, LeaveMoment, "go back to the end of the log"),
    named(Log, Play, "play the log, or stop"),
    both(Page, Content, &[plain("g")], "g", "go to the graph, the outline or the table"),
    both(Page, ShowGraph, &[plain("1")], "1", "show it as a graph"),
    both(Page, ShowOutline, &[plain("2")], "2", "show it as an outline"),
    both(Page, ShowTable, &[plain("3")], "3", "show it as a table"),
    both(Page, Turn, &[plain("o")], "o", "turn the graph: left to right, or top to bottom"),
    named(Lineage, MoreUp, "show one hop more upstream"),
    named(Lineage, LessUp, "show one hop less upstream"),
    named(Lineage, MoreDown, "show one hop more downstream"),
    named(Lineage, LessDown, "show one hop less downstream"),
    both(Lineage, OlderVersion, &[key("[")], "[", "go to the version before"),
    both(Lineage, NewerVersion, &[key("]")], "]", "go to the version after"),
    keyed(Graph, NodeLeft, &[plain("ArrowLeft")], "←", "to the nearest node at the left"),
    keyed(Graph, NodeRight, &[plain("ArrowRight")], "→", "to the nearest node at the right"),
    keyed(Graph, NodeUp, &[plain("ArrowUp")], "↑", "to the nearest node above"),
    keyed(Graph, NodeDown, &[plain("ArrowDown")], "↓", "to the nearest node below"),
    both(Graph, OpenNode, &[key("Enter")], "Enter", "make the node the focus"),
    keyed(Graph, LetGo, &[key("Escape")], "Esc", "inspect the focus again"),
    both(Graph, ExpandUp, &[plain("u")], "u", "show or hide what is upstream of the node"),
    both(Graph, ExpandDown, &[plain("d")], "d", "show or hide what is downstream of the node"),
    both(Graph, ExpandAttempts, &[plain("a")], "a", "show or hide the attempts of the node"),
    both(Graph, Fit, &[plain("f"), key("0")], "f", "fit all of the graph into its window"),
    both(Graph, ZoomIn, &[key("+"), key("=")], "+", "zoom in"),
    both(Graph, ZoomOut, &[key("-"), key("_")], "−", "zoom out"),
    keyed(Graph, PanLeft, &[shifted("ArrowLeft")], "Shift+←", "see more of the left"),
    keyed(Graph, PanRight, &[shifted("ArrowRight")], "Shift+→", "see more of the right"),
    keyed(Graph, PanUp, &[shifted("ArrowUp")], "Shift+↑", "see more of the top"),
    keyed(Graph, PanDown, &[shifted("ArrowDown")], "Shift+↓", "see more of the bottom"),
    keyed(Outline, RowUp, &[key("ArrowUp")], "↑", "to the row above"),
    keyed(Outline, RowDown, &[key("ArrowDown")], "↓", "to the row below"),
    keyed(Outline, RowInward, &[key("ArrowRight")], "→", "open the row, then go into it"),
    keyed(Outline, RowOutward, &[key("ArrowLeft")], "←", "close the row, then go out of it"),
    keyed(Outline, RowFirst, &[key("Home")], "Home", "to the first row"),
    keyed(Outline, RowLast, &[key("End")], "End", "to the last row"),
    keyed(Outline, OpenRow, &[key("Enter")], "Enter", "make the row the focus"),
    keyed(Outline, InspectRow, &[key(" ")], "Space", "inspect the row"),
    keyed(List, ListUp, &[key("ArrowUp")], "↑", "to the row above"),
    keyed(List, ListDown, &[key("ArrowDown")], "↓", "to the row below"),
    keyed(List, ListFirst, &[key("Home")], "Home", "to the first row"),
    keyed(List, ListLast, &[key("End")], "End", "to the last row"),
    keyed(
        Place::Moment,
        EventBack,
        &[plain("ArrowLeft"), plain("ArrowDown")],
        "←",
        "one event back",
    ),
    keyed(Place::Moment, EventOn, &[plain("ArrowRight"), plain("ArrowUp")], "→", "one event on"),
    keyed(
        Place::Moment,
        OwnEventBack,
        &[shifted("ArrowLeft"), shifted("ArrowDown")],
        "Shift+←",
        "back to the last event that changed what is inspected",
    ),
    keyed(
        Place::Moment,
        OwnEventOn,
        &[shifted("ArrowRight"), shifted("ArrowUp")],
        "Shift+→",
        "on to the next event that changed what is inspected",
    ),
    keyed(Place::Moment, PageBack, &[key("PageDown")], "PageDown", "a hundredth of the log back"),
    keyed(Place::Moment, PageOn, &[key("PageUp")], "PageUp", "a hundredth of the log on"),
    keyed(Place::Moment, FirstEvent, &[key("Home")], "Home", "to the log's first event"),
    keyed(Place::Moment, LastEvent, &[key("End")], "End", "to the log's end"),
    keyed(Place::Moment, Play, &[key(" ")], "Space", "play the log, or stop"),
    keyed(Box, HitDown, &[key("ArrowDown")], "↓", "to the hit below"),
    keyed(Box, HitUp, &[key("ArrowUp")], "↑", "to the hit above"),
    keyed(Box, TakeHit, &[key("Enter")], "Enter", "go to the hit"),
    keyed(Box, LeaveSearch, &[key("Escape")], "Esc", "empty the box, then leave it"),
    keyed(
        Place::Open,
        ItemDown,
        &[key("ArrowDown")],
        "↓",
        "to the menu's next item; on its button, open it",
    ),
    keyed(Place::Open, ItemUp, &[key("ArrowUp")], "↑", "to the menu's item before"),
    keyed(Place::Open, ItemFirst, &[key("Home")], "Home", "to the menu's first item"),
    keyed(Place::Open, ItemLast, &[key("End")], "End", "to the menu's last item"),
    keyed(Place::Open, Close, &[key("Escape")], "Esc", "close it"),
];
