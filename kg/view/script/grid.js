import { boundsOf } from "./camera.js";

// A spatial index: points sorted into square cells of about two points each.
export function createGrid(x, y) {
  const count = x.length;
  const { left, right, top, bottom } = boundsOf(x, y, new Uint8Array(count), () => true) ?? {
    left: 0,
    right: 0,
    top: 0,
    bottom: 0,
  };
  const [wide, high] = [right - left + 1, bottom - top + 1];
  const size = Math.max(Math.sqrt((wide * high * 2) / Math.max(count, 1)), Math.max(wide, high) / 2000);
  const [columns, rows] = [wide, high].map((side) => Math.floor(side / size) + 1);
  const cells = new Int32Array(count);
  const start = new Int32Array(columns * rows + 1);
  let taken = 0;
  for (let i = 0; i < count; i++) {
    cells[i] = Math.floor((y[i] - top) / size) * columns + Math.floor((x[i] - left) / size);
    if (start[cells[i] + 1]++ === 0) taken++;
  }
  for (let c = 0; c < columns * rows; c++) start[c + 1] += start[c];
  const points = new Int32Array(count);
  const next = start.slice();
  for (let i = 0; i < count; i++) points[next[cells[i]]++] = i;
  const spacing = size * Math.sqrt(taken / Math.max(count, 1)) || 1; // the usual distance between neighbours
  return { x, y, left, top, size, columns, rows, start, points, spacing };
}

// Calls visit(i) for each point in the box, and for some just outside it.
export function visitBox(grid, box, visit) {
  const cellOf = (value, most) => Math.min(Math.max(Math.floor(value / grid.size), 0), most);
  const [first, last] = [box.left, box.right].map((x) => cellOf(x - grid.left, grid.columns - 1));
  const [top, bottom] = [box.top, box.bottom].map((y) => cellOf(y - grid.top, grid.rows - 1));
  for (let row = top; row <= bottom; row++) {
    const end = grid.start[row * grid.columns + last + 1];
    for (let at = grid.start[row * grid.columns + first]; at < end; at++) visit(grid.points[at]);
  }
}

// The accepted point whose rim is nearest to (x, y), at most `reach` beyond it; -1 where there is none.
export function nearestPoint(grid, x, y, reach, largest, radius, accept) {
  let [best, least] = [-1, reach];
  const far = reach + largest;
  visitBox(grid, { left: x - far, right: x + far, top: y - far, bottom: y + far }, (i) => {
    const away = Math.hypot(grid.x[i] - x, grid.y[i] - y) - radius(i);
    if (away < least && accept(i)) [best, least] = [i, away];
  });
  return best;
}
