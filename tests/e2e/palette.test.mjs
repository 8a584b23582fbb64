// Whatever a page can do is in the palette of that page: each button names its command, or is on a list that says
// why it has none; and each command does what its button does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, node } from "./journey.mjs";
import { logOf } from "./logs.mjs";
import { FILES, STATES } from "./states.mjs";

const rounds = logOf([
  { run: "JR-raw-1", builds: ["raw"] },
  { run: "JR-mid-1", builds: ["mid"], reads: ["raw"] },
  { run: "JR-raw-2", builds: ["raw"] },
  { run: "JR-mid-2", builds: ["mid"], reads: ["raw"] },
]);
const { visit } = journeys({
  ...FILES,
  "rounds.ndjson": rounds,
  // All but its end comes.
  "stopped.ndjson": async function* () {
    yield FILES["gamma.ndjson"].subarray(0, 3_000);
    await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  },
});

/** Buttons without a command: where they are, and why. */
const EXCEPT = [
  ["dialog button", "a dialog is over the page, and the palette would be another: it is done there, or left by Escape"],
  [".start-way button", "sends the form that it stands in"],
  [".recent button", "is about the list of recent logs, which the command that opens another log shows"],
  [".asking .actions button, .notice-page button:has-text('Yes, fetch it'), .notice-page button:has-text('No')", "answers a question, which is to be read first"],
  [".tour button", "walks the tour, or ends it: the strip is there while it is taken, and Escape ends it as well"],
  [".tour-offer button:has-text('Don’t')", "takes away the offer that it stands in"],
  ["button.copy", "copies the one text that it stands beside"],
  ["button.term-mark, button.term-word", "explains the one word that it is"],
  ["button.menu-button", "opens a list of what the palette has as well"],
  ["thead button", "sorts by the column that it heads"],
  ["tbody button", "inspects the node of its row"],
  ["button:has-text('more'):is(.link-button.dim, .search-more)", "lengthens the one list that it ends"],
  ["button.pin", "is the row's own: the command pins the row that the keyboard is at"],
  [".path button:has-text('Choose where')", "moves the keyboard to a field that is there already"],
  [".start summary, .home summary", "opens what the page says in other words above it"],
  [".notices summary, .events summary", "opens the one event or kind of notice that it names"],
];
const used = new Set();
let nStates = 0;

const palette = (page) => page.getByRole("combobox", { name: "Find a command" });

/** The page hears keys once all of it has come. */
async function openPalette(page) {
  for (let n = 0; n < 100 && !(await palette(page).isVisible()); n += 1) {
    await page.keyboard.press("Control+k");
    await page.waitForTimeout(50);
  }
  await palette(page).waitFor();
}

/** What the palette offers. */
async function offered(page) {
  await openPalette(page);
  const all = await page.locator("#palette-list [role=option] > span:first-child").allInnerTexts();
  await page.keyboard.press("Escape");
  await page.locator("#palette").waitFor({ state: "detached" });
  return all;
}

/** The buttons that can be seen: `{ name, command, isOff, except }`, the last as a row of `EXCEPT`. */
async function buttons(page) {
  for (const [i, [selector]] of EXCEPT.entries()) {
    await page.locator(selector).evaluateAll((all, i) => all.forEach((it) => { it.dataset.except = i; }), i);
  }
  return page.locator("button:visible, summary:visible").evaluateAll((all) => all.map((it) => ({
    name: (it.getAttribute("aria-label") ?? it.textContent).trim().slice(0, 60),
    command: it.dataset.command, isOff: it.disabled === true, except: it.dataset.except,
  })));
}

for (const [name, { address, act, state, context }] of Object.entries(STATES)) {
  test(`each button is in the palette: ${name}`, () =>
    visit(address, async (page) => {
      await act?.(page);
      nStates += 1;
      const menu = page.getByRole("button", { name: "Save as", exact: true });
      const isUnder = await page.locator("dialog[open]").count() > 0;
      if (!isUnder && (await menu.isVisible()) && (await menu.getAttribute("aria-expanded")) === "false") {
        await menu.click();
        await page.waitForSelector("[role=menuitem]:focus");
      }
      const found = await buttons(page);
      const commands = await offered(page);
      assert.equal(new Set(commands).size, commands.length, "each is offered once");
      assert.ok(found.length > 0);
      for (const { name, command, isOff, except } of found) {
        if (except !== undefined) {
          used.add(Number(except));
          // What the dialogs offer may be offered elsewhere as well.
          if (except !== "0") assert.equal(command, undefined, `${name} has a command, and needs no exception`);
          continue;
        }
        assert.ok(command, `${name} has no command`);
        const isDoneByOther = found.some((other) => other.command === command && !other.isOff);
        assert.equal(commands.includes(command), !isOff || isDoneByOther, `${name}: ${command}`);
      }
    }, { state, ...context }));
}

after(() => {
  // Where some tests alone are asked for, some exceptions are idle.
  if (nStates < Object.keys(STATES).length) return;
  const idle = EXCEPT.filter((_, i) => !used.has(i)).map(([selector]) => selector);
  assert.deepEqual(idle, [], "exceptions that nothing needs");
});

/** Has a command done that is asked for by all of its words. */
async function command(page, words) {
  await openPalette(page);
  await page.keyboard.insertText(words);
  const first = page.locator("#palette-list [role=option][aria-selected=true] > span:first-child");
  await page.waitForFunction((words) => document.querySelector("#palette-list [aria-selected=true] > span")?.textContent === words, words);
  assert.equal(await first.innerText(), words);
  await page.keyboard.press("Enter");
  await page.locator("#palette").waitFor({ state: "detached" });
}

const isOffered = async (page, words) => (await offered(page)).includes(words);

async function saved(page, words) {
  const download = page.waitForEvent("download");
  await command(page, words);
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test("what the menu saves is saved by commands", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    assert.match((await saved(page, "save the picture as SVG")).text, /<svg .*\n\.node/s);
    assert.equal((await saved(page, "save the picture as PNG")).name, "lineage.png");
    assert.match((await saved(page, "save the nodes as CSV")).text, /W-001/);
    assert.match((await saved(page, "save the nodes as JSON, one a line")).text, /^\{/);
    assert.match((await saved(page, "save the events of the picture as a log")).text, /want_create_v1/);
    await page.locator(".export-told", { hasText: "as a log" }).waitFor();
    await command(page, "save the page with the events of the picture");
    await page.getByRole("dialog", { name: "Save the page" }).getByText("behind this picture").waitFor();
    await page.keyboard.press("Escape");
    await command(page, "save the page with its log");
    await page.getByRole("dialog", { name: "Save the page" }).getByText("all 19 events").waitFor();
  }));

const LISTS = {
  "?log=gamma.ndjson": "wants",
  "?log=sample.ndjson#/job/%2F%2Fwarehouse%2Fcore:sessions": "runs",
  "?log=gamma.ndjson#/dataset/data%2Fbeta": "partitions",
  "?log=gamma.ndjson#/impact/data%2Falpha": "impact",
  "?log=faults.ndjson#/notices": "notices",
};
for (const [address, stem] of Object.entries(LISTS)) {
  test(`the list of a page is saved by commands: ${stem}`, () =>
    visit(address, async (page) => {
      const has = page.locator(`[data-command="save the list as CSV"]:enabled`);
      await has.waitFor();
      assert.equal((await saved(page, "save the list as CSV")).name, `${stem}.csv`);
      assert.equal((await saved(page, "save the list as JSON, one row a line")).name, `${stem}.ndjson`);
    }));
}

test("what is stale is saved by commands, where there is any", () =>
  visit("?log=sample.ndjson", async (page) => {
    await page.locator(".stale .save-list").first().waitFor();
    assert.equal((await saved(page, "save what is stale as CSV")).name, "stale.csv");
    assert.equal((await saved(page, "save what is stale as JSON, one row a line")).name, "stale.ndjson");
  }));

test("the link and the refs are copied by commands, and it is said until the page is another", () =>
  visit("?log=gamma.ndjson#/impact/data%2Falpha", async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator(".impact tbody tr[data-id]").first().waitFor();
    await command(page, "copy the refs of the rows");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.match(await copied(), /^data\/\w+\n/);
    await command(page, "copy the link: the address of what you see");
    await page.locator("header").getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await copied(), page.url());
    await page.keyboard.press("h");
    await page.waitForSelector(".home");
    await page.locator("header").getByRole("button", { name: "Link" }).waitFor();
  }));

test("a log is followed by a command, and let go", () =>
  visit("?log=gamma.ndjson&every=0.2", async (page) => {
    await command(page, "follow the log while it is written, or stop");
    await page.locator(".follow-words", { hasText: "Following this log" }).waitFor();
    await command(page, "follow the log while it is written, or stop");
    await page.locator(".follow-words").waitFor({ state: "hidden" });
  }));

test("what uses it, what differs, and the versions, where there are such", () =>
  visit("?log=rounds.ndjson#/partition/mid", async (page) => {
    await focusIs(page, "mid");
    assert.equal(await isOffered(page, "go to the version after"), false);
    await command(page, "go to the version before");
    await page.waitForURL((url) => url.hash.includes("uuid="));
    await focusIs(page, "mid");
    assert.equal(await isOffered(page, "compare what is inspected with the version before"), false);
    await command(page, "go to the version after");
    await page.locator("[data-command^=compare]").waitFor();
    await command(page, "compare what is inspected with the version before");
    await page.locator(".diff-said").waitFor();
    const pair = hashOf(page);
    await command(page, "swap the two: the other way round");
    await page.waitForURL((url) => url.hash !== pair && url.hash.startsWith("#/diff/mid"));
    await page.goto(new URL("#/partition/mid", page.url()).href);
    await focusIs(page, "mid");
    await command(page, "see what uses what is inspected: its impact");
    await page.waitForSelector(".impact");
    await page.waitForURL((url) => url.hash.startsWith("#/impact/mid"));
  }));

test("hops, modes, the legend and the moment", () =>
  visit("?log=gamma.ndjson#/partition/data%2Fbeta", async (page) => {
    await focusIs(page, "data/beta");
    await command(page, "show three hops more upstream");
    await hashIs(page, "#/partition/data%2Fbeta?up=4");
    await command(page, "show all hops downstream");
    await hashIs(page, "#/partition/data%2Fbeta?up=4&down=all");
    await command(page, "make each node one ref, with all its versions");
    await page.waitForURL((url) => url.hash.includes("mode=refs"));
    await command(page, "make each node one instance");
    await page.waitForURL((url) => !url.hash.includes("mode=refs"));
    await command(page, "open or close the legend");
    await page.waitForSelector(".legend[open]");
    assert.equal(await isOffered(page, "one event on"), false);
    assert.equal(await isOffered(page, "go back to the end of the log"), false);
    const isAt = (n) => page.waitForFunction((n) => document.querySelector("#as-of-thumb").getAttribute("aria-valuenow") === String(n), n);
    for (const [words, n] of [["one event back", 18], ["one event back", 17], ["one event on", 18]]) {
      await command(page, words);
      await isAt(n);
    }
    await page.waitForURL((url) => url.hash.includes("at="));
    await command(page, "go back to the end of the log");
    await isAt(19);
    await page.waitForURL((url) => !url.hash.includes("at="));
  }));

test("what cannot be done to a card is not offered", () =>
  visit("?log=gamma.ndjson#/want/W-001", async (page) => {
    await focusIs(page, "W-001");
    for (const words of ["make the node the focus", "inspect the focus again", "show or hide the attempts of the node", "put what is inspected back into its group"]) {
      assert.equal(await isOffered(page, words), false, words);
    }
    await page.locator(`${node("JR-789")} .node-name`).first().click();
    await page.waitForURL((url) => url.hash.includes("sel="));
    await command(page, "show or hide the attempts of the node");
    await page.waitForURL((url) => url.hash.includes("open="));
    await command(page, "inspect the focus again");
    await page.waitForURL((url) => !url.hash.includes("sel="));
    await page.locator(`${node("JR-789")} .node-name`).first().click();
    await page.waitForURL((url) => url.hash.includes("sel="));
    await command(page, "make the node the focus");
    await focusIs(page, "JR-789");
    await page.goBack();
    await focusIs(page, "W-001");
    const isOpen = () => page.locator("details.waterfall").evaluate((it) => it.open);
    const before = await isOpen();
    await command(page, "open or close where the time went");
    assert.equal(await isOpen(), !before);
  }));

test("the row that the keyboard is at is pinned by a command, and by its key", () =>
  visit("?log=fan.ndjson#/partition/hub", async (page) => {
    await page.locator("g[data-kind=group] .node-name").first().click();
    const list = page.getByRole("group", { name: "Members" });
    await list.waitFor();
    const PIN = "pin the group's member in the row, or put it back";
    assert.equal(await isOffered(page, PIN), false);
    assert.equal((await saved(page, "save the members of the group as CSV")).name, "members.csv");
    await list.focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement.closest("[data-row='0']"));
    await command(page, PIN);
    await page.waitForURL((url) => url.hash.includes("pin="));
    await page.waitForFunction(() => document.activeElement.closest("[data-row='0']"));
    const nPinned = (n) => page.waitForFunction((n) => document.querySelectorAll(".members-pinned li").length === n, n);
    await nPinned(1);
    await page.keyboard.press("p");
    await nPinned(2);
    await page.locator(".members-pinned .thing-link").first().focus();
    await page.keyboard.press("p");
    await nPinned(1);
    await page.locator(".members-pinned .thing-link").first().focus();
    await command(page, PIN);
    await nPinned(0);
    await page.waitForURL((url) => !url.hash.includes("pin="));
    await list.focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement.closest("[data-row='0']"));
    await page.keyboard.press("p");
    await nPinned(1);
    await page.locator("svg[data-view] g[data-ref^='report/day='] .node-name").first().click();
    await page.locator("[data-command^='put what is inspected']").waitFor();
    await command(page, "see the paths from what is inspected to the focus");
    await page.waitForSelector(".path");
    await page.goBack();
    await page.locator("[data-command^='put what is inspected']").waitFor();
    await command(page, "put what is inspected back into its group");
    await page.waitForURL((url) => !url.hash.includes("pin="));
  }));

test("before a log, and where one could not be opened", async () => {
  await visit("?log=slow.ndjson", async (page) => {
    await command(page, "cancel what is being opened");
    await page.waitForSelector("html[data-state=start]", { state: "attached" });
    assert.equal(await isOffered(page, "cancel what is being opened"), false);
    await command(page, "open the sample");
    await page.waitForSelector(".home .row-want");
  }, { state: "loading" });
  await visit("?log=stopped.ndjson", async (page) => {
    await page.getByRole("button", { name: "Show what has come" }).waitFor();
    await command(page, "show what has come of the log");
    await page.waitForSelector("html[data-state=ready]", { state: "attached" });
  }, { state: "loading" });
  await visit("?log=bad.ndjson", async (page) => {
    assert.equal(await isOffered(page, "try again to open the log"), false);
    await command(page, "go on without the log that could not be opened");
    await page.waitForSelector("html[data-state=start]", { state: "attached" });
  }, { state: "failed" });
  await visit("?log=gamma.ndjson#/want/W-001?tab=nothing", async (page) => {
    await page.locator(".banner-faults").waitFor();
    await command(page, "correct the address");
    await hashIs(page, "#/want/W-001");
    assert.equal(await isOffered(page, "correct the address"), false);
  });
});
