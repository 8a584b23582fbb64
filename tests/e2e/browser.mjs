// A Chromium of this machine, and pages that remember all they were heard to say and ask for.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { findBrowser } from "./find-browser.mjs";

// A test must see the page alone: nothing that the browser asks of the network by itself.
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];
// And pictures must not depend on the machine's screen.
const PLAIN = ["--disable-lcd-text", "--font-render-hinting=none", "--force-color-profile=srgb"];

/** The same for every machine, so that one screenshot is as good as another. */
const CONTEXT = {
  viewport: { width: 1280, height: 800 },
  colorScheme: "light",
  locale: "en-US",
  reducedMotion: "reduce",
  // What a page asks for is then what it asks a server for.
  serviceWorkers: "block",
  timezoneId: "UTC",
};

/**
 * Starts a browser; `newPage` gives watched pages, each with a profile of its own.
 *
 * @param {Record<string, string>} [env] over the environment of this process
 */
export async function launch(env = {}) {
  const executablePath = findBrowser();
  assert.ok(executablePath, "no Chromium on PATH or in CHROME; run make setup");
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [...QUIET, ...PLAIN, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  return {
    newPage: (context = {}) => newPage(browser, context),
    close: () => browser.close(),
  };
}

/**
 * An empty page that is listened to from its first request on.
 *
 * @param {object} context Playwright's context options, over the ones above
 * @returns `page` is Playwright's; `errors` is what it complained of, `requests` the addresses it
 *   asked for, both in order; `assertQuiet(url)` holds it to no complaint, and to asking nobody but
 *   the server of `url`; `close()` holds it to asking nobody but this machine.
 */
async function newPage(browser, context) {
  const page = await (await browser.newContext({ ...CONTEXT, ...context })).newPage();
  page.setDefaultTimeout(20_000);
  const errors = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !isAbsentLog(message)) errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => errors.push(`uncaught: ${error.stack ?? error}`));
  page.context().on("request", (request) => requests.push(request.url()));
  const assertQuiet = (url) => {
    assert.deepEqual(errors, []);
    assert.deepEqual(requests.filter((request) => isForeign(request, new URL(url).origin)), []);
  };
  // No journey, whatever it is about, asks anybody but the servers of its test.
  const close = async () => {
    await page.context().close();
    assert.deepEqual(requests.filter(leavesTheMachine), []);
  };
  return { page, errors, requests, assertQuiet, close };
}

function leavesTheMachine(request) {
  const { protocol, hostname } = new URL(request);
  return /^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1";
}

/**
 * The page looks for a log beside it under four names, and browsers note every 404 in their console:
 * there is no way to ask that they do not.
 */
function isAbsentLog(message) {
  const name = new URL(message.location().url || "about:blank").pathname.split("/").pop();
  return ["events.ndjson", "events.json", "events.ndjson.gz", "manifest.json"].includes(name) && /\b404\b/.test(message.text());
}

/** Whether a request left the page and its server; `data:` and `blob:` never do. */
function isForeign(request, origin) {
  const { protocol, origin: asked } = new URL(request);
  return !["data:", "blob:"].includes(protocol) && asked !== origin;
}
