// A seeded generator of numbers: the same seed gives the same bench.

/** mulberry32: a function that gives the next whole number from 0 to below `n`. */
export function seeded(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** At most `n` of the items, no item twice. */
export function sample(items, n, below) {
  const rest = [...items];
  return Array.from({ length: Math.min(n, rest.length) }, () => rest.splice(below(rest.length), 1)[0]);
}

/** All of the items, in any order. */
export const shuffled = (items, below) => sample(items, items.length, below);
