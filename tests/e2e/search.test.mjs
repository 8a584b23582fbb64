// Search finds whatever is in the log, drawn or not, and the keyboard goes there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, readLog, setHash, stateIs } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson"), "fan.ndjson": fanOf(300) });

/** Types into the search, and gives the names that it finds. */
async function find(page, text) {
  await page.getByRole("combobox").fill(text);
  await page.waitForFunction((text) => new URLSearchParams(location.hash.split("?")[1]).get("q") === text, text);
  return names(page);
}
const names = (page) => page.getByRole("option").locator("span[title]").evaluateAll((all) => all.map((it) => it.title));

test("a beginning, a middle, any case: wants, partitions and runs", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.keyboard.press("/");
    assert.deepEqual((await find(page, "W-0")).filter((name) => name.startsWith("W-")).sort(), ["W-001", "W-002", "W-003"]);
    assert.ok((await find(page, "data/al")).includes("data/alpha"));
    assert.equal((await find(page, "lpha"))[0], "data/alpha");
    assert.equal((await find(page, "GAMMA"))[0], "data/gamma");
    assert.equal((await find(page, "jr-78"))[0].slice(0, 5), "JR-78");
    assert.deepEqual(await find(page, "kind:job-run status:dep-miss").then((all) => all.sort()), ["JR-455", "JR-788"]);
    assert.deepEqual(await find(page, "no such thing"), []);
    await page.getByText("Nothing of that name.").waitFor();
  }));

test("arrows and Enter go to what is marked, in each kind", () =>
  visit("?log=gamma.ndjson", async (page) => {
    for (const [kind, name] of [["want", "W-00"], ["partition", "data"], ["job-run", "JR"]]) {
      await page.keyboard.press("/");
      const found = await find(page, `kind:${kind} ${name}`);
      assert.ok(found.length >= 3, `${kind}: ${found}`);
      const marked = () => page.locator("[role=option][aria-selected=true] span[title]").getAttribute("title");
      assert.equal(await marked(), found[0]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.equal(await marked(), found[2]);
      await page.keyboard.press("ArrowUp");
      assert.equal(await marked(), found[1]);
      const active = await page.getByRole("combobox").getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`[id="${active}"] span[title]`).getAttribute("title"), found[1]);
      await page.keyboard.press("Enter");
      await focusIs(page, found[1]);
      assert.ok(hashOf(page).startsWith(`#/${kind}/`), hashOf(page));
      await page.getByRole("listbox").waitFor({ state: "detached" });
      await page.locator("svg[data-view]").focus();
    }
  }));

test("a search is in the address, found again after a reload, and undone by Escape", () =>
  visit("?log=fan.ndjson#/partition/hub?q=day%3D29", async (page) => {
    const found = await names(page);
    assert.ok(found.length > 0 && found.every((name) => name.includes("day=29")), found.join());
    assert.equal(await page.getByRole("combobox").inputValue(), "day=29");
    await page.reload();
    await stateIs(page, "ready");
    await page.getByRole("option").first().waitFor();
    assert.deepEqual(await names(page), found);
    await page.getByRole("combobox").focus();
    await page.keyboard.press("Escape");
    await hashIs(page, "#/partition/hub");
    await focusIs(page, "hub");
  }));

test("what is shown of many is counted, and more is one press away", () =>
  visit("?log=fan.ndjson", async (page) => {
    await page.keyboard.press("/");
    const few = await find(page, "report/day");
    const heading = page.getByRole("group", { name: "Partitions" }).getByRole("presentation");
    assert.match(await heading.innerText(), /\d+ of 300/i);
    await page.getByRole("button", { name: "Show more" }).click();
    await page.waitForFunction((n) => document.querySelectorAll("[role=option]").length > n, few.length);
  }));

test("a row of the home page is a search for its members", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.getByRole("link", { name: /^\/\/jobs:beta/ }).click();
    await page.getByRole("option").first().waitFor();
    assert.deepEqual((await names(page)).sort(), ["JR-455", "JR-456"]);
    await page.getByRole("option", { name: "JR-455" }).click();
    await focusIs(page, "JR-455");
    await page.goBack();
    await page.getByRole("option").first().waitFor();
    await setHash(page, "#/");
    await page.getByRole("option").first().waitFor({ state: "detached" });
  }));
