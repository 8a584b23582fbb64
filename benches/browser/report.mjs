// Numbers as text, and BENCHMARKS.md: each bench rewrites its own section and leaves the others.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem, type } from "node:os";

/** How tables and goals are written. */
export const WORDS = { table, number, spreadOf, verdict, times };

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** With few digits, and thousands apart. */
function number(n) {
  if (n === undefined || Number.isNaN(n)) return "not measured";
  return n.toLocaleString("en-US", { maximumFractionDigits: Math.abs(n) < 10 ? 2 : Math.abs(n) < 100 ? 1 : 0 });
}

/** The median, and in brackets the smallest and the largest. */
function spreadOf(spread) {
  return spread ? `${number(spread.median)} (${number(spread.min)}–${number(spread.max)})` : "not measured";
}

function times(ratio) {
  return Number.isFinite(ratio) ? number(ratio) : "";
}

/** Whether a goal is met: at most `goal`, or with `atLeast` no less. */
function verdict(what, value, goal, atLeast = false) {
  if (!Number.isFinite(value)) return `- ${what}: not measured (goal: ${goal})`;
  const isMet = atLeast ? value >= goal : value <= goal;
  return `- ${what}: **${number(value)}**, goal ${atLeast ? "≥" : "≤"} ${number(goal)}: ${isMet ? "met" : "not met"}`;
}

/** The commit, where there is one. */
function describe() {
  const options = { cwd: new URL("../..", import.meta.url), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  try {
    return execFileSync("git", ["describe", "--always"], options).trim();
  } catch {
    return "no commit";
  }
}

/** Where and when, and with what. */
export function circumstances(version, minutes) {
  const commit = describe();
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${model.trim()}, ${cpus().length} threads, ${memory} GB, ${type()}`;
  const load = loadavg()[2].toFixed(1);
  return `${new Date().toISOString().slice(0, 10)}, at ${commit}. ${machine}; Chromium ${version}; Node.js ${process.version}. It took ${minutes} min, the last 15 of them at a mean load of ${load}.`;
}

/** Puts `text` between the marks of that section. */
export function write(file, section, text) {
  const [from, to] = [`<!-- ${section}: written by make bench -->`, `<!-- end of ${section} -->`];
  const old = readFileSync(file, "utf8");
  const [start, end] = [old.indexOf(from), old.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`no section ${section} in ${file}`);
  writeFileSync(file, `${old.slice(0, start + from.length)}\n${text}\n${old.slice(end)}`);
}
