import { createCard } from "./dialogs.js";
import { byId, element, text } from "./dom.js";
import { button, countOf, entityButton, fillRows } from "./parts.js";
import { CLEARED } from "./state.js";

// The card that lists the named results; one that is chosen shows its rows and puts them in the light.
export function createQueries(model, state) {
  const { queries } = model;
  const card = createCard("queries", "Named results", "open-queries", {
    closed: () => state.set({ query: -1 }),
    focus: () => names[0].focus(),
  });
  const choose = (query) => state.set({ ...CLEARED, query });
  const names = queries.map((query, place) =>
    element(
      "button",
      { type: "button", class: "row", "on:click": () => choose(place) },
      text("span", query.title || query.name),
      element("span", { class: "count" }, countOf(sizeOf(query), "row")),
    ),
  );
  const list = element("div", { class: "names" }, names);
  const answer = element("div");
  card.body.append(list, answer);
  let listed = -1;

  function follow({ query }) {
    if (query === listed) return;
    const back = button("‹ All results", () => choose(-1), { class: "plain" });
    const before = listed;
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

const sizeOf = ({ rows, more = 0 }) => rows.length + more;

function toldOf({ rows, more }) {
  if (!rows.length) return "This result is empty: nothing in the graph answers it.";
  return (
    countOf(rows.length + (more ?? 0), "row") + (more ? `, of which the first ${rows.length} are in the page` : "")
  );
}

function answerView(model, state, query) {
  const { columns, rows, name, title } = query;
  const cell = (value) => {
    if (typeof value === "number") return element("td", {}, entityButton(model, state, value));
    return text("td", value ?? "", { class: value?.length > 40 ? "long" : null });
  };
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((column) => text("th", column, { scope: "col" })));
  const table = element("table", { "aria-label": title || name }, element("thead", {}, head), body);
  const more = fillRows(body, rows, 100, (row) => element("tr", {}, ...row.map(cell)));
  const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title || name }, table);
  return [
    text("h3", title || name),
    element("p", { class: "quiet" }, toldOf(query)),
    rows.length > 0 && scroll,
    more,
  ].filter(Boolean);
}
