import { traceArrow, traceCurve } from "./edges.js";
import { courseOf, discPlace, placeOf, radiusOf, seenIn } from "./frame.js";
import { traceShape } from "./shapes.js";

const FINE = 1500; // statements up to which each has its course and its arrowhead
const QUICK = 6000; // statements drawn while moving
const MANY = 2500; // dots from which rings are left out
const CHUNK = 150; // pieces of one path; long paths take longer for each

// Everything but labels and what stands in the light. `quick` leaves out what is not missed while moving.
export function paintGround(pen, frame, quick = false) {
  const { discs, palette, width, height } = frame;
  pen.globalAlpha = 1;
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, width, height);
  pen.lineJoin = "round";
  if (discs.large) paintBundles(pen, frame);
  paintLinks(pen, frame, quick);
  if (discs.large) for (const c of discs.order) paintDisc(pen, frame, c);
  paintDots(pen, frame, frame.dots, quick);
}

function circle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

function filled(pen, colour, alpha) {
  pen.globalAlpha = alpha;
  pen.fillStyle = colour;
  pen.fill();
}

// An open disc is a shade behind its members.
function paintDisc(pen, frame, c) {
  const { model, discs, open, palette } = frame;
  const silent = model.communities[c].silent;
  const colour = silent ? palette.quiet : palette.types[discs.type[c]];
  const [x, y, r] = discPlace(frame, c);
  circle(pen, x, y, Math.max(2.5, r));
  if (open[c]) return filled(pen, colour, 0.05);
  filled(pen, palette.ground, 1);
  filled(pen, colour, silent ? 0.1 : 0.25);
  pen.globalAlpha = silent ? 0.35 : 0.8;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.stroke();
}

function paintBundles(pen, frame) {
  const { discs, open, palette } = frame;
  const most = Math.log2(1 + (discs.bundles.at(-1)?.count ?? 1));
  pen.strokeStyle = palette.edge;
  for (const { a, b, count } of discs.bundles) {
    if (open[a] || open[b]) continue;
    const [[ax, ay], [bx, by]] = [discPlace(frame, a), discPlace(frame, b)];
    const share = (Math.log2(1 + count) / most) ** 2;
    pen.globalAlpha = 0.15 + 0.45 * share;
    pen.lineWidth = 0.8 + 5 * share;
    pen.beginPath();
    pen.moveTo(ax, ay);
    pen.quadraticCurveTo((ax + bx) / 2 - (by - ay) * 0.1, (ay + by) / 2 + (bx - ax) * 0.1, bx, by);
    pen.stroke();
  }
}

function paintLinks(pen, frame, quick) {
  const { model, palette, near, px, py } = frame;
  const seen = seenIn(frame);
  const alpha = Math.max(0.13, Math.min(0.8, Math.sqrt(400 / (seen.length + 1))));
  const place = (i) => [px[i], py[i]];
  const ends = (e) => near(model.s[e]) || near(model.o[e]);
  pen.strokeStyle = pen.fillStyle = palette.edge;
  pen.globalAlpha = alpha * 0.4; // what only passes through is quieter
  strokeLines(
    pen,
    frame,
    seen.filter((e) => !ends(e)),
    place,
    quick,
  );
  pen.globalAlpha = alpha;
  strokeLinks(pen, frame, seen.filter(ends), place, { width: 1.2, head: 6.5, quick });
}

// Few statements by their courses, many by lines.
function strokeLinks(pen, frame, found, place, { width, head, lit = false, quick = false }) {
  pen.lineWidth = width;
  if (found.length > FINE) strokeLines(pen, frame, found, place, quick);
  else strokeCourses(pen, frame, found, head, lit);
}

// Hairlines between the centres, which dots then cover; while moving, some of them.
function strokeLines(pen, { model, pixel }, found, place, quick) {
  pen.lineWidth = pixel;
  const stride = quick ? Math.ceil(found.length / QUICK) : 1;
  for (let at = 0; at < found.length; ) {
    pen.beginPath();
    for (const end = at + CHUNK * stride; at < end && at < found.length; at += stride) {
      pen.moveTo(...place(model.s[found[at]]));
      pen.lineTo(...place(model.o[found[at]]));
    }
    pen.stroke();
  }
}

// What is not said as a fact is dashed.
function strokeCourses(pen, frame, found, head, lit) {
  const { stances, stance } = frame.model;
  for (const dashed of [false, true]) {
    const some = Array.from(found).filter((e) => (stances[stance[e]] !== "asserted") === dashed);
    for (let at = 0; at < some.length; at += CHUNK) {
      const courses = some.slice(at, at + CHUNK).map((e) => courseOf(frame, e, lit));
      pen.setLineDash(dashed ? [5, 4] : []);
      pen.beginPath();
      for (const course of courses) traceCurve(pen, course);
      pen.stroke();
      pen.beginPath();
      for (const course of courses) traceArrow(pen, course, head);
      pen.fill();
    }
  }
  pen.setLineDash([]);
}

// Dots with a ring that sets them off from statements and from one another; many without, those of a type together.
function paintDots(pen, frame, dots, quick) {
  const { model, palette } = frame;
  pen.globalAlpha = 1;
  if (dots.length > MANY) {
    for (let type = 0; type < model.types.length; type++) paintType(pen, frame, dots, type, quick);
    return;
  }
  pen.strokeStyle = palette.ground;
  for (const i of dots) {
    const r = radiusOf(frame, i);
    pen.beginPath();
    traceShape(pen, model.types[model.type[i]].shape, ...placeOf(frame, i), r);
    pen.lineWidth = r > 4 ? 3 : 1.5; // half of it lies outside
    pen.stroke();
    filled(pen, palette.types[model.type[i]], 1);
  }
}

function paintType(pen, frame, dots, type, quick) {
  const { model, palette } = frame;
  pen.fillStyle = palette.types[type];
  let pieces = 0;
  pen.beginPath();
  for (const i of dots) {
    if (model.type[i] !== type) continue;
    const [x, y] = placeOf(frame, i);
    const r = radiusOf(frame, i);
    if (quick) pen.fillRect(Math.round(x - r), Math.round(y - r), Math.ceil(1.8 * r), Math.ceil(1.8 * r));
    else traceShape(pen, model.types[type].shape, x, y, r);
    if (quick || ++pieces % CHUNK) continue;
    pen.fill();
    pen.beginPath();
  }
  pen.fill();
}

// What stands in the light, over the rest behind a veil.
export function paintLight(pen, over) {
  const { light, special, current, palette, links } = over;
  const frame = { ...over, least: special.length < MANY ? 3.5 : 1.4 };
  if (light) {
    pen.globalAlpha = 0.76;
    pen.fillStyle = palette.ground;
    pen.fillRect(0, 0, frame.width, frame.height);
    const lit = links.list.filter((e) => light.statements[e]);
    pen.strokeStyle = pen.fillStyle = palette.link;
    pen.globalAlpha = Math.max(0.3, Math.min(0.85, Math.sqrt(60 / (lit.length + 1))));
    strokeLinks(pen, frame, lit, (i) => placeOf(frame, i), { width: 1.5, head: 8, lit: true });
    pen.lineWidth = 3;
    if (light.statements[current.statement]) strokeCourses(pen, frame, [current.statement], 9, true);
  }
  paintDots(pen, frame, special, false);
  if (current.entity < 0) return;
  circle(pen, ...placeOf(frame, current.entity), radiusOf(frame, current.entity) * 1.15 + 5);
  pen.strokeStyle = palette.link;
  pen.lineWidth = 2.5;
  pen.stroke();
}
