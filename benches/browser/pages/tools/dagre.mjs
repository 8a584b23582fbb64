// @dagrejs/dagre as it comes.
import { Graph, layout } from "/bench/node_modules/@dagrejs/dagre/dist/dagre.esm.js";

export function input({ sizes, edges, gaps }) {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", ranksep: gaps.rank, nodesep: gaps.node });
  sizes.forEach(([width, height], node) => graph.setNode(String(node), { width, height }));
  edges.forEach(([from, to], edge) => graph.setEdge(String(from), String(to), {}, String(edge)));
  return graph;
}

export function layOut(graph) {
  layout(graph);
  return graph;
}

export function read(graph, { sizes, edges }) {
  const place = ({ x, y }) => [x, y];
  return {
    centers: sizes.map((_, node) => place(graph.node(String(node)))),
    routes: edges.map(([from, to], edge) => graph.edge(String(from), String(to), String(edge)).points.map(place)),
  };
}
