import { byId, element } from "./dom.js";
import { button, copyText } from "./parts.js";
import { evidenceRows, quoteParts } from "./quotes.js";
import { isFiltered, unfiltered } from "./state.js";
import { turtle } from "./turtle.js";

// The menu that saves what is shown as a file.
export function createExports(model, state, view, shownOf) {
  const told = element("p", { class: "quiet", role: "status" });
  const name = fileName(document.title);
  const boxed = isBoxed();
  const save = (content, type, ending) =>
    boxed ? copyText(content, say) : download(new Blob([content], { type }), `${name}.${ending}`);
  const actions = [
    !boxed && ["Picture (PNG)", async () => download(await png(view), `${name}.png`)],
    ["Drawing (SVG)", () => save(view.svg(), "image/svg+xml", "svg")],
    ["Data (JSON)", () => save(`${JSON.stringify(jsonOf(model, shownOf()), null, 1)}\n`, "application/json", "json")],
    ["Facts (Turtle)", () => save(turtle(model, shownOf(), !narrowed(model, state.current)), "text/turtle", "ttl")],
    !boxed && ["Copy a link to this view", () => copyText(location.href, say)],
  ].filter(Boolean);

  function say(words) {
    told.textContent = words;
  }

  async function act(does) {
    try {
      await does();
    } catch (error) {
      say(`This did not work: ${error.message}`);
    }
  }

  const heading = element("h2", { id: "export-title" }, "Export what is shown");
  const buttons = actions.map(([words, does]) => button(boxed ? `Copy: ${words}` : words, () => act(does)));
  const about = { id: "export-menu", popover: "auto", role: "dialog", "aria-labelledby": heading.id };
  const menu = element("div", about, heading, buttons, told);
  menu.addEventListener("beforetoggle", () => say(""));
  byId("toolbar").append(menu);
}

// Whether filters leave facts or entities out; other stances beside the facts leave nothing out.
const narrowed = (model, current) => isFiltered(model, { ...current, stances: unfiltered(model).stances });

const fileName = (title) =>
  title
    .trim()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .toLowerCase() || "graph";

const png = (view) => new Promise((resolve) => view.picture({ scale: 2 }).toBlob(resolve, "image/png"));

// A frame of a notebook may neither save files nor has it an address of its own.
export function isBoxed() {
  try {
    return parent !== self && !localStorage;
  } catch {
    return true;
  }
}

export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// What is shown, with IRIs for names and every statement with its quotes.
export function jsonOf(model, shown) {
  const [entities, statements, documents] = [[], [], new Set()];
  for (let i = 0; i < model.n; i++) {
    if (!shown.entities[i]) continue;
    const { iri, label } = model.types[model.type[i]];
    entities.push({ iri: model.iri(i), label: model.label[i], type: iri ?? label, aliases: model.aliases(i) });
  }
  for (let i = 0; i < model.m; i++) {
    if (!shown.statements[i]) continue;
    const evidence = evidenceRows(model, i).map((row) => {
      documents.add(model.texts.evidence.document[row]);
      return evidenceOf(model.texts, row);
    });
    statements.push({ ...triple(model, i), stance: model.stances[model.stance[i]], evidence });
  }
  const sources = [...documents]
    .filter((i) => i >= 0)
    .sort((a, b) => a - b)
    .map((i) => {
      const { id, title, source, date } = model.texts.documents[i];
      return { id, title, source, date };
    });
  return { title: model.graph.title, entities, statements, documents: sources };
}

function triple(model, i) {
  const ends = { subject: model.iri(model.s[i]), predicate: model.predicates[model.p[i]].iri };
  if (model.o[i] >= 0) return { ...ends, object: model.iri(model.o[i]) };
  const { text, kind, amount } = model.graph.values;
  const place = -1 - model.o[i];
  return { ...ends, value: text[place], ...(amount?.[place] ?? model.graph.kinds[kind[place]]) };
}

// Offsets count code points here, as the store does.
function evidenceOf({ documents, evidence, speakers, rules, ...texts }, row) {
  const document = documents[evidence.document[row]];
  const points = (offset) => offset - (document?.astral ?? []).filter((at) => at < offset).length;
  return {
    document: document?.id,
    quote: quoteParts({ documents, ...texts }, evidence, row).quote,
    begin: points(evidence.begin[row]),
    end: points(evidence.end[row]),
    confidence: evidence.confidence[row],
    speaker: speakers[evidence.speaker[row]],
    time: evidence.time[row],
    place: evidence.place[row],
    rule: rules[evidence.rule[row]],
  };
}
