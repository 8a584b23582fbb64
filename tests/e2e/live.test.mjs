// A log that is being written is followed on request, and the page stays where it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, journeys, node, readLog, transformOf } from "./journey.mjs";

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

test("a picked file cannot be followed, and the page says what to do", async () => {
  delete files[NAME];
  await visit("", async (page) => {
    await page.locator("main input[type=file][multiple]").setInputFiles({ name: "picked.ndjson", mimeType: "", buffer: readLog("gamma.ndjson") });
    await page.getByText("· 19 events").waitFor();
    await follow(page);
    await says(page, "Serve it, and open its address.");
  }, { state: "start" });
});
