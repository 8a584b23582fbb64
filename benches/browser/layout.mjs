// Layouts: the page's own against its peers, on the same graphs; how fast, and by one ruler how good.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GAPS, graphs } from "./graphs.mjs";
import { measure } from "./ruler.mjs";
import { MADE, within, withPage } from "./site.mjs";
import { growth, spread } from "./stats.mjs";

const OURS = ["lineage", "lineage-3"];
const PEERS = ["dot", "dagre", "elk", "d3-dag", "d3-dag-fast"];
/** The families of graphs of which the speed is judged. */
const FAMILIES = ["neighborhood", "random"];
/** Nodes -> how many times faster than the fastest peer. */
const FASTER = { 200: 20, 1_000: 50, 3_000: 50 };
/** Nodes -> at most so many milliseconds. */
const MOST_MS = { 10_000: 2_000 };

/**
 * Each tool and graph has a page of its own, which is closed when the time is over.
 *
 * @param {{ limit: number, nodes?: number[] }} options seconds for one layout; which sizes of a family
 * @returns for each graph its name, nodes and edges, and by tool `first`, `times` and `quality`, or `failed`
 */
export async function run(site, { limit, nodes }) {
  const lines = readFileSync(join(MADE, "neighborhoods.ndjson"), "utf8").trim().split("\n");
  const rows = [];
  const hopeless = new Set();
  for (const graph of graphs(lines.map((line) => JSON.parse(line)))) {
    const { name, family } = graph;
    const isOfFamily = FAMILIES.includes(family);
    if (isOfFamily && nodes && !nodes.includes(graph.sizes.length)) continue;
    const row = { name, family, nNodes: graph.sizes.length, nEdges: graph.edges.length, tools: {} };
    for (const tool of [...OURS, ...PEERS]) {
      const told = hopeless.has(family + tool) ? { failed: "not tried" } : await one(site, tool, graph, limit);
      if (told.failed && isOfFamily) hopeless.add(family + tool);
      row.tools[tool] = told;
      console.log(`${graph.name}, ${tool}: ${told.failed ?? `${spread(told.times).median.toFixed(1)} ms, ${told.quality.crossings} crossings`}`);
    }
    rows.push(row);
  }
  return { rows };
}

function one(site, tool, graph, limit) {
  const { sizes, edges } = graph;
  return withPage(site, "bench/pages/empty.html", async (page) => {
    const work = page.evaluate(
      async ([module, tool, graph]) => (await import(module)).measure(tool, graph),
      [site.url("bench/pages/layouts.mjs"), tool, JSON.stringify({ sizes, edges, gaps: GAPS })],
    );
    const done = work.then(
      (json) => {
        const { first, times, drawing } = JSON.parse(json);
        return { first, times, quality: measure(graph, drawing, GAPS.rank) };
      },
      (error) => ({ failed: reasonOf(error) }),
    );
    return within(limit * 1000, done, { failed: `not within ${limit} s` });
  });
}

const reasonOf = (error) =>
  /call stack|recursion/.test(error.message) ? "stack overflow" : /memory|bounds/.test(error.message) ? "out of memory" : "an error";

/** Tables of what `run` gave, and whether the goals are met. */
export function tell({ rows }, { table, number, spreadOf, verdict, times }) {
  const of = (row, tool) => spread(row.tools[tool].times ?? []);
  const median = (row, tool) => of(row, tool)?.median;
  // How many times faster than the fastest peer; at worst and at best, of the extremes.
  const faster = (row, ours) => {
    const mine = of(row, ours);
    const [peer] = PEERS.map((tool) => of(row, tool)).filter(Boolean).sort((a, b) => a.median - b.median);
    return mine && peer && { min: peer.min / mine.max, median: peer.median / mine.median, max: peer.max / mine.min };
  };
  const speed = rows.map((row) => [
    row.name, number(row.nNodes), number(row.nEdges),
    ...[...OURS, ...PEERS].map((tool) => row.tools[tool].failed ?? spreadOf(of(row, tool))),
    ...OURS.map((tool) => spreadOf(faster(row, tool))),
  ]);
  const firsts = rows.map(({ name, tools }) => [
    name, ...[...OURS, ...PEERS].map((tool) => tools[tool].failed ?? number(Math.round(tools[tool].first))),
  ]);
  const inFamily = (family) => rows.filter((row) => row.family === family);
  const exponents = FAMILIES.map((family) => [
    `growth exponent, ${family}`, "", "",
    ...[...OURS, ...PEERS].map((tool) =>
      times(growth(inFamily(family).filter((row) => median(row, tool)).map((row) => [row.nNodes, median(row, tool)])))),
    "", "",
  ]);
  const goals = FAMILIES.flatMap(inFamily).flatMap((row) => [
    ...(FASTER[row.nNodes] ? [verdict(`times as fast as the fastest peer, ${row.name}`, faster(row, OURS[0])?.median, FASTER[row.nNodes], true)] : []),
    ...(MOST_MS[row.nNodes] ? [verdict(`ms, ${row.name}`, median(row, OURS[0]), MOST_MS[row.nNodes])] : []),
  ]);
  return [
    "### Time in ms\n",
    table(["", "nodes", "edges", ...OURS, ...PEERS, "fastest peer ÷ lineage", "fastest peer ÷ lineage-3"], [...speed, ...exponents]),
    "\n### The first layout of a page in ms\n",
    table(["", ...OURS, ...PEERS], firsts),
    "\n### Quality\n",
    ...tellQuality(rows, { table, number, verdict, times }),
    ...goals,
  ].join("\n");
}

/** Each as `crossings / length / area`, the last two as parts of dot's. */
function tellQuality(rows, { table, number, verdict, times }) {
  const judged = rows.filter(({ tools }) => tools.dot.quality);
  const head = ["crossings · length ÷ dot's · area ÷ dot's", "lineage", ...PEERS];
  const cell = (tools, tool) => {
    const [mine, dots] = [tools[tool].quality, tools.dot.quality];
    if (!mine) return "";
    return [number(mine.crossings), times(mine.length / dots?.length), times(mine.area / dots?.area)].join(" · ");
  };
  const lines = rows.map(({ name, tools }) => [name, ...["lineage", ...PEERS].map((tool) => cell(tools, tool))]);
  const good = (part) => judged.filter(({ tools: { lineage, dot } }) => lineage.quality && part(lineage.quality, dot.quality)).length;
  const least = Math.ceil(judged.length * 0.9);
  return [
    table(head, lines),
    "",
    verdict(`graphs of ${judged.length} with no more crossings than dot`, good((a, b) => a.crossings <= b.crossings), least, true),
    verdict(`graphs of ${judged.length} with edges no longer than 1.1 times dot's`, good((a, b) => a.length <= 1.1 * b.length), least, true),
  ];
}
