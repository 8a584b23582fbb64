// Which links of a folder of pages lead nowhere, and which of its files no page leads to. Reads the markup that
// mdBook writes: attributes in double quotes.

const LINKS = /<(a|img|link|source)\b[^>]*?\s(?:href|src|srcset)="([^"]*)"/g;
const ANCHORS = /\s(?:id|name)="([^"]*)"/g;

/** The links of one page: `[{ tag, to }]`. */
export const linksOf = (html) => [...html.matchAll(LINKS)].map(([, tag, to]) => ({ tag, to: to.replaceAll("&amp;", "&") }));

const isOutside = (to) => /^[a-z][a-z+.-]*:/i.test(to);
const anchorsOf = (html) => new Set([...html.matchAll(ANCHORS)].map(([, id]) => id));

/** File and anchor that a link of the page `from` means. */
function targetOf(from, to) {
  const { pathname, hash } = new URL(to, `file:///${from}`);
  return [decodeURIComponent(pathname.slice(1)), decodeURIComponent(hash.slice(1))];
}

/**
 * @param {Record<string, string>} site name of a file -> its text
 * @returns {{ from: string, to: string }[]} links to files or anchors that are not there; not those to other hosts
 */
export function brokenLinks(site) {
  return pages(site).flatMap((from) => linksOf(site[from]).filter(({ to }) => {
    if (isOutside(to)) return false;
    const [file, anchor] = targetOf(from, to);
    return !Object.hasOwn(site, file) || (anchor !== "" && !anchorsOf(site[file]).has(anchor));
  }).map(({ to }) => ({ from, to })));
}

/** Names of files that no chain of links from the page `start` leads to. */
export function unreached(site, start) {
  const seen = new Set([start]);
  for (const from of seen) {
    if (!from.endsWith(".html")) continue;
    for (const { to } of linksOf(site[from] ?? "")) if (!isOutside(to)) seen.add(targetOf(from, to)[0]);
  }
  return Object.keys(site).filter((name) => !seen.has(name));
}

const pages = (site) => Object.keys(site).filter((name) => name.endsWith(".html"));
