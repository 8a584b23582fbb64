// What the page practices once a log is shown: a page of each view, which nobody sees and nothing is left of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, load, readLog } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
/** So often what nothing leads to is collected before it counts as kept. */
const MAX_ROUNDS = 50;
/** What is made: the views one after the other, and around them the parts of a page, by their classes. */
const MADE = ["want", "job-run", "partition", "canvas", "side", "toolbar", "run-head", "run-tail"];

/**
 * In the page, before it runs: notes what of `made` was made apart from the document, with its elements, weakly; what a reader
 * had of the page when it began; and calls `globalThis.began` then.
 */
function noteApart(made) {
  globalThis.apart = [];
  globalThis.had = () => ({
    address: location.href,
    back: history.length,
    title: document.title,
    keyboard: document.activeElement.id || document.activeElement.tagName,
    pictures: document.querySelectorAll("svg[data-view], .side, .toolbar").length,
  });
  const note = (value, element) => {
    // Those of the page are in the document by the end of the turn that makes them.
    if (element.isConnected) return;
    if (globalThis.apart.length === 0) {
      globalThis.before = globalThis.had();
      globalThis.began?.();
    }
    globalThis.apart.push([value, new WeakRef(element)]);
  };
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    if (["data-view", "class"].includes(name) && made.includes(value)) queueMicrotask(() => note(value, this));
    return setAttribute.call(this, name, value);
  };
}

test("practice is nothing that a reader sees, hears or goes back to, and nothing is left of it", () =>
  visit("", async (page) => {
    await page.addInitScript(noteApart, MADE);
    await load(page, "?log=gamma.ndjson");
    await page.waitForFunction((made) => made.every((it) => globalThis.apart.some(([value]) => value === it)), MADE);
    assert.deepEqual(await page.evaluate(() => globalThis.had()), await page.evaluate(() => globalThis.before));
    const said = await page.locator("[role=status], [role=alert]").allTextContents();
    assert.ok(said.every((it) => /^(|gamma.ndjson: loaded, 19 events)$/.test(it)), said.join());
    const session = await page.context().newCDPSession(page);
    const left = () => page.evaluate(() => globalThis.apart.filter(([, it]) => it.deref()).map(([value]) => value).join());
    for (let round = 0; (await left()) !== ""; round += 1) {
      assert.ok(round < MAX_ROUNDS, `left: ${await left()}`);
      await session.send("HeapProfiler.collectGarbage");
    }
  }, { state: "start" }));

test("a page that is asked for while it is practiced is made as ever", () =>
  visit("", async (page) => {
    await page.addInitScript(noteApart, MADE);
    await page.addInitScript(() => {
      globalThis.began = () => { location.hash = "#/want/W-001"; };
    });
    await load(page, "?log=gamma.ndjson");
    await focusIs(page, "W-001");
    assert.equal(await page.locator("svg[data-view]").count(), 1);
  }, { state: "start" }));
