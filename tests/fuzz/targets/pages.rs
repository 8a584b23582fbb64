//! All that the page asks the core for one address: what is drawn, listed, told, searched and saved.
use lineage::events::{Id, Seq};
use lineage::facts::{
    ImpactColumn, Order, Tree, diff_facts, facet_source, facts, impact_readers, impact_roots,
    impact_sheet, impact_table, impact_wants, member, members, reasons, run_head, run_sections,
    source_events, table, table_sheet, timeline, waterfall,
};
use lineage::graph::{
    Focus, Graph, Key, MAX_NODES, blocked, build, diff, diff_pair, outline, resolve, work_counts,
};
use lineage::history::{AsOf, Staleness, impact};
use lineage::layout::{Orientation, layout};
use lineage::route::{Page, Route};
use lineage::scene::{About, cards, layout_request, nearest, scene, svg_file};
use lineage::search::{Query, Search, marks};
use lineage::summary::{
    Format, Telling, dataset_grid, datasets, density, density_marks, job_marks, job_plot, job_runs,
    jobs, stale, wants,
};

/// Rows of each list.
const MOST: usize = 4;

/// Answers `route` in full, and throws the answer away.
pub fn answer(asof: AsOf<'_>, staleness: &Staleness, route: &Route) {
    page(asof, staleness, &route.page);
    let Ok(ask) = resolve(asof, route) else { return };
    let graph = build(asof, &ask);
    assert!(graph.nodes.len() <= MAX_NODES && graph.shown <= graph.nodes.len());
    let cards = cards(asof, &graph, &ask, Some(staleness));
    assert_eq!(cards.len(), graph.nodes.len());
    for edge in &graph.edges {
        assert!((edge.from as usize) < cards.len() && (edge.to as usize) < cards.len());
    }
    let rows = outline(&graph);
    let tree = Tree::new(&rows);
    assert_eq!(tree.rows.len(), rows.len());
    let sheet_rows = table(&graph, &cards);
    for format in [Format::Csv, Format::Ndjson] {
        table_sheet(&sheet_rows, &cards, format);
    }
    for node in graph.nodes.iter().take(12) {
        facts(asof, &graph, node.key, MOST);
        facet_source(asof, node.key);
        if let Key::Run(run) | Key::Job(run) = node.key {
            about_run(asof, run);
        }
    }
    groups(asof, &graph);
    if let Focus::Want(want) = ask.focus {
        waterfall(asof, want, MOST);
        blocked(asof, want);
        work_counts(asof, want);
    }
    for orientation in [Orientation::LeftRight, Orientation::TopBottom] {
        let cards: Vec<_> = cards.iter().map(|card| card.clone().turned(orientation)).collect();
        let request = layout_request(&graph, &cards, orientation, vec![None; cards.len()]);
        let drawn = scene(&graph, cards, &layout(&request), orientation);
        assert_eq!(drawn.corners.len(), graph.nodes.len());
        assert!(drawn.corners.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()));
        nearest(&drawn, 0, lineage::scene::Direction::Right);
        svg_file(&drawn, &About::default());
    }
}

fn about_run(asof: AsOf<'_>, run: lineage::events::RunId) {
    run_head(asof, run, MOST);
    run_sections(asof, run, MOST);
    reasons(asof, run);
    timeline(asof, run);
    let events = source_events(asof, run, false);
    assert!(events.listed.len() + events.n_folded == events.n_all);
}

fn groups(asof: AsOf<'_>, graph: &Graph) {
    for group in graph.groups.iter().take(3) {
        for order in Order::ALL {
            let found = members(asof, group, "", order);
            assert_eq!(found.len(), group.members.len());
            found.into_iter().take(MOST).for_each(|key| drop(member(asof, key)));
        }
    }
}

fn page(asof: AsOf<'_>, staleness: &Staleness, page: &Page) {
    match page {
        Page::Partition { partition, uuid, .. } | Page::Impact { partition, uuid } => {
            let Ok(roots) = impact_roots(asof, partition, uuid.as_deref(), &[]) else { return };
            let impact = impact(asof, &roots);
            let table = impact_table(asof, &impact);
            for column in ImpactColumn::ALL {
                let rows = table.rows((asof, &impact), "", column, true);
                impact_sheet((asof, &impact), &table, staleness, &rows, Format::Csv);
            }
            impact_wants(asof, &impact, MOST);
            impact_readers(asof, &impact, MOST);
        }
        Page::Diff { .. } => {
            let Some(pair) = diff_pair(asof, page) else { return };
            diff_facts(asof, &diff(asof, pair.before, pair.after), MOST);
        }
        Page::Job(label) => {
            let Some(label) = asof.history.names.labels.find(label) else { return };
            let plot = job_plot(&job_runs(asof, label));
            job_marks(asof, &plot, &|run| run.index().to_string());
        }
        Page::Dataset(pattern) => drop(dataset_grid(asof, pattern)),
        _ => {}
    }
}

/// What the home page and a search for `typed` say.
pub fn home(asof: AsOf<'_>, staleness: &Staleness, typed: &str) {
    let query = Query::parse(typed);
    let mut search = Search::new(asof, query.clone());
    search.step(asof, None, usize::MAX);
    for hit in search.hits(MOST).listed() {
        let name = hit.item.name(asof.history);
        assert!(marks(name, &query).into_iter().all(|range| name.get(range).is_some()));
    }
    wants(asof);
    jobs(asof);
    datasets(asof);
    let density = density(&asof.history.log);
    let mut telling = Telling::new(asof, &density);
    while telling.step(asof, 1_000) {}
    for group in telling.told().troubles.blocked.iter().take(MOST) {
        for &want in group.wants.iter().take(MOST) {
            assert_eq!(blocked(asof, want).last(), Some(&group.by));
        }
    }
    stale(asof, staleness);
    density_marks(&density);
    assert!(density.seq_at(0.5).is_none_or(|seq: Seq| seq.index() < asof.history.log.len()));
}
