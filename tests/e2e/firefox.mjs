// A Firefox of this machine, spoken to in WebDriver BiDi, which it knows by itself: of the protocol what
// the journeys need and no more.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";
import { findProgram } from "./find-browser.mjs";

const NAMES = ["firefox-esr", "firefox"];
const MAC = "/Applications/Firefox.app/Contents/MacOS/firefox";
const MILLIS = 20_000;

/** Nothing that the browser asks of the network by itself. */
const QUIET = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.safebrowsing.downloads.remote.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.search.update": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "intl.accept_languages": "en-US",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.prefetch-next": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.server": "data:,",
  "ui.prefersReducedMotion": 1,
};

/** The path of an executable, or undefined. */
export const findFirefox = (env = process.env) => findProgram(env, "FIREFOX", NAMES, MAC);

/** Waits, but not for ever. */
function within(millis, what, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} took more than ${millis} ms`)), millis)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Starts a browser with a profile of its own. */
export async function launchFirefox(path = findFirefox()) {
  const profile = mkdtempSync(join(tmpdir(), "lineage-firefox-"));
  const prefs = Object.entries(QUIET).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), prefs.join(""));
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "about:blank"];
  const browser = spawn(path, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile, TZ: "UTC" } });
  const gone = new Promise((done) => browser.once("exit", done));
  const end = async () => {
    browser.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    let told = "";
    const listening = new Promise((done, failed) => {
      browser.stderr.on("data", (part) => {
        told += part;
        const address = /WebDriver BiDi listening on (ws:\S+)/.exec(told)?.[1];
        if (address) done(address);
      });
      gone.then(() => failed(new Error(`Firefox has ended: ${told}`)));
    });
    const session = await connect(`${await within(60_000, "Firefox's start", listening)}/session`);
    const close = async () => {
      session.close();
      await end();
    };
    return { newPage: () => newPage(session), close };
  } catch (error) {
    await end();
    throw error;
  }
}

/** `send(method, params)` gives the result; `on(heard)` hears `(method, params)` of each event. */
async function connect(address) {
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 1 << 28 });
  await within(MILLIS, "the connection", new Promise((done, failed) => socket.once("open", done).once("error", failed)));
  const waiting = new Map();
  const heard = new Set();
  socket.on("message", (data) => {
    const { id, type, result, method, params, error, message } = JSON.parse(data);
    if (type === "event") return heard.forEach((hear) => hear(method, params));
    const { done, failed } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (type === "success") done?.(result);
    else failed?.(new Error(`${error}: ${message}`));
  });
  let last = 0;
  const send = (method, params) => {
    const id = ++last;
    const answer = new Promise((done, failed) => waiting.set(id, { done, failed }));
    socket.send(JSON.stringify({ id, method, params }));
    return within(2 * MILLIS, method, answer);
  };
  await send("session.new", { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: "dismiss" } } } });
  await send("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  return { send, on: (hear) => heard.add(hear), off: (hear) => heard.delete(hear), close: () => socket.close() };
}

/** A page with cookies, storage and caches of its own, which remembers what it complained of and asked for. */
async function newPage(session) {
  const { send } = session;
  const { userContext } = await send("browser.createUserContext", {});
  const { context } = await send("browsingContext.create", { type: "tab", userContext });
  await send("browsingContext.setViewport", { context, viewport: { width: 1280, height: 800 } });
  const [errors, requests] = [[], []];
  const hear = (method, params) => {
    if ((params.context ?? params.source?.context) !== context) return;
    if (method === "log.entryAdded" && params.level === "error") errors.push(params.text);
    if (method === "network.beforeRequestSent") requests.push(params.request.url);
  };
  session.on(hear);

  /** Calls a function in the page with plain values, and gives its plain value. */
  const evaluate = async (act, ...values) => {
    const body = `async (values) => JSON.stringify(await (${act})(...JSON.parse(values))) ?? ""`;
    const params = { functionDeclaration: body, arguments: [{ type: "string", value: JSON.stringify(values) }], awaitPromise: true, target: { context } };
    const { result, exceptionDetails } = await send("script.callFunction", params);
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value ? JSON.parse(result.value) : undefined;
  };
  /** Waits until a function in the page gives something true. */
  const until = async (what, ...values) => {
    const end = Date.now() + MILLIS;
    for (;;) {
      const found = await evaluate(what, ...values).catch((error) => ({ error }));
      if (found && !found.error) return found;
      if (Date.now() > end) throw new Error(`not so within ${MILLIS} ms: ${what} ${JSON.stringify(values)}; the page says ${await evaluate(() => document.body.innerText)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  /** The element that matches and has that text, as the protocol names it. */
  const element = async (selector, text = "") => {
    const found = (selector, text) => [...document.querySelectorAll(selector)].find((it) => it.textContent.includes(text) && it.getClientRects().length > 0);
    await until(`(...all) => Boolean((${found})(...all))`, selector, text);
    const params = { functionDeclaration: `(selector, text) => { const it = (${found})(selector, text); it.scrollIntoView({ block: "center" }); return it; }`, arguments: [selector, text].map((value) => ({ type: "string", value })), awaitPromise: false, target: { context } };
    const { result } = await send("script.callFunction", params);
    return { sharedId: result.sharedId };
  };
  return {
    errors,
    requests,
    evaluate,
    until,
    goto: (url) => send("browsingContext.navigate", { context, url, wait: "complete" }),
    back: () => send("browsingContext.traverseHistory", { context, delta: -1 }),
    stateIs: (state) => until((state) => document.documentElement.dataset.state === state, state),
    has: (text) => until((text) => document.body.innerText.includes(text), text),
    setFiles: async (selector, files) => send("input.setFiles", { context, element: await element(selector), files }),
    async click(selector, text) {
      const origin = { type: "element", element: await element(selector, text) };
      const actions = [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
      await send("input.performActions", { context, actions: [{ type: "pointer", id: "mouse", actions }] });
    },
    async type(keys) {
      const actions = [...keys].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
      await send("input.performActions", { context, actions: [{ type: "key", id: "keys", actions }] });
    },
    async screenshot(path) {
      const { data } = await send("browsingContext.captureScreenshot", { context });
      writeFileSync(path, Buffer.from(data, "base64"));
    },
    /** Holds the page to no complaint, and to asking nobody but the server of `url`. */
    assertQuiet(url) {
      assert.deepEqual(errors, []);
      const foreign = requests.filter((it) => !/^(data|blob|about):/.test(it) && !(it.startsWith("file:") ? url.startsWith("file:") : new URL(it).origin === new URL(url).origin));
      assert.deepEqual(foreign, []);
    },
    async close() {
      session.off(hear);
      await send("browser.removeUserContext", { userContext });
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = findFirefox();
  if (found) console.log(found);
  else process.exitCode = 1;
}
