// Every journey with the keyboard alone: after each step it is told what has the keyboard, that this is seen, and that
// nothing lies over it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, node, readLog, stateIs } from "./journey.mjs";
import { alarmLog, fanOf, logOf } from "./logs.mjs";

const GAMMA = readLog("gamma.ndjson");
const LINES = GAMMA.toString().trimEnd().split("\n");
const N = 300;
/** `mid` was built again for the second `top`; then it failed. */
const rounds = logOf([
  { run: "JR-raw-1", builds: ["raw"] },
  { run: "JR-mid-1", builds: ["mid"], reads: ["raw"] },
  { run: "JR-top-1", builds: ["top"], reads: ["mid"] },
  { run: "JR-raw-2", builds: ["raw"] },
  { run: "JR-mid-2", builds: ["mid"], reads: ["raw"] },
  { run: "JR-top-2", builds: ["top"], reads: ["mid"] },
  { run: "JR-bad", label: "//jobs:bad", builds: ["late"], reason: "out of disk", want: "W-late" },
]);
const { visit, files, url } = journeys({
  "gamma.ndjson": GAMMA, "fan.ndjson": fanOf(N), "rounds.ndjson": rounds, "alarm.ndjson": alarmLog(),
  // Comes as far as its first line, and then no farther.
  "slow.ndjson": async function* () {
    yield GAMMA.subarray(0, 400);
    await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  },
  "growing.ndjson": LINES.slice(0, 12).map((line) => `${line}\n`).join(""),
});

/** A visit in which nothing may be pressed but keys. */
const byKeys = (address, act, context) =>
  visit(address, async (page, seen) => {
    await page.evaluate(() => addEventListener("pointerdown", () => (globalThis.wasPointed = true), true));
    await act(page, seen);
    assert.equal(await page.evaluate(() => globalThis.wasPointed), undefined, "the mouse was used");
  }, context);

/** What has the keyboard: `{ id, name, href, rank }`. */
const keyboard = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    const name = it.getAttribute("aria-label") ?? (it.labels?.[0] ?? it).textContent;
    return { tag: it.localName, id: it.id, name: name.trim(), href: it.getAttribute("href") };
  });

/** Holds what has the keyboard to be in the window, with nothing over it, and marked. */
async function isSeen(page) {
  const seen = await page.evaluate(() => {
    let it = document.activeElement;
    // A picker of files is seen as its label.
    if (it.type === "file") it = it.closest("label");
    const { left, top, width, height } = it.getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]].map(([x, y]) => [left + width * x, top + height * y]);
    const over = points.map(([x, y]) => document.elementFromPoint(x, y));
    const isOpen = over.some((other) => other && (it.contains(other) || other.contains(it)));
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
    const isMarked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    return { isOpen, isMarked, what: `${it.localName}#${it.id} ${it.textContent.slice(0, 40)}` };
  });
  assert.ok(seen.isOpen, `${seen.what} is not seen`);
  assert.ok(seen.isMarked, `${seen.what} is not marked`);
}

/** Holds the bar above the page to change its line while all of the page has the keyboard, which has no ring of its own. */
async function pageIsMarked(page) {
  const told = await page.evaluate(() => {
    const main = document.querySelector("#main");
    const line = () => getComputedStyle(document.querySelector(".header")).borderBottomColor;
    const [marked, ring] = [line(), getComputedStyle(main).outlineStyle];
    main.blur();
    const plain = line();
    main.focus();
    return { marked, again: line(), plain, ring };
  });
  assert.notEqual(told.marked, told.plain);
  assert.equal(told.again, told.marked);
  assert.equal(told.ring, "none");
}

const idIs = (page, id) => page.waitForFunction((id) => document.activeElement.id === id, id);

/** Goes on with Tab until what has the keyboard is called `name`. */
async function tabTo(page, name, key = "Tab") {
  const passed = [];
  for (let n = 0; n < 120; n += 1) {
    await page.keyboard.press(key);
    const now = await keyboard(page);
    if (now.tag !== "body") await isSeen(page);
    if (name.test(now.name)) return now;
    passed.push(now.name.slice(0, 30));
  }
  return assert.fail(`Tab does not come to ${name}: ${passed.join(" | ")}`);
}

async function enter(page) {
  await page.keyboard.press("Enter");
}

async function command(page, letters) {
  await page.keyboard.press("Control+k");
  await idIs(page, "palette");
  await page.keyboard.type(letters);
  await enter(page);
  await page.getByRole("dialog", { name: "Commands" }).waitFor({ state: "hidden" });
}

async function saved(page, act) {
  const download = page.waitForEvent("download");
  await act();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test("a taint is decided on: search, partition, impact, its list as a file", () =>
  byKeys("?log=gamma.ndjson", async (page) => {
    await page.keyboard.press("/");
    await idIs(page, "search");
    await page.keyboard.type("alpha");
    await page.getByRole("option", { name: /data\/alpha/ }).first().waitFor();
    await enter(page);
    await focusIs(page, "data/alpha");
    await idIs(page, "picture");
    await isSeen(page);
    await tabTo(page, /^What uses it/);
    await enter(page);
    await page.getByRole("group", { name: "What uses it" }).waitFor();
    await idIs(page, "main");
    await pageIsMarked(page);
    await tabTo(page, /^Search these rows$/);
    await page.keyboard.type("gamma");
    await page.locator(".impact-tools .number", { hasText: "1 of 2" }).waitFor();
    await tabTo(page, /^Save as CSV/);
    const csv = await saved(page, () => enter(page));
    assert.equal(csv.name, "impact.csv");
    assert.equal(csv.text.trimEnd().split("\r\n").length, 2);
    assert.match((await keyboard(page)).name, /^Save as CSV/);
    await page.goBack();
    await focusIs(page, "data/alpha");
    await page.waitForFunction(() => /^What uses it/.test(document.activeElement.textContent));
  }));

test("an alarm: as of it, from the failed want to what failed at the bottom", () =>
  byKeys("?log=rounds.ndjson", async (page) => {
    await page.keyboard.press("t");
    await idIs(page, "as-of-thumb");
    await isSeen(page);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await idIs(page, "as-of-thumb");
    await tabTo(page, /W-late/, "Shift+Tab");
    await enter(page);
    await focusIs(page, "W-late");
    await idIs(page, "picture");
    await tabTo(page, /JR-bad/);
    await enter(page);
    await focusIs(page, "JR-bad");
    await idIs(page, "picture");
    await page.getByText("out of disk").first().waitFor();
  }));

test("a number has changed: two versions, and where the difference began", () =>
  byKeys("?log=rounds.ndjson#/partition/top", async (page) => {
    await focusIs(page, "top");
    await page.keyboard.press("[");
    await page.waitForFunction(() => location.hash.includes("uuid="));
    await page.keyboard.press("]");
    await tabTo(page, /^Compare with the version before/);
    await enter(page);
    await page.locator(".diff-said", { hasText: "It began 2 reads upstream with raw" }).waitFor();
    await idIs(page, "main");
    await tabTo(page, /^Before/);
    await tabTo(page, /^raw/);
    await enter(page);
    await page.waitForURL((it) => it.hash.startsWith("#/diff/raw"));
    await idIs(page, "main");
    await tabTo(page, /^lineage$/);
    await enter(page);
    await focusIs(page, "raw");
    await idIs(page, "picture");
  }));

test("a log is opened by pasting it, and the way to another gives the keyboard back", async () => {
  await byKeys("", async (page) => {
    await tabTo(page, /^Pasted$/);
    await page.keyboard.insertText(GAMMA.toString());
    await page.keyboard.press("Tab");
    await enter(page);
    await stateIs(page, "ready");
    await idIs(page, "main");
    await command(page, "open another");
    await page.getByRole("dialog", { name: "Open a log" }).waitFor();
    await tabTo(page, /^Choose files/);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await idIs(page, "main");
  }, { state: "start" });
});

test("a group is opened, walked to its last row, and that is pinned", () =>
  byKeys("?log=fan.ndjson#/partition/hub", async (page) => {
    await focusIs(page, "hub");
    await page.keyboard.press("g");
    await idIs(page, "picture");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("g[data-kind=group].is-selected");
    const list = page.getByRole("region", { name: "Members of the group" });
    await list.getByText(`Members · ${N} of ${N}`).waitFor();
    await tabTo(page, /^Search these members$/);
    await tabTo(page, /^Members$/);
    await page.keyboard.press("End");
    const last = list.locator(`[aria-posinset="${N}"]`);
    await last.waitFor();
    const day = (await last.locator(".thing").getAttribute("title")).match(/\d+$/)[0];
    await page.waitForFunction((n) => document.activeElement.closest("[aria-posinset]")?.ariaPosInSet === String(n), N);
    await isSeen(page);
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction((n) => document.activeElement.closest("[aria-posinset]")?.ariaPosInSet === String(n - 1), N);
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((n) => document.activeElement.closest("[aria-posinset]")?.ariaPosInSet === String(n), N);
    await tabTo(page, /^Pin$/);
    await isSeen(page);
    await enter(page);
    await page.locator(`svg[data-view] g[data-ref="report/day=${day}"]`).waitFor();
    assert.match(hashOf(page), /pin=/);
    assert.notEqual((await keyboard(page)).tag, "body", "the keyboard went with the row");
  }));

test("the picture is panned and zoomed, and its table and its outline are walked", () =>
  byKeys("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    await page.keyboard.press("g");
    await idIs(page, "picture");
    const transform = () => page.locator("svg[data-view] > g").first().getAttribute("transform");
    for (const key of ["Shift+ArrowLeft", "Shift+ArrowDown", "+", "-", "f"]) {
      const before = await transform();
      await page.keyboard.press(key);
      await page.waitForFunction((before) => document.querySelector("svg[data-view] > g").getAttribute("transform") !== before, before);
      await idIs(page, "picture");
    }
    await page.keyboard.press("3");
    await page.waitForSelector(".nodes-table");
    await page.keyboard.press("g");
    await idIs(page, "nodes-table");
    await tabTo(page, /W-002/);
    await page.waitForFunction(() => location.hash.includes("sel=want:W-002"));
    await enter(page);
    await hashIs(page, "#/want/W-002?tab=table");
    await page.keyboard.press("2");
    await page.keyboard.press("g");
    await page.waitForFunction(() => document.activeElement.getAttribute("role") === "treeitem");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement.getAttribute("role") === "treeitem");
    await enter(page);
    await page.waitForFunction(() => !location.hash.startsWith("#/want/W-002"));
    await page.waitForFunction(() => document.activeElement.getAttribute("role") === "treeitem");
  }));

test("a log is followed, and let go", () =>
  byKeys("?log=growing.ndjson&every=0.2#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    await tabTo(page, /^Follow$/);
    await enter(page);
    await page.locator(".follow-words", { hasText: "Following this log" }).waitFor();
    files["growing.ndjson"] = GAMMA;
    await page.getByText("· 19 events").waitFor();
    assert.match((await keyboard(page)).name, /^Follow/);
    await enter(page);
    assert.equal(await page.getByRole("button", { name: "Follow" }).getAttribute("aria-pressed"), "false");
    await page.locator(node("W-001")).waitFor();
  }));

test("a log is kept on the reader's wish, and opened again", () =>
  byKeys("", async (page) => {
    await tabTo(page, /^Keep the logs that I open$/);
    await enter(page);
    await page.getByText("Logs that you open from now on are kept.").waitFor();
    // It does not go with the button.
    await page.waitForFunction(() => document.activeElement !== document.body);
    await tabTo(page, /^Pasted$/, "Shift+Tab");
    await page.keyboard.insertText(GAMMA.toString());
    await page.keyboard.press("Tab");
    await enter(page);
    await stateIs(page, "ready");
    await page.goto("about:blank");
    await page.goto(url());
    await stateIs(page, "start");
    await page.getByRole("region", { name: "Recent logs" }).getByRole("listitem").waitFor();
    await tabTo(page, /^(p|P)asted/);
    await tabTo(page, /^pasted|^text/i);
    await enter(page);
    await stateIs(page, "ready");
    await idIs(page, "main");
  }, { state: "start" }));

test("a load is canceled, and the keyboard is on the page that comes", () =>
  byKeys("?log=slow.ndjson", async (page) => {
    await tabTo(page, /^Cancel$/);
    await enter(page);
    await stateIs(page, "start");
    await idIs(page, "main");
    await tabTo(page, /^Open the sample$/);
    await enter(page);
    await stateIs(page, "ready");
    await idIs(page, "main");
  }, { state: "loading" }));

test("a file is picked, and its log has the keyboard", () =>
  byKeys("", async (page) => {
    // The picker of handles is the browser's own, and no test can answer it.
    await page.evaluate(() => { delete globalThis.showOpenFilePicker; });
    // Before any key: whether a picker is answered is settled beside the keys, and takes a while.
    page.once("filechooser", (picker) => picker.setFiles({ name: "picked.ndjson", mimeType: "", buffer: GAMMA }));
    await tabTo(page, /^Choose files/);
    await enter(page);
    await stateIs(page, "ready");
    await page.getByText("picked.ndjson · 19 events").waitFor();
    await idIs(page, "main");
  }, { state: "start" }));

test("a picture is saved as SVG from the menu", () =>
  byKeys("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    await tabTo(page, /^Save as/);
    await enter(page);
    await page.locator("[role=menuitem]:focus", { hasText: "SVG" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator("[role=menuitem]:focus", { hasText: "PNG" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.locator("[role=menuitem]:focus", { hasText: "SVG" }).waitFor();
    await isSeen(page);
    const svg = await saved(page, () => enter(page));
    assert.equal(svg.name, "lineage.svg");
    assert.match(svg.text, /W-001/);
    assert.match((await keyboard(page)).name, /^Save as/, "the menu gives the keyboard back");
  }));

test("an alarm that is over: back to the moment, and from the want to what failed at its bottom", () =>
  byKeys("?log=alarm.ndjson", async (page) => {
    await page.getByRole("region", { name: "Needs attention" }).waitFor({ state: "detached" });
    await page.keyboard.press("t");
    await idIs(page, "as-of-thumb");
    const moment = () => page.locator("#as-of-thumb").getAttribute("aria-valuenow").then(Number);
    const end = await moment();
    for (let at = end - 1; at >= 9; at -= 1) {
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction((at) => document.querySelector("#as-of-thumb").getAttribute("aria-valuenow") === String(at), at);
    }
    await isSeen(page);
    await page.getByRole("region", { name: "Needs attention" }).getByText("disk full").first().waitFor();
    await page.waitForURL((url) => url.hash.includes("at=9"));
    await tabTo(page, /W-top/, "Shift+Tab");
    await enter(page);
    await focusIs(page, "W-top");
    await idIs(page, "picture");
    await page.locator(".why-open").getByText("disk full").waitFor();
    await tabTo(page, /^JR-mid\b/);
    await enter(page);
    await focusIs(page, "JR-mid");
    await idIs(page, "picture");
    assert.match(hashOf(page), /at=9/);
    await page.getByText("disk full").first().waitFor();
  }));
