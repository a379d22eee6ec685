import assert from "node:assert/strict";
import { test } from "node:test";
import { facetEntries } from "../../kg/view/script/facets.js";
import { histogram } from "../../kg/view/script/timeline.js";

test("years fall into spans of the same length", () => {
  assert.deepEqual(histogram([2001, 0, 2003, 2001]), { first: 2001, last: 2003, span: 1, counts: [2, 0, 1] });
  assert.deepEqual(histogram([1900, 1901, 1999], 10), {
    first: 1900,
    last: 1999,
    span: 10,
    counts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  });
});

test("without years there is no histogram", () => {
  assert.equal(histogram([0, 0]), null);
  assert.equal(histogram([]), null);
});

test("many years are no problem", () => {
  const years = Array.from({ length: 300_000 }, (_, i) => 1000 + (i % 1000));
  assert.equal(
    histogram(years).counts.reduce((a, b) => a + b),
    300_000,
  );
});

test("a document counts each statement once, and those of most statements come first", () => {
  const entries = facetEntries([0, 0, 1, 2, 2], [1, 1, 1, 0, 1], ["One", "Two"]);
  assert.deepEqual(entries, [
    { place: 1, count: 3, label: "Two" },
    { place: 0, count: 1, label: "One" },
  ]);
});

test("statements that nobody says are counted where they have a name", () => {
  assert.deepEqual(facetEntries([0, 1], [-1, -1], [], "nobody"), [{ place: -1, count: 2, label: "nobody" }]);
  assert.deepEqual(facetEntries([0, 1], [-1, -1], []), []);
});
