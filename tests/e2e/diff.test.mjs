// What differs between two versions: which two is in the address, and the inputs and where it began
// follow them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, readLog } from "./journey.mjs";
import { logOf } from "./logs.mjs";

// `top` three times; before its second version `raw` was built again, before its third one `mid` alone.
const rounds = logOf([
  { run: "JR-raw-1", builds: ["raw"] },
  { run: "JR-side", builds: ["side"] },
  { run: "JR-mid-1", builds: ["mid"], reads: ["raw"] },
  { run: "JR-top-1", builds: ["top"], reads: ["mid", "side"] },
  { run: "JR-raw-2", builds: ["raw"] },
  { run: "JR-more", builds: ["more"] },
  { run: "JR-mid-2", builds: ["mid"], reads: ["raw"] },
  { run: "JR-top-2", builds: ["top"], reads: ["mid", "more"] },
  { run: "JR-mid-3", builds: ["mid"], reads: ["raw"] },
  { run: "JR-top-3", builds: ["top"], reads: ["mid", "more"] },
]);
const { visit } = journeys({ "rounds.ndjson": rounds, "gamma.ndjson": readLog("gamma.ndjson") });

const said = (page) => page.locator(".diff-said");
const chooser = (page, name) => page.locator(".diff-choose label", { hasText: name }).locator("select");
const inputs = (page) => page.getByRole("region", { name: "Inputs" });
const origins = (page) => page.getByRole("region", { name: "What first differed upstream" });
/** The lists of a region: `{ "Rebuilt · 1": ["mid"] }`. */
const listsOf = (region) =>
  region.locator("section").evaluateAll((all) => Object.fromEntries(all.map((it) => [
    it.querySelector("h3").textContent,
    [...it.querySelectorAll(".thing-name")].map((name) => name.textContent),
  ])));

test("a ref alone compares its current version with the one before", () =>
  visit("?log=rounds.ndjson#/diff/top", async (page) => {
    await said(page).getByText("It began 1 read upstream with mid, which was built again without a changed input").waitFor();
    assert.equal(await page.locator("main h1").innerText(), "top");
    assert.match(await page.title(), /^Versions of top · /);
    assert.match(await chooser(page, "Before").locator("option:checked").innerText(), /^2 of 3 · /);
    assert.match(await chooser(page, "After").locator("option:checked").innerText(), /^3 of 3 · .* · current$/);
    assert.deepEqual(await listsOf(inputs(page)), { "Rebuilt · 1": ["mid"] });
    assert.match(await inputs(page).innerText(), /1 input is unchanged/);
    assert.deepEqual(Object.values(await listsOf(origins(page))), [["mid"]]);
    const runs = ["Before", "After"].map((name) => page.getByRole("region", { name, exact: true }).getByRole("link", { name: /^JR-top/ }));
    assert.deepEqual(await Promise.all(runs.map((run) => run.innerText())), ["JR-top-2", "JR-top-3"]);
    assert.equal(await page.getByRole("button", { name: "Copy the uuid" }).count(), 2);
  }));

test("another version is chosen by keys; the address has both, and Back undoes it", () =>
  visit("?log=rounds.ndjson#/diff/top", async (page) => {
    await chooser(page, "Before").focus();
    await page.keyboard.press("ArrowUp");
    await said(page).getByText("It began 2 reads upstream with raw").waitFor();
    assert.match(hashOf(page), /^#\/diff\/top\?a=[0-9a-f-]{36}&b=[0-9a-f-]{36}$/);
    assert.equal(await chooser(page, "Before").evaluate((it) => it === document.activeElement), true, "the keyboard stays");
    assert.deepEqual(await listsOf(inputs(page)), { "Rebuilt · 1": ["mid"], "Added · 1": ["more"], "Gone · 1": ["side"] });
    assert.deepEqual(Object.values(await listsOf(origins(page))), [["mid", "raw"]]);
    const chosen = hashOf(page);

    await page.reload();
    await said(page).getByText("It began 2 reads upstream with raw").waitFor();
    assert.equal(hashOf(page), chosen);
    await inputs(page).getByRole("link", { name: "mid" }).press("Enter");
    await page.getByRole("heading", { name: "mid", level: 1, exact: true }).waitFor();
    assert.match(hashOf(page), /^#\/diff\/mid\?a=/);
    assert.match(await chooser(page, "Before").locator("option:checked").innerText(), /^1 of 3 · /);
    assert.match(await chooser(page, "After").locator("option:checked").innerText(), /^3 of 3 · /);
    await page.goBack();
    await page.getByRole("heading", { name: "top", level: 1, exact: true }).waitFor();
    await page.goBack();
    await hashIs(page, "#/diff/top");
    await said(page).getByText("It began 1 read upstream").waitFor();
    assert.match(await chooser(page, "Before").locator("option:checked").innerText(), /^2 of 3 · /);
  }));

test("swapped, what was added is gone; twice the same leads on", () =>
  visit("?log=rounds.ndjson#/diff/top", async (page) => {
    await chooser(page, "Before").selectOption("0");
    await said(page).getByText("It began 2 reads upstream with raw").waitFor();
    await page.getByRole("link", { name: "Swap" }).click();
    await inputs(page).getByRole("heading", { name: "Gone · 1" }).waitFor();
    assert.deepEqual(await listsOf(inputs(page)), { "Rebuilt · 1": ["mid"], "Added · 1": ["side"], "Gone · 1": ["more"] });

    await chooser(page, "Before").selectOption("0");
    await page.getByText("Both are the same version").waitFor();
    assert.equal(await inputs(page).count(), 0);
    await page.getByRole("link", { name: "Compare it with another one" }).click();
    await inputs(page).waitFor();
    assert.match(await chooser(page, "Before").locator("option:checked").innerText(), /^1 of 3 · /);
    assert.match(await chooser(page, "After").locator("option:checked").innerText(), /^2 of 3 · /);
  }));

test("the first version, a single one and unknown names are told, each with a next step", () =>
  visit("?log=gamma.ndjson#/diff/data%2Falpha", async (page) => {
    await page.getByText("At this moment the log has no second version of data/alpha.").waitFor();
    await page.getByRole("link", { name: "Show where it came from" }).click();
    await focusIs(page, "data/alpha");
    const told = async (hash, text) => {
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      await page.getByText(text).waitFor();
    };
    await told("#/diff/no%2Fsuch", "This log has no partition “no/such”.");
    await told("#/diff/data%2Falpha?b=nope", "data/alpha has no instance nope in this log.");
    await told("#/diff/data%2Falpha?a=nope", "data/alpha has no instance nope in this log.");

    await page.goto(new URL("?log=rounds.ndjson#/diff/top", page.url()).href);
    await chooser(page, "After").selectOption("0");
    const uuid = await page.waitForFunction(() => location.hash.match(/b=([^&]+)/)?.[1]);
    await told(`#/diff/top?b=${await uuid.jsonValue()}`, "This is the first version of top");
    await page.getByRole("link", { name: "Compare it with the next one" }).click();
    await said(page).getByText("It began 2 reads upstream with raw").waitFor();
  }));

test("the panel of a version leads here, and the sample's report says where it began", () =>
  visit("?log=sample.ndjson#/partition/report%2Ffinance_close%2Fmonth=2026-11", async (page) => {
    await focusIs(page, "report/finance_close/month=2026-11");
    await page.getByLabel("Details").getByRole("link", { name: "Compare with the version before" }).click();
    await said(page).waitFor();
    assert.ok((await chooser(page, "Before").locator("option").count()) >= 9);
    assert.ok(Object.keys(await listsOf(origins(page))).length > 0);
    const n = await chooser(page, "Before").locator("option").count();
    for (let version = 0; version < n; version++) {
      await chooser(page, "Before").selectOption(String(version));
      await page.locator(".diff-said, .diff-same").first().waitFor();
    }
  }));
