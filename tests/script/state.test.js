import assert from "node:assert/strict";
import { test } from "node:test";
import { createState, initialState, isFiltered, unfiltered } from "../../kg/view/script/state.js";
import { smallModel } from "./small.js";

const model = smallModel();

test("facts are shown at first, and all there is where nothing is a fact", () => {
  assert.deepEqual(initialState(model).stances, new Set([0]));
  assert.deepEqual(unfiltered({ ...model, stance: [1, 1] }).stances, new Set([0, 1]));
});

test("listeners hear of each change at once, with what was before", () => {
  const state = createState(model);
  const heard = [];
  state.on((current, previous) => heard.push([previous.entity, current.entity]));
  state.set({ entity: 2 });
  assert.deepEqual(heard, [[-1, 2]]);
});

test("a listener may set: the others hear both changes in order", () => {
  const state = createState(model);
  const heard = [];
  state.on(({ entity }) => entity === 1 && state.set({ entity: 2 }));
  state.on((current, previous) => heard.push([previous.entity, current.entity]));
  state.set({ entity: 1 });
  assert.deepEqual(heard, [
    [-1, 1],
    [1, 2],
  ]);
});

test("a state that is replaced is not changed", () => {
  const state = createState(model);
  const before = state.current;
  state.set({ silent: true });
  assert.equal(before.silent, false);
});

test("choosing is no filter, hiding is", () => {
  const first = initialState(model);
  assert.equal(isFiltered(model, { ...first, entity: 1, path: [0, 1] }), false);
  const filters = [
    { stances: new Set([1]) },
    { time: [1999, 2000] },
    { undated: false },
    { hiddenTypes: new Set([0]) },
  ];
  for (const filter of filters) assert.equal(isFiltered(model, { ...first, ...filter }), true);
});
