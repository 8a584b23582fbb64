// d3-dag's sugiyama as it comes.
import * as dag from "/bench/node_modules/d3-dag/dist/d3-dag.esm.min.mjs";
import { toolOf } from "./d3.mjs";

export const { input, layOut, read } = toolOf(dag, (layout) => layout);
