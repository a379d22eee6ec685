import assert from "node:assert/strict";
import { test } from "node:test";
import { discsOf, openDiscs, zoomToOpen } from "../../kg/view/script/discs.js";

const model = {
  n: 5,
  types: [{}, {}],
  type: [0, 1, 1, 0, 0],
  community: [0, 0, 0, 1, -1],
  communities: [
    { name: "A", x: 0, y: 0, r: 100 },
    { name: "B", x: 500, y: 0, r: 50 },
  ],
  s: [0, 1, 3, 0, 4],
  o: [3, 3, 2, 1, 0],
};
const links = { list: [0, 1, 2, 3, 4] };
const shown = (count) => ({ entities: [1, 1, 1, 1, 1], entityCount: count });

test("a graph that can be drawn at once has no closed discs", () => {
  const discs = discsOf(model, shown(3000), links);
  assert.deepEqual([...openDiscs(discs, 0.001)], [1, 1]);
  assert.equal(zoomToOpen(discs, 0), 0);
});

test("discs count their members, take the commonest type and bundle what runs between them", () => {
  const discs = discsOf(model, shown(3001), links);
  assert.deepEqual([...discs.count], [3, 1]);
  assert.deepEqual([...discs.type], [1, 0]);
  assert.deepEqual(discs.order, [0, 1]);
  assert.deepEqual(discs.bundles, [{ a: 0, b: 1, count: 3 }]);
});

test("a disc opens as one zooms in", () => {
  const discs = discsOf(model, shown(3001), links);
  assert.deepEqual([...openDiscs(discs, 1.5)], [1, 0]);
  assert.equal(openDiscs(discs, zoomToOpen(discs, 1))[1], 1);
});
