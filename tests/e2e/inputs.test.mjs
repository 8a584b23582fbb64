// What may be a log: a manifest, a folder, zstd, more than there is memory for; and what goes wrong.

import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { focusIs, hashIs, journeys, readGraph, readLog, setHash, stateIs } from "./journey.mjs";
import { serve } from "./server.mjs";

const PLAIN = readLog("gamma.ndjson");
const LINES = PLAIN.toString().trimEnd().split("\n");
const HALVES = [LINES.slice(0, 9), LINES.slice(9)].map((lines) => `${lines.join("\n")}\n`);
const { visit, files, url } = journeys({ "gamma.ndjson": PLAIN });
const START = { state: "start" };

/** The page shows the whole of gamma. */
async function assertGamma(page) {
  await page.getByText("· 19 events").waitFor();
  await setHash(page, "#/want/W-001");
  await focusIs(page, "W-001");
  assert.equal((await readGraph(page)).nodes.length, 9);
}

const partial = (page) => page.locator("[data-partial]");

/** A folder with these files, for as long as `act` needs it. */
async function inFolder(files, act) {
  const folder = mkdtempSync(join(tmpdir(), "lineage-"));
  try {
    for (const [name, body] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), body);
    }
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Drops files or folders of this machine, as a hand would. */
async function dropPaths(page, paths) {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 640, y: 400, data });
  }
}

test("a manifest names logs beside it, in any language and compression", async () => {
  files["logs/all.json"] = JSON.stringify({ logs: ["a.ndjson", "./b.ndjson.gz"] });
  files["logs/a.ndjson"] = HALVES[0];
  files["logs/b.ndjson.gz"] = gzipSync(HALVES[1]);
  await visit("?log=logs/all.json", async (page) => {
    await assertGamma(page);
    assert.equal(await partial(page).count(), 0);
  });
});

test("what a manifest names and cannot be had is said, and the rest is shown", async () => {
  files["logs/some.json"] = JSON.stringify({ logs: ["nowhere.ndjson", "https://elsewhere.example/x.ndjson", "all.json", "../gamma.ndjson"] }, null, 2);
  const { page, requests, close } = await (await launched()).newPage();
  try {
    await page.goto(new URL("?log=logs/some.json", url()).href);
    await stateIs(page, "ready");
    await assertGamma(page);
    const said = await partial(page).innerText();
    assert.match(said, /3 files were left out/);
    for (const part of [/nowhere\.ndjson .*not there/, /elsewhere\.example.* another server/, /all\.json .*a manifest itself/]) assert.match(said, part);
    assert.ok(requests.every((request) => request.startsWith(url())), requests.join("\n"));
  } finally {
    await close();
  }
});

test("a manifest that is none says so", async () => {
  files["bad.json"] = '{"logs": "a.ndjson"}';
  await visit("?log=bad.json", async (page) => {
    await page.waitForSelector("[data-error=bad-manifest]");
  }, { state: "failed" });
});

test("a manifest among dropped files names files of the same drop", () =>
  inFolder({ "m.json": '{"logs":["a.ndjson","c.ndjson"]}', "a.ndjson": PLAIN, "b.ndjson": HALVES[0] }, (folder) =>
    visit("", async (page) => {
      await dropPaths(page, ["b.ndjson", "a.ndjson", "m.json"].map((name) => join(folder, name)));
      await assertGamma(page);
      const said = await partial(page).innerText();
      assert.match(said, /2 files were left out/);
      assert.match(said, /c\.ndjson .*not there/);
      assert.match(said, /b\.ndjson is not named/);
    }, START)));

const FOLDER = { "day=1/a.ndjson": HALVES[0], "day=2/deep/b.ndjson.gz": gzipSync(HALVES[1]), "README.md": "no log", ".hidden.json": "{" };

test("a dropped folder, with the folders in it", () =>
  inFolder(FOLDER, (folder) =>
    visit("", async (page) => {
      await dropPaths(page, [folder]);
      await assertGamma(page);
      assert.match(await partial(page).innerText(), /2 files were left out/);
    }, START)));

test("a picked folder", () =>
  inFolder(FOLDER, (folder) =>
    visit("", async (page) => {
      await page.locator("input[webkitdirectory]").first().setInputFiles(folder);
      await assertGamma(page);
    }, START)));

test("a manifest beside the page is found by itself, and one of another program is not taken for it", async () => {
  files["manifest.json"] = JSON.stringify({ logs: ["gamma.ndjson"] });
  try {
    await visit("", (page) => assertGamma(page));
    files["manifest.json"] = JSON.stringify({ name: "An app", start_url: "/" });
    await visit("", () => {}, START);
  } finally {
    delete files["manifest.json"];
  }
});

test("zstd: one frame, and several with some to be skipped", async () => {
  for (const name of ["gamma.ndjson.zst", "gamma.frames.zst"]) {
    files["log"] = readLog(`zstd/${name}`);
    await visit("?log=log#/job-run/JR-788", async (page) => {
      await focusIs(page, "JR-788");
      const event = page.locator("details", { hasText: "job_run_missing_deps_v1" });
      await event.locator("summary").click();
      await event.locator("pre").waitFor();
      await assertGamma(page);
    });
  }
});

test("zstd that ends early, or needs too much, says so", async () => {
  files["long.zst"] = readLog("zstd/gamma.long.zst");
  await visit("?log=long.zst", async (page) => {
    await page.waitForSelector("[data-error=bad-zstd]");
    await page.getByText(/window of more than 128 MB/).first().waitFor();
  }, { state: "failed" });
  const frames = readLog("zstd/gamma.frames.zst");
  files["cut.zst"] = frames.subarray(0, frames.length - 9);
  await visit("?log=cut.zst#/notices", async (page) => {
    await page.getByRole("heading", { name: "compressed stream ended early" }).waitFor();
  });
});

/** So many megabytes of events, in lines of a kilobyte of which hardly anything is kept. */
const longLog = (megabytes) => {
  const pad = "x".repeat(900);
  const line = (i) => JSON.stringify({ event_id: i + 1, timestamp: 1_732_283_350_000 + i, want_create_v1: { want_id: `W-${i}`, partitions: [{ ref: `data/${i}` }] }, pad });
  return `${Array.from({ length: megabytes * 1000 }, (_, i) => line(i)).join("\n")}\n`;
};

test("a log that is larger than its memory is shown in part, with a way to the rest", async () => {
  files["long.ndjson"] = longLog(24);
  await visit("?log=long.ndjson&memory=8#/notices", async (page) => {
    assert.equal(await partial(page).getAttribute("data-partial"), "out-of-memory");
    assert.match(await partial(page).innerText(), /This is a part of the log.*memory of 8/);
    await page.getByRole("heading", { name: "reading was stopped here" }).waitFor();
    assert.equal(await page.getByRole("heading", { name: /ended early|incomplete/ }).count(), 0);
    await page.getByRole("link", { name: "Read it with 16" }).click();
    await page.waitForURL(/memory=16/);
  });
  await visit("?log=long.ndjson&memory=512", async (page) => {
    assert.equal(await partial(page).count(), 0);
    await page.getByText("· 24,000 events").waitFor();
  });
});

test("a compressed log that is stopped was stopped, not broken", async () => {
  const body = gzipSync(longLog(8));
  let release;
  const released = new Promise((resolve) => (release = resolve));
  files["slow.gz"] = async function* () {
    yield body.subarray(0, body.length - 100);
    await released;
  };
  await visit("?log=slow.gz#/notices", async (page) => {
    await page.getByRole("button", { name: "Show what has come" }).click();
    await stateIs(page, "ready");
    await page.getByRole("heading", { name: "reading was stopped here" }).waitFor();
    assert.equal(await page.getByRole("heading", { name: /ended early|incomplete/ }).count(), 0);
    assert.equal(await partial(page).getAttribute("data-partial"), "stopped");
    release();
  }, { state: "loading" });
});

test("what of the address cannot be read is said, and can be corrected", () =>
  visit("?log=gamma.ndjson#/want/W-001?up=x&nonsense=1", async (page) => {
    const banner = page.locator(".banner-faults");
    assert.match(await banner.innerText(), /up=x.*number of hops.*nonsense=1.*no such key/s);
    await banner.getByRole("button", { name: "Correct the address" }).click();
    await hashIs(page, "#/want/W-001");
    assert.equal(await banner.count(), 0);
    await setHash(page, "#/nowhere");
    assert.match(await banner.innerText(), /no such page/);
    await banner.getByRole("link", { name: "Overview" }).click();
    await banner.waitFor({ state: "detached" });
  }));

test("a source event of a fetched log is asked for by its range", async () => {
  const asked = [];
  const server = await serve({ root: DIST, files: { "gamma.ndjson": PLAIN } });
  const browser = await launched();
  const { page, close } = await browser.newPage();
  try {
    page.on("request", async (request) => {
      if (new URL(request.url()).pathname === "/gamma.ndjson") asked.push((await request.allHeaders()).range ?? "all");
    });
    await page.goto(`${server.url}?log=gamma.ndjson#/job-run/JR-788`);
    await focusIs(page, "JR-788");
    const event = page.locator("details", { hasText: "job_run_missing_deps_v1" });
    await event.locator("summary").click();
    const line = LINES.find((line) => line.includes("job_run_missing_deps_v1"));
    assert.deepEqual(JSON.parse(await event.locator("pre").innerText()), JSON.parse(line));
    const at = PLAIN.indexOf(line);
    assert.deepEqual(asked, ["all", `bytes=${at}-${at + Buffer.byteLength(line) - 1}`]);
    assert.deepEqual(server.requests.filter(({ path }) => path === "/gamma.ndjson").map(({ status }) => status), [200, 206]);
  } finally {
    await close();
    await server.close();
  }
});

/** The same wasm, whose memory may not grow past what it begins with: the first real need traps. */
function withoutMemory(wasm) {
  const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
  const read = (at) => {
    for (let n = 0, shift = 0; ; shift += 7, at++) {
      n |= (wasm[at] & 127) << shift;
      if (wasm[at] < 128) return [n, at + 1];
    }
  };
  for (let at = 8; at < wasm.length; ) {
    const [length, body] = read(at + 1);
    if (wasm[at] === 5) {
      const [pages] = read(body + 2);
      const memory = [1, 1, ...leb(pages), ...leb(pages)];
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([5, ...leb(memory.length), ...memory]), wasm.subarray(body + length)]);
    }
    at = body + length;
  }
  throw new Error("the worker has no memory of its own");
}

test("a worker that traps, or cannot be loaded, is a page that says so", async () => {
  const name = readdirSync(DIST).find((name) => /^worker(_bg|-[0-9a-f]+)\.wasm$/.test(name));
  const wasm = readFileSync(join(DIST, name));
  for (const broken of [withoutMemory(wasm), Buffer.from("no wasm"), { body: "", status: 403 }]) {
    const server = await serve({ root: DIST, files: { "long.ndjson": longLog(4), "gamma.ndjson": PLAIN, [name]: broken } });
    const { page, close } = await (await launched()).newPage();
    try {
      await page.goto(`${server.url}?log=long.ndjson`);
      await stateIs(page, "failed");
      await page.waitForSelector("[data-error=worker-failed]");
      // Nothing is dead: the next log is as good as the first.
      await page.getByRole("button", { name: "Back to the start" }).click();
      await stateIs(page, "start");
    } finally {
      await close();
      await server.close();
    }
  }
});

let browser;
const launched = async () => (browser ??= await launch());
test.after(() => browser?.close());
