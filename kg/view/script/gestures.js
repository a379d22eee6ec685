const SLOP = 4; // pixels that a press may move and still be a click
const DOUBLE = 350; // milliseconds between the clicks of a double click

// Turns pointers and the wheel into pan(dx, dy), zoom(x, y, factor), hover(x, y), leave(), press(x, y) and open().
export function attachGestures(canvas, to) {
  const pointers = new Map();
  let moved = false;
  let last = { time: -Infinity, x: 0, y: 0 };
  canvas.style.touchAction = "none";
  const at = (event) => ({ x: event.offsetX, y: event.offsetY });

  function down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    moved = pointers.size > 0; // a second finger makes it a pinch
    pointers.set(event.pointerId, { ...at(event), from: at(event) });
  }

  function move(event) {
    const point = at(event);
    const held = pointers.get(event.pointerId);
    if (!held) {
      if (event.pointerType !== "touch") to.hover(point.x, point.y);
      return;
    }
    if (!moved && Math.hypot(point.x - held.from.x, point.y - held.from.y) < SLOP) return;
    if (!moved) canvas.style.cursor = "grabbing";
    moved = true;
    if (pointers.size === 1) to.pan(point.x - held.x, point.y - held.y);
    else pinch(event.pointerId, held, point);
    Object.assign(held, point);
  }

  function pinch(id, held, point) {
    const other = [...pointers].find(([key]) => key !== id)[1];
    const before = Math.hypot(held.x - other.x, held.y - other.y);
    const after = Math.hypot(point.x - other.x, point.y - other.y);
    to.pan((point.x - held.x) / 2, (point.y - held.y) / 2);
    if (before > 10 && after > 10) to.zoom((point.x + other.x) / 2, (point.y + other.y) / 2, after / before);
  }

  function up(event) {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    canvas.style.cursor = "";
    if (moved || event.type === "pointercancel") return;
    const { x, y } = at(event);
    const again = event.timeStamp - last.time < DOUBLE && Math.hypot(x - last.x, y - last.y) < 3 * SLOP;
    last = { time: again ? -Infinity : event.timeStamp, x, y };
    if (again) to.open();
    else to.press(x, y);
  }

  function wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 100 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0016; // a pinch on a touchpad comes as a wheel with Ctrl
    to.zoom(event.offsetX, event.offsetY, Math.exp(-Math.max(-400, Math.min(400, event.deltaY * lines)) * speed));
  }

  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => pointers.size || to.leave());
  canvas.addEventListener("wheel", wheel, { passive: false });
}
