import { byId, element, text } from "./dom.js";

const ROWS = 200;

// A list of documents or speakers of which some can be ticked, so that only what they say is shown.
export function createFacet(id, entries, ticked, change) {
  const box = byId(id);
  box.hidden = entries.length < 2;
  if (box.hidden) return { render() {} };
  const list = element("div", { role: "group", "aria-label": box.querySelector("summary").textContent.trim() });
  const words = element("input", {
    type: "search",
    placeholder: "Find in this list",
    "aria-label": `Find in ${id}`,
    "on:input": fill,
  });
  const rest = element("p", { class: "small quiet" });
  words.hidden = entries.length <= ROWS;
  box.append(words, list, rest);

  function fill() {
    const said = words.value.trim().toLowerCase();
    const found = entries.filter(({ label }) => label.toLowerCase().includes(said));
    list.replaceChildren(...found.slice(0, ROWS).map(row));
    rest.textContent = found.length > ROWS ? `${found.length - ROWS} more: search for them` : "";
  }

  function row({ place, label, count }) {
    const { node, tick } = tickRow(label, count, (wanted) => toggle(place, wanted));
    tick.checked = ticked()?.has(place) ?? false;
    return node;
  }

  function toggle(place, wanted) {
    const now = new Set(ticked() ?? []);
    if (wanted) now.add(place);
    else now.delete(place);
    change(now.size ? now : null);
  }

  box.addEventListener("toggle", () => box.open && fill());
  return {
    render() {
      const size = ticked()?.size ?? 0;
      box.querySelector(".count").textContent = size ? `${size} of ${entries.length}` : entries.length;
      if (box.open && !list.contains(document.activeElement)) fill();
    },
  };
}

// A row with a box to tick.
export function tickRow(label, count, change) {
  const tick = element("input", { type: "checkbox", "on:change": () => change(tick.checked) });
  const about = [text("span", label, { title: label }), element("span", { class: "count" }, count)];
  return { tick, node: element("label", { class: "row" }, tick, about) };
}

// How many statements each document, or each speaker, is evidence for; those of most statements first.
export function facetEntries(statementOf, places, labels, unnamed = null) {
  const counts = new Map();
  const last = new Map();
  places.forEach((place, row) => {
    if (last.get(place) === statementOf[row] || (place < 0 && unnamed === null)) return;
    last.set(place, statementOf[row]);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  });
  const entries = [...counts].map(([place, count]) => ({ place, count, label: labels[place] ?? unnamed }));
  return entries.sort((a, b) => b.count - a.count || a.place - b.place);
}
