// The layout of this project, at the optimization level that the page is built with.
import { toolOf } from "./wasm.mjs";

export const { prepare, input, layOut, read } = toolOf("page");
