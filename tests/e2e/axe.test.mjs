// What axe-core finds on the start page, the home page, a dataset and the notices, in both themes: nothing. Pages with
// a picture or a panel are not held to it yet.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { journeys, readLog } from "./journey.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });

/** Each violation as its rule, and where it is. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}

const log = "?log=gamma.ndjson";
const beta = encodeURIComponent("data/beta");

/** Each page: its address, and the state it comes to. */
const pages = {
  start: ["", "start"],
  home: [log],
  dataset: [`${log}#/dataset/${beta}`],
  notices: [`${log}#/notices`],
};

for (const colorScheme of ["light", "dark"]) {
  for (const [name, [address, state = "ready"]] of Object.entries(pages)) {
    test(`${name}, ${colorScheme}`, () =>
      visit(address, async (page) => assert.deepEqual(await violations(page), []), { state, colorScheme, bypassCSP: true }));
  }
}
