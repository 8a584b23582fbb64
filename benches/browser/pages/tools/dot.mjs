// Graphviz's dot as wasm, as it comes; it answers in its plain format, the cheapest to write and read.
import { Graphviz } from "/bench/node_modules/@hpcc-js/wasm-graphviz/dist/index.js";

const POINTS_PER_INCH = 72;
let graphviz;

export async function prepare() {
  graphviz = await Graphviz.load();
}

export function input({ sizes, edges, gaps }) {
  const inches = (points) => (points / POINTS_PER_INCH).toFixed(4);
  const nodes = sizes.map(([width, height], node) => `${node} [width=${inches(width)} height=${inches(height)}]`);
  const lines = edges.map(([from, to]) => `${from} -> ${to}`);
  const head = `ranksep=${inches(gaps.rank)} nodesep=${inches(gaps.node)} node [shape=box fixedsize=true label=""]`;
  return `digraph { ${head}\n${nodes.join("\n")}\n${lines.join("\n")}\n}`;
}

export const layOut = (text) => graphviz.layout(text, "plain", "dot");

/** Lines of "node name x y …" and "edge tail head n x y …", in inches, y upward, edges in any order. */
export function read(plain, { sizes, edges }) {
  const centers = sizes.map(() => undefined);
  const routesOf = new Map();
  const place = (x, y) => [Number(x) * POINTS_PER_INCH, -Number(y) * POINTS_PER_INCH];
  for (const line of plain.split("\n")) {
    const [kind, first, second, third, ...rest] = line.split(" ");
    if (kind === "node") centers[first] = place(second, third);
    if (kind !== "edge") continue;
    const controls = Array.from({ length: Number(third) }, (_, i) => place(rest[2 * i], rest[2 * i + 1]));
    const key = `${first} ${second}`;
    routesOf.set(key, [...(routesOf.get(key) ?? []), samplesOf(controls)]);
  }
  return { centers, routes: edges.map(([from, to]) => routesOf.get(`${from} ${to}`).pop()) };
}

/** Points on the cubic pieces with these control points. */
function samplesOf(controls) {
  const points = [controls[0]];
  for (let i = 0; i + 3 < controls.length; i += 3) {
    for (let t = 1; t <= 8; t += 1) points.push(bezier(controls.slice(i, i + 4), t / 8));
  }
  return points;
}

function bezier([a, b, c, d], t) {
  const s = 1 - t;
  const weigh = (i) => s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i];
  return [weigh(0), weigh(1)];
}
