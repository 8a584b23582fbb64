// From the start page to a want, its partition, a run that read it, and all the way back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusIs, hashIs, hashOf, journeys, node, readGraph, readLog, setHash, stateIs } from "./journey.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });
const panelName = (page) => page.locator("aside .side-name").innerText();

test("the sample is one press from its first failing want", () =>
  visit("", async (page) => {
    const states = await page.evaluateHandle(() => {
      const [states, root] = [[], document.documentElement];
      const note = () => states.at(-1) !== root.dataset.state && states.push(root.dataset.state);
      note();
      new MutationObserver(note).observe(root, { attributeFilter: ["data-state"] });
      return states;
    });
    await page.getByRole("button", { name: "Open the sample" }).click();
    await stateIs(page, "ready");
    assert.deepEqual(await states.jsonValue(), ["start", "loading", "ready"]);
    assert.match(await page.title(), /sample\.ndjson/);

    const filters = await page.getByRole("navigation", { name: "Wants by status" }).getByRole("link").allInnerTexts();
    const counts = filters.map((text) => Number(text.match(/([\d,]+)$/)[1].replaceAll(",", "")));
    assert.match(filters[0], /^all/);
    assert.equal(counts[0], counts.slice(1).reduce((sum, n) => sum + n, 0), filters.join(" | "));
    assert.ok(filters.some((text) => /failed/.test(text)), filters.join(" | "));

    const first = page.getByRole("region", { name: "Needs attention" }).getByRole("link").first();
    const want = (await first.getByText(/^W-/).innerText()).trim();
    await first.click();
    await focusIs(page, want);
    const { nodes } = await readGraph(page);
    assert.match(nodes.find(({ focus }) => focus).status, /failed$/);
    assert.match(await page.title(), new RegExp(want));
  }, { state: "start" }));

test("counts by status are filters, and a filter is in the address", () =>
  visit("?log=gamma.ndjson#/?status=successful", async (page) => {
    const rows = page.getByRole("group", { name: "Wants, newest first" }).getByRole("link");
    assert.deepEqual((await rows.allInnerTexts()).map((text) => text.match(/W-\d+/)[0]), ["W-003", "W-002", "W-001"]);
    const filters = page.getByRole("navigation", { name: "Wants by status" });
    assert.match(await filters.locator("[aria-current=true]").innerText(), /successful\s*3/);
    await filters.getByRole("link", { name: /^all/ }).click();
    await hashIs(page, "#/");
  }));

test("a want leads to its partition, that to a reader's run, and Back undoes each step", () =>
  visit("?log=gamma.ndjson", async (page) => {
    const steps = [];
    const note = async () => {
      const graph = (await page.locator("svg[data-view]").count()) ? await readGraph(page) : undefined;
      steps.push({ hash: hashOf(page), title: await page.title(), graph, panel: graph && (await panelName(page)) });
    };
    await note();
    await page.getByRole("group", { name: "Wants, newest first" }).getByRole("link", { name: /W-001/ }).click();
    await focusIs(page, "W-001");
    const requested = (await readGraph(page)).edges.find(({ kind, from }) => kind === "requested" && from === "W-001").to;
    await page.locator(`${node(requested)} .node-name`).click();
    await page.waitForSelector(`${node(requested)}.is-selected`);
    assert.match(hashOf(page), new RegExp(`[?&]sel=partition:${requested}$`));
    assert.equal(await panelName(page), "data/gamma");
    await page.getByLabel("Details").getByText("built by JR-789").or(page.getByLabel("Details").getByText("JR-789")).first().waitFor();
    await note();

    await page.getByLabel("Details").getByRole("link", { name: "Open", exact: true }).click();
    await focusIs(page, "data/gamma");
    assert.match(await page.title(), /^data\/gamma · /);
    assert.equal((await readGraph(page)).view, "partition");
    await setHash(page, "#/partition/data%2Falpha");
    await focusIs(page, "data/alpha");
    await page.locator(`${node("JR-456")} .node-name`).click();
    await page.waitForSelector(`${node("JR-456")}.is-selected`);
    await note();

    await page.locator(`${node("JR-456")} a`).click();
    await focusIs(page, "JR-456");
    assert.match(await page.title(), /^Job run JR-456 · /);
    await note();

    const assertStep = async ({ hash, title, graph, panel }) => {
      await hashIs(page, hash);
      if (graph) await focusIs(page, graph.nodes.find(({ focus }) => focus).id);
      else await page.getByRole("heading", { name: "Overview" }).waitFor();
      assert.equal(await page.title(), title);
      if (!graph) return;
      assert.deepEqual(await readGraph(page), graph);
      assert.equal(await panelName(page), panel);
      const selected = await page.locator("g.is-selected").evaluateAll((all) => all.map((it) => it.dataset.id));
      assert.deepEqual(selected, [...hash.matchAll(/[?&]sel=[a-z-]+:([^&]+)/g)].map((match) => match[1]));
    };
    const [home, want, alpha, run] = steps;
    await page.goBack();
    await assertStep(alpha);
    await page.goBack();
    await focusIs(page, "data/gamma");
    await page.goBack();
    await assertStep(want);
    await page.goBack();
    await assertStep(home);
    await page.goForward();
    await assertStep(want);
    await page.reload();
    await assertStep(want);
    for (let i = 0; i < 3; i++) await page.goForward();
    await assertStep(run);
    await page.reload();
    await assertStep(run);
  }));

test("a run shows its events as they stand in the log", () =>
  visit("?log=gamma.ndjson#/job-run/JR-788", async (page) => {
    await focusIs(page, "JR-788");
    const event = page.locator("details", { hasText: "job_run_missing_deps_v1" });
    await event.locator("summary").click();
    const line = readLog("gamma.ndjson").toString().split("\n").find((line) => line.includes("job_run_missing_deps_v1"));
    assert.deepEqual(JSON.parse(await event.locator("pre").innerText()), JSON.parse(line));
  }));
