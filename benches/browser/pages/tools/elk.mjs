// elkjs, the layered algorithm as it comes, without a worker: no messages to pay for.
import "/bench/node_modules/elkjs/lib/elk.bundled.js";

const elk = new globalThis.ELK();

export function input({ sizes, edges, gaps }) {
  return {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.spacing.nodeNode": String(gaps.node),
      "elk.layered.spacing.nodeNodeBetweenLayers": String(gaps.rank),
    },
    children: sizes.map(([width, height], node) => ({ id: `n${node}`, width, height })),
    edges: edges.map(([from, to], edge) => ({ id: `e${edge}`, sources: [`n${from}`], targets: [`n${to}`] })),
  };
}

export const layOut = (graph) => elk.layout(graph);

export function read({ children, edges }) {
  const place = ({ x, y }) => [x, y];
  const route = ({ sections: [{ startPoint, bendPoints = [], endPoint }] }) =>
    [startPoint, ...bendPoints, endPoint].map(place);
  return {
    centers: children.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]),
    routes: edges.map(route),
  };
}
