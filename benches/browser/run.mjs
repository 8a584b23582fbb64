// Runs the benches that BENCH names, or all: scripts/bench.sh makes what they need and calls this.
//   SIZES    events of the logs; the answers are asked of the last one
//   NODES    of the neighborhoods and the random graphs
//   REPEATS  how often each log is opened
//   LIMIT    seconds for one layout by one tool
//   ANSWERS  how many wants, partitions and runs are asked for
//   RESULTS  the file whose sections are rewritten
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as answer from "./answer.mjs";
import * as ingest from "./ingest.mjs";
import * as layout from "./layout.mjs";
import { WORDS, circumstances, write } from "./report.mjs";
import { MADE, openSite } from "./site.mjs";

const { env } = process;
const numbers = (text) => text?.split(/[\s,]+/).filter(Boolean).map(Number);
const logs = numbers(env.SIZES) ?? [10_000, 100_000, 1_000_000];

const BENCHES = {
  layout: (site) => layout.run(site, { limit: Number(env.LIMIT ?? 120), nodes: numbers(env.NODES) }),
  answer: (site) => answer.run(site, { size: logs.at(-1), nAnswers: Number(env.ANSWERS ?? 100) }),
  ingest: (site) => ingest.run(site, { sizes: logs, repeats: Number(env.REPEATS ?? 5) }),
};
const TELL = { layout: layout.tell, answer: answer.tell, ingest: ingest.tell };

const file = env.RESULTS ?? fileURLToPath(new URL("../../BENCHMARKS.md", import.meta.url));
const results = join(MADE, "results");
mkdirSync(results, { recursive: true });
for (const name of env.BENCH ? [env.BENCH] : Object.keys(BENCHES)) {
  const began = Date.now();
  const site = await openSite();
  try {
    const found = await BENCHES[name](site);
    writeFileSync(join(results, `${name}.json`), JSON.stringify(found));
    const minutes = Math.max(1, Math.round((Date.now() - began) / 60_000));
    const text = `\n${circumstances(site.version, minutes)}\n\n${TELL[name](found, WORDS)}\n`;
    console.log(text);
    write(file, name, text);
  } finally {
    await site.close();
  }
}
