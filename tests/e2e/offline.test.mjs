// The page of a folder is kept in the browser, opens without a network, and is of the newest version that
// there is. No log is ever kept with it, and nothing needs it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { readLog, stateIs } from "./journey.mjs";
import { serve } from "./server.mjs";

const GAMMA = readLog("gamma.ndjson");
const WITH = { serviceWorkers: "allow" };

let browser;
let server;
const files = {};
before(async () => {
  browser = await launch();
  server = await serve({ root: DIST, base: "/a/folder/", files });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function visit(act, context = WITH) {
  const seen = await browser.newPage(context);
  try {
    await act(seen.page, seen);
  } finally {
    await seen.close();
  }
}

const isKept = (page) => page.getByText("This page is kept in this browser, and opens without a network.").waitFor();
const open = async (page, address = server.url) => {
  await page.goto("about:blank");
  await page.goto(address);
  await stateIs(page, "start");
};
const opensLog = async (page) => {
  await page.locator("main input[type=file][multiple]").setInputFiles({ name: "gamma.ndjson", mimeType: "", buffer: GAMMA });
  await page.getByRole("banner").getByText("gamma.ndjson · 19 events").waitFor();
};
const kept = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return Object.fromEntries(names.map((name, i) => [name, all[i]]));
  });

test("after its first load the page opens without a network, with all that a log needs", () =>
  visit(async (page) => {
    await open(page);
    await isKept(page);
    await page.context().setOffline(true);
    await opensLog(page);
    await page.goto(`${server.url}?log=events.ndjson`);
    await stateIs(page, "failed");
    await open(page);
    await opensLog(page);
    await page.getByRole("link", { name: /W-001/ }).first().click();
    await page.locator("svg[data-view=want][data-ready=true]").waitFor();
  }));

test("a log that was kept opens without a network", () =>
  visit(async (page) => {
    await open(page);
    await isKept(page);
    await page.getByRole("button", { name: "Keep the logs that I open" }).click();
    await page.getByText("Logs that you open from now on are kept.").waitFor();
    await opensLog(page);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "gamma.ndjson", exact: true }).waitFor();
    await page.context().setOffline(true);
    await open(page);
    await page.getByRole("button", { name: "gamma.ndjson", exact: true }).click();
    await page.getByRole("banner").getByText("gamma.ndjson · 19 events").waitFor();
  }));

test("of the folder only what the page is made of is kept, and no log", () =>
  visit(async (page) => {
    files["events.ndjson"] = GAMMA;
    await page.goto(server.url);
    await stateIs(page, "ready");
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active);
    await page.goto(server.url);
    await stateIs(page, "ready");
    await page.goto(`${server.url}?log=sample.ndjson`);
    await stateIs(page, "ready");
    delete files["events.ndjson"];
    const all = Object.values(await kept(page));
    assert.equal(all.length, 1);
    const names = all[0].map((url) => url.slice(server.url.length));
    assert.deepEqual(names.filter((name) => /ndjson|json$/.test(name)), []);
    const expected = readdirSync(DIST).filter((name) => !["index.html", "offline.js", "sample.ndjson", "lineage.html", "licenses.txt"].includes(name));
    assert.deepEqual(names.filter((name) => name !== "lineage.html").sort(), ["", ...expected].sort());
  }));

/** The folder as a later build would have it: another page, under other names. */
function laterVersion(root) {
  cpSync(DIST, root, { recursive: true });
  const page = readFileSync(join(root, "index.html"), "utf8");
  const style = readdirSync(root).find((name) => /^style-/.test(name));
  const renamed = "style-00000000ffffffff.css";
  cpSync(join(root, style), join(root, renamed));
  rmSync(join(root, style));
  const later = page.replace(style, renamed).replace(/name="build" content="[^"]*"/, 'name="build" content="9.9.9"');
  assert.notEqual(later, page);
  writeFileSync(join(root, "index.html"), later);
  const worker = readFileSync(join(root, "offline.js"), "utf8")
    .replace(style, renamed)
    .replace(/const PAGE = "[^"]*"/, `const PAGE = "${createHash("sha256").update(later).digest("hex")}"`)
    .replace(/const VERSION = "[^"]*"/, 'const VERSION = "9"');
  writeFileSync(join(root, "offline.js"), worker);
}

test("a new version is used at the next start, also without a network, and never under the reader", async () => {
  const root = mkdtempSync(join(tmpdir(), "lineage-folder-"));
  cpSync(DIST, root, { recursive: true });
  const host = await serve({ root });
  try {
    await visit(async (page) => {
      await open(page, host.url);
      await isKept(page);
      await opensLog(page);
      await page.evaluate(() => { globalThis.mine = "still here"; });
      rmSync(root, { recursive: true });
      laterVersion(root);
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const found = new Promise((done) => registration.addEventListener("updatefound", () => {
          const worker = registration.installing;
          worker.addEventListener("statechange", () => worker.state === "installed" && done());
        }));
        await registration.update();
        await found;
      });
      assert.equal(await page.evaluate(() => globalThis.mine), "still here", "the page that is open stays");
      await page.getByRole("banner").getByText("gamma.ndjson · 19 events").waitFor();
      assert.equal(await page.locator("meta[name=build][content='9.9.9']").count(), 0);
      await open(page, host.url);
      await page.getByText("Lineage 9.9.9").waitFor();
      await page.waitForFunction(async () => (await caches.keys()).length === 1);
      await isKept(page);
      await page.context().setOffline(true);
      await open(page, host.url);
      await page.getByText("Lineage 9.9.9").waitFor();
      await opensLog(page);
    });
  } finally {
    await host.close();
    rmSync(root, { recursive: true, force: true });
  }
});

test("a reader may have the page not kept, and that is remembered", () =>
  visit(async (page) => {
    await open(page);
    await isKept(page);
    await page.getByRole("button", { name: "Do not keep the page" }).click();
    await page.getByText("This page needs its host each time.").waitFor();
    assert.deepEqual(await kept(page), {});
    await open(page);
    await page.getByText("This page needs its host each time.").waitFor();
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    await page.getByRole("button", { name: "Keep the page for use without a network" }).click();
    await isKept(page);
  }));

test("where there are no service workers, and in another page's frame, nothing is said and nothing is missing", async () => {
  await visit(async (page, { assertQuiet }) => {
    await page.addInitScript(() => { Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined }); });
    await open(page);
    await page.getByRole("region", { name: "Recent logs" }).waitFor();
    assert.equal(await page.getByText(/without a network|needs its host/).count(), 0);
    await opensLog(page);
    assertQuiet(server.url);
  });
  files["frame.html"] = `<!doctype html><link rel="icon" href="data:,"><iframe src="./" width="1200" height="700"></iframe>`;
  await visit(async (page) => {
    await page.goto(`${server.url}frame.html`);
    await page.frameLocator("iframe").getByRole("region", { name: "Recent logs" }).waitFor();
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  });
});

test("the manifest says what is installed, with icons of the sizes that it tells", async () => {
  const manifest = JSON.parse(readFileSync(join(DIST, "lineage.webmanifest"), "utf8"));
  assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ["./", "./", "standalone"]);
  for (const { src, sizes } of manifest.icons) {
    const bytes = readFileSync(join(DIST, src));
    if (src.endsWith(".png")) assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes);
  }
  await visit(async (page) => {
    await open(page);
    const session = await page.context().newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // A profile that keeps nothing installs nothing.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  });
});
