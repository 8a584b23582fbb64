// One small log in every container, spelling, order and cut: the page always tells the same history,
// the one that is written down beside the log.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { focusIs, journeys, readGraph, readLog, setHash, stateIs } from "./journey.mjs";

const EXPECTED = JSON.parse(readLog("gamma.expected.json"));
const PLAIN = readLog("gamma.ndjson");
const LINES = PLAIN.toString().trimEnd().split("\n");
const { visit, files } = journeys({ "gamma.ndjson": PLAIN });

/** Everything that the expected file knows, as the page tells it. */
async function readHistory(page) {
  const told = { log: EXPECTED.log, wants: {}, attempts: [], job_runs: {}, partition_consumers: {}, as_of: { 11: {} }, impact: {} };
  told.events = Number((await page.locator(".header-log").innerText()).match(/(\d+) events/)[1]);
  for (const want of ["W-001", "W-002", "W-003"]) told.wants[want] = await readWant(page, want);
  const runs = ["JR-789", "JR-788", "JR-456", "JR-455", "JR-300"];
  const attempts = new Map();
  for (const run of runs) {
    const { status } = await go(page, `#/job-run/${run}`, run);
    told.job_runs[run] = status;
    const rows = await section(page, "Attempts");
    const work = rows.length > 0 ? rows.map(({ name }) => name.trim()) : [run];
    attempts.set(work.join(" "), work);
  }
  told.attempts = [...attempts.values()];
  for (const ref of ["data/alpha", "data/beta", "data/gamma"]) {
    const [first, second] = await readConsumers(page, ref);
    if (first.length > 0) told.partition_consumers[ref] = first;
    if (ref === "data/alpha") told.impact[ref] = { 1: first, 2: second };
  }
  for (const name of Object.keys(EXPECTED.as_of[11])) {
    const path = name.startsWith("W-") ? `want/${name}?at=11` : `partition/${encodeURIComponent(name)}?at=11&mode=refs`;
    told.as_of[11][name] = (await go(page, `#/${path}`, name)).status;
  }
  return told;
}

/** Goes to a page, and gives the marks of its focus. */
async function go(page, hash, focus) {
  await setHash(page, hash);
  await focusIs(page, focus);
  return (await readGraph(page)).nodes.find((node) => node.focus);
}

async function readWant(page, want) {
  const { status } = await go(page, `#/want/${want}`, want);
  const verdicts = Object.fromEntries((await section(page, "Requested")).map(({ name, value }) => [name, value]));
  const derivative = (await section(page, "Derivative wants")).map(({ name }) => name);
  const asked = await page.locator("aside .fact", { hasText: "Asked by" }).locator("dd").innerText();
  const cause = asked.match(/JR-\d+/)?.[0];
  return { status, ...(cause && { cause }), verdicts, derivative };
}

/** The rows under a heading of the panel: what they are of, and what is said of them. */
const section = (page, title) =>
  page.locator("aside section").evaluateAll((sections, title) => {
    const found = sections.find((it) => it.querySelector("h3")?.textContent.startsWith(`${title} · `));
    const text = (row, selector) => row.querySelector(selector)?.textContent ?? "";
    return [...(found?.querySelectorAll(".thing") ?? [])].map((row) => ({
      name: text(row, ".thing-lead") + text(row, ".thing-name"),
      value: text(row, ".thing-value"),
    }));
  }, title);

/** The refs that were built from a partition: by one hop, and by no fewer than two. */
async function readConsumers(page, ref) {
  await go(page, `#/partition/${encodeURIComponent(ref)}?down=all`, ref);
  const { nodes, edges } = await readGraph(page);
  const refOf = new Map(nodes.filter((node) => node.ref).map((node) => [node.id, node.ref]));
  const next = (ids, kind) => edges.filter((edge) => edge.kind === kind && ids.includes(edge.from)).map(({ to }) => to);
  const hop = (ids) => [...new Set(next(next(ids, "read"), "wrote"))];
  const first = hop([nodes.find((node) => node.focus).id]);
  const second = hop(first).filter((id) => !first.includes(id));
  return [first, second].map((ids) => ids.map((id) => refOf.get(id)).sort());
}

/** Opens what the server has under `name`, in the page at hand. */
async function assertHistory(page, name) {
  await page.goto(new URL(`?log=${encodeURIComponent(name)}`, page.url()).href);
  await stateIs(page, "ready");
  assert.deepEqual(sorted(await readHistory(page)), sorted(EXPECTED), name);
}

/** Objects have no order: only lists do, and that of the pieces of work is nobody's business. */
const sorted = (told) => ({ ...told, attempts: told.attempts.map((work) => work.join(" ")).sort() });

/** A body that arrives in slices of these many bytes, round and round. */
const sliced = (bytes, sizes) =>
  async function* () {
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const end = at + sizes[i % sizes.length];
      yield bytes.subarray(at, end);
      await new Promise(setImmediate);
      at = end;
    }
  };

/** The lines in an order that only the seed decides. */
function shuffled(seed) {
  const lines = [...LINES];
  let state = seed;
  const below = (n) => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % n;
  for (let i = lines.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [lines[i], lines[j]] = [lines[j], lines[i]];
  }
  assert.notDeepEqual(lines, LINES);
  return `${lines.join("\n")}\n`;
}

test("every container and spelling", () =>
  visit("", async (page) => {
    const names = readdirSync(new URL("../logs/", import.meta.url)).filter((name) => /^gamma\.(?!expected)/.test(name));
    assert.ok(names.length >= 10);
    for (const name of names) {
      files[name] = readLog(name);
      await assertHistory(page, name);
    }
  }, { state: "start" }));

test("compressed: in one member and in many, and by the server too", () =>
  visit("", async (page) => {
    const members = Buffer.concat(LINES.map((line) => gzipSync(`${line}\n`)));
    const headers = { "content-encoding": "gzip" };
    Object.assign(files, {
      "one.gz": gzipSync(PLAIN),
      "named-wrongly.json": gzipSync(readLog("gamma.array.json")),
      "members.gz": members,
      "by-server.ndjson": { body: gzipSync(PLAIN), headers },
      "by-both.gz": { body: gzipSync(members), headers },
    });
    for (const name of ["one.gz", "named-wrongly.json", "members.gz", "by-server.ndjson", "by-both.gz"]) {
      await assertHistory(page, name);
    }
  }, { state: "start" }));

test("in any order, whole and in shards", () =>
  visit("", async (page) => {
    for (const seed of [1, 2, 3]) {
      files[`shuffled-${seed}`] = shuffled(seed);
      await assertHistory(page, `shuffled-${seed}`);
    }
    files["odd"] = LINES.filter((_, i) => i % 2 === 1).join("\n");
    files["even"] = gzipSync(LINES.filter((_, i) => i % 2 === 0).join("\n"));
    await page.goto(new URL("?log=odd&log=even", page.url()).href);
    await stateIs(page, "ready");
    assert.deepEqual(sorted(await readHistory(page)), sorted(EXPECTED));
  }, { state: "start" }));

test("cut anywhere by the network", () =>
  visit("", async (page) => {
    const gzip = gzipSync(PLAIN);
    Object.assign(files, {
      "cut-1": sliced(PLAIN, [1]),
      "cut-odd": sliced(PLAIN, [3, 1, 97, 2, 511]),
      "cut-array": sliced(readLog("gamma.pretty-array.json"), [7, 13, 1]),
      "cut-gzip": sliced(gzip, [1, 2, 5]),
    });
    for (const name of ["cut-1", "cut-odd", "cut-array", "cut-gzip"]) await assertHistory(page, name);
  }, { state: "start" }));
