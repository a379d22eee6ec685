import { createDialog } from "./dialogs.js";
import { byId, element, text } from "./dom.js";
import { button, chooseEntity, chooseStatement, countOf, fillRows } from "./parts.js";
import { arrangeRows, entityRows, statementRows } from "./rows.js";

const ROWS_AT_ONCE = 500;
const TABS = [
  {
    name: "Entities",
    one: "entity",
    many: "entities",
    columns: ["Name", "Type", "Statements", "Aliases"],
    rows: entityRows,
    choose: chooseEntity,
  },
  {
    name: "Statements",
    one: "statement",
    columns: ["Subject", "Predicate", "Object", "Stance", "Document", "Quote"],
    rows: statementRows,
    choose: chooseStatement,
  },
];

const numeric = (cell) => (typeof cell === "number" ? { class: "number" } : {});

// What is shown in the graph, as two tables.
export function createTable(model, state, shownOf) {
  const { head, body, open, close } = createDialog("table", "What is shown");
  const tabs = TABS.map(({ name }, place) =>
    button(name, () => turn(place), { role: "tab", id: `tab-${place}`, "aria-controls": "table-rows" }),
  );
  const filter = element("input", { type: "search", placeholder: "Filter the rows", "aria-label": "Filter the rows" });
  const count = element("span", { class: "quiet", role: "status" });
  const place = element("div", { class: "scroll", id: "table-rows", role: "tabpanel", tabindex: 0 });
  let tab = 0;
  let rows = [];
  let order = { column: -1, descending: false };

  function turn(next) {
    tab = next;
    order = { column: -1, descending: false };
    rows = TABS[tab].rows(model, shownOf());
    for (const [at, made] of tabs.entries()) {
      made.setAttribute("aria-selected", String(at === tab));
      made.tabIndex = at === tab ? 0 : -1;
    }
    place.setAttribute("aria-labelledby", `tab-${tab}`);
    list();
  }

  function list(focus = false) {
    const found = arrangeRows(rows, { words: filter.value, ...order });
    const { one, many, columns } = TABS[tab];
    count.textContent = countOf(found.length, one, many);
    const lines = element("tbody");
    const titles = element("tr", {}, ...columns.map(title));
    const more = fillRows(lines, found, ROWS_AT_ONCE, line);
    place.replaceChildren(element("table", {}, element("thead", {}, titles), lines), ...(more ? [more] : []));
    if (focus) titles.children[order.column].firstChild.focus();
  }

  function title(name, column) {
    const sorted = order.column === column ? (order.descending ? "descending" : "ascending") : "none";
    const sort = () => {
      order = { column, descending: sorted === "ascending" };
      list(true);
    };
    return element("th", { scope: "col", "aria-sort": sorted, ...numeric(rows[0]?.cells[column]) }, button(name, sort));
  }

  function line({ index, cells: [first, ...rest] }) {
    const go = () => {
      close();
      TABS[tab].choose(state, index);
    };
    const name = button(text("bdi", first), go, { class: "entity", title: "Show in the graph" });
    return element("tr", {}, element("td", {}, name), ...rest.map((cell) => text("td", cell, numeric(cell))));
  }

  const tablist = element("div", { role: "tablist", "aria-label": "Tables" }, ...tabs);
  tablist.addEventListener("keydown", ({ key }) => {
    if (key !== "ArrowRight" && key !== "ArrowLeft") return;
    turn(1 - tab);
    tabs[tab].focus();
  });
  head.after(element("div", { class: "bar" }, tablist, filter, count));
  body.append(place);
  let waiting = 0;
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(list, 120);
  });
  byId("open-table").addEventListener("click", () => {
    turn(tab);
    open();
  });
}
