import { initialState } from "./state.js";

const encoded = (name) => encodeURIComponent(name).replace(/%(3A|2F|40)/g, decodeURIComponent);
const listed = (names) => names.map(encoded).join(",");
const local = (iri) => /[^/#]*$/.exec(iri)[0] || iri;

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// The short names of things, both ways; a name that two share is no name, and the whole IRI stands for it.
function naming(size, iri, short) {
  const placesOf = once(() => {
    const places = new Map();
    for (let i = 0; i < size; i++) places.set(short(i), places.has(short(i)) ? -1 : i);
    return places;
  });
  const wholeOf = once(() => new Map(Array.from({ length: size }, (_, i) => [iri(i), i])));
  const of = (name) => {
    const place = placesOf().get(name) ?? -1;
    return place >= 0 ? place : (wholeOf().get(name) ?? -1);
  };
  return { of, name: (i) => (placesOf().get(short(i)) === i ? short(i) : iri(i)) };
}

// What is made when it is first asked for: not before the first drawing, then.
function once(make) {
  let made = null;
  return () => {
    made ??= make();
    return made;
  };
}

export function createNames(model) {
  const { types, predicates, graph } = model;
  const terms = [...types, ...predicates];
  return {
    entity: naming(model.n, model.iri, (i) => graph.entities.name[i]),
    term: naming(
      terms.length,
      (i) => terms[i].iri,
      (i) => local(terms[i].iri),
    ),
  };
}

// The part of the address that tells what is chosen and shown, without what is so at first.
export function toHash(model, names, current, camera = null) {
  const first = initialState(model);
  const parts = [];
  const add = (key, value) => parts.push(`${key}=${value}`);
  const entity = (i) => encoded(names.entity.name(i));
  const end = (i) => entity(i).replaceAll(".", "%2E");
  const { hiddenTypes, hiddenPredicates, stances, documents, speakers, path, time } = current;
  const { texts } = model;
  if (current.entity >= 0) add("n", entity(current.entity));
  const hidden = [...hiddenTypes, ...[...hiddenPredicates].map((i) => i + model.types.length)];
  if (hidden.length) add("hide", listed(hidden.sort((a, b) => a - b).map(names.term.name)));
  if (!same(stances, first.stances))
    add("stance", listed([...stances].sort((a, b) => a - b).map((i) => model.stances[i])));
  if (path?.length) add("path", `${end(path[0])}..${end(path.at(-1))}`);
  if (current.query >= 0) add("q", encoded(model.queries[current.query].name));
  if (documents) add("doc", listed([...documents].sort((a, b) => a - b).map((i) => texts.documents[i].id)));
  if (speakers) add("by", listed([...speakers].sort((a, b) => a - b).map((i) => texts.speakers[i] ?? "")));
  if (current.reading >= 0) add("read", encoded(texts.documents[current.reading].id));
  if (time) add("t", time.join("-"));
  if (!current.undated) add("undated", 0);
  if (current.confidence) add("c", current.confidence);
  if (current.silent) add("silent", 1);
  if (camera) add("view", [camera.x, camera.y].map(Math.round).concat(camera.k.toPrecision(3)).join(","));
  return parts.length ? `#${parts.join("&")}` : "";
}

function same(a, b) {
  return a.size === b.size && [...a].every((entry) => b.has(entry));
}

const NEEDS_TEXTS = ["documents", "speakers", "reading", "query"];

// What an address asks for, as a whole state; names that are not known here are left out.
// `ends` are those of a path, `camera` where one looks; `late` is what only the texts can tell.
export function fromHash(model, names, hash) {
  const asked = new Map(hash.replace(/^#/, "").split("&").map(pair));
  const list = (key) => (asked.has(key) ? asked.get(key).split(",").map(decoded) : null);
  const state = { ...initialState(model) };
  const entity = (name) => names.entity.of(decoded(name));
  if (asked.has("n")) state.entity = entity(asked.get("n"));
  hide(model, state, (list("hide") ?? []).map(names.term.of));
  state.stances = chosen(list("stance"), model.stances) ?? state.stances;
  const number = Number(asked.get("c"));
  if (number > 0 && number <= 1) state.confidence = number;
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(asked.get("t") ?? "");
  if (years) state.time = [Number(years[1]), Number(years[2])].sort((a, b) => a - b);
  state.undated = asked.get("undated") !== "0";
  state.silent = asked.get("silent") === "1";
  addLate(model, state, list, decoded(asked.get("q") ?? ""), decoded(asked.get("read") ?? ""));
  delete state.theme;
  const ends = asked.has("path") ? asked.get("path").split("..").map(entity) : [];
  const late = Object.fromEntries(NEEDS_TEXTS.map((key) => [key, state[key]]));
  return {
    state,
    late,
    ends: ends.length === 2 && Math.min(...ends) >= 0 ? ends : null,
    camera: cameraOf(asked.get("view")),
  };
}

function pair(part) {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

function hide(model, state, terms) {
  for (const i of terms) {
    if (i < 0) continue;
    if (i < model.types.length) state.hiddenTypes.add(i);
    else state.hiddenPredicates.add(i - model.types.length);
  }
}

// The places of the names asked for, or null where none of them is known.
function chosen(asked, known) {
  const places = (asked ?? []).map((name) => known.indexOf(name)).filter((i) => i >= 0);
  return places.length ? new Set(places) : null;
}

function addLate(model, state, list, query, reading) {
  state.query = model.queries.findIndex(({ name }) => name === query);
  if (!model.texts) return;
  const ids = model.texts.documents.map(({ id }) => id);
  state.documents = chosen(list("doc"), ids);
  state.speakers = chosen(list("by"), model.texts.speakers);
  if (list("by")?.includes("")) state.speakers = (state.speakers ?? new Set()).add(-1);
  state.reading = ids.indexOf(reading);
}

function cameraOf(said) {
  const [x, y, k] = (said ?? "").split(",").map(Number);
  return Number.isFinite(x + y) && k > 0 ? { x, y, k } : null;
}
