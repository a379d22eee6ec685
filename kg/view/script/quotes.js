import { element, text } from "./dom.js";
import { AT_ONCE, button, countOf, firstOf, fold } from "./parts.js";

// Offsets are JavaScript's string indices into the whole text of a document, of which a page may hold only pieces.
export function sliceText(document, begin, end) {
  const piece = (document?.pieces ?? []).find(([start, words]) => start <= begin && end <= start + words.length);
  return piece ? piece[1].slice(begin - piece[0], end - piece[0]) : null;
}

// The sentence of a row of evidence or mentions, cut around its quote.
export function quoteParts(texts, columns, row) {
  const document = texts.documents[columns.document[row]];
  const [begin, end] = [columns.begin[row], columns.end[row]];
  const lost = columns === texts.evidence ? texts.quotes?.[row] : undefined;
  const quote = lost ?? sliceText(document, begin, end);
  if (lost !== undefined || quote === null) return { before: "", quote: quote ?? "", after: "" };
  const [from, to] = [Math.min(columns.from[row], begin), Math.max(columns.to[row], end)];
  return { before: sliceText(document, from, begin) ?? "", quote, after: sliceText(document, end, to) ?? "" };
}

export const documentTitle = (document) => document?.title || document?.id || "unknown document";

// The stretches into which the ends of overlapping ranges cut a text, each with the ranges that cover it.
export function segments(begin, end, ranges) {
  const inside = ranges.filter((range) => range.begin < end && range.end > begin).sort((a, b) => a.begin - b.begin);
  const cuts = new Set([begin, end]);
  for (const range of inside) cuts.add(Math.max(range.begin, begin)).add(Math.min(range.end, end));
  const places = [...cuts].sort((a, b) => a - b);
  let next = 0;
  let open = [];
  return places.slice(0, -1).map((start, place) => {
    open = open.filter((range) => range.end > start);
    while (next < inside.length && inside[next].begin <= start) open.push(inside[next++]);
    return { begin: start, end: places[place + 1], ranges: open.filter((range) => range.end > start) };
  });
}

// The rows of evidence of a statement, the surest first.
export function evidenceRows(model, statement) {
  if (!model.texts) return [];
  const { rows, evidence } = model.texts;
  const found = [];
  for (let row = rows[statement]; row < rows[statement + 1]; row++) found.push(row);
  return found.sort((a, b) => evidence.confidence[b] - evidence.confidence[a] || a - b);
}

// Who says so and when, and what of it the sentence tells.
function evidenceNotes({ documents, evidence, speakers }, row) {
  const speaker = speakers[evidence.speaker[row]];
  const [time, place] = [evidence.time[row], evidence.place[row]];
  return [
    documents[evidence.document[row]]?.date,
    speaker && element("span", {}, "said by ", text("bdi", speaker)),
    time && `in ${time}`,
    place && text("bdi", place),
  ].filter(Boolean);
}

// By which rule a statement was found and how surely; the words of a rule are kept whole.
function howFound({ evidence, rules }, row) {
  const rule = rules[evidence.rule[row]];
  const sure = `confidence\u00a0${Math.round(evidence.confidence[row] * 100) / 100}`;
  const words = (rule ?? "").split(" ").flatMap((word) => [" ", text("span", word)]);
  const said = element("p", {}, sure, rule && " · rule", rule && element("code", {}, ...words));
  return element("details", { "data-fold": `how ${row}` }, element("summary", {}, "how found"), said);
}

export const joined = (parts, between = ", ") => parts.flatMap((part, place) => (place ? [between, part] : [part]));

function documentButton(texts, columns, row, read) {
  const document = texts.documents[columns.document[row]];
  const title = text("cite", documentTitle(document));
  if (!document?.pieces?.length) return title;
  const marker = { document: columns.document[row], begin: columns.begin[row] };
  return button(title, () => read(marker), { class: "document", title: "Read it in its document" });
}

// A quote in its sentence and where it stands; `read` opens the reader there.
export function quoteView(texts, row, read) {
  return figureOf(texts, texts.evidence, row, read, evidenceNotes(texts, row), howFound(texts, row));
}

// Where a statement is said: the surest sentence, and the others folded.
export function quotesOf({ model, read }, i) {
  const [first, ...rest] = evidenceRows(model, i);
  const view = (row) => quoteView(model.texts, row, read);
  if (first === undefined) return [];
  const more = () => firstOf(rest, AT_ONCE, view);
  return [view(first), rest.length > 0 && fold(`more ${i}`, countOf(rest.length, "more sentence"), more)];
}

export function mentionView(texts, row, read) {
  const { date } = texts.documents[texts.mentions.document[row]] ?? {};
  return figureOf(texts, texts.mentions, row, read, date ? [date] : []);
}

function figureOf(texts, columns, row, read, notes, how = null) {
  const { before, quote, after } = quoteParts(texts, columns, row);
  const sentence = text("blockquote", "");
  sentence.append(before, element("mark", {}, quote), after);
  return element(
    "figure",
    {},
    sentence,
    element("figcaption", {}, joined([documentButton(texts, columns, row, read), ...notes], " · "), " ", how),
  );
}
