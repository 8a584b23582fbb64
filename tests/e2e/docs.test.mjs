// The documentation as it is built: every link leads somewhere, every picture is there in both themes, nothing
// is fetched from elsewhere, and what it says of the log format is what the page reads.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { journeys, setHash } from "./journey.mjs";
import { brokenLinks, linksOf, unreached } from "./links.mjs";
import { serve } from "./server.mjs";

const DOCS = fileURLToPath(new URL("../../target/docs/", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith(".html"));
const SOURCE = readFileSync(new URL("../../docs/src/log-format.md", import.meta.url), "utf8");

/** Name -> text of what a folder of pages has, with pictures as empty texts. */
const readSite = () =>
  Object.fromEntries(readdirSync(DOCS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(DOCS.length).replace(/^\//, ""))
    .map((name) => [name, /\.(html|css)$/.test(name) ? readFileSync(DOCS + name, "utf8") : ""]));

test("every link, anchor and picture of the documentation is there, and everything there is linked", () => {
  const site = readSite();
  assert.deepEqual(brokenLinks(site), []);
  assert.deepEqual(unreached(site, "index.html"), []);
  assert.ok(PAGES.length >= 15, `${PAGES.length} pages`);
  const pictures = Object.values(site).flatMap(linksOf).filter(({ to }) => to.endsWith(".png"));
  assert.ok(pictures.length >= 30, `${pictures.length} pictures`);
});

test("a link that leads nowhere is found, and so is a page that nothing leads to", () => {
  const site = {
    "index.html": `<h2 id="here">x</h2><a href="#here">1</a><a href="#there">2</a><a href="b.html#x">3</a><a href="c.html">4</a>
      <a href="https://elsewhere.example/">5</a><img src="a.png" alt="x"><source srcset="b.png"><a href="b.html">6</a>`,
    "b.html": `<p id="y">x</p>`,
    "lonely.html": "",
    "a.png": "",
  };
  assert.deepEqual(brokenLinks(site).map(({ from, to }) => `${from} ${to}`), [
    "index.html #there", "index.html b.html#x", "index.html c.html", "index.html b.png",
  ]);
  assert.deepEqual(unreached(site, "index.html"), ["lonely.html"]);
});

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve({ root: DOCS });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`every page is quiet, asks nobody else, fits a phone, and axe finds nothing: ${colorScheme}`, async () => {
    const { page, assertQuiet, close } = await browser.newPage({ colorScheme, bypassCSP: true });
    for (const name of PAGES) {
      await page.goto(server.url + name);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
      await page.setViewportSize({ width: 390, height: 800 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${name} is too wide for a phone`);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    assertQuiet(server.url);
    await close();
  });
}

test("the pages keep to their own policy, and show the picture of the theme", async () => {
  const { page, assertQuiet, close } = await browser.newPage({ colorScheme: "dark" });
  for (const name of PAGES) await page.goto(server.url + name, { waitUntil: "load" });
  await page.goto(`${server.url}views.html`);
  const shown = await page.locator("main img").first().evaluate((img) => img.decode().then(() => [img.currentSrc, img.naturalWidth]));
  assert.deepEqual(shown, [`${server.url}screenshots/want-dark.png`, 1280]);
  assertQuiet(server.url);
  await close();
});

const blockOf = (language) => SOURCE.split("```" + language + "\n")[1]?.split("\n```")[0] ?? assert.fail(`no ${language}`);
const EXAMPLE = blockOf("ndjson");
/** Each spelling by itself: they tell the same event. */
const spellings = blockOf("json").split("\n");
const { visit } = journeys({
  "example.ndjson": EXAMPLE,
  ...Object.fromEntries(spellings.map((line, i) => [`${i}.ndjson`, line])),
});

test("the example of the log format has every field of the messages, and is read without a notice", async () => {
  const fields = [...blockOf("proto").matchAll(/(?:^|[{\s])(?:optional |repeated )?[A-Za-z0-9]+ ([a-z_0-9]+) = \d+;/g)].map(([, name]) => name);
  assert.ok(fields.length > 50, `${fields.length} fields`);
  for (const name of new Set(fields)) assert.ok(EXAMPLE.includes(`"${name}":`), `${name} is not in the example`);
  await visit("?log=example.ndjson#/notices", async (page) => {
    await page.getByRole("heading", { name: "Notices", exact: true }).waitFor();
    await page.getByRole("banner").getByText("· 21 events").waitFor();
    await page.getByRole("banner").getByRole("link", { name: "0 notices" }).waitFor();
    assert.equal(await page.locator("details.notice-class").count(), 0);
    await setHash(page, "#/partition/report%2Fdaily");
    await page.locator("svg[data-view=partition][data-ready=true]").waitFor();
    await page.getByRole("complementary").getByText("7d3e2a54-0c7e-4f7b-9a55-1d2f6c1b0a11").waitFor();
  });
});

test("every spelling of the log format is read", async () => {
  assert.equal(spellings.length, 4);
  for (const i of spellings.keys()) {
    await visit(`?log=${i}.ndjson#/want/W-1`, async (page) => {
      await page.getByRole("banner").getByText("· 1 event").waitFor();
      await page.getByRole("banner").getByRole("link", { name: "0 notices" }).waitFor();
      await page.locator("svg[data-view=want][data-ready=true]").waitFor();
    });
  }
});
