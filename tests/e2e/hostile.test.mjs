// Names are text, whatever is in them: nothing of a log becomes markup, a script, a link that runs, or
// a broken page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarks, focusIs, journeys, readGraph, setHash } from "./journey.mjs";
import { logOf } from "./logs.mjs";

const NAMES = {
  "markup": `<img src=x onerror=alert(1)>`,
  "a closed attribute": `"><script>alert(2)</script>`,
  "an address that runs": `javascript:alert(3)`,
  "a quote of each kind": "a'b\"c`d\\e&amp;f${7*7}{{8}}",
  "an address's own signs": "a/b?c=d&e#f%2Fg%g+h i;j=k",
  "dots that climb": "../../../etc/passwd",
  "right to left": "\u202Etxt.exe\u202C \u05D0\u05D1\u05D2/\u0645\u0631\u062D\u0628\u0627",
  "emoji and CJK": "👩‍👩‍👧‍👦/数据/한국어/e\u0301",
  "control signs": "a\tb\nc\u0000d\u001b[31me",
  "a lone surrogate's stand-in": "x\uFFFDy",
  "a name of objects": "__proto__",
  "another": "constructor",
  "10 kB": "long/".repeat(2000),
};
const names = Object.values(NAMES);

const works = names.flatMap((name, i) => [
  { run: `run ${name}`, label: `//label:${name}`, builds: [`in ${name}`], want: name },
  { run: name, label: name, builds: [name], reads: [`in ${name}`, ...(i > 0 ? [names[i - 1]] : [])], want: `want ${name}` },
  { run: `failed ${name}`, label: name, builds: [`bad ${name}`], want: `bad ${name}`, reason: `${name} went wrong` },
]);
const { visit } = journeys({ "hostile.ndjson": logOf(works) });

/** Whether anything of the log has become an element, a handler or an address that runs. */
const injected = (page) =>
  page.evaluate(() => {
    const bad = [...document.querySelectorAll("main *, header *, dialog *")].filter((it) => {
      const isForeign = ["IMG", "SCRIPT", "IFRAME", "OBJECT", "STYLE", "BASE", "META"].includes(it.tagName.toUpperCase());
      const handlers = [...it.attributes].filter(({ name }) => name.startsWith("on"));
      const href = it.getAttribute("href");
      return isForeign || handlers.length > 0 || (href !== null && !href.startsWith("#"));
    });
    return bad.map((it) => it.outerHTML.slice(0, 200));
  });

async function assertPlain(page, what) {
  assert.deepEqual(await injected(page), [], what);
  const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: innerWidth }));
  assert.ok(scroll <= client, `${what}: the page is ${scroll} wide in a window of ${client}`);
}

test("every page of every name", () =>
  visit("?log=hostile.ndjson", async (page) => {
    await assertPlain(page, "home");
    for (const [what, name] of Object.entries(NAMES)) {
      const segment = encodeURIComponent(name);
      for (const [kind, title] of [["want", `Want ${name}`], ["partition", name], ["job-run", `Job run ${name}`]]) {
        await setHash(page, `#/${kind}/${segment}`);
        await focusIs(page, name);
        const graph = await readGraph(page);
        assertMarks(graph);
        const focus = graph.nodes.find((node) => node.focus);
        assert.equal(focus.ref ?? focus.id, name, what);
        await assertPlain(page, `${what}: ${kind}`);
        const words = (text) => text.replace(/[\s\0-\x1f]+/g, " ").trim();
        assert.ok(words(await page.title()).startsWith(words(title)), `${what}: ${(await page.title()).slice(0, 80)}`);
      }
    }
  }));

test("links to every name, followed by hand, arrive", () =>
  visit("?log=hostile.ndjson", async (page) => {
    for (const [what, name] of Object.entries(NAMES)) {
      await setHash(page, `#/partition/${encodeURIComponent(name)}`);
      await focusIs(page, name);
      const { nodes } = await readGraph(page);
      const card = page.locator("svg[data-view] g[data-kind]").nth(nodes.findIndex(({ kind, id }) => kind === "job-run" && id === name));
      await card.locator(".node-name").hover();
      await card.locator("a").click();
      await page.waitForSelector("svg[data-view=job-run][data-ready=true]");
      await focusIs(page, name);
      await page.goBack();
      await focusIs(page, name);
      await page.waitForSelector("svg[data-view=partition]");
      assert.deepEqual(await injected(page), [], what);
    }
  }));

test("outline, table, panel, reasons, search and selection of every name", () =>
  visit("?log=hostile.ndjson", async (page) => {
    for (const [what, name] of Object.entries(NAMES)) {
      const segment = encodeURIComponent(name);
      for (const [tab, selector] of [["outline", "[role=treeitem]"], ["table", "tbody tr"]]) {
        await setHash(page, `#/partition/${segment}?tab=${tab}&sel=job-run:${segment}`);
        const has = ([selector, name]) => [...document.querySelectorAll(selector)].some((it) => it.dataset.id === name);
        await page.waitForFunction(has, [selector, name]);
        await assertPlain(page, `${what}: ${tab}`);
      }
      await setHash(page, `#/job-run/${encodeURIComponent(`failed ${name}`)}`);
      await focusIs(page, `failed ${name}`);
      assert.equal(await page.locator(".why pre").first().evaluate((it) => it.textContent), `${name} went wrong`, what);
      await setHash(page, `#/?q=${encodeURIComponent(name.slice(0, 100))}`);
      await page.locator("#search").waitFor();
      await assertPlain(page, `${what}: search`);
    }
  }));

test("an address with markup in it is text, too", () => {
  const id = encodeURIComponent("<img src=x onerror=alert(1)>?");
  return visit(`?log=hostile.ndjson#/want/${id}?q=%3Cb%3E&sel=<i>&at=<u>`, async (page) => {
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    await assertPlain(page, "nothing here");
  });
});
