// Letters without accents and case, so that "soren" finds "Sören".
export function folded(words) {
  return words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l");
}

// The folded names of all entities, made when they are first asked for.
export function namesOf(model) {
  model.names ??= Array.from({ length: model.n }, (_, i) => [model.label[i], ...model.aliases(i)].map(folded));
  return model.names;
}

// Lower is better: the whole name, its beginning, the beginning of a word, inside, all words somewhere; the label before aliases.
function rank(names, query, words) {
  let best = Infinity;
  for (let place = 0; place < names.length; place++) {
    const kind = kindOfMatch(names[place], query, words) * 2 + (place ? 1 : 0);
    if (kind < best) best = kind;
  }
  return best;
}

function kindOfMatch(name, query, words) {
  const at = name.indexOf(query);
  if (at === 0) return name.length === query.length ? 0 : 1;
  if (at > 0) return beginsWord(name, query, at) ? 2 : 3;
  return words.length > 1 && words.every((word) => name.includes(word)) ? 4 : Infinity;
}

function beginsWord(name, query, first) {
  for (let at = first; at > 0; at = name.indexOf(query, at + 1)) if (!/[\p{L}\p{N}]/u.test(name[at - 1])) return true;
  return false;
}

// Entities that match, best first; among equals those with more statements.
export function matching(model, said) {
  const index = namesOf(model);
  const query = folded(said.trim());
  if (!query) return [];
  const words = query.split(/\s+/);
  const found = [];
  for (let i = 0; i < model.n; i++) {
    const kind = rank(index[i], query, words);
    if (kind < Infinity) found.push({ entity: i, kind });
  }
  const degree = (i) => model.adjacent.start[i + 1] - model.adjacent.start[i];
  return found.sort((a, b) => a.kind - b.kind || degree(b.entity) - degree(a.entity) || a.entity - b.entity);
}

// The alias that matched, where the label did not match as well.
export function matchedAlias(model, { entity, kind }, said) {
  if (kind % 2 === 0) return "";
  const query = folded(said.trim());
  const words = query.split(/\s+/);
  const place = namesOf(model)[entity].findIndex((name, at) => at && rank([name], query, words) === kind - 1);
  return place > 0 ? model.aliases(entity)[place - 1] : "";
}
