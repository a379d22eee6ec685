import { addTexts, createModel } from "../../kg/view/script/data.js";

const BASE = "https://example.org/";
const TEXT = "Ada founded Mill in 1999. 🎡 Mill will make Wheels, says Bo.";

// A made-up graph: 0 Ada -founder of→ 1 Mill -produces (planned)→ 2 Wheels, 1 -in→ 3 York, 0 -in→ 3, 3 -in→ 2, 4 Bo alone.
export function smallGraph() {
  return {
    title: "Small",
    bases: [BASE],
    types: [
      { iri: `${BASE}Person`, label: "Person" },
      { iri: `${BASE}Thing`, label: "Thing" },
    ],
    predicates: ["founderOf", "produces", "in", "founded"].map((name) => ({ iri: `${BASE}v#${name}`, label: name })),
    stances: ["asserted", "planned"],
    entities: {
      base: [0, 0, 0, 0, 0],
      name: ["ada", "mill", "wheels", "york", "bo"],
      label: ["Ada", 'The "Mill"', "Wheels", "York", "Bo"],
      type: [0, 1, 1, 1, 0],
      x: [0, 1, 2, 3, 4],
      y: [0, 1, 2, 3, 4],
      r: [1, 1, 1, 1, 1],
      community: [-1, -1, -1, -1, -1],
      aliases: { 1: ["Mill"] },
    },
    communities: [],
    statements: {
      s: [0, 1, 1, 0, 3, 1, 1],
      p: [0, 1, 2, 2, 2, 3, 3],
      o: [1, 2, 3, 3, 2, -1, -2],
      stance: [0, 1, 0, 0, 0, 0, 0],
    },
    values: {
      text: ["1999", "5 EUR"],
      kind: [0, 1],
      amount: {
        1: {
          iri: `${BASE}amount/5`,
          value: "5",
          datatype: "http://www.w3.org/2001/XMLSchema#integer",
          currency: "EUR",
        },
      },
    },
    kinds: [{ datatype: "http://www.w3.org/2001/XMLSchema#gYear" }, {}],
    extra: [
      `<${BASE}old> <http://purl.org/dc/terms/isReplacedBy> <${BASE}ada> .`,
      `<${BASE}mill> <http://www.w3.org/2004/02/skos/core#altLabel> "工厂"@zh .`,
    ],
    absent: [`<${BASE}bo> <http://www.w3.org/2004/02/skos/core#prefLabel> "Bo" .`],
    prefixes: { ex: BASE, v: `${BASE}v#`, xsd: "http://www.w3.org/2001/XMLSchema#" },
  };
}

const sentence = TEXT.indexOf("🎡");
const at = (words) => [TEXT.indexOf(words), TEXT.indexOf(words) + words.length];

export function smallModel() {
  const model = createModel(smallGraph());
  const [founded, make] = [at("Ada founded Mill"), at("Mill will make Wheels")];
  addTexts(model, {
    documents: [{ id: "one", title: "One", date: "2020-01-02", pieces: [[0, TEXT]], whole: true, astral: [sentence] }],
    evidence: {
      statement: [0, 0, 1],
      document: [0, 0, 0],
      begin: [founded[0], sentence, make[0]],
      end: [founded[1], sentence + 2, make[1]],
      from: [0, sentence, sentence],
      to: [sentence - 1, TEXT.length, TEXT.length],
      confidence: [0.5, 0.9, 0.7],
      speaker: [-1, -1, 0],
      rule: [-1, -1, 0],
      time: { 0: "1999" },
      place: {},
    },
    speakers: ["Bo"],
    rules: ["?s will make ?o"],
    mentions: {
      entity: [4],
      document: [0],
      begin: [TEXT.indexOf("Bo")],
      end: [TEXT.indexOf("Bo") + 2],
      from: [sentence],
      to: [TEXT.length],
      named: [1],
    },
  });
  return model;
}

// What is shown: all entities, and the statements that pass.
export function shownIn(model, passes = () => true) {
  const statements = Uint8Array.from({ length: model.m }, (_, i) => Number(passes(i)));
  return { entities: new Uint8Array(model.n).fill(1), statements };
}
