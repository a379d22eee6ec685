import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../kg/view/script/data.js";
import { createState, initialState } from "../../kg/view/script/state.js";
import { createShown, spotlight, visibility } from "../../kg/view/script/visible.js";
import { smallGraph, smallModel } from "./small.js";

const model = smallModel();
const places = (marks) => [...marks.keys()].filter((i) => marks[i]);
const shownWith = (patch, of = model) => visibility(of, { ...initialState(of), ...patch });
const statements = (patch) => places(shownWith(patch).statements);

test("facts are shown, with the entities that they speak of", () => {
  const shown = shownWith({});
  assert.deepEqual(places(shown.statements), [0, 2, 3, 4, 5, 6]);
  assert.deepEqual(places(shown.entities), [0, 1, 2, 3]);
  assert.deepEqual([shown.entityCount, shown.statementCount], [4, 6]);
});

test("a hidden type takes the statements at both of its ends along", () => {
  const shown = shownWith({ hiddenTypes: new Set([1]) });
  assert.deepEqual([places(shown.statements), places(shown.entities)], [[], []]);
});

test("predicates and stances hide statements", () => {
  assert.deepEqual(statements({ hiddenPredicates: new Set([2, 3]) }), [0]);
  assert.deepEqual(statements({ stances: new Set([1]) }), [1]);
});

test("entities without statements are drawn on demand", () => {
  assert.deepEqual(places(shownWith({ silent: true }).entities), [0, 1, 2, 3, 4]);
  assert.deepEqual(places(shownWith({ silent: true, hiddenTypes: new Set([0]) }).entities), [1, 2, 3]);
  assert.deepEqual(places(shownWith({ revealed: new Set([4]) }).entities), [0, 1, 2, 3, 4]);
});

test("one row of evidence must pass all filters together", () => {
  const all = new Set([0, 1]);
  assert.deepEqual(statements({ stances: all, confidence: 0.6 }), [0, 1]);
  assert.deepEqual(statements({ stances: all, confidence: 0.6, time: [1999, 1999] }), []);
  assert.deepEqual(statements({ stances: all, time: [1999, 1999] }), [0]);
  assert.deepEqual(statements({ stances: all, speakers: new Set([0]) }), [1]);
  assert.deepEqual(statements({ stances: all, speakers: new Set([-1]), documents: new Set([0]) }), [0]);
  assert.deepEqual(statements({ stances: all, documents: new Set([7]) }), []);
});

test("undated evidence stays until it is left out", () => {
  const undated = { ...model, texts: { ...model.texts, years: Int32Array.of(0, 0, 2020) } };
  const shown = (patch) => places(shownWith({ stances: new Set([0, 1]), ...patch }, undated).statements);
  assert.deepEqual(shown({ time: [2000, 2010] }), [0]);
  assert.deepEqual(shown({ undated: false }), [1]);
});

test("evidence hides nothing before the texts are read", () => {
  const early = createModel(smallGraph());
  assert.equal(shownWith({ confidence: 0.99 }, early).statementCount, 6);
});

test("what is chosen is shown whatever the filters say", () => {
  const hidden = { hiddenTypes: new Set([0, 1]) };
  assert.deepEqual(places(shownWith({ ...hidden, entity: 4 }).entities), [4]);
  assert.deepEqual(places(shownWith({ ...hidden, statement: 1 }).entities), [1, 2]);
  const path = shownWith({ ...hidden, path: [0, 1, 2], pathStatements: [0, 1] });
  assert.deepEqual(
    [places(path.entities), places(path.statements)],
    [
      [0, 1, 2],
      [0, 1],
    ],
  );
  const answered = { ...model, queries: [{ entities: [4], statements: [4] }] };
  assert.deepEqual(places(shownWith({ ...hidden, query: 0 }, answered).entities), [2, 3, 4]);
});

test("the light falls on the chosen or hovered entity and its neighbours", () => {
  const first = initialState(model);
  const shown = visibility(model, first);
  const lit = (patch) => spotlight(model, { ...first, ...patch }, shown);
  assert.equal(lit({}), null);
  assert.deepEqual(places(lit({ hover: 2 }).entities), [2, 3]);
  assert.deepEqual(places(lit({ entity: 0, hover: 2 }).statements), [0, 3]);
  assert.deepEqual(places(lit({ statement: 1, hover: 0 }).entities), [1, 2]);
  assert.deepEqual(places(lit({ path: [0, 1], pathStatements: [0], entity: 1 }).entities), [0, 1]);
});

test("a community lights its members and what is said among them", () => {
  const parted = { ...model, community: Int32Array.of(0, 0, 1, 1, 1) };
  const first = initialState(parted);
  const lit = spotlight(parted, { ...first, community: 0 }, visibility(parted, first));
  assert.deepEqual(
    [places(lit.entities), places(lit.statements)],
    [
      [0, 1],
      [0, 5, 6],
    ],
  );
});

test("what is shown is computed anew only where it may differ", () => {
  const state = createState(model);
  const shownOf = createShown(model, state);
  const before = shownOf();
  state.set({ hover: 1, reading: 0 });
  assert.equal(shownOf(), before);
  state.set({ stances: new Set([0, 1]) });
  assert.equal(shownOf().statementCount, 7);
});
