// Lays one graph out with one tool, again and again. The clock runs neither while the tool's input is
// built nor while its answer is read.

/** No more often than this, and no longer than that. */
const MAX_RUNS = 30;
const MAX_MS = 3_000;
/** Half of what the clock can tell apart: less than that is not nothing. */
const LEAST_MS = 0.05;

/**
 * @param {string} name of a module in tools/
 * @param {string} json `{ sizes: [number, number][], edges: [number, number][], gaps: { rank, node } }`
 * @returns as JSON: `times` in milliseconds, the first of many left out, and the last `drawing`:
 *   `centers` by node; `routes` by edge, as points from its first to its second end
 */
export async function measure(name, json) {
  const graph = JSON.parse(json);
  const tool = await import(`./tools/${name}.mjs`);
  await tool.prepare?.();
  const times = [];
  let drawn;
  for (let sum = 0; times.length === 0 || (sum < MAX_MS && times.length < MAX_RUNS); sum += times.at(-1)) {
    const input = tool.input(graph);
    const began = performance.now();
    drawn = await tool.layOut(input);
    times.push(Math.max(LEAST_MS, performance.now() - began));
  }
  return JSON.stringify({ times: times.length > 3 ? times.slice(1) : times, drawing: tool.read(drawn, graph) });
}
