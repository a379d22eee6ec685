// Communities as discs, and the statements between them as bundles: what stands for a graph too large to draw at once.

const LARGE = 3000; // entities from which communities stand for their members
const OPEN = 140; // pixels of radius at which a disc opens into its members
const BUNDLES = 400; // the weightiest ones; more would hide everything else

export function discsOf({ n, s, o, type, types, community, communities }, shown, links) {
  const size = communities.length;
  const [x, y, r] = ["x", "y", "r"].map((name) => Float32Array.from(communities, (one) => one[name]));
  const discs = {
    large: size > 1 && shown.entityCount > LARGE,
    size,
    x,
    y,
    r,
    count: new Int32Array(size),
    type: new Int32Array(size),
  };
  if (!discs.large) return discs;
  const byType = new Int32Array(size * types.length);
  for (let i = 0; i < n; i++) {
    const c = community[i];
    if (c < 0 || !shown.entities[i]) continue;
    discs.count[c]++;
    const first = c * types.length;
    if (++byType[first + type[i]] > byType[first + discs.type[c]]) discs.type[c] = type[i];
  }
  discs.order = [...discs.count.keys()]
    .filter((c) => discs.count[c])
    .sort((a, b) => discs.count[b] - discs.count[a] || a - b);
  discs.bundles = bundlesOf(links.list, s, o, community, size);
  return discs;
}

// How many statements join each two communities: numbers are sorted natively, and equal ones then stand together.
function bundlesOf(list, s, o, community, size) {
  const keys = new Float64Array(list.length);
  let found = 0;
  for (const e of list) {
    const a = community[s[e]]; // arrays taken apart would cost most of the time here
    const b = community[o[e]];
    if (a >= 0 && b >= 0 && a !== b) keys[found++] = a < b ? a * size + b : b * size + a;
  }
  const sorted = keys.subarray(0, found).sort();
  const counts = [];
  for (let at = 0, end = 0; at < found; at = end) {
    while (sorted[end] === sorted[at]) end++;
    counts.push([sorted[at], end - at]);
  }
  const heaviest = counts.sort(([a, many], [b, more]) => more - many || a - b).slice(0, BUNDLES);
  return heaviest.map(([key, count]) => ({ a: Math.floor(key / size), b: key % size, count })).reverse();
}

// Which discs are open at a zoom.
export const openDiscs = ({ large, r }, k) => Uint8Array.from(r, (radius) => Number(!large || radius * k > OPEN));

// The zoom at which the disc of a community opens; 0 where nothing hides in discs.
export const zoomToOpen = ({ large, r }, c) => (large && c >= 0 ? (OPEN * 1.1) / r[c] : 0);
