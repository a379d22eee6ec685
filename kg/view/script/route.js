// Distances to `target` over shown statements between entities, whichever way they point; stops once `source` is reached.
function distances(model, source, target, shown) {
  const far = new Int32Array(model.n).fill(-1);
  far[target] = 0;
  let frontier = [target];
  while (frontier.length && far[source] < 0) {
    const next = [];
    for (const entity of frontier) {
      for (const [other] of steps(model, entity, shown)) {
        if (far[other] >= 0) continue;
        far[other] = far[entity] + 1;
        next.push(other);
      }
    }
    frontier = next;
  }
  return far;
}

// The neighbours of an entity with the statement that leads there, by index; of parallel statements the surest.
function steps(model, entity, shown) {
  const found = new Map();
  const { start, list } = model.adjacent;
  for (let at = start[entity]; at < start[entity + 1]; at++) {
    const statement = list[at];
    if (!shown.statements[statement] || model.o[statement] < 0) continue;
    const other = model.s[statement] === entity ? model.o[statement] : model.s[statement];
    const known = found.get(other);
    if (known === undefined || surer(model, statement, known)) found.set(other, statement);
  }
  return [...found].sort(([a], [b]) => a - b);
}

const surer = (model, a, b) => model.stance[a] < model.stance[b] || (model.stance[a] === model.stance[b] && a < b);

// Up to `most` of the shortest paths, the one with the smallest sequence of entity indices first.
export function shortestPaths(model, from, to, shown, most = 3) {
  const found = [];
  const far = distances(model, from, to, shown);
  const walk = (entities, statements) => {
    const last = entities.at(-1);
    if (last === to) return found.push({ entities, statements });
    for (const [other, statement] of steps(model, last, shown)) {
      if (found.length >= most) return;
      if (far[other] >= 0 && far[other] === far[last] - 1) walk([...entities, other], [...statements, statement]);
    }
  };
  if (far[from] >= 0) walk([from], []);
  return found;
}
