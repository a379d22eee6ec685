import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonOf } from "../../kg/view/script/exports.js";
import { shownIn, smallModel } from "./small.js";

const model = smallModel();

test("the data hold entities, statements with their quotes, and documents", () => {
  const data = jsonOf(model, shownIn(model));
  assert.deepEqual(data.entities[1], {
    iri: "https://example.org/mill",
    label: 'The "Mill"',
    type: "https://example.org/Thing",
    aliases: ["Mill"],
  });
  assert.equal(data.statements[0].object, "https://example.org/mill");
  assert.equal(data.statements[1].stance, "planned");
  assert.equal(data.statements[1].evidence[0].speaker, "Bo");
  assert.equal(data.statements[5].datatype, "http://www.w3.org/2001/XMLSchema#gYear");
  assert.equal(data.statements[6].currency, "EUR");
  assert.deepEqual(data.documents, [{ id: "one", title: "One", source: undefined, date: "2020-01-02" }]);
});

test("offsets count code points", () => {
  const [{ begin, end, quote }] = jsonOf(model, shownIn(model)).statements[1].evidence;
  const text = [...model.texts.documents[0].pieces[0][1]].slice(begin, end).join("");
  assert.equal(text, quote);
});

test("what is hidden is left out", () => {
  const data = jsonOf(
    model,
    shownIn(model, () => false),
  );
  assert.deepEqual([data.statements, data.documents], [[], []]);
});
