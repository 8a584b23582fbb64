// What axe-core finds on every page, in each of its states, in both themes: nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { journeys } from "./journey.mjs";
import { FILES, STATES } from "./states.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

const { visit } = journeys(FILES);

/** Each violation as its rule, and where it is. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}

for (const [name, { address, act, state, context }] of Object.entries(STATES)) {
  test(name, () =>
    visit(address, async (page) => {
      await act?.(page);
      const found = {};
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        found[colorScheme] = await violations(page);
      }
      assert.deepEqual(found, { light: [], dark: [] });
    }, { state, bypassCSP: true, ...context }));
}
