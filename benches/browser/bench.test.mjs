// The ruler and the numbers of the benches, on pictures that can be counted by hand. No browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GAPS, graphs } from "./graphs.mjs";
import { Index } from "./pages/index.mjs";
import { logOf } from "../../tests/e2e/logs.mjs";
import { measure } from "./ruler.mjs";
import { growth, spread } from "./stats.mjs";

/** Dots at those places, ranks 100 apart. */
const ruled = (edges, centers, routes) =>
  measure({ sizes: centers.map(() => [0, 0]), edges }, { centers, routes }, 100);

const SQUARE = [[0, 0], [100, 0], [0, 100], [100, 100]];

test("two edges cross or do not, whichever way they point", () => {
  assert.equal(ruled([[0, 2], [1, 3]], SQUARE).crossings, 0);
  assert.equal(ruled([[0, 3], [1, 2]], SQUARE).crossings, 1);
  assert.equal(ruled([[3, 0], [1, 2]], SQUARE).crossings, 1);
});

test("edges that share a card do not cross there", () => {
  assert.equal(ruled([[0, 2], [0, 3]], SQUARE).crossings, 0);
  assert.equal(ruled([[0, 2], [0, 3], [1, 2], [1, 3]], SQUARE).crossings, 1);
});

test("three by three, all joined: nine crossings", () => {
  const centers = [0, 1, 2, 3, 4, 5].map((i) => [(i % 3) * 10, i < 3 ? 0 : 100]);
  const edges = [0, 1, 2].flatMap((from) => [3, 4, 5].map((to) => [from, to]));
  assert.equal(ruled(edges, centers).crossings, 9);
});

test("a long edge crosses where its route goes", () => {
  const centers = [[0, 0], [0, 100], [0, 200], [50, 0], [50, 100]];
  const edges = [[0, 2], [3, 4]];
  assert.equal(ruled(edges, centers).crossings, 0);
  const around = [[0, 0], [80, 100], [0, 200]];
  const told = ruled(edges, centers, [around, undefined]);
  assert.equal(told.crossings, 1);
  assert.equal(Math.round(told.length), Math.round(2 * Math.hypot(80, 100) + 100));
  assert.equal(told.area, 80 * 200);
});

test("length goes from middle to middle, area holds the cards", () => {
  const told = measure({ sizes: [[20, 10], [20, 10]], edges: [[0, 1]] }, { centers: [[0, 0], [30, 40]] }, 20);
  assert.deepEqual(told, { ranks: 2, crossings: 0, length: 50, area: 50 * 50 });
});

test("cards of many heights are one rank while their middles are near", () => {
  assert.equal(ruled([], [[0, 0], [10, 20], [20, -20], [0, 120], [9, 140]]).ranks, 2);
});

test("the graphs are connected, and the same each time", () => {
  const real = [{ name: "real", sizes: [[1, 1], [1, 1]], edges: [[0, 1], [0, 1]] }];
  const all = graphs(real);
  assert.deepEqual(all, graphs(real));
  for (const { name, sizes, edges } of all) {
    const near = sizes.map(() => []);
    for (const [from, to] of edges) {
      near[from].push(to);
      near[to].push(from);
    }
    const seen = new Set([0]);
    for (const node of seen) for (const next of near[node]) seen.add(next);
    assert.equal(seen.size, sizes.length, name);
  }
  const named = (name) => all.find((graph) => graph.name === name);
  assert.equal(named("bipartite of 20000 edges").edges.length, 20_000);
  assert.equal(named("chain of 1000 runs").sizes.length, 2_001);
  assert.equal(named("ladder of 30 diamonds").edges.length, 120);
  assert.ok(GAPS.rank > 0);
});

test("the baseline files what a small log says", () => {
  const index = new Index();
  const log = logOf([
    { run: "a", builds: ["x"], reads: ["out"] },
    { run: "b", builds: ["y"], reads: ["x"] },
    { run: "c", builds: ["z"], reason: "no room" },
  ]);
  for (const line of log.trim().split("\n")) index.add(JSON.parse(line));
  assert.deepEqual(index.answer(), { done: 2, canceled: 0, open: 1 });
  const [x, y] = [index.partition("x").current, index.partition("y").current];
  assert.deepEqual(x.readers.map(({ id }) => id), ["b"]);
  assert.deepEqual(y.run.reads, [x]);
  assert.deepEqual(index.want("W-a").runs.map(({ id }) => id), ["a"]);
  assert.deepEqual([...x.partition.consumers], [y.partition]);
  assert.deepEqual(index.labels.get("//jobs:build").map(({ id }) => id), ["a", "b", "c"]);
  assert.deepEqual(index.run("c").steps.map(({ status }) => status), ["queued", "running", "failed"]);
});

test("spread and growth", () => {
  assert.deepEqual(spread([3, 1, 2, 10]), { min: 1, median: 2.5, max: 10 });
  assert.equal(spread([]), undefined);
  assert.equal(growth([[10, 7]]), undefined);
  assert.ok(Math.abs(growth([[10, 3], [100, 300], [1000, 30_000]]) - 2) < 1e-9);
});
