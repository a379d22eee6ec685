// The courses of statements: those between the same two entities bow apart, those of one with itself loop.

const APART = 26; // pixels between the control points of two parallel statements
const WIDEST = 130; // pixels that a fan of parallel statements may take

// For each statement the group of those between the same two entities; -1 for statements about values.
export function groupsOf({ n, m, s, o }) {
  const known = new Map();
  const of = new Int32Array(m).fill(-1);
  for (let e = 0; e < m; e++) {
    if (o[e] < 0) continue;
    const key = Math.min(s[e], o[e]) * n + Math.max(s[e], o[e]);
    if (!known.has(key)) known.set(key, known.size);
    of[e] = known.get(key);
  }
  return { of, count: known.size };
}

// The shown statements between shown entities, and how far each bows: in pixels from the way that leads from the entity
// with the lower index to the other, or the rank of a loop.
export function linksOf({ m, s, o }, { of, count }, { statements, entities }) {
  const sizes = new Uint16Array(count);
  const seen = new Uint16Array(count);
  const bow = new Float32Array(m);
  const list = [];
  for (let e = 0; e < m; e++) {
    if (of[e] < 0 || !statements[e] || !entities[s[e]] || !entities[o[e]]) continue;
    list.push(e);
    sizes[of[e]]++;
  }
  for (const e of list) {
    const size = sizes[of[e]];
    const rank = seen[of[e]]++;
    if (s[e] === o[e]) bow[e] = rank + 1;
    else if (size > 1) bow[e] = (rank - (size - 1) / 2) * Math.min(APART, WIDEST / size) * (s[e] < o[e] ? 1 : -1);
  }
  return { list: Int32Array.from(list), bow };
}

// From one rim to another, [x, y, radius] each, as the points of a line or of a quadratic curve.
export function curveBetween([ax, ay, ar], [bx, by, br], bow) {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const lean = Math.max(-0.4, Math.min(0.4, bow / length));
  const cx = (ax + bx) / 2 - (by - ay) * lean;
  const cy = (ay + by) / 2 + (bx - ax) * lean;
  const half = Math.hypot(cx - ax, cy - ay) || 1;
  const [out, back] = [Math.min(ar / half, 0.9), Math.min(br / half, 0.9)];
  const control = bow ? [cx, cy] : []; // lines are drawn faster than curves
  return [ax + (cx - ax) * out, ay + (cy - ay) * out, ...control, bx + (cx - bx) * back, by + (cy - by) * back];
}

// A loop above and to the right of its entity, as a cubic curve.
export function loopAt([x, y, r], rank) {
  const far = r + 24 + rank * 12;
  return [x + r * 0.35, y - r, x + far * 0.25, y - far * 1.5, x + far * 1.5, y - far * 0.25, x + r, y - r * 0.35];
}

export function pointOn(curve, t) {
  const u = 1 - t;
  const all = [
    [u, t],
    [u * u, 2 * u * t, t * t],
    [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3],
  ];
  const weights = all[curve.length / 2 - 2];
  return [0, 1].map((axis) => weights.reduce((sum, weight, n) => sum + weight * curve[2 * n + axis], 0));
}

export function traceCurve(pen, curve) {
  pen.moveTo(curve[0], curve[1]);
  const trace = { 4: "lineTo", 6: "quadraticCurveTo", 8: "bezierCurveTo" }[curve.length];
  pen[trace](...curve.slice(2));
}

// An arrowhead at the end of a curve that is long enough for it.
export function traceArrow(pen, curve, length) {
  const [x, y] = curve.slice(-2);
  if (curve.length < 8 && Math.hypot(x - curve[0], y - curve[1]) < length * 3) return;
  const [fromX, fromY] = pointOn(curve, 0.9);
  const scale = length / (Math.hypot(x - fromX, y - fromY) || 1);
  const [dx, dy] = [(x - fromX) * scale, (y - fromY) * scale];
  pen.moveTo(x, y);
  pen.lineTo(x - dx - dy * 0.4, y - dy + dx * 0.4);
  pen.lineTo(x - dx + dy * 0.4, y - dy - dx * 0.4);
  pen.closePath();
}

// How far (x, y) is from a curve, taken as a few straight pieces.
export function distanceTo(curve, x, y) {
  let least = Infinity;
  let [ax, ay] = pointOn(curve, 0);
  for (let step = 1; step <= 12; step++) {
    const [bx, by] = pointOn(curve, step / 12);
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
    [ax, ay] = [bx, by];
  }
  return least;
}
