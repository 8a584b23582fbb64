// Prints what of others is in the wasm of the page and its workers: each crate with its version, its
// licenses and where it comes from, and then the texts that came with them, each once. Only what Cargo
// already has is read; the same Cargo.lock gives the same bytes. Usage: node scripts/licenses.mjs

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
const ARGS = ["metadata", "--locked", "--offline", "--format-version=1", `--filter-platform=${TARGET}`];
const { packages, resolve } = JSON.parse(execFileSync("cargo", ARGS, { maxBuffer: 1 << 28 }));
const packageOf = new Map(packages.map((it) => [it.id, it]));
const nodeOf = new Map(resolve.nodes.map((it) => [it.id, it]));

/** What runs while the page is built, and is no part of it. */
const isMacro = (id) => packageOf.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));

/** Everything of others that the page is linked of. */
function linked() {
  const found = new Set([resolve.root]);
  for (const id of found) {
    for (const { pkg, dep_kinds } of nodeOf.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind === null) && !isMacro(pkg)) found.add(pkg);
    }
  }
  return [...found].map((id) => packageOf.get(id)).filter(({ source }) => source !== null);
}

/** By code points, so that no locale decides. */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const title = ({ name, version }) => `${name} ${version}`;

/** The texts that came with a crate, with line ends and their last blanks made alike. */
function textsOf({ manifest_path }) {
  const folder = dirname(manifest_path);
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isFile() && /^(licen[cs]e|copying|notice|unlicense)/i.test(it.name))
    .map(({ name }) => readFileSync(join(folder, name), "utf8").replace(/[ \t\r]+$/gm, "").trim());
}

const crates = linked().sort((a, b) => compare(title(a), title(b)));
const bearersOf = new Map();
const without = [];
for (const crate of crates) {
  const texts = new Set(textsOf(crate));
  if (texts.size === 0) without.push(title(crate));
  texts.forEach((text) => bearersOf.set(text, [...(bearersOf.get(text) ?? []), title(crate)]));
}
const noLicense = crates.filter(({ license, license_file }) => !license && !license_file).map(title);
if (noLicense.length > 0) throw new Error(`no license is known of ${noLicense.join(", ")}`);

const RULE = "-".repeat(100);
const rows = crates.map((it) => `${title(it)}\n    ${it.license ?? it.license_file}\n    ${it.repository ?? "no address given"}`);
const texts = [...bearersOf]
  .sort(([a, ofA], [b, ofB]) => compare(ofA[0], ofB[0]) || compare(a, b))
  .map(([text, bearers]) => `${RULE}\n${bearers.join(", ")}\n\n${text}`);
const own = packageOf.get(resolve.root);
const parts = [
  `Lineage ${own.version} is licensed under ${own.license}.`,
  `Its wasm is built from Rust's standard library (MIT OR Apache-2.0) and of these ${crates.length} crates:`,
  ...rows,
  ...(without.length > 0 ? [`These came without a text of their license: ${without.join(", ")}.`] : []),
  "The texts that came with them:",
  ...texts,
];
process.stdout.write(`${parts.join("\n\n")}\n`);
