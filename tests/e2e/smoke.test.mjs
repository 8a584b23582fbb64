// The page comes up, wherever it is put, says nothing bad and talks to nobody else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { serve } from "./server.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const base of ["/", "/some/where/else/"]) {
  test(`the page opens under ${base}`, async () => {
    const server = await serve({ root: DIST, base });
    const visit = await browser.newPage();
    try {
      await visit.page.goto(server.url, { waitUntil: "networkidle" });
      assert.match(await visit.page.title(), /Lineage/);
      assert.ok(visit.requests.some((url) => url.endsWith(".wasm")), "no wasm was asked for");
      visit.assertQuiet(server.url);
    } finally {
      await visit.close();
      await server.close();
    }
  });
}
