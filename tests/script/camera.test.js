import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, cameraBetween, fittedCamera, panned, worldAt, zoomedAbout } from "../../kg/view/script/camera.js";

const size = { width: 1000, height: 700 };
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("zooming keeps the point under the pointer", () => {
  const camera = { x: 10, y: -5, k: 2 };
  const before = worldAt(camera, size, 130, 620);
  const after = worldAt(zoomedAbout(camera, size, 130, 620, 5), size, 130, 620);
  near(before.x, after.x);
  near(before.y, after.y);
});

test("panning moves the world with the pointer", () => {
  const camera = { x: 0, y: 0, k: 4 };
  const at = worldAt(camera, size, 100, 100);
  assert.deepEqual(worldAt(panned(camera, 60, -20), size, 160, 80), at);
});

test("what is fitted lies inside, and is not enlarged without end", () => {
  const box = { left: -400, right: 600, top: 0, bottom: 90 };
  const camera = fittedCamera(box, size, 10);
  const [first, last] = [worldAt(camera, size, 0, 0), worldAt(camera, size, 1000, 700)];
  assert.ok(first.x < box.left && last.x > box.right && first.y < box.top && last.y > box.bottom);
  assert.equal(fittedCamera({ left: 0, right: 0, top: 0, bottom: 0 }, size, 3).k, 3);
});

test("an animated move begins and ends where it should, and keeps the point that both ends show at one pixel", () => {
  const from = { x: 0, y: 0, k: 1 };
  const to = zoomedAbout(from, size, 900, 100, 8);
  assert.deepEqual(cameraBetween(from, to, 1), to);
  near(cameraBetween(from, to, 0).x, 0);
  const half = cameraBetween(from, to, 0.5);
  near(half.k, Math.sqrt(8));
  near(worldAt(half, size, 900, 100).x, worldAt(from, size, 900, 100).x);
  near(cameraBetween(from, { x: 10, y: 4, k: 1 }, 0.5).x, 5);
});

test("bounds hold radii, of the accepted points only", () => {
  const [x, y, r] = [
    [0, 10, 99],
    [0, 20, 99],
    [1, 2, 3],
  ];
  assert.deepEqual(
    boundsOf(x, y, r, (i) => i < 2),
    { left: -1, right: 12, top: -1, bottom: 22 },
  );
  assert.equal(
    boundsOf(x, y, r, () => false),
    null,
  );
});
