import { element, text } from "./dom.js";
import { button, countOf, firstOf, objectText, predicateText, stanceBadge } from "./parts.js";
import { passages } from "./passages.js";
import { joined } from "./quotes.js";

// The text of a document with its marks. `chosen` is told of a mark that is clicked or entered, `pointed` of the rows
// of evidence of the one under the pointer.
export function createTextPane(model, chosen, pointed) {
  const node = element("div", { class: "page", tabindex: 0, role: "region", "aria-label": "Text" });
  let marks = [];
  const markAt = ({ target }) => marks[target.closest("[data-mark]")?.dataset.mark];
  const choose = (event) => {
    const mark = markAt(event);
    if (!mark) return;
    event.preventDefault();
    chosen(mark);
  };
  node.addEventListener("click", choose);
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && choose(event));
  for (const kind of ["mouseover", "focusin"])
    node.addEventListener(kind, (event) => pointed(markAt(event)?.rows ?? []));
  const toggle = (name, test) => {
    for (const mark of marks) mark.node.classList.toggle(name, test(mark));
  };
  return {
    node,
    lay(document) {
      const laid = passages(model, document);
      marks = laid.marks;
      node.replaceChildren(...laid.nodes);
      node.scrollTop = 0;
    },
    flash(test, scroll = true) {
      toggle("flash", test);
      if (scroll) marks.find(test)?.node.scrollIntoView({ block: "center" });
    },
    point: (found) => toggle("near", ({ rows }) => rows.some((row) => found.includes(row))),
  };
}

// The statements that a document is evidence for, in the order of its text.
export function createQuoteList(model, chosen, pointed) {
  const node = element("div");
  const rowOf = ({ target }) => target.closest("[data-row]")?.dataset.row;
  node.addEventListener("mouseover", (event) => pointed([Number(rowOf(event))]));
  const item = (row) => {
    const i = model.texts.evidence.statement[row];
    const [subject, object] = [model.label[model.s[i]], objectText(model, i)].map((words) => text("bdi", words));
    const words = joined([subject, predicateText(model, i), object, stanceBadge(model, i)].filter(Boolean), " ");
    return button(words, () => chosen(row), { class: "item", "data-row": row });
  };
  return {
    node,
    lay(rows) {
      node.replaceChildren(element("h3", {}, countOf(rows.length, "quote")), ...firstOf(rows, 300, item));
    },
    // The one that is read now.
    mark(row) {
      node.querySelector("[aria-current]")?.removeAttribute("aria-current");
      const now = node.querySelector(`[data-row="${row}"]`);
      now?.setAttribute("aria-current", "true");
      now?.scrollIntoView({ block: "nearest" });
    },
    point(found) {
      for (const made of node.children) made.classList.toggle("near", found.includes(Number(made.dataset.row)));
    },
  };
}
