// One ruler for all layouts, which looks at the picture alone: where the cards are, and which way the
// edges go between them. Ranks are read off the picture, too; they run from top to bottom.

/**
 * @param {{ sizes: [number, number][], edges: [number, number][] }} graph
 * @param {{ centers: [number, number][], routes?: ([number, number][] | undefined)[] }} drawing
 *   routes by edge, as points from its first to its second end; without one it is straight
 * @param {number} rankGap free space between two ranks
 * @returns {{ ranks: number, crossings: number, length: number, area: number }} crossings of edges
 *   between neighboring ranks; the length of all edges, each from middle to middle by way of where it
 *   passes the ranks between; the area that holds all cards and edges
 */
export function measure({ sizes, edges }, { centers, routes = [] }, rankGap) {
  const { ranks, lines } = ranksOf(centers, rankGap);
  const chains = edges.map((edge, i) => chainOf(edge, routes[i], centers, ranks, lines));
  const spans = chains.flatMap((chain) => chain.points.slice(1).map((to, i) => [chain.points[i], to]));
  return {
    ranks: lines.length,
    crossings: crossingsOf(chains, lines.length),
    length: sum(spans.map(([[ax, ay], [bx, by]]) => Math.hypot(bx - ax, by - ay))),
    area: areaOf(sizes, centers, chains),
  };
}

/**
 * Cards of a rank have the same middle but for their heights; those of the next are lower by the gap
 * and more.
 */
function ranksOf(centers, rankGap) {
  const order = centers.map((_, node) => node).sort((a, b) => centers[a][1] - centers[b][1]);
  const ranks = new Uint32Array(centers.length);
  const rows = [];
  let last = -Infinity;
  for (const node of order) {
    const y = centers[node][1];
    if (y - last > rankGap / 2) rows.push([]);
    last = y;
    rows.at(-1).push(y);
    ranks[node] = rows.length - 1;
  }
  return { ranks, lines: rows.map((row) => sum(row) / row.length) };
}

/** The edge downward: its first rank, and where it is on each rank from there on. */
function chainOf([from, to], route, centers, ranks, lines) {
  const [top, bottom] = ranks[from] <= ranks[to] ? [from, to] : [to, from];
  const way = route ?? [centers[top], centers[bottom]];
  const points = [centers[top]];
  for (let rank = ranks[top] + 1; rank < ranks[bottom]; rank += 1) {
    points.push([passing(way, lines[rank]) ?? passing([centers[top], centers[bottom]], lines[rank]), lines[rank]]);
  }
  points.push(centers[bottom]);
  return { first: ranks[top], points };
}

/** Where the way passes that height; undefined if it never does. */
function passing(way, y) {
  for (let i = 1; i < way.length; i += 1) {
    const [[ax, ay], [bx, by]] = [way[i - 1], way[i]];
    if (Math.min(ay, by) <= y && y <= Math.max(ay, by)) return ay === by ? ax : ax + ((bx - ax) * (y - ay)) / (by - ay);
  }
  return undefined;
}

function crossingsOf(chains, nRanks) {
  const gaps = Array.from({ length: nRanks }, () => []);
  for (const { first, points } of chains) {
    for (let i = 1; i < points.length; i += 1) gaps[first + i - 1].push([points[i - 1][0], points[i][0]]);
  }
  return sum(gaps.map(inversions));
}

/** Pairs of spans that are in one order above and in the other below. Meeting at a card is no crossing. */
function inversions(spans) {
  const sorted = [...spans].sort(([a, b], [c, d]) => a - c || b - d);
  const places = [...new Set(sorted.map(([, below]) => below))].sort((a, b) => a - b);
  const row = new Map(places.map((place, i) => [place, i + 1]));
  const tree = new Uint32Array(places.length + 1);
  let n = 0;
  sorted.forEach(([, below], nBefore) => {
    let notRight = 0;
    for (let i = row.get(below); i > 0; i -= i & -i) notRight += tree[i];
    n += nBefore - notRight;
    for (let i = row.get(below); i < tree.length; i += i & -i) tree[i] += 1;
  });
  return n;
}

function areaOf(sizes, centers, chains) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const hold = ([x, y], [width, height]) => {
    [left, right] = [Math.min(left, x - width / 2), Math.max(right, x + width / 2)];
    [top, bottom] = [Math.min(top, y - height / 2), Math.max(bottom, y + height / 2)];
  };
  centers.forEach((center, node) => hold(center, sizes[node]));
  for (const { points } of chains) for (const point of points) hold(point, [0, 0]);
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
