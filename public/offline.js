// Keeps the page in this browser, so that it opens without a network. A service worker, which a page in a
// folder starts and no page needs: of what it does not keep, and that is every log, nothing passes it.
//
// A version is kept whole or not at all. The newest page is taken from the network where there is one;
// the kept one serves where there is none. A new version is kept beside the old one, which is dropped when no
// page of it is open any more. Nothing is ever loaded anew under a reader.

const FILES = []; // Names that change with their contents, and a few that do not.
const LATER = []; // Kept once they have been asked for.
const PAGE = ""; // The checksum of the page.
const VERSION = "";

/** Each folder of a host keeps versions of its own; of all together so many, the oldest go. */
const ALL = "lineage ";
const MAX_VERSIONS = 4;
const FOLDER = new URL("./", location.href).href;
const OWN = `${ALL}${FOLDER} `;
const NAME = `${OWN}${VERSION}`;

const hex = (bytes) => Array.from(new Uint8Array(bytes), (it) => it.toString(16).padStart(2, "0")).join("");

/** The page that this worker belongs to; a folder that is being replaced has another one, for a moment. */
async function fetchPage() {
  const answer = await fetch(FOLDER, { cache: "no-cache" });
  const bytes = await answer.arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== PAGE) throw new Error("the page is of another version");
  // As it was where a host has led elsewhere, for which a browser would not take it.
  return new Response(bytes, { headers: { "content-type": "text/html; charset=utf-8" } });
}

async function keep() {
  const old = await caches.keys();
  const cache = await caches.open(NAME);
  await cache.put(FOLDER, await fetchPage());
  await Promise.all(FILES.map(async (name) => {
    const address = FOLDER + name;
    const had = /-[0-9a-f]{8,16}[._]/.test(name) ? await caches.match(address) : undefined;
    const answer = had ?? (await fetch(address));
    if (!answer.ok || answer.redirected) throw new Error(`${name} cannot be kept`);
    await cache.put(address, answer);
  }));
  const all = old.filter((name) => name.startsWith(ALL) && name !== NAME);
  await Promise.all(all.slice(0, Math.max(0, all.length + 1 - MAX_VERSIONS)).map((name) => caches.delete(name)));
}

async function dropOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OWN) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** A folder's page, from the network before what is kept. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(NAME)).match(FOLDER);
    if (kept) return kept;
    throw error;
  }
}

async function file(request, name) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(FOLDER + name);
  if (kept) return kept;
  const answer = await fetch(request);
  if (LATER.includes(name) && answer.ok && !answer.redirected) await cache.put(FOLDER + name, answer.clone());
  return answer;
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(dropOld()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.replace(/[?#].*$/, "");
  if (request.method !== "GET" || !address.startsWith(FOLDER)) return;
  const name = address.slice(FOLDER.length);
  if (request.mode === "navigate" && (name === "" || name === "index.html")) event.respondWith(page(request));
  else if (FILES.includes(name) || LATER.includes(name)) event.respondWith(file(request, name));
});
