import { element } from "./dom.js";
import { isFact, statementText } from "./parts.js";
import { segments } from "./quotes.js";

const GAP = "[…]";

// The rows of evidence or mentions in one document, in the order of its text.
export function rowsOfDocument(columns, document) {
  const found = [];
  for (let row = 0; row < columns.document.length; row++) if (columns.document[row] === document) found.push(row);
  return found.sort((a, b) => columns.begin[a] - columns.begin[b] || columns.end[b] - columns.end[a] || a - b);
}

// The text of a document with its quotes and mentions marked, and the marks: what each stretch of it stands for.
export function passages(model, place) {
  const { documents, evidence, mentions, quotes } = model.texts;
  const { pieces = [], whole } = documents[place];
  const range = (columns) => (row) => ({ row, columns, begin: columns.begin[row], end: columns.end[row] });
  const found = rowsOfDocument(evidence, place).filter((row) => quotes[row] === undefined);
  const ranges = [...found.map(range(evidence)), ...rowsOfDocument(mentions, place).map(range(mentions))];
  const marks = [];
  const gap = () => element("p", { class: "quiet" }, GAP);
  const nodes = whole
    ? []
    : [
        element(
          "p",
          { class: "quiet" },
          `Only parts of this text are in the page; ${GAP} stands for what is left out.`,
        ),
      ];
  let end = 0;
  for (const [begin, words] of pieces) {
    if (begin > end) nodes.push(gap());
    end = begin + words.length;
    const stretches = segments(begin, end, ranges);
    nodes.push(
      element(
        "div",
        { class: "text" },
        stretches.map((stretch) =>
          stretchOf(model, stretch, words.slice(stretch.begin - begin, stretch.end - begin), marks),
        ),
      ),
    );
  }
  if (!whole) nodes.push(gap());
  return { nodes, marks };
}

function stretchOf(model, { begin, end, ranges }, words, marks) {
  if (!ranges.length) return words;
  const { evidence, mentions } = model.texts;
  const of = (columns) => ranges.filter((range) => range.columns === columns).map(({ row }) => row);
  const rows = of(evidence);
  const entities = [...new Set(of(mentions).map((row) => mentions.entity[row]))];
  const fact = rows.some((row) => isFact(model, evidence.statement[row]));
  const kinds = [rows.length && !fact && "other", entities.length && "mention"].filter(Boolean).join(" ");
  const about = rows.map((row) => statementText(model, evidence.statement[row])).join("\n");
  // where a quote begins the keyboard can stop
  const stop = rows.some((row) => evidence.begin[row] === begin) && { role: "button", tabindex: 0 };
  const attributes = { class: kinds || null, title: about || null, "data-mark": marks.length, ...stop };
  const node = element(rows.length ? "mark" : "span", attributes, words);
  marks.push({ begin, end, rows, entities, node });
  return node;
}
