// What axe-core finds on every page, in each of its states, in both themes: nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { focusIs, journeys, readLog, stateIs } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

const files = {
  "gamma.ndjson": readLog("gamma.ndjson"),
  "openlineage.ndjson": readLog("openlineage/airflow.ndjson"),
  "fan.ndjson": fanOf(40),
  "bad.ndjson": "no log\n",
  // Comes as far as its first line, and then no farther: the page goes on loading.
  "slow.ndjson": async function* () {
    yield readLog("gamma.ndjson").subarray(0, 400);
    await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  },
};
const { visit } = journeys(files);

/** Each violation as its rule, and where it is. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}

const ref = encodeURIComponent;
const gamma = (hash) => `?log=gamma.ndjson${hash}`;
const sample = (hash) => `?log=sample.ndjson${hash}`;
const CLOSE = ref("report/finance_close/month=2026-11");
const CALENDAR = ref("dim/calendar/span=2015-2034");
const SESSIONS = ref("core/sessions/region=apac/date=2026-11-12");
const graph = (page) => page.waitForSelector("svg[data-view][data-ready=true]");

/** Each page: its address, what leads to the state that is meant, and the state of the page. */
const pages = {
  start: ["", undefined, "start"],
  loading: ["?log=slow.ndjson", undefined, "loading"],
  failed: ["?log=bad.ndjson", undefined, "failed"],
  asking: [`?log=${ref("https://elsewhere.invalid/log.ndjson")}`, undefined, "asking"],
  home: [gamma("")],
  "home of the sample": [sample(""), (page) => page.waitForSelector(".home .row-want")],
  "home of OpenLineage": ["?log=openlineage.ndjson"],
  "home by kind of search": [gamma("#/?q=data")],
  notices: [gamma("#/notices")],
  "notices of the sample": [sample("#/notices")],
  want: [gamma("#/want/W-001"), graph],
  "want with a node inspected and its attempts open": [gamma("#/want/W-001?sel=job-run:JR-789&open=attempts.job-run:JR-789"), graph],
  "want, outline": [gamma("#/want/W-001?tab=outline"), (page) => page.waitForSelector("[role=tree]")],
  "want, table": [gamma("#/want/W-001?tab=table"), (page) => page.waitForSelector(".nodes-table")],
  "want that failed": [sample("#/want/W-000063"), graph],
  partition: [sample(`#/partition/${SESSIONS}`), graph],
  "partition, turned, in refs": [sample(`#/partition/${SESSIONS}?mode=refs&dir=tb`), graph],
  "partition, stale": [sample(`#/partition/${CLOSE}`), graph],
  "partition, outline": [sample(`#/partition/${SESSIONS}?tab=outline`), (page) => page.waitForSelector("[role=tree]")],
  "partition, table": [sample(`#/partition/${SESSIONS}?tab=table`), (page) => page.waitForSelector(".nodes-table")],
  "partition with a group": ["?log=fan.ndjson#/partition/hub", async (page) => {
    await page.locator("g[data-kind=group] .node-name").first().click();
    await page.waitForSelector(".side .virtual-list, .side ul");
  }],
  "partition in a group's table": ["?log=fan.ndjson#/partition/hub?tab=table", (page) => page.waitForSelector(".nodes-table")],
  "partition as of an event": [sample(`#/partition/${SESSIONS}?at=2000`), graph],
  "partition that is not there": [gamma("#/partition/none"), (page) => page.waitForSelector(".empty")],
  "job run": [sample("#/job-run/JR-000103"), graph],
  "job run of OpenLineage": ["?log=openlineage.ndjson", async (page) => {
    const id = await page.evaluate(() => document.querySelector('a[href*="#/job-run/"], a[href*="#/want/"]')?.getAttribute("href"));
    assert.ok(id, "home leads to a run");
    await page.evaluate((id) => { location.hash = id; }, id);
    await graph(page);
  }],
  impact: [sample(`#/impact/${CALENDAR}`), (page) => page.waitForSelector(".impact tbody tr[data-id]")],
  diff: [sample(`#/diff/${CLOSE}`), (page) => page.waitForSelector(".diff h1")],
  path: [sample(`#/path?from=${ref("raw/payments/region=apac/date=2026-11-20")}&to=${CLOSE}`), graph],
  "path, not chosen yet": [sample("#/path")],
  job: [sample(`#/job/${ref("//warehouse/core:sessions")}`), (page) => page.waitForSelector(".job .row-run")],
  dataset: [gamma(`#/dataset/${ref("data/beta")}`)],
  "dataset as a calendar": [sample(`#/dataset/${ref("core/sessions/region=*/date=*")}`), (page) => page.waitForSelector(".dataset .cell")],
  "search, nothing typed": [gamma(""), async (page) => {
    await page.locator("#search").focus();
    await page.waitForSelector(".search-results");
  }],
  "search, something found": [sample(""), async (page) => {
    await page.locator("#search").fill("orders");
    await page.waitForSelector(".search-hit");
  }],
  "search, nothing found": [sample(""), async (page) => {
    await page.locator("#search").fill("nothing-of-that-name");
    await page.waitForSelector(".search-note");
  }],
  help: [gamma("#/want/W-001"), async (page) => {
    await focusIs(page, "W-001");
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
  }],
  "help before any log": ["", async (page) => {
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
  }, "start"],
  "the dialog that opens another log": [gamma(""), async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForSelector("dialog[open]");
  }],
  "the dialog that saves the page": [gamma(""), async (page) => {
    await page.locator("header").getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForSelector("dialog[open]");
  }],
};

for (const [name, [address, act = () => {}, state = "ready"]] of Object.entries(pages)) {
  test(name, () =>
    visit(address, async (page) => {
      await act(page);
      const found = {};
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        found[colorScheme] = await violations(page);
      }
      assert.deepEqual(found, { light: [], dark: [] });
    }, { state, bypassCSP: true }));
}
