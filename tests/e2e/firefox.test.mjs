// The main journeys in a Firefox as well. It is told, and is no failure, where this machine has none and none can be had:
// scripts/setup.sh installs it where there is apt.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { DIST } from "./dist.mjs";
import { findFirefox, launchFirefox } from "./firefox.mjs";
import { readLog } from "./journey.mjs";
import { serve } from "./server.mjs";

const GAMMA = readLog("gamma.ndjson");
const LINES = GAMMA.toString().trimEnd().split("\n");
const upTo = (n) => LINES.slice(0, n).map((line) => `${line}\n`).join("");
const ENTER = "\uE007";

const skip = findFirefox() ? false : "there is no Firefox on PATH or in FIREFOX";
const files = { "gamma.ndjson": GAMMA, "gamma.ndjson.gz": gzipSync(GAMMA) };
let browser;
let server;
let folder;
before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "lineage-"));
  writeFileSync(join(folder, "picked.ndjson"), GAMMA);
  server = await serve({ root: DIST, base: "/some/where/", files });
  browser = await launchFirefox();
});
after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A journey in a page of its own, which has nothing to complain of and asks nobody but its server. */
const journey = (name, act, isQuiet = true) =>
  test(`Firefox: ${name}`, { skip, timeout: 120_000 }, async () => {
    const page = await browser.newPage();
    try {
      await act(page);
      if (isQuiet) page.assertQuiet(server.url);
    } finally {
      await page.close();
    }
  });

const graphOf = (page, view) => page.until((view) => document.querySelector(`svg[data-view=${view}][data-ready=true] g[data-focus]`) !== null, view);
const nodes = (page) => page.evaluate(() => [...document.querySelectorAll("svg[data-view] g[data-kind]")].map((it) => `${it.dataset.kind} ${it.dataset.status}`).sort());
const hash = (page) => page.evaluate(() => location.hash);
const isGamma = async (page, name) => {
  await page.stateIs("ready");
  await page.has(`${name} · 19 events`);
};

journey("from an address over the search to a want, a partition, a job run, and back", async (page) => {
  await page.goto(`${server.url}?log=gamma.ndjson`);
  await isGamma(page, "gamma.ndjson");
  await page.type("/");
  await page.type("W-001");
  await page.until(() => document.querySelector("[role=option]") !== null);
  await page.type(ENTER);
  await graphOf(page, "want");
  assert.match(await hash(page), /^#\/want\/W-001/);
  assert.equal((await nodes(page)).length, 9);
  for (const [address, view] of [["#/partition/data%2Fgamma", "partition"], ["#/job-run/JR-788", "job-run"]]) {
    await page.evaluate((address) => { location.hash = address; }, address);
    await graphOf(page, view);
  }
  await page.back();
  await graphOf(page, "partition");
});

journey("every tab, the impact, a moment, the notices and a job", async (page) => {
  await page.goto(`${server.url}?log=gamma.ndjson#/want/W-001?tab=outline`);
  await page.until(() => document.querySelector("[role=tree]") !== null);
  const go = (address) => page.evaluate((address) => { location.hash = address; }, address);
  await go("#/want/W-001?tab=table");
  await page.until(() => document.querySelector(".nodes-table") !== null);
  await go("#/impact/data%2Falpha");
  await page.has("data/gamma");
  await go("#/want/W-001?at=10");
  await page.has("Back to end of log");
  await go("#/notices");
  await page.until(() => document.title.startsWith("Notices"));
  await go("#/job/%2F%2Fjobs%3Agamma");
  await page.until(() => document.title.startsWith("Job"));
});

journey("a picked file, a compressed log, the sample", async (page) => {
  await page.goto(server.url);
  await page.stateIs("start");
  await page.setFiles("main input[type=file][multiple]", [join(folder, "picked.ndjson")]);
  await isGamma(page, "picked.ndjson");
  await page.goto(`${server.url}?log=gamma.ndjson.gz`);
  await isGamma(page, "gamma.ndjson.gz");
  await page.goto(`${server.url}?log=sample.ndjson`);
  await page.stateIs("ready");
}, false);

journey("a log that is no log, and one that is not there", async (page) => {
  files["bad.ndjson"] = "no log\n";
  for (const name of ["bad.ndjson", "missing.ndjson"]) {
    await page.goto(`${server.url}?log=${name}`);
    await page.stateIs("failed");
    await page.until(() => document.querySelector("[data-error]") !== null);
  }
}, false);

journey("a log grows while it is watched, and is replaced", async (page) => {
  files["grows.ndjson"] = upTo(12);
  await page.goto(`${server.url}?log=grows.ndjson&every=0.2#/want/W-001`);
  await graphOf(page, "want");
  await page.click("header button", "Follow");
  await page.has("Following this log");
  files["grows.ndjson"] = upTo(LINES.length);
  await page.has("7 new events · since the last look:");
  await page.until(() => document.querySelector("[data-change=changed]") !== null);
  files["grows.ndjson"] = upTo(5);
  await page.has("the log was replaced or cut");
});

journey("logs are kept on the reader's wish, and forgotten", async (page) => {
  await page.goto(server.url);
  await page.click("button", "Keep the logs that I open");
  await page.has("Logs that you open from now on are kept.");
  await page.setFiles("main input[type=file][multiple]", [join(folder, "picked.ndjson")]);
  await isGamma(page, "picked.ndjson");
  await page.click("header button", "Open");
  await page.has("1 log ·");
  await page.goto(server.url);
  await page.click(".recent li button", "picked.ndjson");
  await isGamma(page, "picked.ndjson");
  await page.click("header button", "Open");
  await page.click("dialog button", "Keep no logs");
  await page.has("None are kept unless you wish it");
}, false);

journey("one file on a disk, with a log in it that a line of shell has put there", async (page) => {
  const report = join(folder, "report.html");
  cpSync(join(DIST, "lineage.html"), report);
  appendFileSync(report, `<script type="application/gzip" id="lineage-log">${gzipSync(GAMMA).toString("base64")}</script>`);
  await page.goto(`${pathToFileURL(report).href}#/want/W-001`);
  await isGamma(page, "embedded log");
  await graphOf(page, "want");
  page.assertQuiet(pathToFileURL(report).href);
}, false);

journey("the folder's page from a disk says what to open", async (page) => {
  await page.goto(pathToFileURL(join(DIST, "index.html")).href);
  await page.stateIs("unsupported");
  await page.has("folder_on_disk");
}, false);
