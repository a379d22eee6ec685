import assert from "node:assert/strict";
import { test } from "node:test";
import { createGrid, nearestPoint, visitBox } from "../../kg/view/script/grid.js";

let seed = 5;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const x = Float32Array.from({ length: 800 }, () => random() * 900 - 300);
const y = Float32Array.from({ length: 800 }, () => random() ** 3 * 500);
const grid = createGrid(x, y);

test("a box finds every point in it", () => {
  for (let turn = 0; turn < 50; turn++) {
    const [left, top] = [random() * 900 - 300, random() * 500];
    const box = { left, top, right: left + random() * 200, bottom: top + random() * 200 };
    const found = new Set();
    visitBox(grid, box, (i) => found.add(i));
    const inside = (i) => x[i] >= box.left && x[i] <= box.right && y[i] >= box.top && y[i] <= box.bottom;
    for (let i = 0; i < x.length; i++) if (inside(i)) assert.ok(found.has(i));
  }
});

test("the nearest point is that of a plain search", () => {
  for (let turn = 0; turn < 100; turn++) {
    const [px, py] = [random() * 900 - 300, random() * 500];
    const away = (i) => Math.hypot(x[i] - px, y[i] - py) - (i % 5);
    const accept = (i) => i % 3 > 0;
    const plain = [...x.keys()].filter((i) => accept(i) && away(i) < 20).sort((a, b) => away(a) - away(b))[0] ?? -1;
    assert.equal(
      nearestPoint(grid, px, py, 20, 4, (i) => i % 5, accept),
      plain,
    );
  }
});

test("one point and no points make grids too", () => {
  assert.equal(
    nearestPoint(
      createGrid([3], [4]),
      3,
      5,
      2,
      0,
      () => 0,
      () => true,
    ),
    0,
  );
  assert.equal(
    nearestPoint(
      createGrid([], []),
      3,
      5,
      2,
      0,
      () => 0,
      () => true,
    ),
    -1,
  );
});

test("the spacing of a lattice is about the distance in it", () => {
  const lattice = Array.from({ length: 400 }, (_, i) => [(i % 20) * 30, Math.floor(i / 20) * 30]);
  const { spacing } = createGrid(
    lattice.map(([across]) => across),
    lattice.map(([, down]) => down),
  );
  assert.ok(spacing > 20 && spacing < 45, `${spacing}`);
});
