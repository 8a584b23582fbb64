// Opening a log: the page against plain scripts, to the first answer; from asking a server for the bytes,
// and from a file that the reader has picked.
import { statSync } from "node:fs";
import { join } from "node:path";
import { watch } from "./renderer.mjs";
import { MADE, goTo, withPage } from "./site.mjs";
import { growth, spread } from "./stats.mjs";

/** The baseline that the goals are about; the others are to compare. */
const RIVAL = "JSON.parse + Maps";
/** Where the bytes are, and who reads them there. */
const WAYS = {
  "over HTTP": {
    page: openAddress,
    [RIVAL]: baseline("maps", addressOf),
    "JSON.parse": baseline("parse", addressOf),
    "bytes alone": baseline("bytes", addressOf),
  },
  "from a file": {
    page: openFile,
    [RIVAL]: baseline("maps", pick),
    "JSON.parse": baseline("parse", pick),
    "bytes alone": baseline("bytes", pick),
  },
};
/** A log that is not open after that long never will be. */
const PATIENCE_MS = 300_000;
/** At most this part of the rival's. */
const GOALS = { time: 0.25, kept: 0.35, peak: 0.5 };

/**
 * @param {number[]} sizes in events
 * @returns every measurement: size, way, subject, and `whole` and `time` in ms, `peak` and `kept` in MB
 */
export async function run(site, { sizes, repeats }) {
  const rows = [];
  for (const size of sizes) {
    for (let i = 0; i < repeats; i += 1) {
      for (const [way, subjects] of Object.entries(WAYS)) {
        for (const [subject, act] of Object.entries(subjects)) {
          const measured = await act(site, `logs/${size}.ndjson`);
          rows.push({ size, way, subject, ...measured });
          console.log(`${size} events ${way}, ${subject}: ${Math.round(measured.time)} ms, at most ${Math.round(measured.peak)} MB, then ${Math.round(measured.kept)} MB`);
        }
      }
    }
  }
  const bytes = Object.fromEntries(sizes.map((size) => [size, statSync(join(MADE, `logs/${size}.ndjson`)).size]));
  return { rows, bytes };
}

/** `whole` begins with the navigation, code and all; `time` when the page asks for the log. */
function openAddress(site, log) {
  return withWatched(site, async (page, memory) => {
    await goTo(page, site.url(`page/index.html?log=${encodeURIComponent(site.url(log))}`));
    const whole = await opened(page, log);
    const asked = await page.evaluate(() => {
      const { name, startTime } = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".ndjson")) ?? {};
      return name ? startTime : 0;
    });
    return { whole, time: whole - asked, ...(await memory()) };
  });
}

/**
 * `time` begins when the page is told what was picked; its code is there by then, and its worker, which starts when the way to
 * pick a file has the keyboard.
 */
function openFile(site, log) {
  return withWatched(site, async (page, memory) => {
    await page.addInitScript(() => {
      addEventListener("change", () => (globalThis.benchPicked ??= performance.now()), { capture: true });
    });
    await goTo(page, site.url("page/index.html"));
    await page.locator("html[data-state=start]").waitFor({ state: "attached" });
    const way = page.locator("main input[type=file]:not([webkitdirectory])").first();
    await Promise.all([page.waitForEvent("worker"), way.focus()]);
    // A reader takes longer to choose.
    await page.waitForTimeout(1000);
    await way.setInputFiles(join(MADE, log));
    const end = await opened(page, log);
    return { time: end - (await page.evaluate(() => globalThis.benchPicked)), ...(await memory()) };
  });
}

/** An empty page that notes when it is ready, and its `memory`. */
function withWatched(site, act) {
  return withPage(site, "", async (page) => {
    const { memory } = await watch(page);
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const { state } = document.documentElement.dataset;
        if (["ready", "failed"].includes(state)) globalThis.benchEnd ??= { state, at: performance.now() };
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-state"] });
    });
    return act(page, memory);
  });
}

/** When the log was open, by the page's clock. */
async function opened(page, log) {
  const end = await page.waitForFunction(() => globalThis.benchEnd, undefined, { polling: 200, timeout: PATIENCE_MS });
  const { state, at } = await end.jsonValue();
  if (state !== "ready") throw new Error(`the page did not open ${log}`);
  return at;
}

/** `sourceOf` gives what the baseline reads, in the page. */
function baseline(name, sourceOf) {
  return (site, log) =>
    withPage(site, "bench/pages/empty.html", async (page) => {
      const { memory } = await watch(page);
      const source = await sourceOf(page, site, log);
      const time = await page.evaluate(async ([module, name, source]) => (await import(module)).measure(name, source), [
        site.url("bench/pages/baselines.mjs"), name, source,
      ]);
      return { time, ...(await memory()) };
    });
}

function addressOf(_page, site, log) {
  return site.url(log);
}

/** The log as a reader picks it. */
async function pick(page, _site, log) {
  const input = await page.evaluateHandle(() => document.body.appendChild(Object.assign(document.createElement("input"), { type: "file" })));
  await input.asElement().setInputFiles(join(MADE, log));
  return page.evaluateHandle((input) => input.files[0], input);
}

/** Tables of what `run` gave, and whether the goals are met. */
export function tell({ rows, bytes }, { table, number, spreadOf, verdict, times }) {
  const sizes = [...new Set(rows.map(({ size }) => size))];
  const only = (size, way, subject) => rows.filter((row) => row.size === size && row.way === way && row.subject === subject);
  const of = (size, way, subject, what) => spread(only(size, way, subject).map((row) => row[what]).filter(Number.isFinite));
  // Turn by turn: what slows one turn slows both.
  const ratio = (size, way, subject, what) => {
    const [mine, others] = ["page", subject].map((name) => only(size, way, name));
    return spread(mine.map((row, turn) => row[what] / others[turn]?.[what]).filter(Number.isFinite));
  };
  const tableOf = (size, way) => {
    const subject = (name) => [
      name, ...["time", "peak", "kept"].map((what) => spreadOf(of(size, way, name, what))),
      ...["time", "peak", "kept"].map((what) => spreadOf(ratio(size, way, name, what))),
    ];
    const head = [way, "ms", "peak MB", "kept MB", "page ÷ it: time", "peak", "kept"];
    return table(head, Object.keys(WAYS[way]).map(subject));
  };
  const ways = Object.keys(WAYS);
  const parts = sizes.map((size) => {
    const whole = number(of(size, "over HTTP", "page", "whole")?.median);
    return [
      `### ${number(size)} events, ${number(bytes[size] / 1e6)} MB`, ...ways.map((way) => tableOf(size, way)),
      `From the click on a link to the page, its code included, it is ready after ${whole} ms.`,
    ].join("\n\n");
  });
  const exponent = (way, name) => growth(sizes.map((size) => [size, of(size, way, name, "time").median]));
  const grown = Object.keys(WAYS[ways[0]]).map((name) => [name, ...ways.map((way) => times(exponent(way, name)))]);
  const largest = Math.max(...sizes);
  const goals = ways.flatMap((way) => Object.entries(GOALS).map(([what, most]) =>
    verdict(`${what} of the page at ${number(largest)} events ${way}, of that of ${RIVAL}`, ratio(largest, way, RIVAL, what)?.median, most)));
  return [...parts, `Time grows with the number of events to the power of:\n\n${table(["exponent", ...ways], grown)}`, goals.join("\n")].join("\n\n");
}
