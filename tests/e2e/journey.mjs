// What every journey needs: a browser that is reused, a page that is left as quiet as it was found,
// and the graph as its marks tell it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { DIST } from "./dist.mjs";
import { serve } from "./server.mjs";

/** A log of tests/logs, as bytes. */
export const readLog = (name) => readFileSync(new URL(`../logs/${name}`, import.meta.url));

/**
 * One browser and one server for all tests of a file.
 *
 * @param {Record<string, any>} files what the server has beside the page; may be changed later
 * @returns `visit(address, act, context)` opens the address in a page of its own, waits for `state`
 *   (and where that is the start, for all of the page), and holds the page to no complaint, no dialog and no request but for what the server has.
 *   `files` and `url()` are the server's.
 */
export function journeys(files) {
  let browser;
  let server;
  before(async () => {
    browser = await launch();
    server = await serve({ root: DIST, files });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  const visit = async (address, act, { state = "ready", ...context } = {}) => {
    const seen = await browser.newPage(context);
    const { page } = seen;
    const [dialogs, nBefore] = [[], server.requests.length];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      return dialog.dismiss();
    });
    try {
      await page.goto(new URL(address, server.url).href);
      await stateIs(page, state);
      if (state === "start") await wholeIs(page);
      await act(page, seen);
      seen.assertQuiet(server.url);
      assert.deepEqual(dialogs, []);
      const isAbsent = ({ status, path }) => status >= 400 && !/\/(events\.(ndjson|json|ndjson\.gz)|manifest\.json)$/.test(path);
      assert.deepEqual(server.requests.slice(nBefore).filter(isAbsent), [], "nothing is asked for that is not there");
    } finally {
      await seen.close();
    }
  };
  return { visit, files, url: () => server.url };
}

export const stateIs = (page, state) => page.waitForSelector(`html[data-state=${state}]`, { state: "attached" });

/** The start page is painted before it hears keys and other pages: the line of its build comes with those. */
export const wholeIs = (page) => page.locator(".start .about").waitFor();

/** Loads an address anew, also where only the hash would change. */
export async function load(page, address, state = "ready") {
  const url = new URL(address, page.url()).href;
  await page.goto("about:blank");
  await page.goto(url);
  await stateIs(page, state);
}

/** Changes the hash as a link would, and waits until the page has followed. */
export const setHash = (page, hash) =>
  page.evaluate((hash) => new Promise((resolve) => {
    const before = location.hash;
    location.hash = hash;
    if (location.hash === before) resolve();
    else addEventListener("hashchange", () => requestAnimationFrame(resolve), { once: true });
  }), hash);

export const hashOf = (page) => new URL(page.url()).hash;

/** Waits until the address is `hash`. */
export const hashIs = (page, hash) => page.waitForURL((url) => url.hash === hash);

/** CSS of the drawn node with that id, of any kind; an id without quotes and control signs. */
export const node = (id) => `svg[data-view] g[data-id=${JSON.stringify(id)}]`;

/** Waits until the graph stands and is of that focus: an id, or of a partition its ref. */
export const focusIs = (page, focus) =>
  page.waitForFunction((focus) => {
    const node = document.querySelector("svg[data-view][data-ready=true] g[data-focus]");
    return node && (node.dataset.id === focus || node.dataset.ref === focus);
  }, focus);

/** The transform of the picture: `{ x, y, scale }`, pixels of the window. */
export const transformOf = (page) =>
  page.locator("svg[data-view] > g").first().evaluate((group) => {
    const { a, e, f } = group.transform.baseVal.consolidate().matrix;
    return { x: e, y: f, scale: a };
  });

/** Where a node is in the window: `{ x, y, width, height }`, and its middle `cx`, `cy`. */
export const placeOf = async (page, id) => {
  const { x, y, width, height } = await page.locator(`${node(id)} .node-shape`).last().boundingBox();
  return { x, y, width, height, cx: x + width / 2, cy: y + height / 2 };
};

/** The graph as its marks tell it: `{ view, shown, total, nodes, edges }`. */
export const readGraph = (page) =>
  page.locator("svg[data-view]").evaluate((svg) => {
    const { view, shown, total, ready } = svg.dataset;
    const marks = (selector) => [...svg.querySelectorAll(selector)].map((it) => ({ ...it.dataset }));
    const [nodes, edges] = [marks("g[data-kind]"), marks("path[data-from]")];
    return { view, shown: Number(shown), total: Number(total), ready, nodes, edges };
  });

/** Holds a graph to what all graphs promise. */
export function assertMarks({ view, shown, total, ready, nodes, edges }) {
  assert.ok(["want", "partition", "job-run", "path"].includes(view), view);
  assert.equal(ready, "true");
  assert.ok(shown > 0 && shown <= total, `${shown} of ${total}`);
  const ids = nodes.map(({ kind, id }) => `${kind}:${id}`);
  assert.equal(new Set(ids).size, ids.length, "a node is drawn once");
  assert.equal(nodes.filter(({ focus }) => focus !== undefined).length, 1, "one focus");
  for (const { kind, id, status, ref } of nodes) {
    assert.ok(["want", "partition", "job-run", "group", "external"].includes(kind), kind);
    assert.ok(id, "an id");
    assert.match(status, /^[a-z]+(-[a-z]+)*$/, `status of ${id}`);
    if (kind === "partition") assert.ok(ref, `ref of ${id}`);
  }
  const known = new Set(nodes.map(({ id }) => id));
  for (const { from, to, kind } of edges) {
    assert.ok(["read", "wrote", "requested", "spawned"].includes(kind), kind);
    assert.ok(known.has(from) && known.has(to), `${from} ${kind} ${to} joins drawn nodes`);
  }
}

/** Chooses what to save a picture as. */
export async function saveAs(page, name) {
  await page.getByRole("button", { name: "Save as", exact: true }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${name} `) }).click();
}

/** In the page: notes the first word of each message to a worker, in `globalThis.orders`, and of what comes back since, in `answers`. */
export function noteOrders() {
  const { postMessage } = Worker.prototype;
  globalThis.orders = [];
  globalThis.answers = [];
  const heard = new WeakSet();
  Worker.prototype.postMessage = function (message, ...rest) {
    globalThis.orders.push(message[0]);
    if (!heard.has(this)) this.addEventListener("message", ({ data }) => globalThis.answers.push(data[0]));
    heard.add(this);
    return postMessage.call(this, message, ...rest);
  };
}
