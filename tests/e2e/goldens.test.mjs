// Every page in each of its states looks as it did when somebody looked at it: tests/e2e/goldens has each, in both themes, at
// half its size. `make goldens` takes them anew; what has changed is to be looked at before it is committed.
// Of what differs, target/goldens has the whole picture, and where it differs.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { compare, half } from "./compare.mjs";
import { DIST } from "./dist.mjs";
import { launchForPictures, pictures } from "./pictures.mjs";
import { readPng, writePng } from "./png.mjs";
import { serve } from "./server.mjs";
import { FILES, STATES } from "./states.mjs";

const GOLDENS = fileURLToPath(new URL("goldens/", import.meta.url));
const FAILED = fileURLToPath(new URL("../../target/goldens/", import.meta.url));
const IS_TAKEN_ANEW = process.env.GOLDENS === "write";
const MAX_BYTES = 3 << 20;
const BUILD = [".about"];
/** What is another one each time: CSS of it, by the state. */
const HIDDEN = { loading: [".loading-facts"], start: BUILD, help: BUILD, "help before any log": BUILD };

const fileOf = (name, colorScheme) => `${name.replaceAll(/[^a-zA-Z0-9]+/g, "-").toLowerCase()}${colorScheme === "dark" ? "-dark" : ""}`;
const wanted = Object.keys(STATES).flatMap((name) => ["light", "dark"].map((scheme) => `${fileOf(name, scheme)}.png`));

let browser;
let server;
before(async () => {
  rmSync(FAILED, { recursive: true, force: true });
  mkdirSync(FAILED, { recursive: true });
  mkdirSync(GOLDENS, { recursive: true });
  browser = await launchForPictures();
  server = await serve({ root: DIST, files: FILES });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const take = (state, more) => pictures(browser, server.url, { ...state, ...more });
const golden = (file) => readPng(readFileSync(`${GOLDENS}${file}.png`));

/** Writes what differs, and says so; nothing where it is the same. */
function differs(file, png) {
  if (!existsSync(`${GOLDENS}${file}.png`)) return [`${file}: there is no such picture yet; make goldens takes it`];
  const { nChanged, nAllowed, isSame, marked } = compare(golden(file), half(readPng(png)));
  if (isSame) return [];
  writeFileSync(`${FAILED}${file}.png`, png);
  writeFileSync(`${FAILED}${file}.changed.png`, writePng(marked));
  return [`${file}: ${nChanged} blocks have changed, where ${nAllowed} may; see target/goldens/${file}.changed.png`];
}

for (const [name, state] of Object.entries(STATES)) {
  test(name, async () => {
    const taken = Object.entries(await take(state, { hidden: HIDDEN[name] }));
    if (IS_TAKEN_ANEW) {
      for (const [scheme, png] of taken) writeFileSync(`${GOLDENS}${fileOf(name, scheme)}.png`, writePng(half(readPng(png))));
    } else {
      assert.deepEqual(taken.flatMap(([scheme, png]) => differs(fileOf(name, scheme), png)), []);
    }
  });
}

test("there are no other pictures, and they are small", () => {
  if (IS_TAKEN_ANEW) for (const name of readdirSync(GOLDENS)) if (!wanted.includes(name)) rmSync(GOLDENS + name);
  assert.deepEqual(readdirSync(GOLDENS).sort(), wanted.sort());
  const total = wanted.reduce((sum, name) => sum + readFileSync(GOLDENS + name).length, 0);
  assert.ok(total <= MAX_BYTES, `${total} of ${MAX_BYTES} bytes`);
});

/** What the comparison says of a page to which `css` was added. */
async function changedBy(name, css) {
  const state = STATES[name];
  const act = async (page) => {
    await state.act?.(page);
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }, css);
  };
  const { light } = await take(state, { act });
  return compare(golden(fileOf(name, "light")), half(readPng(light)));
}

const CHANGES = {
  "a card is moved by some pixels": ["want", `g[data-id="JR-789"] { translate: 0 10px; }`],
  "cards have another ground by a shade": ["home", ":root { --card: #f4f4f4 !important; }"],
  "what is good has another color": ["want", ":root { --good: #2456d6 !important; }"],
  "a word is not shown": ["job", ".job h1 { visibility: hidden; }"],
  "text is larger by a pixel": ["home", ":root { --text: 14px !important; }"],
  "a line of a table is gone": ["want, table", ".nodes-table tbody tr:nth-child(2) { visibility: hidden; }"],
};
for (const [said, [name, css]] of Object.entries(CHANGES)) {
  test(`it is seen when ${said}`, async () => {
    const { isSame, nChanged, nAllowed } = await changedBy(name, css);
    assert.ok(!isSame, `${nChanged} of ${nAllowed}`);
  });
}

test("it is not seen when letters are drawn a fifth of a pixel lower", () => {
  for (const name of ["start", "want", "want, table"]) {
    const before = golden(fileOf(name, "light"));
    const after = { ...before, data: before.data.map((value, i) => 0.8 * value + 0.2 * before.data[Math.max(i - 4 * before.width, i % 4)]) };
    const { isSame, nChanged, nAllowed } = compare(before, after);
    assert.ok(before.data.some((value, i) => value !== after.data[i]), "it is another picture");
    assert.ok(isSame, `${name}: ${nChanged} of ${nAllowed}`);
  }
});

test("a picture of few colors is written and read as it was", () => {
  const [width, height] = [20, 10];
  const data = new Uint8Array(4 * width * height).map((_, i) => (i % 4 === 3 ? 255 : (Math.floor(i / 4) * 7 + (i % 4) * 50) % 256));
  assert.deepEqual({ ...readPng(writePng({ width, height, data })).data }, { ...data });
});
