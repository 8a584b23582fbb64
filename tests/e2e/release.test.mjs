// What is handed out: a zip that holds the whole folder, checksums that are true, and the licenses of
// what the page is made of. No browser is needed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { crc32, inflateRawSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lineage-release-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Releases a folder, and gives what was made by name. */
function release(from, to) {
  const out = join(folder, to);
  execFileSync("node", ["scripts/release.mjs", from, "1.2.3", out], { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
  return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name))]));
}

/** The files of a zip, as its directory tells them. */
function unzip(bytes) {
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  const files = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [sum, packed, size] = [16, 20, 24].map((field) => bytes.readUInt32LE(at + field));
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = inflateRawSync(bytes.subarray(start, start + packed));
    assert.deepEqual([body.length, crc32(body)], [size, sum], name);
    files[name] = body.toString("latin1");
    at += 46 + nameLength;
  }
  assert.equal(at, end);
  return files;
}

const PAGE = { "index.html": "<!doctype html>", "lineage.html": "one", "licenses.txt": "MIT", "a-1.wasm": "\0asm".repeat(999), "ä.txt": "" };

test("a release holds the folder, byte by byte, and its checksums are true", () => {
  const from = mkdtempSync(join(folder, "page-"));
  Object.entries(PAGE).forEach(([name, body]) => writeFileSync(join(from, name), body));
  const made = release(from, "first");
  assert.deepEqual(Object.keys(made).sort(), ["SHA256SUMS", "lineage-1.2.3.html", "lineage-1.2.3.zip"]);
  assert.deepEqual(unzip(made["lineage-1.2.3.zip"]), Object.fromEntries(Object.entries(PAGE).map(([name, body]) => [`lineage-1.2.3/${name}`, body])));
  const sums = ["html", "zip"].map((kind) => `lineage-1.2.3.${kind}`).map((name) => `${createHash("sha256").update(made[name]).digest("hex")}  ${name}\n`);
  assert.equal(made.SHA256SUMS.toString(), sums.join(""));
});

test("neither when nor where a folder was built changes its release", () => {
  const [here, there] = ["here-", "there-"].map((name) => mkdtempSync(join(folder, name)));
  Object.entries(PAGE).forEach(([name, body]) => writeFileSync(join(here, name), body));
  Object.keys(PAGE).reverse().forEach((name) => {
    cpSync(join(here, name), join(there, name));
    utimesSync(join(there, name), 1, 1_000_000_000);
  });
  assert.deepEqual(release(here, "of-here"), release(there, "of-there"));
});

test("a folder without its licenses is not released", () => {
  const from = mkdtempSync(join(folder, "bare-"));
  ["index.html", "lineage.html"].forEach((name) => writeFileSync(join(from, name), "x"));
  assert.throws(() => release(from, "none"), /has no licenses.txt/);
});

test("the licenses name what the page is linked of, and nothing of this machine", () => {
  const text = execFileSync("node", ["scripts/licenses.mjs"], { cwd: ROOT, maxBuffer: 1 << 26 }).toString();
  for (const name of ["leptos", "ruzstd", "serde_json", "wasm-bindgen"]) assert.match(text, new RegExp(`^${name} \\d`, "m"));
  for (const name of ["proptest", "serde_derive", "wasmparser"]) assert.doesNotMatch(text, new RegExp(`^${name} \\d`, "m"));
  assert.ok(!text.includes(ROOT) && !text.includes(process.env.HOME), "no path of this machine");
});
