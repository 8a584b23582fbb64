//! One memo for each arrow from the snapshot and the route to the picture.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::graph::{self, Ask, Counting, Graph, Key, Unresolved, draw, resolve};
use crate::history::Moment;
use crate::layout::{Orientation, Point, layout};
use crate::route::{Direction, NodeKind, NodeRef, Page, Route};
use crate::scene::{Card, Scene, cards, layout_request, mark_changed, scene};
use crate::view::print::is_printed;
use crate::view::state::{App, Snapshot};
use crate::web::task::{Stretch, next_paint};

/// A question, and the graph that answers it.
#[derive(Debug)]
pub struct Answer {
    /// The log as of the moment that the question is asked of.
    pub snapshot: Arc<Snapshot>,
    /// The question.
    pub ask: Ask,
    /// The answer.
    pub graph: Graph,
    /// What each node of it says, in order.
    pub cards: Vec<Card>,
    /// How many nodes are within the hops; none while they are being counted.
    pub total: ArcRwSignal<Option<usize>>,
    /// How far they were counted with the answer.
    counting: Option<Counting>,
}

/// So many reads are counted with an answer; what takes more is counted once that is shown.
const COUNTED_AT_ONCE: usize = 4_000;
/// About so many are then counted between two looks at the clock.
const EFFORT: usize = 1_000;

/// What the entity pages are made of.
#[derive(Clone, Copy)]
pub struct Pipeline {
    /// The answer to the route, or why there is none; none before there is a log.
    pub answer: Memo<Option<Result<Arc<Answer>, Unresolved>>>,
    /// Its picture; empty without an answer.
    pub scene: Memo<Arc<Scene>>,
}

impl Answer {
    /// The row of the node that `node` names.
    pub fn row_of(&self, node: &NodeRef) -> Option<usize> {
        self.cards.iter().position(|card| card.kind == node.kind && card.id == node.id)
    }

    /// How many nodes are within the hops, for whoever cannot wait: of what many read, that takes longer than a frame.
    pub fn total_now(&self) -> usize {
        if let (None, Some(mut counting)) = (self.total.get_untracked(), self.counting.clone()) {
            while counting.step(self.snapshot.asof(), usize::MAX) {}
            self.total.set(Some(counting.n()));
        }
        // What is not being counted has been.
        self.total.get_untracked().unwrap_or_default()
    }

    /// The row of the node that is inspected: the selected one where it is drawn, else the focus.
    pub fn inspected(&self, sel: Option<&NodeRef>) -> usize {
        sel.and_then(|sel| self.row_of(sel)).unwrap_or(0)
    }
}

impl Pipeline {
    /// Follows the state of `app`.
    pub fn new(app: App) -> Self {
        // What is inspected, searched or shown in which tab changes no graph.
        let asked = Memo::new(move |_| {
            app.route_with(|route| Route {
                sel: None,
                q: String::new(),
                dir: Direction::default(),
                tab: crate::route::Tab::default(),
                ..route.clone()
            })
        });
        let answer = Memo::new_with_compare(
            move |_| {
                let before = app.before.get();
                app.snapshot().map(|snapshot| answer(snapshot, &asked.get(), before.as_deref()))
            },
            |old, new| !is_same(old, new),
        );
        let orientation = Memo::new(move |_| match app.route_with(|route| route.dir) {
            Direction::LeftRight => Orientation::LeftRight,
            Direction::TopBottom => Orientation::TopBottom,
        });
        let scene = Memo::new_with_compare(
            move |old: Option<&Arc<Scene>>| match answer.get() {
                Some(Ok(answer)) => Arc::new(picture(&answer, orientation.get(), old)),
                _ => Arc::default(),
            },
            |old, new| !matches!((old, new), (Some(old), Some(new)) if Arc::ptr_eq(old, new)),
        );
        count_when_shown(answer);
        Self { answer, scene }
    }
}

/// Counts what was not counted with the answer, in turns, for as long as it is the answer; at once for paper, which does not wait.
fn count_when_shown(answer: Memo<Answered>) {
    let is_printed = is_printed();
    Effect::new(move || {
        if let (true, Some(Ok(answered))) = (is_printed.get(), answer.get_untracked()) {
            answered.total_now();
        }
    });
    Effect::new(move || {
        let Some(Ok(answered)) = answer.get() else { return };
        let Some(mut counting) = answered.counting.clone() else { return };
        let is_shown = move |answered: &Arc<Answer>| {
            let now = answer.try_get_untracked().flatten().and_then(Result::ok);
            now.is_some_and(|now| Arc::ptr_eq(&now, answered))
        };
        spawn_local(async move {
            next_paint().await;
            let mut stretch = Stretch::default();
            while is_shown(&answered) && answered.total.get_untracked().is_none() {
                if !counting.step(answered.snapshot.asof(), EFFORT) {
                    return answered.total.set(Some(counting.n()));
                }
                stretch.breathe().await;
            }
        });
    });
}

type Answered = Option<Result<Arc<Answer>, Unresolved>>;

fn is_same(old: Option<&Answered>, new: Option<&Answered>) -> bool {
    match (old, new) {
        (Some(Some(Ok(old))), Some(Some(Ok(new)))) => Arc::ptr_eq(old, new),
        (Some(Some(Err(old))), Some(Some(Err(new)))) => old == new,
        (Some(None), Some(None)) => true,
        _ => false,
    }
}

/// The answer to `route`, or why there is none. At the log's end what is not as it was `before` is marked.
pub fn answer(
    snapshot: Arc<Snapshot>,
    route: &Route,
    before: Option<&Moment>,
) -> Result<Arc<Answer>, Unresolved> {
    let stale = snapshot.stale();
    let asof = snapshot.asof();
    let ask = resolve(asof, route)?;
    let (graph, counting) = draw(asof, &ask, COUNTED_AT_ONCE);
    let mut cards = cards(asof, &graph, &ask, Some(stale));
    if let Some(before) = before.filter(|_| snapshot.at.is_none()) {
        mark_changed(&mut cards, &graph, before.of(asof.history), asof);
    }
    let total = ArcRwSignal::new(graph.total);
    Ok(Arc::new(Answer { snapshot, ask, graph, cards, total, counting }))
}

/// Answers `route` and draws the answer, for practice.
pub fn rehearse(snapshot: Arc<Snapshot>, route: &Route) {
    if let Ok(answer) = answer(snapshot, route, None) {
        picture(&answer, Orientation::LeftRight, None);
    }
}

/// The picture; what was in the picture before stays as near to its place as can be. One function for whoever
/// calls it, so that it is compiled once.
#[inline(never)]
fn picture(answer: &Answer, orientation: Orientation, old: Option<&Arc<Scene>>) -> Scene {
    let cards: Vec<Card> =
        answer.cards.iter().map(|card| card.clone().turned(orientation)).collect();
    let previous = cards.iter().map(|card| middle_in(old?, card)).collect();
    let request = layout_request(&answer.graph, &cards, orientation, previous);
    scene(&answer.graph, cards, &layout(&request), orientation)
}

fn middle_in(scene: &Scene, card: &Card) -> Option<Point> {
    let same = |other: &Card| other.kind == card.kind && other.id == card.id;
    let row = scene.cards.iter().position(same)?;
    let corner = scene.corners.get(row)?;
    let size = scene.cards.get(row)?.size;
    Some(Point { x: corner.x + size.width / 2.0, y: corner.y + size.height / 2.0 })
}

/// The page of which a card is the focus; none for a group.
pub fn page_of(card: &Card) -> Option<Page> {
    let reference = || card.reference.clone().unwrap_or_default();
    match (card.kind, card.key) {
        (NodeKind::Want, _) => Some(Page::Want(card.id.clone())),
        (NodeKind::JobRun, _) => Some(Page::JobRun(card.id.clone())),
        (NodeKind::Partition, Key::Instance(_)) => Some(Page::instance(reference(), &*card.id)),
        (NodeKind::Partition | NodeKind::External, Key::Partition(_)) => Some(Page::Partition {
            partition: reference(),
            uuid: None,
            mode: crate::route::Mode::Refs,
        }),
        (NodeKind::Partition | NodeKind::External, _) => Some(Page::partition(reference())),
        (NodeKind::Group, _) => None,
    }
}

/// Which of the views an answer is, as `data-view` spells it.
pub const fn view_word(focus: graph::Focus) -> &'static str {
    match focus {
        graph::Focus::Want(_) => "want",
        graph::Focus::Instance(_) | graph::Focus::Partition(_) => "partition",
        graph::Focus::Run(_) => "job-run",
        graph::Focus::Path { .. } => "path",
    }
}
