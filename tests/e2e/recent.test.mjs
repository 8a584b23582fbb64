// Logs that were opened before are kept where the reader wishes it, in the browser alone, and let go at a
// press; where nothing may be kept the page says so and works as ever.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys, readLog, stateIs } from "./journey.mjs";

const GAMMA = readLog("gamma.ndjson");
const { visit, files, url } = journeys({ "served.ndjson": GAMMA });
const START = { state: "start" };

const recent = (page) => page.getByRole("region", { name: "Recent logs" });
const wish = (page) => recent(page).getByRole("button", { name: "Keep the logs that I open" }).click();
const pick = (page, name, buffer = GAMMA) =>
  page.locator("main input[type=file][multiple]").setInputFiles({ name, mimeType: "", buffer });
const isOpen = (page, name) => page.getByRole("banner").getByText(`${name} · 19 events`).waitFor();

/** Holds the list to these; it comes a moment after its heading. */
async function namesAre(page, expected) {
  const all = recent(page).getByRole("listitem");
  if (expected.length > 0) await all.nth(expected.length - 1).waitFor();
  assert.deepEqual(await all.evaluateAll((all) => all.map((it) => it.firstElementChild.textContent)), expected);
}

/** What the browser has in its database: names, and how many bytes of files. */
const inDatabase = (page) =>
  page.evaluate(async () => {
    const asked = (request) => new Promise((done, failed) => Object.assign(request, { onsuccess: () => done(request.result), onerror: failed }));
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes("lineage")) return [];
    const database = await asked(indexedDB.open("lineage"));
    const all = await asked(database.transaction("logs").objectStore("logs").getAll());
    database.close();
    return all.map(({ name, parts }) => [name, parts.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)]);
  });

/** Waits until the database holds so many logs. */
const nKept = (page, n) =>
  page.waitForFunction(async (n) => {
    const asked = (request) => new Promise((done, failed) => Object.assign(request, { onsuccess: () => done(request.result), onerror: failed }));
    const database = await asked(indexedDB.open("lineage"));
    const has = database.objectStoreNames.contains("logs");
    const count = has ? await asked(database.transaction("logs").objectStore("logs").count()) : 0;
    database.close();
    return count === n;
  }, n);

async function toStart(page) {
  await page.goto("about:blank");
  await page.goto(url());
  await stateIs(page, "start");
  await recent(page).waitFor();
}

test("nothing is kept before the reader wishes it", () =>
  visit("", async (page) => {
    await recent(page).getByText(/None are kept unless you wish it/).waitFor();
    await pick(page, "secret.ndjson");
    await isOpen(page, "secret.ndjson");
    assert.deepEqual(await inDatabase(page), []);
    await toStart(page);
    await recent(page).getByText(/None are kept unless you wish it/).waitFor();
    await namesAre(page, []);
  }, START));

test("a picked log is kept, opened again after a reload without its file, and forgotten", () =>
  visit("", async (page, { requests }) => {
    await wish(page);
    await recent(page).getByText("Logs that you open from now on are kept.").waitFor();
    await pick(page, "picked.ndjson");
    await isOpen(page, "picked.ndjson");
    await nKept(page, 1);
    assert.deepEqual(await inDatabase(page), [["picked.ndjson", GAMMA.length]]);

    await toStart(page);
    await recent(page).getByText(/^1 log · .* kB in this browser\./).waitFor();
    await recent(page).locator("time").waitFor();
    const nBefore = requests.length;
    await recent(page).getByRole("button", { name: "picked.ndjson", exact: true }).click();
    await isOpen(page, "picked.ndjson");
    assert.ok(requests.slice(nBefore).every((it) => !it.includes("picked")), "its bytes are here");

    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Forget picked.ndjson" }).click();
    await page.getByRole("dialog").getByText("Logs that you open from now on are kept.").waitFor();
    assert.deepEqual(await inDatabase(page), []);
  }, START));

test("of a fetched log the address is kept, of the sample nothing; the same log is in the list once", () =>
  visit("?log=served.ndjson", async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep the logs that I open" }).click();
    // The log that is shown is kept, too.
    await page.getByRole("dialog").getByRole("button", { name: "served.ndjson", exact: true }).waitFor();
    assert.deepEqual(await inDatabase(page), [["served.ndjson", 0]]);
    await toStart(page);
    await page.getByRole("button", { name: "Open the sample" }).click();
    await page.getByRole("banner").getByText(/sample\.ndjson/).waitFor();
    await toStart(page);
    await namesAre(page, ["served.ndjson"]);
    files["served.ndjson"] = Buffer.concat([GAMMA, Buffer.from("{}\n")]);
    await recent(page).getByRole("button", { name: "served.ndjson", exact: true }).click();
    await isOpen(page, "served.ndjson");
    assert.match(page.url(), /log=/);
    await page.getByText(/^1 notice$/).waitFor();
    await toStart(page);
    await namesAre(page, ["served.ndjson"]);
  }));

test("at most ten are kept, the newest first, and all are forgotten at once", () =>
  visit("", async (page) => {
    await wish(page);
    for (let i = 1; i <= 12; i += 1) {
      await pick(page, `log-${i}.ndjson`);
      await isOpen(page, `log-${i}.ndjson`);
      await nKept(page, Math.min(i, 10));
      await toStart(page);
    }
    await namesAre(page, Array.from({ length: 10 }, (_, i) => `log-${12 - i}.ndjson`));
    await recent(page).getByRole("button", { name: "Forget all" }).click();
    await recent(page).getByText("Logs that you open from now on are kept.").waitFor();
    assert.deepEqual(await inDatabase(page), []);
    await pick(page, "again.ndjson");
    await isOpen(page, "again.ndjson");
    await nKept(page, 1);
    await toStart(page);
    await recent(page).getByRole("button", { name: "Keep no logs" }).click();
    await recent(page).getByText(/None are kept unless you wish it/).waitFor();
    assert.deepEqual(await inDatabase(page), []);
  }, START));

test("of a log that is too large only its name is kept, and that is said", () =>
  visit("", async (page) => {
    await wish(page);
    const large = Buffer.concat([GAMMA, Buffer.alloc(64_000_000, "\n")]);
    // Too large for the driver to hand over in one piece.
    await page.evaluate(async ([text, n]) => {
      const data = new DataTransfer();
      data.items.add(new File([text, new Uint8Array(n).fill(10)], "large.ndjson"));
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: data }));
    }, [GAMMA.toString(), large.length - GAMMA.length]);
    await isOpen(page, "large.ndjson");
    await nKept(page, 1);
    assert.deepEqual(await inDatabase(page), [["large.ndjson", 0]]);
    await toStart(page);
    await recent(page).getByText("large.ndjson (larger than what is kept: open it from its file again)").waitFor();
    assert.equal(await recent(page).getByRole("button", { name: "large.ndjson", exact: true }).count(), 0);
  }, START));

test("pasted text is kept", () =>
  visit("", async (page) => {
    await wish(page);
    await page.getByLabel("Pasted").fill(GAMMA.toString());
    await page.getByRole("button", { name: "Read" }).click();
    await isOpen(page, "pasted text");
    await nKept(page, 1);
    await toStart(page);
    await recent(page).getByRole("button", { name: "pasted text", exact: true }).click();
    await isOpen(page, "pasted text");
  }, START));

const REFUSALS = [
  ["no storage at all", () => {
    for (const name of ["localStorage", "indexedDB"]) {
      Object.defineProperty(globalThis, name, { get() { throw new DOMException("no", "SecurityError"); } });
    }
  }],
  ["no database", () => {
    if (location.protocol === "http:") localStorage.setItem("lineage.recent", "yes");
    IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };
  }],
];

for (const [what, refuse] of REFUSALS) {
  test(`where the browser keeps nothing the page says so and opens logs: ${what}`, () =>
    visit("", async (page) => {
      await page.addInitScript(refuse);
      await toStart(page);
      await recent(page).getByText(/^This browser keeps nothing for this page/).waitFor();
      await pick(page, "picked.ndjson");
      await isOpen(page, "picked.ndjson");
    }, START));
}
