// The page's program comes in two files: what the first paint needs, and the rest, which must be there
// before a log is shown and not a moment sooner.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { readLog, stateIs } from "./journey.mjs";
import { serve } from "./server.mjs";

const REST = readdirSync(DIST).find((name) => name.endsWith("_rest.wasm"));
const LOG = "gamma.ndjson";
const NO_LOG = "no-log.ndjson";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A page of a server of its own, whose answer for the rest of the program is `rest`. */
async function visit(address, rest, act) {
  assert.ok(REST, "dist is whole: it is not what make dist makes");
  const files = { [LOG]: readLog(LOG), [NO_LOG]: Buffer.from("nothing\nof that kind\n"), ...(rest ? { [REST]: rest } : {}) };
  const server = await serve({ root: DIST, files });
  const { page, close } = await browser.newPage();
  try {
    await page.goto(`${server.url}${address}`);
    await act(page, { files, asked: () => server.requests.filter(({ path }) => path.endsWith(REST)) });
  } finally {
    await close();
    await server.close();
  }
}

/** An answer that begins once `go` is called. */
function held(body) {
  let go;
  const gone = new Promise((resolve) => (go = resolve));
  const slowly = async function* () {
    await gone;
    yield body;
  };
  return { slowly, go };
}

test("the first paint does not wait for the rest", async () => {
  const { slowly, go } = held("");
  await visit("", slowly, async (page, { asked }) => {
    await stateIs(page, "start");
    await page.getByRole("button", { name: /sample/i }).waitFor();
    await page.getByRole("button", { name: "Keys" }).click();
    await page.getByRole("dialog").waitFor();
    assert.equal(asked().length, 1, "it is sent for once");
    go();
  });
});

test("a log is shown once the rest is there, which is fetched once for all logs", async () => {
  await visit(`?log=${LOG}`, undefined, async (page, { asked }) => {
    await stateIs(page, "ready");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByLabel("From an address").fill("sample.ndjson");
    await page.getByRole("button", { name: "Fetch" }).click();
    await page.getByRole("banner").getByText(/sample\.ndjson/).waitFor();
    assert.equal(asked().length, 1);
  });
});

test("what is no log is said before the rest is there", async () => {
  const { slowly, go } = held("");
  await visit(`?log=${NO_LOG}`, slowly, async (page) => {
    await stateIs(page, "failed");
    await page.getByText(NO_LOG).first().waitFor();
    go();
  });
});

test("a rest that does not come is said, and sent for anew", async () => {
  await visit(`?log=${LOG}`, { body: "no", status: 503 }, async (page, { files, asked }) => {
    await stateIs(page, "failed");
    await page.getByText(/part of the page itself did not come/).first().waitFor();
    await page.locator("[data-error=page-incomplete]").waitFor();
    delete files[REST];
    await page.getByRole("button", { name: "Try again" }).click();
    await stateIs(page, "ready");
    assert.ok(asked().length >= 2);
  });
});

test("a rest that is none is said", async () => {
  await visit(`?log=${LOG}`, { body: "<!doctype html>" }, async (page) => {
    await stateIs(page, "failed");
    await page.getByText(/part of the page itself did not come/).first().waitFor();
  });
});
