// The outlines of the shapes of the legend, of about the same area at the same radius.

const TURN = Math.PI * 2;
const corners = (count, first) =>
  Array.from({ length: count }, (_, n) => [
    Math.sin(first + (n / count) * TURN),
    -Math.cos(first + (n / count) * TURN),
  ]);
const star = corners(10, 0).map(([x, y], n) => (n % 2 ? [x * 0.48, y * 0.48] : [x, y]));

const OUTLINES = {
  square: [0.9, corners(4, Math.PI / 4).map(([x, y]) => [x * 1.39, y * 1.39])],
  diamond: [1.28, corners(4, 0)],
  triangle: [1.36, corners(3, 0)],
  triangleDown: [1.36, corners(3, Math.PI)],
  hexagon: [1.1, corners(6, Math.PI / 6)],
  star: [1.5, star],
};

export function traceShape(pen, shape, x, y, r) {
  const outline = OUTLINES[shape];
  if (!outline) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, TURN);
    return;
  }
  const [size, points] = outline;
  for (let n = 0; n < points.length; n++) {
    const [px, py] = [x + points[n][0] * r * size, y + points[n][1] * r * size];
    if (n) pen.lineTo(px, py);
    else pen.moveTo(px, py);
  }
  pen.closePath();
}
