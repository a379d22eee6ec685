import { openDiscs } from "./discs.js";
import { curveBetween, loopAt } from "./edges.js";

const LARGEST = 26; // pixels of radius

// What one painting needs to know: how a drawing of width x height pixels looks at the scene. A world point (x, y) lies
// at the pixel (ox + x * k, oy + y * k).
export function frameOf(scene, camera, { width, height }) {
  const { k } = camera;
  const [ox, oy] = [width / 2 - camera.x * k, height / 2 - camera.y * k];
  const open = openDiscs(scene.discs, k);
  return { ...scene, camera, width, height, k, ox, oy, open, dot: dotScale(scene, k), least: 1.4 };
}

// Dots grow with the zoom, but slower, and never so far that neighbours hide one another.
function dotScale({ grid, usual }, k) {
  const room = Math.max(1.7, grid.spacing * k * 0.27) / usual;
  return Math.min(room, Math.max(0.5, Math.min(1.6, Math.sqrt(k))));
}

export const radiusOf = (frame, i) => Math.max(frame.least, Math.min(LARGEST, frame.model.r[i] * frame.dot));

// The frame with where entities are (those in closed discs in the middle of these) and which dots are drawn, hubs last.
export function projected(frame) {
  const { model, shown, discs, order, width, height, k, ox, oy } = frame;
  const [px, py, drawn] = [new Float32Array(model.n), new Float32Array(model.n), new Uint8Array(model.n)];
  for (let i = 0; i < model.n; i++) {
    const c = model.community[i];
    const inside = isInside(frame, i);
    drawn[i] = inside ? 0 : shown.entities[i];
    px[i] = ox + (inside ? discs.x[c] : model.x[i]) * k;
    py[i] = oy + (inside ? discs.y[c] : model.y[i]) * k;
  }
  frame.near = (i) => px[i] > -30 && py[i] > -30 && px[i] < width + 30 && py[i] < height + 30;
  const dots = order.filter((i) => drawn[i] && frame.near(i)).reverse();
  return Object.assign(frame, { px, py, drawn, dots, seen: null });
}

// The statements of a projected frame of which an end is drawn and something may lie in the drawing.
export function seenIn(frame) {
  const { model, links, drawn, px, py, width, height } = frame;
  const apart = (p, a, b, most) => (p[a] < 0 && p[b] < 0) || (p[a] > most && p[b] > most);
  frame.seen ??= links.list.filter((e) => {
    const [a, b] = [model.s[e], model.o[e]];
    return (drawn[a] || drawn[b]) && !apart(px, a, b, width) && !apart(py, a, b, height);
  });
  return frame.seen;
}

// Whether a closed disc stands for an entity.
function isInside({ model, discs, open }, i) {
  const c = model.community[i];
  return discs.large && c >= 0 && !open[c];
}

export const placeOf = ({ model, k, ox, oy }, i) => [ox + model.x[i] * k, oy + model.y[i] * k];

export const discPlace = ({ discs, k, ox, oy }, c) => [ox + discs.x[c] * k, oy + discs.y[c] * k, discs.r[c] * k];

// The course of a statement from rim to rim, or to the middle of the disc that hides an end which is not lit.
export function courseOf(frame, e, lit = false) {
  const { model, links } = frame;
  const [a, b] = [model.s[e], model.o[e]].map((i) => {
    if (lit || !isInside(frame, i)) return [...placeOf(frame, i), radiusOf(frame, i) + 1.5];
    return [...discPlace(frame, model.community[i]).slice(0, 2), 0];
  });
  return model.s[e] === model.o[e] ? loopAt(a, links.bow[e]) : curveBetween(a, b, links.bow[e]);
}
