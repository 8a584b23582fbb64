// Takes every picture of docs/screenshots anew: each page of the built folder with the sample log, light
// and dark. Fails where a page does not come, complains, or the pictures become too large together.

import { mkdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "../tests/e2e/browser.mjs";
import { DIST } from "../tests/e2e/dist.mjs";
import { serve } from "../tests/e2e/server.mjs";

const OUT = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));
const SAMPLE = readFileSync(new URL("../public/sample.ndjson", import.meta.url));
const MAX_BYTES = 3 << 20;

const ref = encodeURIComponent;
const CALENDAR = ref("dim/calendar/span=2015-2034");
const CLOSE = ref("report/finance_close/month=2026-11");

/** Name of the picture -> address, and what is there once the page is. */
const PAGES = {
  home: ["#/", ".home .row-want"],
  want: ["#/want/W-000063", "svg[data-ready=true]"],
  partition: [`#/partition/${ref("core/sessions/region=apac/date=2026-11-12")}`, "svg[data-ready=true]"],
  "job-run": ["#/job-run/JR-000103", "svg[data-ready=true]"],
  impact: [`#/impact/${CALENDAR}`, ".impact tbody tr[data-id]"],
  path: [`#/path?from=${ref("raw/payments/region=apac/date=2026-11-20")}&to=${CLOSE}`, "svg[data-ready=true]"],
  diff: [`#/diff/${CLOSE}`, ".diff h1"],
  job: [`#/job/${ref("//warehouse/core:sessions")}`, ".job .row-run"],
  dataset: [`#/dataset/${ref("core/sessions/region=*/date=*")}`, ".dataset .cell"],
};

mkdirSync(OUT, { recursive: true });
const browser = await launch();
const server = await serve({ root: DIST, files: { "sample.ndjson": SAMPLE } });
let total = 0;
for (const [name, [hash, mark]] of Object.entries(PAGES)) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, assertQuiet, close } = await browser.newPage({ colorScheme });
    await page.goto(new URL(`?log=sample.ndjson${hash}`, server.url).href);
    await page.waitForSelector("html[data-state=ready]", { state: "attached" });
    await page.waitForSelector(mark, { state: "attached" });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const path = `${OUT}${name}${colorScheme === "dark" ? "-dark" : ""}.png`;
    await page.screenshot({ path });
    assertQuiet(server.url);
    await close();
    total += statSync(path).size;
  }
}
await browser.close();
await server.close();
console.log(`${Object.keys(PAGES).length * 2} pictures in docs/screenshots, ${total} of ${MAX_BYTES} bytes`);
if (total > MAX_BYTES) process.exit(1);
