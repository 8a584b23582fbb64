// The process behind a page, as the system sees it: what it holds, and at most held. Linux alone says so.
// What is mapped from files, which is the browser's own program, does not count.
import { readFileSync } from "node:fs";

/**
 * Watches a page from before it does its work.
 *
 * @returns `memory()`: `{ peak, kept }` in MB, the second one once all garbage is collected and what is given back after
 *   a while has been; undefined where the system does not say
 */
export async function watch(page) {
  const browser = await page.context().browser().newBrowserCDPSession();
  const session = await page.context().newCDPSession(page);
  const before = new Map((await renderers(browser)).map(({ id, cpuTime }) => [id, cpuTime]));
  const memory = async () => {
    // The renderer that has worked since is the page's; others idle.
    const worked = (process) => process.cpuTime - (before.get(process.id) ?? 0);
    const [busiest] = (await renderers(browser)).sort((a, b) => worked(b) - worked(a));
    await browser.detach();
    const working = statusOf(busiest.id);
    await collectGarbage(session, page);
    const resting = statusOf(busiest.id);
    if (!working || !resting) return undefined;
    const { RssAnon, RssShmem } = resting;
    return { peak: working.VmHWM - working.RssFile, kept: RssAnon + RssShmem };
  };
  return { memory };
}

/** All that draw pages; what draws the browser's own buttons is none. */
async function renderers(browser) {
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type, id }) => type === "renderer" && !read(id, "cmdline")?.includes("--top-chrome-webui"));
}

/** Tiles that were painted and are no longer shown stay that long for others, and a little longer. */
const TILES_KEPT_MS = 6_000;

/** Twice: the second time takes what finalizers of the first let go. Then freed pages, and tiles, are given back. */
async function collectGarbage(session, page) {
  for (let i = 0; i < 2; i += 1) {
    await session.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(TILES_KEPT_MS);
}

/** The lines of /proc/<pid>/status that are in kB, as MB. */
function statusOf(pid) {
  const lines = read(pid, "status")?.matchAll(/^(\w+):\s+(\d+) kB$/gm);
  return lines && Object.fromEntries([...lines].map(([, name, kB]) => [name, Number(kB) / 1024]));
}

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
