// Pictures of the page that come out the same on every machine: fonts, zone, clock, size and motion are given.

import { launch } from "./browser.mjs";
import { PLAIN_LETTERS, pinFonts } from "./fonts.mjs";
import { stateIs, wholeIs } from "./journey.mjs";

/** Some time after the last event of every log that is pictured. */
const NOW = new Date("2026-11-22T12:00:00Z");

/** A browser for pictures. */
export const launchForPictures = () => launch(PLAIN_LETTERS);

/**
 * One page in one state.
 *
 * @typedef {object} Shot
 * @property {string} address from `?` on
 * @property {string} [state] what the page comes to by itself
 * @property {(page: import("playwright-core").Page) => Promise<unknown>} [act] what leads to the state that is meant
 * @property {object} [context] Playwright's, over that of all tests: another window
 * @property {string[]} [hidden] CSS of what differs each time
 */

/**
 * @param {{ newPage: Function }} browser of `launchForPictures`
 * @param {string} url of the server
 * @param {Shot} shot
 * @returns {Promise<{ light: Buffer, dark: Buffer }>} PNGs
 */
export async function pictures(browser, url, { address, state = "ready", act, context, hidden = [] }) {
  const { page, assertQuiet, close } = await browser.newPage({ deviceScaleFactor: 1, ...context });
  try {
    await pinFonts(page);
    await page.clock.setFixedTime(NOW);
    await page.goto(new URL(address, url).href);
    await stateIs(page, state);
    // Keys are heard from then on.
    if (state === "start") await wholeIs(page);
    await act?.(page);
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    const taken = {};
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await stands(page);
      const mask = hidden.map((css) => page.locator(css));
      taken[colorScheme] = await page.screenshot({ animations: "disabled", caret: "hide", mask, maskColor: "#888888" });
    }
    assertQuiet(url);
    return taken;
  } finally {
    await close();
  }
}

/** Waits until the graph, if there is one, is drawn, all letters are there, and the page has come to rest. */
async function stands(page) {
  await page.waitForFunction(() => !document.querySelector("svg[data-view]:not([data-ready=true]), [aria-busy=true]"));
  await page.evaluate(async () => {
    await document.fonts.ready;
    let nChanges = 0;
    const observer = new MutationObserver(() => { nChanges += 1; });
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    const idle = () => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve)));
    // What comes in turns leaves frames between them, but not so many.
    let nQuiet = 0;
    for (let nFrames = 0; nQuiet < 12; nFrames++) {
      if (nFrames > 2000) throw new Error("the page does not come to rest");
      await idle();
      nQuiet = nChanges > 0 ? 0 : nQuiet + 1;
      nChanges = 0;
    }
    observer.disconnect();
  });
}
