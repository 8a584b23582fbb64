// Many alike are one group: its list is searched and scrolled to the end, and what is pinned is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, hashOf, journeys, node, readGraph } from "./journey.mjs";
import { fanOf } from "./logs.mjs";

const N = 1500;
const { visit } = journeys({ "fan.ndjson": fanOf(N), "seven.ndjson": fanOf(7), "six.ndjson": fanOf(6) });
const HUB = "?log=fan.ndjson#/partition/hub";
const groupOf = ({ nodes }) => nodes.find(({ kind }) => kind === "group");
const list = (page) => page.getByRole("region", { name: "Members of the group" });
const rowsOf = (page) => list(page).getByRole("group", { name: "Members", exact: true });

test("above six alike there is a group, and six are drawn one by one", async () => {
  await visit("?log=six.ndjson#/partition/hub", async (page) => {
    await focusIs(page, "hub");
    const graph = await readGraph(page);
    assert.equal(groupOf(graph), undefined);
    assert.equal(graph.nodes.filter(({ ref }) => ref?.startsWith("report/")).length, 6);
  });
  await visit("?log=seven.ndjson#/partition/hub", async (page) => {
    await focusIs(page, "hub");
    const graph = await readGraph(page);
    assertMarks(graph);
    assert.ok(groupOf(graph));
    assert.ok(!graph.nodes.some(({ ref }) => ref?.startsWith("report/")));
    assert.match(await page.locator(node(groupOf(graph).id)).getAttribute("aria-label"), /\b7\b/);
  });
});

test("a group opens its list: searched, sorted, and scrolled to its last row", () =>
  visit(HUB, async (page) => {
    await focusIs(page, "hub");
    const graph = await readGraph(page);
    assertMarks(graph);
    assert.match(await page.locator(".coverage").innerText(), /1,500 in groups/);
    await page.locator(`${node(groupOf(graph).id)} .node-name`).click();
    await list(page).getByText("Members · 1,500 of 1,500").waitFor();

    const rows = rowsOf(page);
    assert.ok((await rows.getByRole("listitem").count()) < 80, "only what is in sight exists");
    await rows.evaluate((it) => (it.scrollTop = it.scrollHeight));
    const last = rows.locator(`[aria-posinset="${N}"]`);
    await last.waitFor();
    const [row, box] = [await last.boundingBox(), await rows.boundingBox()];
    assert.ok(row.y + row.height <= box.y + box.height + 1, "the last row is seen whole");
    await rows.evaluate((it) => (it.scrollTop = it.scrollHeight / 2));
    await rows.locator(`[aria-posinset="${N / 2}"]`).waitFor();

    await page.getByRole("searchbox", { name: "Search these members" }).fill("day=77");
    await list(page).getByText("Members · 11 of 1,500").waitFor();
    // What is in sight is told a frame later, from where the list was.
    await rows.locator(".thing").nth(10).waitFor();
    assert.deepEqual(
      (await rows.locator(".thing").evaluateAll((all) => all.map((it) => Number(it.title.match(/\d+$/)[0])))).sort((a, b) => a - b),
      [77, 770, 771, 772, 773, 774, 775, 776, 777, 778, 779],
    );
    await page.getByRole("searchbox", { name: "Search these members" }).fill("no such day");
    await list(page).getByText("No member has this in its name.").waitFor();
  }));

test("a pinned member is drawn, stays in the address, and goes back into the group", () =>
  visit(HUB, async (page) => {
    await focusIs(page, "hub");
    const before = await readGraph(page);
    await page.locator(`${node(groupOf(before).id)} .node-name`).click();
    await page.getByRole("searchbox", { name: "Search these members" }).fill("day=1234");
    await list(page).getByText("Members · 1 of 1,500").waitFor();
    await rowsOf(page).getByRole("button", { name: "Pin", exact: true }).click();
    const pinned = page.locator('svg[data-view] g[data-ref="report/day=1234"]');
    await pinned.waitFor();
    const after = await readGraph(page);
    assertMarks(after);
    const { id } = after.nodes.find(({ ref }) => ref === "report/day=1234");
    assert.ok(after.edges.some(({ to, kind }) => to === id && kind === "wrote"), "it is joined to the run that wrote it");
    assert.match(hashOf(page), new RegExp(`pin=partition:${id}`));
    assert.match(await page.locator(".coverage").innerText(), /1,499 in groups/);

    await page.reload();
    await focusIs(page, "hub");
    await pinned.waitFor();
    assert.deepEqual((await readGraph(page)).nodes.map((it) => it.id).sort(), after.nodes.map((it) => it.id).sort());
    await pinned.locator(".node-name").click();
    await page.getByLabel("Details").getByRole("button", { name: "Unpin" }).first().click();
    await pinned.waitFor({ state: "detached" });
    assert.deepEqual((await readGraph(page)).nodes, before.nodes);
  }));

test("the outline and the table have the group, too, and name what is in it", () =>
  visit(`${HUB}?tab=table`, async (page) => {
    const row = page.locator("tbody tr[data-kind=group]");
    await row.waitFor();
    assert.equal(await row.count(), 1);
    await row.getByRole("button").click();
    await list(page).getByText("Members · 1,500 of 1,500").waitFor();
    await page.getByRole("button", { name: "Outline" }).click();
    await page.locator("[role=treeitem][data-kind=group]").waitFor();
    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement.matches("[role=treeitem]"));
  }));
