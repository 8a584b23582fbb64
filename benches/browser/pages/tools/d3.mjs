// What both settings of d3-dag share.

export function toolOf(dag, settings) {
  const input = ({ sizes, edges, gaps }) => {
    const graph = dag.graph();
    const nodes = sizes.map((size) => graph.node({ size }));
    const links = edges.map(([from, to]) => graph.link(nodes[from], nodes[to]));
    const layout = dag.sugiyama().nodeSize(({ data }) => data.size).gap([gaps.node, gaps.rank]);
    return { graph, nodes, links, layout: settings(layout) };
  };
  const layOut = (made) => {
    made.layout(made.graph);
    return made;
  };
  const read = ({ nodes, links }) => ({
    centers: nodes.map(({ x, y }) => [x, y]),
    routes: links.map(({ points }) => points.map(([x, y]) => [x, y])),
  });
  return { input, layOut, read };
}
