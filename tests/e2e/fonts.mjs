// The same letters on every machine: pages that are pictured use these fonts and no other. They are handed to
// the page as bytes, before anything of it is there, so that neither its policy nor its files change.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { resolve } = createRequire(import.meta.url);

/** Family -> its faces: weight and file. What Inter has no letter for, such as `✓`, is DejaVu's. */
const FACES = {
  "Pinned Sans": [["100 900", "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"]],
  "Pinned Signs": [
    ["400", "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2"],
    ["700", "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2"],
  ],
  "Pinned Mono": [
    ["400", "@fontsource/dejavu-mono/files/dejavu-mono-latin-400-normal.woff2"],
    ["700", "@fontsource/dejavu-mono/files/dejavu-mono-latin-700-normal.woff2"],
  ],
};
const STYLE = `:root { --sans: "Pinned Sans", "Pinned Signs" !important; --mono: "Pinned Mono", "Pinned Signs" !important; }`;

const faces = Object.entries(FACES).flatMap(([family, faces]) =>
  faces.map(([weight, file]) => ({ family, weight, base64: readFileSync(resolve(file)).toString("base64") })));

/** The environment of a browser that takes pictures: on Linux, how letters are drawn is a setting of the machine. */
export const PLAIN_LETTERS = { FONTCONFIG_FILE: fileURLToPath(new URL("fonts.conf", import.meta.url)) };

/** Has a page of Playwright use these fonts, from the next document on. */
export const pinFonts = (page) =>
  page.addInitScript(({ faces, style }) => {
    for (const { family, weight, base64 } of faces) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      document.fonts.add(new FontFace(family, bytes, { weight }));
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
  }, { faces, style: STYLE });
