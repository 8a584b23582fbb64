// What a page is elsewhere than on a screen in its own colors: on paper, and in the system's colors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, readLog } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const N = 1500;
const { visit } = journeys({ "fan.ndjson": fanOf(N), "gamma.ndjson": readLog("gamma.ndjson") });

/** What a press on Print does, on a sheet of A4's width. */
async function print(page) {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 720, height: 1000 });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
}

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth);

test("a picture is printed whole, as wide as the sheet, with its moment and what is told at its side", () =>
  visit("?log=gamma.ndjson#/want/W-001?at=12", async (page) => {
    await focusIs(page, "W-001");
    await page.getByRole("button", { name: "Zoom in" }).press("Enter");
    const svg = page.locator("svg[data-view]");
    const n = await svg.locator("g[data-id]").count();
    await print(page);
    await page.locator("svg[data-view][viewBox]").waitFor();
    const box = await svg.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 721, JSON.stringify(box));
    const cards = await svg.locator(".node-shape").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
    assert.ok(cards.length >= n && n > 2);
    for (const card of cards) {
      assert.ok(card.left >= box.x - 1 && card.right <= box.x + box.width + 1, JSON.stringify(card));
      assert.ok(card.top >= box.y - 1 && card.bottom <= box.y + box.height + 1, JSON.stringify(card));
    }
    assert.ok((await wide(page)) <= 720);
    assert.ok(await page.getByText("As of event").isVisible());
    assert.ok(await page.locator(".side-name").isVisible());
    for (const only of [".header-actions", ".search", ".scrubber", ".canvas-row", ".toolbar .choices"]) {
      assert.equal(await page.locator(only).first().isVisible(), false, only);
    }
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.locator("svg[data-view]:not([viewBox])").waitFor({ state: "attached" });
  }));

test("a list is printed whole, or says where it ends", () =>
  visit("?log=fan.ndjson#/impact/hub", async (page) => {
    await page.locator(".virtual-table tbody tr").nth(3).waitFor();
    assert.ok((await page.locator(".virtual-table tbody tr").count()) < 80, "on a screen only what is in sight exists");
    await print(page);
    await page.getByText(`The first 1,000 of 1,500 rows.`).waitFor();
    assert.equal(await page.locator(".virtual-table tbody tr:not(.table-space)").count(), 1000);
    const last = await page.locator(".virtual-table tbody tr:not(.table-space)").last().boundingBox();
    assert.ok(last.height > 10 && last.y > 10_000, JSON.stringify(last));
    assert.ok((await wide(page)) <= 720);
    const pdf = await page.pdf({ format: "A4" });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets > 10, `${sheets} sheets`);
  }));

test("paper is light, whatever the theme", () =>
  visit("?log=gamma.ndjson#/", async (page) => {
    await page.locator(".home").waitFor();
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    assert.equal(await ink(), "rgb(232, 234, 237)");
    await print(page);
    assert.equal(await ink(), "rgb(28, 30, 33)");
  }, { colorScheme: "dark" }));

/** In the page: WCAG's contrasts of what is drawn, and whether what is chosen has a ground of its own. */
function contrasts() {
  const light = (color) => {
    const parts = color.match(/[\d.]+/g).slice(0, 3).map((it) => Number(it) / 255);
    const [red, green, blue] = parts.map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };
  const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
  const ground = getComputedStyle(document.body).backgroundColor;
  const is = ':is([aria-current="true"], [aria-pressed="true"], [aria-selected="true"])';
  const chosen = `.choices > ${is}`;
  return {
    text: contrast(of(".node-name", "fill"), of(".node-shape", "fill")),
    small: contrast(of(".node-which", "fill"), of(".node-shape", "fill")),
    outline: contrast(of(".node-shape", "stroke"), ground),
    edge: contrast(of(".edge", "stroke"), ground),
    glyph: contrast(of(".badge .badge-glyph", "fill"), of(".badge circle", "fill")),
    mark: contrast(of(".side .mark", "color"), of(".side .mark", "backgroundColor")),
    chosen: contrast(of(chosen, "color"), of(chosen, "backgroundColor")),
    isToldApart: of(chosen, "backgroundColor") !== of(`.choices > :not(${is})`, "backgroundColor"),
  };
}

const LEAST = { text: 4.5, small: 4.5, outline: 3, edge: 3, glyph: 4.5, mark: 4.5, chosen: 4.5 };

for (const colorScheme of ["light", "dark"]) {
  test(`in the system's colors a picture is as plain as the text, ${colorScheme}`, () =>
    visit("?log=gamma.ndjson#/want/W-001", async (page) => {
      await focusIs(page, "W-001");
      const seen = await page.evaluate(contrasts);
      for (const [what, least] of Object.entries(LEAST)) assert.ok(seen[what] >= least, `${what}: ${seen[what]}`);
      assert.ok(seen.isToldApart, "what is chosen has another ground");
    }, { forcedColors: "active", colorScheme }));
}
