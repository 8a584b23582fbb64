// The tour: offered on the home page, walked by keys alone, and declined for good; what it explains is in sight, has a
// frame, and is not covered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hashIs, hashOf, journeys, load, readLog } from "./journey.mjs";

const { visit, url } = journeys({
  "gamma.ndjson": readLog("gamma.ndjson"),
  "openlineage.ndjson": readLog("openlineage/airflow.ndjson"),
  "frame.html": `<!doctype html><title>around</title><link rel="icon" href="favicon.svg"><iframe src="./?log=gamma.ndjson" width="900" height="600"></iframe>`,
});

const HOME = "?log=sample.ndjson";
const strip = (page) => page.getByRole("region", { name: "Tour" });
const offer = (page) => page.getByRole("button", { name: "Take the tour" });
const heading = (page) => strip(page).getByRole("heading");
const stepIs = (page, n) => heading(page).filter({ hasText: new RegExp(`^${n} of 6: `) }).waitFor();
const isGone = (page) => strip(page).waitFor({ state: "detached" });
const focusedIs = (page, selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);
const kept = (page) => page.evaluate(() => localStorage.getItem("lineage.tour"));

/** Tabs on until what is focused has these words. */
async function tabTo(page, words) {
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.textContent.trim())).startsWith(words)) return;
  }
  assert.fail(`${words} is not within reach of Tab`);
}

/** Waits until something has the frame, and holds it to being in sight, outside of the strip. */
async function assertSeen(page) {
  await page.waitForFunction(() => {
    const [framed, strip] = [document.querySelector("[data-tour]"), document.querySelector(".tour")];
    if (!framed || getComputedStyle(framed).outlineStyle !== "solid") return false;
    const [{ top, bottom, left, right }, over] = [framed.getBoundingClientRect(), strip.getBoundingClientRect()];
    const main = framed.closest("main")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
    const seen = Math.min(bottom, main.bottom) - Math.max(top, main.top);
    const isCovered = Math.min(bottom, main.bottom) > over.top + 1 && Math.max(top, main.top) < over.bottom - 1;
    return !isCovered && right > left && bottom > top + 24 && seen >= Math.min(bottom - top - 1, 0.5 * (main.bottom - main.top));
  });
}

const STEPS = [
  [/^#?\/?$|^#\/$/, /failed or are late come first/],
  [/^#\/want\/W-/, /A request that partitions be there/],
  [/^#\/partition\//, /One build of one partition.*Upstream.*downstream/],
  [/^#\/impact\//, /Stale: still live, .* Impact: everything that was built/],
  [/^#\/impact\//, /right after one event/],
  [/^#\/impact\//, /Press \/ .* Ctrl\+K/],
];

for (const [width, height, colorScheme] of [[320, 256, "light"], [390, 800, "dark"], [900, 700, "light"], [1440, 900, "light"]]) {
  test(`all steps, by keys alone, at ${width} × ${height}; each is heard, and seen beside what explains it`, () =>
    visit(HOME, async (page) => {
      await page.waitForSelector(".home .row-want");
      await offer(page).focus();
      await page.keyboard.press("Enter");
      for (const [i, [hash, says]] of STEPS.entries()) {
        await stepIs(page, i + 1);
        await focusedIs(page, "#tour-heading");
        const told = await heading(page).evaluate((it) => document.getElementById(it.getAttribute("aria-describedby")).textContent);
        assert.match(told, says);
        // The home page's first step is where the reader is; from each the next is one link away.
        if (await strip(page).getByRole("link").count() > 0) {
          await tabTo(page, "Go to ");
          await page.keyboard.press("Enter");
          await page.waitForURL((url) => hash.test(url.hash));
          await focusedIs(page, "#tour-heading");
          assert.equal(await strip(page).getByRole("link").count(), 0);
        }
        assert.match(hashOf(page), hash);
        await assertSeen(page);
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), "nothing runs out sideways");
        await tabTo(page, i < 5 ? "Next" : "Done");
        await page.keyboard.press("Enter");
      }
      await isGone(page);
      assert.equal(await page.locator("[data-tour]").count(), 0);
      await page.waitForFunction(() => document.activeElement !== document.body);
      // Who has had it is not asked again.
      await load(page, HOME);
      await page.waitForSelector(".home .row-want");
      assert.equal(await page.locator(".tour-offer").count(), 0);
    }, { viewport: { width, height }, colorScheme }));
}

test("the first failing want is that of the home page", () =>
  visit(HOME, async (page) => {
    await page.waitForSelector(".home .row-want");
    const first = await page.locator(".attention .row-want").first().getAttribute("href");
    await offer(page).click();
    await strip(page).getByRole("button", { name: "Next" }).click();
    assert.equal(await strip(page).getByRole("link").getAttribute("href"), first);
  }));

test("Back goes back, Escape and Skip end it, and the keyboard is where it was", () =>
  visit(HOME, async (page) => {
    await page.waitForSelector(".home .row-want");
    for (const leave of [() => page.keyboard.press("Escape"), () => strip(page).getByRole("button", { name: "Skip the tour" }).click()]) {
      await offer(page).click();
      await stepIs(page, 1);
      assert.equal(await strip(page).getByRole("button", { name: "Back" }).isDisabled(), true);
      await strip(page).getByRole("button", { name: "Next" }).click();
      await stepIs(page, 2);
      await strip(page).getByRole("button", { name: "Back" }).click();
      await stepIs(page, 1);
      await focusedIs(page, "#tour-heading");
      await leave();
      await isGone(page);
      await focusedIs(page, ".tour-offer button");
    }
    assert.equal(await kept(page), null, "skipped is not declined");
    // What is open over the page is closed first.
    await offer(page).click();
    await stepIs(page, 1);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await stepIs(page, 1);
    await page.keyboard.press("Escape");
    await isGone(page);
  }));

test("declined for good: not offered after a reload, and still in the help and the palette", () =>
  visit(HOME, async (page) => {
    await page.locator(".tour-offer").getByRole("button", { name: "Don’t show again" }).click();
    await page.locator(".tour-offer").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement !== document.body);
    assert.equal(await kept(page), "done");
    await load(page, HOME);
    await page.waitForSelector(".home .row-want");
    assert.equal(await page.locator(".tour-offer").count(), 0);

    const search = page.locator("#search");
    await search.focus();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find a command" }).waitFor();
    await page.keyboard.type("tour");
    await page.keyboard.press("Enter");
    await stepIs(page, 1);
    await focusedIs(page, "#tour-heading");
    await page.keyboard.press("Escape");
    await isGone(page);
    await focusedIs(page, "#search");

    await page.locator("#main").focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: /Keys/ }).getByRole("button", { name: "Take the tour" }).click();
    await stepIs(page, 1);
    await focusedIs(page, "#tour-heading");
    await strip(page).getByRole("button", { name: "Don’t show again" }).click();
    await isGone(page);
    await focusedIs(page, "#main");
  }));

test("from any page: what is not on it is named by the link there", () =>
  visit("?log=gamma.ndjson#/notices", async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("take the tour");
    await page.keyboard.press("Enter");
    await stepIs(page, 1);
    await strip(page).getByRole("link", { name: "Go to the home page" }).click();
    await page.waitForSelector(".home-story[data-tour]");
    await hashIs(page, "#/");
  }));

test("a log of OpenLineage is told in its own words, and what it has nothing of is said", () =>
  visit("?log=openlineage.ndjson#/notices", async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("take the tour");
    await page.keyboard.press("Enter");
    await stepIs(page, 1);
    await strip(page).getByRole("button", { name: "Next" }).click();
    await heading(page).filter({ hasText: "What was done for a request" }).waitFor();
    await strip(page).getByText(/one parent run started/).waitFor();
  }));

test("where the browser keeps nothing, it is declined for as long as the page lives", () =>
  visit("", async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("refused", "SecurityError"); } });
    });
    await load(page, HOME);
    await page.locator(".tour-offer").getByRole("button", { name: "Don’t show again" }).click();
    await page.locator(".tour-offer").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.type("W-000134");
    await page.locator(".search-hit").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForSelector("svg[data-view][data-ready=true]");
    await page.goBack();
    await page.waitForSelector(".home .row-want");
    assert.equal(await page.locator(".tour-offer").count(), 0);
  }, { state: "start" }));

test("neither before a log nor in the frame of another page is it offered", () =>
  visit("", async (page) => {
    assert.equal(await offer(page).count(), 0);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: /Keys/ }).getByRole("heading", { name: "Everywhere" }).waitFor();
    assert.equal(await offer(page).count(), 0);
    await page.goto(new URL("frame.html", url()).href);
    const frame = page.frameLocator("iframe");
    await frame.locator(".home .row-want").first().waitFor();
    assert.equal(await frame.locator(".tour-offer").count(), 0);
  }, { state: "start" }));
