import { createDialog } from "./dialogs.js";
import { element } from "./dom.js";
import { createQuoteList, createTextPane } from "./panes.js";
import { button, chooseEntity, chooseStatement, entityButton, factLine, firstOf, steppers } from "./parts.js";
import { rowsOfDocument } from "./passages.js";
import { documentTitle } from "./quotes.js";

// The dialog that shows a text beside what it says. `act` holds what its parts do.
function createFrame(act) {
  const { dialog, head, body, heading, open, close } = createDialog("reader", "Document", act.closed);
  const position = element("span", { class: "quiet", role: "status" });
  const [back, on] = steppers("statement", act.turn);
  const only = button("", act.only);
  const chooser = element("select", { "aria-label": "Document" });
  chooser.addEventListener("change", () => act.read(Number(chooser.value)));
  head.after(element("div", { class: "bar" }, chooser, element("span", { class: "turns" }, back, position, on), only));
  const picked = element("div", { class: "picked", "aria-live": "polite" });
  const side = element("div", { class: "said", tabindex: 0, role: "region", "aria-label": "Statements" }, picked);
  body.addEventListener("mouseleave", () => act.point([]));
  return { dialog, body, heading, open, close, position, steps: [back, on], only, chooser, picked, side };
}

// The text of a document beside what it says; a click on either shows the other.
export function createReader(model, state) {
  let read = -1;
  let rows = [];
  let at = -1;
  const point = (found) => [page, list].map((pane) => pane.point(found));
  const page = createTextPane(model, chosen, point);
  const list = createQuoteList(model, (row) => turnTo(rows.indexOf(row)), point);
  const frame = createFrame({
    closed: () => state.set({ reading: -1, marker: null }),
    only: toggleOnly,
    point,
    read: (reading) => state.set({ reading, marker: null }),
    turn: (step) => turnTo((Math.max(at, step < 0 ? 0 : -1) + step + rows.length) % rows.length),
  });
  const { close } = frame;
  frame.side.append(list.node);
  frame.body.append(page.node, frame.side);

  function lay(place) {
    const { documents, evidence } = model.texts;
    read = place;
    rows = rowsOfDocument(evidence, place);
    if (!frame.chooser.options.length) frame.chooser.append(...documents.map(documentOption));
    frame.chooser.value = String(place);
    frame.heading.textContent = documentTitle(documents[place]);
    page.lay(place);
    list.lay(rows);
    frame.picked.replaceChildren();
    tell(-1);
  }

  function tell(place) {
    at = place;
    frame.position.textContent = `${at + 1 || "–"} of ${rows.length}`;
    for (const node of frame.steps) node.disabled = !rows.length;
    list.mark(rows[at]);
  }

  function go(place) {
    page.flash((mark) => mark.rows.includes(rows[place]));
    pick([rows[place]], []);
    tell(place);
  }

  function turnTo(place) {
    go(place);
    choose([rows[place]], []);
  }

  // What a stretch of the text stands for: the statements it supports, or the entities it names.
  function pick(found, entities) {
    const { statement } = model.texts.evidence;
    const about = [...new Set(found.map((row) => statement[row]))];
    const lines = firstOf(about, 10, (i) => factLine(model, state, i, close));
    const names = entities.map((entity) => element("p", {}, entityButton(model, state, entity, close)));
    const show = () => {
      choose(found, entities);
      close();
    };
    frame.picked.replaceChildren(
      ...(about.length ? lines : names),
      button("Show in the graph", show, { class: "plain" }),
    );
  }

  function choose([row], [entity]) {
    if (row === undefined) chooseEntity(state, entity);
    else chooseStatement(state, model.texts.evidence.statement[row]);
  }

  function chosen(mark) {
    const [row] = mark.rows;
    page.flash((other) => (row === undefined ? other === mark : other.rows.includes(row)), false);
    pick(mark.rows, mark.entities);
    choose(mark.rows, mark.entities);
    tell(rows.indexOf(row));
  }

  const isOnly = ({ documents }) => documents?.size === 1 && documents.has(read);

  function toggleOnly() {
    state.set({ documents: isOnly(state.current) ? null : new Set([read]) });
    close();
  }

  function seek({ begin }) {
    const { evidence } = model.texts;
    const here = rows.filter((row) => evidence.begin[row] === begin);
    const row = here.find((row) => evidence.statement[row] === state.current.statement) ?? here[0];
    if (row !== undefined) return go(rows.indexOf(row));
    page.flash((mark) => mark.begin <= begin && begin < mark.end);
  }

  function follow(current, previous) {
    const { reading, marker } = current;
    if (reading < 0) return close();
    if (reading !== read) lay(reading);
    frame.only.textContent = isOnly(current) ? "Show all documents" : "Show only this document";
    const opened = !frame.dialog.open;
    frame.open();
    if (marker && (opened || marker !== previous.marker)) seek(marker);
  }

  state.on(follow);
  follow(state.current, state.current);
}

function documentOption(document, place) {
  return element("option", { value: place }, [documentTitle(document), document.date].filter(Boolean).join(" · "));
}
