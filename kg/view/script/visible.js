// Which entities and statements are shown, by the filters and by what is chosen.
export function visibility(model, current) {
  const { n, m, s, p, o, stance, type } = model;
  const entities = new Uint8Array(n);
  const statements = new Uint8Array(m);
  const typeShown = flags(model.types.length, (i) => !current.hiddenTypes.has(i));
  const predicateShown = flags(model.predicates.length, (i) => !current.hiddenPredicates.has(i));
  const stanceShown = flags(model.stances.length, (i) => current.stances.has(i));
  const told = evidenceTest(model, current);
  for (let i = 0; i < m; i++) {
    if (!stanceShown[stance[i]] || !predicateShown[p[i]] || !typeShown[type[s[i]]]) continue;
    if (o[i] >= 0 && !typeShown[type[o[i]]]) continue;
    if (told && !told(i)) continue;
    statements[i] = 1;
    entities[s[i]] = 1;
    if (o[i] >= 0) entities[o[i]] = 1;
  }
  if (current.silent) for (let i = 0; i < n; i++) if (typeShown[type[i]]) entities[i] = 1;
  for (const i of current.revealed) if (typeShown[type[i]]) entities[i] = 1;
  showChosen(model, current, { entities, statements });
  return { entities, statements, entityCount: marked(entities), statementCount: marked(statements) };
}

function flags(size, test) {
  return Uint8Array.from({ length: size }, (_, i) => Number(test(i)));
}

function marked(marks) {
  let sum = 0;
  for (let i = 0; i < marks.length; i++) sum += marks[i];
  return sum;
}

// A test of a statement by its evidence, or null where every statement passes.
export function evidenceTest({ texts }, current) {
  const { documents, speakers, confidence, time, undated } = current;
  if (!texts || !(documents || speakers || confidence > 0 || time || !undated)) return null;
  const { evidence, rows, years } = texts;
  const [from, to] = time ?? [-Infinity, Infinity];
  return (statement) => {
    for (let row = rows[statement]; row < rows[statement + 1]; row++) {
      if (evidence.confidence[row] < confidence) continue;
      if (documents && !documents.has(evidence.document[row])) continue;
      if (speakers && !speakers.has(evidence.speaker[row])) continue;
      const year = years[row];
      if (year ? year >= from && year <= to : undated) return true;
    }
    return false;
  };
}

// What was chosen is shown whatever the filters say.
function showChosen(model, current, shown) {
  const { entities, statements } = answer(model, current);
  if (current.entity >= 0) shown.entities[current.entity] = 1;
  if (current.statement >= 0) lightStatement(model, shown, current.statement);
  for (const i of entities) shown.entities[i] = 1;
  for (const i of statements) lightStatement(model, shown, i);
}

function lightStatement({ s, o }, { entities, statements }, i) {
  statements[i] = 1;
  entities[s[i]] = 1;
  if (o[i] >= 0) entities[o[i]] = 1;
}

// The path or the answer of a query that is on show.
function answer(model, { path, pathStatements, query }) {
  if (path) return { entities: path, statements: pathStatements ?? [] };
  const { entities = [], statements = [] } = model.queries[query] ?? {};
  return { entities, statements };
}

// What stands in the light: null where nothing is chosen, and everything does.
export function spotlight(model, current, shown) {
  const lit = { entities: new Uint8Array(model.n), statements: new Uint8Array(model.m) };
  const { entities, statements } = answer(model, current);
  const { entity, statement, hover, community } = current;
  for (const i of entities) lit.entities[i] = 1;
  for (const i of statements) lightStatement(model, lit, i);
  if (statement >= 0) lightStatement(model, lit, statement);
  const answered = entities.length + statements.length > 0;
  const focus = entity >= 0 ? entity : statement >= 0 || answered || community >= 0 ? -1 : hover;
  if (focus >= 0) {
    lit.entities[focus] = 1;
    if (!answered && statement < 0) lightNeighbours(model, lit, shown, focus);
  } else if (community >= 0 && !answered && statement < 0) lightCommunity(model, lit, shown, community);
  return answered || statement >= 0 || focus >= 0 || community >= 0 ? lit : null;
}

function lightNeighbours(model, lit, shown, entity) {
  const { start, list } = model.adjacent;
  for (let k = start[entity]; k < start[entity + 1]; k++)
    if (shown.statements[list[k]]) lightStatement(model, lit, list[k]);
}

function lightCommunity({ n, m, s, o, community: of }, lit, shown, community) {
  for (let i = 0; i < n; i++) if (of[i] === community) lit.entities[i] = 1;
  for (let i = 0; i < m; i++) {
    if (shown.statements[i] && lit.entities[s[i]] && (o[i] < 0 || lit.entities[o[i]])) lit.statements[i] = 1;
  }
}

const MATTERS = ["entity", "statement", "path", "pathStatements", "query", "revealed", "silent"];
const FILTERS = [
  "hiddenTypes",
  "hiddenPredicates",
  "stances",
  "documents",
  "speakers",
  "confidence",
  "time",
  "undated",
];

// A function that gives what is shown now, computed anew only where something that matters has changed.
export function createShown(model, state) {
  const keys = [...MATTERS, ...FILTERS];
  let of = null;
  let shown = null;
  return function shownNow() {
    const now = [model.texts, model.queries, ...keys.map((key) => state.current[key])];
    if (of?.every((value, i) => value === now[i])) return shown;
    of = now;
    shown = visibility(model, state.current);
    return shown;
  };
}
