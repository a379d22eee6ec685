import { worldAt } from "./camera.js";
import { distanceTo } from "./edges.js";
import { courseOf, discPlace, radiusOf, seenIn } from "./frame.js";
import { nearestPoint } from "./grid.js";
import { cornerOf, NOTHING } from "./placing.js";

const NEAR = 6; // pixels around a dot or a statement that still mean it
const FAR = 120; // pixels that a course may lead away from the line between its ends
const CROWD = 3000; // statements in view from which only those in the light can be meant

// What lies at a pixel of a projected frame: a label, else an entity, a closed disc or a statement.
export function hitAt(frame, labels, x, y) {
  const label = labels.find((box) => {
    const [left, top] = cornerOf(box, frame);
    return x >= left && x <= left + box.w && y >= top && y <= top + box.h;
  });
  if (label) return { entity: label.entity, statement: label.statement, community: label.community };
  const entity = entityAt(frame, x, y);
  if (entity >= 0) return { ...NOTHING, entity };
  const community = discAt(frame, x, y);
  return community === undefined ? { ...NOTHING, statement: statementAt(frame, x, y) } : { ...NOTHING, community };
}

function discAt(frame, x, y) {
  const { discs, open } = frame;
  const within = ([cx, cy, r]) => Math.hypot(cx - x, cy - y) <= r + 2;
  return discs.large ? discs.order.find((c) => !open[c] && within(discPlace(frame, c))) : undefined;
}

function entityAt(frame, x, y) {
  const { camera, drawn, grid, k } = frame;
  const special = new Set(frame.special);
  const at = worldAt(camera, frame, x, y);
  return nearestPoint(
    grid,
    at.x,
    at.y,
    NEAR / k,
    30 / k,
    (i) => radiusOf(frame, i) / k,
    (i) => drawn[i] || special.has(i),
  );
}

function statementAt(frame, x, y) {
  const { model, light, px, py, drawn } = frame;
  const seen = seenIn(frame);
  const found = seen.length <= CROWD ? seen : light ? seen.filter((e) => light.statements[e]) : [];
  const outside = (p, a, b, at) => at < Math.min(p[a], p[b]) - FAR || at > Math.max(p[a], p[b]) + FAR;
  let [best, least] = [-1, NEAR];
  for (const e of found) {
    const [a, b] = [model.s[e], model.o[e]];
    if (!drawn[a] || !drawn[b] || outside(px, a, b, x) || outside(py, a, b, y)) continue;
    const away = distanceTo(courseOf(frame, e), x, y) + (light && !light.statements[e] ? 2 : 0);
    if (away < least) [best, least] = [e, away];
  }
  return best;
}
