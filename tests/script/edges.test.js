import assert from "node:assert/strict";
import { test } from "node:test";
import { curveBetween, distanceTo, groupsOf, linksOf, loopAt, pointOn } from "../../kg/view/script/edges.js";

// 0 → 1 three times, once of them back; 1 → 2; 2 → 2; 0 → a value
const model = { n: 3, m: 6, s: [0, 1, 0, 1, 2, 0], o: [1, 0, 1, 2, 2, -1] };
const groups = groupsOf(model);
const all = { entities: [1, 1, 1], statements: [1, 1, 1, 1, 1, 1] };

test("statements between the same two entities form a group, whichever way they go", () => {
  assert.deepEqual([...groups.of], [0, 0, 0, 1, 2, -1]);
  assert.equal(groups.count, 3);
});

test("parallel statements bow apart, and none lies upon another", () => {
  const { list, bow } = linksOf(model, groups, all);
  assert.deepEqual([...list], [0, 1, 2, 3, 4]);
  const [a, b] = [
    [0, 0, 5],
    [300, 0, 5],
  ];
  const middles = [0, 1, 2].map(
    (e) => pointOn(model.s[e] ? curveBetween(b, a, bow[e]) : curveBetween(a, b, bow[e]), 0.5)[1],
  );
  middles.sort((one, other) => one - other);
  assert.ok(middles[1] - middles[0] > 8 && middles[2] - middles[1] > 8);
  assert.equal(bow[3], 0);
});

test("what is hidden takes no room", () => {
  const { list, bow } = linksOf(model, groups, { entities: [1, 1, 0], statements: [1, 0, 0, 1, 1, 1] });
  assert.deepEqual([...list], [0]);
  assert.equal(bow[0], 0);
});

test("a curve runs from rim to rim", () => {
  const curve = curveBetween([0, 0, 10], [100, 0, 20], 0);
  assert.deepEqual(curve, [10, 0, 80, 0]);
  assert.ok(curveBetween([0, 0, 5], [0, 0, 5], 10).every(Number.isFinite));
});

test("distances are those to the curve", () => {
  assert.ok(Math.abs(distanceTo(curveBetween([0, 0, 0], [100, 0, 0], 0), 40, 7) - 7) < 1e-9);
  const loop = loopAt([50, 50, 8], 1);
  assert.ok(distanceTo(loop, ...pointOn(loop, 0.5)) < 1);
  assert.ok(distanceTo(loop, 0, 0) > 30);
});
