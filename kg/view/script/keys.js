import { createDialog } from "./dialogs.js";
import { byId, element } from "./dom.js";
import { chooseEntity } from "./parts.js";

const KEYS = [
  ["/", "search; Enter takes the first match, arrow keys another"],
  ["← → ↑ ↓", "in the graph: walk from the chosen entity along a statement"],
  ["Enter", "in the graph: open the chosen entity"],
  ["+ − 0", "zoom in, zoom out, show everything"],
  ["p", "path between two entities"],
  ["t", "table of the same content"],
  ["Esc", "close a dialog, then the search, then let go of what is chosen"],
  ["Alt-click, Shift-Enter", "on a legend entry: show it alone"],
  ["?", "this help"],
];
const MOUSE =
  "Click chooses, a double click opens, hovering lights the neighbours; drag to move, wheel or pinch to zoom.";
const DIRECTIONS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

function createHelp() {
  const rows = KEYS.map(([key, words]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)]);
  const { body, open } = createDialog("help", "Keys");
  body.append(element("dl", {}, rows.flat()), element("p", {}, MOUSE));
  return open;
}

export const isTyping = (target) =>
  target.matches?.("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]");

// The keys of the whole page. `act` holds what they do.
export function createKeys(view, state, act) {
  const showHelp = createHelp();
  byId("open-help").addEventListener("click", showHelp);
  const anywhere = {
    "/": () => byId("search").focus(),
    "?": showHelp,
    t: () => byId("open-table").click(),
    p: () => byId("open-path").click(),
    "+": () => view.zoomBy(1.3),
    "=": () => view.zoomBy(1.3),
    "-": () => view.zoomBy(1 / 1.3),
    0: () => view.fit(null, true),
  };

  function walk(key) {
    const { entity } = state.current;
    if (key === "Enter" && entity >= 0) return act.open(view, { entity });
    if (!(key in DIRECTIONS)) return false;
    const next = entity < 0 ? act.firstEntity() : view.neighbourAlong(entity, DIRECTIONS[key]);
    if (next >= 0) chooseEntity(state, next);
    return true;
  }

  // These are no links: the address tells what is seen, and a frame may have none.
  for (const link of document.querySelectorAll(".skip a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      byId(link.hash.slice(1)).focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (key === "Escape") return act.clear();
    if (isTyping(target)) return;
    if (target === byId("graph") && walk(key) !== false) return event.preventDefault();
    if (!(key in anywhere)) return;
    event.preventDefault();
    anywhere[key]();
  });
}
