// One server and one browser for all benches. The server has the built page, the logs, the layouts and
// this folder beside each other, as links in a folder of its own.
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../../tests/e2e/browser.mjs";
import { DIST } from "../../tests/e2e/dist.mjs";
import { serve } from "../../tests/e2e/server.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What scripts/bench.sh made, and the folder of the results. */
export const MADE = resolve(process.env.BENCH_DIR ?? here("../../target/bench"));

/**
 * @returns `open()` gives a page in a renderer of its own, without limits of time; `url(path)` its
 *   address; `version` the browser's
 */
export async function openSite() {
  const root = join(MADE, "site");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const links = { page: DIST, layout: join(MADE, "layout"), bench: here(".") };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));
  const server = await serve({ root, files: logs() });
  const browser = await launch();
  const open = async () => {
    const seen = await browser.newPage();
    seen.page.setDefaultTimeout(0);
    return seen;
  };
  const first = await open();
  const version = first.page.context().browser().version();
  await first.close();
  const close = () => Promise.all([browser.close(), server.close()]);
  return { open, url: (path) => new URL(path, server.url).href, version, close };
}

/** The logs, in pieces so large that sending them is as little of the work as can be. */
function logs() {
  const folder = join(MADE, "logs");
  const file = (name) => {
    const path = join(folder, name);
    const headers = { "content-length": statSync(path).size };
    return [`logs/${name}`, { body: () => createReadStream(path, { highWaterMark: 1 << 20 }), headers }];
  };
  return Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith(".ndjson")).map(file));
}

/** An empty page of the site; `act` is given it, and it is closed however that ends. */
export async function withPage(site, path, act) {
  const seen = await site.open();
  try {
    if (path) await goTo(seen.page, site.url(path));
    return await act(seen.page);
  } finally {
    await seen.close();
  }
}

/** There, or an error. */
export async function goTo(page, url) {
  const response = await page.goto(url);
  if (!response.ok()) throw new Error(`${response.status()} for ${url}`);
}

/** What `work` gives, or `late` after so many milliseconds. */
export async function within(ms, work, late) {
  let timer;
  const alarm = new Promise((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}
