// The page of a job and of a dataset: what they say, and where their rows, dots and cells lead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fanOf } from "./logs.mjs";
import { focusIs, hashOf, journeys, load, readLog } from "./journey.mjs";

const { visit } = journeys({
  "gamma.ndjson": readLog("gamma.ndjson"),
  "fan.ndjson": fanOf(300),
});
const facts = (page) =>
  page.locator(".job-facts .fact").evaluateAll((all) =>
    Object.fromEntries(all.map((it) => [it.querySelector("dt").textContent, it.querySelector("dd").textContent])));
const onJob = (page, job) => page.waitForURL((url) => decodeURIComponent(url.hash) === `#/job/${job}`);
const runs = (page) => page.getByRole("group", { name: "Runs, newest first" }).getByRole("link");

test("a job of the home page leads to its runs, and Back undoes it", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.getByRole("region", { name: "Jobs", exact: true }).getByRole("link", { name: /^\/\/jobs:beta/ }).click();
    await onJob(page, "//jobs:beta");
    await page.getByRole("heading", { name: "//jobs:beta" }).waitFor();
    assert.match(await page.title(), /^Job \/\/jobs:beta/);
    assert.equal((await facts(page)).Runs, "2");
    const names = (await runs(page).allInnerTexts()).map((text) => text.match(/JR-\d+/)[0]);
    assert.deepEqual(names, ["JR-456", "JR-455"]);
    const dots = await page.locator(".job-plot a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
    assert.deepEqual(dots, ["#/job-run/JR-455", "#/job-run/JR-456"]);
    await page.locator(".job-plot a").last().click();
    await focusIs(page, "JR-456");
    await page.goBack();
    await runs(page).first().click();
    await focusIs(page, "JR-456");
    await page.getByRole("link", { name: "All runs of this job" }).click();
    await onJob(page, "//jobs:beta");
  }));

test("a job is as of a moment, and its links stay in it", () =>
  visit(`?log=gamma.ndjson#/job/${encodeURIComponent("//jobs:beta")}?at=11`, async (page) => {
    await runs(page).first().waitFor();
    assert.match(await runs(page).first().getAttribute("href"), /at=11/);
    await load(page, `?log=gamma.ndjson#/job/${encodeURIComponent("//jobs:none")}`);
    await page.getByText("This log has no job “//jobs:none”.").waitFor();
  }));

test("many runs: the newest are drawn, all are listed, and what is not drawn is counted", () =>
  visit(`?log=fan.ndjson#/job/${encodeURIComponent("//jobs:report")}`, async (page) => {
    await runs(page).first().waitFor();
    assert.equal((await facts(page)).Runs, "300");
    const n = await page.locator(".job-plot a").count();
    assert.match(await page.locator(".job-figure figcaption").innerText(), new RegExp(`${n} runs.*${300 - n} older`));
    assert.equal(await runs(page).first().locator("xpath=..").getAttribute("aria-setsize"), "300");
    await page.getByRole("link", { name: "Search its runs" }).click();
    await page.getByRole("option").first().waitFor();
    assert.ok(hashOf(page).startsWith("#/job/"), "the page stays");
  }));

test("a search finds a job's page", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("kind:job beta");
    await page.getByRole("option", { name: "//jobs:beta" }).waitFor();
    await page.keyboard.press("Enter");
    await onJob(page, "//jobs:beta");
  }));

test("a dataset's cells lead to its partitions, each with its status in words", () =>
  visit("?log=fan.ndjson", async (page) => {
    await page.locator("a.row-counted", { hasText: "report/" }).click();
    await page.waitForURL((url) => url.hash.startsWith("#/dataset/"));
    const cell = page.locator(".dataset-grid .cell").first();
    await cell.waitFor();
    assert.match(await cell.getAttribute("aria-label"), /^report\/day=\d+: live, 1 version$/);
    assert.match(await page.locator(".dataset-grid > header").innerText(), /300 partitions/);
    const name = (await cell.getAttribute("aria-label")).split(":")[0];
    await cell.click();
    await focusIs(page, name);
  }));

test("a dataset with dates is a calendar", () =>
  visit(`?log=sample.ndjson#/dataset/${encodeURIComponent("dim/products/date=*")}`, async (page) => {
    const cell = page.locator(".dataset-grid .cell").first();
    await cell.waitFor();
    assert.match(await cell.getAttribute("aria-label"), /^dim\/products\/date=\d{4}-\d\d-\d\d: \w/);
    const weeks = await page.locator(".dataset-grid .virtual-list .grid-line > .number").allInnerTexts();
    assert.deepEqual(weeks, [...weeks].sort().reverse(), "newest first");
    assert.ok(weeks.length > 0 && weeks.every((week) => new Date(`${week}T00:00Z`).getUTCDay() === 1), weeks.join());
  }));
