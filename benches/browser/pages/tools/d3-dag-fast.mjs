// d3-dag's sugiyama with the fastest of its operators for each phase.
import * as dag from "/bench/node_modules/d3-dag/dist/d3-dag.esm.min.mjs";
import { toolOf } from "./d3.mjs";

export const { input, layOut, read } = toolOf(dag, (layout) =>
  layout
    .layering(dag.layeringLongestPath())
    .decross(dag.decrossTwoLayer().order(dag.twolayerAgg()).passes(4))
    .coord(dag.coordGreedy()));
