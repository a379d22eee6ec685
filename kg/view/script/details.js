import { entityPanel } from "./about.js";
import { byDegree, statementsAbout } from "./data.js";
import { byId, element, swatch, text } from "./dom.js";
import { AT_ONCE, button, countOf, entityButton, factLine, firstOf, fold, renew } from "./parts.js";
import { documentTitle, evidenceRows, quoteView } from "./quotes.js";
import { RELEASED } from "./state.js";

// The panel on the right: what is chosen, with its sentences. `zoomTo` brings entities into view.
export function createDetails(model, state, shownOf, zoomTo) {
  const panel = byId("details");
  const content = element("div");
  const told = byId("told");
  const context = { model, state, zoomTo, read: (marker) => state.set({ reading: marker.document, marker }) };
  panel.append(content);
  let chosen = null;
  let known = null;
  let [seen, texts] = [null, null];

  // What stays as it is is not written anew: the panel reads only the choice, the texts and what is shown of it.
  function render(current) {
    const { entity, statement, community } = current;
    const shown = shownOf();
    const now = [entity, statement, community].join(" ");
    if (now === chosen && shown === seen && model.texts === texts) return;
    [seen, texts] = [shown, model.texts];
    const next = [now, texts !== null, shownAbout(model, current, shown)].join(" ");
    if (next === known) return;
    known = next;
    const made = panelOf(context, current, shown);
    const isRest = Math.max(entity, statement, community) < 0;
    if (!isRest) made.prepend(button("×", () => state.set(RELEASED), { class: "close", "aria-label": "Close" }));
    const focused = content.contains(document.activeElement);
    renew(panel, content, made);
    if (focused) panel.focus({ preventScroll: true });
    if (now !== chosen) {
      panel.scrollTop = 0;
      if (chosen !== null) told.textContent = summaryOf(model, current);
    }
    chosen = now;
  }
  return { render };
}

// The statements about what is chosen that are shown, as a key.
function shownAbout(model, { entity, statement, community }, shown) {
  if (statement >= 0 || (community >= 0 && entity < 0)) return "";
  if (entity >= 0)
    return statementsAbout(model, entity)
      .map((i) => shown.statements[i])
      .join("");
  return busiest(model, shown).join(",");
}

function panelOf(context, { entity, statement, community }, shown) {
  if (statement >= 0) return statementPanel(context, statement);
  if (entity >= 0) return entityPanel(context, entity, shown);
  return community >= 0 ? communityPanel(context, community) : restPanel(context, shown);
}

// What is read out when something else is chosen.
export function summaryOf(model, { entity, statement, community }) {
  if (statement >= 0) return `Statement, ${countOf(evidenceRows(model, statement).length, "sentence")}`;
  if (entity >= 0) return `${model.label[entity]}, ${countOf(statementsAbout(model, entity).length, "statement")}`;
  return community >= 0 ? `Community ${model.communities[community].name}` : "Nothing is chosen";
}

function busiest(model, shown) {
  return byDegree(model, (i) => shown.entities[i] && model.degree[i]).slice(0, 12);
}

function entityList(model, state, entities) {
  const row = (i) => {
    const degree = element("span", { class: "count", title: "statements with other entities" }, model.degree[i]);
    return element("p", {}, swatch(model.types[model.type[i]]), entityButton(model, state, i), degree);
  };
  return element("div", { class: "entities" }, ...firstOf(entities, 20, row));
}

function restPanel(context, shown) {
  const { model, state } = context;
  const entities = busiest(model, shown);
  return element(
    "article",
    {},
    element("p", {}, "Choose an entity or a statement to see where it is said."),
    element("p", { class: "actions" }, ...ways(model)),
    entities.length > 0 && element("h3", {}, "Where most is said"),
    entityList(model, state, entities),
    documentList(context),
  );
}

function ways(model) {
  const way = (id, words, key) => button([words, key && element("kbd", {}, key)], () => byId(id).click());
  return [
    way("open-path", "Find a path", "p"),
    model.queries.length > 0 && way("open-queries", "See named results"),
    way("open-table", "Read as a table", "t"),
  ];
}

function documentList({ model, read }) {
  const { documents = [] } = model.texts ?? {};
  const open = (document, place) =>
    button(documentTitle(document), () => read({ document: place, begin: -1 }), { class: "document", dir: "auto" });
  const all = () => firstOf(documents, AT_ONCE, open);
  return documents.length > 0 && fold("documents", countOf(documents.length, "document"), all);
}

function communityPanel({ model, state, zoomTo }, community) {
  const members = byDegree(model, (i) => model.community[i] === community);
  const zoom = button("Zoom in", () => zoomTo(members));
  return element(
    "article",
    {},
    text("h2", model.communities[community].name),
    element("p", { class: "kind" }, `Community of ${countOf(members.length, "entity", "entities")}`),
    element("p", { class: "actions" }, zoom),
    element("h3", {}, "Its busiest entities"),
    entityList(model, state, members),
  );
}

function statementPanel({ model, state, read }, i) {
  const rows = evidenceRows(model, i);
  return element(
    "article",
    {},
    element("h2", {}, "Statement"),
    factLine(model, state, i),
    element("h3", {}, countOf(rows.length, "sentence")),
    ...firstOf(rows, AT_ONCE, (row) => quoteView(model.texts, row, read)),
    !model.texts && element("p", { class: "quiet" }, "Reading the sentences …"),
    text("p", model.predicates[model.p[i]].iri, { class: "iri" }),
  );
}
