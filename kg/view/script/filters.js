import { byId, element, inDigits, swatch, text } from "./dom.js";
import { createFacet, facetEntries } from "./facets.js";
import { button } from "./parts.js";
import { documentTitle } from "./quotes.js";
import { isFiltered, unfiltered } from "./state.js";
import { createTimeline } from "./timeline.js";

const FIRST = 14; // rows of a legend before it is unfolded
const MOST = 200;

// A legend: its entries tell what is shown and how much of it, and switch it on and off.
function createLegend(id, entries, sample, shownNow, change) {
  const box = byId(id);
  const all = document.querySelector(`[data-for=${id}]`);
  const everything = () => change(new Set(entries.keys()));
  let rows = [];
  let last = [];
  all.addEventListener("click", () => {
    everything();
    rows[0].focus(); // the link has gone
  });
  build(FIRST + 3 >= entries.length ? MOST : FIRST);

  function build(size) {
    rows = entries.slice(0, size).map(row);
    const rest = entries.length - rows.length;
    const unfold = () => {
      build(MOST);
      render(last);
      rows[FIRST].focus();
    };
    const more = button(`${rest} more`, unfold, { class: "plain" });
    const cut = element("p", { class: "small quiet" }, `${rest} more: search for them`);
    box.replaceChildren(...rows, rest ? (size < MOST ? more : cut) : "");
  }

  function row(entry, place) {
    const press = (event) => toggle(place, event.altKey || event.shiftKey);
    const title = `${entry.label}: alt-click shows it alone`;
    const parts = [sample?.(entry), text("span", entry.label, { class: "name" }), element("span", { class: "count" })];
    return button(parts, press, { class: "entry", "data-index": place, title });
  }

  function toggle(place, alone) {
    const now = shownNow();
    if (alone) return now.size === 1 && now.has(place) ? everything() : change(new Set([place]));
    if (!now.delete(place)) now.add(place);
    change(now);
  }

  function render(counts) {
    const now = shownNow();
    last = counts;
    all.hidden = now.size === entries.length;
    for (const [place, node] of rows.entries()) {
      const { count } = entries[place];
      node.setAttribute("aria-pressed", String(now.has(place)));
      node.hidden = !count;
      node.lastChild.textContent = outOf(counts[place], count, " / ");
    }
  }
  return render;
}

function outOf(now, all, between) {
  return now === all ? inDigits(all) : `${inDigits(now)}${between}${inDigits(all)}`;
}

function complement(size, hidden) {
  return new Set(Array.from({ length: size }, (_, i) => i).filter((i) => !hidden.has(i)));
}

function tally(size, marks, kinds) {
  const counts = new Int32Array(size);
  for (let i = 0; i < marks.length; i++) if (marks[i]) counts[kinds[i]]++;
  return counts;
}

export function createFilters(model, state) {
  const { types, predicates, stances } = model;
  const hiddenBy = (key, size) => [
    () => complement(size, state.current[key]),
    (now) => state.set({ [key]: complement(size, now) }),
  ];
  const perStance = tally(stances.length, new Uint8Array(model.m).fill(1), model.stance);
  const said = stances.map((label, i) => ({ label, count: perStance[i] }));
  const line = ({ label }) =>
    element("span", { class: label === "asserted" ? "line" : "line dashed", "aria-hidden": "true" });
  const renderTypes = createLegend("types", types, swatch, ...hiddenBy("hiddenTypes", types.length));
  const predicatesBy = hiddenBy("hiddenPredicates", predicates.length);
  const renderPredicates = createLegend("predicates", predicates, null, ...predicatesBy);
  const setStances = (now) => state.set({ stances: now });
  const renderStances = createLegend("stances", said, line, () => new Set(state.current.stances), setStances);
  const renderSilent = createSilent(model, state);
  let evidence = [];
  byId("reset").addEventListener("click", () => {
    state.set(unfiltered(model));
    byId("types").querySelector("button").focus();
  });

  return {
    // What only the texts tell: documents, speakers, confidence and years.
    fill() {
      evidence = [...facetsOf(model, state), createConfidence(model, state), createTimeline(model, state)];
      byId("evidence-filters").hidden = false;
    },
    render(current, shown) {
      renderTypes(tally(types.length, shown.entities, model.type));
      renderPredicates(tally(predicates.length, shown.statements, model.p));
      renderStances(tally(stances.length, shown.statements, model.stance));
      renderSilent(current);
      for (const part of evidence) part.render(current);
      tell(model, shown);
      byId("reset").hidden = !isFiltered(model, current);
    },
  };
}

function tell(model, { entityCount, statementCount }) {
  const [entities, statements] = [outOf(entityCount, model.n, " of "), outOf(statementCount, model.m, " of ")];
  const words = `${entities} entities, ${statements} statements shown`;
  if (byId("counts").textContent !== words) byId("counts").textContent = words;
  byId("nothing").hidden = entityCount > 0;
}

// Entities of which nothing is stated in any way: they are drawn only on demand.
function createSilent(model, state) {
  const { start } = model.adjacent;
  let size = 0;
  for (let i = 0; i < model.n; i++) if (start[i] === start[i + 1]) size++;
  const box = byId("silent");
  const tick = box.querySelector("input");
  box.hidden = !size;
  box.querySelector(".count").textContent = size;
  tick.addEventListener("change", () => state.set({ silent: tick.checked }));
  return (current) => {
    tick.checked = current.silent;
  };
}

// The documents and the speakers of the evidence.
function facetsOf({ texts: { documents, speakers, evidence } }, state) {
  const facet = (id, places, labels, unnamed) => {
    const entries = facetEntries(evidence.statement, places, labels, unnamed);
    const change = (now) => state.set({ [id]: now });
    return createFacet(id, entries, () => state.current[id], change);
  };
  const titles = documents.map(documentTitle);
  return [
    facet("documents", evidence.document, titles),
    facet("speakers", evidence.speaker, speakers, "no speaker named"),
  ];
}

function createConfidence({ texts }, state) {
  const { confidence } = texts.evidence;
  const range = byId("confidence-range");
  byId("confidence").hidden = confidence.every((value) => value === confidence[0]);
  range.addEventListener("input", () => state.set({ confidence: Number(range.value) }));
  return {
    render(current) {
      range.value = current.confidence;
      byId("confidence").querySelector("output").textContent = current.confidence.toFixed(2);
    },
  };
}
