import { byId, element } from "./dom.js";
import { tickRow } from "./facets.js";

const BARS = 48;

// How many statements fall into each span of years: at most so many spans, all of the same length.
export function histogram(years, most = BARS) {
  const known = years.filter((year) => year > 0);
  if (!known.length) return null;
  const first = known.reduce((a, b) => Math.min(a, b));
  const last = known.reduce((a, b) => Math.max(a, b));
  const span = Math.ceil((last - first + 1) / most);
  const counts = new Array(Math.ceil((last - first + 1) / span)).fill(0);
  for (const year of known) counts[Math.floor((year - first) / span)]++;
  return { first, last, span, counts };
}

// The slider of the years, with two thumbs over a small histogram; hidden where all is of one year.
export function createTimeline(model, state) {
  const box = byId("timeline");
  const { years, evidence } = model.texts;
  const found = histogram(Array.from(years));
  box.hidden = !found || found.first === found.last;
  if (box.hidden) return { render() {} };
  const { first, last, span, counts } = found;
  const highest = counts.reduce((a, b) => Math.max(a, b));
  const bars = counts.map((count) => {
    const bar = element("span", {});
    bar.style.height = `${count ? Math.max(6, (100 * count) / highest) : 0}%`;
    return bar;
  });
  const thumb = (label, value) =>
    element("input", { type: "range", min: first, max: last, value, "aria-label": label, "on:input": moved });
  const [low, high] = [thumb("From year", first), thumb("To year", last)];
  const without = years.filter((year) => !year).length;
  const { node: row, tick } = tickRow("Undated", without, (undated) => state.set({ undated }));
  row.hidden = !without;
  box.append(
    element("div", { class: "bars", "aria-hidden": "true" }, bars),
    element("div", { class: "thumbs" }, low, high),
    element("p", { class: "small quiet" }, sources(years, Object.keys(evidence.time).length)),
    row,
  );

  function moved({ target }) {
    if (Number(low.value) > Number(high.value)) target.value = target === low ? high.value : low.value;
    const time = [Number(low.value), Number(high.value)];
    state.set({ time: time[0] > first || time[1] < last ? time : null });
  }

  return {
    render(current) {
      const [from, to] = current.time ?? [first, last];
      low.value = from;
      high.value = to;
      tick.checked = current.undated;
      box.querySelector("h2 output").textContent = from === to ? from : `${from} – ${to}`;
      for (const [i, bar] of bars.entries()) {
        const begin = first + i * span;
        bar.classList.toggle("out", begin + span - 1 < from || begin > to);
      }
    },
  };
}

function sources(years, said) {
  const dated = years.filter((year) => year).length;
  if (!said) return "By the dates of the documents.";
  if (said >= dated) return "By the times that the sentences name.";
  return `By the time that a sentence names (${said}), else by the date of its document (${dated - said}).`;
}
