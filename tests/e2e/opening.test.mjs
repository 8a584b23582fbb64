// Every way in ends at the same graph, and asks nobody for anything that was not named.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { DIST } from "./dist.mjs";
import { focusIs, journeys, load, noteOrders, readGraph, readLog, setHash, stateIs } from "./journey.mjs";

const PLAIN = readLog("gamma.ndjson");
const LINES = PLAIN.toString().trimEnd().split("\n");
const { visit, files, url } = journeys({ "gamma.ndjson": PLAIN });
const START = { state: "start" };

/** The page shows the whole of gamma, and has asked for no log but those. */
async function assertGamma(page, { requests }, logs = []) {
  await page.getByText("· 19 events").waitFor();
  await setHash(page, "#/want/W-001");
  await focusIs(page, "W-001");
  assert.equal((await readGraph(page)).nodes.length, 9);
  const beside = ["events.ndjson", "events.json", "events.ndjson.gz", "manifest.json"];
  const own = /(^|\.html|\.css|\.js|\.wasm|\.svg)$/;
  const asked = requests.map((request) => new URL(request).pathname.split("/").pop());
  assert.deepEqual(asked.filter((name) => !own.test(name) && !beside.includes(name)), logs);
}

/** Does with files what a reader's hand would: the events that end in a drop. */
const drop = (page, files) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, bytes] of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector("main").dispatchEvent(event);
      if (type === "dragover" && !event.defaultPrevented) throw new Error("nothing may be dropped here");
    }
  }, files.map(([name, bytes]) => [name, [...bytes]]));

test("a dropped file, also compressed, and shards dropped together", async () => {
  const shards = [0, 1].map((odd) => Buffer.from(LINES.filter((_, i) => i % 2 === odd).join("\n")));
  for (const dropped of [
    [["gamma.ndjson", PLAIN]],
    [["no-name-says-so", gzipSync(PLAIN)]],
    [["odd.ndjson", shards[1]], ["even.gz", gzipSync(shards[0])]],
  ]) {
    await visit("", async (page, seen) => {
      await drop(page, dropped);
      await assertGamma(page, seen);
      assert.match(await page.title(), new RegExp(dropped[0][0]));
    }, START);
  }
});

test("the worker is there before the log that is being chosen, and has practiced once", () =>
  visit("", async (page, seen) => {
    const started = [];
    await page.evaluate(noteOrders);
    page.on("worker", (worker) => started.push(worker.url()));
    const first = page.waitForEvent("worker");
    await page.getByLabel("Pasted").focus();
    await first;
    await page.getByLabel("From an address").focus();
    // Its log of nobody is not shown.
    await page.waitForFunction(() => globalThis.answers.includes("practiced"));
    await stateIs(page, "start");
    await page.getByLabel("Pasted").fill(PLAIN.toString());
    await page.getByRole("button", { name: "Read", exact: true }).click();
    await assertGamma(page, seen);
    assert.equal(started.length, 1, `${started}`);
    const [orders, answers] = await page.evaluate(() => [globalThis.orders, globalThis.answers]);
    assert.deepEqual(orders, ["practice", "read", "end", "finish"]);
    // Names and events go first, then what was read, then all else.
    assert.deepEqual(answers, ["practiced", "read", "read", "columns", "columns", "columns", "done"]);
  }, START));

test("the worker of a log that is given is sent for before the log is, and practices nothing", () =>
  visit("", async (page, seen) => {
    await page.addInitScript(noteOrders);
    await page.addInitScript(() => {
      const [Known, ask] = [Worker, fetch];
      globalThis.steps = [];
      globalThis.Worker = class extends Known {
        constructor(...rest) {
          super(...rest);
          steps.push("worker");
        }
      };
      globalThis.fetch = (what, ...rest) => {
        steps.push(String(what.url ?? what).split("/").pop());
        return ask(what, ...rest);
      };
    });
    await load(page, "?log=gamma.ndjson");
    const [steps, orders] = await page.evaluate(() => [globalThis.steps, globalThis.orders]);
    assert.deepEqual(steps.filter((step) => ["worker", "gamma.ndjson"].includes(step)), ["worker", "gamma.ndjson"]);
    assert.deepEqual(orders, ["read", "end", "finish"]);
    await assertGamma(page, seen, ["gamma.ndjson"]);
  }, START));

test("a picked file", () =>
  visit("", async (page, seen) => {
    await page.locator("main input[type=file][multiple]").setInputFiles({ name: "picked.json", mimeType: "", buffer: readLog("gamma.pretty-array.json") });
    await assertGamma(page, seen);
  }, START));

test("text pasted into the field, and anywhere on the page", async () => {
  await visit("", async (page, seen) => {
    await page.getByLabel("Pasted").fill(PLAIN.toString());
    await page.getByRole("button", { name: "Read" }).click();
    await assertGamma(page, seen);
  }, START);
  await visit("", async (page, seen) => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, PLAIN.toString());
    await assertGamma(page, seen);
  }, START);
});

test("a log inside of the page, with nothing asked for beside it", async () => {
  const page = readFileSync(join(DIST, "index.html"), "utf8");
  const inert = `<script type="application/x-ndjson" id="lineage-log">${PLAIN}</script>`;
  files["with-log.html"] = page.replace("</body>", () => `${inert}</body>`);
  await visit("with-log.html#/want/W-001", async (page, seen) => {
    await focusIs(page, "W-001");
    await assertGamma(page, seen);
    assert.ok(seen.requests.every((request) => !request.includes("events.")), seen.requests.join("\n"));
  });
});

test("an address: plain, compressed, by the server too, and relative to the page", async () => {
  Object.assign(files, {
    "logs/plain.ndjson": PLAIN,
    "logs/members.gz": Buffer.concat(LINES.map((line) => gzipSync(`${line}\n`))),
    "logs/encoded.ndjson": { body: gzipSync(PLAIN), headers: { "content-encoding": "gzip" } },
  });
  for (const name of ["plain.ndjson", "members.gz", "encoded.ndjson"]) {
    await visit(`?log=logs/${name}`, (page, seen) => assertGamma(page, seen, [name]));
  }
  const absolute = encodeURIComponent(new URL("logs/plain.ndjson", url()).href);
  await visit(`?log=${absolute}`, (page, seen) => assertGamma(page, seen, ["plain.ndjson"]));
});

test("a compressed file with its own name in it, as gzip writes it", async () => {
  const named = (name, text) => {
    const bytes = gzipSync(text);
    const head = Buffer.from(bytes.subarray(0, 10));
    head[3] = 8;
    return Buffer.concat([head, Buffer.from(`${name}\0`), bytes.subarray(10)]);
  };
  files["named.gz"] = Buffer.concat([named("a.ndjson", `${LINES.slice(0, 9).join("\n")}\n`), named("b.ndjson", LINES.slice(9).join("\n"))]);
  await visit("?log=named.gz", (page, seen) => assertGamma(page, seen, ["named.gz"]));
});

test("another log takes the place of the first, and its page is home", () =>
  visit("?log=gamma.ndjson#/want/W-002", async (page, seen) => {
    await focusIs(page, "W-002");
    const other = LINES[0].replaceAll("W-001", "W-other").replaceAll("data/gamma", "data/other");
    await drop(page, [["other.ndjson", Buffer.from(other)]]);
    await page.getByText("other.ndjson · 1 event").waitFor();
    await stateIs(page, "ready");
    await page.getByRole("link", { name: /W-other/ }).waitFor();
    assert.doesNotMatch(page.url(), /gamma/);
    await setHash(page, "#/want/W-002");
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    assert.ok(seen.requests.filter((request) => /other/.test(request)).length === 0);
  }));
