//! What is saved: the picture and its table have the same nodes, whatever their names are.
use lineage::facts::{table, table_sheet};
use lineage::graph::{build, resolve};
use lineage::history::{AsOf, as_of, replay, staleness};
use lineage::layout::{Orientation, Size, layout};
use lineage::route::Route;
use lineage::scene::{About, Card, cards, layout_request, png_size, scene, svg_file};
use lineage::summary::{
    Field, Format, Sheet, dataset_grid, dataset_sheet, datasets, job_runs, job_sheet, stale,
    stale_sheet, wants, wants_sheet,
};

use crate::fixture::log;

const LINEAGE: &str = "
    want W data/b by ops
    buffer A //jobs:<a> data/a
    success A -
    buffer B //jobs:b data/b for W
    success B data/b<-data/a
";

/// The cards and the files of a picture.
fn saved(picture: &str, address: &str) -> (Vec<Card>, String, String) {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let ask = resolve(asof, &Route::parse(address).0).unwrap();
    let graph = build(asof, &ask);
    let cards = cards(asof, &graph, &ask, None);
    let n = cards.len();
    let request = layout_request(&graph, &cards, Orientation::LeftRight, vec![None; n]);
    let scene = scene(&graph, cards.clone(), &layout(&request), Orientation::LeftRight);
    let about = About { title: "a \"title\" & <more>".to_owned(), said: String::new() };
    let sheet = table_sheet(&table(&graph, &cards), &cards, Format::Csv);
    (cards, svg_file(&scene, &about).0, sheet)
}

#[test]
fn the_picture_and_the_table_have_the_nodes_of_the_graph() {
    let (cards, svg, sheet) = saved(LINEAGE, "#/partition/data%2Fb");
    assert!(cards.len() > 2);
    for card in &cards {
        assert_eq!(svg.matches(&format!("data-id=\"{}\"", card.id)).count(), 1, "{}", card.id);
    }
    let ids: Vec<_> = sheet.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert!(ids.iter().copied().eq(cards.iter().map(|card| card.id.as_str())));
    assert_eq!(svg.matches("data-id=").count(), cards.len());
}

#[test]
fn the_picture_has_its_style_line_by_line() {
    let (_, svg, _) = saved(LINEAGE, "#/partition/data%2Fa");
    let sheet = include_str!("../../style/export.css");
    let escaped = sheet.replace('&', "&amp;").replace('>', "&gt;").replace('"', "&quot;");
    assert!(svg.contains(&format!("<style>{escaped}</style>")), "{svg}");
}

#[test]
fn names_are_text_in_the_picture() {
    let (_, svg, _) = saved(LINEAGE, "#/partition/data%2Fa");
    assert!(svg.contains("//jobs:&lt;a&gt;"), "whole in the title of its card");
    assert!(svg.contains("a &quot;title&quot; &amp; &lt;more&gt;"));
    let (opened, closed) = (svg.matches('<').count(), svg.matches('>').count());
    assert_eq!(opened, closed, "no sign of a name is taken for one of the file");
}

#[test]
fn a_name_that_is_cut_on_its_card_stands_whole_below() {
    let long = "data/a-name-that-no-card-has-the-room-for/nor-has-any-line-of-it/date=2026-11-21";
    let picture = LINEAGE.replace("data/b", long);
    let (_, svg, _) = saved(&picture, &format!("#/partition/{}", long.replace('/', "%2F")));
    let (_, below) = svg.split_once("class=\"names\"").unwrap();
    let (lead, key) = long.rsplit_once('/').unwrap();
    assert!(below.contains(&format!("{lead}, {key}")), "{below}");
    let (_, svg, _) = saved(LINEAGE, "#/partition/data%2Fb");
    assert!(svg.contains("<g class=\"names\"/>"), "nothing is cut: nothing is said twice");
}

#[test]
fn a_png_has_two_pixels_for_one_where_there_is_room() {
    let size = |width, height| png_size(Size { width, height });
    assert_eq!(size(720.0, 300.5), Some((2.0, (1440, 601))));
    assert_eq!(size(16_384.0, 100.0), Some((1.0, (16_384, 100))), "a side");
    assert_eq!(size(8_192.0, 8_192.0), Some((1.0, (8_192, 8_192))), "all of it");
    assert_eq!(size(40_000.0, 100.0), None, "nobody could read it");
}

#[test]
fn a_sheet_guards_its_cells() {
    let cells = [Field::Text("=1+\"1\",\n2".to_owned()), Field::Number(7)];
    let mut csv = Sheet::new(&["what", "n"], Format::Csv);
    csv.line(&cells);
    assert_eq!(csv.finish(), "what,n\r\n\"'=1+\"\"1\"\",\n2\",7\r\n");
    let mut json = Sheet::new(&["what", "n"], Format::Ndjson);
    json.line(&cells);
    let value: serde_json::Value = serde_json::from_str(&json.finish()).unwrap();
    assert_eq!(value, serde_json::json!({"what": "=1+\"1\",\n2", "n": 7}));
}

const BUSY: &str = "
    want W data/b by ops
    buffer A //jobs:a data/a
    success A -
    buffer B //jobs:b data/b for W
    success B data/b<-data/a
    buffer A2 //jobs:a data/a
    success A2 -
";

#[test]
fn every_list_is_saved_whole_and_in_its_order() {
    let history = replay(log(BUSY)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let first_cells = |text: String| -> Vec<String> {
        let lines = text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned());
        lines.collect()
    };
    let label = history.names.labels.find("//jobs:a").unwrap();
    let runs = job_runs(asof, label);
    assert_eq!(first_cells(job_sheet(asof, &runs, Format::Csv)), ["A2", "A"]);

    let pattern = history.datasets.patterns.text(history.datasets.patterns.ids().next().unwrap());
    let grid = dataset_grid(asof, pattern);
    let cells = grid.cells.iter().map(|cell| history.names.partitions.text(cell.partition));
    let saved = first_cells(dataset_sheet(asof, &grid, Format::Csv));
    assert!(!saved.is_empty() && saved.iter().eq(cells));

    let all = wants(asof).all;
    let sheet = wants_sheet(asof, &all, Format::Ndjson);
    assert!(
        sheet
            .starts_with("{\"want_id\":\"W\",\"status\":\"successful\",\"partitions\":\"data/b\",")
    );

    let stale_now = staleness(asof);
    let known = AsOf { stale: Some(&stale_now), ..asof };
    let grids = history.datasets.patterns.ids().map(|it| history.datasets.patterns.text(it));
    let is_stale =
        |pattern| dataset_grid(known, pattern).cells.iter().map(|it| it.is_stale).collect();
    let cells: Vec<Vec<bool>> = grids.map(is_stale).collect();
    let found: Vec<bool> = cells.into_iter().flatten().collect();
    assert_eq!(found, [true, false], "data/b was built from an older data/a");
    assert_eq!(datasets(known).iter().map(|it| it.n_stale).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(datasets(asof).iter().map(|it| it.n_stale).collect::<Vec<_>>(), [0, 0]);

    let sheet = stale_sheet(asof, &stale(asof, &stale_now), Format::Csv);
    let lines: Vec<&str> = sheet.lines().skip(1).collect();
    let [line] = lines[..] else { panic!("{sheet}") };
    assert!(line.starts_with("data/b,") && line.contains(",data/a,"), "{line}");
}
