// What the page is compared with: the same bytes, from the same server or file, in the same browser, by
// a script as one would write it for speed. Each reads the log as a stream, line by line.
import { Index } from "./index.mjs";

const BASELINES = {
  /** The bytes and nothing else: no reader can be faster. */
  async bytes(source) {
    let nBytes = 0;
    for await (const bytes of await streamOf(source)) nBytes += bytes.length;
    return nBytes;
  },

  /** Every event is parsed and dropped. */
  async parse(source) {
    let nEvents = 0;
    await eachLine(source, (line) => {
      if (JSON.parse(line).event_id !== undefined) nEvents += 1;
    });
    return nEvents;
  },

  /** Every event is parsed and filed. */
  async maps(source) {
    const index = new Index();
    await eachLine(source, (line) => index.add(JSON.parse(line)));
    globalThis.kept = index;
    return index.answer();
  },
};

/** The bytes of an address, or of a file. */
async function streamOf(source) {
  return source instanceof Blob ? source.stream() : (await fetch(source)).body;
}

/** Calls `take` with every line that is not empty. */
async function eachLine(source, take) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of await streamOf(source)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) take(line);
  }
  rest += decoder.decode();
  if (rest.trim()) take(rest);
}

/** Milliseconds that the baseline takes, from asking for the log, an address or a file, to its answer. */
export async function measure(name, source) {
  const began = performance.now();
  await BASELINES[name](source);
  return performance.now() - began;
}
