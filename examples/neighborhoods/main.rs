//! Prints graphs of a log, for the benches of the layout: its densest pictures, and what lies around
//! its middle, ungrouped. As lines of JSON: a name, the size of each card, and the edges as the layout
//! gets them. `neighborhoods log.ndjson`.
mod ball;

use std::error::Error;

use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, Id};
use lineage::graph::{Ask, Focus, Graph, build};
use lineage::history::{AsOf, as_of, replay};
use lineage::layout::{LayoutRequest, Orientation};
use lineage::route::Hops;
use lineage::scene::{cards, layout_request};
use serde_json::json;

use ball::median_ball;

/// At most this many pictures of each view are looked at, far apart.
const N_LOOKED_AT: usize = 4_000;
/// The sizes of the neighborhoods, in nodes.
const SIZES: [usize; 3] = [200, 1_000, 3_000];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which log?")?;
    let log = std::fs::read(path)?;
    let (mut decoder, mut reader) = (Decoder::new(), Reader::new(Limits::default()));
    reader.push_to(&log, &mut decoder);
    let summary = reader.finish(&mut |record| decoder.push(record));
    decoder.end_input(&summary);
    let history = replay(decoder.finish().0).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let names = &history.names;
    print_densest(asof, "densest want", names.wants.len(), Focus::Want);
    print_densest(asof, "densest lineage", names.partitions.len(), Focus::Partition);
    print_densest(asof, "densest run", names.runs.len(), Focus::Run);
    for n_nodes in SIZES {
        if let Some((center, graph)) = median_ball(asof, n_nodes) {
            let name = format!("{n_nodes} nodes around an instance");
            let request = request(asof, &graph, &ask(Focus::Instance(center)));
            println!("{}", json_of(&name, "neighborhood", &request));
        }
    }
    Ok(())
}

/// Of all pictures with a focus like that, one with the most edges.
fn print_densest<I: Id>(asof: AsOf<'_>, name: &str, n: usize, focus: impl Fn(I) -> Focus) {
    let rows = (0..n).step_by((n / N_LOOKED_AT).max(1)).filter_map(I::from_index);
    let graphs = rows.map(|row| {
        let ask = ask(focus(row));
        (build(asof, &ask), ask)
    });
    if let Some((graph, ask)) = graphs.max_by_key(|(graph, _)| graph.edges.len()) {
        println!("{}", json_of(name, "picture", &request(asof, &graph, &ask)));
    }
}

fn ask(focus: Focus) -> Ask {
    Ask { focus, up: Hops::Number(3), down: Hops::Number(3), open: Vec::new(), pins: Vec::new() }
}

fn request(asof: AsOf<'_>, graph: &Graph, ask: &Ask) -> LayoutRequest {
    let cards = cards(asof, graph, ask, None);
    layout_request(graph, &cards, Orientation::TopBottom, Vec::new())
}

fn json_of(name: &str, family: &str, request: &LayoutRequest) -> serde_json::Value {
    let sizes: Vec<[f32; 2]> = request.sizes.iter().map(|s| [s.width, s.height]).collect();
    let edges: Vec<[u32; 2]> = request.edges.iter().map(|e| [e.from, e.to]).collect();
    json!({ "name": name, "family": family, "sizes": sizes, "edges": edges })
}
