import { boundsOf } from "./camera.js";
import { discsOf } from "./discs.js";
import { groupsOf, linksOf } from "./edges.js";
import { createGrid } from "./grid.js";

const NO_BOUNDS = { left: -100, right: 100, top: -100, bottom: 100 };

// What does not change while a page is open, and nothing shown yet.
export function sceneOf(canvas, model) {
  const face = getComputedStyle(canvas).fontFamily;
  return {
    model,
    order: model.order,
    grid: createGrid(model.x, model.y),
    groups: groupsOf(model),
    usual: model.r.slice().sort()[model.n >> 1] || 8,
    face,
    measure: measuring(face),
    shown: null,
  };
}

// Widths of texts, each measured once.
function measuring(face) {
  const pen = document.createElement("canvas").getContext("2d");
  const known = new Map();
  let last = "";
  return (text, size, bold) => {
    const font = `${bold ? "600 " : ""}${size}px ${face}`;
    const key = font + text;
    if (!known.has(key)) {
      if (font !== last) pen.font = font;
      last = font;
      known.set(key, pen.measureText(text).width);
    }
    return known.get(key);
  };
}

export function showIn(scene, shown) {
  const { model, groups } = scene;
  const links = linksOf(model, groups, shown);
  const bounds = boundsOf(model.x, model.y, model.r, (i) => shown.entities[i]) ?? NO_BOUNDS;
  Object.assign(scene, { shown, links, bounds, discs: discsOf(model, shown, links) });
}

// Entities drawn whatever their discs do: those in the light, the chosen and the revealed ones; hubs last, so on top.
export function specialOf({ order, model, discs, shown }, light, { entity, path, revealed }) {
  const flags = light ? light.entities.slice() : new Uint8Array(model.n);
  if (discs.large) for (const i of revealed ?? []) flags[i] = shown.entities[i];
  for (const i of path ?? []) flags[i] = 1;
  if (entity >= 0) flags[entity] = 1;
  return order.filter((i) => flags[i]).reverse();
}
