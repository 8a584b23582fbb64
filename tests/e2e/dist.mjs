// The folder that `make dist` fills, or the one in DIST: what the browser tests are about.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const DIST = resolve(process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url)));
