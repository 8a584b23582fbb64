// Makes what Trunk has built into what is handed out: names that change with the contents, one style
// sheet, nothing inline, a policy that lets the page load from its own folder alone; and the whole
// page as one file beside it. Usage: node scripts/pack.mjs DIST WHOLE BUILD, the built folder, the page's
// wasm before it was cut in two, and what is built in words. It changes what Trunk wrote and nothing else;
// the same input gives the same bytes.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [dist, whole, build] = process.argv.slice(2);
if (!build) throw new Error("usage: node scripts/pack.mjs DIST WHOLE BUILD");
const read = (name) => readFileSync(join(dist, name));
const text = (name) => read(name).toString("utf8");
const hashOf = (body) => createHash("sha256").update(body).digest();

/** Writes a file under a name that changes with its contents, and takes away the one it was made of. */
function put(stem, extension, body, made) {
  const name = `${stem}-${hashOf(body).toString("hex").slice(0, 16)}.${extension}`;
  made.forEach((old) => rmSync(join(dist, old)));
  writeFileSync(join(dist, name), body);
  return name;
}

const only = (found, what) => {
  if (found.length !== 1) throw new Error(`there are ${found.length} of ${what}, and should be one`);
  return found[0];
};
const file = (pattern) => only(readdirSync(dist).filter((name) => pattern.test(name)), pattern);

/** A policy as the `content` of a `<meta>`. */
const policy = (rules) =>
  Object.entries({ "default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", ...rules })
    .map(([what, from]) => `${what} ${from}`)
    .join("; ");
const metaPolicy = (rules) => `<meta http-equiv="Content-Security-Policy" content="${policy(rules)}" />`;
const meta = (name, content) => `<meta name="${name}" content="${content}" />`;
const inlineHash = (body) => `'sha256-${hashOf(body).toString("base64")}'`;

/** Which build it is, for whoever asks the page. */
const BUILD = meta("build", build);

/** Where logs may come from: beside the page, or from another host once its reader has said so. */
const LOGS = "'self' https: http:";

const page = text("index.html");
const glue = file(/^lineage-[0-9a-f]+\.js$/);
const first = file(/^lineage-[0-9a-f]+_bg\.wasm$/);
const rest = file(/^lineage-[0-9a-f]+_rest\.wasm$/);
const sheets = [...page.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>/g)];
const style = sheets.map(([, name]) => text(name).trim()).join("\n") + "\n";

/** The page of Trunk without what it loads. */
const bare = page
  .replace(/<link rel="stylesheet"[^>]*>\s*/g, "")
  .replace(/<script type="module">[^]*?<\/script>\s*/, "")
  .replace(/<link rel="(modulepreload|preload)"[^>]*>/g, "")
  .replace(/<!--[^]*?-->\s*/g, "")
  .replace(/<link rel="icon"[^>]*>\s*/, "")
  .replace(/<script src="supported.js"><\/script>\s*/, "");

/** Adds the last of the body; a function, since what is put in may have dollar signs. */
const withTail = (page, parts) => page.replace("</body>", () => `  ${parts.join("\n    ")}\n  </body>`);

/** Adds to the head; the policy comes before everything that it is about. */
const withHead = (head) =>
  bare.replace(/(<meta charset="utf-8" \/>)\s*/, `$1\n    ${head[0]}\n    `).replace("</head>", `  ${head.slice(1).join("\n    ")}\n  </head>`);

/** What the page starts beside itself; for each there is `load_NAME.js`, and a `<meta>` that says where. */
const WORKERS = ["worker", "unzstd"];

/** Gives a worker's files their names. */
function packWorker(name) {
  const wasm = put(name, "wasm", read(`${name}_bg.wasm`), [`${name}_bg.wasm`]);
  const glue = put(name, "js", text(`${name}.js`), [`${name}.js`]);
  const loader = text(`load_${name}.js`).replace(`"${name}.js"`, `"${glue}"`).replace(`"${name}_bg.wasm"`, `"${wasm}"`);
  return meta(name, `./${put(`load_${name}`, "js", loader, [`load_${name}.js`])}`);
}

function packFolder() {
  const boot = put("boot", "js", `import init from "./${glue}";\n\nif (!globalThis.lineageLacks) init({ module_or_path: "./${first}" });\n`, []);
  const check = put("supported", "js", text("supported.js"), ["supported.js"]);
  const sheet = put("style", "css", style, sheets.map(([, name]) => name));
  const rules = {
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "connect-src": LOGS,
    "worker-src": "'self'",
    "manifest-src": "'self'",
  };
  const head = [
    metaPolicy(rules),
    BUILD,
    meta("rest", `./${rest}`),
    ...WORKERS.map(packWorker),
    meta("offline", "./offline.js"),
    `<link rel="icon" type="image/svg+xml" href="./favicon.svg" />`,
    `<link rel="manifest" href="./lineage.webmanifest" />`,
    `<link rel="apple-touch-icon" href="./icon-192.png" />`,
    `<link rel="stylesheet" href="./${sheet}" />`,
    `<link rel="modulepreload" href="./${glue}" />`,
    `<link rel="preload" href="./${first}" as="fetch" type="application/wasm" crossorigin />`,
    `<script type="module" src="./${boot}"></script>`,
  ];
  const page = withTail(withHead(head), [`<script src="./${check}"></script>`]);
  writeFileSync(join(dist, "index.html"), page);
  return page;
}

/** Kept for use without a network once they were asked for, and never kept. */
const [LATER, NEVER] = [["lineage.html", "licenses.txt"], ["index.html", "offline.js", "sample.ndjson"]];

/** Tells the service worker what the page is made of. Last of all. */
function packOffline(page) {
  const names = readdirSync(dist, { recursive: true }).filter((name) => ![...LATER, ...NEVER].includes(name)).sort();
  const worker = text("offline.js");
  const version = hashOf([page, ...names.map((name) => hashOf(read(name)).toString("hex")), worker].join()).toString("hex").slice(0, 16);
  const told = { FILES: names, LATER, PAGE: hashOf(page).toString("hex"), VERSION: version };
  const filled = Object.entries(told).reduce((filled, [name, value]) => {
    const empty = `const ${name} = ${Array.isArray(value) ? "[]" : '""'};`;
    if (!filled.includes(empty)) throw new Error(`offline.js has no ${empty}`);
    return filled.replace(empty, () => `const ${name} = ${JSON.stringify(value)};`);
  }, worker);
  writeFileSync(join(dist, "offline.js"), filled);
}

/** Bytes as an element that nothing runs or shows, compressed. */
const packed = (id, bytes) =>
  `<script type="text/plain" id="${id}">${gzipSync(bytes, { level: 9 }).toString("base64")}</script>`;

/** How such an element is read again. */
const UNPACK = `
const unpack = (text) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};
`;
/** What the one file does with them: as the folder's boot, but that nothing is fetched. */
const BOOT = `${UNPACK}
// The page as it was written, for whoever saves it with another log. What is large stays in its element
// and is not kept twice; the log that is here is no part of it.
{
  const large = [...document.querySelectorAll("script[type='text/plain']")];
  const texts = large.map((part) => {
    const text = new DocumentFragment();
    text.append(...part.childNodes);
    return text;
  });
  const logs = [...document.querySelectorAll("[id=lineage-log],[id^=lineage-log-]")].map((log) => [log, new Text()]);
  logs.forEach(([log, mark]) => log.replaceWith(mark));
  const written = "<!doctype html>\\n" + document.documentElement.outerHTML + "\\n";
  large.forEach((part, at) => part.append(texts[at]));
  logs.forEach(([log, mark]) => mark.replaceWith(log));
  globalThis.lineagePage = () => {
    let rest = written;
    const pieces = large.flatMap(({ id, textContent }) => {
      const start = 'id="' + id + '">';
      const at = rest.indexOf(start) + start.length;
      const before = rest.slice(0, at);
      rest = rest.slice(at);
      return [before, textContent];
    });
    return new Blob([...pieces, rest], { type: "text/html" });
  };
}
const textOf = (id) => document.getElementById(id).textContent;
globalThis.lineageLicenses = () => unpack(textOf("page-licenses")).blob();
for (const name of ${JSON.stringify(WORKERS)}) {
  // A worker of a page from a disk may fetch nothing: its wasm is in its script.
  const start = ${JSON.stringify(`${UNPACK}
unpack(packed).arrayBuffer().then((wasm) => wasm_bindgen({ module_or_path: wasm })).catch((error) => setTimeout(() => { throw error; }));
`)};
  const script = [await unpack(textOf(name + "-glue")).blob(), '\\nconst packed = "', textOf(name + "-wasm"), '";', start];
  const address = document.createElement("meta");
  address.name = name;
  address.content = URL.createObjectURL(new Blob(script, { type: "text/javascript" }));
  document.head.append(address);
}
if (!globalThis.lineageLacks) await __wbg_init({ module_or_path: await unpack(textOf("page-wasm")).arrayBuffer() });
`;

function packOne() {
  const icon = `data:image/svg+xml;base64,${read("favicon.svg").toString("base64")}`;
  // As a part of a page it has no address of its own to reckon with, and hands nothing on.
  const glueText = text(glue).replaceAll("import.meta.url", "document.baseURI").replace(/^export \{[^}]*\};?\s*$/m, "").replace(/^export /gm, "");
  const script = `${glueText}${BOOT}`;
  const check = text("supported.js");
  if (/<\/script|<!--/i.test(script + check) || /<\/style/i.test(style)) throw new Error("what is inlined ends its element");
  const rules = {
    "script-src": `${inlineHash(check)} ${inlineHash(script)} 'wasm-unsafe-eval' blob:`,
    "style-src": inlineHash(style),
    "img-src": "blob: data:",
    "connect-src": `${LOGS} blob: data:`,
    "worker-src": "blob:",
  };
  const head = [metaPolicy(rules), BUILD, `<link rel="icon" href="${icon}" />`, `<style>${style}</style>`];
  const workers = WORKERS.flatMap((name) => [packed(`${name}-wasm`, read(`${name}_bg.wasm`)), packed(`${name}-glue`, read(`${name}.js`))]);
  const parts = [packed("page-wasm", readFileSync(whole)), ...workers, packed("page-licenses", read("licenses.txt"))];
  const page = withHead(head).replace(/<meta name="sample"[^>]*>\s*/, "");
  return withTail(page, [...parts, `<script>${check}</script>`, `<script type="module">${script}</script>`]);
}

const one = packOne();
const folder = packFolder();
writeFileSync(join(dist, "lineage.html"), one);
packOffline(folder);
