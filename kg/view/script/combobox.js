import { element, inDigits, swatch, text } from "./dom.js";
import { matchedAlias, matching } from "./ranking.js";

const SHOWN = 12;

// Makes an input a combobox over the names of all entities; the list of matches stands after it. The first match is
// active at once, so that Enter takes it. `take` is told which was taken, `typed` that something else stands there now.
export function createCombobox(model, input, listId, label, { take, typed = () => {} }) {
  const list = element("ul", { id: listId, role: "listbox", "aria-label": label });
  const note = element("p", { class: "small quiet", role: "status" });
  const popup = element("div", { class: "matches", hidden: true }, list, note);
  const about = { role: "combobox", "aria-controls": listId, "aria-autocomplete": "list", spellcheck: "false" };
  for (const [key, value] of Object.entries(about)) input.setAttribute(key, value);
  input.after(popup);
  let found = [];
  let active = 0;

  function show(wanted) {
    popup.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted && found.length > 0));
    if (!wanted || !found.length) input.removeAttribute("aria-activedescendant");
  }

  function find() {
    found = matching(model, input.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(option));
    const more = found.length - SHOWN;
    note.textContent = more > 0 ? `${inDigits(more)} more: type on` : found.length ? "" : "no match";
    move(0);
    show(input.value.trim() !== "");
  }

  function option(match, place) {
    const { entity } = match;
    const type = model.types[model.type[entity]];
    const alias = matchedAlias(model, match, input.value);
    return element(
      "li",
      { role: "option", id: `${listId}-${place}`, "on:click": () => choose(entity) },
      swatch(type),
      text("bdi", model.label[entity], { class: "name" }),
      alias && text("bdi", alias, { class: "quiet" }),
      element("span", { class: "quiet kind" }, type.label),
    );
  }

  function move(place) {
    const options = [...list.children];
    active = options.length ? (place + options.length) % options.length : 0;
    for (const [at, node] of options.entries()) node.setAttribute("aria-selected", String(at === active));
    if (!options.length) return;
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function choose(entity) {
    show(false);
    take(entity);
  }

  function step(by) {
    if (popup.hidden) find();
    else move(active + by);
  }

  function enter() {
    if (popup.hidden) find();
    if (found.length) choose(found[active].entity);
  }

  // Closes the list and empties a search; false where there is nothing to do.
  function withdraw() {
    const search = input.type === "search" && input.value !== "";
    if (popup.hidden && !search) return false;
    if (search) input.value = "";
    show(false);
  }

  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: enter, Escape: withdraw };
  input.addEventListener("input", () => {
    typed();
    find();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key in keys && keys[event.key]() !== false) event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  popup.addEventListener("mousedown", (event) => event.preventDefault()); // which would take the focus away
  show(false);
}

// A labelled combobox for one entity; `picked` is told which, or -1 once its name no longer stands there.
export function createPicker(model, id, label, picked) {
  const input = element("input", { id, type: "text", dir: "auto", placeholder: "Name or alias", autocomplete: "off" });
  const node = element("div", { class: "picker" }, element("label", { for: id }, label), input);
  const set = (entity) => {
    input.value = entity < 0 ? "" : model.label[entity];
  };
  const take = (entity) => {
    set(entity);
    picked(entity);
  };
  createCombobox(model, input, `${id}-matches`, label, { take, typed: () => picked(-1) });
  input.addEventListener("focus", () => input.select());
  return { node, set, focus: () => input.focus() };
}
