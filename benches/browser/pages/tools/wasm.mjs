// The layout of this project as wasm, from the folder of one build of it.

export function toolOf(build) {
  let lay_out;
  const prepare = async () => {
    const module = await import(`/layout/${build}/layout.js`);
    await module.default();
    ({ lay_out } = module);
  };
  const input = ({ sizes, edges, gaps }) => ({
    sizes: Float32Array.from(sizes.flat()),
    edges: Uint32Array.from(edges.flat()),
    gaps,
  });
  const layOut = ({ sizes, edges, gaps }) => lay_out(sizes, edges, gaps.rank, gaps.node);
  return { prepare, input, layOut, read };
}

function read(drawn) {
  const points = pairs(drawn.points());
  let first = 0;
  const routes = Array.from(drawn.n_points(), (n) => points.slice(first, (first += n)));
  return { centers: pairs(drawn.centers()), routes };
}

const pairs = (numbers) =>
  Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
