import { createNames, fromHash, toHash } from "./links.js";
import { shortestPaths } from "./route.js";

// Keeps the address and the state in step: a choice is a step of the history, the rest renews the one there is.
export function createAddress(model, state, shownOf) {
  const names = createNames(model);
  const first = fromHash(model, names, location.hash);
  let view = null;
  let camera = first.camera;
  let written = location.hash;
  let applying = false;
  let timer = 0;

  function write(push) {
    clearTimeout(timer);
    const hash = toHash(model, names, state.current, camera);
    if (!view || hash === written) return;
    written = hash;
    try {
      history[push ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
    } catch {
      // browsers refuse too many changes at a time, and any in some frames
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(write, 200);
  }

  function apply(change, ends) {
    applying = true;
    const [found] = ends ? shortestPaths(model, ...ends, shownOf(), 1) : [];
    state.set(found ? { ...change, path: found.entities, pathStatements: found.statements } : change);
    applying = false;
  }

  state.on((current, previous) => {
    if (applying || !view) return;
    if (current.entity >= 0 && current.entity !== previous.entity) write(true);
    else if (current.hover === previous.hover) soon();
  });

  addEventListener("hashchange", () => {
    if (location.hash === written || !view) return;
    written = location.hash;
    const asked = fromHash(model, names, written);
    apply(asked.state, asked.ends);
    camera = asked.camera;
    if (camera) view.setCamera(camera);
  });

  return {
    first,
    // Once the texts are there: what only they can tell. From now on the address is written.
    follow(drawing) {
      apply(fromHash(model, names, location.hash).late, first.ends);
      if (first.camera) drawing.setCamera(first.camera);
      else if (first.state.entity >= 0 && !first.ends) drawing.reveal(first.state.entity);
      view = drawing;
    },
    moved(now) {
      if (!view) return;
      camera = now;
      soon();
    },
  };
}
