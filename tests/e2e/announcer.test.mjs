// What who sees nothing is told: by two regions and nothing else, word for word, and of a burst once. The rest that
// a message waits for is given by the test, not by the clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, journeys, load, readLog, saveAs, stateIs } from "./journey.mjs";
import { fanOf } from "./logs.mjs";
import { FILES, STATES } from "./states.mjs";

const N = 300;
const { visit } = journeys({ ...FILES, "fan.ndjson": fanOf(N), "gamma.ndjson": readLog("gamma.ndjson") });

/** As `view::announcer` waits. */
const REST_MILLIS = 500;

/** In the page, before its own scripts: `rest()` lets a while pass, and `said` is all that the regions ever had. */
function listen(restMillis) {
  const waiting = [];
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (act, millis, ...more) => (millis === restMillis ? waiting.push(act) : later(act, millis, ...more));
  globalThis.rest = () => waiting.splice(0).forEach((act) => act());
  globalThis.said = [];
  const region = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("#announcer > p");
  new MutationObserver((changes) => {
    for (const it of new Set(changes.map(({ target }) => region(target)).filter(Boolean))) globalThis.said.push(`${it.role}: ${it.textContent}`);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Opens the address with somebody who listens; `told()` is what has been said since it was last asked. */
const heard = (address, act, { state = "ready", ...context } = {}) =>
  visit("", async (page) => {
    await page.addInitScript(listen, REST_MILLIS);
    await load(page, address, state);
    const told = async () => {
      await page.evaluate(() => globalThis.rest());
      return page.evaluate(() => globalThis.said.splice(0));
    };
    await act(page, told);
  }, { state: "start", ...context });

const slider = (page) => page.getByRole("slider", { name: "As of" });
const valueIs = (page, value) => page.waitForSelector(`[role=slider][aria-valuenow="${value}"]`);

test("a journey is told once at each of its steps", () =>
  heard("?log=fan.ndjson", async (page, told) => {
    const n = 4 * (N + 1);
    assert.deepEqual(await told(), ["status: fan.ndjson: loaded, 1,204 events"]);
    assert.deepEqual(await told(), []);

    await page.keyboard.press("/");
    await page.keyboard.type("report/day=1");
    const extent = page.locator(".is-extent", { hasText: / of [\d,]+ names$/ });
    const [nFound] = (await extent.innerText()).split(" ");
    assert.ok(Number(nFound) > 100, nFound);
    assert.deepEqual(await told(), [`status: ${nFound} results`]);
    await page.keyboard.press("Escape");
    await page.locator(".search-hit").first().waitFor({ state: "detached" });
    assert.deepEqual(await told(), []);

    await page.locator("#main").focus();
    await page.keyboard.press("t");
    for (let i = 0; i < 20; i += 1) await page.keyboard.press("ArrowLeft");
    await valueIs(page, n - 20);
    assert.deepEqual(await told(), ["status: As of Nov 22 14:08:53, event 1,184 of 1,204; 0 wants failed"]);
    await page.keyboard.press("End");
    await valueIs(page, n);
    assert.deepEqual(await told(), ["status: End of log Nov 22 14:09:13, event 1,204 of 1,204; 0 wants failed"]);

    await page.evaluate(() => { location.hash = "#/partition/hub"; });
    await focusIs(page, "hub");
    assert.deepEqual(await told(), [`status: hub: within 1 hop, 2 of 602, 300 in groups`]);
    for (const name of ["+1 hop upstream", "+1 hop downstream", "all hops downstream"]) await page.getByRole("button", { name }).click();
    await hashIs(page, "#/partition/hub?up=2&down=all");
    assert.deepEqual(await told(), ["status: No other nodes. within 2 hops up, any number of hops down, 2 of 602, 300 in groups"]);

    await page.locator("g[data-kind=group] .node-name").first().click();
    const search = page.getByRole("searchbox", { name: "Search these members" });
    await search.pressSequentially("day=1");
    await page.getByText("Members · 111 of 300").waitFor();
    assert.deepEqual(await told(), ["status: 111 of 300 rows"]);
    await page.getByRole("combobox", { name: "Order" }).selectOption("name");
    assert.deepEqual(await told(), ["status: 111 of 300 rows, order: name"]);

    await page.getByRole("button", { name: "Pin" }).first().click();
    await page.locator("svg[data-view] g[data-kind=partition]").nth(1).waitFor();
    assert.deepEqual(await told(), ["status: 2 nodes added. within 2 hops up, any number of hops down, 4 of 602, 299 in groups"]);

    const download = page.waitForEvent("download");
    await saveAs(page, "CSV");
    await download;
    assert.deepEqual(await told(), ["status: Saved lineage.csv"]);
  }));

test("the same words are heard again", () =>
  heard("?log=gamma.ndjson", async (page, told) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    assert.deepEqual(await told(), ["status: gamma.ndjson: loaded, 19 events"]);
    for (let i = 0; i < 2; i += 1) {
      await page.locator("header").getByRole("button", { name: /^(Link|Copied)$/ }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      await page.waitForSelector("#announcer[data-waits=true]", { state: "attached" });
      assert.deepEqual(await told(), ["status: Copied the address"]);
    }
  }));

test("while the moment is dragged or played nothing is said of it, and once when it rests", () =>
  heard("?log=gamma.ndjson#/want/W-001", async (page, told) => {
    await focusIs(page, "W-001");
    assert.equal((await told()).length, 1);
    const { x, y, width, height } = await page.locator(".scrubber-strip").boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForURL(/at=/);
    assert.deepEqual(await told(), []);
    await page.mouse.move(x - 50, y + height / 2, { steps: 8 });
    await valueIs(page, 1);
    assert.deepEqual(await told(), []);
    await page.mouse.up();
    await page.waitForSelector("#announcer[data-waits=true]", { state: "attached" });
    assert.deepEqual(await told(), ["status: As of Nov 22 13:49:10, event 1 of 19; W-001 is idle"]);

    await page.getByRole("button", { name: "Play the log" }).click();
    await page.waitForFunction(() => Number(document.querySelector("[role=slider]").ariaValueNow) > 1);
    assert.deepEqual(await told(), []);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Play the log" }).waitFor();
    const [said, ...more] = await told();
    assert.deepEqual(more, []);
    const now = await slider(page).getAttribute("aria-valuenow");
    assert.match(said, new RegExp(`^status: As of Nov 22 [\\d:]+, event ${now} of 19; W-001 is [a-z ]+$`));
  }));

test("what goes wrong is said at once, by the other region", () =>
  heard("?log=gamma.ndjson", async (page, told) => {
    await told();
    await page.getByLabel(/event$/).fill("the third");
    await page.keyboard.press("Enter");
    await page.getByText("not an event id").first().waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.said.splice(0)), ["alert: not an event id"]);
  }));

test("a log that cannot be opened says why at once", () =>
  heard("?log=bad.ndjson", async (page) => {
    await stateIs(page, "failed");
    const said = await page.evaluate(() => globalThis.said.splice(0));
    assert.equal(said.length, 1);
    assert.match(said[0], /^alert: .*bad\.ndjson/);
  }, { state: "failed" }));

test("a log that comes in says so at once, and no more often than each quarter", () =>
  heard("?log=slow.ndjson", async (page, told) => {
    await page.getByRole("heading", { name: "Reading slow.ndjson" }).waitFor();
    assert.deepEqual(await told(), ["status: Reading slow.ndjson"]);
    assert.deepEqual(await told(), []);
  }, { state: "loading" }));

test("a dialog takes the regions along, and gives them back", () =>
  heard("?log=gamma.ndjson", async (page, told) => {
    await told();
    const place = () => page.evaluate(() => document.querySelector("#announcer").parentElement.className);
    assert.equal(await place(), "app");
    await page.keyboard.press("Control+k");
    await page.waitForSelector("dialog[open] > #announcer", { state: "attached" });
    assert.deepEqual(await told(), []);
    await page.keyboard.type("no such command");
    await page.getByText("No command has these letters.").first().waitFor();
    assert.deepEqual(await told(), ["status: No command has these letters."]);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".app > #announcer", { state: "attached" });
  }));

for (const [name, { address, act, state, context }] of Object.entries(STATES)) {
  test(`nothing else speaks: ${name}`, () =>
    visit(address, async (page) => {
      await act?.(page);
      const speaks = await page.evaluate(() => {
        const live = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], [role=marquee], output";
        return [...document.querySelectorAll(live)].map((it) => `${it.parentElement.id} ${it.role}`);
      });
      assert.deepEqual(speaks, ["announcer status", "announcer alert"]);
    }, { state, ...context }));
}
