// What WCAG 2.2 asks beside what axe-core can see: what has the keyboard is not hidden (2.4.11), wider text loses nothing
// (1.4.12), and what shows on pointing can be put away, pointed at, and stays (1.4.13).

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, readLog } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
const CALENDAR = encodeURIComponent("dim/calendar/span=2015-2034");

const PAGES = {
  home: ["?log=sample.ndjson", (page) => page.waitForSelector(".home .row-want")],
  "a want": ["?log=gamma.ndjson#/want/W-001", (page) => focusIs(page, "W-001")],
  "a run": ["?log=sample.ndjson#/job-run/JR-000103", (page) => focusIs(page, "JR-000103")],
  impact: [`?log=sample.ndjson#/impact/${CALENDAR}`, (page) => page.waitForSelector(".impact tbody tr[data-id]")],
};

/** What has the keyboard, and whether any of it can be seen: nine points of it are asked what lies uppermost there. */
const focused = (page) =>
  page.evaluate(() => {
    let it = document.activeElement;
    if (it === document.body) return undefined;
    if (it.type === "file") it = it.closest("label");
    const { left, top, right, bottom } = it.getBoundingClientRect();
    const parts = [0.02, 0.5, 0.98];
    const isSeen = parts.some((x) => parts.some((y) => {
      const over = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return over !== null && (it.contains(over) || over.contains(it) && over !== document.body && over.localName !== "html");
    }));
    return { isSeen, name: `${it.localName}#${it.id}.${it.getAttribute("class") ?? ""} ${(it.getAttribute("aria-label") ?? it.textContent).trim().slice(0, 40)}` };
  });

for (const [width, height] of [[1440, 900], [900, 700]]) {
  for (const [name, [address, stands]] of Object.entries(PAGES)) {
    test(`what has the keyboard is not hidden: ${name}, ${width} wide`, () =>
      visit(address, async (page) => {
        await stands(page);
        const hidden = [];
        let n = 0;
        for (const key of ["Tab", "Shift+Tab"]) {
          for (let i = 0; i < 120; i += 1) {
            await page.keyboard.press(key);
            const now = await focused(page);
            if (!now) break;
            n += 1;
            if (!now.isSeen) hidden.push(`${key} ${now.name}`);
          }
        }
        assert.ok(n > 30, `${n} stops`);
        assert.deepEqual(hidden, []);
      }, { viewport: { width, height } }));
  }
}

const WIDE = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";

/** Texts that are cut, though nothing says that they go on; and buttons, links and cells of a bar or a table whose words lie over each other. */
function lost() {
  const AREAS = ".header, .toolbar, .moment, .impact-tools, table, .panel header, .panel-filters, .side-head";
  const name = (it) => `${it.localName}.${it.getAttribute("class") ?? ""} “${it.textContent.trim().slice(0, 40)}”`;
  const isShown = (it) => it.getClientRects().length > 0 && getComputedStyle(it).visibility !== "hidden" && !it.closest(".only-read, dialog:not([open])");
  const found = [];
  for (const area of document.querySelectorAll(AREAS)) {
    if (!isShown(area)) continue;
    const all = [area, ...area.querySelectorAll("*")].filter((it) => !(it instanceof SVGElement) && isShown(it));
    for (const it of all) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(it);
      const isCut = (overflow) => overflow === "hidden" || overflow === "clip";
      if (isCut(overflowY) && it.scrollHeight > it.clientHeight + 1) found.push(`cut below: ${name(it)}`);
      // What ends in dots says so, and has its whole text in a title.
      if (isCut(overflowX) && it.scrollWidth > it.clientWidth + 1 && textOverflow !== "ellipsis") found.push(`cut at its side: ${name(it)}`);
    }
    const words = all.filter((it) => [...it.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== ""));
    const boxes = words.map((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      const box = range.getBoundingClientRect();
      // What is cut with dots is seen no farther than the box that cuts it.
      let right = box.right;
      for (let outer = it; outer && outer !== area; outer = outer.parentElement) {
        if (getComputedStyle(outer).textOverflow === "ellipsis") right = Math.min(right, outer.getBoundingClientRect().right);
      }
      return { it, left: box.left, right, top: box.top, bottom: box.bottom };
    });
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        if (a.it.contains(b.it) || b.it.contains(a.it) || a.it.closest("thead") !== b.it.closest("thead")) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 4 && !a.it.closest(".term-tip") && !b.it.closest(".term-tip")) found.push(`over each other: ${name(a.it)} and ${name(b.it)}`);
      }
    }
    const { left, right } = area.getBoundingClientRect();
    if (area.matches(".header, .toolbar, .moment") && (left < -1 || right > innerWidth + 1 || area.scrollWidth > area.clientWidth + 1)) found.push(`beyond the window: ${name(area)}`);
  }
  return found;
}

for (const [width, height] of [[1440, 900], [900, 700]]) {
  for (const [name, [address, stands]] of Object.entries({ ...PAGES, "a table": ["?log=gamma.ndjson#/partition/data%2Fbeta?tab=table", (page) => page.waitForSelector(".nodes-table")] })) {
    test(`wider text loses nothing: ${name}, ${width} wide`, () =>
      visit(address, async (page) => {
        await stands(page);
        await page.addStyleTag({ content: WIDE });
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        assert.deepEqual(await page.evaluate(lost), []);
      }, { viewport: { width, height }, bypassCSP: true }));
  }
}

for (const [name, address, ready, word, tip] of [
  ["beside a heading", "?log=sample.ndjson", ".home .row-want", ".stale .term-mark", ".stale .term-tip"],
  ["in the panel", "?log=gamma.ndjson#/partition/data%2Fbeta", "svg[data-view][data-ready=true]", ".side .term-word", ".side .term-tip"],
]) {
  test(`what a word means stays while it is pointed at, and Escape puts it away: ${name}`, () =>
    visit(address, async (page) => {
      await page.waitForSelector(ready);
      const [mark, means] = [page.locator(word).first(), page.locator(tip).first()];
      await mark.scrollIntoViewIfNeeded();
      await mark.hover();
      await means.waitFor({ state: "visible" });
      // It can be pointed at: the way from the word to it is a part of it.
      const [from, to] = [await mark.boundingBox(), await means.boundingBox()];
      const x = Math.min(Math.max(from.x + from.width / 2, to.x + 4), to.x + to.width - 4);
      for (let y = from.y + from.height / 2; y < to.y + to.height / 2; y += 1) {
        await page.mouse.move(x, y);
        assert.equal(await means.isVisible(), true, `it goes at ${y - from.y} below the word's top`);
      }
      // It stays for as long as it is pointed at, and the keyboard is where it was.
      const before = await page.evaluate(() => document.activeElement.id);
      await page.keyboard.press("Escape");
      await means.waitFor({ state: "hidden" });
      assert.equal(await page.evaluate(() => document.activeElement.id), before);
      await page.mouse.move(2, 2);
      await mark.hover();
      await means.waitFor({ state: "visible" });
      await page.mouse.move(2, 2);
      await means.waitFor({ state: "hidden" });
      // By the keyboard the same, and the word keeps it.
      await mark.focus();
      await means.waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await means.waitFor({ state: "hidden" });
      assert.equal(await mark.evaluate((it) => it === document.activeElement), true);
    }));
}
