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

const { visit } = journeys({ "gamma.ndjson": gamma, "unnamed.ndjson": unnamed });
const slider = (page) => page.getByRole("slider", { name: "As of" });
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
    assert.ok(await wants.count() < nAtEnd, "fewer wants at the beginning");
    await page.keyboard.press("PageUp");
    await page.waitForFunction(() => Number(document.querySelector("[role=slider]").ariaValueNow) > 1);
    await page.keyboard.press("End");
    await hashIs(page, "#/");
    await valueIs(page, ids.length);
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
