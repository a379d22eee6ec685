import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../kg/view/script/data.js";
import { createNames, fromHash, toHash } from "../../kg/view/script/links.js";
import { initialState } from "../../kg/view/script/state.js";
import { smallGraph, smallModel } from "./small.js";

const model = smallModel();
model.queries = [
  { name: "first", entities: [], statements: [] },
  { name: "with space & sign", entities: [], statements: [] },
];
const names = createNames(model);
const first = initialState(model);
const hashOf = (patch, camera) => toHash(model, names, { ...first, ...patch }, camera);
const read = (hash) => fromHash(model, names, hash);

test("what is so at first needs no address", () => {
  assert.equal(hashOf({ hover: 3, theme: "dark" }), "");
});

test("everything that is chosen and filtered goes both ways", () => {
  const chosen = {
    entity: 1,
    hiddenTypes: new Set([0]),
    hiddenPredicates: new Set([1, 3]),
    stances: new Set([0, 1]),
    documents: new Set([0]),
    speakers: new Set([-1, 0]),
    confidence: 0.5,
    time: [1999, 2015],
    undated: false,
    silent: true,
    query: 1,
    reading: 0,
  };
  const hash = hashOf(chosen, { x: 10.4, y: -3, k: 1.23456 });
  assert.equal(
    hash,
    "#n=mill&hide=Person,produces,founded&stance=asserted,planned&q=with%20space%20%26%20sign&doc=one&by=,Bo&read=one&t=1999-2015&undated=0&c=0.5&silent=1&view=10,-3,1.23",
  );
  const { state, camera } = read(hash);
  for (const [key, value] of Object.entries(chosen)) assert.deepEqual(state[key], value, key);
  assert.deepEqual(camera, { x: 10, y: -3, k: 1.23 });
});

test("a path is told by its ends", () => {
  assert.equal(hashOf({ path: [0, 1, 2] }), "#path=ada..wheels");
  assert.deepEqual(read("#path=ada..wheels").ends, [0, 2]);
  for (const hash of ["#path=ada", "#path=ada..nobody", "#path=", ""]) assert.equal(read(hash).ends, null);
});

test("unknown names and broken numbers are left out", () => {
  const { state, camera } = read(
    "#n=nobody&hide=Nothing,Person&stance=nothing&q=none&doc=none&t=soon&c=7&view=1,x&%E0%A4%A=1&read=no",
  );
  const { theme, ...rest } = first;
  assert.deepEqual(state, { ...rest, hiddenTypes: new Set([0]) });
  assert.equal(camera, null);
});

test("a name that two entities share stands as its whole IRI", () => {
  const graph = smallGraph();
  graph.bases.push("https://example.com/");
  graph.entities.base[2] = 1;
  graph.entities.name[2] = "mill";
  const shared = createModel(graph);
  const sharedNames = createNames(shared);
  const hash = toHash(shared, sharedNames, { ...initialState(shared), entity: 2 });
  assert.equal(hash, "#n=https://example.com/mill");
  assert.equal(fromHash(shared, sharedNames, hash).state.entity, 2);
  assert.equal(fromHash(shared, sharedNames, "#n=mill").state.entity, -1);
});

test("names with dots, commas and other letters survive", () => {
  const graph = smallGraph();
  graph.entities.name = ["a..b", "c,d&e=f", "工厂", "g.", "h"];
  const odd = createModel(graph);
  const oddNames = createNames(odd);
  for (const path of [
    [0, 1],
    [2, 3],
    [3, 4],
  ]) {
    const hash = toHash(odd, oddNames, { ...initialState(odd), path });
    assert.deepEqual(fromHash(odd, oddNames, hash).ends, path, hash);
  }
});

test("what needs the texts waits for them", () => {
  const early = createModel(smallGraph());
  assert.equal(fromHash(early, createNames(early), "#doc=one&q=first").state.documents, null);
  assert.deepEqual(read("#doc=one&q=first&n=ada").late, {
    documents: new Set([0]),
    speakers: null,
    reading: -1,
    query: 0,
  });
});
