// When the whole page is there: what stands behind the program may not be yet.
export function wholePage() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

// The JSON of a block of the page; large blocks are deflated and in base64.
export async function readBlock(id) {
  const block = document.getElementById(`${id}-data`);
  if (!block) return null;
  if (block.type === "application/json") return JSON.parse(block.textContent);
  return JSON.parse(await inflated(block.textContent));
}

export function inflated(base64) {
  const packed = atob(base64.trim());
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  writer.write(bytes);
  writer.close();
  return new Response(readable).text();
}

export function createModel(graph) {
  const { entities, statements, values, bases } = graph;
  const n = entities.label.length;
  const m = statements.s.length;
  const ints = (column) => new Int32Array(column);
  const [s, o] = [ints(statements.s), ints(statements.o)];
  const degree = degrees(n, s, o);
  return {
    graph,
    n,
    m,
    label: entities.label,
    type: ints(entities.type),
    x: new Float32Array(entities.x),
    y: new Float32Array(entities.y),
    r: new Float32Array(entities.r),
    community: ints(entities.community),
    s,
    p: ints(statements.p),
    o,
    stance: ints(statements.stance),
    types: graph.types,
    predicates: graph.predicates,
    stances: graph.stances,
    communities: graph.communities,
    degree,
    order: orderOf(degree),
    // Not before it is asked for: the first drawing does without.
    get adjacent() {
      const value = touching(n, s, o);
      Object.defineProperty(this, "adjacent", { value });
      return value;
    },
    texts: null,
    queries: [],
    aliases: (i) => entities.aliases?.[i] ?? [],
    iri: (i) => bases[entities.base[i]] + entities.name[i],
    value: (k) => values.text[k],
  };
}

function degrees(n, s, o) {
  const degree = new Int32Array(n);
  for (let i = 0; i < s.length; i++) {
    if (o[i] < 0) continue;
    degree[s[i]]++;
    if (o[i] !== s[i]) degree[o[i]]++;
  }
  return degree;
}

// The statements that touch each entity: those of entity e are list[start[e]] up to list[start[e + 1]].
function touching(n, s, o) {
  return grouped(n, s.length, (i, put) => {
    put(s[i]);
    if (o[i] >= 0 && o[i] !== s[i]) put(o[i]);
  });
}

// The statements that touch an entity, values included.
export function statementsAbout({ adjacent: { start, list } }, entity) {
  return Array.from(list.subarray(start[entity], start[entity + 1]));
}

// The entities that pass, those of most statements with others first.
export function byDegree({ order }, accept) {
  return Array.from(order).filter(accept);
}

// All entities in that order: numbers sort natively, in a tenth of the time that comparing takes.
function orderOf(degree) {
  const n = degree.length;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = i - degree[i] * n;
  keys.sort();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = ((keys[i] % n) + n) % n;
  return order;
}

function grouped(groups, size, keys) {
  const start = new Int32Array(groups + 1);
  const count = (key) => start[key + 1]++;
  for (let i = 0; i < size; i++) keys(i, count);
  for (let key = 0; key < groups; key++) start[key + 1] += start[key];
  const list = new Int32Array(start[groups]);
  const next = start.slice();
  let row = 0;
  const place = (key) => {
    list[next[key]++] = row;
  };
  for (; row < size; row++) keys(row, place);
  return { start, list };
}

const COLUMNS = ["statement", "document", "begin", "end", "from", "to", "speaker", "rule"];

// Adds the documents, the evidence and the mentions, which are read after the first painting.
export function addTexts(model, texts) {
  const { documents = [], evidence = {}, quotes = {}, speakers = [], rules = [], mentions = {} } = texts;
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, Int32Array.from(evidence[name] ?? [])]));
  columns.confidence = Float64Array.from(evidence.confidence ?? []);
  columns.time = evidence.time ?? {};
  columns.place = evidence.place ?? {};
  const rows = new Int32Array(model.m + 1);
  for (const statement of columns.statement) rows[statement + 1]++;
  for (let i = 0; i < model.m; i++) rows[i + 1] += rows[i];
  const entity = Int32Array.from(mentions.entity ?? []);
  const about = grouped(model.n, entity.length, (row, put) => put(entity[row]));
  model.texts = {
    documents,
    evidence: columns,
    rows,
    years: years(columns, documents),
    quotes,
    speakers,
    rules,
    mentions: { ...mentions, entity },
    mentionsOf: (i) => about.list.subarray(about.start[i], about.start[i + 1]),
  };
}

// The year of each row of evidence: its own time, else the date of its document; 0 where there is neither.
function years({ document: documentOf, time }, documents) {
  const found = Int32Array.from(documentOf, (place) => yearOf(documents[place]?.date));
  for (const [row, said] of Object.entries(time)) found[row] = yearOf(said) || found[row];
  return found;
}

export function yearOf(date) {
  return Number(/(?<!\d)\d{4}(?!\d)/.exec(date ?? "")?.[0] ?? 0);
}
