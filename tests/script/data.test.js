import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { addTexts, createModel, inflated, yearOf } from "../../kg/view/script/data.js";
import { smallGraph, smallModel } from "./small.js";

test("a packed block is read", async () => {
  const words = '{"label":"Ł 🎡"}';
  assert.equal(await inflated(`\n${deflateRawSync(words).toString("base64")}\n`), words);
});

test("the columns become a model", () => {
  const model = createModel(smallGraph());
  assert.deepEqual([model.n, model.m, model.texts], [5, 7, null]);
  assert.equal(model.iri(1), "https://example.org/mill");
  assert.deepEqual([model.aliases(1), model.aliases(0)], [["Mill"], []]);
  assert.equal(model.value(-1 - model.o[6]), "5 EUR");
  assert.deepEqual([...model.degree], [2, 3, 2, 3, 0]);
});

test("statements are listed at both of their ends, and once where both are the same", () => {
  const graph = smallGraph();
  graph.statements = { s: [0, 2, 1], p: [0, 0, 0], o: [1, 2, -1], stance: [0, 0, 0] };
  const { degree, adjacent } = createModel(graph);
  const about = (i) => [...adjacent.list.subarray(adjacent.start[i], adjacent.start[i + 1])];
  assert.deepEqual([0, 1, 2, 3].map(about), [[0], [0, 2], [1], []]);
  assert.deepEqual([...degree], [1, 1, 1, 0, 0]);
});

test("evidence and mentions are found by what they are about", () => {
  const { texts } = smallModel();
  assert.deepEqual([...texts.rows], [0, 2, 3, 3, 3, 3, 3, 3]);
  assert.deepEqual([...texts.mentionsOf(4)], [0]);
  assert.deepEqual([...texts.mentionsOf(0)], []);
});

test("the time of a row is its own, else the date of its document", () => {
  assert.deepEqual([...smallModel().texts.years], [1999, 2020, 2020]);
});

test("a page may hold no texts", () => {
  const model = createModel(smallGraph());
  addTexts(model, {});
  assert.deepEqual([...model.texts.rows], [0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...model.texts.mentionsOf(0)], []);
});

test("a year is read out of dates of any length", () => {
  assert.deepEqual(["2017-04", "1999", "spring 2015", "20170", "", undefined].map(yearOf), [2017, 1999, 2015, 0, 0, 0]);
});
