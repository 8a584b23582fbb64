// Every page with names that are hard to lay out, in windows from a phone to a wall: nothing leaves the page
// sideways, no text is cut without a sign and a way to all of it, and nothing lies on its neighbor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys } from "./journey.mjs";
import { HARD_NAMES, hardLog } from "./logs.mjs";

const { visit } = journeys({ "hard.ndjson": hardLog() });

const ref = encodeURIComponent;
const { long, unbroken, chinese, arabic, emoji } = HARD_NAMES;

/** 320 pixels are a window of 1280 at 400 %. */
const WINDOWS = [[320, 256], [390, 844], [900, 700], [1440, 900], [2560, 1440]];

const graph = "svg[data-view][data-ready=true]";

const search = (typed) => async (page) => {
  await page.locator("#search").fill(typed);
  await page.locator(".search-hit").first().waitFor();
};
const inPalette = async (page) => {
  await page.keyboard.press("Control+k");
  await page.waitForSelector("[role=option]");
};
const onTour = async (page) => {
  await inPalette(page);
  await page.keyboard.type("take the tour");
  await page.keyboard.press("Enter");
  await page.locator(".tour .primary").click();
  await page.locator(".tour a").waitFor();
};

/** Name -> what is after `#`, what is there once the page is, and what leads to what is meant. */
const PAGES = {
  "search results": ["/", ".home .row-want", search("date")],
  "search results of one kind": ["/", ".home .row-want", search("kind:job-run 2026")],
  "search results, from right to left and of pictures": ["/", ".home .row-want", search("kind:partition a")],
  palette: [`/partition/${ref(long)}`, graph, inPalette],
  "the link of the tour": ["/", ".home .row-want", onTour],
  "the stale list": ["/", ".home .row-stale"],
  "impact of what much was built from": [`/impact/${ref(unbroken)}?pin=partition:${ref(arabic)}`, ".impact tbody tr[data-id]"],
  home: ["/", ".home .row-want"],
  "home, searched": ["/?q=date", ".home"],
  want: [`/want/${ref(`want-${long}`)}`, graph],
  "want, outline": [`/want/${ref(`want-${long}`)}?tab=outline`, "[role=tree]"],
  "want, table": [`/want/${ref(`want-${long}`)}?tab=table`, ".nodes-table"],
  partition: [`/partition/${ref(long)}`, graph],
  "partition, from right to left": [`/partition/${ref(arabic)}`, graph],
  "partition, outline": [`/partition/${ref(chinese)}?tab=outline`, "[role=tree]"],
  "job run": [`/job-run/${ref(`run-${long}`)}`, graph],
  "job run that failed": [`/job-run/${ref(`failed-${long}`)}`, graph],
  impact: [`/impact/${ref(unbroken)}`, ".impact tbody tr[data-id]"],
  job: [`/job/${ref(`//jobs:${long}`)}`, ".job .row-run"],
  dataset: [`/dataset/${ref(chinese.replace("2026-11-21", "*"))}`, ".dataset, .empty"],
  diff: [`/diff/${ref(long)}`, ".diff h1"],
  path: [`/path?from=${ref(emoji)}&to=${ref(long)}`, graph],
  notices: ["/notices", "main h1"],
  unknown: [`/partition/${ref(`${long}/none`)}`, ".empty"],
};

/** What is wrong with how the page lies, in words; none is right. */
function troubles() {
  const found = [];
  const name = (it) => `${it.tagName.toLowerCase()}.${[...it.classList].join(".")} “${it.textContent.trim().slice(0, 40)}”`;
  const isSeen = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  for (const it of [document.scrollingElement, ...document.querySelectorAll("main, .entity-main, .side, .toolbar, .header")]) {
    if (it.scrollWidth <= it.clientWidth + 1) continue;
    const { left } = it.getBoundingClientRect();
    const isOver = (inner) => inner.getBoundingClientRect().right > left + it.clientWidth + 1;
    const over = [...it.querySelectorAll(":not(svg *, .only-read)")].filter((inner) => isOver(inner) && ![...inner.children].some(isOver));
    found.push(`sideways: ${it.tagName}.${it.className} ${it.scrollWidth} in ${it.clientWidth}: ${over.slice(0, 3).map(name).join(", ")}`);
  }
  for (const it of document.querySelectorAll("body *:not(svg *, option, .only-read, .only-read *, input)")) {
    const hasText = [...it.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
    if (!hasText || !isSeen(it) || it.clientWidth === 0 || it.scrollWidth <= it.clientWidth + 1) continue;
    // A table has a frame of its own, in which it is moved.
    if (it.closest("table, pre, [role=tree]") && getComputedStyle(it).overflowX !== "hidden") continue;
    const { overflowX, textOverflow } = getComputedStyle(it);
    if (overflowX === "visible") found.push(`spills: ${name(it)} ${it.scrollWidth} in ${it.clientWidth}`);
    else if (overflowX !== "auto" && (textOverflow !== "ellipsis" || !it.closest("[title]"))) found.push(`cut: ${name(it)}`);
  }
  for (const outer of document.querySelectorAll(".toolbar, .header, .header-actions, .choices, .moment, main li, main p, main h1, main h2, main header, main a")) {
    const inner = [...outer.children].filter((it) => isSeen(it) && !["absolute", "fixed"].includes(getComputedStyle(it).position) && getComputedStyle(it).display !== "inline");
    const boxes = inner.map((it) => [it, it.getBoundingClientRect()]);
    for (const [i, [a, one]] of boxes.entries()) {
      for (const [b, other] of boxes.slice(i + 1)) {
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (width > 1 && height > 1) found.push(`overlaps: ${name(a)} and ${name(b)}`);
      }
    }
  }
  return [...new Set(found)].slice(0, 12);
}

for (const [name, [hash, ready, act]] of Object.entries(PAGES)) {
  test(name, () =>
    visit(`?log=hard.ndjson#${hash}`, async (page) => {
      await page.waitForSelector(ready);
      await act?.(page);
      const found = {};
      for (const [width, height] of WINDOWS) {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const wrong = await page.evaluate(troubles);
        if (wrong.length > 0) found[`${width} × ${height}`] = wrong;
        if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name.replaceAll(/\W+/g, "-")}-${width}.png` });
      }
      assert.deepEqual(found, {});
    }));
}

for (const [width, height] of [[900, 700], [390, 844]]) {
  test(`at ${width} × ${height} a long name takes two lines, and the picture is in sight below it; all of it is a press away`, () =>
    visit(`?log=hard.ndjson#/job-run/${ref(`run-${long}`)}`, async (page) => {
      await page.waitForSelector(graph);
      const heading = page.locator(".run-head h1");
      assert.equal(await heading.getAttribute("title"), `//jobs:${long}`);
      const lines = () => heading.evaluate((it) => Math.round(it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)));
      const whole = page.getByRole("button", { name: "Whole name" });
      await whole.waitFor();
      assert.equal(await lines(), 2);
      const seen = await page.locator("#picture").evaluate((it) => {
        const main = document.querySelector("main").getBoundingClientRect();
        return Math.min(main.bottom, innerHeight) - it.getBoundingClientRect().top;
      });
      assert.ok(seen >= 120, `${seen} pixels of the picture are in sight`);
      await whole.focus();
      await page.keyboard.press("Enter");
      const less = page.getByRole("button", { name: "Two lines of it" });
      assert.equal(await less.getAttribute("aria-expanded"), "true");
      assert.ok(await lines() > 2);
      assert.ok(await heading.evaluate((it) => it.scrollHeight <= it.clientHeight + 1), "all of it is seen");
      await page.keyboard.press("Enter");
      await whole.waitFor();
      assert.equal(await lines(), 2);
    }, { viewport: { width, height } }));
}

test("on the page of a want with a long name the picture is in sight", () =>
  visit(`?log=hard.ndjson#/want/${ref(`want-${long}`)}`, async (page) => {
    await page.waitForSelector(graph);
    const { y, height } = await page.locator("#picture").boundingBox();
    assert.ok(y < 200 && height > 200, `from ${y} on, ${height} high`);
  }, { viewport: { width: 900, height: 700 } }));
