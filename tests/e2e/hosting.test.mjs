// The page wherever it is put: on hosts with rules and oddities of their own, in a frame that may do
// nothing, and as one file on a disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { readGraph, readLog, saveAs, stateIs } from "./journey.mjs";
import { serve } from "./server.mjs";

const GAMMA = readLog("gamma.ndjson");
const NAME = "gamma.ndjson";
const ONE = join(DIST, "lineage.html");

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "lineage-"));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(act, context) {
  const seen = await browser.newPage(context);
  try {
    await act(seen.page, seen);
  } finally {
    await seen.close();
  }
}

/** Opens gamma on a host of these `options`, and goes to a want. */
async function opensOn(options) {
  const server = await serve({ root: DIST, files: { [NAME]: GAMMA }, ...options });
  await visit(async (page, { assertQuiet }) => {
    await page.goto(`${server.url}?log=${NAME}#/want/W-001`);
    await stateIs(page, "ready");
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    assertQuiet(server.url);
  }).finally(server.close);
}

const isGamma = async (page) => {
  await stateIs(page, "ready");
  await page.getByRole("banner").getByText(/19 events/).waitFor();
};

test("the page forbids itself all but its own folder, and keeps to that", async () => {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  assert.ok(!/<script(?![^>]*\ssrc=)/.test(html), "no script is inline");
  assert.ok(!/<style|\sstyle=/.test(html), "no style is inline");
  const named = [...html.matchAll(/(?:href|src|content)="\.\/([^"]+)"/g)].map(([, name]) => name);
  const present = readdirSync(DIST);
  assert.deepEqual(named.filter((name) => !present.includes(name)), [], "what it names is there");
});

test("a host that sends the same policy, and forbids guessing of types", async () => {
  await opensOn({
    headers: (path) => ({
      "x-content-type-options": "nosniff",
      ...(path.endsWith(".html") && {
        "content-security-policy":
          "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'",
      }),
    }),
  });
});

test("a folder of any name, deep below a host's root", async () => {
  await opensOn({ base: "/some/where/build-1/report/" });
});

test("a host that knows no wasm and no logs", async () => {
  await opensOn({ headers: (path) => (/\.(wasm|ndjson)$/.test(path) ? { "content-type": "application/octet-stream" } : {}) });
});

test("a host that compresses what it sends", async () => {
  const files = { [NAME]: { body: gzipSync(GAMMA), headers: { "content-encoding": "gzip" } } };
  for (const name of readdirSync(DIST).filter((name) => /\.(js|css|wasm)$/.test(name))) {
    files[name] = { body: gzipSync(readFileSync(join(DIST, name))), headers: { "content-encoding": "gzip" } };
  }
  await opensOn({ files });
});

test("a host that knows no ranges", async () => {
  await opensOn({ files: { [NAME]: async function* () { yield GAMMA; } } });
});

test("one file, from a disk: a log is dropped on it", async () => {
  await visit(async (page, { assertQuiet }) => {
    await page.goto(pathToFileURL(ONE).href);
    await stateIs(page, "start");
    assert.equal(await page.getByRole("button", { name: /sample/ }).count(), 0, "it comes with no sample");
    await page.locator("main input[type=file]").first().setInputFiles({ name: NAME, mimeType: "", buffer: GAMMA });
    await isGamma(page);
    assertQuiet(pathToFileURL(ONE).href);
  });
});

test("one file, from a disk, with a log that a line of shell has put into it", async () => {
  const log = join(folder, NAME);
  const report = join(folder, "report.html");
  execFileSync("cp", [new URL("../logs/gamma.ndjson", import.meta.url).pathname, log]);
  const hosting = readFileSync(new URL("../../docs/src/hosting.md", import.meta.url), "utf8");
  const [, line] = /```sh\n(\{ cat [^`]*?)\n```/.exec(hosting) ?? assert.fail("the docs have no line of shell");
  const script = line.replaceAll("lineage.html", '"$ONE"').replaceAll("events.ndjson", '"$LOG"').replaceAll("report.html", '"$REPORT"');
  execFileSync("sh", ["-ec", script], { env: { ...process.env, ONE, LOG: log, REPORT: report } });
  await visit(async (page, { assertQuiet }) => {
    await page.goto(`${pathToFileURL(report).href}#/want/W-001`);
    await isGamma(page);
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    assertQuiet(pathToFileURL(report).href);
  });
});

test("one file in a frame that may run scripts and nothing else", async () => {
  const body = `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="lineage.html?log=${NAME}" width="1200" height="700"></iframe>`;
  const allowed = { body: GAMMA, headers: { "access-control-allow-origin": "*" } };
  const server = await serve({ root: DIST, files: { "frame.html": body, [NAME]: allowed } });
  await visit(async (page, { errors }) => {
    await page.goto(`${server.url}frame.html`);
    const frame = page.frameLocator("iframe");
    await frame.locator("html[data-state=ready]").waitFor({ state: "attached" });
    assert.deepEqual(errors, []);
  }).finally(server.close);
});

test("one file with a log in it, in a frame that may run scripts and nothing else", async () => {
  const log = `<script type="application/gzip" id="lineage-log" data-name="${NAME}">${gzipSync(GAMMA).toString("base64")}</script>`;
  const body = `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="report.html#/want/W-001" width="1200" height="700"></iframe>`;
  const report = Buffer.concat([readFileSync(ONE), Buffer.from(log)]);
  const server = await serve({ root: DIST, files: { "frame.html": body, "report.html": report } });
  await visit(async (page, { assertQuiet }) => {
    await page.goto(`${server.url}frame.html`);
    const frame = page.frameLocator("iframe");
    await frame.getByText(`${NAME} · 19 events`).waitFor();
    await frame.locator("svg[data-view=want][data-ready=true]").waitFor();
    assertQuiet(server.url);
  }).finally(server.close);
});

test("one file keeps logs where it may, and says so where it may not", async () => {
  const told = (place, words) => place.getByRole("region", { name: "Recent logs" }).getByText(words).waitFor();
  await visit(async (page, { errors }) => {
    await page.goto(pathToFileURL(ONE).href);
    await told(page, "None are kept unless you wish it.");
    await page.getByRole("button", { name: "Keep the logs that I open" }).click();
    await told(page, "Logs that you open from now on are kept.");
    await page.locator("main input[type=file]").first().setInputFiles({ name: NAME, mimeType: "", buffer: GAMMA });
    await isGamma(page);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: NAME, exact: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: NAME, exact: true }).click();
    await isGamma(page);
    assert.deepEqual(errors, []);
  });
  const body = `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="lineage.html" width="1200" height="700"></iframe>`;
  const server = await serve({ root: DIST, files: { "frame.html": body } });
  await visit(async (page) => {
    await page.goto(`${server.url}frame.html`);
    await told(page.frameLocator("iframe"), "This browser keeps nothing for this page");
  }).finally(server.close);
});

test("which build it is, and the licenses of its parts, are in the folder and in the one file", async () => {
  const version = /^version = "(.*)"/m.exec(readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8"))[1];
  const licenses = readFileSync(join(DIST, "licenses.txt"), "utf8");
  const server = await serve({ root: DIST });
  await visit(async (page) => {
    await page.goto(server.url);
    await page.getByRole("button", { name: "Keys" }).click();
    await page.getByRole("dialog").getByText(`Lineage ${version} · commit `).waitFor();
    await page.getByRole("dialog").getByRole("link", { name: "Licenses of its parts" }).click();
    await page.waitForURL(`${server.url}licenses.txt`);
    assert.equal(await page.locator("body").innerText().then((text) => text.slice(0, 40)), licenses.slice(0, 40));
  }).finally(server.close);
  await visit(async (page) => {
    await page.goto(pathToFileURL(ONE).href);
    await page.getByText(`Lineage ${version} · commit `).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the licenses of its parts" }).first().click(),
    ]);
    assert.equal(readFileSync(await download.path(), "utf8"), licenses);
  });
});

/** Saves the page by its dialog, and gives where the file is. */
async function saved(page, name, { isRedacted = false } = {}) {
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).waitFor();
  if (isRedacted) await page.getByLabel("Without names").check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click(),
  ]);
  const file = join(folder, name);
  await download.saveAs(file);
  await page.getByText(/^Saved as lineage-report.html/).and(page.locator(":not([role=status])")).waitFor();
  return file;
}

const openSave = (page) => page.getByRole("banner").getByRole("button", { name: "Save", exact: true }).click();

/** Opens a saved file from the disk at a want. */
const opens = (file, want, act) =>
  visit(async (page, { assertQuiet }) => {
    await page.goto(`${pathToFileURL(file).href}#/want/${want}`);
    await stateIs(page, "ready");
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    await act(page);
    assertQuiet(pathToFileURL(file).href);
  });

test("the page is saved with its log, opens from a disk, and is saved from there again", async () => {
  const log = "a&b\"<.ndjson";
  const server = await serve({ root: DIST, files: { [log]: GAMMA } });
  let file;
  let seen;
  await visit(async (page) => {
    await page.goto(`${server.url}?log=${encodeURIComponent(log)}#/want/W-001`);
    await stateIs(page, "ready");
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    seen = (await readGraph(page)).nodes;
    await openSave(page);
    file = await saved(page, "saved.html");
  }).finally(server.close);
  const again = [];
  await opens(file, "W-001", async (page) => {
    await page.getByRole("banner").getByText(/19 events/).waitFor();
    assert.ok((await page.getByRole("banner").innerText()).includes(log), "its name");
    assert.deepEqual((await readGraph(page)).nodes, seen);
    await openSave(page);
    again.push(await saved(page, "again.html"));
  });
  await opens(again[0], "W-001", async (page) => {
    await page.getByRole("banner").getByText(/19 events/).waitFor();
    assert.deepEqual((await readGraph(page)).nodes, seen);
    assert.equal(await page.locator("[id^=lineage-log]").count(), 1, "the first log was no part of the page");
  });
});

test("several logs are saved side by side, each as it was", async () => {
  const text = GAMMA.toString().trimEnd().split("\n");
  const files = { "a.ndjson": text.slice(0, 9).join("\n"), "b.json": `[${text.slice(9).join(",\n")}]` };
  const server = await serve({ root: DIST, files });
  await visit(async (page) => {
    await page.goto(`${server.url}?log=a.ndjson&log=b.json`);
    await isGamma(page);
    await openSave(page);
    const file = await saved(page, "several.html");
    await opens(file, "W-001", (page) => page.getByRole("banner").getByText(/a.ndjson and 1 more · 19 events/).waitFor());
  }).finally(server.close);
});

test("the page is saved with what is behind a picture, and without names", async () => {
  const server = await serve({ root: DIST, files: { [NAME]: GAMMA } });
  await visit(async (page) => {
    await page.goto(`${server.url}?log=${NAME}#/want/W-002?up=0&down=0`);
    await stateIs(page, "ready");
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    await saveAs(page, "Page");
    await page.getByText(/records behind this picture/).waitFor();
    const part = await saved(page, "part.html");
    await opens(part, "W-002", (page) => page.getByRole("banner").getByText(`part of ${NAME}`).waitFor());
    await page.keyboard.press("Escape");
    await openSave(page);
    const file = await saved(page, "redacted.html", { isRedacted: true });
    const html = readFileSync(file, "utf8");
    const [, packed] = /id="lineage-log" data-name="log without names">([A-Za-z0-9+/=]*)<\/script>\s*$/.exec(html) ?? assert.fail("no log");
    const log = gunzipSync(Buffer.from(packed, "base64")).toString();
    assert.equal(log.trimEnd().split("\n").length, 19);
    assert.doesNotMatch(log, /W-00|JR-|ops|jobs/);
    await opens(file, "want-1", (page) => page.getByRole("banner").getByText(/19 events/).waitFor());
  }).finally(server.close);
});

test("a page without its one file beside it says so", async () => {
  const server = await serve({ root: DIST, files: { [NAME]: GAMMA, "lineage.html": "<!doctype html><p>Another page" } });
  await visit(async (page) => {
    await page.goto(`${server.url}?log=${NAME}`);
    await isGamma(page);
    await openSave(page);
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    const said = "The page itself, lineage.html, could not be had from beside this page.";
    await page.getByRole("paragraph").filter({ hasText: said }).waitFor();
  }).finally(server.close);
});
