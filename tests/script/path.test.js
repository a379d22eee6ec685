import assert from "node:assert/strict";
import { test } from "node:test";
import { shortestPaths } from "../../kg/view/script/route.js";
import { shownIn, smallModel } from "./small.js";

const model = smallModel();

test("the shortest path follows statements in either direction", () => {
  assert.deepEqual(shortestPaths(model, 2, 0, shownIn(model), 1), [{ entities: [2, 1, 0], statements: [1, 0] }]);
});

test("of paths of equal length the smallest sequence of entities comes first", () => {
  const paths = shortestPaths(model, 0, 2, shownIn(model));
  assert.deepEqual(
    paths.map(({ entities }) => entities),
    [
      [0, 1, 2],
      [0, 3, 2],
    ],
  );
});

test("only shown statements lead on", () => {
  const facts = shownIn(model, (i) => model.stance[i] === 0);
  assert.deepEqual(shortestPaths(model, 0, 2, facts)[0].entities, [0, 3, 2]);
});

test("there may be no path, or nothing to go", () => {
  assert.deepEqual(shortestPaths(model, 0, 4, shownIn(model)), []);
  assert.deepEqual(shortestPaths(model, 3, 3, shownIn(model)), [{ entities: [3], statements: [] }]);
});

test("no more paths are listed than asked for", () => {
  assert.equal(shortestPaths(model, 0, 2, shownIn(model), 1).length, 1);
});
