// Logs from other origins: nobody else is asked before the reader agrees, what they agreed to is
// remembered and can be taken back, and a host that does not let the page read is told how it would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { readLog, stateIs, wholeIs } from "./journey.mjs";
import { serve } from "./server.mjs";

const GAMMA = readLog("gamma.ndjson");
const CORS = { "access-control-allow-origin": "*" };

/** Pages that name no icon are asked for one. */
const ICON = { "favicon.ico": "" };

let browser;
let own;
let elsewhere;
before(async () => {
  browser = await launch();
  own = await serve({ root: DIST, files: { ...ICON, "embed.html": readFileSync(new URL("../../docs/embed.html", import.meta.url)) } });
  elsewhere = await serve({
    root: DIST,
    files: {
      ...ICON,
      "open.ndjson": { body: GAMMA, headers: CORS },
      "closed.ndjson": GAMMA,
      "frame.html": `<!doctype html><iframe src="${own.url}#/want/W-001" width="1200" height="700"></iframe>`,
    },
  });
});
after(async () => {
  await browser?.close();
  await own?.close();
  await elsewhere?.close();
});

async function visit(act) {
  const seen = await browser.newPage();
  try {
    await act(seen.page, seen);
  } finally {
    await seen.close();
  }
}

const logAt = (name) => `${own.url}?log=${encodeURIComponent(elsewhere.url + name)}`;
const originOf = (server) => new URL(server.url).origin;
const askedOf = (server, requests) => requests.filter((it) => new URL(it).origin === originOf(server));
const isGamma = async (page) => {
  await stateIs(page, "ready");
  await page.getByRole("banner").getByText(/19 events/).waitFor();
};

test("a log of another origin is asked about, once, and No is first", () =>
  visit(async (page, { requests, errors }) => {
    await page.goto(logAt("open.ndjson"));
    await stateIs(page, "asking");
    await page.getByText(originOf(elsewhere), { exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === "No");
    assert.deepEqual(askedOf(elsewhere, requests), [], "nothing is asked before the yes");
    await page.keyboard.press("Enter");
    await stateIs(page, "start");
    assert.deepEqual(askedOf(elsewhere, requests), [], "nor after a no");

    await page.reload();
    await stateIs(page, "asking");
    await page.waitForFunction(() => document.activeElement?.textContent === "No");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await isGamma(page);

    await page.reload();
    await isGamma(page);
    await page.goto(own.url);
    await stateIs(page, "start");
    await page.getByRole("button", { name: `Ask again before a log comes from ${originOf(elsewhere)}` }).click();
    await page.getByRole("button", { name: "Ask again" }).waitFor({ state: "detached" });
    await page.goto(logAt("open.ndjson"));
    await stateIs(page, "asking");
    assert.deepEqual(errors, []);
  }));

test("several origins are asked about one after the other", () =>
  visit(async (page, { requests }) => {
    const third = await serve({ root: DIST, files: { "more.ndjson": { body: GAMMA, headers: CORS } } });
    const address = `${logAt("open.ndjson")}&log=${encodeURIComponent(`${third.url}more.ndjson`)}`;
    await page.goto(address);
    await page.getByText(originOf(elsewhere), { exact: true }).waitFor();
    await page.getByRole("button", { name: "Yes, fetch it" }).click();
    await page.getByText(originOf(third), { exact: true }).waitFor();
    assert.deepEqual([...askedOf(elsewhere, requests), ...askedOf(third, requests)], []);
    await page.getByRole("button", { name: "Yes, fetch it" }).click();
    await stateIs(page, "ready");
    await third.close();
  }));

test("an address that the reader types is their consent", () =>
  visit(async (page) => {
    await page.goto(own.url);
    await stateIs(page, "start");
    await page.getByLabel("From an address").fill(`${elsewhere.url}open.ndjson`);
    await page.keyboard.press("Enter");
    await isGamma(page);
  }));

test("a host that does not let the page read it is told which header it lacks", () =>
  visit(async (page) => {
    await page.goto(logAt("closed.ndjson"));
    await page.getByRole("button", { name: "Yes, fetch it" }).click();
    await stateIs(page, "failed");
    assert.equal(await page.locator("[data-error]").getAttribute("data-error"), "cross-origin");
    const said = await page.locator(".notice-page h1").innerText();
    assert.ok(said.includes(`Access-Control-Allow-Origin: ${originOf(own)}, or with * in place`), said);
  }));

test("the page around it may hand a log over, once the reader agrees", () =>
  visit(async (page, { errors }) => {
    await page.addInitScript(() => {
      globalThis.said = [];
      addEventListener("message", ({ data }) => said.push(data.lineage));
    });
    const saidIs = (...words) => page.waitForFunction((words) => said.join() === words, words.join());
    await page.goto(`${elsewhere.url}frame.html`);
    const frame = page.frameLocator("iframe");
    await frame.locator("html[data-state=start]").waitFor({ state: "attached" });
    await saidIs("ready");
    const hand = (log) => page.evaluate((log) => {
      const message = { lineage: "log", name: "handed.ndjson", log: new TextEncoder().encode(log) };
      document.querySelector("iframe").contentWindow.postMessage(message, "*");
    }, log);
    await hand(GAMMA.toString());
    await frame.locator("html[data-state=asking]").waitFor({ state: "attached" });
    await frame.getByText(originOf(elsewhere), { exact: true }).waitFor();
    await frame.getByRole("button", { name: "No" }).click();
    await frame.locator("html[data-state=start]").waitFor({ state: "attached" });
    await saidIs("ready", "refused");
    await hand(GAMMA.toString());
    await frame.getByRole("button", { name: "Yes, open it" }).click();
    await frame.locator("html[data-state=ready]").waitFor({ state: "attached" });
    await frame.getByText(/handed.ndjson · 19 events/).waitFor();
    await frame.locator("svg[data-view=want][data-ready=true]").waitFor();
    await saidIs("ready", "refused", "opening");
    assert.deepEqual(errors, []);
  }));

test("what is no log of a page around is not heard", () =>
  visit(async (page, { errors }) => {
    await page.goto(own.url);
    await stateIs(page, "start");
    await wholeIs(page);
    await page.evaluate(async (log) => {
      for (const message of [null, "log", { lineage: "log" }, { lineage: "log", log: { a: 1 } }, { lineage: "log", log }]) {
        postMessage(message, "*");
      }
      await new Promise((resolve) => {
        addEventListener("message", ({ data }) => data === "last" && resolve());
        postMessage("last", "*");
      });
    }, GAMMA.toString());
    await stateIs(page, "start");
    assert.deepEqual(errors, []);
  }));

test("the example page hands its log over", () =>
  visit(async (page, { errors }) => {
    await page.goto(`${own.url}embed.html`);
    await page.locator("input[type=file]").setInputFiles({ name: "gamma.ndjson", mimeType: "", buffer: GAMMA });
    const frame = page.frameLocator("iframe");
    await frame.locator("html[data-state=ready]").waitFor({ state: "attached" });
    await frame.getByText(/gamma.ndjson · 19 events/).waitFor();
    assert.deepEqual(errors, []);
  }));
