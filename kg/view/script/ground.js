import { openDiscs } from "./discs.js";
import { frameOf, projected, seenIn } from "./frame.js";
import { paintGround } from "./painter.js";

const LIGHT = 2000; // dots and statements that can be painted in full at each step of a movement
const OVERSCAN = 0.2; // of the drawing, painted beyond each side of a large graph so that the painting can be moved
const [SHRUNK, GROWN] = [0.5, 2.2]; // zooms of a painting that still pass while moving

// A painting of everything but labels and light, kept while the camera moves. `size` has width, height and ratio, the
// pixels of the screen to a pixel of CSS.
export class Ground {
  #canvas = document.createElement("canvas");
  #pen = this.#canvas.getContext("2d", { alpha: false });
  #frame = null;
  #heavy = false;
  #full = false;

  clear() {
    this.#frame = null;
  }

  // Paints, where what there is will not do; gives whether everything that the camera sees is now painted in full.
  follow(scene, camera, size, moving) {
    const fresh = this.#frame?.camera === camera && (this.#full || moving);
    const enough = fresh || (moving && this.#heavy && this.#covers(scene, camera, size));
    if (!enough) this.#paint(scene, camera, size, moving);
    return this.#full && this.#frame.camera === camera;
  }

  #paint(scene, camera, { width, height, ratio }, moving) {
    const beyond = scene.links.list.length + scene.shown.entityCount > LIGHT ? 1 + 2 * OVERSCAN : 1;
    const [wide, high] = [width, height].map((side) => Math.round(side * beyond * ratio));
    const kept = this.#canvas.width === wide && this.#canvas.height === high;
    if (!kept) Object.assign(this.#canvas, { width: wide, height: high });
    this.#pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#frame = projected(frameOf(scene, camera, { width: wide / ratio, height: high / ratio }));
    const bundles = scene.discs.bundles?.length ?? 0;
    this.#heavy = this.#frame.dots.length + seenIn(this.#frame).length + 8 * bundles > LIGHT;
    this.#full = !(moving && this.#heavy);
    paintGround(this.#pen, this.#frame, !this.#full);
  }

  // Whether the painting, moved and scaled, can stand for what the camera sees.
  #covers({ discs, bounds }, camera, size) {
    const frame = this.#frame;
    if (!frame || camera.k < SHRUNK * frame.k || camera.k > GROWN * frame.k) return false;
    if (openDiscs(discs, camera.k).some((flag, c) => flag !== frame.open[c])) return false;
    const [seen, painted] = [viewBox(camera, size), viewBox(frame.camera, frame)];
    const low = (side) => Math.max(seen[side], bounds[side]) >= painted[side] - 1e-6;
    const high = (side) => Math.min(seen[side], bounds[side]) <= painted[side] + 1e-6;
    return low("left") && low("top") && high("right") && high("bottom");
  }

  draw(pen, camera, { width, height, ratio }) {
    const then = this.#frame;
    const grown = camera.k / then.k;
    const x = ((then.camera.x - camera.x) * camera.k + width / 2 - (then.width * grown) / 2) * ratio;
    const y = ((then.camera.y - camera.y) * camera.k + height / 2 - (then.height * grown) / 2) * ratio;
    const whole = grown === 1 ? Math.round : (value) => value; // between two pixels it would blur
    pen.drawImage(this.#canvas, whole(x), whole(y), this.#canvas.width * grown, this.#canvas.height * grown);
  }
}

function viewBox(camera, { width, height }) {
  const [across, down] = [width / 2 / camera.k, height / 2 / camera.k];
  return { left: camera.x - across, right: camera.x + across, top: camera.y - down, bottom: camera.y + down };
}
