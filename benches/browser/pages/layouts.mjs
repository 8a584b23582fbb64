// Lays one graph out with one tool, again and again. The clock runs neither while the tool's input is
// built nor while its answer is read.

/** Each tool has as long, so that the engine knows the code of each as well; but no more often than this. */
const MAX_MS = 1_500;
const MAX_RUNS = 500;
/** Half of what the clock can tell apart: less than that is not nothing. */
const LEAST_MS = 0.05;

/**
 * @param {string} name of a module in tools/
 * @param {string} json `{ sizes: [number, number][], edges: [number, number][], gaps: { rank, node } }`
 * @returns as JSON: `times` in milliseconds, the first of many left out, and the last `drawing`:
 *   `centers` by node; `routes` by edge, as points from its first to its second end; and the `first` time
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
  return JSON.stringify({ first: times[0], times: times.length > 3 ? times.slice(1) : times, drawing: tool.read(drawn, graph) });
}
