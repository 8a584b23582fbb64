// What of a picture is seen, and how: the first look at it, from afar, and when its window changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, load, node, placeOf, readLog, transformOf } from "./journey.mjs";
import { chainOf } from "./logs.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson"), "chain.ndjson": chainOf(30) });
const WANT = "?log=gamma.ndjson#/want/W-001";
const CHAIN = "?log=chain.ndjson#/partition/link%2F15?up=all&down=all";
const SAMPLE = `?log=sample.ndjson#/partition/${encodeURIComponent("report/finance_close/month=2026-11")}?up=all&down=all`;
const SIZES = [[900, 700], [1440, 900], [2560, 1440], [390, 844]].map(([width, height]) => ({ width, height }));

/** The height of the smallest letters that are drawn of the picture, in pixels of the window. */
const smallestLetters = (page) =>
  page.locator("svg[data-view]").evaluate((svg) => {
    const { a: scale } = svg.querySelector(":scope > g").getScreenCTM();
    // Marks are no letters: they are larger than the disk around them allows for.
    const texts = [...svg.querySelectorAll("text:not(.badge-glyph), tspan")].filter((it) => it.checkVisibility() && it.textContent.trim());
    const enlarged = (it) => it.getScreenCTM().a / scale;
    return Math.min(...texts.map((it) => parseFloat(getComputedStyle(it).fontSize) * enlarged(it.closest("text")) * scale));
  });

/** In the page: how many cards the window holds whole, and what is said of it; false where all are wanted, and are not there. */
const countSeen = (areAllWanted) => {
  const svg = document.querySelector("svg[data-view]");
  const area = svg.getBoundingClientRect();
  const shapes = [...svg.querySelectorAll("g[data-kind]")].map((it) => it.querySelector(".node-shape").getBoundingClientRect());
  const isIn = (it) => it.left >= area.left - 3 && it.top >= area.top - 3 && it.right <= area.right + 3 && it.bottom <= area.bottom + 3;
  const [n, of, said] = [shapes.filter(isIn).length, shapes.length, document.querySelector(".in-view")?.textContent ?? ""];
  return (!areAllWanted || (n === of && !said)) && { n, of, said };
};
const seen = (page) => page.evaluate(countSeen, false);
/** Once all are; the page follows a change of its window a frame later. */
const allAreSeen = (page) => page.waitForFunction(countSeen, true);

const classIs = (page, word) => page.waitForSelector(`svg[data-view].${word}`);

for (const viewport of SIZES) {
  test(`the first look is legible, and says what it leaves out, ${viewport.width}×${viewport.height}`, () =>
    visit(WANT, async (page) => {
      for (const [address, focus] of [[WANT, "W-001"], [CHAIN, "link/15"]]) {
        await load(page, address);
        await focusIs(page, focus);
        const { n, of, said } = await seen(page);
        assert.ok(n > 0, "some of it is seen");
        assert.equal(said, n < of ? `${n} of ${of} in view` : "", `${focus}: ${n} of ${of}`);
        const smallest = await smallestLetters(page);
        assert.ok(smallest >= 8, `${focus}: letters of ${smallest} px`);
        const middle = await page.locator("svg[data-view] g[data-focus] .node-shape").last().boundingBox();
        const area = await page.locator("svg[data-view]").boundingBox();
        assert.ok(middle.x >= area.x && middle.x + middle.width <= area.x + area.width, "the focus is in view");
      }
    }, { viewport }));
}

test("from afar names grow, farther still blocks with a mark stay, and nothing is too small to read", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await page.locator("svg[data-view]").focus();
    const card = await page.locator(node("JR-789")).elementHandle();
    const words = [];
    for (const detail of ["is-whole", "is-names", "is-blocks"]) {
      for (let i = 0; i < 20 && !(await page.locator(`svg[data-view].${detail}`).count()); i++) {
        await page.keyboard.press(detail === "is-whole" ? "+" : "-");
      }
      await classIs(page, detail);
      const texts = await page.locator(`${node("JR-789")} text:not(.badge-glyph)`).allTextContents();
      words.push(texts.join(" "));
      assert.equal(await page.locator(`${node("JR-789")} .badge`).first().isVisible(), true);
      if (detail !== "is-blocks") assert.ok((await smallestLetters(page)) >= 8, detail);
    }
    assert.deepEqual(words, ["//jobs:gamma JR-789", "gamma JR-789", ""]);
    assert.ok(await card.evaluate((it) => it.isConnected), "it is the same element");
  }, { viewport: { width: 1440, height: 900 } }));

test("all is fitted anew where the window changes, until the reader moves the picture", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await allAreSeen(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await allAreSeen(page);
    // Where the time went takes a part of the window.
    await page.locator("details.waterfall > summary").click();
    await page.waitForSelector(".waterfall-bar");
    await allAreSeen(page);

    await page.locator("svg[data-view]").focus();
    await page.keyboard.press("Shift+ArrowLeft");
    const led = await transformOf(page);
    const place = await placeOf(page, "W-001");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.waitForFunction((width) => document.querySelector("svg[data-view]").getBoundingClientRect().width > width, 1000);
    assert.deepEqual(await transformOf(page), led);
    assert.equal((await placeOf(page, "W-001")).x, place.x);
    await page.getByRole("button", { name: "Fit" }).click();
    await allAreSeen(page);
  }, { viewport: { width: 1440, height: 900 } }));

test("a job run's picture is above the fold", () =>
  visit("?log=gamma.ndjson#/job-run/JR-789", async (page) => {
    await focusIs(page, "JR-789");
    for (const { id, kind } of await page.locator("svg[data-view] g[data-kind]").evaluateAll((all) => all.map((it) => ({ ...it.dataset })))) {
      const { y, height } = await placeOf(page, id);
      assert.ok(y + height <= 628, `${kind} ${id} ends at ${y + height}`);
    }
  }, { viewport: { width: 900, height: 700 } }));

for (const viewport of SIZES.slice(0, 3)) {
  test(`the map covers no card at the first look, and steps aside from one, ${viewport.width}×${viewport.height}`, () =>
    visit(CHAIN, async (page) => {
      const n = (selector) => page.evaluate((selector) => {
        const map = document.querySelector(".minimap").getBoundingClientRect();
        const isOver = (it) => it.right > map.left && it.left < map.right && it.bottom > map.top && it.top < map.bottom;
        return [...document.querySelectorAll(selector)].filter((it) => isOver(it.getBoundingClientRect())).length;
      }, selector);
      for (const address of [CHAIN, SAMPLE]) {
        await load(page, address);
        await page.waitForSelector("svg[data-view][data-ready=true]");
        await page.locator(".minimap").waitFor();
        assert.equal(await n("svg[data-view] .node-shape"), 0, address);
        assert.equal(await n(".canvas-row button, .legend"), 0, address);
      }
      await load(page, CHAIN);
      await focusIs(page, "link/15");
      await page.locator(".minimap[data-corner='lower right']").waitFor();
      await page.locator("svg[data-view]").focus();
      // The chain comes down to where the map is, which goes.
      for (let i = 0; i < 9 && (await page.locator(".minimap[data-corner='lower right']").count()); i++) await page.keyboard.press("Shift+ArrowUp");
      await page.locator(".minimap[data-corner^=upper]").waitFor();
      assert.equal(await n("svg[data-view] .node-shape"), 0);
    }, { viewport }));
}

test("a map of what is not all in view: it shows where the window is, and leads it", () =>
  visit(CHAIN, async (page) => {
    await focusIs(page, "link/15");
    const map = page.locator(".minimap");
    await map.waitFor();
    assert.equal(await map.getAttribute("aria-hidden"), "true");
    const window = () => page.locator(".map-window").boundingBox();
    const [box, before, led] = [await map.boundingBox(), await window(), await transformOf(page)];
    assert.ok(before.width < box.width / 2, "a part of it");
    await page.mouse.click(box.x + 10, box.y + box.height / 2);
    await page.waitForFunction((x) => document.querySelector(".map-window").getBoundingClientRect().x < x, before.x);
    assert.ok((await transformOf(page)).x > led.x, "the window has gone to the left end");
    await page.mouse.move(box.x + 10, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    assert.ok((await window()).x > before.x, "a drag leads it to the right end");
    await page.keyboard.press("Escape");
    await page.locator("svg[data-view]").focus();
    await page.keyboard.press("f");
    await map.waitFor({ state: "detached" });
  }, { viewport: { width: 1280, height: 800 } }));

test("the legend tells what occurs in the picture, once it is opened", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const legend = page.locator("details.legend");
    assert.equal(await legend.locator("li").count(), 0);
    await legend.locator("summary").focus();
    await page.keyboard.press("Enter");
    await legend.locator("li", { hasText: "missed, so a want was made for it" }).waitFor();
    assert.equal(await legend.locator("li", { hasText: "tainted" }).count(), 0);
    await page.keyboard.press("Enter");
    await legend.locator("li").first().waitFor({ state: "detached" });
  }));

/** Goes from one want to one of its partitions: what moves, how long, and whether its card stayed the same. */
async function refocused(page) {
  await focusIs(page, "W-001");
  const card = await page.locator(node("JR-789")).elementHandle();
  // The animations of a step are gone when a test can look: each is noted as it begins.
  await page.evaluate(() => {
    window.begun = [];
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, millis) {
      window.begun.push({ of: this.getAttribute("data-id") ?? this.getAttribute("class"), frames: Object.keys(frames), millis });
      return animate.call(this, frames, millis);
    };
  });
  // Pictures that follow each other at once do not move.
  await page.waitForFunction((now) => performance.now() > now + 250, await page.evaluate(() => performance.now()));
  await page.locator(`${node("W-002")} .node-name`).dblclick();
  await focusIs(page, "W-002");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const begun = await page.evaluate(() => window.begun);
  return { begun, isSame: await card.evaluate((it) => it.isConnected), is: await card.getAttribute("data-id") };
}

test("from one focus to the next a card that stays moves, one that is new fades in", () =>
  visit(WANT, async (page) => {
    const { begun } = await refocused(page);
    assert.ok(begun.length > 0);
    for (const { of, millis } of begun) assert.ok(millis > 0 && millis < 200, `${of} takes ${millis} ms`);
    assert.ok(begun.some(({ frames }) => frames.includes("translate")), "some card moves");
    assert.ok(begun.some(({ of, frames }) => of === "edges" && frames.includes("opacity")), "lines fade in");
    assert.ok(await page.locator("svg[data-view]").evaluate((svg) => svg.getAnimations({ subtree: true }).every((it) => it.effect.getTiming().duration < 200)));
  }, { reducedMotion: "no-preference" }));

test("nothing moves for who wants less motion, and a card that stays is the same element", () =>
  visit(WANT, async (page) => {
    const card = await page.locator(node("W-002")).elementHandle();
    const { begun } = await refocused(page);
    assert.deepEqual(begun, []);
    assert.ok(await card.evaluate((it) => it.isConnected && it.dataset.id === "W-002"));
  }));
