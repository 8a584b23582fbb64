// Logs of another language open as the same pages: every record is accounted for, what was built from
// what is drawn, and things are called what that language calls them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, journeys, readGraph, readLog, setHash } from "./journey.mjs";

const AIRFLOW = readLog("openlineage/airflow.ndjson");
const START = "2026-11-21T10:00:00Z";
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;

/** One event of a run of the job `name`. */
const event = (eventType, name, more = {}) => ({
  eventType,
  eventTime: eventType === "START" ? START : "2026-11-21T10:05:00Z",
  run: { runId: `run-of-${name}`, facets: {} },
  job: { namespace: "shop", name, facets: {} },
  inputs: [],
  outputs: [],
  ...more,
});
const lines = (events) => events.map((it) => `${JSON.stringify(it)}\n`).join("");
const dataset = (name, more = {}) => ({ namespace: "pg://shop", name, ...more });

const hostile = lines([
  event("START", HOSTILE, { job: { namespace: HOSTILE, name: HOSTILE, facets: {} } }),
  event("COMPLETE", HOSTILE, {
    run: {
      runId: `run-of-${HOSTILE}`,
      facets: { errorMessage: { message: HOSTILE, stackTrace: HOSTILE }, nominalTime: { nominalStartTime: HOSTILE }, [HOSTILE]: {} },
    },
    job: { namespace: HOSTILE, name: HOSTILE, facets: { sql: { query: HOSTILE }, documentation: { description: HOSTILE } } },
    inputs: [dataset(HOSTILE, { facets: { schema: { fields: [{ name: HOSTILE, type: HOSTILE }] } } })],
    outputs: [dataset("made", { facets: { ownership: { owners: [{ name: HOSTILE }] } }, outputFacets: { outputStatistics: { rowCount: 7 } } })],
  }),
]);

const { visit } = journeys({
  "airflow.ndjson": AIRFLOW,
  "marquez.json": readLog("openlineage/marquez-seed.json"),
  "spark.jsonl": readLog("openlineage/spark.jsonl"),
  "gamma.ndjson": readLog("gamma.ndjson"),
  "hostile.ndjson": hostile,
  "no-zone.ndjson": lines([event("START", "a", { eventTime: "2026-11-21T10:00:00" }), event("COMPLETE", "a", { outputs: [dataset("made")] })]),
});

/** What the notices page says under a heading of its facts. */
const fact = (page, term) => page.locator(`.notices-facts dt:text-is("${term}") + dd`).innerText();
const number = (text) => Number(text.match(/[\d,]+/)[0].replaceAll(",", ""));

/** Used, folded and skipped are all the records, of which there are `n`. */
async function assertAccount(page, n) {
  await setHash(page, "#/notices");
  await page.getByRole("heading", { name: "Notices", exact: true }).waitFor();
  const [, used, records] = (await fact(page, "Used")).match(/^([\d,]+) events? of ([\d,]+) records?$/);
  const [folded, skipped] = [number(await fact(page, "Folded")), number(await fact(page, "Skipped"))];
  assert.equal(number(records), n);
  assert.equal(number(used) + folded + skipped, n, `${used} used, ${folded} folded, ${skipped} skipped`);
  return { used: number(used), folded, skipped };
}

for (const [name, n] of [["airflow.ndjson", 32], ["spark.jsonl", 5]]) {
  test(`${name}: every line is accounted for`, () =>
    visit(`?log=${name}`, async (page) => {
      const { skipped } = await assertAccount(page, n);
      assert.equal(skipped, 0);
      assert.doesNotMatch(await fact(page, "Reads"), /misses/);
      assert.match(await fact(page, "Timestamps"), /^dates/);
    }));
}

test("marquez: 13 runs, whose outputs are live", () =>
  visit("?log=marquez.json", async (page) => {
    await page.getByText(/· 13 job runs ·/).waitFor();
    const runs = JSON.parse(readLog("openlineage/marquez-seed.json"));
    await assertAccount(page, runs.length);
    const wrote = new Map(runs.filter(({ outputs }) => outputs?.length > 0).map(({ run, outputs }) => [run.runId, outputs.length]));
    const ended = new Set(runs.filter(({ eventType }) => eventType === "COMPLETE").map(({ run }) => run.runId));
    for (const [run, n] of [...wrote].filter(([run]) => ended.has(run))) {
      await setHash(page, `#/job-run/${run}`);
      await focusIs(page, run);
      const graph = await readGraph(page);
      assertMarks(graph);
      const made = graph.edges.filter(({ kind, from }) => kind === "wrote" && from === run).map(({ to }) => to);
      assert.ok(made.length >= Math.min(n, 1), run);
      const statuses = graph.nodes.filter(({ id }) => made.includes(id)).map(({ status }) => status);
      assert.ok(statuses.every((status) => ["live", "superseded", "stale"].includes(status)), `${run}: ${statuses}`);
    }
  }));

test("airflow: the upload, its copy and the download are drawn as one lineage", () =>
  visit("?log=airflow.ndjson", async (page) => {
    const result = "gs://mock-bucket/result.csv";
    await setHash(page, `#/partition/${encodeURIComponent(result)}?up=all`);
    await focusIs(page, result);
    await page.locator("svg[data-view] g[data-ref$=upload]").waitFor();
    const graph = await readGraph(page);
    assertMarks(graph);
    const idOf = (end) => graph.nodes.find(({ ref }) => ref?.endsWith(end))?.id;
    const before = (id, kind) => graph.edges.filter((edge) => edge.to === id && edge.kind === kind).map(({ from }) => from);
    const madeFrom = (id) => before(id, "wrote").flatMap((run) => before(run, "read"));
    assert.deepEqual(madeFrom(idOf("result.csv")), [idOf("test.upload_cp")]);
    assert.deepEqual(madeFrom(idOf("test.upload_cp")), [idOf("test.upload")]);
  }));

test("things are called what OpenLineage calls them, and nothing that it has no word for is shown", () =>
  visit("?log=airflow.ndjson#/", async (page) => {
    await page.getByText(/^3 requests · \d+ datasets · \d+ job runs/).waitFor();
    await page.getByRole("heading", { name: "Requests", exact: true }).waitFor();
    await page.getByRole("heading", { name: "Datasets", exact: true }).waitFor();
    await page.getByPlaceholder("Search requests, datasets, job runs…").waitFor();
    await page.locator("a.row-want", { hasText: "airflow/BQ" }).click();
    const aside = page.getByLabel("Details");
    await aside.getByText("Request", { exact: true }).waitFor();
    await aside.getByRole("heading", { name: /^Final outputs · 1$/ }).waitFor();
    await aside.getByText("Root run").waitFor();
    assert.doesNotMatch(await aside.innerText(), /derivative|misses|\bwants?\b/i);
    assert.match(await page.title(), /^Request airflow\/BQ/);
  }));

test("a run says how each of its reads is known, and what its source events say", () =>
  visit("?log=airflow.ndjson", async (page) => {
    const copy = AIRFLOW.toString().trimEnd().split("\n").map((line) => JSON.parse(line))
      .find(({ job, eventType }) => job.name === "BQ.copy" && eventType === "COMPLETE");
    await setHash(page, `#/job-run/${copy.run.runId}`);
    await focusIs(page, copy.run.runId);
    const aside = page.getByLabel("Details");
    await aside.getByText("Part of").waitFor();
    await page.locator(".run-tail").getByText(/live at start · (by column lineage|as all inputs)|exact · /).first().waitFor();
    await page.getByRole("heading", { name: "Source events · 2" }).waitFor();
    await aside.getByText(/^From the source events?$/).click();
    await aside.locator(".facet h4", { hasText: "Processing engine" }).waitFor();
    await aside.locator(".facet h4", { hasText: "Owners of the job" }).waitFor();
  }));

test("a run that told of no data is folded under its parent", () =>
  visit("?log=airflow.ndjson", async (page) => {
    const task = AIRFLOW.toString().trimEnd().split("\n").map((line) => JSON.parse(line)).find(({ job }) => job.name === "dag.task_0");
    await setHash(page, `#/job-run/${task.run.facets.parent.run.runId}`);
    const folded = page.locator("details.folded");
    await folded.locator("summary", { hasText: "Other runs · 1" }).click();
    await folded.getByRole("link", { name: /airflow\/dag\.task_0/ }).waitFor();
  }));

test("hostile words of a facet stay words", () =>
  visit("?log=hostile.ndjson", async (page) => {
    await setHash(page, `#/job-run/${encodeURIComponent(`run-of-${HOSTILE}`)}`);
    await focusIs(page, `run-of-${HOSTILE}`);
    const aside = page.getByLabel("Details");
    await aside.getByText(/^From the source events?$/).click();
    await aside.locator(".facet h4", { hasText: "SQL of the job" }).waitFor();
    assert.equal(await aside.locator(".facet", { hasText: "SQL of the job" }).locator("pre").innerText(), HOSTILE);
    const foreign = await page.evaluate(() => document.querySelectorAll("main img, main script, main [onerror]").length);
    assert.equal(foreign, 0);
  }));

test("a dataset's panel tells what was counted in it", () =>
  visit("?log=hostile.ndjson", async (page) => {
    await setHash(page, `#/partition/${encodeURIComponent("pg://shop/made")}`);
    await focusIs(page, "pg://shop/made");
    const aside = page.getByLabel("Details");
    await aside.getByText("Namespace", { exact: true }).waitFor();
    await aside.getByText(/^From the source events?$/).click();
    const statistics = aside.locator(".facet", { hasText: "Statistics" });
    assert.match(await statistics.innerText(), /Rows\s+7/);
    assert.equal(await aside.locator(".facet", { hasText: "SQL" }).count(), 0, "only its own facets");
  }));

test("a time without a zone is told of, and its record used", () =>
  visit("?log=no-zone.ndjson", async (page) => {
    assert.deepEqual(await assertAccount(page, 2), { used: 2, folded: 0, skipped: 0 });
    assert.match(await fact(page, "Timestamps"), /1 time without a zone, taken for UTC/);
    const card = page.locator("details.notice-class", { hasText: "time without a zone" });
    await card.locator("summary").click();
    await card.getByText("these records are used").waitFor();
  }));

test("events of both languages open as one log", () =>
  visit("", async (page) => {
    await page.locator("main input[type=file][multiple]").setInputFiles([
      { name: "gamma.ndjson", mimeType: "", buffer: readLog("gamma.ndjson") },
      { name: "airflow.ndjson", mimeType: "", buffer: AIRFLOW },
    ]);
    await page.getByText(/wants · \d+ partitions · \d+ job runs/).waitFor();
    await assertAccount(page, 19 + 32);
    await setHash(page, "#/want/W-001");
    await focusIs(page, "W-001");
    assert.equal((await readGraph(page)).nodes.length, 9);
    const result = "gs://mock-bucket/result.csv";
    await setHash(page, `#/partition/${encodeURIComponent(result)}`);
    await focusIs(page, result);
  }, { state: "start" }));

test("the start page shows an OpenLineage event", () =>
  visit("", async (page) => {
    await page.getByText("What a log looks like").click();
    await page.getByText("eventTime").first().waitFor();
  }, { state: "start" }));
