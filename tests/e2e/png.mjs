// PNGs in few bytes: of at most 256 colors, which takes a third. Pictures of a page have few colors but for the edges
// of letters; no color is off by more than the eye sees there.

import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Colors that are taken because they are frequent; the others because they are far from all those. */
const N_FREQUENT = 96;
const N_COLORS = 256;

/** `{ width, height, data }` with four bytes a pixel. */
export const readPng = (png) => PNG.sync.read(png);

/** A picture as a PNG of at most 256 colors. */
export function writePng({ width, height, data }) {
  const colorAt = (i) => (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2];
  const counts = new Map();
  for (let i = 0; i < width * height; i++) counts.set(colorAt(i), (counts.get(colorAt(i)) ?? 0) + 1);
  const { palette, nearest } = paletteOf(counts);
  // Each row begins with its filter: none, which is best for such pictures.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(colorAt(y * width + x));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  return Buffer.concat([
    SIGNATURE, chunk("IHDR", head), chunk("PLTE", colors), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colors to use, and for each color that there is the place of the nearest of them. */
function paletteOf(counts) {
  const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const palette = [];
  const nearest = new Map();
  const distances = new Map(all.map((color) => [color, Infinity]));
  const take = (taken) => {
    for (const color of all) {
      const distance = apart(color, taken);
      if (distance >= distances.get(color)) continue;
      distances.set(color, distance);
      nearest.set(color, palette.length);
    }
    palette.push(taken);
  };
  all.slice(0, N_FREQUENT).forEach(take);
  while (palette.length < N_COLORS) {
    const farthest = all.reduce((far, color) => (distances.get(color) > distances.get(far) ? color : far));
    if (distances.get(farthest) === 0) break;
    take(farthest);
  }
  return { palette, nearest };
}

const apart = (a, b) =>
  Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) + Math.abs((a & 255) - (b & 255));

function chunk(type, body) {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, "latin1"), body, Buffer.alloc(4)]);
  bytes.writeUInt32BE(body.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}
