// The graph in hand: by wheel, mouse, fingers and keys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, hashIs, hashOf, journeys, node, placeOf, readGraph, readLog, transformOf } from "./journey.mjs";
import { chainOf, retriedLog } from "./logs.mjs";

const { visit } = journeys({ "gamma.ndjson": readLog("gamma.ndjson"), "chain.ndjson": chainOf(8), "retried.ndjson": retriedLog() });
const WANT = "?log=gamma.ndjson#/want/W-001";

/** An empty place of the drawing area, in pixels of the window, and the area's box. */
async function areaOf(page) {
  const box = await page.locator("svg[data-view]").boundingBox();
  return { ...box, empty: { x: box.x + box.width - 8, y: box.y + 8 } };
}

/** The point of the picture that is at a place of the drawing area. */
const under = ({ x, y, scale }, at, area) => ({ x: (at.x - area.x - x) / scale, y: (at.y - area.y - y) / scale });

function assertNear(actual, expected, slack, what) {
  for (const key of Object.keys(expected)) {
    assert.ok(Math.abs(actual[key] - expected[key]) <= slack, `${what}: ${key} is ${actual[key]}, not ${expected[key]}`);
  }
}

const changed = (page, before) =>
  page.waitForFunction((before) => document.querySelector("svg[data-view] > g").getAttribute("transform") !== before, before);
const rawTransform = (page) => page.locator("svg[data-view] > g").first().getAttribute("transform");

test("the wheel zooms around the pointer", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const area = await areaOf(page);
    const card = await placeOf(page, "JR-789");
    // A wheel event tells whole pixels.
    const [cx, cy] = [Math.round(card.cx), Math.round(card.cy)];
    await page.mouse.move(cx, cy);
    for (const [delta, factor] of [[-150, Math.SQRT2], [300, 0.5]]) {
      const [before, raw] = [await transformOf(page), await rawTransform(page)];
      await page.mouse.wheel(0, delta);
      await changed(page, raw);
      const after = await transformOf(page);
      assertNear(after, { scale: before.scale * factor }, 0.001, "the zoom");
      const at = { x: cx, y: cy };
      assertNear(under(after, at, area), under(before, at, area), 1, "what is under the pointer");
    }
  }));

test("a drag moves the picture and selects nothing; a click selects, one beside it lets go", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const area = await areaOf(page);
    const card = await placeOf(page, "JR-789");
    for (const from of [area.empty, { x: card.cx, y: card.cy }]) {
      const before = await transformOf(page);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x - 30, from.y + 20, { steps: 3 });
      await page.mouse.move(from.x - 60, from.y + 40);
      await page.mouse.up();
      assertNear(await transformOf(page), { x: before.x - 60, y: before.y + 40, scale: before.scale }, 0.1, "a drag");
      assert.equal(hashOf(page), "#/want/W-001");
    }
    await page.locator(`${node("JR-789")} .node-name`).click();
    await hashIs(page, "#/want/W-001?sel=job-run:JR-789");
    await page.mouse.click(area.empty.x, area.empty.y);
    await hashIs(page, "#/want/W-001");
  }));

test("two fingers zoom around their middle", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const area = await areaOf(page);
    const before = await transformOf(page);
    const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
    await page.locator("svg[data-view]").evaluate((svg, [x, y]) => {
      const send = (type, pointerId, clientX) =>
        svg.dispatchEvent(new PointerEvent(type, { pointerId, pointerType: "touch", clientX, clientY: y, bubbles: true, cancelable: true }));
      send("pointerdown", 21, x - 50);
      send("pointerdown", 22, x + 50);
      for (const apart of [60, 80, 100]) {
        send("pointermove", 21, x - apart);
        send("pointermove", 22, x + apart);
      }
      send("pointerup", 21, x - 100);
      send("pointerup", 22, x + 100);
    }, [x, y]);
    const after = await transformOf(page);
    assertNear(after, { scale: before.scale * 2 }, 0.01, "the zoom");
    assertNear(under(after, { x, y }, area), under(before, { x, y }, area), 1, "what is in the middle");
    assert.equal(hashOf(page), "#/want/W-001");
  }));

test("keys: arrows walk, f fits, o turns, Escape lets go, Enter makes the focus, / searches", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const selected = () => page.locator("g.is-selected").evaluateAll((all) => all.map((it) => it.dataset.id).join());
    await page.locator("svg[data-view]").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("g.is-selected");
    const walked = [await selected()];
    assert.equal(walked[0], "W-001");
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      const from = await placeOf(page, walked.at(-1));
      await page.keyboard.press(key);
      const next = await selected();
      if (next === walked.at(-1)) continue;
      const to = await placeOf(page, next);
      const way = { ArrowRight: to.cx - from.cx, ArrowLeft: from.cx - to.cx, ArrowUp: from.cy - to.cy, ArrowDown: to.cy - from.cy };
      assert.ok(way[key] > 0, `${key} from ${walked.at(-1)} to ${next}`);
      const active = await page.locator("svg[data-view]").getAttribute("aria-activedescendant");
      assert.equal(active, await page.locator(node(next)).getAttribute("id"));
      walked.push(next);
    }
    assert.ok(new Set(walked).size >= 3, walked.join(" "));
    await page.keyboard.press("Escape");
    await hashIs(page, "#/want/W-001");

    for (let i = 0; i < 12; i++) await page.keyboard.press("+");
    await page.keyboard.press("f");
    const area = await areaOf(page);
    for (const { id } of (await readGraph(page)).nodes) {
      const { x, y, width, height } = await placeOf(page, id);
      assert.ok(x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height, `${id} is seen`);
    }
    await page.keyboard.press("o");
    await hashIs(page, "#/want/W-001?dir=tb");
    await page.keyboard.press("o");
    await hashIs(page, "#/want/W-001");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const chosen = await selected();
    assert.notEqual(chosen, "W-001");
    await page.keyboard.press("Enter");
    await focusIs(page, chosen);
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  }, { viewport: { width: 1600, height: 900 } }));

test("a double click makes a card the focus", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    await page.locator(`${node("W-003")} .node-name`).dblclick();
    await focusIs(page, "W-003");
    await page.goBack();
    await focusIs(page, "W-001");
  }));

test("+n opens more where it is, and what is on screen stays", () =>
  visit("?log=chain.ndjson#/partition/link%2F4", async (page) => {
    await focusIs(page, "link/4");
    const before = await readGraph(page);
    const focus = before.nodes.find((node) => node.focus).id;
    const edge = before.nodes.find(({ ref }) => ref === "link/3").id;
    assert.ok(!before.nodes.some(({ ref }) => ref === "link/2"));
    const place = await placeOf(page, focus);
    await page.locator(`${node(edge)} [data-open=up]`).click();
    await page.waitForSelector('svg[data-view] g[data-ref="link/2"]');
    assertNear(await placeOf(page, focus), { x: place.x, y: place.y }, 1, "the focus");
    const after = await readGraph(page);
    assertMarks(after);
    for (const { id } of before.nodes) assert.ok(after.nodes.some((node) => node.id === id), `${id} is still there`);
    assert.equal(hashOf(page), `#/partition/link%2F4?open=up.partition:${edge}`);
    await page.reload();
    await focusIs(page, focus);
    assert.deepEqual((await readGraph(page)).nodes, after.nodes);
  }));

test("+1 and all go on to the end of what there is", () =>
  visit("?log=chain.ndjson#/partition/link%2F4", async (page) => {
    await focusIs(page, "link/4");
    const first = await readGraph(page);
    assert.ok(first.nodes.length < 15 && first.total >= first.shown);
    assert.match(await page.locator(".coverage").innerText(), /1 hop .*\d+ of \d+/);
    await page.getByRole("button", { name: "+1 hop upstream" }).click();
    await page.waitForSelector('svg[data-view] g[data-ref="link/2"]');
    await page.getByRole("button", { name: "all hops upstream" }).click();
    await page.getByRole("button", { name: "all hops downstream" }).click();
    await page.waitForSelector('svg[data-view] g[data-ref="link/7"]');
    const all = await readGraph(page);
    assert.equal(all.nodes.filter(({ kind }) => kind === "partition").length, 8);
    assert.equal(all.nodes.filter(({ kind }) => kind === "job-run").length, 8);
    assert.equal(hashOf(page), "#/partition/link%2F4?up=all&down=all");
  }));

test("the strip of attempts opens into rows, and closes", () =>
  visit(WANT, async (page) => {
    await focusIs(page, "W-001");
    const card = page.locator(node("JR-789"));
    const closed = await placeOf(page, "JR-789");
    assert.equal(await card.locator(".strip").getAttribute("aria-label"), "2 attempts: dep miss, succeeded");
    await card.locator(".strip .badge").first().click();
    await hashIs(page, "#/want/W-001?open=attempts.job-run:JR-789");
    for (const words of ["dep miss", "succeeded"]) await card.locator("text", { hasText: words }).first().waitFor();
    assert.ok((await placeOf(page, "JR-789")).height > closed.height);
    assertMarks(await readGraph(page));
    await page.locator(`${node("JR-789")} .strip .badge`).first().click();
    await hashIs(page, "#/want/W-001");
  }));

/** Edges at `JR-out`: what they mean, the row of the strip that they name, and how far across the ranks they end from that row's chip, in its sizes. */
const edgesAtRows = (page, across) =>
  page.locator("svg[data-view]").evaluate((svg, across) => {
    const card = svg.querySelector('g[data-id="JR-out"]');
    const box = card.querySelector(".node-shape").getBoundingClientRect();
    const isNear = (point) =>
      point.x > box.left - 2 && point.x < box.right + 2 && point.y > box.top - 2 && point.y < box.bottom + 2;
    const edges = [...svg.querySelectorAll('path[data-from="JR-out"], path[data-to="JR-out"]')];
    return edges.map((path) => {
      const at = (length) => path.getPointAtLength(length).matrixTransform(path.getScreenCTM());
      const end = [at(0), at(path.getTotalLength())].find(isNear);
      const row = path.dataset.row;
      const chip = card.querySelector(`.attempt[data-row="${row}"] rect`)?.getBoundingClientRect();
      const [from, size] = across === "y" ? [chip?.y, chip?.height] : [chip?.x, chip?.width];
      const far = chip && end ? Math.abs(end[across] - from - size / 2) / size : null;
      return { kind: path.dataset.kind, row, far };
    });
  }, across);

for (const [dir, across] of [["lr", "y"], ["tb", "x"]]) {
  test(`edges leave from the attempt that read, wrote or spawned, ${dir}`, () =>
    visit(`?log=retried.ndjson#/want/W-out?dir=${dir}`, async (page) => {
      await focusIs(page, "W-out");
      const closed = await readGraph(page);
      assert.ok((await edgesAtRows(page, across)).every(({ row }) => row === undefined), "closed, they are of the card");
      await page.locator(`${node("JR-out")} .strip .badge`).first().click();
      await page.locator(`${node("JR-out")} .attempt`).nth(2).waitFor();
      const edges = await edgesAtRows(page, across);
      const rows = edges.map(({ kind, row }) => `${kind} ${row}`).sort();
      assert.deepEqual(rows, ["read 3", "read 3", "spawned 2", "wrote 3"]);
      for (const { kind, far } of edges) assert.ok(far !== null && far < 0.6, `${kind} ends ${far} chips from its attempt`);
      const opened = await readGraph(page);
      const told = ({ nodes, edges }) => ({ nodes, edges: edges.map(({ from, to, kind }) => ({ from, to, kind })) });
      assert.deepEqual(told(opened), told(closed), "nothing else of the marks has changed");
      await page.locator(`${node("JR-out")} .strip .badge`).first().click();
      await page.locator(`${node("JR-out")} .attempt`).first().waitFor({ state: "detached" });
      assert.deepEqual(await readGraph(page), closed);
    }));
}
