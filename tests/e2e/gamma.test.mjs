// One small log in every container, spelling, order and cut: the page always tells the same history,
// the one that is written down beside the log.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { journeys, readLog, stateIs } from "./journey.mjs";

const EXPECTED = JSON.parse(readLog("gamma.expected.json"));
const PLAIN = readLog("gamma.ndjson");
const LINES = PLAIN.toString().trimEnd().split("\n");
const { visit, files } = journeys({ "gamma.ndjson": PLAIN });

const WANTS = ["W-001", "W-002", "W-003"];
const RUNS = ["JR-788", "JR-789", "JR-455", "JR-456", "JR-300"];
const REFS = ["data/alpha", "data/beta", "data/gamma"];

/** The address of a page by the name of its focus, and what else the address says. */
function hashOf(name, keys = "") {
  if (name.startsWith("W-")) return `#/want/${name}?${keys}`;
  return name.startsWith("JR-") ? `#/job-run/${name}?${keys}` : `#/partition/${encodeURIComponent(name)}?${keys}`;
}

/** Goes to each page in turn, and gives its marks and what its panel says, by address. */
const readPages = (page, hashes) =>
  page.evaluate(async (hashes) => {
    const marks = (selector) => [...document.querySelectorAll(`svg[data-view] ${selector}`)].map((it) => ({ ...it.dataset }));
    const text = (row, selector) => row.querySelector(selector)?.textContent ?? "";
    const thing = (row) => ({ name: text(row, ".thing-lead") + text(row, ".thing-name"), value: text(row, ".thing-value") });
    const section = (it) => [text(it, "h3").split(" · ")[0], [...it.querySelectorAll(".thing")].map(thing)];
    const told = {};
    for (const hash of hashes) {
      const arrived = new Promise((resolve) => addEventListener("hashchange", () => requestAnimationFrame(resolve), { once: true }));
      location.hash = hash;
      await arrived;
      told[hash] = {
        nodes: marks("g[data-kind]"),
        edges: marks("path[data-from]"),
        sections: Object.fromEntries([...document.querySelectorAll("aside section")].map(section)),
        facts: Object.fromEntries([...document.querySelectorAll("aside .fact")].map((it) => [text(it, "dt"), text(it, "dd")])),
      };
    }
    return told;
  }, hashes);

/** Everything that the expected file knows, as the page tells it. */
async function readHistory(page) {
  const pasts = Object.keys(EXPECTED.as_of[11]);
  const lineage = (ref) => hashOf(ref, "down=all");
  const past = (name) => hashOf(name, name.startsWith("W-") ? "at=11" : "at=11&mode=refs");
  const told = await readPages(page, [...[...WANTS, ...RUNS].map((name) => hashOf(name)), ...REFS.map(lineage), ...pasts.map(past)]);
  const statusAt = (hash) => told[hash].nodes.find(({ focus }) => focus)?.status;
  const entries = (names, of) => Object.fromEntries(names.map((name) => [name, of(name)]));
  const works = RUNS.map((run) => told[hashOf(run)].sections.Attempts?.map(({ name }) => name.trim()).join(" ") ?? run);
  const consumers = entries(REFS, (ref) => readConsumers(told[lineage(ref)]));
  return {
    log: EXPECTED.log,
    events: Number((await page.locator(".header-log").innerText()).match(/(\d+) events/)[1]),
    wants: entries(WANTS, (want) => readWant(statusAt(hashOf(want)), told[hashOf(want)])),
    attempts: [...new Set(works)].map((work) => work.split(" ")),
    job_runs: entries(RUNS, (run) => statusAt(hashOf(run))),
    partition_consumers: entries(REFS.filter((ref) => consumers[ref][0].length > 0), (ref) => consumers[ref][0]),
    as_of: { 11: entries(pasts, (name) => statusAt(past(name))) },
    impact: { "data/alpha": { 1: consumers["data/alpha"][0], 2: consumers["data/alpha"][1] } },
  };
}

function readWant(status, { sections, facts }) {
  const verdicts = Object.fromEntries(sections.Requested.map(({ name, value }) => [name, value]));
  const derivative = (sections["Derivative wants"] ?? []).map(({ name }) => name);
  const cause = facts["Asked by"].match(/JR-\d+/)?.[0];
  return { status, ...(cause && { cause }), verdicts, derivative };
}

/** The refs that were built from the focus: by one hop, and by no fewer than two. */
function readConsumers({ nodes, edges }) {
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
  assert.deepEqual(await readHistory(page), EXPECTED, name);
}

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
    assert.deepEqual(await readHistory(page), EXPECTED);
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
