// Deep links: each address leads straight to its page, shown as it says, with all the marks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, hashIs, hashOf, journeys, node, load, readGraph, readLog, setHash } from "./journey.mjs";

/** Gamma, with alpha and beta built once more. */
const LOG = `${readLog("gamma.ndjson")}${[
  { want_create_v1: { want_id: "W-004", partitions: ["data/beta"] } },
  { job_run_buffer_v1: run("JR-900", "//jobs:beta", "data/beta", "W-004") },
  { job_run_heartbeat_v1: { job_run_id: "JR-900" } },
  { job_run_success_v1: { job_run_id: "JR-900", read_deps: [{ impacted: ["data/beta"], read: ["data/alpha"] }] } },
].map((event, i) => `${JSON.stringify({ event_id: 20 + i, timestamp: `173228430${i}000000000`, ...event })}\n`).join("")}`;
const { visit } = journeys({ "log.ndjson": LOG, "gamma.ndjson": readLog("gamma.ndjson") });

function run(id, label, ref, want) {
  return {
    job_run_id: id, job_label: label, building_partitions: [ref],
    want_attributed_partitions: [{ want_id: want, partitions: [ref] }],
  };
}

const PAGES = {
  "#/want/W-001": ["want", "W-001", "Want W-001"],
  "#/partition/data%2Fbeta": ["partition", "data/beta", "data/beta"],
  "#/job-run/JR-789": ["job-run", "JR-789", "Job run JR-789"],
};

const ids = (nodes) => nodes.map(({ kind, id }) => `${kind}:${id}`).sort();
const rowIds = async (page, selector) => ids(await page.locator(selector).evaluateAll((all) => all.map((it) => ({ ...it.dataset }))));

test("each view by its address, in each tab and each orientation", () =>
  visit("?log=log.ndjson", async (page) => {
    for (const [path, [view, focus, title]] of Object.entries(PAGES)) {
      const shown = {};
      for (const dir of ["lr", "tb"]) {
        await load(page, `?log=log.ndjson${path}?dir=${dir}`);
        await focusIs(page, focus);
        const graph = await readGraph(page);
        assertMarks(graph);
        assert.equal(graph.view, view);
        assert.equal(await page.title(), `${title} · log.ndjson · Lineage`);
        shown[dir] = graph;
        assert.ok(await isFlowing(page, graph, dir), `${path} flows ${dir}`);
      }
      assert.deepEqual(ids(shown.lr.nodes), ids(shown.tb.nodes));

      await load(page, `?log=log.ndjson${path}?tab=table`);
      await page.getByRole("table").waitFor();
      assert.deepEqual(await rowIds(page, "table tbody tr[data-id]"), ids(shown.lr.nodes), "the table has the nodes");
      assert.equal(await page.getByRole("columnheader").count(), await page.locator("tbody tr").first().locator("th, td").count());

      await load(page, `?log=log.ndjson${path}?tab=outline`);
      await page.getByRole("tree").waitFor();
      const items = await rowIds(page, "[role=tree] [role=treeitem]");
      assert.deepEqual([...new Set(items)], ids(shown.lr.nodes), "the outline has the nodes");
      const levels = await page.getByRole("treeitem").evaluateAll((all) => all.map((it) => Number(it.ariaLevel)));
      assert.equal(levels[0], 1);
      assert.ok(levels.every((level, i) => i === 0 || (level >= 2 && level <= levels[i - 1] + 1)), levels.join());
    }
  }));

/** Whether each edge joins cards that stand apart along the flow, and not all of them also across it. */
async function isFlowing(page, { edges }, dir) {
  const boxes = await page.locator("svg g[data-id]").evaluateAll((all) =>
    Object.fromEntries(all.map((it) => {
      const { left, right, top, bottom } = it.querySelector(".node-shape").getBoundingClientRect();
      return [it.dataset.id, { lr: [left, right], tb: [top, bottom] }];
    })));
  const isApart = ({ from, to }, dir) => {
    const [[a, b], [c, d]] = [boxes[from][dir], boxes[to][dir]];
    return b < c || d < a;
  };
  return edges.every((edge) => isApart(edge, dir)) && edges.some((edge) => !isApart(edge, dir === "lr" ? "tb" : "lr"));
}

test("an older instance by its uuid, and both by their ref", () =>
  visit("?log=log.ndjson#/partition/data%2Fbeta", async (page) => {
    await focusIs(page, "data/beta");
    const newest = (await readGraph(page)).nodes.find((node) => node.focus).id;
    await page.getByText("2 of 2", { exact: true }).first().waitFor();
    await page.keyboard.press("[");
    await page.getByText("1 of 2", { exact: true }).first().waitFor();
    const graph = await readGraph(page);
    const older = graph.nodes.find((node) => node.focus);
    assert.notEqual(older.id, newest);
    assert.equal(older.ref, "data/beta");
    assert.equal(hashOf(page), `#/partition/data%2Fbeta?uuid=${older.id}`);
    assert.ok(graph.nodes.some(({ id }) => id === "JR-456") && !graph.nodes.some(({ id }) => id === "JR-900"));
    assert.match(await page.getByLabel("Details").innerText(), /superseded/);
    await page.reload();
    await focusIs(page, older.id);
    assert.deepEqual(await readGraph(page), graph);
    await page.keyboard.press("]");
    await focusIs(page, newest);
    await page.goBack();
    await focusIs(page, older.id);

    await load(page, "?log=log.ndjson#/partition/data%2Fbeta?mode=refs&up=all");
    await focusIs(page, "data/beta");
    const refs = await readGraph(page);
    assertMarks(refs);
    for (const { kind, id, ref } of refs.nodes) if (kind === "partition") assert.equal(id, ref);
    assert.equal(new Set(refs.nodes.map(({ id }) => id)).size, refs.nodes.length);
  }));

test("hops: as far as is asked, and the rest is counted", () =>
  visit("?log=gamma.ndjson#/partition/data%2Fgamma?up=all", async (page) => {
    await focusIs(page, "data/gamma");
    const all = await readGraph(page);
    assert.equal(all.shown, all.total);
    for (const id of ["JR-789", "JR-456", "JR-300"]) assert.ok(all.nodes.some((node) => node.id === id), id);
    await page.getByRole("group", { name: "Hops upstream" }).getByRole("button", { name: "−1 hop upstream" }).waitFor();
    await setHash(page, "#/partition/data%2Fgamma?up=0&down=0");
    await page.waitForFunction(() => document.querySelectorAll("svg[data-view] g[data-id]").length === 1);
    assert.ok((await page.locator(".coverage").innerText()).length > 0);
    const none = await readGraph(page);
    assertMarks(none);
    await page.getByRole("button", { name: "all hops upstream" }).click();
    await page.waitForSelector(node("JR-300"));
    assert.match(hashOf(page), /up=all/);
    assert.deepEqual(ids((await readGraph(page)).nodes), ids(all.nodes));
  }));

test("as of an event: the bar moves the moment, and all follows", () =>
  visit("?log=gamma.ndjson#/want/W-001?at=11", async (page) => {
    await focusIs(page, "W-001");
    const statusOf = (id) => page.locator(node(id)).getAttribute("data-status");
    assert.equal(await statusOf("JR-300"), "running");
    await page.getByRole("button", { name: "next ▸" }).click();
    await page.waitForSelector(`${node("JR-300")}[data-status=succeeded]`);
    assert.match(hashOf(page), /at=12/);
    await page.keyboard.press("t");
    await page.keyboard.press("t");
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll("svg[data-view] g[data-kind=job-run]").length === 0);
    assertMarks(await readGraph(page));
    await page.getByRole("button", { name: "Back to end of log" }).click();
    await page.waitForSelector(`${node("W-001")}[data-status=successful]`);
    await hashIs(page, "#/want/W-001");
  }));

test("what is not in the log has a page that says so, and a way on", () =>
  visit("?log=gamma.ndjson", async (page) => {
    const wrong = ["want/W-9", "partition/data%2Fnone", "job-run/JR-9", "partition/data%2Falpha?uuid=00000000-0000-0000-0000-000000000000"];
    for (const path of wrong) {
      await load(page, `?log=gamma.ndjson#/${path}`);
      await page.getByRole("heading", { name: "Nothing here" }).waitFor();
      const said = await page.locator("main").innerText();
      assert.ok(said.includes(decodeURIComponent(path.split(/[/?]/)[1])), `${path}: ${said}`);
      assert.equal(await page.locator("main .empty a").count(), 1, path);
    }
    await page.locator("main .empty a").click();
    // What is in the log and not yet as of the moment is no mistake.
    await load(page, "?log=gamma.ndjson#/want/W-003?at=1");
    await focusIs(page, "W-003");
    assert.deepEqual((await readGraph(page)).nodes.map(({ id, status }) => [id, status]), [["W-003", "not-started"]]);
  }));

test("one bad key spoils nothing else of an address", () =>
  visit("?log=gamma.ndjson#/want/W-001?at=soon&dir=tb&up=-1&sel=job-run:JR-789&nonsense=%ff&dir=lr", async (page) => {
    await focusIs(page, "W-001");
    await page.waitForSelector(`${node("JR-789")}.is-selected`);
    assert.equal((await readGraph(page)).nodes.length, 9);
    await page.getByRole("button", { name: /^Top to bottom/ }).waitFor();
  }));
