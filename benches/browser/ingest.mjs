// Opening a log: the page against plain scripts, from asking for the bytes to the first answer.
import { statSync } from "node:fs";
import { join } from "node:path";
import { watch } from "./renderer.mjs";
import { MADE, goTo, withPage } from "./site.mjs";
import { growth, spread } from "./stats.mjs";

/** The baseline that the goals are about; the others are to compare. */
const RIVAL = "JSON.parse + Maps";
const SUBJECTS = {
  page: openPage,
  [RIVAL]: baseline("maps"),
  "JSON.parse": baseline("parse"),
  "fetch alone": baseline("fetch"),
};
/** A log that is not open after that long never will be. */
const PATIENCE_MS = 300_000;
/** At most this part of the rival's. */
const GOALS = { time: 0.25, kept: 0.35, peak: 0.5 };

/**
 * @param {number[]} sizes in events
 * @returns every measurement: size, subject, and `whole` and `time` in ms, `peak` and `kept` in MB
 */
export async function run(site, { sizes, repeats }) {
  const rows = [];
  for (const size of sizes) {
    for (let i = 0; i < repeats; i += 1) {
      for (const [subject, act] of Object.entries(SUBJECTS)) {
        const measured = await act(site, `logs/${size}.ndjson`);
        rows.push({ size, subject, ...measured });
        console.log(`${size} events, ${subject}: ${Math.round(measured.time)} ms, at most ${Math.round(measured.peak)} MB, then ${Math.round(measured.kept)} MB`);
      }
    }
  }
  const bytes = Object.fromEntries(sizes.map((size) => [size, statSync(join(MADE, `logs/${size}.ndjson`)).size]));
  return { rows, bytes };
}

/** `whole` begins with the navigation, code and all; `time` when the page asks for the log. */
function openPage(site, log) {
  return withPage(site, "", async (page) => {
    const { memory } = await watch(page);
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const { state } = document.documentElement.dataset;
        if (["ready", "failed"].includes(state)) globalThis.benchEnd ??= { state, at: performance.now() };
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-state"] });
    });
    await goTo(page, site.url(`page/index.html?log=${encodeURIComponent(site.url(log))}`));
    const { state, at, asked } = await (await page.waitForFunction(() => {
      const { name, startTime } = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".ndjson")) ?? {};
      return globalThis.benchEnd && { ...globalThis.benchEnd, asked: name ? startTime : 0 };
    }, undefined, { polling: 200, timeout: PATIENCE_MS })).jsonValue();
    if (state !== "ready") throw new Error(`the page did not open ${log}`);
    return { whole: at, time: at - asked, ...(await memory()) };
  });
}

function baseline(name) {
  return (site, log) =>
    withPage(site, "bench/pages/empty.html", async (page) => {
      const { memory } = await watch(page);
      const time = await page.evaluate(async ([module, name, url]) => (await import(module)).measure(name, url), [
        site.url("bench/pages/baselines.mjs"), name, site.url(log),
      ]);
      return { whole: time, time, ...(await memory()) };
    });
}

/** Tables of what `run` gave, and whether the goals are met. */
export function tell({ rows, bytes }, { table, number, spreadOf, verdict, times }) {
  const sizes = [...new Set(rows.map(({ size }) => size))];
  const of = (size, subject, what) =>
    spread(rows.filter((row) => row.size === size && row.subject === subject).map((row) => row[what]).filter(Number.isFinite));
  // Turn by turn: what slows one turn slows both.
  const ratio = (size, subject, what) => {
    const [mine, others] = ["page", subject].map((name) => rows.filter((row) => row.size === size && row.subject === name));
    return spread(mine.map((row, turn) => row[what] / others[turn]?.[what]).filter(Number.isFinite));
  };
  const parts = sizes.map((size) => {
    const subject = (name) => [
      name, spreadOf(of(size, name, "time")), spreadOf(of(size, name, "peak")), spreadOf(of(size, name, "kept")),
      ...["time", "peak", "kept"].map((what) => spreadOf(ratio(size, name, what))),
    ];
    const head = ["", "ms", "peak MB", "kept MB", "page ÷ it: time", "peak", "kept"];
    const whole = number(of(size, "page", "whole")?.median);
    return `#### ${number(size)} events, ${number(bytes[size] / 1e6)} MB\n\n${table(head, Object.keys(SUBJECTS).map(subject))}\n\n` +
      `From the click on a link to the page, its code included, it is ready after ${whole} ms.`;
  });
  const exponent = (name) => growth(sizes.map((size) => [size, of(size, name, "time").median]));
  const grown = Object.keys(SUBJECTS).map((name) => [name, times(exponent(name))]);
  const largest = Math.max(...sizes);
  const goals = Object.entries(GOALS).map(([what, most]) =>
    verdict(`${what} of the page at ${number(largest)} events, of that of ${RIVAL}`, ratio(largest, RIVAL, what)?.median, most));
  return [...parts, `Time grows with the number of events to the power of:\n\n${table(["", "exponent"], grown)}`, goals.join("\n")].join("\n\n");
}
