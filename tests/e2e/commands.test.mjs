// Commands: the palette, the help and the keys, which all come from one table; and where the keyboard is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, journeys, readLog, stateIs } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson"), "fan.ndjson": fanOf(300) });
const WANT = "?log=gamma.ndjson#/want/W-001";
const ALPHA = "?log=gamma.ndjson#/partition/data%2Falpha";

const palette = (page) => page.getByRole("combobox", { name: "Find a command" });
const options = (page) => page.getByRole("dialog").getByRole("option");

/** What has the keyboard: its id, else the words in it. */
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
const focusedIs = (page, id) => page.waitForFunction((id) => document.activeElement.id === id, id);
/** What is told of the card that the keyboard is at. */
const toldNode = async (page) => {
  const told = await page.waitForFunction(() => {
    const id = document.activeElement.getAttribute("aria-activedescendant");
    return id && document.getElementById(id)?.getAttribute("aria-label");
  });
  return told.jsonValue();
};

async function command(page, letters) {
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

test("the palette finds a command by a few letters, and the keyboard alone does it", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await page.keyboard.press(":");
    await palette(page).waitFor();
    await focusedIs(page, "palette");
    assert.equal(await page.getByRole("option", { selected: true }).count(), 1);
    const all = await options(page).count();
    await page.keyboard.type("tbl");
    await page.waitForFunction((all) => document.querySelectorAll("[role=option]").length < all, all);
    const active = await palette(page).getAttribute("aria-activedescendant");
    assert.match(await page.locator(`#${active}`).innerText(), /show it as a table/);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".nodes-table");
    await hashIs(page, "#/want/W-001?tab=table");
    await page.keyboard.press(":");
    await page.keyboard.type("no such command");
    await page.locator(".palette-said").getByText("No command has these letters.").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }));

test("arrows walk the palette, a press does as well, and a field is left alone", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await page.keyboard.press("/");
    await page.keyboard.type(":");
    assert.equal(await page.locator("#search").inputValue(), ":");
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    await page.keyboard.type("zoom");
    await page.keyboard.press("ArrowDown");
    assert.match(await page.getByRole("option", { selected: true }).innerText(), /zoom out/);
    await page.keyboard.press("ArrowDown");
    assert.match(await page.getByRole("option", { selected: true }).innerText(), /zoom out/);
    await options(page).filter({ hasText: "zoom in" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await focusedIs(page, "search");
  }));

test("every key of the help on a page of a graph does what the palette does", () =>
  visit(ALPHA, async (page) => {
    await focusIs(page, "data/alpha");
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: /Keys/ });
    await dialog.getByRole("heading", { name: "In the graph" }).waitFor();
    const keys = await dialog.locator("dl.keys dt").allInnerTexts();
    assert.ok(keys.length > 40, `${keys.length} keys`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    // What is drawn and what has the keyboard may change in two turns: a state is read once it is another one and like `told`.
    const stateLike = async (told, before = "") => {
      const state = await page.waitForFunction(([told, before]) => {
        const transform = document.querySelector("svg[data-view] > g")?.getAttribute("transform");
        const state = [location.hash, transform, document.activeElement.id].join(" ");
        return state !== before && new RegExp(told).test(state) && state;
      }, [told.source, before]);
      return state.jsonValue();
    };
    const graph = async () => {
      await page.keyboard.press("1");
      await page.waitForSelector("svg[data-view][data-ready=true]");
      await page.keyboard.press("g");
      await focusedIs(page, "picture");
      await page.keyboard.press("Escape");
      await page.keyboard.press("f");
      return stateLike(/ picture$/);
    };
    const both = async (key, letters, told) => {
      const states = [];
      for (const act of [() => page.keyboard.press(key), () => command(page, letters)]) {
        const before = await graph();
        await act();
        states.push(await stateLike(told, before));
      }
      assert.equal(states[0], states[1], key);
    };
    await both("+", "zoom in", /^#\/partition\/data%2Falpha translate.* picture$/);
    await both("2", "as an outline", /tab=outline  tree-0$/);
    await both("3", "as a table", /tab=table  nodes-table$/);
    await page.keyboard.press("1");
    await page.waitForSelector("svg[data-view][data-ready=true]");
    await page.keyboard.press("o");
    await hashIs(page, "#/partition/data%2Falpha?dir=tb");
    await command(page, "turn the graph");
    await hashIs(page, "#/partition/data%2Falpha");
    await command(page, "more upstream");
    await hashIs(page, "#/partition/data%2Falpha?up=2");
    await command(page, "less upstream");
    await hashIs(page, "#/partition/data%2Falpha?up=1");
    await page.keyboard.press("t");
    await focusedIs(page, "as-of-thumb");
    await command(page, "bar of the moment");
    await focusedIs(page, "as-of");
    await page.keyboard.press("Escape");
    await page.locator("#main").focus();
    await page.keyboard.press("h");
    await page.waitForSelector(".home");
    await command(page, "notices");
    await page.waitForURL((url) => url.hash.startsWith("#/notices"));
    await command(page, "theme");
    await page.waitForSelector("html[data-theme=light]", { state: "attached" });
  }));

test("what is typed right after the palette is asked for is for its box", () =>
  visit(ALPHA, async (page) => {
    await focusIs(page, "data/alpha");
    // Not even a frame passes in between.
    await page.evaluate(() => { globalThis.requestAnimationFrame = () => 0; });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("more");
    assert.equal(await palette(page).inputValue(), "more");
    assert.equal(await page.evaluate(() => location.hash), "#/partition/data%2Falpha");
  }));

test("under a dialog no key reaches the page, and the palette takes its place", () =>
  visit(ALPHA, async (page) => {
    await focusIs(page, "data/alpha");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: /Keys/ });
    await help.waitFor();
    for (const key of ["o", "2", "h"]) await page.keyboard.press(key);
    assert.ok(await help.isVisible());
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    assert.ok(!(await help.isVisible()));
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await palette(page).waitFor({ state: "hidden" });
    await hashIs(page, "#/partition/data%2Falpha");
    await page.keyboard.press("o");
    await hashIs(page, "#/partition/data%2Falpha?dir=tb");
    // What had the keyboard before the first of two has it after the last.
    await page.getByRole("banner").getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("dialog", { name: "Save the page" }).waitFor();
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    await page.keyboard.press("Escape");
    await palette(page).waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.activeElement.closest("header") && document.activeElement.textContent === "Save");
  }));

test("what cannot be done here is not offered", () =>
  visit("", async (page) => {
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    const offered = await options(page).allInnerTexts();
    assert.ok(offered.some((it) => /open another log/.test(it)));
    assert.ok(!offered.some((it) => /zoom|notices|hop/.test(it)), offered.join());
  }, { state: "start" }));

test("the graph tells name, kind, status and place; another focus takes the keyboard, and going back gives it back", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await page.keyboard.press("g");
    await focusedIs(page, "picture");
    assert.match(await toldNode(page), /^want W-001.*successful.*the focus$/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const told = await toldNode(page);
    assert.match(told, /^(partition|job run|derivative want|want) .+, \d+ of \d+$/);
    const chosen = await page.locator("g.is-selected").getAttribute("data-id");
    await page.keyboard.press("Enter");
    await focusIs(page, chosen);
    assert.equal(await focused(page), "picture");
    await page.waitForFunction((chosen) => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      return document.getElementById(id)?.dataset.id === chosen;
    }, chosen);
    assert.match(await toldNode(page), /the focus$/);
    await page.goBack();
    await focusIs(page, "W-001");
    // Which of how many it is goes by the picture, which is drawn anew.
    const what = (told) => told.replace(/, [^,]+$/, "");
    await page.waitForFunction((what) => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      return document.getElementById(id)?.getAttribute("aria-label").startsWith(what);
    }, what(told));
    assert.match(await toldNode(page), /, \d+ of \d+$/);
  }));

test("lineage says upstream or downstream, and how many there are", () =>
  visit("?log=gamma.ndjson#/partition/data%2Fbeta", async (page) => {
    await focusIs(page, "data/beta");
    const labels = await page.locator("g.node").evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
    assert.equal(labels.filter((it) => /the focus$/.test(it)).length, 1);
    for (const way of ["upstream", "downstream"]) {
      const of = labels.map((it) => new RegExp(`, ${way}, (\\d+) of (\\d+)$`).exec(it)).filter(Boolean);
      assert.ok(of.length > 0, way);
      assert.deepEqual(of.map(([, at]) => Number(at)).sort((a, b) => a - b), of.map((_, i) => i + 1));
      assert.ok(of.every(([, , n]) => Number(n) === of.length));
    }
  }));

test("a page that is opened by a link in it gives the keyboard back to that link", () =>
  visit("?log=gamma.ndjson", async (page) => {
    const link = page.locator("main a[href^='#/partition/']").first();
    await link.focus();
    const href = await link.getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForSelector("svg[data-view][data-ready=true]");
    await focusedIs(page, "picture");
    await page.goBack();
    await page.waitForSelector(".home");
    await page.waitForFunction((href) => document.activeElement.getAttribute("href") === href, href);
  }));

