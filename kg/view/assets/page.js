"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const byId = (id) => document.getElementById(id);
  const { entities, statements, documents, types, stances } = read("content");
  const looks = new Map(types.map((type) => [type.name, type]));
  const statementOf = new Map(statements.map((statement) => [statement.id, statement]));
  const baseNodes = read("nodes");
  const baseEdges = read("edges");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 900px)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const FACE = "system-ui, sans-serif";
  const DOT = 7; // radius of an entity in pixels of the screen, less when seen from afar
  const LARGER = { star: 1.4, diamond: 1.2, triangle: 1.1, triangleDown: 1.1 }; // for shapes that fill less
  const WRAP = 110; // a label of an entity is broken at so many pixels

  // What is chosen now; paint() and the panel follow from it.
  const state = {
    types: new Set(types.map((type) => type.name)),
    stances: new Set(["asserted"]),
    silent: false, // whether entities are drawn that no shown statement speaks of
    entity: null,
    statement: null,
    hovered: null,
  };

  // Everything that came from a document passes through here, and only as text.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "click") made.addEventListener("click", value);
      else if (value !== null && value !== false) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== "" && child !== false));
    return made;
  }

  const text = (name, content, attributes = {}) => element(name, { dir: "auto", ...attributes }, content);

  function swatch(type) {
    const look = looks.get(type);
    const made = element("span", { class: `swatch ${look.shape}`, "aria-hidden": "true" });
    made.style.backgroundColor = look.colour;
    return made;
  }

  // ---- the drawing

  const nodes = new vis.DataSet(baseNodes);
  const edges = new vis.DataSet(baseEdges);
  const graph = new vis.Network(byId("graph"), { nodes, edges }, JSON.parse(read("options")));

  function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    return { ground: colour("--ground"), text: colour("--text"), quiet: colour("--quiet"), edge: colour("--edge"), link: colour("--link") };
  }

  // Entities and statements in the light: the chosen ones with their neighbours, or all.
  function spotlight() {
    const chosen = state.entity || state.hovered;
    const focus = state.statement || !chosen || !visible(chosen) ? null : chosen;
    if (!focus && !state.statement) return null;
    const lit = { entities: new Set(), statements: new Set() };
    if (focus) lit.entities.add(focus);
    for (const edge of baseEdges) {
      if (!state.stances.has(statementOf.get(edge.id).stance) && edge.id !== state.statement) continue;
      const touched = focus ? edge.from === focus || edge.to === focus : edge.id === state.statement;
      if (touched) {
        lit.statements.add(edge.id);
        lit.entities.add(edge.from).add(edge.to);
      }
    }
    if (state.statement) lit.entities.add(statementOf.get(state.statement).s);
    return lit;
  }

  // Entities that a statement speaks of: one that is shown, or any.
  const told = (shown) => new Set(statements.filter(shown).flatMap(({ s, o }) => (o ? [s, o] : [s])));
  const toldAtAll = told(() => true);
  let toldNow = new Set();
  function count() {
    toldNow = told(({ id, stance }) => state.stances.has(stance) || id === state.statement);
    const silent = Object.keys(entities).length - toldNow.size;
    byId("silent").querySelector(".count").textContent = String(silent);
    byId("silent").hidden = !silent;
  }

  const visible = (id) => state.types.has(entities[id].type) && (state.silent || toldNow.has(id));
  const drawn = (edge) =>
    (state.stances.has(statementOf.get(edge.id).stance) || edge.id === state.statement) && visible(edge.from) && visible(edge.to);

  function paint() {
    count();
    const colours = palette();
    const lit = spotlight();
    const size = 1 / graph.getScale(); // labels keep their size on the screen, so that zooming makes room for more
    const dot = radius();
    const named = labelled(lit, size, dot);
    nodes.update(
      baseNodes.map((node) => {
        const bright = !lit || lit.entities.has(node.id);
        const chosen = node.id === state.entity;
        const border = chosen ? colours.text : colours.ground;
        const fill = { background: node.color, border };
        return {
          id: node.id,
          hidden: !visible(node.id),
          opacity: bright ? 1 : 0.18,
          color: { ...fill, highlight: fill, hover: { background: node.color, border: colours.text } },
          label: named.has(node.id) ? extent(node.label, 13, WRAP).text : " ",
          font: { ...font(13 * size, bright ? colours.text : faded(colours.text), colours.ground), vadjust: named.get(node.id) ?? 0 },
          borderWidth: chosen ? 3 : 1.5, // which vis-network itself keeps in pixels of the screen
          borderWidthSelected: 3,
          size: (chosen ? dot + 2 : dot) * (LARGER[node.shape] ?? 1) * size,
        };
      }),
    );
    edges.update(
      baseEdges.map((edge) => {
        const bright = !lit || lit.statements.has(edge.id);
        const strong = Boolean(lit) && bright;
        const line = strong ? colours.link : colours.edge;
        return {
          id: edge.id,
          hidden: !drawn(edge),
          label: named.has(edge.id) ? edge.label : " ",
          width: (strong ? 2 : 1.2) * size,
          color: { color: line, highlight: line, hover: colours.link, opacity: bright ? 1 : 0.15 },
          font: { ...font(11 * size, strong ? colours.text : colours.quiet, colours.ground), align: "horizontal" },
        };
      }),
    );
  }

  const radius = () => DOT * Math.min(1, Math.max(0.4, Math.sqrt(graph.getScale() / 0.5)));
  const font = (size, color, strokeColor) => ({ size, color, strokeColor, strokeWidth: size / 3, face: FACE });

  // Labels that fit without touching one another, and how far each is moved from its usual place below its dot:
  // the lit ones first, then entities with many statements.
  function labelled(lit, size, dot) {
    const places = graph.getPositions(Object.keys(entities)); // of hidden ones too, if asked for by name
    const degree = new Map(baseNodes.map((node) => [node.id, 0]));
    for (const { from, to } of baseEdges) for (const end of [from, to]) degree.set(end, degree.get(end) + 1);
    const wanted = [];
    for (const node of baseNodes.filter(({ id }) => visible(id))) {
      const { width, height } = extent(node.label, 13, WRAP);
      const { x, y } = places[node.id];
      const first = !lit || lit.entities.has(node.id) ? 0 : 2;
      if (first && !state.hovered) continue; // what is not about the choice stays without a name
      const [below, above] = [y + (dot + 3 + height / 2) * size, y - (dot + 2 + height / 2) * size];
      wanted.push({ id: node.id, first, weight: degree.get(node.id), x, y: below, others: [above], width, height });
    }
    for (const edge of baseEdges) {
      const strong = Boolean(lit) && lit.statements.has(edge.id);
      if (!drawn(edge) || !(lit ? strong : size < 1.2)) continue; // seen from afar, names need the room
      const { width, height } = extent(edge.label, 11, Infinity);
      wanted.push({ id: edge.id, first: 1, weight: 0, ...middle(edge, places), others: [], width, height });
    }
    wanted.sort((a, b) => a.first - b.first || b.weight - a.weight);
    const dots = baseNodes.filter((node) => visible(node.id)).map((node) => ({ ...places[node.id], width: 2 * dot, height: 2 * dot }));
    const most = byId("graph").clientWidth / 130;
    const kept = [];
    const rise = new Map();
    for (const [place, box] of wanted.entries()) {
      const clear = (y, others) =>
        others.every(
          (other) => Math.abs(box.x - other.x) * 2 > (box.width + other.width) * size || Math.abs(y - other.y) * 2 > (box.height + other.height) * size,
        );
      const free = (y) => clear(y, kept) && clear(y, dots);
      const chosen = box.id === state.entity || box.id === state.statement;
      // the most important names may cover a dot, and the chosen one anything
      const must = chosen || (place < most && box.first === 0 && clear(box.y, kept));
      const y = [box.y, ...box.others].find(free) ?? (must ? box.y : null);
      if (y === null) continue;
      kept.push({ ...box, y });
      rise.set(box.id, y - box.y);
    }
    return rise;
  }

  // A label broken where it is longer than `wrap` pixels, with its width and height.
  const pen = document.createElement("canvas").getContext("2d");
  const measured = new Map();
  function extent(label, size, wrap) {
    const key = `${size} ${label}`;
    if (!measured.has(key)) {
      pen.font = `${size}px ${FACE}`;
      const wide = (line) => pen.measureText(line).width;
      const lines = [""];
      for (const word of label.split(" ")) {
        const longer = `${lines.at(-1)} ${word}`.trim();
        if (lines.at(-1) && wide(longer) > wrap) lines.push(word);
        else lines[lines.length - 1] = longer;
      }
      const width = Math.max(...lines.map(wide)) + 6;
      measured.set(key, { text: lines.join("\n"), width, height: lines.length * size * 1.1 + 4 });
    }
    return measured.get(key);
  }

  // The middle of an edge, where its label stands; `roundness` turns the control point of its curve off the line.
  function middle(edge, places) {
    const [from, to] = [places[edge.from], places[edge.to]];
    if (edge.from === edge.to) return { x: from.x + edge.selfReference.size, y: from.y - edge.selfReference.size };
    const bow = edge.smooth.enabled ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
    const [turn, far] = [(bow * Math.PI) / 2, (Math.abs(bow) + 1) / 2];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const via = {
      x: from.x + far * (dx * Math.cos(turn) + dy * Math.sin(turn)),
      y: from.y + far * (dy * Math.cos(turn) - dx * Math.sin(turn)),
    };
    return { x: (from.x + to.x) / 4 + via.x / 2, y: (from.y + to.y) / 4 + via.y / 2 };
  }

  function faded(colour) {
    const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
    return `rgba(${red},${green},${blue},0.25)`;
  }

  const motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  // The details lie over the right of the drawing while something is chosen.
  const covered = () => (narrow.matches || byId("details").classList.contains("rest") ? 0 : byId("details").offsetWidth);

  // These entities with their labels, as large as the part of the drawing that is not covered allows.
  function frame(ids, most, animation = false) {
    const places = Object.values(graph.getPositions(ids));
    if (!places.length) return;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = byId("graph");
    const beside = Math.min(140, clientWidth * 0.2);
    const wide = Math.max(clientWidth - covered() - beside, 80) / Math.max(right - left, 1);
    const scale = Math.min(most, wide, Math.max(clientHeight - 130, 80) / Math.max(bottom - top, 1));
    const position = { x: (left + right) / 2 + covered() / 2 / scale, y: (top + bottom) / 2 + 22 / scale };
    graph.moveTo({ position, scale, animation });
  }

  // The chosen entity and its neighbours; one that is not drawn leaves the drawing as it is.
  function glide() {
    const lit = spotlight();
    if (lit) frame([...lit.entities].filter(visible), 1.3, motion());
    soon();
  }

  // The drawing moved aside where the details would lie over what was chosen in it.
  function uncover(ids) {
    const places = Object.values(graph.getPositions(ids.filter(visible))).map((place) => graph.canvasToDOM(place).x);
    const hidden = Math.max(...places) - (byId("graph").clientWidth - covered() - 80);
    if (!covered() || hidden <= 0) return;
    const { x, y } = graph.getViewPosition();
    graph.moveTo({ position: { x: x + hidden / graph.getScale(), y }, animation: motion() });
  }

  graph.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node) chooseEntity(node);
    else if (edge) chooseStatement(edge);
    else clear();
  });
  graph.on("dragEnd", ({ nodes: moved }) => moved.length && paint());
  graph.on("zoom", soon);
  graph.on("animationFinished", soon);
  graph.on("resize", soon);
  graph.on("hoverNode", ({ node }) => hover(node));
  graph.on("blurNode", () => hover(null));
  graph.on("hoverEdge", () => pointer("pointer"));
  graph.on("blurEdge", () => pointer(""));

  let waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(paint, 60);
  }

  function pointer(shape) {
    byId("graph").style.cursor = shape;
  }

  function hover(node) {
    pointer(node ? "pointer" : "");
    if (state.entity || state.statement) return;
    state.hovered = node;
    paint();
  }

  byId("zoom").addEventListener("click", ({ target }) => {
    const kind = target.dataset.zoom;
    if (kind === "fit") fit();
    else if (kind) graph.moveTo({ scale: graph.getScale() * (kind === "in" ? 1.3 : 1 / 1.3) });
    soon();
  });

  function fit() {
    count();
    frame(Object.keys(entities).filter(visible), 1.2);
    paint();
  }

  // ---- choosing

  function chooseEntity(id, { move = false } = {}) {
    Object.assign(state, { entity: id, statement: null, hovered: null });
    state.types.add(entities[id].type);
    ticks();
    paint();
    graph.selectNodes([id], false);
    show(entityPanel(id));
    if (move) glide();
    else uncover([id]);
    for (const button of byId("list").querySelectorAll("button")) {
      button.setAttribute("aria-current", String(button.dataset.id === id));
    }
  }

  function chooseStatement(id) {
    Object.assign(state, { entity: null, statement: id, hovered: null });
    paint();
    const statement = statementOf.get(id);
    graph.selectEdges([id]);
    show(statementPanel(statement));
    uncover([statement.s, statement.o]);
  }

  function clear() {
    Object.assign(state, { entity: null, statement: null, hovered: null });
    graph.unselectAll();
    paint();
    show(restPanel());
    for (const button of byId("list").querySelectorAll("[aria-current=true]")) button.removeAttribute("aria-current");
  }

  // ---- the panel

  function show(content) {
    const panel = byId("details");
    panel.replaceChildren(content);
    panel.classList.toggle("rest", !state.entity && !state.statement);
    panel.scrollTop = 0;
    if (narrow.matches && (state.entity || state.statement)) {
      panel.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    }
  }

  function restPanel() {
    return element(
      "div",
      {},
      element("p", {}, "Choose an entity or a statement to see where it is said."),
      element(
        "ul",
        {},
        element("li", {}, element("kbd", {}, "/"), " search, ", element("kbd", {}, "Enter"), " chooses the first match"),
        element("li", {}, element("kbd", {}, "Esc"), " clears"),
        element("li", {}, "Drag to move, wheel or pinch to zoom"),
      ),
    );
  }

  const closeButton = () => element("button", { type: "button", class: "close", "aria-label": "Close", click: clear }, "×");

  function entityButton(id) {
    const go = () => chooseEntity(id, { move: true });
    return element("button", { type: "button", class: "entity", click: go }, text("bdi", entities[id].label));
  }

  function entityPanel(id) {
    const entity = entities[id];
    const panel = element("article", {}, closeButton(), text("h2", entity.label));
    panel.append(element("p", { class: "kind" }, swatch(entity.type), text("span", entity.type)));
    if (entity.aliases.length) {
      panel.append(element("p", { class: "also" }, "Also ", ...joined(entity.aliases.map((alias) => text("bdi", alias)))));
    }
    const about = statements.filter((statement) => statement.s === id || statement.o === id);
    const facts = about.filter(({ stance }) => stance === "asserted");
    const values = inOrder(facts.filter((statement) => !statement.o));
    if (values.length) panel.append(element("div", { class: "values" }, ...values.map(valueView)));
    section(panel, "Facts", facts.filter(({ s, o }) => s === id && o), id);
    section(panel, "In facts about others", facts.filter(({ s }) => s !== id), id);
    section(panel, "Said, but not as a fact", about.filter(({ stance }) => stance !== "asserted"), id);
    if (!about.length) panel.append(...mentionsView(entity));
    panel.append(text("p", entity.iri, { class: "iri" }));
    return panel;
  }

  // By predicate, and then by what is said.
  function inOrder(found, id) {
    const other = ({ s, o, value }) => (o ? entities[s === id ? o : s].label : value);
    const incoming = ({ s }) => Number(s !== id);
    return [...found].sort(
      (a, b) =>
        incoming(a) - incoming(b) ||
        a.label.localeCompare(b.label, "en") ||
        a.predicate.localeCompare(b.predicate, "en") ||
        other(a).localeCompare(other(b), "en", { numeric: true }),
    );
  }

  // 71000000 EUR is easier to read as 71,000,000 EUR; a year is left alone.
  const grouped = (value) => value.replace(/^\d{5,15}(?=$|\.\d+ | [A-Z]{3}$)/, (digits) => Number(digits).toLocaleString("en"));

  // A value in one row; its sentences unfold below it.
  function valueView(statement, place, all) {
    const again = place > 0 && all[place - 1].predicate === statement.predicate;
    const name = again ? element("span") : text("span", statement.label, { class: "predicate", title: statement.predicate });
    const summary = element("summary", {}, name, text("span", grouped(statement.value), { class: "value" }));
    if (again) summary.setAttribute("aria-label", `${statement.label} ${statement.value}`);
    const size = statement.evidence.length + statement.more;
    if (size > 1) summary.append(element("span", { class: "count" }, `${size} sentences`));
    return element("details", {}, summary, ...statement.evidence.map(quoteView), unseen(statement.more));
  }

  function section(panel, title, found, id) {
    if (!found.length) return;
    panel.append(element("h3", {}, `${title} (${found.length})`));
    let heading = "";
    for (const statement of inOrder(found, id)) {
      const words = statement.s === id ? statement.label : `… ${statement.label} this`;
      if (words !== heading) panel.append(text("h4", words, { title: statement.predicate }));
      heading = words;
      panel.append(statementView(statement, id));
    }
  }

  function mentionsView({ mentions = [], more = 0 }) {
    const size = mentions.length + more;
    const title = element("h3", {}, size ? `Mentioned (${size})` : "Mentioned");
    const note = element("p", { class: "quiet" }, "No statement about it was found.");
    return [title, note, ...mentions.map((mention) => element("section", { class: "statement" }, quoteView(mention))), unseen(more)];
  }

  const unseen = (more) => (more ? element("p", { class: "quiet" }, `${more} more in the store`) : "");

  function statementPanel(statement) {
    const fact = element("p", { class: "fact" }, entityButton(statement.s), " ");
    fact.append(text("span", statement.label, { class: "predicate", title: statement.predicate }), " ");
    return element("article", {}, closeButton(), element("h2", {}, "Statement"), statementView(statement, null, Infinity, fact));
  }

  // What a statement says of the entity `id`, or after the words in `fact`, and its evidence.
  function statementView(statement, id, open = 1, fact = element("p", { class: "fact" })) {
    const other = id === null || statement.s === id ? statement.o : statement.s;
    fact.append(other ? entityButton(other) : text("span", grouped(statement.value), { class: "value" }));
    if (statement.stance !== "asserted") fact.append(element("span", { class: "stance" }, statement.stance));
    const quotes = statement.evidence.map(quoteView);
    const made = element("section", { class: "statement" }, fact, ...quotes.slice(0, open));
    const rest = quotes.slice(open);
    const size = rest.length + statement.more;
    if (rest.length) {
      const summary = element("summary", {}, `${size} more ${size === 1 ? "sentence" : "sentences"}`);
      made.append(element("details", {}, summary, ...rest, unseen(statement.more)));
    } else made.append(unseen(statement.more));
    return made;
  }

  function quoteView(evidence) {
    const sentence = text("blockquote", "");
    sentence.append(evidence.before || "", element("mark", {}, evidence.quote || ""), evidence.after || "");
    const source = documents[evidence.document || ""] || {};
    const parts = [text("cite", source.title || source.id || "unknown document", { title: source.source || null })];
    if (source.date) parts.push(source.date);
    if (evidence.speaker) parts.push(element("span", {}, "said by ", text("bdi", evidence.speaker)));
    if (evidence.time) parts.push(`in ${evidence.time}`);
    if (evidence.place) parts.push(text("bdi", evidence.place));
    if (evidence.confidence) parts.push(`confidence\u00a0${evidence.confidence}`);
    const caption = element("figcaption", {}, ...joined(parts, " · "));
    if (source.source && source.source !== source.title) caption.append(element("br"), text("span", source.source));
    return element("figure", {}, sentence, caption);
  }

  function joined(parts, between = ", ") {
    return parts.flatMap((part, place) => (place ? [between, part] : [part]));
  }

  // ---- search and list

  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = Object.entries(entities)
    .map(([id, entity]) => ({ id, names: [entity.label, ...entity.aliases].map((name) => ({ name, plain: plain(name) })) }))
    .sort((a, b) => a.names[0].plain.localeCompare(b.names[0].plain) || a.id.localeCompare(b.id, "en", { numeric: true }));

  // Lower is better: the whole name, its beginning, the beginning of a word, anywhere; the label before aliases.
  function rank(name, query, place) {
    const at = name.plain.indexOf(query);
    if (at < 0) return Infinity;
    const kind = name.plain === query ? 0 : at === 0 ? 1 : /[\p{L}\p{N}]/u.test(name.plain[at - 1]) ? 3 : 2;
    return kind * 2 + (place ? 1 : 0);
  }

  function matches(query) {
    if (!query) return index.map(({ id }) => ({ id, alias: "" }));
    return index
      .map(({ id, names }) => {
        const ranks = names.map((name, place) => rank(name, query, place));
        const best = Math.min(...ranks);
        return { id, best, alias: ranks.indexOf(best) > 0 ? names[ranks.indexOf(best)].name : "" };
      })
      .filter(({ best }) => best < Infinity)
      .sort((a, b) => a.best - b.best);
  }

  function list() {
    const query = plain(byId("search").value.trim());
    const found = matches(query);
    const silent = ({ id }) => !toldAtAll.has(id);
    // without a query, those that are only mentioned stand at the end
    const shown = query ? found : [...found.filter((match) => !silent(match)), ...found.filter(silent)];
    byId("list").replaceChildren(
      ...shown.map(({ id, alias }) => {
        const quiet = silent({ id });
        const name = element(
          "span",
          {},
          text("bdi", entities[id].label),
          alias && text("span", alias, { class: "alias" }),
          quiet && element("span", { class: "alias" }, "only mentioned"),
        );
        const go = () => chooseEntity(id, { move: true });
        const about = { type: "button", "data-id": id, "aria-current": id === state.entity ? "true" : null, class: quiet ? "silent" : null };
        return element("li", {}, element("button", { ...about, click: go }, swatch(entities[id].type), name));
      }),
    );
    byId("matches").textContent = query ? `${found.length} ${found.length === 1 ? "match" : "matches"}` : "";
    if (query) byId("browse").open = true;
    return found;
  }

  byId("search").addEventListener("input", list);
  byId("side").addEventListener("keydown", (event) => {
    const buttons = [...byId("list").querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    const searching = document.activeElement === byId("search");
    if (event.key === "Enter" && searching) {
      const [first] = list();
      if (first) chooseEntity(first.id, { move: true });
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (searching || place >= 0)) {
      const next = event.key === "ArrowDown" ? buttons[place + 1] : place > 0 ? buttons[place - 1] : byId("search");
      if (next) next.focus();
      event.preventDefault();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = document.activeElement === byId("search");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("search").focus();
      byId("search").select();
    } else if (event.key === "Escape") {
      byId("search").value = "";
      byId("search").blur();
      list();
      clear();
    }
  });

  // ---- filters, which are the legend too

  function filters(place, entries, chosen, sample) {
    for (const { name, count } of entries) {
      const box = element("input", { type: "checkbox", value: name });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(name);
        else chosen.delete(name);
        paint();
      });
      byId(place).append(element("label", {}, box, sample(name), text("span", name), element("span", { class: "count" }, String(count))));
    }
  }

  function ticks() {
    for (const [place, chosen] of [["types", state.types], ["stances", state.stances]]) {
      for (const box of byId(place).querySelectorAll("input")) box.checked = chosen.has(box.value);
    }
  }

  filters("types", types, state.types, swatch);
  filters("stances", stances, state.stances, (name) =>
    element("span", { class: name === "asserted" ? "line" : "line dashed", "aria-hidden": "true" }),
  );
  const silentBox = byId("silent").querySelector("input");
  silentBox.addEventListener("change", () => {
    state.silent = silentBox.checked;
    fit();
  });
  ticks();
  count();
  state.silent = !toldNow.size;
  silentBox.checked = state.silent;
  byId("browse").open = !narrow.matches;
  byId("filters").open = !narrow.matches;
  list();
  show(restPanel());
  fit();
  dark.addEventListener("change", paint);
})();
