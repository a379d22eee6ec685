import { boundsOf, cameraBetween, easedTime, fittedCamera, panned, zoomedAbout } from "./camera.js";
import { zoomToOpen } from "./discs.js";
import { frameOf, placeOf, projected } from "./frame.js";
import { attachGestures } from "./gestures.js";
import { Ground } from "./ground.js";
import { paintGround, paintLight } from "./painter.js";
import { hitAt } from "./picking.js";
import { SvgPen } from "./picture.js";
import { cornerOf, NOTHING, paintLabels, placeLabels } from "./placing.js";
import { sceneOf, showIn, specialOf } from "./stage.js";

const SETTLE = 120; // milliseconds after the last movement until everything is painted in full
const MOVE = 350; // milliseconds of an animated move
const LONGEST = 200; // pixels between neighbours beyond which fitting does not zoom in
const LEGIBLE = 30; // pixels between neighbours to which centring zooms in
const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export const createView = (canvas, model, handlers) => new View(canvas, model, handlers);

class View {
  #canvas;
  #pen;
  #handlers;
  #scene;
  #ground = new Ground();
  #camera = null;
  #size = { width: 0, height: 0, ratio: 1 };
  #untouched = true; // until somebody moves the camera, everything is kept in view
  #labels = [];
  #spots = new Map();
  #placed = null; // the camera for which labels were placed
  #looking = null; // the projected frame of the camera
  #hover = "";
  #pressed = null;
  #moving = false;
  #glide = null;
  #request = 0;
  #timer = 0;
  #second = 0;
  #statistics = { frames: 0, fullPaints: 0, lastMs: 0 };
  #isReady;

  constructor(canvas, model, handlers) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext("2d", { alpha: false });
    this.#handlers = handlers;
    this.#scene = sceneOf(canvas, model);
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    attachGestures(canvas, {
      pan: (dx, dy) => this.setCamera(panned(this.#camera, dx, dy)),
      zoom: (x, y, factor) => this.setCamera(this.#zoomed(x, y, factor)),
      hover: (x, y) => this.#point(this.#hit(x, y)),
      leave: () => this.#point(NOTHING),
      press: (x, y) => {
        this.#pressed = this.#hit(x, y);
        handlers.choose(this.#pressed);
      },
      open: () => handlers.open(this.#pressed), // the first click may have moved what was under it
    });
  }

  update(shown, light, current) {
    const scene = this.#scene;
    if (shown !== scene.shown) {
      showIn(scene, shown);
      this.#ground.clear();
    }
    Object.assign(scene, { light, current, special: specialOf(scene, light, current) });
    if (this.#camera) this.#again();
    else this.resize();
  }

  setPalette(palette) {
    this.#scene.palette = palette;
    this.#ground.clear();
    if (this.#camera) this.#again();
  }

  // A resized canvas is empty, and painted again at once.
  resize() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const same = width === this.#size.width && height === this.#size.height && ratio === this.#size.ratio;
    if (!width || !height || same || !this.#scene.shown) return;
    this.#size = { width, height, ratio };
    Object.assign(this.#canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const whole = this.#fitted(this.#scene.bounds);
    Object.assign(this.#scene, { pixel: 1 / ratio, fitted: whole.k });
    if (this.#untouched) this.#camera = whole;
    this.#ground.clear();
    this.#again();
    this.#paint();
  }

  fit(entities = null, animate = false) {
    if (!this.#camera) return;
    const { model, bounds } = this.#scene;
    const wanted = entities && new Set(entities);
    const box = wanted ? boundsOf(model.x, model.y, model.r, (i) => wanted.has(i)) : bounds;
    if (box) this.#goTo(this.#fitted(box), animate);
    this.#untouched = !entities;
  }

  zoomBy(factor) {
    if (this.#camera) this.#goTo(this.#zoomed(this.#size.width / 2, this.#size.height / 2, factor), true);
  }

  reveal(entity) {
    if (!this.#camera) return;
    const { width, height } = this.#size;
    const [x, y] = placeOf(frameOf(this.#scene, this.#camera, this.#size), entity);
    const margin = Math.min(60, width / 6);
    if (x < margin || y < margin || x > width - margin || y > height - margin) this.centre(entity);
  }

  centre(entity) {
    if (!this.#camera) return;
    const { model, discs, grid } = this.#scene;
    const k = Math.max(this.#camera.k, LEGIBLE / grid.spacing, zoomToOpen(discs, model.community[entity]));
    this.#goTo({ x: model.x[entity], y: model.y[entity], k: this.#limited(k) }, true);
  }

  // The neighbour that lies most nearly in a direction, rather a near one; -1 where none does.
  neighbourAlong(entity, direction) {
    const { model, shown, grid } = this.#scene;
    const { s, o, x, y, adjacent } = model;
    const [dx, dy] = WAYS[direction] ?? [0, 0];
    let [best, most] = [-1, 0.2];
    for (const e of adjacent.list.subarray(adjacent.start[entity], adjacent.start[entity + 1])) {
      const other = s[e] === entity ? o[e] : s[e];
      if (other < 0 || other === entity || !shown.statements[e] || !shown.entities[other]) continue;
      const [across, down] = [x[other] - x[entity], y[other] - y[entity]];
      const far = Math.hypot(across, down) || 1;
      const fitting = (across * dx + down * dy) / far - far / (far + grid.spacing * 40) / 4;
      if (fitting > most) [best, most] = [other, fitting];
    }
    return best;
  }

  bounds() {
    return { ...this.#scene.bounds };
  }

  labels() {
    const frame = this.#look();
    return this.#labels.map((box) => {
      const [x, y] = cornerOf(box, frame);
      return { ...box, x, y };
    });
  }

  camera() {
    return { ...this.#camera };
  }

  setCamera({ x, y, k }) {
    if (!this.#camera) return;
    this.#glide = null;
    this.#follow({ x, y, k: this.#limited(k) });
  }

  statistics() {
    return { ...this.#statistics };
  }

  // The current view at `scale` pixels to a pixel of CSS.
  picture({ scale = 2 } = {}) {
    const canvas = document.createElement("canvas");
    const [width, height] = [this.#size.width, this.#size.height].map((side) => Math.round(side * scale));
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d", { alpha: false });
    pen.scale(scale, scale);
    this.#paintWhole(pen);
    return canvas;
  }

  svg() {
    const pen = new SvgPen();
    this.#paintWhole(pen);
    return pen.markup(this.#size.width, this.#size.height);
  }

  #paintWhole(pen) {
    const frame = this.#look();
    paintGround(pen, frame);
    if (frame.light || frame.special.length) paintLight(pen, frame);
    paintLabels(pen, frame, this.#labels);
  }

  #fitted(box) {
    return fittedCamera(box, this.#size, LONGEST / this.#scene.grid.spacing);
  }

  #limited(k) {
    const { fitted, grid } = this.#scene;
    return Math.max(fitted * 0.4, Math.min(k, Math.max((3 * LONGEST) / grid.spacing, fitted * 4)));
  }

  #zoomed(x, y, factor) {
    return zoomedAbout(this.#camera, this.#size, x, y, this.#limited(this.#camera.k * factor));
  }

  #goTo(camera, animate) {
    if (!animate || matchMedia("(prefers-reduced-motion: reduce)").matches) return this.setCamera(camera);
    this.#glide = { from: this.#camera, to: camera, start: performance.now() };
    this.#soon();
  }

  #follow(camera) {
    this.#camera = camera;
    this.#looking = null;
    this.#untouched = false;
    this.#moving = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#moving = false;
      this.#soon();
      this.#handlers.moved(this.camera());
    }, SETTLE);
    this.#soon();
  }

  #again() {
    this.#looking = null;
    this.#placed = null;
    this.#soon();
  }

  #soon() {
    this.#request ||= requestAnimationFrame((now) => {
      this.#request = 0;
      if (this.#glide) this.#advance(now);
      if (this.#camera) this.#paint();
    });
  }

  #advance(now) {
    const { from, to, start } = this.#glide;
    const t = Math.max(0, Math.min(1, (now - start) / MOVE));
    this.#follow(cameraBetween(from, to, easedTime(t)));
    if (t === 1) this.#glide = null;
  }

  // Labels keep their places around their dots while the camera pans, and are placed anew as it zooms or rests.
  #paint() {
    const start = performance.now();
    const [scene, camera, ground] = [this.#scene, this.#camera, this.#ground];
    if (!this.#second) return this.#paintFirst(start);
    const full = ground.follow(scene, camera, this.#size, this.#moving);
    const kept = this.#placed && (!full || this.#placed === camera || (this.#moving && this.#placed.k === camera.k));
    if (!kept) {
      this.#labels = placeLabels(this.#look(), this.#spots);
      this.#placed = camera;
    }
    this.#compose();
    this.#statistics.frames++;
    if (full) this.#count(start);
  }

  // The first time straight onto the canvas: the painting that is kept for movements can wait.
  #paintFirst(start) {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#labels = placeLabels(this.#look(), this.#spots);
    this.#placed = this.#camera;
    const { ratio } = this.#size;
    this.#pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#paintWhole(this.#pen);
    this.#statistics.frames++;
    this.#count(start);
    this.#isReady();
    this.#second = setTimeout(() => this.#soon(), SETTLE);
  }

  #count(start) {
    this.#statistics.fullPaints++;
    this.#statistics.lastMs = performance.now() - start;
  }

  #compose() {
    const { ratio } = this.#size;
    const [pen, scene] = [this.#pen, this.#scene];
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = scene.palette.ground;
    pen.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#ground.draw(pen, this.#camera, this.#size);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const frame = frameOf(scene, this.#camera, this.#size);
    if (scene.light || scene.special.length) paintLight(pen, frame);
    paintLabels(pen, frame, this.#labels);
  }

  #look() {
    this.#looking ??= projected(frameOf(this.#scene, this.#camera, this.#size));
    return this.#looking;
  }

  #hit(x, y) {
    return hitAt(this.#look(), this.#labels, x, y);
  }

  #point({ entity, statement, community }) {
    this.#canvas.style.cursor = Math.max(entity, statement, community) >= 0 ? "pointer" : "";
    const key = `${entity} ${statement}`;
    if (key === this.#hover) return;
    this.#hover = key;
    this.#handlers.hover(entity, statement);
  }
}
