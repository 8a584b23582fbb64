// The graphs that layouts are measured on. All are connected, without cycles, repeats and loops.
import { seeded } from "./random.mjs";

/** A card of the page, and the room around it. */
const CARD = [200, 56];
export const GAPS = { rank: 52, node: 20 };

/** The sizes of the random family, in nodes. */
export const LAYERED = [200, 1_000, 3_000, 10_000];

/**
 * Every graph has a `name`, `sizes` by node and `edges` as pairs of nodes. Those of a `family` differ in
 * size alone, the smallest first.
 *
 * @param {object[]} real from the generated log: name, family, sizes, edges
 */
export const graphs = (real) => [
  chain(1_000),
  star(10_000),
  ladder(30),
  bipartite(200, 20_000),
  ...real.map((graph) => ({ ...graph, edges: distinct(graph.edges) })),
  ...LAYERED.map((n) => layered(n)),
];

/** Run after run: partition → run → partition → … */
const chain = (nRuns) => of(`chain of ${nRuns} runs`, 2 * nRuns + 1, path(2 * nRuns + 1));

const path = (n) => Array.from({ length: n - 1 }, (_, i) => [i, i + 1]);

const star = (nLeaves) =>
  of(`star of ${nLeaves}`, nLeaves + 1, Array.from({ length: nLeaves }, (_, i) => [0, i + 1]));

/** One way parts in two and joins again, `n` times. */
const ladder = (n) =>
  of(`ladder of ${n} diamonds`, 3 * n + 1, Array.from({ length: n }, (_, i) => {
    const [top, left, right, bottom] = [3 * i, 3 * i + 1, 3 * i + 2, 3 * i + 3];
    return [[top, left], [top, right], [left, bottom], [right, bottom]];
  }).flat());

/** Two ranks of `n` nodes with `nEdges` different edges between them. */
function bipartite(n, nEdges) {
  const below = seeded(7);
  const edges = new Map();
  const add = (from, to) => edges.set(from * n + to, [from, n + to]);
  for (let i = 0; i < n; i += 1) add(i, i).set(i * n + ((i + 1) % n), [i, n + ((i + 1) % n)]);
  while (edges.size < nEdges) add(below(n), below(n));
  return of(`bipartite of ${nEdges} edges`, 2 * n, [...edges.values()]);
}

/**
 * As many layers as a layer is wide. Each node has one to three links from above, from near its own
 * place, as a pipeline has them; one in ten skips a layer or two.
 */
function layered(n) {
  const below = seeded(n);
  const width = Math.round(Math.sqrt(n));
  const edges = [];
  for (let node = width; node < n; node += 1) {
    const nLinks = 1 + below(3);
    for (let i = 0; i < nLinks; i += 1) {
      const layer = Math.floor(node / width);
      const back = Math.min(layer, below(10) === 0 ? 2 + below(2) : 1);
      const near = (node % width) + below(9) - 4;
      edges.push([(layer - back) * width + Math.min(width - 1, Math.max(0, near)), node]);
    }
  }
  return { ...of(`${n} random nodes`, n, joined(n, width, distinct(edges))), family: "random" };
}

/** The edges, and one more from a neighbor of its parent to each node that would be left apart. */
function joined(n, width, edges) {
  const parents = Array.from({ length: n }, (_, i) => i);
  const root = (node) => {
    let at = node;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]];
    return at;
  };
  const all = [...edges];
  for (const [from, to] of edges) parents[root(from)] = root(to);
  for (let node = 1; node < width; node += 1) {
    const below = width + node - 1;
    if (root(node) === root(node - 1)) continue;
    all.push([node, below]);
    parents[root(node)] = root(below);
    if (root(node) !== root(node - 1)) {
      all.push([node - 1, below]);
      parents[root(node - 1)] = root(below);
    }
  }
  return distinct(all);
}

function distinct(edges) {
  const seen = new Map();
  for (const [from, to] of edges) if (from !== to) seen.set(`${from} ${to}`, [from, to]);
  return [...seen.values()];
}

const of = (name, n, edges) => ({ name, sizes: Array.from({ length: n }, () => CARD), edges });
