import { createPicker } from "./combobox.js";
import { createCard } from "./dialogs.js";
import { element, text } from "./dom.js";
import { button, countOf, entityButton, predicateText, stanceBadge, steppers } from "./parts.js";
import { joined, quotesOf } from "./quotes.js";
import { shortestPaths } from "./route.js";
import { CLEARED, RELEASED, unfiltered } from "./state.js";
import { visibility } from "./visible.js";

// The card in which two entities are chosen and the paths between them are read.
export function createPathFinder(model, state) {
  const card = createCard("path", "Path between two entities", "open-path", {
    closed: () => state.set({ path: null, pathStatements: null }),
    focus: begin,
  });
  const ends = [-1, -1];
  const pickers = ["From", "To"].map((label, end) =>
    createPicker(model, `path-${label.toLowerCase()}`, label, (entity) => pick(end, entity)),
  );
  const told = element("p", { class: "quiet", role: "status" });
  const result = element("div", { class: "result" });
  const swap = () => connect(ends[1], ends[0]);
  const turn = (by) => show((place + by + paths.length) % paths.length);
  const turns = element("span", { class: "turns" }, steppers("path", turn));
  const clear = button("Clear", () => connect(-1, -1));
  const tools = element("p", { class: "actions" }, button("Swap", swap), clear, turns);
  card.body.append(...pickers.map(({ node }) => node), tools, told, result);
  let paths = [];
  let place = 0;

  const shownWith = (patch) => visibility(model, { ...state.current, ...CLEARED, ...patch });

  function pick(end, entity) {
    ends[end] = entity;
    find();
    if (entity >= 0 && ends[1 - end] < 0) pickers[1 - end].focus();
  }

  function connect(from, to) {
    ends.splice(0, 2, from, to);
    for (const [end, picker] of pickers.entries()) picker.set(ends[end]);
    find();
  }

  function find() {
    const ready = Math.min(...ends) >= 0;
    paths = ready ? shortestPaths(model, ...ends, shownWith({})) : [];
    show(0);
    if (ready && !paths.length) nothing();
  }

  function show(next) {
    place = next;
    const { entities = null, statements = null } = paths[place] ?? {};
    const { path } = state.current;
    if (entities ?? path) state.set({ ...CLEARED, path: entities, pathStatements: statements });
    turns.hidden = paths.length < 2;
    const which = paths.length > 1 ? ` · path ${place + 1} of ${paths.length}` : "";
    told.textContent = entities ? countOf(statements.length, "step") + which : "";
    const step = (i, at) => stepView(model, state, i, entities[at], entities[at + 1]);
    result.replaceChildren(...(entities ? [element("ol", {}, statements.map(step))] : []));
  }

  // What would help where there is no path: other statements, or no filters.
  function nothing() {
    const stances = new Set(model.stances.keys());
    const offers = [
      ["Include what is not a fact", { stances }],
      ["Reset the filters", { ...unfiltered(model), stances: state.current.stances }],
      ["Reset the filters and include what is not a fact", { ...unfiltered(model), stances }],
    ];
    const helpful = offers.find(([, patch]) => shortestPaths(model, ...ends, shownWith(patch), 1).length);
    const [from, to] = ends.map((end) => text("bdi", model.label[end]));
    const where = helpful ? "over what is shown." : "over what is shown, nor over anything else that is said.";
    told.replaceChildren("No path leads from ", from, " to ", to, " ", where);
    if (!helpful) return;
    const help = button(helpful[0], () => state.set(helpful[1]));
    result.append(element("p", { class: "actions" }, help));
  }

  // A path that came with the address, or was taken away; filters that changed.
  function follow(current, previous) {
    const { path } = current;
    if (path && path !== paths[place]?.entities) {
      card.open();
      connect(path[0], path.at(-1));
    } else if (!path && previous.path && paths.length && card.isOpen()) card.close();
    else if (card.isOpen() && Object.keys(unfiltered(model)).some((key) => current[key] !== previous[key])) find();
  }

  // Goes on with the ends there are, or from what is chosen.
  function begin() {
    const { entity } = state.current;
    state.set(RELEASED);
    connect(ends[0] < 0 ? entity : ends[0], ends[1]);
    pickers[ends[0] < 0 ? 0 : 1].focus();
  }

  document.addEventListener("pathfrom", ({ detail }) => {
    card.open();
    connect(detail, -1);
    begin();
  });
  state.on(follow);
  follow(state.current, state.current);
}

// One step as a sentence, in the direction of the path, with where it is said.
function stepView(model, state, i, from, to) {
  const [before, after] = model.s[i] === from ? ["—", "→"] : ["←", "—"];
  const read = (marker) => state.set({ reading: marker.document, marker });
  const verb = element("span", { class: "step" }, before, " ", predicateText(model, i), " ", after);
  const words = joined(
    [entityButton(model, state, from), verb, entityButton(model, state, to), stanceBadge(model, i)],
    " ",
  );
  return element("li", { class: "statement" }, element("p", {}, words), ...quotesOf({ model, read }, i));
}
