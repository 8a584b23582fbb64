// Where the page cannot run it says what is missing and what to do.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { stateIs } from "./journey.mjs";
import { serve } from "./server.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function visit(act) {
  const seen = await browser.newPage();
  await act(seen.page).finally(seen.close);
}

/** The page is of this code, and has said so in its place. */
async function lacks(page, code, words) {
  await stateIs(page, "unsupported");
  assert.equal(await page.locator("html").getAttribute("data-error"), code);
  const told = page.getByRole("alert");
  await told.getByText(words).waitFor();
  await told.getByText(code, { exact: true }).waitFor();
  assert.equal(await page.getByText("Loading the page…").count(), 0);
}

/** What to take away before the page's scripts run, and what it then says. */
const MISSING = [
  ["no_wasm", () => { delete globalThis.WebAssembly; }, /has no WebAssembly/],
  ["no_simd", () => { WebAssembly.validate = () => false; }, /SIMD/],
  ["no_worker", () => { delete globalThis.Worker; }, /no workers/],
  ["no_decompression", () => { delete globalThis.DecompressionStream; }, /cannot decompress/],
];

for (const [code, take, words] of MISSING) {
  test(`a browser that lacks something is told so, in the folder and the one file: ${code}`, async () => {
    const server = await serve({ root: DIST });
    for (const address of [server.url, pathToFileURL(join(DIST, "lineage.html")).href]) {
      await visit(async (page) => {
        await page.addInitScript(take);
        await page.goto(address);
        await lacks(page, code, words);
      });
    }
    await server.close();
  });
}

test("what is missing is copied with its code, or said to be selected where there is no clipboard", async () => {
  const server = await serve({ root: DIST });
  const [, take] = MISSING.find(([code]) => code === "no_worker");
  await visit(async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(take);
    await page.goto(server.url);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^no_worker: This browser has no workers.* Mozilla\//);
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Copied" }).click();
    await page.getByRole("button", { name: "Select and copy it" }).waitFor();
  }).finally(server.close);
});

test("a host whose policy forbids wasm is named as the cause", async () => {
  const policy = "script-src 'self'";
  const server = await serve({ root: DIST, headers: () => ({ "content-security-policy": policy }) });
  await visit(async (page) => {
    await page.goto(server.url);
    await lacks(page, "wasm_blocked", /policy forbids WebAssembly/);
  }).finally(server.close);
});

test("the folder's page from a disk points to the one file, which opens", async () => {
  await visit(async (page) => {
    await page.goto(`${pathToFileURL(join(DIST, "index.html")).href}#/notices`);
    await lacks(page, "folder_on_disk", /A page of several files/);
    await page.getByRole("link", { name: "Open lineage.html" }).click();
    await stateIs(page, "start");
    assert.ok(page.url().endsWith("/lineage.html#/notices"), page.url());
  });
});
