// Whether a picture of the page is the one that was taken before. Another version of a browser draws the edges of letters a
// little differently, and that must pass; whatever a person would see must not. So pictures are kept and compared at half
// their size, in blocks of two by two pixels, and a block has changed where
//
// - its mean color is far off: something is there, or gone, or was moved;
// - or it is of one color in both pictures, and that is off by more than a shade: something was painted otherwise.

const BLOCK = 2;
/** Of 255, in any channel. */
const FAR = 40;
const SHADE = 5;
const FLAT = 3;
/** So many of a million blocks may have changed. */
const ALLOWED = 400;

/** A picture at half its size: of four pixels the mean. */
export function half({ width, height, data }) {
  const small = { width: width >> 1, height: height >> 1, data: new Uint8Array(4 * (width >> 1) * (height >> 1)) };
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      for (let i = 0; i < 4; i++) {
        const at = 4 * (2 * y * width + 2 * x) + i;
        small.data[4 * (y * small.width + x) + i] = (data[at] + data[at + 4] + data[at + 4 * width] + data[at + 4 * width + 4] + 2) >> 2;
      }
    }
  }
  return small;
}

/**
 * @typedef {{ width: number, height: number, data: Uint8Array }} Picture four bytes a pixel
 *
 * @param {Picture} before
 * @param {Picture} after
 * @returns {{ nChanged: number, nAllowed: number, isSame: boolean, marked: Picture }} `marked` is `after`, pale, with what
 *   has changed in red
 */
export function compare(before, after) {
  const marked = pale(after);
  if (before.width !== after.width || before.height !== after.height) {
    return { nChanged: Infinity, nAllowed: 0, isSame: false, marked };
  }
  let [nChanged, nBlocks] = [0, 0];
  for (let y = 0; y < after.height; y += BLOCK) {
    for (let x = 0; x < after.width; x += BLOCK) {
      nBlocks += 1;
      if (!hasChanged(blockOf(before, x, y), blockOf(after, x, y))) continue;
      nChanged += 1;
      paint(marked, x, y);
    }
  }
  const nAllowed = Math.floor((nBlocks * ALLOWED) / 1e6);
  return { nChanged, nAllowed, isSame: nChanged <= nAllowed, marked };
}

function hasChanged(before, after) {
  const off = Math.max(...before.mean.map((value, i) => Math.abs(value - after.mean[i])));
  return off > FAR || (before.isFlat && after.isFlat && off > SHADE);
}

function blockOf({ width, height, data }, left, top) {
  const [low, high, sum] = [[255, 255, 255], [0, 0, 0], [0, 0, 0]];
  const [right, bottom] = [Math.min(left + BLOCK, width), Math.min(top + BLOCK, height)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      for (let i = 0; i < 3; i++) {
        const value = data[4 * (y * width + x) + i];
        low[i] = Math.min(low[i], value);
        high[i] = Math.max(high[i], value);
        sum[i] += value;
      }
    }
  }
  const n = (right - left) * (bottom - top);
  return { mean: sum.map((value) => value / n), isFlat: high.every((value, i) => value - low[i] <= FLAT) };
}

function pale({ width, height, data }) {
  const copy = new Uint8Array(data.length).fill(255);
  for (let i = 0; i < data.length; i++) if (i % 4 < 3) copy[i] = 192 + data[i] / 4;
  return { width, height, data: copy };
}

function paint({ width, height, data }, left, top) {
  for (let y = top; y < Math.min(top + BLOCK, height); y++) {
    for (let x = left; x < Math.min(left + BLOCK, width); x++) data.set([220, 0, 0, 255], 4 * (y * width + x));
  }
}
