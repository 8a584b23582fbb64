// Every list, panel, table, picture and page that has nothing in it says why, and what to do: a walk through a log in which
// most of them have not, at its end, in its middle and at its first event.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hashIs, journeys, readLog, setHash } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const { visit } = journeys({
  "nothing.ndjson": readLog("nothing.ndjson"), "openlineage.ndjson": readLog("openlineage/airflow.ndjson"), "fan.ndjson": fanOf(12),
});

/** Waits until the page that the address names stands. */
const settled = (page) =>
  page.waitForFunction(() => {
    const main = document.querySelector("main");
    if (!main?.firstElementChild || main.querySelector("[aria-busy=true]") || main.querySelector(".story-ends [role=status]")) return false;
    if (main.querySelector(".notice-page, .home, .impact, .job, .dataset, .diff, .notices")) return !main.querySelector(".home") || main.querySelector(".story-read");
    return main.querySelector("svg[data-view][data-ready=true], [role=tree], .nodes-table");
  });

/** What is bare, in words, and the reasons that are given: `{ bare, reasons, links }`. */
function look() {
  const bare = [];
  const where = (it) => `${it.tagName.toLowerCase()}.${it.className} “${it.textContent.trim().slice(0, 60)}”`;
  for (const it of document.querySelectorAll("main *:not(svg *, option)")) {
    const own = [...it.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data).join("").trim();
    if (/^(none|nothing|no|empty|n\/a|unknown|undefined|null|[-–—0]?)$/i.test(own) && own !== "" && !/^\d/.test(own)) bare.push(where(it));
  }
  for (const it of document.querySelectorAll("main section.facts, main .panel, main .table-frame, main .run-head section, main section.events")) {
    if (!it.checkVisibility()) continue;
    const isFull = it.querySelector("li, tbody tr[data-id], dl > *, figure svg, .empty-list, .story-table");
    if (!isFull) bare.push(`nothing in ${where(it)}`);
  }
  const reasons = [...document.querySelectorAll("main .empty-list > p, main .notice-page > p:first-of-type")].map((it) => it.textContent);
  for (const reason of reasons) if (!/^[A-Z].{20,}[.?]$/.test(reason)) bare.push(`no sentence: ${reason}`);
  const links = [...document.querySelectorAll("main a[href^='#/']")].map((it) => it.getAttribute("href"));
  return { bare, reasons, links };
}

/** Walks from link to link, as of the event `at` where there is one; gives all reasons. */
async function walk(page, first, { at, most = 70 } = {}) {
  const shown = (hash) => (at === undefined || /[?&]at=/.test(hash) ? hash : `${hash}${hash.includes("?") ? "&" : "?"}at=${at}`);
  const [todo, seen, all, wrong] = [[...first], new Set(), new Set(), {}];
  while (todo.length > 0 && seen.size < most) {
    const hash = shown(todo.shift());
    if (seen.has(hash)) continue;
    seen.add(hash);
    await setHash(page, hash);
    await settled(page);
    const { bare, reasons, links } = await page.evaluate(look);
    if (bare.length > 0) wrong[hash] = bare;
    reasons.forEach((reason) => all.add(reason));
    // Other moments are walks of their own.
    for (const link of links.filter((link) => at === undefined ? !/[?&]at=/.test(link) : link.includes(`at=${at}`))) todo.push(link);
    const partition = /^#\/partition\/([^?]+)/.exec(hash)?.[1];
    if (partition && !/[?&](mode|uuid)=/.test(hash)) todo.push(`#/partition/${partition}?mode=refs`, `#/impact/${partition}`, `#/diff/${partition}`);
  }
  assert.deepEqual(wrong, {});
  assert.ok(seen.size > 3, `${seen.size} pages`);
  return [...all];
}

const RUNS = ["JR-not-planned", "JR-alone", "JR-running", "JR-failed", "JR-missed", "JR-idle", "JR-named-only"].map((id) => `#/job-run/${id}`);
const WANTS = ["W-asks-nothing", "W-not-created", "W-waits", "W-was-there", "W-orphan"].map((id) => `#/want/${id}`);
const REFS = ["alone", "source", "reader", "outside", "running", "never", "orphan"].map((id) => `#/partition/data%2F${id}`);
const PATH = "#/path?from=data%2Falone&to=data%2Freader";
const PAGES = ["#/", "#/?status=canceled", "#/notices", "#/path", PATH, ...RUNS, ...WANTS, ...REFS];

for (const at of [undefined, 13, 1]) {
  test(at ? `as of event ${at} nothing is empty without a reason` : "at the end of the log nothing is empty without a reason", () =>
    visit("?log=nothing.ndjson", async (page) => {
      const reasons = await walk(page, PAGES, { at });
      const said = (words) => assert.ok(reasons.some((it) => it.includes(words)), `${words} in ${reasons.join("\n")}`);
      if (at === undefined) {
        for (const words of [
          "Its creation names no partition.", "What it asks for is told by its creation, which is not in this log.",
          "told of nothing that it read", "is told by the event that plans it", "was planned for no want", "No want was made for what it missed",
          "is known to have read it.", "No job run of this log builds it", "Nothing is stale", "No attempt has followed", "It has not ended by this moment",
        ]) said(words);
      } else {
        for (const words of ["by this moment", at === 1 ? "No attempt of a job run has ended by this moment." : "One does later."]) said(words);
      }
    }));
}

test("a log of OpenLineage, without wants, is told in its own words", () =>
  visit("?log=openlineage.ndjson", async (page) => {
    const reasons = await walk(page, ["#/", "#/?status=failed", "#/notices"]);
    assert.ok(reasons.length > 0);
    assert.deepEqual(reasons.filter((it) => /\bwants?\b|partition/.test(it)), []);
  }));

test("what comes later is one press away, on the same page", () =>
  visit("?log=nothing.ndjson#/partition/data%2Fsource?at=13", async (page) => {
    await settled(page);
    const list = page.locator(".side section.facts", { hasText: "Read to build" });
    await list.getByText("No job run that has succeeded by this moment is known to have read it. One does later.").waitFor();
    await list.getByRole("link", { name: "Show the end of the log" }).click();
    await hashIs(page, "#/partition/data%2Fsource");
    await list.locator("li", { hasText: "data/reader" }).waitFor();
    await setHash(page, "#/?at=1");
    await page.locator(".story-ends").getByRole("link", { name: "Show the end of the log" }).click();
    await page.locator(".story-ends figure").waitFor();
  }));

test("filters that leave nothing say so, and a press or a link takes them away", () =>
  visit("?log=nothing.ndjson#/?status=canceled", async (page) => {
    const wants = page.getByRole("region", { name: "Wants", exact: true });
    await wants.getByText("at this moment.").or(wants.locator("li")).first().waitFor();
    await setHash(page, "#/?status=upstream-failed");
    await wants.getByText("No want is upstream failed at this moment.").waitFor();
    await wants.getByRole("link", { name: "Show all wants" }).click();
    await wants.locator("li").first().waitFor();

    await page.locator("#search").fill("alone status:failed");
    await page.getByText("With fewer filters there may be more.").waitFor();
    await page.getByRole("button", { name: "Leave the filters out" }).click();
    await page.locator(".search-hit").first().waitFor();
    assert.equal(await page.locator("#search").inputValue(), "alone");
    await page.locator("#search").fill("reader");
    await page.locator(".search-hit").first().waitFor();
    await setHash(page, "#/?at=1&q=reader");
    await page.locator("#search").focus();
    await page.locator(".search-results").getByRole("link", { name: "Show the end of the log" }).click();
    await hashIs(page, "#/?q=reader");

    await setHash(page, "#/impact/data%2Fsource");
    const rows = page.getByRole("searchbox", { name: "Search these rows" });
    await rows.fill("no such row");
    await page.getByText("No row has this in its name.").waitFor();
    await page.getByRole("button", { name: "Show all of them" }).click();
    await page.locator(".impact tbody tr[data-id]").waitFor();
    assert.equal(await rows.inputValue(), "");
    assert.ok(await rows.evaluate((it) => it === document.activeElement), "the keyboard is not lost");
  }));

test("members that nobody is named like", () =>
  visit("?log=fan.ndjson#/partition/hub", async (page) => {
    await page.locator("g[data-kind=group] .node-name").first().click();
    const members = page.getByRole("region", { name: "Members of the group" });
    await members.getByRole("searchbox").fill("zzz");
    await members.getByText("No member has this in its name.").waitFor();
    await members.getByRole("button", { name: "Show all of them" }).click();
    await members.locator("li").first().waitFor();
  }));
