// Names are text, whatever is in them: nothing of a log becomes markup, a script, a link that runs, or
// a broken page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assertMarks, focusIs, journeys, readGraph, saveAs, setHash } from "./journey.mjs";
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

/** A text as the page shows it: what cannot be seen by its code point, and blanks of a row after the first. */
const UNSEEN = /[\0-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]|(?<= ) /g;
const shown = (text, kept = "") =>
  text.replace(UNSEEN, (c) => (kept.includes(c) ? c : `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));

const works = names.flatMap((name, i) => [
  { run: `run ${name}`, label: `//label:${name}`, builds: [`in ${name}`], want: name },
  { run: name, label: name, builds: [name], reads: [`in ${name}`, ...(i > 0 ? [names[i - 1]] : [])], want: `want ${name}` },
  { run: `failed ${name}`, label: name, builds: [`bad ${name}`], want: `bad ${name}`, reason: `${name} went wrong` },
]);
const LINES = "Traceback:\n  File \"a.py\", line 1\nValueError: no rows";
const { visit } = journeys({
  "hostile.ndjson": logOf(works),
  "lines.ndjson": logOf([{ run: "JR-lines", builds: ["out"], reason: LINES }]),
});

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

/** What cannot be seen and yet reached a text, or an attribute that people read. Breaks of lines and tabs stand where they are kept. */
const unseen = (page) =>
  page.evaluate(() => {
    const UNSEEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
    const READ = ["title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"];
    const found = UNSEEN.test(document.title) ? [`title: ${document.title}`] : [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const texts = node.nodeType === Node.TEXT_NODE ? [node.data] : READ.map((name) => node.getAttribute(name) ?? "");
      const bad = texts.find((text) => UNSEEN.test(text));
      if (bad !== undefined) found.push(`${(node.parentElement ?? node).tagName}: ${JSON.stringify(bad).slice(0, 200)}`);
    }
    return found;
  });

async function assertPlain(page, what) {
  assert.deepEqual(await injected(page), [], what);
  assert.deepEqual(await unseen(page), [], what);
  const { scroll, client, wide } = await page.evaluate(() => {
    const isWide = (it) => it.getBoundingClientRect().right > innerWidth + 1;
    const wide = [...document.querySelectorAll("body *")].find((it) => isWide(it) && ![...it.children].some(isWide));
    return { scroll: document.documentElement.scrollWidth, client: innerWidth, wide: wide?.outerHTML.slice(0, 200) };
  });
  assert.ok(scroll <= client, `${what}: the page is ${scroll} wide in a window of ${client}: ${wide}`);
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
        assert.ok((await page.title()).startsWith(shown(title)), `${what}: ${(await page.title()).slice(0, 80)}`);
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
      assert.equal(await page.locator(".why pre").first().evaluate((it) => it.textContent), shown(`${name} went wrong`, "\t\n"), what);
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

const INJECTIONS = [
  `<script>alert(1)</script>`, `"><img src=//evil.test/x onerror=alert(2)>`, `' autofocus onfocus='alert(3)`,
  `javascript:alert(4)`, `data:text/html,<script>alert(5)</script>`, `</title></svg></pre></textarea><iframe src=//evil.test>`,
  `<svg/onload=alert(6)>`, `<a href="https://evil.test">x</a>`, `{{7*7}}\${alert(7)}`, `url(//evil.test/y)`,
  `\u202Egpj.exe\u2066\u200B\uFEFF`, `&lt;b&gt;&#x3c;i&#x3e;`, `-->]]><style>*{display:none}</style>`, `https://evil.test/z`,
];

const idOf = (text, n) => `${n} ${text}`;
/** A name with a placeholder in it is no name there, but a notice. */
const isName = (text) => !text.includes("{{");

/** Every text field of both languages, filled with `text`, which has `n` to tell it from others. */
const databuildOf = (text, n) => {
  const [id, refs] = [idOf(text, n), [{ ref: `${n} ${text}`, uuid: `u ${text}` }]];
  const by = { manually_triggered: { user: text } };
  return [
    { want_create_v1: { want_id: id, partitions: refs, source: by, comment: text } },
    { job_run_buffer_v1: { job_run_id: id, job_label: text, building_partitions: refs, want_attributed_partitions: [{ want_id: id, partitions: refs }] } },
    { job_run_missing_deps_v1: { job_run_id: id, missing_deps: [{ impacted: refs, missing: [{ ref: `missing ${text}` }] }] } },
    { want_create_v1: { want_id: `for ${id}`, partitions: [{ ref: `missing ${text}` }], source: { job_triggered: { job_run_id: id } } } },
    { job_run_failure_v1: { job_run_id: id, reason: text } },
    { job_run_buffer_v1: { job_run_id: `again ${id}`, job_label: text, building_partitions: refs, want_attributed_partitions: [] } },
    { job_run_success_v1: { job_run_id: `again ${id}`, read_deps: [{ impacted: refs, read: [{ ref: `read ${text}` }] }] } },
    { taint_create_v1: { taint_id: id, partitions: refs, source: by, comment: text } },
    { want_cancel_v1: { want_id: `for ${id}`, source: by, comment: text } },
    { [text]: { [text]: text } },
    { want_create_v1: { [text]: text } },
  ];
};
const databuild = INJECTIONS.flatMap(databuildOf)
  .map((event, i) => `${JSON.stringify({ event_id: i + 1, timestamp: 1_732_283_350 + i, ...event, [INJECTIONS[i % 14]]: 1 })}\n`)
  .concat(INJECTIONS.map((text) => `${text}\n`))
  .join("");

const facetsOf = (text) => ({
  run: {
    errorMessage: { message: text, stackTrace: text, programmingLanguage: text }, nominalTime: { nominalStartTime: text, nominalEndTime: text },
    processing_engine: { name: text, version: text, openlineageAdapterVersion: text }, externalQuery: { externalQueryId: text, source: text },
    [text]: { _schemaURL: text, _producer: text, [text]: [text, { [text]: text }] },
  },
  job: {
    sql: { query: text, dialect: text }, documentation: { description: text, contentType: text }, sourceCode: { language: text, sourceCode: text },
    sourceCodeLocation: { type: text, url: text, repoUrl: text, path: text, version: text, branch: text },
    ownership: { owners: [{ name: text, type: text }] }, jobType: { processingType: text, integration: text, jobType: text },
  },
  dataset: {
    schema: { fields: [{ name: text, type: text, description: text }] }, dataSource: { name: text, uri: text },
    documentation: { description: text }, version: { datasetVersion: text }, storage: { storageLayer: text, fileFormat: text },
    symlinks: { identifiers: [{ namespace: text, name: text, type: text }] }, ownership: { owners: [{ name: text, type: text }] },
    columnLineage: { fields: { [text]: { inputFields: [{ namespace: "ns", name: text, field: text }], transformationDescription: text } } },
    tags: { tags: [{ key: text, value: text, source: text }] }, [text]: { [text]: text },
  },
});
const openlineage = INJECTIONS.filter(isName).flatMap((text, n) => {
  const { run, job, dataset } = facetsOf(text);
  const parent = { run: { runId: `p ${idOf(text, n)}` }, job: { namespace: text, name: text } };
  const set = (name) => ({ namespace: "ns", name, facets: dataset });
  return ["START", "COMPLETE"].map((eventType, i) => ({
    eventType, eventTime: `2026-11-21T10:${String(n).padStart(2, "0")}:0${i}Z`, producer: text, schemaURL: text,
    run: { runId: idOf(text, n), facets: { ...run, parent } }, job: { namespace: text, name: text, facets: job },
    inputs: [set(`in ${text}`)], outputs: [set(text)],
  }));
}).map((event) => `${JSON.stringify(event)}\n`).join("");
const injections = journeys({ "databuild.ndjson": databuild, "openlineage.ndjson": openlineage });

for (const log of ["databuild", "openlineage"]) {
  test(`every field of ${log} filled with what would run if it were markup`, () =>
    injections.visit(`?log=${log}.ndjson`, async (page) => {
      await assertPlain(page, "home");
      await setHash(page, "#/notices");
      await page.getByRole("heading", { name: "Notices", exact: true }).waitFor();
      await assertPlain(page, "notices");
      if (log === "databuild") {
        assert.match(await page.locator("main").innerText(), /not JSON/i, "what could not be used is told");
      }
      const texts = log === "databuild" ? INJECTIONS : INJECTIONS.filter(isName);
      for (const [n, text] of texts.entries()) {
        const run = encodeURIComponent(idOf(text, n));
        await setHash(page, `#/job-run/${run}`);
        await focusIs(page, idOf(text, n));
        // Whatever can be unfolded: facets, source events, further lists.
        for (const summary of await page.locator("main summary").all()) await summary.click();
        await page.waitForFunction(() => !document.querySelector("main").textContent.includes("Reading it from the log…"));
        await assertPlain(page, `${text}: job run`);
        const ref = encodeURIComponent(log === "databuild" ? `${n} ${text}` : `ns/${text}`);
        const other = encodeURIComponent(log === "databuild" ? `read ${text}` : `ns/in ${text}`);
        const addresses = [
          `want/${run}`, `partition/${ref}`, `partition/${ref}?tab=outline&sel=job-run:${run}`, `partition/${ref}?tab=table&mode=refs`,
          `impact/${ref}`, `diff/${ref}`, `path?from=${other}&to=${ref}`, `dataset/${ref}`, `job/${encodeURIComponent(text)}`,
          `?q=${encodeURIComponent(text)}`, `want/${encodeURIComponent(`no such ${text}`)}`,
        ];
        for (const address of addresses) {
          await setHash(page, `#/${address}`);
          await assertPlain(page, `${text}: ${address}`);
        }
      }
    }));
}

test("a picture that is saved holds names as text, under a name of our own", () =>
  injections.visit("?log=databuild.ndjson", async (page) => {
    // A browser asks before a page saves an eleventh file.
    for (const n of [0, 1, 5, 6, 9, 10, 12]) {
      const text = INJECTIONS[n];
      await setHash(page, `#/job-run/${encodeURIComponent(idOf(text, n))}`);
      await focusIs(page, idOf(text, n));
      const download = page.waitForEvent("download");
      await saveAs(page, "SVG");
      const file = await download;
      assert.equal(file.suggestedFilename(), "lineage.svg");
      const svg = readFileSync(await file.path(), "utf8");
      const found = await page.evaluate((svg) => {
        const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
        const all = [...picture.querySelectorAll("*")];
        const isForeign = (it) => ["script", "foreignObject", "image", "iframe", "a", "use", "parsererror"].includes(it.localName);
        const isText = (name) => /^(data|aria)-/.test(name);
        const runs = (it) => [...it.attributes].some(({ name, value }) => /^on|href$/i.test(name) || (!isText(name) && /url\((?!#)/.test(value)));
        return all.filter((it) => isForeign(it) || runs(it)).map((it) => it.outerHTML.slice(0, 200));
      }, svg);
      assert.deepEqual(found, [], text);
      const read = svg.replaceAll(/ data-[a-z-]+="[^"]*"/g, "");
      assert.doesNotMatch(read, /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/, text);
    }
    // The picture is read as what it is by itself, where no policy of the page is about its styles.
  }, { bypassCSP: true }));

test("a reason of several lines is told in its lines, in the panel as below the picture", () =>
  visit("?log=lines.ndjson#/job-run/JR-lines", async (page) => {
    const told = page.locator(".why pre");
    await told.waitFor();
    assert.equal(await told.innerText(), LINES);
    const reason = page.locator(".side .fact", { has: page.getByText("Reason", { exact: true }) }).locator("dd");
    assert.equal(await reason.textContent(), LINES);
    const height = await reason.evaluate((it) => it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight));
    assert.ok(height > 2.5, `${height} lines`);
  }));
