// What the page practices once a log is shown: a page of each view, which nobody sees and nothing is left of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, load, readLog } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
/** So often what nothing leads to is collected before it counts as kept. */
const MAX_ROUNDS = 50;
const VIEWS = ["want", "job-run", "partition"];

/** In the page, before it runs: notes which views were made apart from the document, and their elements, weakly. */
function noteApart() {
  globalThis.apart = [];
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    // Those of the page are in the document by the end of the turn that makes them.
    if (name === "data-view") queueMicrotask(() => this.isConnected || globalThis.apart.push([value, new WeakRef(this)]));
    return setAttribute.call(this, name, value);
  };
}

const practiced = (page) =>
  page.waitForFunction((views) => views.every((view) => globalThis.apart.some(([made]) => made === view)), VIEWS);

/** What a reader has of the page. */
const had = (page) => page.evaluate(() => ({
  address: location.href,
  back: history.length,
  title: document.title,
  keyboard: document.activeElement.id || document.activeElement.tagName,
  said: [...document.querySelectorAll("[role=status], [role=alert]")].map((it) => it.textContent),
  pictures: document.querySelectorAll("svg[data-view]").length,
}));

test("practice is nothing that a reader sees, hears or goes back to, and nothing is left of it", () =>
  visit("", async (page) => {
    await page.addInitScript(noteApart);
    await load(page, "?log=gamma.ndjson");
    const before = await had(page);
    await practiced(page);
    const after = await had(page);
    // The log is told of in its own time.
    assert.deepEqual({ ...after, said: "" }, { ...before, said: "" });
    assert.ok(after.said.every((said) => /^(|gamma.ndjson: loaded, 19 events)$/.test(said)), after.said.join());
    const session = await page.context().newCDPSession(page);
    const left = () => page.evaluate(() => globalThis.apart.filter(([, it]) => it.deref()).length);
    for (let round = 0; (await left()) > 0; round += 1) {
      assert.ok(round < MAX_ROUNDS, `${await left()} elements are left`);
      await session.send("HeapProfiler.collectGarbage");
    }
  }, { state: "start" }));

test("a page that is asked for while it is practiced is made as ever", () =>
  visit("", async (page) => {
    await page.addInitScript(noteApart);
    await page.addInitScript(() => {
      const look = () => (globalThis.apart.length > 0 ? (location.hash = "#/want/W-001") : setTimeout(look));
      look();
    });
    await load(page, "?log=gamma.ndjson");
    await focusIs(page, "W-001");
    assert.equal(await page.locator("svg[data-view]").count(), 1);
  }, { state: "start" }));
