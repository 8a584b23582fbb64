// The tools over a picture: how much room they take, and their menu by keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, readLog } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });

/** The tops of the rows that the tools are in. */
const rows = (page) =>
  page.locator(".toolbar").evaluate((bar) => {
    const all = [...bar.querySelectorAll(".choices")].map((it) => Math.round(it.getBoundingClientRect().top));
    return new Set(all).size;
  });

for (const [width, height, n] of [[2560, 1440, 1], [1440, 900, 1], [900, 700, 2]]) {
  test(`the tools take ${n} of a window ${width} wide, and leave the most of it to the picture`, () =>
    visit("?log=gamma.ndjson#/partition/data%2Fbeta", async (page) => {
      await page.waitForSelector("svg[data-view][data-ready=true]");
      assert.equal(await rows(page), n);
      const [bar, body] = await Promise.all([page.locator(".toolbar").boundingBox(), page.locator(".entity-body").boundingBox()]);
      assert.ok(bar.height < 50 * n, `${bar.height} high`);
      assert.ok(body.height > height / 2, `${body.height} of ${height}`);
    }, { viewport: { width, height } }));
}

test("the whole picture of a job run is in a small window", () =>
  visit("?log=gamma.ndjson#/job-run/JR-789", async (page) => {
    await focusIs(page, "JR-789");
    const [body, moment] = await Promise.all([page.locator(".entity-body").boundingBox(), page.locator(".moment").boundingBox()]);
    assert.ok(body.y + body.height <= moment.y, `${body.y + body.height} is below ${moment.y}`);
  }, { viewport: { width: 900, height: 700 } }));

test("the menu is walked by arrows, and gives the keyboard back", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const turn = page.getByRole("button", { name: "Save as", exact: true });
    const isAt = (name) => page.locator(`[role=menuitem]:focus strong`, { hasText: name }).waitFor();
    await turn.focus();
    assert.equal(await turn.getAttribute("aria-expanded"), "false");
    await page.keyboard.press("ArrowDown");
    await isAt("SVG");
    assert.equal(await turn.getAttribute("aria-expanded"), "true");
    for (const [key, name] of [["ArrowDown", "PNG"], ["End", "Page"], ["ArrowDown", "Page"], ["ArrowUp", "Log"], ["Home", "SVG"], ["ArrowUp", "SVG"]]) {
      await page.keyboard.press(key);
      await isAt(name);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    assert.equal(await turn.evaluate((it) => it === document.activeElement), true);
    await page.keyboard.press("Enter");
    await isAt("SVG");
    await page.keyboard.press("Tab");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await turn.press("Enter");
    await isAt("SVG");
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    assert.equal((await download).suggestedFilename(), "lineage.svg");
    await page.getByRole("menu").waitFor({ state: "detached" });
    assert.equal(await turn.evaluate((it) => it === document.activeElement), true);
  }));
