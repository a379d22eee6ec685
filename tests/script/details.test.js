import assert from "node:assert/strict";
import { test } from "node:test";
import { byPredicate } from "../../kg/view/script/about.js";
import { statementsAbout } from "../../kg/view/script/data.js";
import { summaryOf } from "../../kg/view/script/details.js";
import { statementText } from "../../kg/view/script/parts.js";
import { smallModel } from "./small.js";

const model = smallModel();
const nothing = { entity: -1, statement: -1, community: -1 };

test("statements about an entity are those that it begins or ends, values included", () => {
  assert.deepEqual(statementsAbout(model, 1), [0, 1, 2, 5, 6]);
  assert.deepEqual(statementsAbout(model, 4), []);
});

test("they stand by predicate, those that others begin last", () => {
  const found = byPredicate(model, statementsAbout(model, 1), 1);
  assert.deepEqual(
    found.map(({ label, incoming, group }) => [label, incoming, group]),
    [
      ["founded", 0, [6, 5]],
      ["in", 0, [2]],
      ["produces", 0, [1]],
      ["founderOf", 1, [0]],
    ],
  );
});

test("what is read out is short", () => {
  assert.equal(summaryOf(model, { ...nothing, entity: 1 }), 'The "Mill", 5 statements');
  assert.equal(summaryOf(model, { ...nothing, statement: 1 }), "Statement, 1 sentence");
  assert.equal(summaryOf(model, nothing), "Nothing is chosen");
});

test("a statement can be said in words", () => {
  assert.equal(statementText(model, 5), 'The "Mill" founded 1999');
});
