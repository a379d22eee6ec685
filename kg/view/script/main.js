import { createActions } from "./actions.js";
import { createAddress } from "./address.js";
import { createCombobox } from "./combobox.js";
import { addTexts, createModel, readBlock, wholePage } from "./data.js";
import { createDetails } from "./details.js";
import { closeCard, showLegend } from "./dialogs.js";
import { byId } from "./dom.js";
import { createExports } from "./exports.js";
import { createFilters } from "./filters.js";
import { createKeys } from "./keys.js";
import { chooseEntity } from "./parts.js";
import { createPathFinder } from "./path.js";
import { createQueries } from "./queries.js";
import { createReader } from "./reader.js";
import { createView } from "./scene.js";
import { createState, RELEASED } from "./state.js";
import { createTable } from "./table.js";
import { createTheme, palette, rememberedTheme } from "./theme.js";
import { createShown, spotlight } from "./visible.js";

// On a narrow page the details grow where something is chosen, and the drawing gives way: true where it did.
function makeRoom(view, { entity, statement, community }) {
  const before = byId("graph").clientHeight;
  document.body.classList.toggle("chosen", Math.max(entity, statement, community) >= 0);
  view.resize();
  return byId("graph").clientHeight !== before;
}

// The drawing follows what is chosen elsewhere: in the search, the details, a path or an address.
function follow(model, view, current, previous) {
  const { entity, statement, path, query } = current;
  if (path && path !== previous.path) view.fit(path, true);
  else if (query >= 0 && query !== previous.query) view.fit(model.queries[query].entities, true);
  else if (entity >= 0 && entity !== previous.entity) view.reveal(entity);
  else if (statement >= 0 && statement !== previous.statement) view.reveal(model.s[statement]);
}

function createDrawing(model, state, shownOf, actions, address) {
  let inDrawing = false; // what is clicked in the drawing stays where it is
  const view = createView(byId("graph"), model, {
    hover: (entity) => entity !== state.current.hover && state.set({ hover: entity }),
    choose({ entity = -1, statement = -1, community = -1 }) {
      inDrawing = true;
      state.set({ ...RELEASED, entity, statement, community });
      inDrawing = false;
    },
    open: (what) => actions.open(view, what),
    moved: address.moved,
  });
  const update = (current) => view.update(shownOf(), spotlight(model, current, shownOf()), current);
  view.setPalette(palette(model.types));
  update(state.current);
  makeRoom(view, state.current);
  new ResizeObserver(() => view.resize()).observe(byId("graph"));
  state.on((current, previous) => {
    update(current);
    if (current.hover >= 0 && current.hover !== previous.hover) return;
    if (makeRoom(view, current) || !inDrawing) follow(model, view, current, previous);
  });
  for (const button of byId("zoom").children) {
    const { zoom } = button.dataset;
    button.addEventListener("click", () =>
      zoom === "fit" ? view.fit(null, true) : view.zoomBy(zoom === "in" ? 1.3 : 1 / 1.3),
    );
  }
  return view;
}

function createSearch(model, state) {
  const input = byId("search");
  const take = (entity) => {
    input.value = "";
    byId("graph").focus();
    chooseEntity(state, entity);
  };
  createCombobox(model, input, "matches", "Matches", { take });
}

function followTheme(model, state, view) {
  const render = createTheme(model, state, view);
  state.on((current, previous) => current.theme !== previous.theme && render(current));
  render(state.current);
}

// Legend, filters and details, written anew only where they would read differently.
function createPanels(model, state, shownOf, view) {
  const filters = createFilters(model, state);
  const details = createDetails(model, state, shownOf, (entities) => view.fit(entities, true));
  byId("open-filters").addEventListener("click", () => {
    const open = byId("side").classList.contains("open");
    closeCard();
    showLegend(!open);
  });
  let last = [];
  function render(current) {
    const now = [shownOf(), model.texts];
    if (now.some((value, i) => value !== last[i])) filters.render(current, shownOf());
    details.render(current);
    last = now;
  }
  state.on(render);
  return { render, fill: filters.fill };
}

async function addRest(model, state, shownOf, view) {
  await wholePage();
  const [texts, queries] = await Promise.all([readBlock("texts"), readBlock("queries")]);
  addTexts(model, texts ?? {});
  model.queries = queries ?? [];
  createReader(model, state);
  createPathFinder(model, state, shownOf);
  createQueries(model, state);
  createTable(model, state, shownOf);
  createExports(model, state, view, shownOf);
}

async function start() {
  const model = createModel(await readBlock("graph"));
  const state = createState(model);
  const shownOf = createShown(model, state);
  const address = createAddress(model, state, shownOf);
  state.set({ ...address.first.state, theme: rememberedTheme() });
  const actions = createActions(model, state, shownOf);
  const view = createDrawing(model, state, shownOf, actions, address);
  createSearch(model, state);
  createKeys(view, state, actions);
  followTheme(model, state, view);
  window.kgPage = { model, state, view, shown: shownOf };
  if (shownOf().entityCount) await view.ready;
  document.documentElement.dataset.ready = "true";
  await new Promise((done) => setTimeout(done)); // the drawing is seen before the legend is made
  const panels = createPanels(model, state, shownOf, view);
  panels.render(state.current);
  await addRest(model, state, shownOf, view);
  panels.fill();
  panels.render(state.current);
  address.follow(view);
  document.documentElement.dataset.complete = "true";
}

start();
