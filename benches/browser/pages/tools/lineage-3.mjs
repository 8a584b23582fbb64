// The layout of this project, at optimization level 3.
import { toolOf } from "./wasm.mjs";

export const { prepare, input, layOut, read } = toolOf("fast");
