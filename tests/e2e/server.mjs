// A static file server for the browser tests: one folder, under any base path, on a free port of this
// machine. It has what the page can meet in the wild (ranges, extra headers, missing files, odd bases)
// and no more; it is not for serving the page to anybody.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".ndjson": "application/x-ndjson",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Serves until closed.
 *
 * @param {object} options
 * @param {string} options.root folder to serve
 * @param {string} [options.base] path that the folder appears under: "/" or "/some/where/"
 * @param {Record<string, Body | { body: Body, status?: number, headers?: object }>} [options.files]
 *   files that are not in the folder, by path below the base; they win over the folder's, and may be
 *   added and replaced while the server runs. A Body is a string, a Buffer, or for a slow or endless
 *   answer a function that returns an async iterable of either.
 * @param {(path: string) => object} [options.headers] over those of whatever is at a path below the base
 * @returns {Promise<{ url: string, requests: { method: string, path: string, status: number }[], close: () => Promise<void> }>}
 *   `url` is the address of the base and ends in a slash; `requests` grows as they arrive, and
 *   the status is 0 until there is one.
 */
export async function serve({ root, base = "/", files = {}, headers = () => ({}) }) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const entry = { method: request.method, path: request.url, status: 0 };
    requests.push(entry);
    try {
      const found = await find(request, { root, base, files });
      send(request, response, { ...found, headers: { ...found.headers, ...headers(pathBelow(base, request.url) ?? "") } });
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
    entry.status = response.statusCode;
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}${base}`, requests, close };
}

/** What to answer: `{ status, type, headers, size, open(start, end) }`; without `open` there is no body. */
async function find(request, { root, base, files }) {
  if (!["GET", "HEAD"].includes(request.method)) return { status: 405 };
  const path = pathBelow(base, request.url);
  if (path === undefined) return { status: 404 };
  if (Object.hasOwn(files, path)) return virtual(path, files[path]);
  return onDisk(join(root, path));
}

/** The decoded path below the base, "index.html" for the base itself; undefined when outside of it. */
function pathBelow(base, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://server").pathname);
  } catch {
    return undefined;
  }
  if (!path.startsWith(base)) return undefined;
  const below = normalize(path.slice(base.length) || "index.html");
  return below.split(sep).includes("..") || below.includes("\0") ? undefined : below;
}

function virtual(path, file) {
  const isBody = typeof file === "string" || typeof file === "function" || Buffer.isBuffer(file);
  const { body, status = 200, headers = {} } = isBody ? { body: file } : file;
  const known = { status, headers, type: TYPES[extname(path)] };
  if (typeof body === "function") return { ...known, open: () => Readable.from(body()) };
  const bytes = Buffer.from(body ?? "");
  const open = (start, end) => Readable.from([bytes.subarray(start, end + 1)]);
  return { ...known, size: bytes.length, open };
}

async function onDisk(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { status: 404 };
  // An empty file has no last byte to read up to.
  const open = (start, end) => (end < start ? Readable.from([]) : createReadStream(path, { start, end }));
  return { status: 200, type: TYPES[extname(path)], size: found.size, open };
}

function send(request, response, { status, type, headers = {}, size, open }) {
  const all = { "content-type": type ?? "application/octet-stream", "cache-control": "no-store", ...headers };
  if (!open) {
    response.writeHead(status, { "content-type": "text/plain" }).end(`${status}\n`);
    return;
  }
  const sized = size !== undefined;
  const range = sized && status === 200 ? parseRange(request.headers.range, size) : undefined;
  if (range === "unsatisfiable") {
    response.writeHead(416, { "content-range": `bytes */${size}` }).end();
    return;
  }
  const [start, end] = range ?? [0, (size ?? 0) - 1];
  if (sized) Object.assign(all, { "accept-ranges": "bytes", "content-length": end - start + 1 });
  if (range) all["content-range"] = `bytes ${start}-${end}/${size}`;
  response.writeHead(range ? 206 : status, all);
  if (request.method === "HEAD") response.end();
  // A reader that goes away in the middle is no error of the server's.
  else pipeline(open(start, end), response).catch(() => response.destroy());
}

/** `[first, last]` of one range, "unsatisfiable", or undefined when there is none that this server knows. */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (!match[1] && !match[2])) return undefined;
  const [first, last] = match[1]
    ? [Number(match[1]), match[2] ? Math.min(Number(match[2]), size - 1) : size - 1]
    : [Math.max(0, size - Number(match[2])), size - 1];
  return first > last ? "unsatisfiable" : [first, last];
}
