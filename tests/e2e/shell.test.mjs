// Getting a log into the page, finding something in it, and what the page says when that fails.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { serve } from "./server.mjs";

const LINES = [
  `{"event_id":1,"timestamp":"1732283350000000000","want_create_v1":{"want_id":"W-1","partitions":[{"ref":"data/a"}]}}`,
  `{"event_id":2,"timestamp":"1732283352000000000","job_run_buffer_v1":{"job_run_id":"JR-1","job_label":"//jobs:a","building_partitions":[{"ref":"data/a"}],"want_attributed_partitions":[{"want_id":"W-1","partitions":[{"ref":"data/a"}]}]}}`,
  `{"event_id":3,"timestamp":"1732283355000000000","job_run_heartbeat_v1":{"job_run_id":"JR-1"}}`,
  `{"event_id":4,"timestamp":"1732283361000000000","job_run_success_v1":{"job_run_id":"JR-1","read_deps":[]}}`,
];
const LOG = LINES.join("\n") + "\n";
const MEMBERS = Buffer.concat(LINES.map((line) => gzipSync(line + "\n")));
const OTHER = `{"event_id":1,"timestamp":1,"want_create_v1":{"want_id":"W-other","partitions":["data/b"]}}\n`;

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve({ root: DIST, files: { "log.ndjson": LOG, "other.ndjson": OTHER } });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the page, waits until it stands, and hands it to `act`. */
async function visit(address, state, act, context) {
  const seen = await browser.newPage(context);
  try {
    await seen.page.goto(new URL(address, server.url).href);
    await stateIs(seen.page, state);
    await act(seen.page, seen);
  } finally {
    await seen.close();
  }
}

const stateIs = (page, state) => page.waitForSelector(`html[data-state=${state}]`, { state: "attached" });
const logName = (page) => page.locator(".header-log").innerText();

/** The page has exactly these events. */
async function assertEvents(page, n) {
  await stateIs(page, "ready");
  await page.getByText(`${n} event`).first().waitFor();
}

test("without a log there is a start page that asks nobody else", () =>
  visit("", "start", async (page, seen) => {
    assert.equal(await page.title(), "Lineage");
    await page.getByText("Drop a log here").waitFor();
    seen.assertQuiet(server.url);
  }));

test("a log is opened by address, file, paste, drop, and from inside the page", async () => {
  await visit("?log=log.ndjson", "ready", async (page, seen) => {
    await assertEvents(page, 4);
    seen.assertQuiet(server.url);
  });
  await visit("", "start", async (page) => {
    await page.getByLabel("From an address").fill("log.ndjson");
    await page.getByRole("button", { name: "Fetch" }).click();
    await assertEvents(page, 4);
    assert.match(page.url(), /\?log=log\.ndjson/, "a fetched log is in the address");
  });
  await visit("", "start", async (page) => {
    await page.locator("input[type=file][multiple]").setInputFiles({ name: "x", mimeType: "", buffer: Buffer.from(LOG) });
    await assertEvents(page, 4);
  });
  await visit("", "start", async (page) => {
    await page.getByLabel("Pasted").fill(LOG);
    await page.getByRole("button", { name: "Read" }).click();
    await assertEvents(page, 4);
  });
  await visit("", "start", async (page) => {
    await drop(page, { "dropped.ndjson": LOG });
    await assertEvents(page, 4);
    assert.match(await logName(page), /dropped\.ndjson/);
  });
  const page = await (await fetch(server.url)).text();
  const inert = `<script type="application/x-ndjson" id="lineage-log">${LOG}</script></body>`;
  const files = { "with-log.html": page.replace("</body>", () => inert) };
  const other = await serve({ root: DIST, files });
  await visit(`${other.url}with-log.html`, "ready", (page) => assertEvents(page, 4)).finally(other.close);
});

test("a log beside the page is found, also compressed", async () => {
  for (const name of ["events.ndjson", "events.json", "events.ndjson.gz"]) {
    const body = name.endsWith(".gz") ? MEMBERS : LOG;
    const other = await serve({ root: DIST, files: { [name]: body } });
    await visit(other.url, "ready", (page) => assertEvents(page, 4)).finally(other.close);
  }
});

test("shards are one log, and compressed members one text", async () => {
  const files = { "1.gz": MEMBERS.subarray(0), "2.ndjson": OTHER.replace('"event_id":1', '"event_id":9') };
  const other = await serve({ root: DIST, files });
  await visit(`${other.url}?log=1.gz&log=2.ndjson`, "ready", (page) => assertEvents(page, 5)).finally(other.close);
});

test("a compressed log that breaks off keeps what was read, and says so", async () => {
  const body = MEMBERS.subarray(0, MEMBERS.length - 12);
  const other = await serve({ root: DIST, files: { "cut.gz": body } });
  await visit(`${other.url}?log=cut.gz#/notices`, "ready", async (page) => {
    await page.getByText("compressed stream ended early").waitFor();
    await page.getByText(/[34] events of/).waitFor();
  }).finally(other.close);
});

test("what cannot be opened is said, with one next step", async () => {
  const files = {
    "text.txt": "hello\nworld\n",
    "page.html": "<!doctype html><p>x",
    "empty.ndjson": "\n",
    "log.zst": Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]),
    "bad.gz": Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    "gone.ndjson": { status: 410 },
  };
  const other = await serve({ root: DIST, files });
  const codes = {};
  for (const name of [...Object.keys(files), "ftp://x/y"]) {
    await visit(`${other.url}?log=${encodeURIComponent(name)}`, "failed", async (page) => {
      codes[name] = await page.locator("[data-error]").getAttribute("data-error");
      assert.ok((await page.locator(".notice-page p").first().innerText()).length > 10);
    });
  }
  await other.close();
  assert.deepEqual(codes, {
    "text.txt": "not-a-log",
    "page.html": "web-page",
    "empty.ndjson": "empty",
    "log.zst": "bad-zstd",
    "bad.gz": "bad-gzip",
    "gone.ndjson": "http-status",
    "ftp://x/y": "bad-address",
  });
});

test("a failure is copied with its code", () =>
  visit("?log=missing.ndjson", "failed", async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("code", { hasText: "http-status" }).waitFor();
    await page.getByRole("button", { name: /^Copy/ }).click();
    await page.getByText("Copied").waitFor();
    const said = await page.locator("main h1").innerText();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith(`http-status: ${said}`), copied);
  }));

test("a failure can be tried again", async () => {
  const files = {};
  const other = await serve({ root: DIST, files });
  await visit(`${other.url}?log=late.ndjson`, "failed", async (page) => {
    files["late.ndjson"] = LOG;
    await page.getByRole("button", { name: "Try again" }).click();
    await assertEvents(page, 4);
  }).finally(other.close);
});

test("loading can be canceled, and the log that is shown stays until the next is ready", async () => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const slow = async function* () {
    yield OTHER;
    await released;
    yield OTHER.replace('"event_id":1', '"event_id":2');
  };
  const other = await serve({ root: DIST, files: { "log.ndjson": LOG, "slow.ndjson": slow } });
  await visit(`${other.url}?log=slow.ndjson`, "loading", async (page) => {
    await page.getByRole("button", { name: "Cancel" }).click();
    await stateIs(page, "start");
  });
  await visit(`${other.url}?log=log.ndjson`, "ready", async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByLabel("From an address").fill("slow.ndjson");
    await page.getByRole("button", { name: "Fetch" }).click();
    await stateIs(page, "loading");
    await page.getByRole("link", { name: /W-1/ }).waitFor();
    release();
    await assertEvents(page, 2);
    await page.getByRole("link", { name: /W-other/ }).waitFor();
  });
  await other.close();
});

test("loading that is in full swing is canceled within 200 ms", async () => {
  const line = OTHER.trimEnd();
  const endless = async function* () {
    for (let id = 1; ; id += 1000) {
      const lines = Array.from({ length: 1000 }, (_, i) => `${line.replace('"event_id":1', `"event_id":${id + i}`)}\n`);
      yield lines.join("");
      await new Promise((go) => setTimeout(go, 5));
    }
  };
  const other = await serve({ root: DIST, files: { "endless.ndjson": endless } });
  await visit(`${other.url}?log=endless.ndjson`, "loading", async (page) => {
    await page.locator(".loading-facts", { hasText: /\d\d,\d{3}/ }).waitFor();
    const millis = await page.getByRole("button", { name: "Cancel" }).evaluate((button) => new Promise((done) => {
      const began = performance.now();
      new MutationObserver(() => done(performance.now() - began)).observe(document.documentElement, { attributeFilter: ["data-state"] });
      button.click();
    }));
    await stateIs(page, "start");
    assert.ok(millis < 200, `${millis} ms`);
  }).finally(other.close);
});

test("a next log that fails leaves the one that is shown", () =>
  visit("?log=log.ndjson", "ready", async (page) => {
    await drop(page, { "no-log": "hello" });
    const banner = page.locator(".banner", { hasText: /does not look like an event log/ });
    await banner.waitFor();
    assert.match(await page.locator("#announcer [role=alert]").innerText(), /does not look like an event log/);
    await assertEvents(page, 4);
  }));

test("search goes from the keyboard to the thing, and back", () =>
  visit("?log=log.ndjson", "ready", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("data/a");
    await page.getByRole("option", { name: "data/a" }).first().waitFor();
    assert.match(page.url(), /#\/\?q=data/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash === "#/partition/data%2Fa");
    assert.match(await page.title(), /^data\/a/);
    await page.goBack();
    await page.waitForFunction(() => location.hash.startsWith("#/?q="));
    await page.reload();
    await page.getByRole("option", { name: "data/a" }).first().waitFor();
    await page.getByRole("combobox").focus();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => location.hash === "#/");
  }));

test("the theme follows the system until it is chosen, and the choice is kept", async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit("", "start", async (page) => {
    assert.equal(await ground(page), "rgb(16, 18, 22)");
    await page.getByRole("button", { name: /Theme/ }).click();
    assert.equal(await ground(page), "rgb(247, 247, 245)");
    await page.reload();
    await stateIs(page, "start");
    assert.equal(await ground(page), "rgb(247, 247, 245)");
  }, { colorScheme: "dark" });
});

test("times are told in the reader's zone, or in UTC", () =>
  visit("?log=log.ndjson", "ready", async (page) => {
    const time = page.locator("time").first();
    assert.equal(await time.innerText(), "Nov 23 00:49:21");
    assert.match(await time.getAttribute("title"), /^2024-11-23 00:49:21\.000000000 UTC\+11:00$/);
    await page.getByRole("button", { name: "Pacific/Noumea" }).click();
    assert.equal(await time.innerText(), "Nov 22 13:49:21");
  }, { timezoneId: "Pacific/Noumea" }));

test("dialogs give the keyboard back", () =>
  visit("?log=log.ndjson", "ready", async (page) => {
    const open = page.getByRole("button", { name: "Open", exact: true });
    await open.focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("to the nearest node at the left", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    assert.equal(await open.evaluate((element) => element === document.activeElement), true);
  }));

/** Drops files on the page, as a reader would. */
async function drop(page, files) {
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);
}
