// Builds the documentation into target/docs: what mdBook makes of docs/, in a theme without a script,
// with the page's own colors. Whatever else mdBook puts beside its pages is not needed, and goes.

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const OUT = join(ROOT, "target/docs");
const STYLES = ["style/tokens.css", "docs/theme/docs.css"];

execFileSync("mdbook", ["build", join(ROOT, "docs")], { stdio: "inherit", env: { ...process.env, MDBOOK_LOG: "warn", RUST_LOG: "warn" } });

const isOurs = (name) => name === "screenshots" || (name.endsWith(".html") && name !== "toc.html");
for (const name of readdirSync(OUT)) {
  if (!isOurs(name)) rmSync(join(OUT, name), { recursive: true });
}
writeFileSync(join(OUT, "docs.css"), STYLES.map((name) => readFileSync(join(ROOT, name), "utf8")).join("\n"));
copyFileSync(join(ROOT, "public/favicon.svg"), join(OUT, "favicon.svg"));

/** Which chapter a page is; without a script, it has to say that by itself. */
const marked = (html, name) => html.replace(`<a href="${name}">`, `<a href="${name}" aria-current="page">`);

/** A picture is the light one or the dark one, as the reader's system is, and has its room before it comes. mdBook draws each twice. */
const pictured = (html) =>
  html.replaceAll(/<label class="checkbox-label">.*?<img src="screenshots\/([a-z-]+)\.png" (alt="[^"]*")>.*?<\/label>/gs, (_, name, alt) => {
    const head = readFileSync(join(OUT, `screenshots/${name}.png`)).subarray(16, 24);
    const size = `width="${head.readUInt32BE(0)}" height="${head.readUInt32BE(4)}"`;
    const dark = `<source srcset="screenshots/${name}-dark.png" media="(prefers-color-scheme: dark)">`;
    return `<picture>${dark}<img src="screenshots/${name}.png" ${size} loading="lazy" ${alt}></picture>`;
  });

/**
 * Columns of numbers by a class, since the pages forbid themselves all style but their own; what may scroll, by the
 * keyboard, too; and no heads of columns that say nothing.
 */
const tabled = (html) =>
  html.replaceAll(/ style="text-align: (left|center|right)"/g, ' class="$1"')
    .replaceAll('<div class="table-wrapper">', '<div class="table-wrapper" tabindex="0">')
    .replaceAll("<pre>", '<pre tabindex="0">')
    .replaceAll(/<th( class="[a-z]+")?><\/th>/g, "<td></td>")
    .replaceAll(/<thead>\s*<tr>\s*(<td><\/td>\s*)+<\/tr>\s*<\/thead>/g, "");

const pages = readdirSync(OUT).filter((name) => name.endsWith(".html"));
for (const name of pages) {
  const path = join(OUT, name);
  writeFileSync(path, tabled(pictured(marked(readFileSync(path, "utf8"), name))));
}
console.log(`docs: ${pages.length} pages in target/docs; open target/docs/index.html`);
