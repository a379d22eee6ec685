import { createDialog } from "./dialogs.js";
import { element, text } from "./dom.js";
import { button, chooseEntity, chooseStatement, countOf, entityButton, factLine, firstOf } from "./parts.js";
import { objectText, predicateText, stanceBadge } from "./parts.js";
import { passages, rowsOfDocument } from "./passages.js";
import { documentTitle, joined } from "./quotes.js";

// The text of a document beside what it says; a click on either shows the other.
export function createReader(model, state) {
  const { dialog, head, body, heading, open, close } = createDialog("reader", "Document", () =>
    state.set({ reading: -1, marker: null }),
  );
  const chooser = element("select", { "aria-label": "Document" });
  const only = button("", () => toggleOnly());
  const position = element("span", { class: "quiet", role: "status" });
  const page = element("div", { class: "page", tabindex: 0, role: "region", "aria-label": "Text" });
  const picked = element("div", { class: "picked", "aria-live": "polite" });
  const facts = element("div", { class: "facts" });
  const turn = (step, sign, name) =>
    button(sign, () => turnTo((Math.max(at, step < 0 ? 0 : -1) + step + rows.length) % rows.length), {
      "aria-label": name,
      title: name,
    });
  const turns = [turn(-1, "‹", "Previous statement"), position, turn(1, "›", "Next statement")];
  head.after(element("div", { class: "bar" }, chooser, element("span", { class: "turns" }, turns), only));
  body.append(
    page,
    element("div", { class: "said", tabindex: 0, role: "region", "aria-label": "Statements" }, picked, facts),
  );
  let read = -1;
  let rows = [];
  let marks = [];
  let at = -1;

  function lay(document) {
    const { documents, evidence } = model.texts;
    read = document;
    at = -1;
    if (!chooser.options.length) chooser.append(...documents.map(documentOption));
    chooser.value = String(document);
    heading.textContent = documentTitle(documents[document]);
    rows = rowsOfDocument(evidence, document);
    const laid = passages(model, document);
    marks = laid.marks;
    page.replaceChildren(...laid.nodes);
    page.scrollTop = 0;
    picked.replaceChildren();
    facts.replaceChildren(element("h3", {}, countOf(rows.length, "quote")), ...firstOf(rows, 300, item));
    tell();
  }

  function item(row) {
    const i = model.texts.evidence.statement[row];
    const ends = [model.label[model.s[i]], objectText(model, i)].map((words) => text("bdi", words));
    const words = joined([ends[0], predicateText(model, i), ends[1], stanceBadge(model, i) ?? ""], " ");
    return button(words, () => turnTo(rows.indexOf(row)), { class: "item", "data-row": row });
  }

  function tell() {
    position.textContent = `${at + 1 || "–"} of ${rows.length}`;
    for (const node of turns) node.disabled = !rows.length;
    for (const node of facts.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    const now = facts.querySelector(`[data-row="${rows[at]}"]`);
    now?.setAttribute("aria-current", "true");
    now?.scrollIntoView({ block: "nearest" });
  }

  function go(place) {
    at = place;
    const row = rows[at];
    flash(marks.filter((mark) => mark.rows.includes(row)));
    pick([row], []);
    tell();
    return row;
  }

  const turnTo = (place) => choose([go(place)], []);

  function flash(found, scroll = true) {
    for (const { node } of marks) node.classList.remove("flash");
    if (scroll) found[0]?.node.scrollIntoView({ block: "center" });
    for (const { node } of found) node.classList.add("flash");
  }

  // What a stretch of the text stands for: the statements it supports, or the entities it names.
  function pick(found, entities) {
    const { statement } = model.texts.evidence;
    const about = [...new Set(found.map((row) => statement[row]))];
    const lines = firstOf(about, 10, (i) => factLine(model, state, i, close));
    const names = entities.map((entity) => element("p", { class: "fact" }, entityButton(model, state, entity, close)));
    const graph = button("Show in the graph", close, { class: "plain" });
    picked.replaceChildren(...lines, ...(about.length ? [] : names), graph);
  }

  function choose([row], [entity]) {
    if (row === undefined) chooseEntity(state, entity);
    else chooseStatement(state, model.texts.evidence.statement[row]);
  }

  const markAt = (target) => marks[target.closest("[data-mark]")?.dataset.mark];

  function chosen(event) {
    const mark = markAt(event.target);
    if (!mark) return;
    event.preventDefault();
    flash(mark.rows.length ? marks.filter((other) => other.rows.includes(mark.rows[0])) : [mark], false);
    at = rows.indexOf(mark.rows[0]);
    pick(mark.rows, mark.entities);
    choose(mark.rows, mark.entities);
    tell();
  }

  function toggleOnly() {
    state.set({ documents: isOnly(state.current) ? null : new Set([read]) });
    close();
  }

  const isOnly = ({ documents }) => documents?.size === 1 && documents.has(read);

  function documentOption(document, place) {
    return element("option", { value: place }, [documentTitle(document), document.date].filter(Boolean).join(" · "));
  }

  function seek({ begin }) {
    const { evidence } = model.texts;
    const here = rows.filter((row) => evidence.begin[row] === begin);
    const row = here.find((row) => evidence.statement[row] === state.current.statement) ?? here[0];
    if (row !== undefined) return go(rows.indexOf(row));
    flash(marks.filter((mark) => mark.begin <= begin && begin < mark.end));
  }

  function follow({ reading, marker, documents }, previous) {
    if (!model.texts) return;
    if (reading < 0) return close();
    if (reading !== read) lay(reading);
    only.textContent = isOnly({ documents }) ? "Show all documents" : "Show only this document";
    const opened = !dialog.open;
    open();
    if (marker && (opened || marker !== previous.marker)) seek(marker);
  }

  // What belongs together in the text and in the list is shown as such while one points at either.
  function point(under) {
    const near = new Set(under);
    for (const { node, rows } of marks)
      node.classList.toggle(
        "near",
        rows.some((row) => near.has(row)),
      );
    for (const node of facts.children) node.classList.toggle("near", near.has(Number(node.dataset.row)));
  }

  page.addEventListener("click", chosen);
  page.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && chosen(event));
  for (const kind of ["mouseover", "focusin"]) page.addEventListener(kind, ({ target }) => point(markAt(target)?.rows));
  facts.addEventListener("mouseover", ({ target }) => point([Number(target.closest("[data-row]")?.dataset.row)]));
  for (const part of [page, facts]) part.addEventListener("mouseleave", () => point([]));
  chooser.addEventListener("change", () => state.set({ reading: Number(chooser.value), marker: null }));
  state.on(follow);
  follow(state.current, state.current);
}
