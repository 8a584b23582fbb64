// The home page at three in the morning: what failed and why, the story of the log, words explained.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hashIs, hashOf, journeys, readLog, setHash } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
const region = (page, name) => page.getByRole("region", { name, exact: true });

for (const width of [390, 900, 1440, 2560]) {
  test(`at ${width} pixels nothing of it runs out of the page, and ids are whole`, () =>
    visit("?log=sample.ndjson#/", async (page) => {
      await region(page, "Slowest jobs").waitFor();
      const main = page.locator("main");
      assert.equal(await main.evaluate((it) => it.scrollWidth - it.clientWidth), 0);
      const rows = region(page, "Needs attention").locator(".row-want");
      assert.ok(await rows.count() > 0);
      for (const row of await rows.all()) {
        const id = row.locator("strong .reference > span").last();
        assert.match(await id.innerText(), /^W-\d+$/);
        assert.ok(await id.evaluate((it) => it.scrollWidth <= it.clientWidth + 1), "cut");
        assert.match(await row.locator(".row-why").innerText(), /failed: /);
      }
    }, { viewport: { width, height: 900 } }));
}

test("a bar leads to the log as of its end, and the story follows", () =>
  visit("?log=sample.ndjson#/", async (page) => {
    const story = region(page, "Attempts over time");
    await story.getByText("% succeeded").waitFor();
    const said = await story.locator("header").innerText();
    const n = Number(said.match(/([\d,]+) attempts ended/)[1].replaceAll(",", ""));
    await story.getByText("As a table").click();
    const cells = await story.locator("tbody td").allInnerTexts();
    const sum = cells.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
    assert.equal(sum, n, "the table has every attempt that ended");
    assert.equal(await story.locator("svg a").count(), await story.locator("tbody tr").count());
    await story.locator("tbody a").first().click();
    await page.waitForURL((url) => /at=\d+/.test(url.hash));
    await page.waitForFunction((said) => {
      const header = document.querySelector(".story-ends > header");
      return header && header.innerText !== said;
    }, said);
    assert.match(hashOf(page), /^#\/\?at=\d+$/);
  }));

test("each list of the story leads to what it counts, by the keyboard as well", () =>
  visit("?log=sample.ndjson#/", async (page) => {
    for (const [name, hash] of [["Slowest jobs", /^#\/job\//], ["Most retried jobs", /^#\/job\//], ["Most read partitions", /^#\/partition\//]]) {
      const link = region(page, name).getByRole("link").first();
      await link.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => hash.test(url.hash));
      await page.goBack();
      await hashIs(page, "#/");
    }
  }));

test("before anything has ended, the story says so", () =>
  visit("?log=gamma.ndjson#/", async (page) => {
    await region(page, "Attempts over time").getByText("% succeeded").waitFor();
    await page.keyboard.press("t");
    await page.keyboard.press("Home");
    await page.getByText("No attempt of a job run has ended by this moment.").waitFor();
    await page.getByText("No job run has succeeded by this moment").waitFor();
    await page.getByText("1 want · 1 partition · 0 job runs · 0 jobs").waitFor();
  }));

test("a status that no want has says so and where the others are", () =>
  visit("?log=gamma.ndjson#/", async (page) => {
    await setHash(page, "#/?status=canceled");
    await page.getByText("No want is canceled at this moment.").waitFor();
  }));

test("a word is explained where it stands, put away by Escape, and listed in the help", () =>
  visit("?log=sample.ndjson#/", async (page) => {
    const mark = page.getByRole("button", { name: "What is “stale”?" });
    const tip = page.locator(".stale .term-tip");
    assert.equal(await tip.isVisible(), false);
    await mark.focus();
    assert.equal(await tip.isVisible(), true);
    const means = await tip.innerText();
    assert.equal(await tip.getAttribute("id"), await mark.getAttribute("aria-describedby"));
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: /Keys/ });
    assert.equal(await help.locator("dt", { hasText: /^stale$/ }).locator("+ dd").innerText(), means);
  }));

test("the start page has one picture, which says what it shows, and the sample one press away", () =>
  visit("", async (page) => {
    assert.match(await page.getByRole("img").getAttribute("aria-label"), /core\/daily is stale/);
    await page.getByRole("button", { name: "Open the sample" }).click();
    await region(page, "Needs attention").getByRole("link").first().click();
    await page.waitForURL((url) => /^#\/want\//.test(url.hash));
  }, { state: "start" }));
