// Answers: from the change of the address, which is what a click on a card's link does, to the drawn
// picture or the rows of an impact; from a key on the scrubber to the page of that moment; and from a
// typed search to its first result.
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Index } from "./pages/index.mjs";
import { sample, seeded, shuffled } from "./random.mjs";
import { MADE, goTo, withPage } from "./site.mjs";
import { spread } from "./stats.mjs";

const MEDIAN_MS = 16;
const WORST_MS = 50;
const IMPACT_MS = 100;
const STALE_MS = 300;
const N_HOTTEST = 5;
/** Steps of the scrubber on each page that is stepped through. */
const N_STEPS = 40;
/** A picture of which all is said, how much is within its hops as well, which is counted once it is drawn. */
const COUNTED = "svg[data-view][data-ready=true]";
/** A question without an answer after that long counts as one. */
const PATIENCE_MS = 10_000;

/** @returns `answers`, `impacts`, `steps` and `searches`, each measured: `kind` and milliseconds; and `stale`, the
 *   milliseconds from the log's being ready to the list of what is stale and why */
export async function run(site, { size, nAnswers }) {
  const log = `logs/${size}.ndjson`;
  const index = await readIndex(join(MADE, log));
  const below = seeded(7);
  const questions = shuffled([...ask(index, nAnswers, below), ...askHottest(index)], below)
    // Where the address stays the same, nothing is asked.
    .filter(({ hash }, i, all) => hash !== all[i - 1]?.hash);
  return withPage(site, "", async (page) => {
    await page.addInitScript(noteStale);
    await goTo(page, site.url(`page/index.html?log=${encodeURIComponent(site.url(log))}`));
    await page.waitForSelector("html[data-state=ready]", { state: "attached" });
    const { isMissing } = await page.evaluate(appears, { selector: ".row-stale", patience: PATIENCE_MS });
    const stale = { isMissing, wall: await page.evaluate(() => globalThis.benchListed - globalThis.benchReady) };
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const answers = [];
    for (const question of questions) {
      const drawn = await metered(session, () => page.evaluate(draw, { ...question, patience: PATIENCE_MS }));
      const rest = await metered(session, () => page.evaluate(appears, { selector: COUNTED, patience: PATIENCE_MS }));
      answers.push({ ...question, ...drawn, isMissing: drawn.isMissing || rest.isMissing, all: drawn.script + rest.script });
    }
    const impacts = [];
    for (const question of askImpacts(index, nAnswers, below)) {
      await page.evaluate(goHome);
      impacts.push({ ...question, ...(await metered(session, () => page.evaluate(list, { ...question, patience: PATIENCE_MS }))) });
    }
    const steps = [];
    for (const { kind, hash } of pagesToStep(index)) {
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      await page.waitForTimeout(1000);
      for (let i = 0; i < N_STEPS; i += 1) {
        // Every fourth is a hundredth of the log, the others one event.
        const key = i % 4 === 3 ? "PageDown" : "ArrowLeft";
        const step = await metered(session, () => page.evaluate(stepOnce, { key, patience: PATIENCE_MS }));
        const rest = await metered(session, () => page.evaluate(settle, { patience: PATIENCE_MS }));
        steps.push({ kind, ...step, isMissing: step.isMissing || rest.isMissing, all: step.script + rest.script, wall: step.wall + rest.wall });
      }
    }
    await page.evaluate(goHome);
    // The home page draws its panels one after the other; nobody types before they are there.
    await page.evaluate(settle, { patience: PATIENCE_MS });
    const searches = [];
    for (const query of searchesIn(index, below)) {
      await page.evaluate(clearSearch);
      searches.push({ ...query, ...(await metered(session, () => page.evaluate(search, { ...query, patience: PATIENCE_MS }))) });
    }
    return { size, stale, answers, impacts, steps, searches };
  });
}

async function readIndex(path) {
  const index = new Index();
  for await (const line of createInterface({ input: createReadStream(path) })) index.add(JSON.parse(line));
  return index;
}

/** `n` questions of each kind, anywhere in the log. */
function ask(index, n, below) {
  const built = [...index.partitions.values()].filter(({ instances }) => instances.length > 0);
  const of = (kind, ids) => sample(ids, n, below).map((id) => ({ kind, id, hash: `#/${kind}/${encodeURIComponent(id)}` }));
  return [
    ...of("want", [...index.wants.keys()]),
    ...of("partition", built.map(({ ref }) => ref)),
    ...of("job-run", [...index.runs.keys()]),
  ];
}

/** What is read most often. */
const hottest = (index) => [...index.partitions.values()].reduce((most, it) => (it.nReads > most.nReads ? it : most)).ref;

/** The impact of what is read most often, several times, and in between that of partitions anywhere. */
function askImpacts(index, n, below) {
  const of = (kind, ref) => ({ kind, hash: `#/impact/${encodeURIComponent(ref)}` });
  const built = [...index.partitions.values()].filter(({ instances }) => instances.length > 0).map(({ ref }) => ref);
  const any = sample(built, Math.min(n, 20), below);
  return any.flatMap((ref, i) => [of("impact", ref), ...(i < N_HOTTEST ? [of("impact of the hot partition", hottest(index))] : [])]);
}

/** A page of each sort, to move the moment on. */
function pagesToStep(index) {
  const ref = encodeURIComponent(hottest(index));
  const want = [...index.wants.keys()].at(-1);
  return [
    { kind: "home", hash: "#/" },
    { kind: "hot partition", hash: `#/partition/${ref}` },
    { kind: "want", hash: `#/want/${encodeURIComponent(want)}` },
    { kind: "impact of the hot partition", hash: `#/impact/${ref}` },
  ];
}

/** What is read most often, several times: one hop around it, three hops, and all there is. */
function askHottest(index) {
  const ref = hottest(index);
  const hash = `#/partition/${encodeURIComponent(ref)}`;
  const questions = [
    { kind: "hot partition", id: ref, hash },
    { kind: "hot partition, 3 hops", id: ref, hash: `${hash}?up=3&down=3` },
    { kind: "hot partition, all hops", id: ref, hash: `${hash}?up=all&down=all` },
    { kind: "hot partition, all versions", id: ref, hash: `${hash}?mode=refs` },
  ];
  return Array.from({ length: N_HOTTEST }, () => questions).flat();
}

function searchesIn(index, below) {
  const words = (kind, names) => sample(names, 10, below).map((name) => ({ kind, text: name }));
  const refs = [...index.partitions.keys()];
  const part = (name) => name.slice(Math.floor(name.length / 3), Math.ceil((2 * name.length) / 3));
  return [
    ...words("a whole name", [...refs.slice(0, 1000), ...index.wants.keys()]),
    ...words("a part of a name", sample(refs, 100, below).map(part)),
    ...["d", "a", "W", "=", "1"].map((text) => ({ kind: "one letter", text })),
    ...["kind:want status:failed", "kind:job-run status:dep-miss", "kind:partition date"].map((text) => ({ kind: "a filter", text })),
  ];
}

/** Milliseconds of the page's main thread while `act` ran: in script, and in style and layout. */
async function metered(session, act) {
  const read = async () => new Map((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, 1000 * value]));
  const before = await read();
  const told = await act();
  const after = await read();
  const spent = (...names) => names.reduce((sum, name) => sum + after.get(name) - before.get(name), 0);
  return { ...told, script: spent("ScriptDuration"), style: spent("RecalcStyleDuration", "LayoutDuration") };
}

/** In the page: goes there, and gives the milliseconds until the frame in which the picture is drawn. */
function draw({ hash, id, patience }) {
  const began = performance.now();
  location.hash = hash;
  return new Promise((resolve) => {
    const look = () => {
      const focus = document.querySelector("svg[data-view][data-drawn=true] g[data-focus]");
      const isThere = focus && (focus.dataset.id === id || focus.dataset.ref === id);
      const wall = performance.now() - began;
      if (isThere || wall > patience) resolve({ wall, isMissing: !isThere, shown: Number(focus?.ownerSVGElement.dataset.shown ?? 0) });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** In the page: home, and a frame later. */
function goHome() {
  location.hash = "#/";
  return new Promise((resolve) => {
    const look = () => requestAnimationFrame(document.querySelector(".home") ? resolve : look);
    look();
  });
}

/** In the page: goes to an impact, and gives the milliseconds until the frame in which its rows, or its word that there are none, stand. */
function list({ hash, patience }) {
  const began = performance.now();
  location.hash = hash;
  return new Promise((resolve) => {
    const look = () => {
      const isThere = document.querySelector(".impact tbody tr[data-id], .impact .empty, .impact-said");
      const wall = performance.now() - began;
      if (isThere || wall > patience) resolve({ wall, isMissing: !isThere });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/**
 * In the page: one key on the scrubber, until the script of the frame that shows that moment has run. `frame` is the milliseconds
 * that the key and that frame's script took: by the page's own clock, since what comes right after is no part of it.
 */
function stepOnce({ key, patience }) {
  const thumb = () => document.querySelector("[role=slider]");
  const before = thumb().ariaValueNow;
  const began = performance.now();
  return new Promise((resolve) => {
    let frameBegan = 0;
    requestAnimationFrame(() => { frameBegan = performance.now(); });
    thumb().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const pressed = performance.now() - began;
    // Asked for after the page has asked for its own frame, so this runs after that, in the same frame.
    const look = () => {
      const now = performance.now();
      const isThere = thumb().ariaValueNow !== before;
      if (isThere || now - began > patience) resolve({ frame: pressed + now - frameBegan, wall: now - began, isMissing: !isThere });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** In the page: the milliseconds from there until all of the page is of that moment and painted. */
function settle({ patience }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      const isThere = !document.querySelector("[aria-busy=true]");
      const wall = performance.now() - began;
      if (isThere || wall > patience) requestAnimationFrame(() => resolve({ wall, isMissing: !isThere }));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** In the page: the milliseconds from now until there is such an element. */
function appears({ selector, patience }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      const isThere = document.querySelector(selector);
      const wall = performance.now() - began;
      if (isThere || wall > patience) resolve({ wall, isMissing: !isThere });
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** In the page: types, and gives the milliseconds until the first result is there. */
function search({ text, patience }) {
  const field = document.querySelector("input[role=combobox]");
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (isMissing) => {
      observer.disconnect();
      resolve({ wall: performance.now() - began, isMissing });
    };
    const observer = new MutationObserver(() => document.querySelector("[role=option]") && done(false));
    observer.observe(document.body, { childList: true, subtree: true });
    setTimeout(done, patience, true);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

/** In the page: no search, and a frame later. */
function clearSearch() {
  const field = document.querySelector("input[role=combobox]");
  field.value = "";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Tables of what `run` gave, and whether the goals are met. */
/** In the page: notes when the log is ready, and when something stale is listed. */
function noteStale() {
  new MutationObserver(() => {
    if (document.documentElement.dataset.state === "ready") globalThis.benchReady ??= performance.now();
    if (document.querySelector(".row-stale")) globalThis.benchListed ??= performance.now();
  }).observe(document, { attributes: true, childList: true, subtree: true });
}

export function tell({ size, stale, answers, impacts, steps, searches }, { table, number, spreadOf, verdict }) {
  const kinds = (rows) => [...new Set(rows.map(({ kind }) => kind))];
  const column = (rows, what) => spreadOf(spread(rows.map((row) => row[what])));
  const lines = (rows) => kinds(rows).sort().map((kind) => {
    const of = rows.filter((row) => row.kind === kind);
    const nMissing = of.filter(({ isMissing }) => isMissing).length;
    const all = of.every((row) => row.all !== undefined) ? [column(of, "all")] : [];
    return [kind, number(of.length), column(of, "script"), column(of, "style"), column(of, "wall"), ...all, nMissing ? `${nMissing} never` : ""];
  });
  const head = (what, ...more) => [what, "n", "script ms", "style and layout ms", "wall ms", ...more, ""];
  const script = spread(answers.map((row) => row.script));
  const hot = impacts.filter(({ kind, isMissing }) => kind.includes("hot") && !isMissing);
  const found = spread(searches.filter(({ isMissing }) => !isMissing).map(({ wall }) => wall));
  return [
    `### ${number(size)} events\n`,
    table(head("click → drawn", "script ms until all is counted"), lines(answers)),
    "",
    table(head("click → rows of what it would touch"), lines(impacts)),
    "",
    table(
      ["key on the scrubber → that moment", "n", "script ms of its frame", "script ms of all the page", "wall ms of all the page", ""],
      kinds(steps).sort().map((kind) => {
        const of = steps.filter((row) => row.kind === kind);
        const nMissing = of.filter(({ isMissing }) => isMissing).length;
        return [kind, number(of.length), column(of, "frame"), column(of, "all"), column(of, "wall"), nMissing ? `${nMissing} never` : ""];
      }),
    ),
    "",
    table(head("typed → first result"), lines(searches)),
    "",
    stale.isMissing ? "What is stale was never listed." : `What is stale, and why, is listed ${number(stale.wall)} ms after the log is ready.`,
    "",
    verdict("ms of script for an answer, median", script?.median, MEDIAN_MS),
    verdict("ms of script for an answer, worst", script?.max, WORST_MS),
    verdict("ms to the first result of a search, worst", found?.max, WORST_MS),
    verdict("ms to the rows of the hot partition's impact, worst", spread(hot.map(({ wall }) => wall))?.max, IMPACT_MS),
    verdict("ms of script for the frame of a step of the scrubber, median", spread(steps.map((row) => row.frame))?.median, MEDIAN_MS),
    verdict("ms from ready to what is stale", stale.isMissing ? undefined : stale.wall, STALE_MS),
  ].join("\n");
}
