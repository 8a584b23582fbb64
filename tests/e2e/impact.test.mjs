// What a taint would touch: from the search to the file; and what is stale, with its cause.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { focusIs, journeys, load, readGraph, readLog, saveAs, setHash } from "./journey.mjs";
import { fanOf, logOf } from "./logs.mjs";

const stale = logOf([
  { run: "JR-1", builds: ["raw"] },
  { run: "JR-2", builds: ["mid"], reads: ["raw"] },
  { run: "JR-3", builds: ["top"], reads: ["mid"] },
  { run: "JR-4", builds: ["raw"] },
]);
const { visit, files } = journeys({
  "gamma.ndjson": readLog("gamma.ndjson"),
  "fan.ndjson": fanOf(300),
  "stale.ndjson": stale,
});

const table = (page) => page.getByRole("group", { name: "What uses it" });
const rows = (page) => table(page).locator("tbody tr[data-id]");
const counted = (page, text) => page.locator(".impact-tools .number", { hasText: text }).waitFor();

async function saved(page, name) {
  const download = page.waitForEvent("download");
  if (name.startsWith("Save ")) await page.getByRole("button", { name, exact: true }).click();
  else await saveAs(page, name);
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test("from a search to what a taint would touch, and the file says what the page shows", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("alpha");
    await page.getByRole("option", { name: /data\/alpha/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await focusIs(page, "data/alpha");
    await page.getByRole("link", { name: "What uses it" }).click();
    await page.waitForURL((url) => url.hash.startsWith("#/impact/data%2Falpha"));
    await counted(page, "2 of 2");
    const shown = await rows(page).evaluateAll((all) => all.map((row) => row.dataset.id));
    const csv = await saved(page, "Save as CSV");
    assert.equal(csv.name, "impact.csv");
    const [head, ...lines] = csv.text.trimEnd().split("\r\n").map((line) => line.split(","));
    const column = (name) => lines.map((line) => line[head.indexOf(name)]);
    assert.deepEqual(column("instance"), shown);
    assert.deepEqual(column("partition"), ["data/beta", "data/gamma"]);
    assert.deepEqual(column("standing"), ["current", "current"]);
    const json = (await saved(page, "Save as JSON")).text.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(json.map(({ instance }) => instance), shown);
    await page.getByRole("searchbox", { name: "Search these rows" }).fill("gamma");
    await counted(page, "1 of 2");
    assert.equal(await rows(page).count(), 1);
    await page.getByRole("button", { name: "Partition" }).press("Enter");
    await page.locator('th[aria-sort="ascending"]', { hasText: "Partition" }).waitFor();
    await rows(page).first().getByRole("link").first().click();
    await focusIs(page, "data/gamma");
  }));

test("a long table has only the rows in sight, and scrolls to its last", () =>
  visit("?log=fan.ndjson", async (page) => {
    await setHash(page, "#/impact/hub");
    await counted(page, "300 of 300");
    assert.ok((await rows(page).count()) < 80);
    await table(page).evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await table(page).locator('tr[aria-rowindex="301"]').waitFor();
  }));

test("what is stale says why, on the card, in the panel and at home", () =>
  visit("?log=stale.ndjson#/partition/top", async (page) => {
    await focusIs(page, "top");
    const graph = await readGraph(page);
    const top = graph.nodes.find(({ ref }) => ref === "top");
    assert.equal(top.status, "live");
    await page.locator(".side-stale", { hasText: "stale because raw was rebuilt as" }).waitFor();
    await page.getByRole("link", { name: "Draw the path to the cause" }).click();
    await page.waitForURL((url) => url.hash.startsWith("#/path?from=raw&to=top"));
    await load(page, "?log=stale.ndjson");
    const panel = page.locator("section.stale");
    await panel.getByText("2 stale · 1 cause").waitFor();
    await panel.getByRole("link", { name: "2 partitions" }).click();
    await page.locator(".impact-head h1", { hasText: "raw" }).waitFor();
  }));

test("several roots are asked about together, and each can be left out again", () =>
  visit("?log=fan.ndjson#/impact/report%2Fday%3D1?pin=partition:hub", async (page) => {
    // What is asked about is not in what it touches.
    await counted(page, "299 of 299");
    await page.locator(".impact-root h2", { hasText: "hub" }).waitFor();
    await page.getByRole("button", { name: "leave out" }).press("Enter");
    await counted(page, "0 of 0");
    assert.equal(await page.locator(".impact-root").count(), 1);
  }));

test("a root is added by keyboard, and what cannot be one is said", () =>
  visit("?log=fan.ndjson#/impact/report%2Fday%3D1", async (page) => {
    await counted(page, "0 of 0");
    const field = page.getByRole("combobox", { name: "Ask about another one together with it" });
    await field.fill("nothing/of/the/kind");
    await field.press("Enter");
    await page.locator(".impact-add .dim", { hasText: "This log has no partition" }).waitFor();
    await field.fill("hub");
    await field.press("Enter");
    await counted(page, "299 of 299");
    assert.match(page.url(), /pin=partition:hub/);
    await page.locator("#impact-add:focus").waitFor();
    await page.getByRole("button", { name: "leave out" }).press("Enter");
    await counted(page, "0 of 0");
  }));

test("what is not in the log is said", () =>
  visit("?log=gamma.ndjson#/impact/data%2Fnone", async (page) => {
    await page.getByText("This log has no partition “data/none”.").waitFor();
  }));

test("a picture saved as a log opens as the same picture", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const drawn = await readGraph(page);
    const log = await saved(page, "Log");
    assert.equal(log.name, "lineage-log.ndjson");
    await page.locator(".export-told", { hasText: /^Saved \d+ records/ }).waitFor();
    const whole = new Set(readLog("gamma.ndjson").toString().split("\n"));
    const lines = log.text.trimEnd().split("\n");
    assert.ok(lines.every((line) => whole.has(line)), "in the log's own bytes");
    files["small.ndjson"] = log.text;
    await load(page, "?log=small.ndjson#/want/W-001");
    await focusIs(page, "W-001");
    assert.deepEqual((await readGraph(page)).nodes, drawn.nodes);
  }));

test("the picture as PNG has two pixels for one", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec((await saved(page, "SVG")).text);
    const download = page.waitForEvent("download");
    await saveAs(page, "PNG");
    const file = await download;
    const png = readFileSync(await file.path());
    assert.equal(file.suggestedFilename(), "lineage.png");
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.ok(Math.abs(png.readUInt32BE(16) - 2 * width) <= 1);
    assert.ok(Math.abs(png.readUInt32BE(20) - 2 * height) <= 1);
  }));

test("the picture, its table and its files have the same nodes", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const drawn = (await readGraph(page)).nodes.map(({ id }) => id).sort();
    const svg = (await saved(page, "SVG")).text;
    const ids = [...svg.matchAll(/<g [^>]*?data-id="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.sort(), drawn);
    const [, ...lines] = (await saved(page, "CSV")).text.trimEnd().split("\r\n");
    assert.deepEqual(lines.map((line) => line.split(",")[1]).sort(), drawn);
    await page.getByRole("button", { name: "Table" }).click();
    const listed = await page.locator("table.nodes-table tr[data-id]").evaluateAll((all) => all.map((row) => row.dataset.id));
    assert.deepEqual(listed.sort(), drawn);
  }));
