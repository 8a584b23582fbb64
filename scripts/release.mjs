// Makes what is handed out of a built page: the folder with the one file in it as a zip, the one file
// alone, and their checksums. Times, order and attributes are fixed, so the same folder gives the same
// bytes. Usage: node scripts/release.mjs DIST VERSION OUT

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";

const [dist, version, out] = process.argv.slice(2);
if (!out) throw new Error("usage: node scripts/release.mjs DIST VERSION OUT");

/** Midnight of the first day that a zip can tell, in its two numbers. */
const [TIME, DAY] = [0, (1 << 5) | 1];
/** Names are UTF-8. */
const FLAGS = 1 << 11;
const DEFLATED = 8;
/** Version 2.0, of Unix, so that the mode below is heeded; a plain file that all may read. */
const [NEEDED, MADE_BY, MODE] = [20, (3 << 8) | 20, (0o100644 << 16) >>> 0];

/** Numbers as little-endian bytes: `[bytes, value]` each. */
function numbers(fields) {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) at = bytes.writeUIntLE(value, at, width);
  return bytes;
}

/** A zip of `{ name, body }`, in that order; below 4 GB and 65,536 files, which a page is. */
function zip(files) {
  const [bodies, entries] = [[], []];
  let offset = 0;
  for (const { name, body } of files) {
    const [label, packed] = [Buffer.from(name), deflateRawSync(body, { level: 9 })];
    const told = [[2, NEEDED], [2, FLAGS], [2, DEFLATED], [2, TIME], [2, DAY], [4, crc32(body)], [4, packed.length], [4, body.length], [2, label.length], [2, 0]];
    const local = Buffer.concat([numbers([[4, 0x04034b50], ...told]), label, packed]);
    bodies.push(local);
    entries.push(numbers([[4, 0x02014b50], [2, MADE_BY], ...told, [2, 0], [2, 0], [2, 0], [4, MODE], [4, offset]]), label);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = [[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, directory.length], [4, offset], [2, 0]];
  return Buffer.concat([...bodies, directory, numbers(end)]);
}

/** Paths of all files below a folder, with slashes, by code points. */
const pathsIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath ?? it.path, it.name).slice(join(folder, sep).length).replaceAll(sep, "/"))
    .sort();

const stem = `lineage-${version}`;
const files = pathsIn(dist).map((path) => ({ name: `${stem}/${path}`, body: readFileSync(join(dist, path)) }));
for (const needed of ["index.html", "lineage.html", "licenses.txt"]) {
  if (!files.some(({ name }) => name === `${stem}/${needed}`)) throw new Error(`${dist} has no ${needed}: make dist`);
}
const made = [
  [`${stem}.html`, readFileSync(join(dist, "lineage.html"))],
  [`${stem}.zip`, zip(files)],
];
const sums = made.map(([name, body]) => `${createHash("sha256").update(body).digest("hex")}  ${name}\n`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [name, body] of [...made, ["SHA256SUMS", sums.join("")]]) {
  writeFileSync(join(out, name), body);
  console.log(`${String(body.length).padStart(10)} ${join(out, name)}`);
}
