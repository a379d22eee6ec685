import assert from "node:assert/strict";
import { test } from "node:test";
import { isRightToLeft, linesOf } from "../../kg/view/script/labels.js";
import { cornerAt, costOf, createRaster, crossLine, spotFor, takeBox, takeDot } from "../../kg/view/script/raster.js";

const measure = (text) => [...text].length * 8;
const lines = (label, most = 3) => linesOf(label, measure, 110, most);

test("a label is broken between words", () => {
  assert.deepEqual(lines("Oslo"), ["Oslo"]);
  assert.deepEqual(lines("Port of Rotterdam Authority"), ["Port of", "Rotterdam", "Authority"]);
});

test("what does not fit ends in an ellipsis", () => {
  const found = lines("one two three four five six seven eight nine ten", 2);
  assert.equal(found.length, 2);
  assert.ok(found[1].endsWith("…"));
});

test("text without spaces is broken between characters, and keeps them all", () => {
  const name = "日本電気通信株式会社データ研究所東京本社";
  assert.ok(lines(name).length > 1);
  assert.equal(lines(name).join(""), name);
  assert.ok(lines("🎡".repeat(30)).every((line) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(line)));
  assert.deepEqual(lines(""), [""]);
});

test("the first letter tells the direction of a label", () => {
  assert.ok(isRightToLeft("(2019) شركة النور"));
  assert.ok(isRightToLeft("חברה Ltd"));
  assert.ok(!isRightToLeft("Ltd חברה"));
  assert.ok(!isRightToLeft("日本"));
});

test("labels never cover one another", () => {
  const raster = createRaster(300, 200);
  const placed = [];
  for (let i = 0; i < 60; i++) {
    const [x, y, w, h] = [20 + ((i * 53) % 260), 20 + ((i * 37) % 160), 30 + (i % 4) * 9, 17];
    const spot = spotFor(raster, x, y, 5, w, h);
    if (spot < 0) continue;
    const [left, top] = cornerAt(spot, x, y, 5, w, h);
    for (const [l, t, wide, high] of placed) {
      assert.ok(left + w <= l || l + wide <= left || top + h <= t || t + high <= top);
    }
    takeBox(raster, left, top, w, h);
    placed.push([left, top, w, h]);
  }
  assert.ok(placed.length > 20);
});

test("dots are in the way, unless that is bearable; those in the light always", () => {
  const raster = createRaster(200, 200);
  takeDot(raster, 100, 100, 5, false);
  assert.equal(costOf(raster, 90, 90, 40, 20), Infinity);
  assert.ok(costOf(raster, 90, 90, 40, 20, 1000) < Infinity);
  takeDot(raster, 100, 100, 5, true);
  assert.equal(costOf(raster, 90, 90, 40, 20, Infinity), Infinity);
});

test("a label rather stands where no statement runs, and stays where it was", () => {
  const raster = createRaster(200, 200);
  assert.equal(spotFor(raster, 100, 100, 5, 40, 17), 0);
  crossLine(raster, 100, 100, 100, 4000);
  crossLine(raster, -500, 110, 500, 110);
  assert.equal(spotFor(raster, 100, 100, 5, 40, 17), 1);
  assert.equal(spotFor(createRaster(200, 200), 100, 100, 5, 40, 17, 3), 3);
});

test("a label leaves the drawing nowhere", () => {
  assert.equal(costOf(createRaster(200, 200), -1, 50, 40, 17), Infinity);
  assert.equal(costOf(createRaster(200, 200), 170, 50, 40, 17), Infinity);
});
