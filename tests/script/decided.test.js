import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecisions, decisionLines, doubtfulRows, pairOf, verdictOn } from "../../kg/view/script/decided.js";
import { smallModel } from "./small.js";

const model = smallModel();
const founded = verdictOn(model, 0);
const pair = pairOf(model, 0, 1);

test("a verdict names what is said by IRIs, and the sentence that says it", () => {
  assert.deepEqual(founded, {
    subject: "https://example.org/ada",
    predicate: "https://example.org/v#founderOf",
    object: "https://example.org/mill",
    document: "one",
    sentence: "Ada founded Mill in 1999.",
  });
  assert.equal(verdictOn(model, 2).sentence, "🎡 Mill will make Wheels, says Bo.");
});

test("a value is named by its words as they are stored", () => {
  const other = smallModel();
  other.texts.evidence.statement[2] = 6;
  assert.equal(verdictOn(other, 2).object, "5 EUR");
});

test("there is no verdict without the sentence, or on what was added by hand", () => {
  const other = smallModel();
  other.texts.quotes = { 0: "other words" };
  other.texts.rules[0] = "decision: relate";
  assert.deepEqual(
    [0, 1, 2].map((row) => verdictOn(other, row) !== null),
    [false, true, false],
  );
  other.texts.documents[0].pieces = [];
  assert.equal(verdictOn(other, 1), null);
});

test("doubtful are those below the limit, the least sure first", () => {
  assert.deepEqual(doubtfulRows(model), [0]);
  const other = smallModel();
  other.texts.evidence.confidence.set([0.6, 0.5, 0.5]);
  assert.deepEqual(doubtfulRows(other), [1, 2, 0]);
});

test("the last decision on the same holds, whatever the order of a pair", () => {
  const decisions = createDecisions();
  decisions.add({ do: "merge", ...pair });
  decisions.add({ do: "reject", ...founded });
  decisions.add({ do: "apart", ...pairOf(model, 1, 0) });
  assert.deepEqual(
    decisions.all().map((made) => made.do),
    ["reject", "apart"],
  );
  assert.equal(decisions.on(pair).do, "apart");
  decisions.takeBack(pair);
  assert.equal(decisions.on(pair), undefined);
  assert.equal(decisions.on(verdictOn(model, 1)), undefined);
});

test("what is not saved is known, and what is cleared can be brought back", () => {
  let heard = 0;
  const decisions = createDecisions(() => heard++);
  assert.ok(decisions.isSaved());
  decisions.add({ do: "accept", ...founded });
  assert.ok(!decisions.isSaved());
  decisions.markSaved();
  assert.ok(decisions.isSaved());
  decisions.add({ do: "reject", ...founded });
  assert.ok(!decisions.isSaved() && !decisions.canRestore());
  decisions.clear();
  assert.deepEqual([decisions.all(), decisions.isSaved(), decisions.canRestore()], [[], true, true]);
  decisions.restore();
  assert.deepEqual([decisions.all().length, decisions.isSaved(), decisions.canRestore()], [1, false, false]);
  assert.ok(heard >= 5);
});

test("lines tell who, and nothing that is empty", () => {
  const lines = decisionLines(
    [
      { do: "merge", ...pair, why: "" },
      { when: "2026-01-02T03:04:05Z", ...founded, do: "accept" },
    ],
    " Ann ",
  );
  const [merge, accept, rest] = lines.split("\n");
  assert.equal(merge, '{"do":"merge","entities":["https://example.org/ada","https://example.org/mill"],"who":"Ann"}');
  assert.ok(accept.startsWith('{"do":"accept","subject":') && accept.endsWith('"when":"2026-01-02T03:04:05Z"}'));
  assert.equal(rest, "");
  assert.equal(decisionLines([]), "");
});
