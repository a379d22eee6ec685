import { createCard } from "./dialogs.js";
import { byId, element, text } from "./dom.js";
import { button, countOf, entityButton, fillRows } from "./parts.js";
import { CLEARED } from "./state.js";

const LONG = 40; // letters from which a text is a sentence rather than a name

const titleOf = ({ title, name }) => title || name;
const sizeOf = ({ rows, more = 0 }) => rows.length + more;
const count = (query) => countOf(sizeOf(query), "row");

// The card that lists the named results; one that is chosen shows its rows and puts them in the light.
export function createQueries(model, state) {
  const { queries } = model;
  const card = createCard("queries", "Named results", "open-queries", {
    closed: () => state.set({ query: -1 }),
    focus: () => names[0].focus(),
  });
  const choose = (query) => state.set({ ...CLEARED, query });
  const names = queries.map((query, place) => {
    const words = [text("span", titleOf(query)), element("span", { class: "count" }, count(query))];
    return button(words, () => choose(place), { class: "row" });
  });
  const list = element("div", { class: "names" }, names);
  const answer = element("div");
  card.body.append(list, answer);
  let listed = -1;

  function follow({ query }) {
    if (query === listed) return;
    const [back, before] = [button("‹ All results", () => choose(-1), { class: "plain" }), listed];
    listed = query;
    list.hidden = query >= 0;
    answer.replaceChildren(...(query >= 0 ? [back, ...answerView(model, state, queries[query])] : []));
    if (query < 0) return names[before].focus();
    const chosen = card.isOpen();
    card.open();
    if (chosen) back.focus();
  }

  byId("open-queries").hidden = !queries.length;
  state.on(follow);
  follow(state.current);
}

function toldOf(query) {
  const { rows, more } = query;
  if (!rows.length) return "This result is empty: nothing in the graph answers it.";
  return more ? `${count(query)}, of which the first ${rows.length} are in the page` : count(query);
}

// Sentences stand below the other cells of their row, so that a narrow card shows them.
function answerView(model, state, query) {
  const { columns, rows } = query;
  const heading = [text("h3", titleOf(query)), element("p", { class: "quiet" }, toldOf(query))];
  if (!rows.length) return heading;
  const kinds = columns.map((_, at) => (rows.some((row) => row[at]?.length > LONG) ? { class: "long" } : {}));
  const cell = (value, at) => {
    if (typeof value === "number") return element("td", kinds[at], entityButton(model, state, value));
    return text("td", value ?? "", kinds[at]);
  };
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((column, at) => text("th", column, { scope: "col", ...kinds[at] })));
  const more = fillRows(body, rows, 100, (row) => element("tr", {}, ...row.map(cell)));
  const table = element("table", { class: "answer" }, element("thead", {}, head), body);
  table.style.setProperty("--short", Math.max(1, kinds.filter((kind) => !kind.class).length));
  const about = { class: "scroll", tabindex: 0, role: "region", "aria-label": titleOf(query) };
  return [...heading, element("div", about, table), more ?? ""];
}
