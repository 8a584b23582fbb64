// A log that is being written is followed on request, and the page stays where it is.

import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { focusIs, journeys, node, readLog, setHash, transformOf } from "./journey.mjs";

const LINES = readLog("gamma.ndjson").toString().trimEnd().split("\n");
const upTo = (n) => LINES.slice(0, n).map((line) => `${line}\n`).join("");
const { visit, files } = journeys({});
const NAME = "events.ndjson";
const ADDRESS = `?log=${NAME}&every=0.2`;

const says = (page, words) => page.locator(".follow-words", { hasText: words }).waitFor();
const follow = (page) => page.getByRole("button", { name: "Follow" }).press("Enter");

test("a log grows while it is watched: only the new bytes are fetched, and the view keeps its place", async () => {
  files[NAME] = upTo(12);
  await visit(`${ADDRESS}#/want/W-001`, async (page) => {
    const ranges = [];
    page.on("response", (response) => {
      const range = response.headers()["content-range"];
      if (range) ranges.push(range);
    });
    await focusIs(page, "W-001");
    await page.locator("svg[data-view]").press("+");
    await page.evaluate((id) => { document.querySelector("svg[data-view]").dataset.mine = id; }, "still here");
    await follow(page);
    await says(page, "Following this log");
    assert.equal(await page.getByRole("button", { name: "Follow" }).getAttribute("aria-pressed"), "true");
    const before = await transformOf(page);
    // The last line is not complete yet: it waits.
    files[NAME] = upTo(14) + LINES[14].slice(0, 40);
    await says(page, "2 new events");
    await page.getByText("· 14 events").waitFor();
    files[NAME] = upTo(15);
    await says(page, "3 new events");
    files[NAME] = upTo(LINES.length);
    await says(page, `${LINES.length - 12} new events`);
    await page.getByText("· 19 events").waitFor();
    await page.getByText(/^0 notices$/).waitFor();
    assert.equal(await page.locator("svg[data-view]").getAttribute("data-mine"), "still here", "the picture was made anew");
    assert.deepEqual(await transformOf(page), before);
    await page.locator(node("W-001")).waitFor();
    // Whichever look was the last one, fifteen lines had been read before it.
    const known = Buffer.byteLength(upTo(15));
    const from = Number(/^bytes (\d+)-/.exec(ranges.at(-1))[1]);
    assert.ok(known - from <= 1024, `fetched from ${from}, though ${known} bytes were known`);
    await follow(page);
    assert.equal(await page.getByRole("button", { name: "Follow" }).getAttribute("aria-pressed"), "false");
  });
});

test("a log that is replaced, or cut, is noticed", async () => {
  for (const other of [upTo(6).replaceAll("W-001", "W-901") + upTo(12), upTo(12).slice(0, -300)]) {
    files[NAME] = upTo(12);
    await visit(ADDRESS, async (page) => {
      await follow(page);
      await says(page, "Following this log");
      files[NAME] = other;
      await says(page, "the log was replaced or cut. Open it anew.");
      await page.getByText("· 12 events").waitFor();
    });
  }
});

test("a host that ignores ranges sends the whole log each time, which is said", async () => {
  const whole = (text) => ({ body: async function* () { yield Buffer.from(text); } });
  files[NAME] = whole(upTo(12));
  await visit(ADDRESS, async (page) => {
    await follow(page);
    await says(page, "the host sends the whole log each time");
    files[NAME] = whole(upTo(LINES.length));
    await says(page, "7 new events");
    await page.getByText("· 19 events").waitFor();
  });
});

test("a look that fails is said, and the next one goes on", async () => {
  files[NAME] = upTo(12);
  await visit(ADDRESS, async (page) => {
    await follow(page);
    await says(page, "Following this log");
    delete files[NAME];
    await says(page, "Trying again.");
    files[NAME] = upTo(13);
    await says(page, "1 new event");
    assert.doesNotMatch(await page.locator(".follow-words").textContent(), /Trying again/);
  });
});

test("a log that is one list is written anew at its end, and cannot be followed", async () => {
  for (const list of [`[${LINES}]`, `\ufeff {"events":[${LINES}]}`]) {
    files[NAME] = list;
    await visit(ADDRESS, async (page) => {
      await follow(page);
      await says(page, "only plain lines grow at their end");
      await page.getByText("· 19 events").waitFor();
    });
  }
});

/** Drops a file of the disk as a reader does, which gives the page a handle of it. */
async function dropFromDisk(page, path) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
  }
}

test("a dropped file is read again as it grows, and told when it is another", async () => {
  delete files[NAME];
  const folder = mkdtempSync(join(tmpdir(), "lineage-live-"));
  const path = join(folder, "local.ndjson");
  try {
    for (const other of [upTo(6).replaceAll("W-001", "W-901") + upTo(16), upTo(3)]) {
      writeFileSync(path, upTo(12));
      await visit("?every=0.2", async (page) => {
        await dropFromDisk(page, path);
        await page.getByText("· 12 events").waitFor();
        await setHash(page, "#/want/W-001");
        await focusIs(page, "W-001");
        await follow(page);
        await says(page, "Following this log");
        appendFileSync(path, LINES[12] + "\n" + LINES[13].slice(0, 30));
        await says(page, "1 new event");
        appendFileSync(path, LINES[13].slice(30) + "\n" + LINES[14] + "\n");
        await says(page, "3 new events");
        await page.getByText("· 15 events").waitFor();
        // What it says of an event is read from the file as it is now.
        await setHash(page, "#/job-run/JR-gamma");
        // Put in its place, as a rotation does.
        writeFileSync(join(folder, "new"), other);
        renameSync(join(folder, "new"), path);
        await says(page, "the log was replaced or cut. Open it anew.");
      }, { state: "start" });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what has come since the last look is counted, and marked on the cards in words", async () => {
  files[NAME] = upTo(8);
  await visit(`${ADDRESS}#/want/W-001`, async (page) => {
    await focusIs(page, "W-001");
    await follow(page);
    await says(page, "Following this log");
    assert.equal(await page.locator("[data-change]").count(), 0);
    files[NAME] = upTo(12);
    await says(page, "4 new events · since the last look: ");
    const marked = () => page.locator("svg[data-view] [data-change]").evaluateAll((all) => all.map((it) => `${it.dataset.kind} ${it.dataset.change}: ${it.querySelector(".node-news").textContent}`));
    const first = await marked();
    assert.ok(first.length > 0);
    assert.ok(first.every((it) => /(new: new|changed: changed)$/.test(it)), String(first));
    assert.match(await page.locator("svg[data-view] [data-change]").first().getAttribute("aria-label"), /since the last look/);
    // The outline and the table say it of the same things.
    const rows = () => page.locator("[data-change]:is([role=treeitem], tr)").evaluateAll((all) => all.map((it) => `${it.dataset.kind} ${it.dataset.change}: ${it.querySelector(".news").textContent}`));
    for (const [tab, row] of [["outline", "[role=treeitem]"], ["table", ".nodes-table tr"]]) {
      await setHash(page, `#/want/W-001?tab=${tab}`);
      await page.locator(`${row}[data-change]`).first().waitFor();
      assert.deepEqual([...new Set(await rows())].sort(), [...new Set(first)].sort(), tab);
    }
    await setHash(page, "#/want/W-001");
    await focusIs(page, "W-001");
    files[NAME] = upTo(LINES.length);
    await says(page, `${LINES.length - 8} new events · since the last look: `);
    await page.locator(`${node("W-001")}[data-change=changed]`).waitFor();
    // At an earlier moment nothing is news; once it is no longer followed nothing is.
    await setHash(page, "#/want/W-001?at=10");
    await page.locator("[data-change]").first().waitFor({ state: "detached" });
    await setHash(page, "#/want/W-001");
    await page.locator(`${node("W-001")}[data-change=changed]`).waitFor();
    await follow(page);
    await page.locator("[data-change]").first().waitFor({ state: "detached" });
  });
});

test("a picked file cannot be followed, and the page says what to do", async () => {
  delete files[NAME];
  await visit("", async (page) => {
    await page.locator("main input[type=file][multiple]").setInputFiles({ name: "picked.ndjson", mimeType: "", buffer: readLog("gamma.ndjson") });
    await page.getByText("· 19 events").waitFor();
    await follow(page);
    await says(page, "Drop it by itself, or choose it by itself, and it can be.");
    // A browser that gives no handles.
    await page.evaluate(() => { delete globalThis.showOpenFilePicker; });
    await follow(page);
    await says(page, "Serve it, and open its address.");
  }, { state: "start" });
});
