// Every page, in each of its states: what all of them are held to (axe-core, pictures) is held to this list.

import assert from "node:assert/strict";
import { focusIs, readLog } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

/** What the server has beside the page. */
export const FILES = {
  "gamma.ndjson": readLog("gamma.ndjson"),
  "openlineage.ndjson": readLog("openlineage/airflow.ndjson"),
  "fan.ndjson": fanOf(40),
  "bad.ndjson": "no log\n",
  // A line that is no JSON, one without a payload, a field and a kind that nobody knows, a run that ends twice.
  "faults.ndjson": `${readLog("gamma.ndjson")}{"event_id":\n{"event_id":90,"timestamp":1732284193000000000}
{"event_id":91,"timestamp":1732284194000000000,"job_run_failure_v1":{"job_run_id":"JR-789","mood":"bad"}}
{"event_id":92,"timestamp":1732284195000000000,"job_run_dance_v7":{"job_run_id":"JR-788"}}\n`,
  // Comes as far as its first line, and then no farther: the page goes on loading.
  "slow.ndjson": async function* () {
    yield readLog("gamma.ndjson").subarray(0, 400);
    await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  },
};

const PHONE = { viewport: { width: 390, height: 800 } };
const ref = encodeURIComponent;
const gamma = (hash) => `?log=gamma.ndjson${hash}`;
const sample = (hash) => `?log=sample.ndjson${hash}`;
const CLOSE = ref("report/finance_close/month=2026-11");
const CALENDAR = ref("dim/calendar/span=2015-2034");
const SESSIONS = ref("core/sessions/region=apac/date=2026-11-12");
const graph = (page) => page.waitForSelector("svg[data-view][data-ready=true]");

const onTour = async (page) => {
  await graph(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).waitFor();
  await page.keyboard.type("take the tour");
  await page.keyboard.press("Enter");
  await page.locator(".tour").getByRole("button", { name: "Next" }).click();
  await page.waitForSelector(".entity-body[data-tour]");
};

/** Name -> its address, what leads to the state that is meant, the state of the page, and the window. */
const TOLD = {
  start: ["", (page) => page.waitForSelector(".recent p"), "start"],
  loading: ["?log=slow.ndjson", undefined, "loading"],
  failed: ["?log=bad.ndjson", undefined, "failed"],
  asking: [`?log=${ref("https://elsewhere.invalid/log.ndjson")}`, undefined, "asking"],
  home: [gamma("")],
  "home of the sample": [sample(""), (page) => page.waitForSelector(".home .row-want")],
  "home on a phone": [sample(""), (page) => page.waitForSelector(".home .row-want"), "ready", PHONE],
  "home of OpenLineage": ["?log=openlineage.ndjson"],
  "home by kind of search": [gamma("#/?q=data")],
  notices: [gamma("#/notices")],
  "notices of the sample": [sample("#/notices")],
  "notices of a log with faults": ["?log=faults.ndjson#/notices", (page) => page.waitForSelector("details.notice-class")],
  want: [gamma("#/want/W-001"), graph],
  "want with a node inspected and its attempts open": [gamma("#/want/W-001?sel=job-run:JR-789&open=attempts.job-run:JR-789"), graph],
  "want, outline": [gamma("#/want/W-001?tab=outline"), (page) => page.waitForSelector("[role=tree]")],
  "want, table": [gamma("#/want/W-001?tab=table"), (page) => page.waitForSelector(".nodes-table")],
  "want of many runs": [sample("#/want/W-000063"), graph],
  "want of many runs, where its time went": [sample("#/want/W-000063"), async (page) => {
    await graph(page);
    await page.locator("details.waterfall > summary").click();
    await page.waitForSelector(".waterfall-bar");
  }],
  "want that failed": [sample("#/want/W-000134"), graph],
  partition: [sample(`#/partition/${SESSIONS}`), graph],
  "partition, turned, in refs": [sample(`#/partition/${SESSIONS}?mode=refs&dir=tb`), graph],
  "partition, stale": [sample(`#/partition/${CLOSE}`), graph],
  "partition, with the menu that saves": [sample(`#/partition/${SESSIONS}`), async (page) => {
    await graph(page);
    await page.getByRole("button", { name: "Save as", exact: true }).click();
    await page.waitForSelector("[role=menuitem]:focus");
  }],
  "partition, outline": [sample(`#/partition/${SESSIONS}?tab=outline`), (page) => page.waitForSelector("[role=tree]")],
  "partition, table": [sample(`#/partition/${SESSIONS}?tab=table`), (page) => page.waitForSelector(".nodes-table")],
  "partition with a group": ["?log=fan.ndjson#/partition/hub", async (page) => {
    await page.locator("g[data-kind=group] .node-name").first().click();
    await page.waitForSelector(".side .virtual-list, .side ul");
  }],
  "partition in a group's table": ["?log=fan.ndjson#/partition/hub?tab=table", (page) => page.waitForSelector(".nodes-table")],
  "partition as of an event": [sample(`#/partition/${SESSIONS}?at=2000`), graph],
  "partition on a phone": [sample(`#/partition/${SESSIONS}`), graph, "ready", PHONE],
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
  "dataset as a calendar": [sample(`#/dataset/${ref("core/sessions/region=*/date=*")}`), (page) => page.locator(".dataset .cell:visible").first().waitFor()],
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
  "the tour, on a want": [sample("#/want/W-000134"), onTour],
  "the tour, on a want on a phone": [sample("#/want/W-000134"), onTour, "ready", PHONE],
  "the dialog that opens another log": [gamma(""), async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForSelector("dialog[open]");
  }],
  "the dialog that saves the page": [gamma(""), async (page) => {
    await page.locator("header").getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForSelector("dialog[open]");
  }],
};

/** @type {Record<string, { address: string, act?: Function, state: string, context: object }>} */
export const STATES = Object.fromEntries(
  Object.entries(TOLD).map(([name, [address, act, state = "ready", context = {}]]) => [name, { address, act, state, context }]),
);
