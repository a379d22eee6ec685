// The lines of a label.

// Lines of at most about `wide` pixels, at most `most` of them; where that is not enough, an ellipsis. Words are measured
// one by one and added up: many labels share them, and measuring is what takes time.
export function linesOf(label, measure, wide, most) {
  const lines = [];
  const gap = measure(" ");
  let [line, used] = ["", 0];
  for (const piece of piecesOf(label, measure, wide)) {
    const word = piece.trim();
    const width = measure(word);
    const full = line.trim() && used + width > wide;
    if (full) lines.push(line.trim());
    line = full ? piece : line + piece;
    used = (full ? 0 : used) + width + (piece.length - word.length) * gap;
  }
  lines.push(line.trim());
  if (lines.length > most) lines.splice(most - 1, Infinity, `${lines[most - 1].replace(/.?.$/u, "")}…`);
  return lines;
}

// Words, each with the space after it; one that is much too long, or of a script without spaces, by its characters.
function piecesOf(label, measure, wide) {
  const words = label.match(/\s*\S+\s*/g) ?? [label];
  return words.flatMap((word) => (word.length > 5 && measure(word.trim()) > wide * 1.3 ? [...word] : [word]));
}

export const isRightToLeft = (label) => /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(label);
