import { statementsAbout } from "./data.js";
import { element, inDigits, swatch, text } from "./dom.js";
import { AT_ONCE, button, chooseStatement, compareWords, copyButton, countOf, entityButton, firstOf } from "./parts.js";
import { fold, isFact, objectText, objectView, predicateText, stanceBadge } from "./parts.js";
import { evidenceRows, joined, mentionView, quotesOf, quoteView } from "./quotes.js";

// All that is known of an entity: its names, its values and what is said of it, with the sentences.
export function entityPanel(context, entity, shown) {
  const { model } = context;
  const about = statementsAbout(model, entity);
  const seen = about.filter((i) => shown.statements[i]);
  const hidden = about.filter((i) => !shown.statements[i]);
  const unshown = () => sections(context, hidden, entity);
  return element(
    "article",
    {},
    ...headOf(model, entity),
    ...sections(context, seen, entity),
    hidden.length > 0 && fold("hidden", `${inDigits(hidden.length)} hidden by filters`, unshown),
    ...mentions(context, entity, about.length),
  );
}

function headOf(model, entity) {
  const type = model.types[model.type[entity]];
  const aliases = model.aliases(entity).map((alias) => text("bdi", alias));
  const iri = model.iri(entity);
  const fromHere = () => document.dispatchEvent(new CustomEvent("pathfrom", { detail: entity }));
  return [
    text("h2", model.label[entity]),
    element("p", { class: "kind" }, swatch(type), text("span", type.label, { title: type.iri ?? null })),
    aliases.length > 0 && element("p", { class: "also" }, "Also ", ...joined(aliases)),
    element("p", { class: "iri" }, text("span", iri), " ", copyButton(iri)),
    element("p", { class: "actions" }, button("Path from here", fromHere)),
  ];
}

function sections(context, found, entity) {
  const { model } = context;
  const groups = { values: [], Facts: [], "In facts about others": [], "Said, but not as a fact": [] };
  for (const i of found) {
    const [values, own, others, said] = Object.values(groups);
    if (!isFact(model, i)) said.push(i);
    else if (model.s[i] !== entity) others.push(i);
    else (model.o[i] < 0 ? values : own).push(i);
  }
  const { values, ...rest } = groups;
  const titled = Object.entries(rest).flatMap(([title, group]) => section(context, title, group, entity));
  return [...valuesView(context, values), ...titled];
}

// The statements by predicate, those about others last, each group in the order of what is said.
export function byPredicate(model, found, entity) {
  const other = (i) => (model.s[i] === entity ? objectText(model, i) : model.label[model.s[i]]);
  const groups = new Map();
  for (const i of found) {
    const key = model.p[i] * 2 + Number(model.s[i] !== entity);
    if (groups.has(key)) groups.get(key).push(i);
    else groups.set(key, [i]);
  }
  const label = (key) => model.predicates[key >> 1].label;
  return [...groups]
    .sort(([a], [b]) => (a & 1) - (b & 1) || compareWords(label(a), label(b)) || a - b)
    .map(([key, group]) => {
      const words = new Map(group.map((i) => [i, other(i)]));
      group.sort((a, b) => compareWords(words.get(a), words.get(b)) || a - b);
      return { label: label(key), incoming: key & 1, group };
    });
}

function section(context, title, found, entity) {
  if (!found.length) return [];
  const made = [element("h3", {}, `${title} (${inDigits(found.length)})`)];
  for (const { label, incoming, group } of byPredicate(context.model, found, entity)) {
    const words = incoming ? `… ${label} this` : label;
    made.push(text("h4", words, { title: context.model.predicates[context.model.p[group[0]]].iri }));
    made.push(...firstOf(group, AT_ONCE, (i) => statementView(context, i, entity)));
  }
  return made;
}

function statementView(context, i, entity) {
  const { model, state } = context;
  const other = model.s[i] === entity ? objectView(model, state, i) : entityButton(model, state, model.s[i]);
  const about = { class: "plain show", "aria-label": "Show this statement in the graph" };
  const show = button("show", () => chooseStatement(state, i), about);
  return element(
    "section",
    { class: "statement" },
    element("p", {}, other, " ", stanceBadge(model, i), show),
    ...quotesOf(context, i),
  );
}

// A value in one row; its sentences unfold below it.
function valuesView(context, found) {
  if (!found.length) return [];
  const rows = byPredicate(context.model, found, context.model.s[found[0]]).map(({ label, group }) =>
    firstOf(group, AT_ONCE, (i) => valueRow(context, i, i === group[0] ? null : label)),
  );
  return [element("div", { class: "values" }, ...rows)];
}

// The predicate stands before the first of its values only; the others are given its `label` as a name.
function valueRow({ model, read }, i, label) {
  const evidence = evidenceRows(model, i);
  const quotes = () => firstOf(evidence, AT_ONCE, (row) => quoteView(model.texts, row, read));
  const made = fold(`value ${i}`, label ? element("span") : predicateText(model, i), quotes);
  const value = text("span", objectText(model, i), { class: "value" });
  const count = evidence.length > 1 ? element("span", { class: "count" }, `${evidence.length} sentences`) : "";
  made.firstChild.append(value, count);
  if (label) made.firstChild.setAttribute("aria-label", `${label} ${objectText(model, i)}`);
  return made;
}

// Where an entity is mentioned, once a sentence; open where nothing is said of it.
function mentions({ model, read }, entity, said) {
  if (!model.texts) return [];
  const { document, from } = model.texts.mentions;
  const seen = new Map();
  for (const row of model.texts.mentionsOf(entity)) {
    const place = `${document[row]} ${from[row]}`;
    if (!seen.has(place)) seen.set(place, row);
  }
  const rows = [...seen.values()];
  const views = () => firstOf(rows, AT_ONCE, (row) => mentionView(model.texts, row, read));
  if (said) return rows.length ? [fold("mentions", `Mentioned in ${countOf(rows.length, "sentence")}`, views)] : [];
  const note = element("p", { class: "quiet" }, "No statement about it was found.");
  return [element("h3", {}, rows.length ? `Mentioned (${rows.length})` : "Mentioned"), note, ...views()];
}
