import { createPicker } from "./combobox.js";
import { pairOf, timeNow, verdictOn } from "./decided.js";
import { element, text } from "./dom.js";
import { button, statementText } from "./parts.js";

// What decides something, as a node and a function `render` that is called after each change.

const SAID = { accept: "accepted", reject: "rejected", merge: "one thing", apart: "not the same" };

// Accept and reject beside a sentence; pressing again takes back. null where there is nothing to decide.
export function createVerdict(model, decisions, row) {
  const target = verdictOn(model, row);
  if (!target) return null;
  const decide = (does) => () => {
    if (decisions.on(target)?.do === does) decisions.takeBack(target);
    else decisions.add({ do: does, ...target, when: timeNow() });
  };
  const buttons = ["accept", "reject"].map((does) => button(does, decide(does), { "data-do": does }));
  const why = element("input", { type: "text", placeholder: "why? (optional)", "aria-label": "Why it is rejected" });
  why.addEventListener("change", () => decisions.add({ ...decisions.on(target), why: why.value.trim() }));
  const words = statementText(model, model.texts.evidence.statement[row]);
  const about = { class: "verdict", role: "group", "aria-label": words, "data-row": row };
  const node = element("div", about, ...buttons, why);
  function render() {
    const made = decisions.on(target);
    for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.do === made?.do));
    why.hidden = made?.do !== "reject";
    why.value = made?.why ?? "";
    node.closest("figure").dataset.verdict = made?.do ?? "";
  }
  return { node, render };
}

// Buttons that ask for another entity, the field that names it, and what is decided of the two.
export function createPairs(model, decisions, entity) {
  const place = element("div");
  const list = element("ul");
  const asks = (does, words) => button(`${words} …`, () => ask(does, words));
  const buttons = [asks("merge", "Merge with"), asks("apart", "Keep apart from")];
  const node = element("div", { class: "pairs" }, element("p", { class: "actions" }, ...buttons), place, list);
  const iri = model.iri(entity);

  function ask(does, words) {
    const take = (other) => {
      if (other < 0 || other === entity) return;
      place.replaceChildren();
      decisions.add({ do: does, ...pairOf(model, entity, other), when: timeNow() });
      list.lastChild.querySelector("button").focus();
    };
    const picker = createPicker(model, "other", words, take);
    place.replaceChildren(picker.node);
    picker.focus();
  }

  function render() {
    const found = decisions.all().filter(({ entities }) => entities?.includes(iri));
    list.replaceChildren(...found.map((made) => decisionItem(model, decisions, made)));
  }
  return { node, render };
}

// A decision in words, with a way to take it back.
export function decisionItem(model, decisions, made) {
  const [first, second] = (made.entities ?? [made.subject, made.object]).map((iri) => text("bdi", nameOf(model, iri)));
  const predicate = model.predicates.find(({ iri }) => iri === made.predicate)?.label ?? made.predicate;
  const said = element("span", { class: "decided", "data-do": made.do }, SAID[made.do]);
  const back = button("take back", () => decisions.takeBack(made), { class: "plain" });
  return element(
    "li",
    {},
    element("p", {}, first, made.entities ? " and " : ` ${predicate} `, second, " ", said, " ", back),
    made.sentence && text("blockquote", made.sentence, { class: "small quiet" }),
  );
}

// The label of an entity of the page; a value, or what is on the page no more, as it is.
function nameOf(model, iri) {
  for (let i = 0; i < model.n; i++) if (model.iri(i) === iri) return model.label[i];
  return iri;
}
