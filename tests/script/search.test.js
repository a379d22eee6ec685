import assert from "node:assert/strict";
import { test } from "node:test";
import { folded, matchedAlias, matching } from "../../kg/view/script/ranking.js";

function searching(names) {
  const model = {
    n: names.length,
    label: names.map(([label]) => label),
    aliases: (i) => names[i].slice(1),
    adjacent: { start: Int32Array.from({ length: names.length + 1 }, (_, i) => Math.max(0, i - 4)) },
  };
  const find = (words) => matching(model, words);
  return {
    find: (words) => find(words).map(({ entity }) => model.label[entity]),
    alias: (words) => matchedAlias(model, find(words)[0], words),
  };
}

test("accents and case are folded", () => {
  assert.deepEqual(["Sören", "ŁÓDŹ", "Straße", "Køge"].map(folded), ["soren", "lodz", "strasse", "koge"]);
});

test("the whole name comes first, then its beginning, the beginning of a word, and the inside", () => {
  const { find } = searching([["Windmill"], ["Old Mill"], ["Millers"], ["Mill"]]);
  assert.deepEqual(find("mill"), ["Mill", "Millers", "Old Mill", "Windmill"]);
});

test("a label comes before an alias that matches alike", () => {
  const { find, alias } = searching([["Works", "Mill"], ["Mill"], ["Millers"]]);
  assert.deepEqual(find("mill"), ["Mill", "Works", "Millers"]);
  assert.equal(alias("mill"), "");
});

test("the alias that matched is told", () => {
  assert.equal(searching([["Works", "The Yard", "Mill"]]).alias("mil"), "Mill");
});

test("a later beginning of a word counts", () => {
  assert.deepEqual(searching([["Omar Ma"], ["Mama"]]).find("ma"), ["Mama", "Omar Ma"]);
});

test("among equals those of whom more is said come first, else in their order", () => {
  const { find } = searching([["A one"], ["A two"], ["A three"], ["A four"], ["A five"]]);
  assert.deepEqual(find("a"), ["A five", "A one", "A two", "A three", "A four"]);
});

test("words may stand in any order", () => {
  assert.deepEqual(searching([["Ada of York"], ["York"]]).find("york ada"), ["Ada of York"]);
});

test("nothing is found for nothing", () => {
  assert.deepEqual(searching([["Ada"]]).find("  "), []);
  assert.deepEqual(searching([["Ada"]]).find("(.*"), []);
});
