// A camera looks at the world point (x, y) in the middle of the drawing, with k pixels to a world unit.

export function worldAt(camera, { width, height }, x, y) {
  return { x: camera.x + (x - width / 2) / camera.k, y: camera.y + (y - height / 2) / camera.k };
}

// The same world point stays under the pixel (x, y).
export function zoomedAbout(camera, size, x, y, k) {
  const still = worldAt(camera, size, x, y);
  return { x: still.x - (x - size.width / 2) / k, y: still.y - (y - size.height / 2) / k, k };
}

export const panned = ({ x, y, k }, dx, dy) => ({ x: x - dx / k, y: y - dy / k, k });

// The box (world units) in the middle of the drawing with room for labels around it, at most `most` pixels to a unit.
export function fittedCamera(box, { width, height }, most) {
  const beside = Math.min(140, width * 0.2);
  const [above, below] = [Math.min(34, height * 0.08), Math.min(52, height * 0.12)];
  const wide = Math.max(40, width - beside) / Math.max(box.right - box.left, 1e-6);
  const high = Math.max(40, height - above - below) / Math.max(box.bottom - box.top, 1e-6);
  const k = Math.min(wide, high, most);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom + (below - above) / k) / 2, k };
}

// Between two cameras at 0 <= t <= 1: the zoom changes evenly, and the point that both show at one pixel stays there.
export function cameraBetween(from, to, t) {
  if (t >= 1) return { ...to };
  const grown = to.k / from.k;
  const k = from.k * grown ** t;
  const share = Math.abs(grown - 1) < 1e-3 ? t : (1 / k - 1 / from.k) / (1 / to.k - 1 / from.k);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, k };
}

export const easedTime = (t) => t * t * (3 - 2 * t);

// The box around the points that `accept` takes, with their radii; null where there is none.
export function boundsOf(x, y, r, accept) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    if (!accept(i)) continue;
    if (x[i] - r[i] < left) left = x[i] - r[i];
    if (x[i] + r[i] > right) right = x[i] + r[i];
    if (y[i] - r[i] < top) top = y[i] - r[i];
    if (y[i] + r[i] > bottom) bottom = y[i] + r[i];
  }
  return left <= right ? { left, right, top, bottom } : null;
}
