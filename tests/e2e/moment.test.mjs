// The bar of the moment: on every page of a log, moved by keys, by the pointer and by playing; the
// address and all counts follow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, node, readLog } from "./journey.mjs";

const gamma = readLog("gamma.ndjson");
const lines = gamma.toString().trim().split("\n").map((line) => JSON.parse(line));
const ids = lines.map((event) => event.event_id);
const [first, last] = [ids[0], ids.at(-1)];
const at = (n) => ids.at(n);
/** Gamma without the ids that an address could name. */
const unnamed = lines.map(({ event_id: _, ...event }) => `${JSON.stringify(event)}\n`).join("");

/**
 * A night: `report` was asked for, its run missed `clean`, the run of that missed `raw`, whose run failed, and the log
 * says nothing for an hour. In the morning all is built.
 */
function night() {
  const [report, clean, raw] = ["report", "clean", "raw"].map((ref) => [{ ref }]);
  const wanted = (want_id, partitions, source) => ({ want_create_v1: { want_id, partitions, source } });
  const buffered = (job_run_id, building_partitions, want_id) => ({
    job_run_buffer_v1: {
      job_run_id, job_label: `//jobs:${building_partitions[0].ref}`, building_partitions,
      want_attributed_partitions: [{ want_id, partitions: building_partitions }],
    },
  });
  const beat = (job_run_id) => ({ job_run_heartbeat_v1: { job_run_id } });
  const missed = (job_run_id, impacted, missing) => ({ job_run_missing_deps_v1: { job_run_id, missing_deps: [{ impacted, missing }] } });
  const built = (job_run_id, impacted, read) => ({ job_run_success_v1: { job_run_id, read_deps: read.length ? [{ impacted, read }] : [] } });
  const by = (job_run_id) => ({ job_triggered: { job_run_id } });
  const events = [
    wanted("W-report", report, { manually_triggered: { user: "ops" } }),
    buffered("JR-report-1", report, "W-report"), beat("JR-report-1"), missed("JR-report-1", report, clean),
    wanted("W-clean", clean, by("JR-report-1")),
    buffered("JR-clean-1", clean, "W-clean"), beat("JR-clean-1"), missed("JR-clean-1", clean, raw),
    wanted("W-raw", raw, by("JR-clean-1")),
    buffered("JR-raw-1", raw, "W-raw"), beat("JR-raw-1"),
    { job_run_failure_v1: { job_run_id: "JR-raw-1", reason: "disk full on ingest-7" } },
    buffered("JR-raw-2", raw, "W-raw"), beat("JR-raw-2"), built("JR-raw-2", raw, []),
    buffered("JR-clean-2", clean, "W-clean"), beat("JR-clean-2"), built("JR-clean-2", clean, raw),
    buffered("JR-report-2", report, "W-report"), beat("JR-report-2"), built("JR-report-2", report, clean),
  ];
  const alarm = 1 + events.findIndex((event) => event.job_run_failure_v1);
  const time = (id) => 1_732_283_350_000 + id * 1000 + (id > alarm ? 3_600_000 : 0);
  const line = (event, i) => `${JSON.stringify({ event_id: i + 1, timestamp: time(i + 1), ...event })}\n`;
  return { alarm, log: events.map(line).join("") };
}
const { alarm, log: nightLog } = night();

const { visit } = journeys({ "gamma.ndjson": gamma, "unnamed.ndjson": unnamed, "night.ndjson": nightLog });
const slider = (page) => page.getByRole("slider", { name: "As of" });
/** All panels of the home page are of the moment. */
const settled = (page) => page.waitForSelector(".home[aria-busy=false]");
const valueIs = (page, value) => page.waitForSelector(`[role=slider][aria-valuenow="${value}"]`);

test("the bar is on every page, with what failed and what missed", () =>
  visit("?log=gamma.ndjson", async (page) => {
    for (const hash of ["#/", "#/notices", "#/want/W-001", "#/impact/data%2Falpha", "#/partition/data%2Fbeta?tab=table"]) {
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      await slider(page).waitFor();
      assert.equal(await slider(page).count(), 1, hash);
      assert.ok((await page.locator(".density-bars").getAttribute("d")).startsWith("M"), hash);
      assert.equal(await slider(page).getAttribute("aria-valuenow"), String(ids.length));
      assert.equal(await slider(page).getAttribute("aria-valuemax"), String(ids.length));
    }
    const nMissed = lines.filter((event) => event.job_run_missing_deps_v1).length;
    assert.match(await page.locator(".scrubber-strip").getAttribute("title"), new RegExp(`${nMissed} dependency miss`));
    assert.ok((await page.locator(".density-misses").getAttribute("d")).length > 0);
    assert.equal(await page.locator(".scrubber-ends span").count(), 2);
  }));

test("keys move the moment; the address and the counts follow, and End leaves no trace", () =>
  visit("?log=gamma.ndjson#/", async (page) => {
    await page.keyboard.press("t");
    assert.equal(await slider(page).evaluate((it) => it === document.activeElement), true);
    const wants = page.locator(".wants li, .wants .row-want");
    await settled(page);
    const nAtEnd = await wants.count();
    await page.keyboard.press("ArrowLeft");
    await hashIs(page, `#/?at=${at(-2)}`);
    await page.keyboard.press("ArrowLeft");
    await hashIs(page, `#/?at=${at(-3)}`);
    await page.keyboard.press("ArrowRight");
    await hashIs(page, `#/?at=${at(-2)}`);
    assert.match(await slider(page).getAttribute("aria-valuetext"), new RegExp(`^As of, event ${at(-2)}, 20`));
    await page.keyboard.press("Home");
    await hashIs(page, `#/?at=${first}`);
    await valueIs(page, 1);
    await settled(page);
    assert.ok(await wants.count() < nAtEnd, "fewer wants at the beginning");
    await page.keyboard.press("PageUp");
    await page.waitForFunction(() => Number(document.querySelector("[role=slider]").ariaValueNow) > 1);
    await page.keyboard.press("End");
    await hashIs(page, "#/");
    await valueIs(page, ids.length);
    await settled(page);
    assert.equal(await wants.count(), nAtEnd);
    const entries = await page.evaluate(() => history.length);
    await page.keyboard.press("ArrowLeft");
    await hashIs(page, `#/?at=${at(-2)}`);
    assert.equal(await page.evaluate(() => history.length), entries, "no step that Back undoes");
    await page.reload();
    await valueIs(page, ids.length - 1);
  }));

test("with Shift to the events of what is shown", () =>
  visit("?log=gamma.ndjson#/job-run/JR-300", async (page) => {
    await focusIs(page, "JR-300");
    const kind = (event) => Object.keys(event).find((key) => key.endsWith("_v1"));
    const own = lines.filter((event) => event[kind(event)].job_run_id === "JR-300").map((event) => event.event_id);
    await page.keyboard.press("t");
    for (const id of own.toReversed().filter((id) => id !== last)) {
      await page.keyboard.press("Shift+ArrowLeft");
      await hashIs(page, `#/job-run/JR-300?at=${id}`);
    }
    await page.keyboard.press("Shift+ArrowRight");
    await hashIs(page, `#/job-run/JR-300?at=${own[1]}`);
    assert.equal(await page.locator(node("JR-300")).getAttribute("data-status"), "running");
  }));

test("the pointer presses and drags it, and the thumb stays under it", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const { x, y, width, height } = await page.locator(".scrubber-strip").boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForURL(/at=/);
    await page.mouse.move(x - 50, y + height / 2, { steps: 5 });
    await valueIs(page, 1);
    await page.mouse.move(x + width / 2, y - 200, { steps: 5 });
    await page.waitForFunction(() => Number(document.querySelector("[role=slider]").ariaValueNow) > 1);
    const thumb = await slider(page).boundingBox();
    assert.ok(thumb.x + thumb.width / 2 <= x + width / 2 + 1, "the last event up to the pointer");
    await page.mouse.move(x + width + 50, y, { steps: 5 });
    await page.mouse.up();
    await hashIs(page, "#/want/W-001");
    await page.mouse.move(x, y);
    assert.equal(hashOf(page), "#/want/W-001", "what is let go stays");
  }));

test("as of an alarm, with the keyboard: the failed want, and what failed at the bottom of it", () =>
  visit("?log=night.ndjson#/", async (page) => {
    await settled(page);
    const attention = page.getByRole("region", { name: "Needs attention" });
    assert.equal(await attention.count(), 0, "in the morning all is well");
    await page.keyboard.press("t");
    for (let id = nightLog.trim().split("\n").length - 1; id >= alarm; id -= 1) {
      await page.keyboard.press("ArrowLeft");
      await hashIs(page, `#/?at=${id}`);
    }
    const failing = attention.getByRole("link", { name: "W-report" });
    await failing.focus();
    await page.keyboard.press("Enter");
    await focusIs(page, "W-report");
    assert.equal(hashOf(page), `#/want/W-report?at=${alarm}`);
    assert.equal(await page.locator(node("W-report")).getAttribute("data-status"), "upstream-failed");
    const why = page.locator(".why-open");
    await why.getByText("disk full on ingest-7", { exact: false }).waitFor();
    const bottom = why.getByRole("link").last();
    assert.equal(await bottom.innerText(), "JR-raw-1");
    await bottom.focus();
    await page.keyboard.press("Enter");
    await focusIs(page, "JR-raw-1");
    assert.equal(hashOf(page), `#/job-run/JR-raw-1?at=${alarm}`);
    assert.equal(await page.locator(node("JR-raw-1")).getAttribute("data-status"), "failed");
    await page.keyboard.press("t");
    await page.keyboard.press("End");
    await hashIs(page, "#/job-run/JR-raw-1");
    await page.goBack();
    await focusIs(page, "W-report");
  }));

test("it plays to the end by itself, and stops when asked", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    await page.getByRole("button", { name: "Play the log" }).click();
    await page.waitForURL(/at=/);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Play the log" }).waitFor();
    await page.getByRole("button", { name: "Back to end of log" }).click();
    await hashIs(page, "#/want/W-001");
  }));

test("a log whose events have no ids says why it stands still", () =>
  visit("?log=unnamed.ndjson#/", async (page) => {
    await page.getByText("Events of this log have no ids", { exact: false }).waitFor();
    assert.equal(await page.locator(".scrubber-thumb").getAttribute("aria-disabled"), "true");
    assert.ok(await page.getByRole("button", { name: "Play the log" }).isDisabled());
    const { x, y, width, height } = await page.locator(".scrubber-strip").boundingBox();
    await page.mouse.click(x + width / 3, y + height / 2);
    assert.equal(hashOf(page), "#/");
  }));
