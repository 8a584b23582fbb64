// All paths between two partitions: which two is in the address, typed or turned round; how many there
// are is said over the usual picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, hashIs, journeys, node, readGraph, readLog } from "./journey.mjs";
import { logOf } from "./logs.mjs";

const circle = logOf([
  { run: "JR-1", builds: ["left"] },
  { run: "JR-2", builds: ["right"], reads: ["left"] },
  { run: "JR-3", builds: ["left"], reads: ["right"] },
  { run: "JR-4", builds: ["alone"] },
]);
const stale = logOf([
  { run: "JR-1", builds: ["raw"] },
  { run: "JR-2", builds: ["mid"], reads: ["raw"] },
  { run: "JR-3", builds: ["raw"] },
]);
const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson"), "circle.ndjson": circle, "stale.ndjson": stale });
const ALL = "#/path?from=data%2Falpha&to=data%2Fgamma";
const TURNED = "#/path?from=data%2Fgamma&to=data%2Falpha";

const said = (page, text) => page.locator(".path-said", { hasText: text }).waitFor();
const field = (page, name) => page.locator(".path-head label", { hasText: name }).locator("input");
const refsOf = ({ nodes }) => nodes.flatMap(({ ref }) => ref ?? []).sort();

test("an address draws all that lies on any path, and says how many there are", () =>
  visit(`?log=gamma.ndjson${ALL}`, async (page) => {
    await focusIs(page, "data/gamma");
    await said(page, "3 instances on 2 paths from data/alpha to data/gamma; the shortest has 1 read.");
    const graph = await readGraph(page);
    assertMarks(graph);
    assert.equal(graph.view, "path");
    assert.deepEqual(refsOf(graph), ["data/alpha", "data/beta", "data/gamma"]);
    const runs = graph.nodes.filter(({ kind }) => kind === "job-run").map(({ id }) => id);
    assert.deepEqual(runs.sort(), ["JR-456", "JR-789"]);
    assert.match(await page.locator(".coverage").innerText(), /all paths/);
    assert.match(await page.title(), /^Paths from data\/alpha to data\/gamma · /);
    assert.equal(await field(page, "From").inputValue(), "data/alpha");
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);

    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.locator("tbody tr[data-kind]").first().waitFor();
    assert.equal(await page.locator("tbody tr[data-kind]").count(), graph.nodes.length);
    await page.getByRole("button", { name: "Outline", exact: true }).click();
    await page.getByRole("tree").waitFor();
  }));

test("turned round it is told, and by ref it is other nodes", () =>
  visit(`?log=gamma.ndjson${ALL}`, async (page) => {
    await focusIs(page, "data/gamma");
    const before = await readGraph(page);
    await page.getByRole("button", { name: "Swap", exact: true }).click();
    await hashIs(page, TURNED);
    await said(page, "This is the other way round than was asked.");
    assert.equal(await field(page, "From").inputValue(), "data/gamma");
    assert.deepEqual(refsOf(await readGraph(page)), refsOf(before));
    await page.goBack();
    await hashIs(page, ALL);
    await page.getByRole("button", { name: "Refs", exact: true }).click();
    await hashIs(page, `${ALL}&mode=refs`);
    await said(page, "3 partitions on 2 paths");
    const graph = await readGraph(page);
    assertMarks(graph);
    const partitions = graph.nodes.filter(({ kind }) => kind === "partition");
    assert.ok(partitions.every(({ id, ref }) => id === ref), "a node is a ref");
  }));

test("both ends are typed with nothing but keys", () =>
  visit("?log=gamma.ndjson#/path", async (page) => {
    await page.getByRole("button", { name: "Choose where they begin" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await field(page, "From").evaluate((it) => it === document.activeElement), true);
    await page.keyboard.type("BE");
    await page.waitForFunction(() => document.querySelectorAll("#path-from-refs option").length === 1);
    assert.equal(await page.locator("#path-from-refs option").getAttribute("value"), "data/beta");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("data/alpha");
    await page.keyboard.press("Enter");
    await hashIs(page, "#/path?from=data%2Falpha");
    await page.getByRole("button", { name: "Choose where they end" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await field(page, "To").evaluate((it) => it === document.activeElement), true);
    await page.keyboard.type("data/no");
    await page.keyboard.press("Enter");
    await page.getByText("This log has no partition “data/no”.").waitFor();
    assert.equal(await field(page, "To").evaluate((it) => it === document.activeElement), true, "the keyboard stays");
    assert.equal(await field(page, "To").inputValue(), "data/no");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("data/gamma");
    await page.keyboard.press("Enter");
    await hashIs(page, ALL);
    await focusIs(page, "data/gamma");
    await said(page, "3 instances on 2 paths");
  }));

test("no path, the same end twice and circles are told", () =>
  visit("?log=circle.ndjson#/path?from=left&to=right&mode=refs", async (page) => {
    await said(page, "2 partitions on paths that go in circles, which have no number, from left to right");
    const told = async (hash, text) => {
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      await said(page, text);
    };
    await told("#/path?from=left&to=alone", "No path: neither alone was made from left, nor the other way round.");
    await focusIs(page, "alone");
    assertMarks(await readGraph(page));
    await told("#/path?from=alone&to=alone", "Both ends are the same partition.");
    await told("#/path?from=left&to=right", "2 instances on 1 path from left to right");
  }));

test("what is stale leads to the path from its cause, and a neighbor to the paths to the focus", () =>
  visit("?log=stale.ndjson#/partition/mid", async (page) => {
    await focusIs(page, "mid");
    await page.getByLabel("Details").getByRole("link", { name: "Draw the path to the cause" }).click();
    await hashIs(page, "#/path?from=raw&to=mid");
    await said(page, "2 instances on 1 path from raw to mid");

    await page.goto(new URL("?log=gamma.ndjson#/partition/data%2Fgamma", page.url()).href);
    await focusIs(page, "data/gamma");
    const alpha = (await readGraph(page)).nodes.find(({ ref }) => ref === "data/alpha");
    await page.locator(`${node(alpha.id)} .node-name`).click();
    await page.getByLabel("Details").getByRole("link", { name: "Paths to the focus" }).click();
    await hashIs(page, ALL);
    await focusIs(page, "data/gamma");
  }));

test("the sample's report came from a raw partition over several paths", () =>
  visit("?log=sample.ndjson#/path?from=vendor%2Fholidays%2Fedition=2026&to=report%2Ffinance_close%2Fmonth=2026-11", async (page) => {
    await said(page, /^(\d[\d,]* instances? on |No path: )/);
    await page.waitForSelector("svg[data-view=path][data-ready=true]");
    const graph = await readGraph(page);
    assertMarks(graph);
    assert.ok(graph.shown <= graph.total && graph.nodes.length <= 300);
  }));

test("a picture opens with both ends in view where they can be read, and else at its start", async () => {
  const START = "raw/payments/region=apac/date=2026-11-20";
  const END = "report/finance_close/month=2026-11";
  const address = `?log=sample.ndjson#/path?from=${encodeURIComponent(START)}&to=${encodeURIComponent(END)}`;
  const seen = async (page) => {
    await focusIs(page, END);
    const frame = await page.locator("svg[data-view]").boundingBox();
    const isIn = async (ref) => {
      const { x, width } = await page.locator(`g[data-ref=${JSON.stringify(ref)}] .node-shape`).last().boundingBox();
      return x >= frame.x && x + width <= frame.x + frame.width;
    };
    return [await isIn(START), await isIn(END), await page.locator(".in-view").count()];
  };
  await visit(address, async (page) => {
    assert.deepEqual(await seen(page), [true, true, 0]);
  }, { viewport: { width: 2560, height: 1440 } });
  await visit(address, async (page) => {
    assert.deepEqual(await seen(page), [true, false, 1]);
    assert.match(await page.locator(".in-view").innerText(), /^\d of 11 in view$/);
  }, { viewport: { width: 900, height: 700 } });
});
