// A log of a hundred thousand events: the page stays free while it is opened and asked.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { focusIs, journeys, node, noteOrders, readGraph, setHash, stateIs } from "./journey.mjs";
import { fanOf, layersOf } from "./logs.mjs";

const N = 24_999;
const LOG = Buffer.from(fanOf(N));
/** What a task may take before a reader notices; on a slow machine, this part of what parsing the log's lines takes there. */
const LONGEST_MS = 50;
const LONGEST_PART = 0.4;
const LARGER = Buffer.from(fanOf(3 * N));
const N_LAYERED = 6_000;
const LAYERS = Buffer.from(layersOf(N_LAYERED));
const { visit, url } = journeys({ "large.ndjson": LOG, "larger.ndjson": LARGER, "layers.ndjson": LAYERS, "endless.ndjson": { body: endless } });
const HUB = "#/partition/hub";
const PIECE = 1 << 18;

async function* endless() {
  for (let at = 0; at < LOG.length / 2; at += PIECE) yield LOG.subarray(at, at + PIECE);
  await new Promise(() => {});
}

/**
 * Every task of the page's thread while `act` runs, from the request for the log on: milliseconds of the
 * processor's time, which do not grow when others have the processor.
 */
async function tasksOf(page, act) {
  const browser = page.context().browser();
  const folder = await mkdtemp(join(tmpdir(), "lineage-"));
  const path = join(folder, "trace.json");
  try {
    await browser.startTracing(page, { path, categories: ["toplevel", "devtools.timeline", "__metadata"] });
    await act();
    await browser.stopTracing();
    const { traceEvents } = JSON.parse(readFileSync(path, "utf8"));
    const asked = traceEvents.find(({ name, args }) => name === "ResourceSendRequest" && args.data.url.endsWith(".ndjson"));
    const { pid, ts } = asked;
    const { tid } = traceEvents.find((it) => it.pid === pid && it.name === "thread_name" && it.args.name === "CrRendererMain");
    const tasks = traceEvents.filter((it) => it.pid === pid && it.tid === tid && it.ts >= ts && it.name.endsWith("RunTask"));
    return tasks.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** In the page: notes what is said of a picture that is drawn and not counted yet, each once, in `globalThis.uncounted`. */
function noteUncounted() {
  globalThis.uncounted = [];
  new MutationObserver(() => {
    const said = document.querySelector("svg[data-drawn=true]:not([data-ready])") && document.querySelector(".coverage")?.textContent;
    if (said && !globalThis.uncounted.includes(said)) globalThis.uncounted.push(said);
  }).observe(document, { attributes: true, childList: true, subtree: true });
}

/** Milliseconds of the processor's time that parsing each line of the log takes: how fast this machine is now. */
function parsing() {
  const before = process.cpuUsage();
  for (const line of LOG.toString().trimEnd().split("\n")) JSON.parse(line);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test("no task of the page's thread is long while a log is opened", () =>
  visit("", async (page) => {
    const tasks = await tasksOf(page, async () => {
      await page.goto(`${url()}?log=large.ndjson`);
      await stateIs(page, "ready");
      await page.getByText("· 100,000 events").waitFor();
    });
    assert.ok(tasks.length > 100, `${tasks.length} tasks were seen`);
    const most = Math.max(LONGEST_MS, LONGEST_PART * parsing());
    assert.ok(tasks[0] <= most, `the longest take ${tasks.slice(0, 5).map(Math.round)} of ${Math.round(most)} ms`);
  }, { state: "start" }));

test("what was read most is asked for, its group scrolled to the end, and the last row pinned", () =>
  visit(`?log=large.ndjson${HUB}`, async (page) => {
    await focusIs(page, "hub");
    const group = (await readGraph(page)).nodes.find(({ kind }) => kind === "group");
    await page.locator(`${node(group.id)} .node-name`).click();
    const list = page.getByRole("region", { name: "Members of the group" });
    await list.getByText("Members · 24,999 of 24,999").waitFor();
    const rows = list.getByRole("group", { name: "Members", exact: true });
    await rows.evaluate((it) => (it.scrollTop = it.scrollHeight));
    const last = rows.locator(`[aria-posinset="${N}"]`);
    await last.waitFor();
    const [day] = (await last.locator(".thing").getAttribute("title")).match(/\d+$/);
    await last.getByRole("button", { name: "Pin", exact: true }).click();
    await page.locator(`svg[data-view] g[data-ref="report/day=${day}"]`).waitFor();
  }));

test("how much is within the hops of what was read most is counted once it is drawn", () =>
  visit("?log=layers.ndjson", async (page) => {
    await page.evaluate(noteUncounted);
    await setHash(page, `${HUB}?down=2`);
    await focusIs(page, "hub");
    // The hub, each report and what was built from that, and the run of each.
    const all = 2 + 4 * N_LAYERED;
    const said = (total) => `within 1 hop up, 2 hops down · 2 of ${total} · ${N_LAYERED.toLocaleString("en")} in groups`;
    await page.locator(".coverage").getByText(said(all.toLocaleString("en"))).waitFor();
    assert.equal((await readGraph(page)).total, all);
    assert.deepEqual(await page.evaluate(() => globalThis.uncounted), [said("…")]);
  }));

/** In the page: prints it as soon as a picture is drawn and not counted yet; gives what is said of that before and then. No task comes in between. */
const printUncounted = (hash) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("no picture was drawn before it was counted")), 10_000);
  const said = () => document.querySelector(".coverage")?.textContent;
  const look = new MutationObserver(async () => {
    if (!document.querySelector("svg[data-drawn=true]:not([data-ready])") || !said()) return;
    look.disconnect();
    const before = said();
    dispatchEvent(new Event("beforeprint"));
    for (let turn = 0; turn < 100; turn += 1) await undefined;
    resolve([before, said()]);
    dispatchEvent(new Event("afterprint"));
  });
  look.observe(document, { attributes: true, childList: true, subtree: true });
  location.hash = hash;
});

test("a picture that is not counted yet is, on paper", () =>
  visit("?log=layers.ndjson", async (page) => {
    const [before, printed] = await page.evaluate(printUncounted, `${HUB}?down=2`);
    assert.match(before, / · 2 of … · /);
    assert.match(printed, / · 2 of 24,002 · /);
  }));

test("reading is called off in the middle, and another log opens", () =>
  visit("?log=endless.ndjson", async (page) => {
    await page.getByRole("button", { name: "Show what has come" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await stateIs(page, "start");
    await page.goto(`${url()}?log=large.ndjson`);
    await stateIs(page, "ready");
    await setHash(page, HUB);
    await focusIs(page, "hub");
  }, { state: "loading" }));

/** In the page: calls loading off once the first columns have come, and notes the states from then on. */
function cancelAmongColumns() {
  globalThis.states = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message[0] === "finish") {
      this.addEventListener("message", cancel, { once: true });
      Worker.prototype.postMessage = postMessage;
    }
    return postMessage.call(this, message, ...rest);
  };
  const cancel = () => {
    const note = ({ dataset: { state } }) => state === globalThis.states.at(-1) || globalThis.states.push(state);
    new MutationObserver(() => note(document.documentElement))
      .observe(document.documentElement, { attributeFilter: ["data-state"] });
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel").click();
  };
}

test("loading is called off while columns come, and another log opens", () =>
  visit("", async (page) => {
    await page.addInitScript(cancelAmongColumns);
    await page.goto(`${url()}?log=larger.ndjson`);
    await page.waitForFunction(() => globalThis.states.length > 0);
    await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles({ name: "next.ndjson", mimeType: "", buffer: Buffer.from(fanOf(9)) });
    await stateIs(page, "ready");
    await setHash(page, HUB);
    await focusIs(page, "hub");
    assert.deepEqual(await page.evaluate(() => globalThis.states), ["start", "loading", "ready"]);
  }, { state: "start" }));

test("what is to happen at the end of a long log is rehearsed once, of a short one never", async () => {
  for (const [log, n] of [["large.ndjson", 0], ["larger.ndjson", 1]]) {
    await visit("", async (page) => {
      await page.addInitScript(noteOrders);
      await page.goto(`${url()}?log=${log}`);
      await stateIs(page, "ready");
      const [orders, answers] = await page.evaluate(() => [globalThis.orders, globalThis.answers]);
      assert.equal(orders.filter((it) => it === "rehearse").length, n, log);
      assert.equal(orders.at(-1), "finish");
      assert.ok(answers.filter((it) => it === "columns").length > 1, `${log}: columns come in slices`);
      assert.equal(answers.at(-1), "done");
      await setHash(page, HUB);
      await focusIs(page, "hub");
    }, { state: "start" });
  }
});

/** In the page: counts the buffers that are made to be read into, and takes the way to read into them away where `can` is false. */
function noteBuffers(can) {
  globalThis.nBuffers = 0;
  const long = 1 << 20;
  globalThis.ArrayBuffer = new Proxy(ArrayBuffer, {
    construct(target, [length]) {
      if (length > long) globalThis.nBuffers += 1;
      return new target(length);
    },
  });
  if (!can) delete globalThis.ReadableStreamBYOBReader;
}

test("a long log is read into a few buffers, time and again, and into the browser's own where those are all there are", async () => {
  // As many as may be on their way, and one that is being filled.
  for (const [can, n] of [[true, 5], [false, 0]]) {
    await visit("", async (page) => {
      await page.addInitScript(noteBuffers, can);
      await page.goto(`${url()}?log=larger.ndjson`);
      await stateIs(page, "ready");
      await page.getByText("· 299,992 events").waitFor();
      const made = await page.evaluate(() => globalThis.nBuffers);
      assert.ok(made <= n && made > 0 === can, `${made} buffers`);
    }, { state: "start" });
  }
});

test("the worker is ended once its log is shown", () =>
  visit("", async (page) => {
    const begun = page.waitForEvent("worker");
    await page.goto(`${url()}?log=large.ndjson`);
    const worker = await begun;
    await stateIs(page, "ready");
    if (page.workers().includes(worker)) await worker.waitForEvent("close");
  }, { state: "start" }));
