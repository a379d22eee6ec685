import { compareWords, objectText } from "./parts.js";
import { documentTitle, evidenceRows, quoteParts } from "./quotes.js";

// The rows of the table: the cells as words or numbers, and what they stand for.
export function entityRows(model, shown) {
  const { start, list } = model.adjacent;
  const rows = [];
  for (let i = 0; i < model.n; i++) {
    if (!shown.entities[i]) continue;
    let said = 0;
    for (let at = start[i]; at < start[i + 1]; at++) said += shown.statements[list[at]];
    rows.push({
      index: i,
      cells: [model.label[i], model.types[model.type[i]].label, said, model.aliases(i).join(", ")],
    });
  }
  return rows;
}

export function statementRows(model, shown) {
  const rows = [];
  for (let i = 0; i < model.m; i++) {
    if (!shown.statements[i]) continue;
    const [row] = evidenceRows(model, i);
    const { documents, evidence } = model.texts ?? {};
    const place = row === undefined ? "" : documentTitle(documents[evidence.document[row]]);
    const quote = row === undefined ? "" : quoteParts(model.texts, evidence, row).quote;
    const said = [
      model.label[model.s[i]],
      model.predicates[model.p[i]].label,
      objectText(model, i),
      model.stances[model.stance[i]],
    ];
    rows.push({ index: i, cells: [...said, place, quote] });
  }
  return rows;
}

// The rows that hold all the words, in the order of one column.
export function arrangeRows(rows, { words = "", column = -1, descending = false }) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ cells }) => {
    const line = cells.join("\n").toLowerCase();
    return wanted.every((word) => line.includes(word));
  };
  const found = wanted.length ? rows.filter(holds) : [...rows];
  if (column < 0) return found;
  const compare = (a, b) => (typeof a === "number" ? a - b : compareWords(a, b));
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => sign * compare(a.cells[column], b.cells[column]) || a.index - b.index);
}
