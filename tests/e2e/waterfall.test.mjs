// Where the time of a want went: the bars, the shares, and why one that is open is not done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashOf, journeys, readLog, setHash } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
const details = (page) => page.locator("details.waterfall");
const bars = (page) => details(page).locator(".waterfall-bar");

test("a want tells its runs and the shares of its time", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    const summary = details(page).locator("summary");
    const shares = [...(await summary.innerText()).matchAll(/(\d+) %/g)].map(([, n]) => Number(n));
    assert.ok(shares.length > 0);
    assert.ok(Math.abs(shares.reduce((sum, n) => sum + n, 0) - 100) <= shares.length, shares.join());
    if (!(await details(page).evaluate((it) => it.open))) await summary.press("Enter");
    assert.ok(await details(page).evaluate((it) => it.open), "the keyboard opens it");
    const names = await bars(page).locator("a").allInnerTexts();
    assert.equal(names[0], "W-001");
    assert.ok(names.includes("JR-788") && names.includes("JR-789"), names.join());
    for (const said of await bars(page).locator("> .only-read").allInnerTexts()) {
      assert.match(said, /^(queued|running|waiting|idle) \d/, "each bar is told in words");
    }
    await bars(page).getByRole("link", { name: "JR-789" }).click();
    await focusIs(page, "JR-789");
    assert.equal(await details(page).count(), 0, "a run has none");
  }));

test("the bars lie on their axis, and the picture keeps its room", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    await details(page).evaluate((it) => { it.open = true; });
    const [track, parts] = await bars(page).first().evaluate((bar) => {
      const box = (it) => it.getBoundingClientRect().toJSON();
      return [box(bar.querySelector(".bar-track")), [...document.querySelectorAll(".stretch")].map(box)];
    });
    assert.ok(parts.length > 0);
    for (const { left, right } of parts) {
      assert.ok(left >= track.left - 1 && right <= track.right + 3, `${left} to ${right} in ${track.left} to ${track.right}`);
    }
    const { height } = await page.locator("svg[data-view]").boundingBox();
    assert.ok(height > 0.4 * page.viewportSize().height, `${height} pixels of picture`);
  }));

test("a want that is not done says why, and each step is a link", () =>
  visit("?log=sample.ndjson", async (page) => {
    await page.getByRole("region", { name: "Needs attention" }).getByRole("link").first().click();
    await page.waitForURL((url) => url.hash.startsWith("#/want/"));
    const why = details(page).getByRole("heading", { name: "Why it is not done" });
    await why.waitFor();
    assert.ok(await details(page).evaluate((it) => it.open), "open from the beginning");
    const links = details(page).locator(".why-open a");
    assert.ok((await links.count()) > 0);
    const last = await links.last().getAttribute("href");
    await setHash(page, last);
    assert.equal(hashOf(page), last);
    await page.locator("svg[data-view][data-ready=true]").waitFor();
  }));
