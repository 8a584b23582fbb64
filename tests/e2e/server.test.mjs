// The server of the browser tests answers as real ones do, or the journeys would prove nothing.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "./server.mjs";

let root;
let server;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "lineage-"));
  await writeFile(join(root, "index.html"), "<title>here</title>");
  await writeFile(join(root, "page.wasm"), "0123456789");
  await writeFile(join(root, "empty.txt"), "");
  server = await serve({ root, base: "/base/", files: { "added.ndjson": "{}\n", "gone.txt": { status: 410 } } });
});
after(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

test("files have the right types below the base, and are nowhere else", async () => {
  const seen = [];
  for (const path of ["", "page.wasm", "added.ndjson?q=1", "empty.txt", "gone.txt", "missing", "../index.html"]) {
    const answer = await fetch(new URL(path, server.url));
    seen.push(`${path} ${answer.status} ${answer.headers.get("content-type")} ${(await answer.text()).length}`);
  }
  assert.deepEqual(seen, [
    " 200 text/html; charset=utf-8 19",
    "page.wasm 200 application/wasm 10",
    "added.ndjson?q=1 200 application/x-ndjson 3",
    "empty.txt 200 text/plain; charset=utf-8 0",
    "gone.txt 410 text/plain; charset=utf-8 0",
    "missing 404 text/plain 4",
    "../index.html 404 text/plain 4",
  ]);
  assert.equal((await fetch(server.url, { method: "POST" })).status, 405);
});

test("a range is a part, and a wrong one is refused", async () => {
  const seen = [];
  for (const range of ["bytes=2-4", "bytes=7-", "bytes=-2", "bytes=8-99", "bytes=10-", "lines=1-2"]) {
    const answer = await fetch(new URL("page.wasm", server.url), { headers: { range } });
    seen.push([range, answer.status, answer.headers.get("content-range"), await answer.text()].join(" | "));
  }
  assert.deepEqual(seen, [
    "bytes=2-4 | 206 | bytes 2-4/10 | 234",
    "bytes=7- | 206 | bytes 7-9/10 | 789",
    "bytes=-2 | 206 | bytes 8-9/10 | 89",
    "bytes=8-99 | 206 | bytes 8-9/10 | 89",
    "bytes=10- | 416 | bytes */10 | ",
    "lines=1-2 | 200 |  | 0123456789",
  ]);
});

test("no path leads out of the folder", async () => {
  for (const path of ["/base/..%2f..%2fetc/passwd", "/base/../../etc/passwd", "/base/%00", "/base/%zz"]) {
    assert.equal(await rawStatus(path), 404, path);
  }
});

test("every answer is in the list of requests", async () => {
  const before = server.requests.length;
  await (await fetch(new URL("page.wasm", server.url))).text();
  assert.deepEqual(server.requests.slice(before), [{ method: "GET", path: "/base/page.wasm", status: 200 }]);
});

/** The status of a path that `fetch` would tidy up before asking. */
function rawStatus(path) {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject)
      .end();
  });
}
