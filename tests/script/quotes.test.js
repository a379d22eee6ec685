import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceRows, quoteParts, segments, sliceText } from "../../kg/view/script/quotes.js";
import { smallModel } from "./small.js";

const { texts, ...model } = smallModel();

test("a quote is cut out of its sentence", () => {
  assert.deepEqual(quoteParts(texts, texts.evidence, 0), { before: "", quote: "Ada founded Mill", after: " in 1999." });
  assert.deepEqual(quoteParts(texts, texts.evidence, 2), {
    before: "🎡 ",
    quote: "Mill will make Wheels",
    after: ", says Bo.",
  });
});

test("a quote whose text is not in the page stands alone", () => {
  const apart = { ...texts, documents: [{ id: "one", pieces: [[30, "far"]] }], quotes: { 0: "Ada founded it" } };
  assert.deepEqual(quoteParts(apart, texts.evidence, 0), { before: "", quote: "Ada founded it", after: "" });
});

test("pieces are found by their offsets", () => {
  const document = {
    pieces: [
      [10, "first"],
      [40, "second"],
    ],
  };
  assert.equal(sliceText(document, 41, 43), "ec");
  assert.equal(sliceText(document, 12, 42), null);
  assert.equal(sliceText(undefined, 0, 1), null);
});

test("the surest evidence comes first", () => {
  assert.deepEqual(evidenceRows({ ...model, texts }, 0), [1, 0]);
  assert.deepEqual(evidenceRows({ ...model, texts: null }, 0), []);
});

test("overlapping ranges are split at their ends", () => {
  const [a, b] = [
    { begin: 2, end: 6 },
    { begin: 4, end: 9 },
  ];
  const found = segments(0, 10, [b, a]).map(({ begin, end, ranges }) => [begin, end, ranges.length]);
  assert.deepEqual(found, [
    [0, 2, 0],
    [2, 4, 1],
    [4, 6, 2],
    [6, 9, 1],
    [9, 10, 0],
  ]);
});

test("ranges that reach out of the stretch are cut off, others left out", () => {
  const found = segments(5, 8, [
    { begin: 0, end: 6 },
    { begin: 8, end: 9 },
  ]);
  assert.deepEqual(
    found.map(({ begin, end, ranges }) => [begin, end, ranges.length]),
    [
      [5, 6, 1],
      [6, 8, 0],
    ],
  );
});

test("many nested ranges cover the text once", () => {
  const ranges = Array.from({ length: 300 }, (_, i) => ({ begin: i, end: 900 - i }));
  const found = segments(0, 1000, ranges);
  assert.equal(
    found.reduce((sum, { begin, end }) => sum + end - begin, 0),
    1000,
  );
  assert.equal(Math.max(...found.map((stretch) => stretch.ranges.length)), 300);
});
