import { isFact } from "./parts.js";

// https://www.w3.org/TR/turtle/ of what is shown; terms are kept as N-Triples writes them until they are printed.

const RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
const RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>";
const SKOS_CORE = "http://www.w3.org/2004/02/skos/core#";
const SCHEMA_ORG = "https://schema.org/";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const FIRST_VERBS = [RDF_TYPE, RDFS_LABEL, `<${SKOS_CORE}prefLabel>`, `<${SKOS_CORE}altLabel>`];
const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.+?)\s*\.$/su;
const LITERAL = /^"(.*)"(@[\w-]+|\^\^<.*>)?$/su;
const LOCAL_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

const pointEscape = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
const node = (iri) => `<${iri.replace(/[\p{Cc} <>"{}|^`\\]/gu, pointEscape)}>`;

// Turtle knows all escapes that JSON has.
function literal(words, kind = {}) {
  if (kind.lang) return `${JSON.stringify(words)}@${kind.lang}`;
  const typed = kind.datatype && kind.datatype !== `${XSD}string`;
  return JSON.stringify(words) + (typed ? `^^${node(kind.datatype)}` : "");
}

// A line of N-Triples with its literal pointEscape as it is here, so that equal triples are equal texts.
export function parseTriple(line) {
  const found = TRIPLE.exec(line.trim());
  if (!found) return null;
  const [, words, kind = ""] = LITERAL.exec(found[3]) ?? [];
  if (words === undefined) return found.slice(1);
  const plain = JSON.parse(`"${words.replace(/\p{Cc}/gu, pointEscape)}"`);
  return [found[1], found[2], JSON.stringify(plain) + kind.replace(`^^<${XSD}string>`, "")];
}

function* entityTriples(model, entity) {
  const subject = node(model.iri(entity));
  const type = model.types[model.type[entity]];
  if (type.iri) yield [subject, RDF_TYPE, node(type.iri)];
  yield [subject, RDFS_LABEL, literal(model.label[entity])];
  yield [subject, FIRST_VERBS[2], literal(model.label[entity])];
  for (const alias of model.aliases(entity)) yield [subject, FIRST_VERBS[3], literal(alias)];
}

// A value that is an amount is a node of its own.
function* amountTriples({ graph, o }, statement) {
  const amount = graph.values.amount?.[-1 - o[statement]];
  if (amount?.value === undefined) return;
  const subject = node(amount.iri);
  yield [subject, RDF_TYPE, node(`${SCHEMA_ORG}MonetaryAmount`)];
  yield [subject, RDFS_LABEL, literal(graph.values.text[-1 - o[statement]])];
  yield [subject, node(`${SCHEMA_ORG}value`), literal(amount.value, amount)];
  yield [subject, node(`${SCHEMA_ORG}currency`), literal(amount.currency)];
}

function* statementTriples(model, statement) {
  const [subject, verb] = [node(model.iri(model.s[statement])), node(model.predicates[model.p[statement]].iri)];
  const object = model.o[statement];
  if (object >= 0) return yield [subject, verb, node(model.iri(object))];
  const { text, kind, amount } = model.graph.values;
  const [words, sum] = [text[-1 - object], amount?.[-1 - object]];
  yield [subject, verb, sum ? node(sum.iri) : literal(words, model.graph.kinds[kind[-1 - object]])];
}

// The triples of what is shown; `whole` where no filter is set, so that nothing of the store may be missing.
function* shownTriples(model, shown, whole) {
  const subjects = new Set();
  for (let i = 0; i < model.n; i++) {
    if (!whole && !shown.entities[i]) continue;
    subjects.add(node(model.iri(i)));
    yield* entityTriples(model, i);
  }
  for (let i = 0; i < model.m; i++) {
    const fact = isFact(model, i) && shown.statements[i];
    if (fact) yield* statementTriples(model, i);
    if (fact || whole) yield* amountTriples(model, i);
  }
  for (const line of model.graph.extra ?? []) {
    const triple = parseTriple(line);
    if (triple && (whole || subjects.has(triple[0]))) yield triple;
  }
}

function allFacts(model, shown) {
  for (let i = 0; i < model.m; i++) if (isFact(model, i) && !shown.statements[i]) return false;
  return true;
}

function createWriter(prefixes) {
  const names = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
  const used = new Map();
  const known = new Map();
  function short(term) {
    const iri = term.slice(1, -1);
    const [name, base] = names.find(([, start]) => iri.startsWith(start)) ?? [];
    if (name === undefined || !LOCAL_NAME.test(iri.slice(base.length))) return term;
    used.set(name, base);
    return `${name}:${iri.slice(base.length)}`;
  }
  function write(term) {
    if (term[0] === "<") {
      if (!known.has(term)) known.set(term, short(term));
      return known.get(term);
    }
    const at = term.lastIndexOf('"') + 3;
    return term[at - 1] === "^" ? term.slice(0, at) + write(term.slice(at)) : term;
  }
  return { used, write };
}

function verbOrder(a, b) {
  const [x, y] = [a, b].map((verb) => FIRST_VERBS.indexOf(verb) >>> 0);
  return x - y || (a < b ? -1 : 1);
}

function block(subject, verbs, write) {
  const lines = [...verbs.keys()].sort(verbOrder).map((verb) => {
    const objects = [...verbs.get(verb)].map(write).sort();
    return `${verb === RDF_TYPE ? "a" : write(verb)} ${objects.join(",\n        ")}`;
  });
  return `${write(subject)} ${lines.join(" ;\n    ")} .\n`;
}

export function turtle(model, shown, unfiltered = true) {
  const whole = unfiltered && allFacts(model, shown);
  const absent = new Set((model.graph.absent ?? []).map((line) => parseTriple(line)?.join(" ")));
  const subjects = new Map();
  for (const triple of shownTriples(model, shown, whole)) {
    if (absent.size && absent.has(triple.join(" "))) continue;
    const [subject, verb, object] = triple;
    if (!subjects.has(subject)) subjects.set(subject, new Map());
    const verbs = subjects.get(subject);
    if (verbs.has(verb)) verbs.get(verb).add(object);
    else verbs.set(verb, new Set([object]));
  }
  const { used, write } = createWriter(model.graph.prefixes ?? {});
  const blocks = [...subjects.keys()].sort().map((subject) => block(subject, subjects.get(subject), write));
  const head = [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, base]) => `@prefix ${name}: <${base}> .\n`);
  return `${head.join("")}\n${blocks.join("\n")}`;
}
