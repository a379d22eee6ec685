// Places for labels: a raster of the drawing that knows where dots, statements and other labels are.

const CELL = 2; // pixels of the raster that knows which places are taken
const EDGE = 4; // pixels between labels and the border of the drawing
const [DOT, LABEL_BOX] = [100, 255]; // marks of cells; below them, how many statements cross a cell
const COVERED = 6; // what covering a cell of a dot costs

export function createRaster(width, height) {
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  return { columns, rows, cells: new Uint8Array(columns * rows) };
}

export function takeBox({ columns, rows, cells }, x, y, w, h, mark = LABEL_BOX) {
  const left = Math.max(0, Math.floor(x / CELL));
  const right = Math.max(left, Math.min(columns, Math.ceil((x + w) / CELL)));
  const bottom = Math.min(rows, Math.ceil((y + h) / CELL));
  for (let row = Math.max(0, Math.floor(y / CELL)); row < bottom; row++) {
    cells.fill(mark, row * columns + left, row * columns + right);
  }
}

// Dots in the light are as hard as labels.
export function takeDot(raster, x, y, radius, lit) {
  const r = Math.max(1, radius);
  takeBox(raster, x - r, y - r, 2 * r, 2 * r, lit ? LABEL_BOX : DOT);
}

// Marks the cells along a line, as far as it lies inside.
export function crossLine({ columns, rows, cells }, x0, y0, x1, y1) {
  const [dx, dy] = [(x1 - x0) / CELL, (y1 - y0) / CELL];
  const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))) || 1;
  const [ax, ay] = [x0 / CELL, y0 / CELL];
  const enter = (from, way, most) => (way ? Math.min(-from / way, (most - from) / way) : 0);
  const leave = (from, way, most) => (way ? Math.max(-from / way, (most - from) / way) : 1);
  const first = Math.max(0, enter(ax, dx, columns), enter(ay, dy, rows)) * steps;
  const last = Math.min(1, leave(ax, dx, columns), leave(ay, dy, rows)) * steps;
  for (let step = Math.ceil(first); step <= last; step++) {
    const at = Math.floor(ay + (dy * step) / steps) * columns + Math.floor(ax + (dx * step) / steps);
    if (cells[at] < DOT - 1) cells[at]++;
  }
}

// What a box would cover of statements, and of dots up to a cost of `bearable`; Infinity where there is more in the way or
// it leaves the drawing.
export function costOf({ columns, rows, cells }, x, y, w, h, bearable = 0) {
  if (x < EDGE || y < EDGE || x + w > columns * CELL - EDGE || y + h > rows * CELL - EDGE) return Infinity;
  const [left, top] = [Math.floor(x / CELL), Math.floor(y / CELL)];
  const [right, bottom] = [Math.ceil((x + w) / CELL), Math.ceil((y + h) / CELL)];
  let [lines, dots] = [0, 0];
  for (let row = top; row < bottom; row++) {
    for (let at = row * columns + left; at < row * columns + right; at++) {
      const mark = cells[at];
      if (mark < DOT) lines += mark;
      else if (mark === DOT) dots += COVERED;
      if (mark === LABEL_BOX || dots > bearable) return Infinity;
    }
  }
  return lines + dots;
}

// The spots around a dot, the best first: how far across and down, in halves of the sizes of dot and label.
const ACROSS = [0, 0, 1, -1, 0.5, -0.5, 0.5, -0.5, 1, -1, 1, -1];
const DOWN = [1, -1, 0, 0, 1, 1, -1, -1, 0.6, 0.6, -0.6, -0.6];

export const cornerAt = (spot, x, y, r, w, h) => [
  x + ACROSS[spot] * (r + 3 + w / 2) - w / 2,
  y + DOWN[spot] * (r + 2 + h / 2) - h / 2,
];

// Text beside a dot begins or ends at it; elsewhere it stands in the middle of its box.
export const alignmentAt = (spot) => ({ 1: "left", "-1": "right" })[ACROSS[spot]] ?? "center";

// The best free spot around a dot, or -1: near the front of the list, over few lines, rather the one it had before.
export function spotFor(raster, x, y, r, w, h, before, bearable) {
  let [best, least] = [-1, Infinity];
  for (let spot = 0; spot < DOWN.length; spot++) {
    const free = costOf(raster, ...cornerAt(spot, x, y, r, w, h), w, h, bearable);
    const cost = free + spot * 3 - (spot === before ? 25 : 0);
    if (cost < least) [best, least] = [spot, cost];
  }
  return best;
}
