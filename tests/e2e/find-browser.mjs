// Where the Chromium of this machine is: CHROME, or the first known name on PATH.
// `node find-browser.mjs` prints it, or fails when there is none.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of an executable, or undefined. */
export const findBrowser = (env = process.env) => findProgram(env, "CHROME", NAMES, MAC);

/** What the variable says, or the first of the names on PATH, or what is at `mac`. A wrong variable is not replaced by a guess. */
export function findProgram(env, variable, names, mac) {
  const given = env[variable];
  if (given) return isExecutable(given) ? given : undefined;
  const folders = (env.PATH ?? "").split(delimiter);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = findBrowser();
  if (found) console.log(found);
  else process.exitCode = 1;
}
