import { element, inDigits, text } from "./dom.js";
import { RELEASED } from "./state.js";

const collator = new Intl.Collator("en", { numeric: true });
export const compareWords = (a, b) => collator.compare(a, b);

export const countOf = (number, one, many = `${one}s`) => `${inDigits(number)} ${number === 1 ? one : many}`;

// 71000000 EUR is easier to read as 71,000,000 EUR; a year is left alone.
export const readable = (value) =>
  value.replace(/^\d{5,15}(?=$|\.\d+ | [A-Z]{3}$)/, (digits) => inDigits(Number(digits)));

// What a statement speaks of at its end: the label of an entity or a value.
export const objectText = (model, i) =>
  model.o[i] >= 0 ? model.label[model.o[i]] : readable(model.value(-1 - model.o[i]));

export const statementText = (model, i) =>
  `${model.label[model.s[i]]} ${model.predicates[model.p[i]].label} ${objectText(model, i)}`;

export const isFact = (model, i) => model.stances[model.stance[i]] === "asserted";

export function button(words, click, attributes = {}) {
  return element("button", { type: "button", "on:click": click, ...attributes }, words);
}

// Choosing leaves a path or an answer in the light, so that its entities can be looked at in turn.
export const chooseEntity = (state, entity) => state.set({ ...RELEASED, entity });
export const chooseStatement = (state, statement) => state.set({ ...RELEASED, statement });

export function entityButton(model, state, entity, after = null) {
  const go = () => {
    after?.();
    chooseEntity(state, entity);
  };
  return button(text("bdi", model.label[entity]), go, { class: "entity" });
}

export function predicateText(model, i) {
  const { label, iri } = model.predicates[model.p[i]];
  return text("span", label, { class: "predicate", title: iri });
}

export function stanceBadge(model, i) {
  return isFact(model, i) ? null : text("span", model.stances[model.stance[i]], { class: "stance" });
}

export function objectView(model, state, i, after = null) {
  if (model.o[i] >= 0) return entityButton(model, state, model.o[i], after);
  return text("span", objectText(model, i), { class: "value" });
}

// Subject, predicate, object and, where it is no fact, the stance.
export function factLine(model, state, i, after = null) {
  const ends = [entityButton(model, state, model.s[i], after), objectView(model, state, i, after)];
  return element("p", {}, ends[0], " ", predicateText(model, i), " ", ends[1], " ", stanceBadge(model, i));
}

export const AT_ONCE = 40; // things of a kind that are shown at once

// Two buttons that step back and forth.
export function steppers(what, step) {
  const made = (sign, name, by) => button(sign, () => step(by), { "aria-label": name, title: name });
  return [made("‹", `Previous ${what}`, -1), made("›", `Next ${what}`, 1)];
}

// A fold whose content is made when it is first opened; its key tells it from others of its panel.
export function fold(key, summary, make, attributes = {}) {
  const made = element("details", { "data-fold": key, ...attributes }, element("summary", {}, summary));
  made.addEventListener("toggle", () => made.append(...make()), { once: true });
  return made;
}

// Writes the content of a panel anew with what was unfolded in it; a fold may now lie in another, so the second time finds it.
export function renew(panel, content, made) {
  if (!content.firstChild) return content.replaceChildren(made);
  const keys = [...content.querySelectorAll("details[open]")].map(({ dataset }) => dataset.fold);
  const { scrollTop } = panel;
  content.replaceChildren(made);
  for (const key of [...keys, ...keys]) {
    const again = [...content.querySelectorAll("details")].find(({ dataset }) => dataset.fold === key);
    if (!again) continue;
    again.open = true;
    again.dispatchEvent(new Event("toggle"));
  }
  panel.scrollTop = scrollTop;
}

// The first of many things, and a button that brings the rest.
export function firstOf(items, size, make) {
  const shown = items.slice(0, items.length <= size + 3 ? items.length : size).map(make);
  const rest = items.slice(shown.length);
  if (!rest.length) return shown;
  const unfold = () => {
    const made = rest.map(make);
    more.replaceWith(...made);
    (made[0].matches("button") ? made[0] : made[0].querySelector("button, summary"))?.focus();
  };
  const more = button(`Show all ${inDigits(items.length)}`, unfold, { class: "more" });
  return [...shown, more];
}

export async function copyText(words, told) {
  try {
    if (!copyBySelection(words)) await navigator.clipboard.writeText(words);
    told("Copied");
  } catch {
    told("Copying is not allowed here");
  }
}

// The older way works in frames too, where the clipboard is out of reach.
function copyBySelection(words) {
  const focused = document.activeElement;
  const field = element("textarea", { class: "unseen" });
  field.value = words;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused.focus();
  return done;
}

export function copyButton(words) {
  const told = (said) => {
    made.textContent = said;
    setTimeout(() => {
      made.textContent = "Copy";
    }, 1500);
  };
  const made = button("Copy", () => copyText(words, told), { class: "plain" });
  return made;
}

// Fills the body of a table with the first rows; the button it gives, if there are more, brings as many again.
export function fillRows(body, items, size, make) {
  let next = 0;
  const add = () => {
    body.append(...items.slice(next, next + size).map(make));
    next += size;
    more.textContent = `Show more (${inDigits(Math.max(items.length - next, 0))} left)`;
    if (next >= items.length) more.remove();
  };
  const more = button("", add, { class: "more" });
  add();
  return next < items.length ? more : null;
}
