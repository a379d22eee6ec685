import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../kg/view/script/data.js";
import { parseTriple, turtle } from "../../kg/view/script/turtle.js";
import { shownIn, smallGraph, smallModel } from "./small.js";

const model = smallModel();
const whole = turtle(model, shownIn(model));

test("prefixes that are used stand at the top, subjects in their order", () => {
  assert.match(whole, /^@prefix ex: <https:\/\/example.org\/> \.\n@prefix v: .*\n@prefix xsd: .*\n\n/);
  const subjects = [...whole.matchAll(/^(?:ex:|<[^>]*\.org\/)(\S+?)>? /gm)].map(([, subject]) => subject);
  assert.deepEqual(subjects, ["ada", "amount/5", "bo", "mill", "old", "wheels", "york"]);
});

test("an entity gives its type, its names and its facts", () => {
  const block = whole.split("\n\n").find((part) => part.startsWith("ex:mill"));
  assert.match(block, /^ex:mill a ex:Thing ;\n {4}<[^>]*label> "The \\"Mill\\"" ;/);
  assert.match(block, /"Mill",\n {8}"工厂"@zh ;/);
  assert.match(block, /v:founded "1999"\^\^xsd:gYear,\n {8}<https:\/\/example.org\/amount\/5>/);
});

test("an amount is a node of its own", () => {
  assert.match(
    whole,
    /amount\/5> a <https:\/\/schema.org\/MonetaryAmount> ;\n.*"5 EUR" ;\n.*currency> "EUR" ;\n.*value> "5"\^\^xsd:integer \./,
  );
});

test("only facts are written", () => {
  assert.doesNotMatch(whole, /v:produces/);
});

test("what is absent is left out, what is extra is added", () => {
  assert.doesNotMatch(
    whole.split("\n\n").find((part) => part.startsWith("ex:bo")),
    /prefLabel/,
  );
  assert.match(whole, /^ex:old <http:\/\/purl.org\/dc\/terms\/isReplacedBy> ex:ada \.$/m);
});

test("with filters, extra triples are those of shown entities", () => {
  const shown = shownIn(model, (i) => i === 0);
  shown.entities[3] = 0;
  const some = turtle(model, shown);
  assert.doesNotMatch(some, /isReplacedBy|ex:york/);
  assert.match(some, /"工厂"@zh/);
  assert.match(some, /v:founderOf ex:mill/);
  assert.doesNotMatch(turtle(model, shownIn(model), false), /isReplacedBy/);
});

test("silent entities belong to the whole graph, drawn or not", () => {
  const shown = shownIn(model);
  shown.entities[4] = 0;
  assert.match(turtle(model, shown), /^ex:bo a/m);
});

test("names are escaped", () => {
  const graph = smallGraph();
  graph.entities.label[0] = 'back\\slash "quote"\nline\u2028 </script>';
  graph.entities.name[0] = "a b<c>";
  const written = turtle(createModel(graph), shownIn(model));
  assert.match(written, /"back\\\\slash \\"quote\\"\\nline\u2028 <\/script>"/);
  assert.match(written, /<https:\/\/example.org\/a\\u0020b\\u003cc\\u003e>/);
});

test("a line of N-Triples is read whatever its escapes", () => {
  assert.deepEqual(parseTriple('<a:b> <c:d> "x\\u00e9\\t\\"y\\\\n"^^<http://www.w3.org/2001/XMLSchema#string> .'), [
    "<a:b>",
    "<c:d>",
    '"xé\\t\\"y\\\\n"',
  ]);
  assert.deepEqual(parseTriple('<a:b> <c:d> "<x> ."@en .'), ["<a:b>", "<c:d>", '"<x> ."@en']);
  assert.equal(parseTriple("nonsense"), null);
});
