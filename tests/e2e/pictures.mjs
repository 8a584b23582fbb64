// Pictures of the page that come out the same on every machine: fonts, zone, clock, size and motion are given.

import { pinFonts } from "./fonts.mjs";
import { stateIs } from "./journey.mjs";

/** Some time after the last event of every log that is pictured. */
const NOW = new Date("2026-11-22T12:00:00Z");

/**
 * One page in one state.
 *
 * @typedef {object} Shot
 * @property {string} address from `?` on
 * @property {string} [state] what the page comes to by itself: "ready" where nothing is said
 * @property {string} [mark] CSS of what is there once the page stands
 * @property {(page: import("playwright-core").Page) => Promise<unknown>} [act] what is done to it then
 * @property {{ width: number, height: number }} [viewport]
 */

/**
 * @param {{ newPage: Function }} browser of `launch`
 * @param {string} url of the server
 * @param {Shot} shot
 * @param {"light" | "dark"} colorScheme
 * @returns {Promise<Buffer>} a PNG
 */
export async function picture(browser, url, { address, state = "ready", mark = "main", act, viewport }, colorScheme) {
  const { page, assertQuiet, close } = await browser.newPage({ colorScheme, deviceScaleFactor: 1, ...(viewport && { viewport }) });
  try {
    await pinFonts(page);
    await page.clock.setFixedTime(NOW);
    await page.goto(new URL(address, url).href);
    await stateIs(page, state);
    await page.waitForSelector(mark, { state: "attached" });
    await act?.(page);
    await stands(page);
    const png = await page.screenshot({ animations: "disabled", caret: "hide" });
    assertQuiet(url);
    return png;
  } finally {
    await close();
  }
}

/** Waits until the graph, if there is one, is drawn, all letters are there, and two frames have passed. */
async function stands(page) {
  await page.waitForFunction(() => !document.querySelector("svg[data-view]:not([data-ready=true])"));
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
