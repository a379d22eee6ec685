import { sliceText } from "./quotes.js";

// What is decided on a page, as kg/decisions.py reads it: see there for what the lines say.

export const DOUBT = 0.7; // confidence below which a statement is doubtful, as kg review has it
const BY_HAND = "decision: ";
const FIELDS = ["do", "subject", "predicate", "object", "document", "sentence", "entities", "who", "when", "why"];

// A verdict on what one sentence says; null where the page does not hold that sentence, or no sentence says it.
export function verdictOn(model, row) {
  const { documents, evidence, quotes, rules } = model.texts;
  const [i, document] = [evidence.statement[row], documents[evidence.document[row]]];
  const sentence = sliceText(document, evidence.from[row], evidence.to[row]);
  if (!sentence || quotes?.[row] !== undefined || rules[evidence.rule[row]]?.startsWith(BY_HAND)) return null;
  return {
    subject: model.iri(model.s[i]),
    predicate: model.predicates[model.p[i]].iri,
    object: model.o[i] >= 0 ? model.iri(model.o[i]) : model.value(-1 - model.o[i]),
    document: document.id,
    sentence,
  };
}

export const pairOf = (model, ...entities) => ({ entities: entities.map((entity) => model.iri(entity)) });

// What only one decision can be in force about.
export function keyOf({ entities, subject, predicate, object, document, sentence }) {
  return JSON.stringify(entities ? [...entities].sort() : [subject, predicate, object, document, sentence]);
}

// The doubtful rows of evidence, the least sure first, then in the order of the documents.
export function doubtfulRows(model) {
  const { confidence, document, begin } = model.texts.evidence;
  return Array.from(confidence.keys())
    .filter((row) => confidence[row] < DOUBT && verdictOn(model, row))
    .sort((a, b) => confidence[a] - confidence[b] || document[a] - document[b] || begin[a] - begin[b] || a - b);
}

// The decisions in their order: a later one on the same takes the place of the former. `changed` hears of each change.
export function createDecisions(changed = () => {}) {
  let made = new Map();
  let before = null;
  let saved = true;

  function change(alter) {
    before = null;
    alter();
    saved = made.size === 0;
    changed();
  }

  return {
    all: () => [...made.values()],
    on: (target) => made.get(keyOf(target)),
    isSaved: () => saved,
    canRestore: () => before !== null,
    add: (decision) =>
      change(() => {
        made.delete(keyOf(decision));
        made.set(keyOf(decision), decision);
      }),
    takeBack: (target) => change(() => made.delete(keyOf(target))),
    markSaved() {
      saved = true;
      changed();
    },
    clear() {
      const all = made;
      change(() => {
        made = new Map();
      });
      before = all;
      changed();
    },
    restore() {
      const all = before;
      change(() => {
        made = all;
      });
    },
  };
}

export const timeNow = () => `${new Date().toISOString().slice(0, 19)}Z`;

// JSON Lines (https://jsonlines.org) with who decided; what is empty is left out.
export function decisionLines(decisions, who = "") {
  const written = (decision) => {
    const told = { ...decision, who: who.trim() };
    return `${JSON.stringify(Object.fromEntries(FIELDS.filter((name) => told[name]).map((name) => [name, told[name]])))}\n`;
  };
  return decisions.map(written).join("");
}
