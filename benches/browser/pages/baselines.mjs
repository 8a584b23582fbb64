// What the page is compared with: the same bytes, from the same server, in the same browser, by a
// script as one would write it for speed. Each reads the log as a stream, line by line.
import { Index } from "./index.mjs";

const BASELINES = {
  /** The bytes and nothing else: no reader can be faster. */
  async fetch(url) {
    let nBytes = 0;
    for await (const bytes of (await fetch(url)).body) nBytes += bytes.length;
    return nBytes;
  },

  /** Every event is parsed and dropped. */
  async parse(url) {
    let nEvents = 0;
    await eachLine(url, (line) => {
      if (JSON.parse(line).event_id !== undefined) nEvents += 1;
    });
    return nEvents;
  },

  /** Every event is parsed and filed. */
  async maps(url) {
    const index = new Index();
    await eachLine(url, (line) => index.add(JSON.parse(line)));
    globalThis.kept = index;
    return index.answer();
  },
};

/** Calls `take` with every line that is not empty. */
async function eachLine(url, take) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of (await fetch(url)).body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) take(line);
  }
  rest += decoder.decode();
  if (rest.trim()) take(rest);
}

/** Milliseconds that the baseline takes, from asking for the log to its answer. */
export async function measure(name, url) {
  const began = performance.now();
  await BASELINES[name](url);
  return performance.now() - began;
}
