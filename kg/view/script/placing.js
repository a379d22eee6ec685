import { pointOn } from "./edges.js";
import { courseOf, discPlace, placeOf, radiusOf, seenIn } from "./frame.js";
import { isRightToLeft, linesOf } from "./labels.js";
import { alignmentAt, cornerAt, costOf, createRaster, crossLine, spotFor, takeBox, takeDot } from "./raster.js";

const FEW = 300; // entities in view up to which each may have its label, and statements too
const SOME = 80; // labels where there are more
const HUB = 4; // statements
const BEARABLE = 800; // how much of other dots its label may cover
const TRIES = 300;
const WRAP = 110; // pixels
const [WIDE, HIGH] = [136, 50]; // pixels of the corner at the bottom left, which the zoom buttons cover
const [SIZE, SMALL] = [13, 11];
export const NOTHING = { entity: -1, statement: -1, community: -1 };

// The labels of a projected frame, the most important first: what is chosen, what stands in the light, discs, then hubs.
// `before` remembers the spot of each entity, so that labels stay where they are while they can.
export function placeLabels(frame, before) {
  const { current, special, light, discs, dots } = frame;
  const placing = { frame, before, raster: rasterOf(frame), boxes: [], done: new Set() };
  for (const i of [current.entity, current.hover]) if (i >= 0) placeEntity(placing, i, true);
  for (const i of special.slice(-TRIES).reverse()) placeEntity(placing, i);
  const lit = light ? frame.links.list.filter((e) => light.statements[e]) : [];
  placeStatements(placing, lit, true);
  const closed = discs.large ? discs.order.filter((c) => !frame.open[c]) : [];
  const unnamed = closed.filter((c) => !placeDisc(placing, c, 0.6));
  for (const c of unnamed) placeDisc(placing, c, 0);
  const most = placing.done.size + (dots.length > FEW ? SOME : FEW);
  for (const i of dots.slice(-TRIES).reverse()) if (placing.done.size < most) placeEntity(placing, i);
  if (!light && dots.length <= FEW && frame.k > frame.fitted * 1.25) placeStatements(placing, seenIn(frame), false);
  return placing.boxes;
}

function rasterOf(frame) {
  const { width, height, model, px, py, dots, special } = frame;
  const raster = createRaster(width, height);
  for (const e of dots.length <= FEW ? seenIn(frame) : []) {
    crossLine(raster, px[model.s[e]], py[model.s[e]], px[model.o[e]], py[model.o[e]]);
  }
  for (const i of dots) takeDot(raster, px[i], py[i], radiusOf(frame, i) - 1.5, false);
  for (const i of special) takeDot(raster, ...placeOf(frame, i), radiusOf(frame, i) - 1.5, true);
  takeBox(raster, 0, height - HIGH, WIDE, HIGH);
  return raster;
}

function extentOf({ measure }, label, size, bold, wide) {
  const width = (piece) => measure(piece, size, bold);
  const lines = linesOf(label, width, wide, 3);
  const [w, h] = [Math.max(...lines.map(width)) + 6, lines.length * size * 1.2 + 3];
  return { lines, size, bold, w, h, rtl: isRightToLeft(label) };
}

// (x, y) is the pixel to which a box is tied when the camera moves.
function put({ frame, raster, boxes }, extent, x, y, left, top, more) {
  const { k, ox, oy } = frame;
  takeBox(raster, left, top, extent.w, extent.h);
  const at = { x: (x - ox) / k, y: (y - oy) / k, dx: left - x, dy: top - y };
  boxes.push({ ...NOTHING, align: "center", ...extent, ...at, ...more });
}

function placeEntity(placing, i, must = false) {
  const { frame, raster, before, done } = placing;
  const { model, light, width, height, current, dots } = frame;
  const [x, y] = placeOf(frame, i);
  if (done.has(i) || x < 0 || y < 0 || x > width || y > height) return;
  const chosen = i === current.entity;
  const extent = extentOf(frame, model.label[i], SIZE, chosen, WRAP);
  const lit = light?.entities[i];
  const r = Math.max(radiusOf(frame, i), lit ? 3.5 : 0) + (chosen ? 6 : 0);
  const around = [x, y, r, extent.w, extent.h];
  const spotWith = (bearable) => spotFor(raster, ...around, before.get(i), bearable);
  const covering = model.degree[i] >= HUB || dots.length > FEW ? BEARABLE : 0;
  let spot = spotWith(lit ? Infinity : 0);
  if (spot < 0 && covering) spot = spotWith(covering);
  if (spot < 0 && !must) return;
  spot = Math.max(spot, 0);
  done.add(i);
  before.set(i, spot);
  const more = { entity: i, align: alignmentAt(spot), faded: Boolean(light && !lit) };
  put(placing, extent, x, y, ...cornerAt(spot, ...around), more);
}

// Across its disc where that is high enough, if need be by the first of its names; else below or above it, and
// clear of the inner part of other discs.
function placeDisc(placing, c, clear) {
  const { frame, raster } = placing;
  const { discs, model, light } = frame;
  const [x, y, r] = discPlace(frame, c);
  if (r < 6) return true;
  const { name, silent } = model.communities[c];
  const first = name.split(", ")[0];
  const sized = (label) => extentOf(frame, label, SIZE, false, Math.max(84, 1.8 * r));
  let extent = sized(name);
  for (const spot of [-2, -1, 0, 1]) {
    if (spot === -1 && first !== name) extent = sized(first);
    const { w, h } = extent;
    if ((spot < 0 && h > 2 * r) || (spot < -1 && (w > 2 * r || extent.lines[2]?.endsWith("…")))) continue;
    const [left, top] = spot < 0 ? [x - w / 2, y - h / 2] : cornerAt(spot, x, y, r, w, h);
    const covers = (other) => other !== c && coversDisc(frame, other, clear, left, top, w, h);
    if (costOf(raster, left, top, w, h) === Infinity || discs.order.some(covers)) continue;
    put(placing, extent, x, y, left, top, { community: c, faded: Boolean(light), quiet: silent });
    return true;
  }
  return false;
}

// Whether a box lies over the part of a disc within `clear` of its radius.
function coversDisc(frame, c, clear, left, top, w, h) {
  const [x, y, r] = discPlace(frame, c);
  return Math.hypot(x - Math.max(left, Math.min(x, left + w)), y - Math.max(top, Math.min(y, top + h))) < r * clear;
}

// On their courses, near the middle; those outside the light only where they are longer than their labels.
function placeStatements(placing, found, lit) {
  const { frame, raster } = placing;
  const { model, drawn, near, current } = frame;
  for (const e of found.slice(0, lit ? 60 : TRIES)) {
    if (!lit && !(near(model.s[e]) && near(model.o[e]) && drawn[model.s[e]] && drawn[model.o[e]])) continue;
    const chosen = e === current.statement;
    const stance = model.stances[model.stance[e]];
    const label = model.predicates[model.p[e]].label + (stance === "asserted" ? "" : ` (${stance})`);
    const extent = extentOf(frame, label, SMALL, chosen, 150);
    const course = courseOf(frame, e, lit);
    if (!lit && Math.hypot(course.at(-2) - course[0], course.at(-1) - course[1]) < extent.w + 12) continue;
    const corner = ([x, y]) => [x, y, x - extent.w / 2, y - extent.h / 2];
    const bearable = lit ? Infinity : 0;
    const free = ([, , ...at]) => chosen || costOf(raster, ...at, extent.w, extent.h, bearable) < Infinity;
    const place = [0.5, 0.4, 0.6, 0.3, 0.7].map((t) => corner(pointOn(course, t))).find(free);
    if (place) put(placing, extent, ...place, { statement: e, quiet: !lit });
  }
}

export const cornerOf = ({ x, y, dx, dy }, { k, ox, oy }) => [ox + x * k + dx, oy + y * k + dy];

// The most important ones last, on top.
export function paintLabels(pen, frame, boxes) {
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const box of boxes.toReversed()) paintLabel(pen, frame, box);
  pen.globalAlpha = 1;
}

function paintLabel(pen, frame, box) {
  const { palette, face, width, height } = frame;
  const { lines, size, w, h, align } = box;
  const [left, top] = cornerOf(box, frame);
  if (left > width || top > height || left + w < 0 || top + h < 0) return;
  pen.font = `${box.bold ? "600 " : ""}${size}px ${face}`;
  pen.textAlign = align;
  pen.direction = box.rtl ? "rtl" : "ltr";
  pen.globalAlpha = box.faded ? 0.3 : 1;
  pen.strokeStyle = palette.ground;
  pen.fillStyle = box.quiet ? palette.quiet : palette.text;
  pen.lineWidth = 3.5;
  const x = left + { left: 3, right: w - 3, center: w / 2 }[align];
  for (const [n, line] of lines.entries()) {
    const y = top + 1.5 + (n + 0.5) * size * 1.2;
    pen.strokeText(line, x, y);
    pen.fillText(line, x, y);
  }
}
