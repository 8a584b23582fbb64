// Takes every picture of docs/src/screenshots anew: pages of the built folder with the sample log, light and
// dark. Fails where a page does not come, complains, or the pictures become too large together.
// `node scripts/screenshots.mjs NAME...` takes some of them alone.

import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DIST } from "../tests/e2e/dist.mjs";
import { launchForPictures, pictures } from "../tests/e2e/pictures.mjs";
import { readPng, writePng } from "../tests/e2e/png.mjs";
import { serve } from "../tests/e2e/server.mjs";

const OUT = fileURLToPath(new URL("../docs/src/screenshots/", import.meta.url));
const SAMPLE = readFileSync(new URL("../public/sample.ndjson", import.meta.url));
const MAX_BYTES = 3 << 20;

const ref = encodeURIComponent;
const CALENDAR = ref("dim/calendar/span=2015-2034");
const CLOSE = ref("report/finance_close/month=2026-11");
const HOME = ["#/", ".home .row-want"];
const GRAPH = "svg[data-ready=true]";

/** Opens the bars of a want, and fits its picture into what room is left. */
const openBars = async (page) => {
  await page.locator("details.waterfall > summary").click();
  await page.getByRole("button", { name: "Fit", exact: true }).click();
};

const search = (text) => async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await page.getByRole("option").first().waitFor();
};

const drawCause = async (page) => {
  await page.getByRole("link", { name: "Draw the path to the cause" }).click();
  await page.locator(`.path ${GRAPH}`).waitFor();
};

const save = (page) => page.getByRole("banner").getByRole("button", { name: "Save", exact: true }).click();
const toStale = (page) => page.getByRole("region", { name: "Stale", exact: true }).scrollIntoViewIfNeeded();

/** Name of the picture -> address, what is there once the page is, and what is done to it then. */
const PAGES = {
  home: HOME,
  want: ["#/want/W-000063", GRAPH],
  partition: [`#/partition/${ref("core/sessions/region=apac/date=2026-11-12")}`, GRAPH],
  "job-run": ["#/job-run/JR-000103", GRAPH],
  impact: [`#/impact/${CALENDAR}`, ".impact tbody tr[data-id]"],
  "stale-home": [...HOME, toStale],
  stale: [`#/partition/${ref("mart/funnel/region=emea/date=2026-11-12")}`, GRAPH, drawCause],
  "as-of": ["#/want/W-000063?at=545", GRAPH],
  diff: [`#/diff/${CLOSE}`, ".diff h1"],
  path: [`#/path?from=${ref("raw/payments/region=apac/date=2026-11-20")}&to=${CLOSE}`, GRAPH],
  waterfall: ["#/want/W-000063", GRAPH, openBars],
  waiting: ["#/want/W-000134", GRAPH],
  search: [...HOME, search("kind:partition stale:yes dataset:report/")],
  job: [`#/job/${ref("//warehouse/core:sessions")}`, ".job .row-run"],
  dataset: [`#/dataset/${ref("core/sessions/region=*/date=*")}`, ".dataset .cell"],
  save: [...HOME, save],
};

const fileOf = (name, colorScheme) => `${name}${colorScheme === "dark" ? "-dark" : ""}.png`;
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(PAGES);

mkdirSync(OUT, { recursive: true });
const browser = await launchForPictures();
const server = await serve({ root: DIST, files: { "sample.ndjson": SAMPLE } });
for (const name of names) {
  const [hash, mark, then] = PAGES[name];
  const act = async (page) => {
    await page.waitForSelector(mark, { state: "attached" });
    await then?.(page);
  };
  const taken = await pictures(browser, server.url, { address: `?log=sample.ndjson${hash}`, act });
  for (const [colorScheme, png] of Object.entries(taken)) {
    writeFileSync(OUT + fileOf(name, colorScheme), writePng(readPng(png)));
  }
}
await browser.close();
await server.close();

const known = Object.keys(PAGES).flatMap((name) => ["light", "dark"].map((scheme) => fileOf(name, scheme)));
for (const name of readdirSync(OUT)) if (!known.includes(name)) rmSync(OUT + name);
const total = readdirSync(OUT).reduce((sum, name) => sum + statSync(OUT + name).size, 0);
console.log(`${names.length * 2} pictures taken; docs/src/screenshots has ${total} of ${MAX_BYTES} bytes`);
if (total > MAX_BYTES) process.exit(1);
