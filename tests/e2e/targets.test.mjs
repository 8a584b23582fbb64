// Whatever is pressed is large enough for a finger, or has room around it: WCAG 2.2, 2.5.8, on every page in each of its
// states, in a large window and on a phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys, transformOf } from "./journey.mjs";
import { FILES, STATES } from "./states.mjs";

const { visit } = journeys(FILES);

/**
 * The criterion, word by word: "The size of the target for pointer inputs is at least 24 by 24 CSS pixels, except when"
 * - Spacing: a circle of 24 pixels across, "centered on the bounding box of each" undersized target, does not intersect
 *   another target or the circle of another undersized one;
 * - Inline: "the target is in a sentence, or its size is otherwise constrained by the line-height of non-target text";
 * - User agent control: its size "is determined by the user agent and is not modified by the author".
 * - Equivalent: "the function can be achieved through a different control on the same page that meets this criterion":
 *   the bars of the home page's plot, whose addresses the table below it has, and the dots of a job's, whose runs the list
 *   below them has;
 * - Essential: a picture that is looked at from afar shows its marks small. They are asked once it is looked at from near,
 *   which the buttons beside it do.
 *
 * What cannot be seen is no target: it is asked of what lies uppermost at a target's middle.
 */
function undersized() {
  const SIZE = 24;
  const TARGETS = "a[href], button, summary, input, select, textarea, label:has(input), [role=option], [role=menuitem], [role=slider], [role=treeitem], [data-open], [data-target], g.node[data-id]";
  const clipped = (it) => {
    let { left, top, right, bottom } = it.getBoundingClientRect();
    for (let outer = it.parentElement; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflow !== "visible" && !(outer instanceof SVGElement && outer.localName !== "svg")) {
        const box = outer.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
    }
    return { left: Math.max(left, 0), top: Math.max(top, 0), right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) };
  };
  const isSeen = (it) => {
    const { left, top, right, bottom } = clipped(it);
    if (right - left < 1 || bottom - top < 1 || getComputedStyle(it).visibility === "hidden") return false;
    // Of a link that goes on in the next line, a line is asked.
    const line = it.getClientRects()[0] ?? it.getBoundingClientRect();
    const over = document.elementFromPoint(
      (Math.max(left, line.left) + Math.min(right, line.right)) / 2, (Math.max(top, line.top) + Math.min(bottom, line.bottom)) / 2);
    return over !== null && (it.contains(over) || over.contains(it));
  };
  // A field in its label is pressed as the label; what is off, or only for who reads it, is not pressed.
  const isPressed = (it) => !it.disabled && !it.matches(".only-read") && !(it.closest("label") && it.localName === "input" && it.type === "file");
  const svg = document.querySelector("svg[data-view]");
  const isFar = svg !== null && svg.querySelector(":scope > g").transform.baseVal.consolidate().matrix.a < 0.999;
  const hasOther = (it) => {
    const address = it.getAttribute("href");
    if (it.closest(".story-figure svg")) return [...document.querySelectorAll(".story-table a")].some((other) => other.getAttribute("href") === address);
    return it.closest(".job-plot") !== null && document.querySelector("a.row-run") !== null;
  };
  const targets = [...document.querySelectorAll(TARGETS)].filter((it) => isPressed(it) && isSeen(it) && !(isFar && svg.contains(it)));
  const isLarge = (it) => {
    const { width, height } = it.getBoundingClientRect();
    return width >= SIZE - 0.01 && height >= SIZE - 0.01;
  };
  const middle = (it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const small = targets.filter((it) => !isLarge(it));
  const isApart = (it) => {
    const { x, y } = middle(it);
    return targets.every((other) => {
      if (other === it || other.contains(it) || it.contains(other)) return true;
      if (!isLarge(other)) {
        const to = middle(other);
        if (Math.hypot(to.x - x, to.y - y) < SIZE) return false;
      }
      const { left, top, right, bottom } = clipped(other);
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) >= SIZE / 2;
    });
  };
  // In a sentence: words beside it, that are no target, in the same block of text.
  const isInline = (it) => {
    if (it instanceof SVGElement || !getComputedStyle(it).display.startsWith("inline")) return false;
    let block = it.parentElement;
    while (getComputedStyle(block).display.startsWith("inline") && getComputedStyle(block).display !== "inline-flex") block = block.parentElement;
    if (!["block", "list-item", "table-cell", "flow-root"].includes(getComputedStyle(block).display)) return false;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (/\p{L}{2}/u.test(text.data) && !text.parentElement.closest(TARGETS) && !text.parentElement.closest(".only-read")) return true;
    }
    return false;
  };
  const isOfBrowser = (it) => it.matches("input[type=checkbox]");
  const name = (it) => {
    const { x, y, width, height } = it.getBoundingClientRect();
    const words = (it.getAttribute("aria-label") ?? it.textContent).trim().slice(0, 40);
    return `${it.localName}.${it.getAttribute("class") ?? ""} “${words}” ${width.toFixed(1)}×${height.toFixed(1)} at ${x.toFixed(0)},${y.toFixed(0)}`;
  };
  return small.filter((it) => !isApart(it) && !isInline(it) && !isOfBrowser(it) && !hasOther(it)).map(name);
}

/** Scrolls all that scrolls one window on; whether anything did. */
const scrollOn = (page) =>
  page.evaluate(() => {
    let isMoved = false;
    for (const it of document.querySelectorAll("main, main *, aside, dialog[open] *")) {
      if (it.scrollHeight > it.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(it).overflowY)) {
        const before = it.scrollTop;
        it.scrollTop += it.clientHeight * 0.8;
        isMoved ||= it.scrollTop !== before;
      }
    }
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(isMoved))));
  });

test("what is too small and too near is found, and what has room is not", () =>
  visit("?log=gamma.ndjson", async (page) => {
    const found = await page.evaluate(`(() => {
      const at = (left, words, size) => {
        const it = Object.assign(document.createElement("button"), { textContent: words });
        Object.assign(it.style, { position: "fixed", top: "300px", left: left + "px", width: size + "px", height: size + "px", padding: "0", zIndex: "9" });
        document.body.append(it);
      };
      document.querySelector("main").replaceChildren();
      at(300, "near", 12); at(314, "nearer", 12); at(400, "alone", 12); at(500, "large", 24);
      return (${undersized})();
    })()`);
    assert.deepEqual(found.map((it) => it.match(/“(.*)”/)[1]).sort(), ["near", "nearer"]);
  }));

for (const [width, height] of [[1440, 900], [390, 800]]) {
  for (const [name, { address, act, state, context }] of Object.entries(STATES)) {
    if (context.viewport && width !== 390) continue;
    test(`${width} wide: ${name}`, () =>
      visit(address, async (page) => {
        await act?.(page);
        const found = new Set(await page.evaluate(undersized));
        const look = async () => {
          for (const it of await page.evaluate(undersized)) found.add(it);
        };
        // The table of the plot is a part of the page; and so is the picture from near.
        const isOver = (await page.locator("dialog[open], [role=menu], .search-results").count()) > 0;
        if (!isOver) {
          await page.evaluate(() => document.querySelectorAll("main details:not([open])").forEach((it) => { it.open = true; }));
          const nearer = page.getByRole("button", { name: "Zoom in" });
          for (let n = 0; n < 12 && (await nearer.count()) > 0 && (await transformOf(page)).scale < 1; n += 1) await nearer.click();
          await look();
        }
        for (let n = 0; n < 8 && (await scrollOn(page)); n += 1) await look();
        assert.deepEqual([...found], []);
      }, { state, ...context, viewport: { width, height } }));
  }
}
