// Search finds whatever is in the log, drawn or not, and the keyboard goes there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, readLog, setHash, stateIs } from "./journey.mjs";
import { fanOf, logOf } from "./logs.mjs";

const N_LONG = 20_000;
const { visit } = journeys({
  "gamma.ndjson": readLog("gamma.ndjson"),
  "fan.ndjson": fanOf(300),
  "deep.ndjson": logOf(["21", "22"].map((day) => ({ run: `JR-${day}`, builds: [`warehouse/${"a_long_name_of_a_schema/".repeat(4)}orders/region=north-west/date=2026-11-${day}`] }))),
  "long.ndjson": fanOf(N_LONG),
  // One day that is built twice, so that what was built from its first build is stale; one that fails.
  "calendar.ndjson": logOf([
    { run: "JR-1", label: "//jobs:cal", builds: ["data/dim/calendar/day=21"] },
    { run: "JR-2", label: "//jobs:cal", builds: ["data/dim/calendar/day=22"], reason: "disk full" },
    { run: "JR-3", label: "//jobs:sums", builds: ["data/sums"], reads: ["data/dim/calendar/day=21"] },
    { run: "JR-4", label: "//jobs:cal", builds: ["data/dim/calendar/day=21"] },
  ]),
});

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
    await page.getByText("Nothing of that name.").and(page.locator(":not([role=status])")).waitFor();
    await page.getByText("0 of 14 names").and(page.locator(":not([role=status])")).waitFor();
  }));

test("pieces of a name are found, and all of them are marked", () =>
  visit("?log=calendar.ndjson", async (page) => {
    await page.keyboard.press("/");
    assert.deepEqual(await find(page, "kind:partition dimcal21"), ["data/dim/calendar/day=21"]);
    const row = page.getByRole("option", { name: "data/dim/calendar/day=21" });
    assert.deepEqual(await row.locator("mark").allInnerTexts(), ["dim", "cal", "21"]);
    assert.deepEqual(await find(page, "kind:partition 21 dim"), ["data/dim/calendar/day=21"]);
    assert.deepEqual(await row.locator("mark").allInnerTexts(), ["dim", "21"]);
    assert.deepEqual(await find(page, "kind:partition zz21"), []);
  }));

test("filters hold together", () =>
  visit("?log=calendar.ndjson", async (page) => {
    await page.keyboard.press("/");
    const [day21, day22] = ["data/dim/calendar/day=21", "data/dim/calendar/day=22"];
    assert.deepEqual(await find(page, "kind:partition dataset:data/dim/calendar/day=*"), [day22, day21]);
    assert.deepEqual(await find(page, "kind:partition dataset:dim status:fail"), [day22]);
    assert.deepEqual(await find(page, "kind:job-run job:cal"), ["JR-4", "JR-2", "JR-1"]);
    assert.deepEqual(await find(page, "kind:partition stale:yes"), ["data/sums"]);
    assert.deepEqual(await find(page, "kind:want since:3s"), ["W-JR-4"]);
    assert.deepEqual(await find(page, "kind:want since:2100-01-01"), []);
  }));

test("a filter that makes no sense is told, and mended as it is typed", () =>
  visit("?log=gamma.ndjson", async (page) => {
    await page.keyboard.press("/");
    assert.deepEqual(await find(page, "data kind:thing status:nope"), []);
    await page.getByText("kind:thing A kind is want, partition, job-run or job.").waitFor();
    await page.getByText("status:nope There is no status that begins so.").waitFor();
    await page.locator("#announcer [role=status]", { hasText: /kind:thing: A kind is/ }).waitFor({ state: "attached" });
    assert.equal(await page.getByText("Nothing of that name.").count(), 0);
    assert.equal((await find(page, "data kind:partition")).length, 3);
    assert.equal(await page.getByRole("search").getByText("A kind is").count(), 0);
  }));

test("an empty search tells what can be looked for, and where the reader has been", () =>
  visit("?log=gamma.ndjson", async (page) => {
    for (const hash of ["#/want/W-002", "#/partition/data%2Fbeta", "#/job-run/JR-455", "#/want/W-002", "#/want/W-003"])
      await setHash(page, hash);
    await focusIs(page, "W-003");
    assert.equal(await page.getByRole("listbox").count(), 0);
    await page.keyboard.press("/");
    const terms = page.getByRole("search").getByRole("term");
    const keys = (await terms.allInnerTexts()).map((it) => it.split(":")[0]);
    assert.deepEqual(keys, ["status", "kind", "job", "dataset", "since", "stale"]);
    assert.deepEqual(await names(page), ["W-002", "JR-455", "data/beta"]);
    await page.keyboard.press("Enter");
    assert.equal(hashOf(page), "#/want/W-003", "nothing is chosen yet");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await focusIs(page, "JR-455");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.id === "picture");
    await page.keyboard.press("/");
    assert.deepEqual(await names(page), ["W-003", "W-002", "data/beta"]);
    await page.getByRole("option", { name: "data/beta" }).click();
    await focusIs(page, "data/beta");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.id === "picture");
    await page.keyboard.press("/");
    await page.keyboard.type("W-00");
    await page.getByRole("option", { name: "W-001" }).waitFor();
    await page.keyboard.press("Escape");
    assert.deepEqual(await names(page), ["JR-455", "W-003", "W-002"]);
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
  }));

test("a long search comes in slices, goes on from what it found, and ends with exact counts", () =>
  visit("?log=long.ndjson", async (page) => {
    const search = page.getByRole("search");
    const protocol = await page.context().newCDPSession(page);
    await protocol.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    await search.evaluate((search) => {
      window.told = [];
      const look = () => window.told.push(search.querySelector(".is-extent")?.textContent);
      new MutationObserver(look).observe(search, { childList: true, subtree: true, characterData: true });
    });
    await page.keyboard.press("/");
    await page.keyboard.insertText("day=1");
    // Pieces skip two digits at most. Wants, runs and jobs of this log have no day.
    const n = Array.from({ length: N_LONG }, (_, i) => String(i).slice(0, 3)).filter((it) => it.includes("1")).length;
    const [nFound, nNames] = [n, 3 * (N_LONG + 1) + 2].map((it) => it.toLocaleString("en"));
    await search.getByText(`${nFound} of ${nNames} names`).waitFor();
    await page.keyboard.insertText("9999");
    await search.getByText(`1 of ${nNames} names`, { exact: true }).waitFor();
    assert.deepEqual(await names(page), ["report/day=19999"]);
    const told = await page.evaluate(() => window.told);
    assert.ok(told.some((words) => words?.startsWith("looking through ")), told.join("; "));
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

test("what is below the box and no hit is reached by Tab and the arrows, and leads back to the box", () =>
  visit("?log=fan.ndjson", async (page) => {
    const isAt = (selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);
    const less = page.getByRole("button", { name: "Leave the filters out" });
    for (const [key, back] of [["Tab", "Shift+Tab"], ["ArrowDown", "ArrowUp"]]) {
      await page.keyboard.press("/");
      await page.locator("#search").fill("day status:canceled");
      await less.waitFor();
      await page.keyboard.press(key);
      await isAt(".search-note button");
      await page.keyboard.press(back);
      await isAt("#search");
      await page.keyboard.press(key);
      await page.keyboard.press("Enter");
      await isAt("#search");
      await page.getByRole("option").first().waitFor();
      assert.equal(await page.locator("#search").inputValue(), "day");
    }
    // From the last hit down, and by Tab at once.
    await page.keyboard.press("Tab");
    await isAt(".search-more");
    const n = await page.getByRole("option").count();
    await page.keyboard.press("Enter");
    await isAt("#search");
    await page.waitForFunction((n) => document.querySelectorAll("[role=option]").length > n, n);
    // Escape leads back as well, and lets go of what was typed; who goes on beside leaves the list.
    await page.keyboard.press("Tab");
    await isAt(".search-more");
    await page.keyboard.press("Escape");
    await isAt("#search");
    await page.waitForFunction(() => document.querySelector("#search").value === "");
    await page.locator("#search").fill("nothing of the kind status:failed");
    await less.waitFor();
    await page.keyboard.press("Tab");
    await isAt(".search-note button");
    await page.keyboard.press("Tab");
    await page.locator(".search-results").waitFor({ state: "detached" });
  }));

test("an earlier moment finds nothing, and the link to the end of the log is reached by keys", () =>
  visit("?log=calendar.ndjson#/?at=1", async (page) => {
    await page.keyboard.press("/");
    await page.locator("#search").fill("data/sums");
    await page.getByRole("search").getByRole("link", { name: "Show the end of the log" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "data/sums" }).waitFor();
    await page.waitForFunction(() => document.activeElement.id === "search");
  }));

test("names that differ at their ends differ where the box is narrow", () =>
  visit("?log=deep.ndjson", async (page) => {
    for (const width of [320, 390, 900]) {
      await page.setViewportSize({ width, height: 700 });
      await page.locator("#search").fill("kind:partition north");
      await page.getByRole("option").nth(1).waitFor();
      // What of each name is in sight: of its key's last segment all, and a part of what is before.
      const seen = await page.getByRole("option").evaluateAll((all) => all.map((it) => {
        const last = it.querySelector(".reference-last");
        return [last.textContent, last.scrollWidth <= last.clientWidth + 1, it.querySelector(".reference-key").clientWidth > 40];
      }));
      assert.deepEqual(seen.sort(), [["date=2026-11-21", true, true], ["date=2026-11-22", true, true]], `${width}`);
    }
  }));

test("the page of a job searches its runs", () =>
  visit(`?log=gamma.ndjson#/job/${encodeURIComponent("//jobs:beta")}`, async (page) => {
    await page.getByRole("link", { name: "Search its runs" }).click();
    await page.getByRole("option").first().waitFor();
    assert.deepEqual((await names(page)).sort(), ["JR-455", "JR-456"]);
    await page.getByRole("option", { name: "JR-455" }).click();
    await focusIs(page, "JR-455");
    await page.goBack();
    await page.getByRole("option").first().waitFor();
    await setHash(page, "#/");
    await page.getByRole("option").first().waitFor({ state: "detached" });
  }));
