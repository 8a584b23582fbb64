// The colors of style/tokens.css, reckoned: WCAG 2.2's contrast of every text on every ground that it is written on,
// and of lines without which a picture or a field is not understood.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const style = new URL("../../style/", import.meta.url);
const tokens = readFileSync(new URL("tokens.css", style), "utf8");

/** The colors that the block after `selector` gives. */
function colors(selector) {
  const from = tokens.indexOf(`${selector} {`);
  assert.notEqual(from, -1, `tokens.css has no ${selector}`);
  const block = tokens.slice(from, tokens.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name, color]));
}

function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

const themes = { light: colors(":root"), dark: colors('[data-theme="dark"]') };
const tones = ["good", "active", "waiting", "bad", "tainted", "stale", "idle"];
const grounds = ["ground", "card", "hover", "selected"];

/** Each text, and the grounds that it is written on. */
const texts = {
  ink: [...grounds, ...tones.map((tone) => `${tone}-ground`)],
  "ink-dim": [...grounds, "waiting-ground", "bad-ground", "idle-ground"],
  "ink-faint": grounds,
  accent: grounds,
  "on-accent": ["accent"],
  card: tones,
  ...Object.fromEntries(tones.map((tone) => [tone, [...grounds, `${tone}-ground`]])),
};

/** Each line, and the grounds that it is drawn on. */
const lines = { edge: ["ground"], "line-strong": grounds, accent: grounds };

test("contrast is what WCAG reckons", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
});

/** What has less contrast than it must. */
const faint = (color, pairs, least) =>
  Object.entries(pairs).flatMap(([name, on]) => {
    const ratios = on.map((ground) => [ground, contrast(color[name], color[ground])]);
    return ratios.filter(([, ratio]) => !(ratio >= least)).map(([ground, ratio]) => `${name} on ${ground}: ${ratio.toFixed(2)}`);
  });

for (const [theme, color] of Object.entries(themes)) {
  test(`text has a contrast of 4.5:1 or more, ${theme}`, () => assert.deepEqual(faint(color, texts, 4.5), []));
  test(`lines have a contrast of 3:1 or more, ${theme}`, () => assert.deepEqual(faint(color, lines, 3), []));
}

test("the dark theme is the same by choice and by the system's", () => {
  assert.deepEqual(colors(":root:not([data-theme])"), themes.dark);
  assert.deepEqual(Object.keys(themes.dark), Object.keys(themes.light));
});

test("no style sheet writes in a color that is not reckoned here", () => {
  const known = new Set([...Object.keys(texts), "tone"]);
  const unknown = [];
  for (const file of readdirSync(style).filter((name) => name.endsWith(".css"))) {
    const sheet = readFileSync(new URL(file, style), "utf8");
    for (const [, name] of sheet.matchAll(/(?<![\w-])color: *var\(--([a-z-]+)\)/g)) {
      if (!known.has(name)) unknown.push(`${name} in ${file}`);
    }
  }
  assert.deepEqual(unknown, []);
});
