//! `route`: every address of the table, both ways; and any text, one way.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::route::{
    Direction, Hops, Mode, NodeKind, NodeRef, Open, Page, Reason, Route, Side, Tab,
};
use proptest::prelude::*;
use std::fmt::Write;

/// The route that an address is read as, its faults, and the address that it prints.
fn check(address: &str, expected: Expect) {
    let (route, faults) = Route::parse(address);
    let mut out = format!("{:?}\n", route.page);
    let shared = Route { page: Page::HOME, ..route.clone() };
    if shared != Route::default() {
        let _ = writeln!(out, "{shared:?}");
    }
    for fault in faults {
        let _ = writeln!(out, "! {fault}");
    }
    let _ = write!(out, "{route}");
    expected.assert_eq(&out);
}

#[test]
fn every_page() {
    check(
        "#/",
        expect![[r#"
        Home { status: None }
        #/"#]],
    );
    check(
        "",
        expect![[r#"
        Home { status: None }
        #/"#]],
    );
    check(
        "#/?status=upstream-failed",
        expect![[r#"
        Home { status: Some("upstream-failed") }
        #/?status=upstream-failed"#]],
    );
    check(
        "#/want/w-1",
        expect![[r#"
        Want("w-1")
        #/want/w-1"#]],
    );
    check(
        "#/partition/data%2Fbeta%2Fdate=2026-11-21",
        expect![[r#"
        Partition { partition: "data/beta/date=2026-11-21", uuid: None, mode: Instances }
        #/partition/data%2Fbeta%2Fdate=2026-11-21"#]],
    );
    check(
        "#/partition/data%2Fbeta?uuid=5f0c&mode=refs",
        expect![[r#"
        Partition { partition: "data/beta", uuid: Some("5f0c"), mode: Refs }
        #/partition/data%2Fbeta?uuid=5f0c&mode=refs"#]],
    );
    check(
        "#/job-run/j%20%231",
        expect![[r#"
        JobRun("j #1")
        #/job-run/j%20%231"#]],
    );
    check(
        "#/impact/data%2Fbeta?uuid=5f0c",
        expect![[r#"
        Impact { partition: "data/beta", uuid: Some("5f0c") }
        #/impact/data%2Fbeta?uuid=5f0c"#]],
    );
    check(
        "#/diff/data%2Fbeta?a=5f0c&b=77aa",
        expect![[r#"
        Diff { partition: "data/beta", a: Some("5f0c"), b: Some("77aa") }
        #/diff/data%2Fbeta?a=5f0c&b=77aa"#]],
    );
    check(
        "#/path?from=data%2Falpha&to=data%2Fbeta",
        expect![[r#"
        Path { from: Some("data/alpha"), to: Some("data/beta"), mode: Instances }
        #/path?from=data%2Falpha&to=data%2Fbeta"#]],
    );
    check(
        "#/path?from=a&to=b&mode=refs",
        expect![[r#"
        Path { from: Some("a"), to: Some("b"), mode: Refs }
        #/path?from=a&to=b&mode=refs"#]],
    );
    check(
        "#/job/%2F%2Fjobs:beta",
        expect![[r#"
        Job("//jobs:beta")
        #/job/%2F%2Fjobs:beta"#]],
    );
    check(
        "#/dataset/data%2Forders%2Fdate=%2A",
        expect![[r#"
        Dataset("data/orders/date=*")
        #/dataset/data%2Forders%2Fdate=%2A"#]],
    );
    check(
        "#/notices",
        expect![[r#"
        Notices
        #/notices"#]],
    );
}

#[test]
fn every_key() {
    check(
        "#/want/w?q=a%20b&pin=partition:p%2F1&pin=partition:p%2F2&open=up.partition:5f0c\
         &open=attempts.job-run:j&open=members.group:up:a,b&sel=external:x:y.z&tab=outline&dir=tb\
         &down=all&up=3&at=812",
        expect![[r#"
            Want("w")
            Route { page: Home { status: None }, at: Some(812), up: Some(Number(3)), down: Some(All), dir: TopBottom, tab: Outline, sel: Some(NodeRef { kind: External, id: "x:y.z" }), open: [Open { side: Up, node: NodeRef { kind: Partition, id: "5f0c" } }, Open { side: Attempts, node: NodeRef { kind: JobRun, id: "j" } }, Open { side: Members, node: NodeRef { kind: Group, id: "up:a,b" } }], pin: [NodeRef { kind: Partition, id: "p/1" }, NodeRef { kind: Partition, id: "p/2" }], q: "a b" }
            #/want/w?at=812&up=3&down=all&dir=tb&tab=outline&sel=external:x:y.z&open=up.partition:5f0c&open=attempts.job-run:j&open=members.group:up:a,b&pin=partition:p%2F1&pin=partition:p%2F2&q=a%20b"#]],
    );
    check(
        "#/want/w?dir=lr&tab=graph&up=1&q=",
        expect![[r#"
        Want("w")
        Route { page: Home { status: None }, at: None, up: Some(Number(1)), down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "" }
        #/want/w?up=1"#]],
    );
}

#[test]
fn one_bad_value_never_spoils_the_rest() {
    check(
        "#/want/w?at=-1&up=many&down=99999999999&dir=rl&tab=&sel=w&open=in.want:w&pin=wish:w&at=7&at=8\
         &mode=refs&nonsense&q=%ff&=&",
        expect![[r#"
            Want("w")
            Route { page: Home { status: None }, at: Some(7), up: None, down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "" }
            ! at=-1: it should be an event id, a whole number
            ! up=many: it should be a number of hops, or all
            ! down=99999999999: it should be a number of hops, or all
            ! dir=rl: it should be lr or tb
            ! tab=: it should be graph, outline or table
            ! sel=w: it should be a node such as job-run:{id}
            ! open=in.want:w: it should be a side of a node such as up.partition:{id}
            ! pin=wish:w: it should be a node such as job-run:{id}
            ! at=8: it was given before
            ! mode=refs: this page has no such key
            ! nonsense: this page has no such key
            ! q=%ff: it is not UTF-8 text
            ! =: this page has no such key
            #/want/w?at=7"#]],
    );
    check(
        "#/wants/w?at=1",
        expect![[r#"
        Home { status: None }
        Route { page: Home { status: None }, at: Some(1), up: None, down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "" }
        ! /wants/w: there is no such page
        #/?at=1"#]],
    );
    check(
        "#/want?at=1",
        expect![[r#"
        Home { status: None }
        Route { page: Home { status: None }, at: Some(1), up: None, down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "" }
        ! /want: it does not say of what
        #/?at=1"#]],
    );
    check(
        "#/want/%ff?at=1",
        expect![[r#"
        Home { status: None }
        Route { page: Home { status: None }, at: Some(1), up: None, down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "" }
        ! /want/%ff: it is not UTF-8 text
        #/?at=1"#]],
    );
    check(
        "#/notices/x",
        expect![[r#"
        Notices
        ! /notices/x: the page has no parts
        #/notices"#]],
    );
}

#[test]
fn what_hands_write_is_taken_for_what_was_meant() {
    check(
        "/want/w",
        expect![[r#"
        Want("w")
        #/want/w"#]],
    );
    check(
        "#want/w",
        expect![[r#"
        Want("w")
        #/want/w"#]],
    );
    check(
        "#/partition/data/beta",
        expect![[r#"
        Partition { partition: "data/beta", uuid: None, mode: Instances }
        #/partition/data%2Fbeta"#]],
    );
    check(
        "#/want/100%",
        expect![[r#"
        Want("100%")
        #/want/100%25"#]],
    );
    check(
        "#/want/a+b?q=a+b",
        expect![[r#"
        Want("a+b")
        Route { page: Home { status: None }, at: None, up: None, down: None, dir: LeftRight, tab: Graph, sel: None, open: [], pin: [], q: "a+b" }
        #/want/a%2Bb?q=a%2Bb"#]],
    );
    check(
        "#/want/",
        expect![[r#"
        Want("")
        #/want/"#]],
    );
    check(
        "#/want/w?sel=partition%3Ap",
        expect![[r#"
        Want("w")
        Route { page: Home { status: None }, at: None, up: None, down: None, dir: LeftRight, tab: Graph, sel: Some(NodeRef { kind: Partition, id: "p" }), open: [], pin: [], q: "" }
        #/want/w?sel=partition:p"#]],
    );
}

#[test]
fn refocusing_keeps_the_reader_and_drops_the_focus() {
    let (route, _) = Route::parse("#/want/w?at=7&up=2&dir=tb&tab=table&sel=want:w&pin=want:v&q=x");
    let next = route.refocus(Page::instance("p", "u"));
    assert_eq!(next.to_string(), "#/partition/p?uuid=u&at=7&dir=tb&tab=table");
    assert!(!route.is_same_focus(&next));
    assert!(next.is_same_focus(&next.clone().with_up(Hops::All).with_q("x").with_at(None)));
    assert!(!next.is_same_focus(&next.refocus(Page::instance("p", "v"))));
    assert!(Route::default().is_same_focus(&Route::parse("#/?status=failed").0));
}

#[test]
fn toggling_twice_changes_nothing() {
    let node = NodeRef::new(NodeKind::Group, "g");
    let open = Open::new(Side::Members, node.clone());
    let route = Route::job_run("j").toggle_open(open.clone()).toggle_pin(node.clone());
    assert_eq!(route.to_string(), "#/job-run/j?open=members.group:g&pin=group:g");
    assert_eq!(route.toggle_open(open).toggle_pin(node), Route::job_run("j"));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,3}", "[%#?&=/+ .:,;~\u{0}\n\u{7f}2Fé\u{feff}]{0,6}", any::<String>()]
}

fn node() -> impl Strategy<Value = NodeRef> {
    let kinds = [
        NodeKind::Want,
        NodeKind::Partition,
        NodeKind::JobRun,
        NodeKind::Group,
        NodeKind::External,
    ];
    (prop::sample::select(kinds.to_vec()), text()).prop_map(|(kind, id)| NodeRef::new(kind, id))
}

fn page() -> impl Strategy<Value = Page> {
    let optional = || prop::option::of(text());
    let mode = || prop::sample::select(vec![Mode::Instances, Mode::Refs]);
    prop_oneof![
        optional().prop_map(|status| Page::Home { status }),
        text().prop_map(Page::Want),
        text().prop_map(Page::JobRun),
        (text(), optional(), mode()).prop_map(|(partition, uuid, mode)| Page::Partition {
            partition,
            uuid,
            mode
        }),
        (text(), optional()).prop_map(|(partition, uuid)| Page::Impact { partition, uuid }),
        (text(), optional(), optional()).prop_map(|(partition, a, b)| Page::Diff {
            partition,
            a,
            b
        }),
        (optional(), optional(), mode()).prop_map(|(from, to, mode)| Page::Path { from, to, mode }),
        text().prop_map(Page::Job),
        text().prop_map(Page::Dataset),
        Just(Page::Notices),
    ]
}

fn hops() -> impl Strategy<Value = Option<Hops>> {
    prop::option::of(prop_oneof![any::<u32>().prop_map(Hops::Number), Just(Hops::All)])
}

fn route() -> impl Strategy<Value = Route> {
    let sides = vec![Side::Up, Side::Down, Side::Attempts, Side::Members];
    let open = (prop::sample::select(sides), node()).prop_map(|(side, node)| Open { side, node });
    let dir = prop::sample::select(vec![Direction::LeftRight, Direction::TopBottom]);
    let tab = prop::sample::select(vec![Tab::Graph, Tab::Outline, Tab::Table]);
    let lists = (prop::collection::vec(open, 0..4), prop::collection::vec(node(), 0..4));
    let reach = (any::<Option<u64>>(), hops(), hops());
    (page(), reach, dir, tab, prop::option::of(node()), lists, text()).prop_map(
        |(page, (at, up, down), dir, tab, sel, (open, pin), q)| Route {
            page,
            at,
            up,
            down,
            dir,
            tab,
            sel,
            open,
            pin,
            q,
        },
    )
}

fn address() -> impl Strategy<Value = String> {
    let pieces = [
        "#",
        "/",
        "?",
        "&",
        "=",
        "%",
        "%2F",
        "%ff",
        ":",
        ".",
        "want",
        "partition",
        "path",
        "job",
        "dataset",
        "notices",
        "at=",
        "1",
        "up=",
        "all",
        "dir=tb",
        "sel=",
        "open=",
        "up.",
        "pin=",
        "q=",
        "a=",
        "from=",
        "é",
        " ",
        "+",
        "uuid=",
        "mode=refs",
    ];
    let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_string), 1 => any::<String>()];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_route_is_read_as_it_was_printed(route in route()) {
        let address = route.to_string();
        prop_assert_eq!(Route::parse(&address), (route, vec![]));
    }

    /// Nothing in an address is anything that a browser would encode, decode or cut.
    #[test]
    fn an_address_is_plain(route in route()) {
        let address = route.to_string();
        let rest = address.strip_prefix("#/").unwrap_or("not from the root");
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~=,:%/?&".contains(c);
        prop_assert!(rest.chars().all(plain), "{}", address);
        prop_assert!(rest.matches('/').count() <= 1 && rest.matches('?').count() <= 1);
    }

    #[test]
    fn any_text_is_read_and_prints_as_the_same_route(address in address()) {
        let (route, faults) = Route::parse(&address);
        prop_assert_eq!(Route::parse(&route.to_string()), (route, vec![]));
        for fault in faults {
            prop_assert!(address.contains(&fault.part));
        }
    }

    /// A part of nonsense among the keys is named, and changes nothing else.
    #[test]
    fn a_fault_stays_where_it_is(route in route(), key in "[a-z]{1,2}x", value in "[a-z%]{0,3}") {
        let address = route.to_string();
        let join = if address.contains('?') { '&' } else { '?' };
        let (read, faults) = Route::parse(&format!("{address}{join}{key}={value}"));
        prop_assert_eq!(read, route);
        prop_assert_eq!(faults.len(), 1);
        prop_assert_eq!(faults[0].reason, Reason::UnknownKey);
    }
}
