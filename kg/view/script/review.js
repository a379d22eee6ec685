import { createDecisions, decisionLines, doubtfulRows, verdictOn } from "./decided.js";
import { createDialog } from "./dialogs.js";
import { element, inDigits } from "./dom.js";
import { download, isBoxed } from "./exports.js";
import { isTyping } from "./keys.js";
import { button, chooseStatement, copyText, countOf } from "./parts.js";
import { createPairs, createVerdict, decisionItem } from "./verdicts.js";

// Puts into a page what makes decisions. The rest of the page knows nothing of it: beside what is shown of a row of evidence
// stands a fold that names the row, and there the buttons come.

const FILE = "decisions.jsonl";

// Decisions outlive a page that is closed by mistake; where the browser keeps nothing for a file, it asks before leaving.
function createMemory() {
  const key = `kg review ${document.title} ${location.pathname}`;
  return {
    load() {
      try {
        return JSON.parse(localStorage.getItem(key)) ?? {};
      } catch {
        return {};
      }
    },
    save(kept) {
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // see above
      }
    },
  };
}

// The bar at the bottom: how many decisions there are, who makes them, and the file of them.
function createBar(model, state, decisions, known) {
  const { body, open } = createDialog("decisions", "Decisions");
  const boxed = isBoxed();
  const rows = doubtfulRows(model);
  const isOpen = (row) => !decisions.on(verdictOn(model, row));
  let last = -1;
  const who = { type: "text", id: "who", autocomplete: "name", placeholder: "Your name", "aria-label": "Your name" };
  const name = element("input", who);
  name.value = known;
  const count = button("", open, { "aria-haspopup": "dialog" });
  const told = element("output", { class: "quiet" });
  const next = button("", showNext, { title: "The least sure first (n)" });
  const give = button(boxed ? `Copy ${FILE}` : `Download ${FILE}`, take);
  const clear = button("", () => (decisions.canRestore() ? decisions.restore() : decisions.clear()));
  const node = element("section", { id: "review", "aria-label": "Review" }, count, told, next, name, give, clear);

  // The statement of the next doubtful row that is open, and its buttons, which the observer adds before this is done.
  function showNext() {
    const place = rows.indexOf(last) + 1;
    last = [...rows.slice(place), ...rows.slice(0, place)].find(isOpen);
    chooseStatement(state, model.texts.evidence.statement[last]);
    queueMicrotask(() => document.querySelector(`#details .verdict[data-row="${last}"] button`)?.focus());
  }

  async function take() {
    const lines = decisionLines(decisions.all(), name.value);
    if (boxed) await copyText(lines, () => {});
    else download(new Blob([lines], { type: "application/jsonl" }), FILE);
    decisions.markSaved();
  }

  function render() {
    const made = decisions.all();
    const doubtful = rows.filter(isOpen).length;
    count.textContent = countOf(made.length, "decision");
    told.textContent = stateOf(made.length, decisions.isSaved(), boxed);
    next.textContent = doubtful ? `Next doubtful (${inDigits(doubtful)})` : "Nothing doubtful is left";
    next.disabled = !doubtful;
    count.disabled = give.disabled = !made.length;
    clear.disabled = !made.length && !decisions.canRestore();
    clear.textContent = decisions.canRestore() ? "Bring back" : "Clear";
    body.replaceChildren(element("ul", {}, ...made.map((each) => decisionItem(model, decisions, each))));
  }
  return { node, name, next, render };
}

function stateOf(count, saved, boxed) {
  if (!count) return "Accept or reject statements, merge entities, and take the file with you.";
  if (!saved) return `Not ${boxed ? "copied" : "downloaded"} yet`;
  return `${boxed ? "Copied" : "Downloaded"}. Then: kg decide import FILE, and kg build`;
}

function createShortcut(next) {
  const key = element("dt", {}, element("kbd", {}, "n"));
  const words = element("dd", {}, "the next doubtful statement; Enter accepts it, Tab and Enter reject it");
  document.querySelector("#help dl").append(key, words);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!document.querySelector("dialog[open], :popover-open")) next.click();
  });
}

// Puts the buttons beside what has come into the page, and gives them.
function equip(model, state, decisions) {
  const made = [];
  for (const fold of document.querySelectorAll('figure:not([data-verdict]) [data-fold^="how "]')) {
    const figure = fold.closest("figure");
    figure.dataset.verdict = "";
    const verdict = createVerdict(model, decisions, Number(fold.dataset.fold.slice(4)));
    if (!verdict) continue;
    fold.parentNode.append(verdict.node);
    made.push(verdict);
  }
  const actions = document.querySelector("#details article > .actions:not(.equipped)");
  if (actions && state.current.entity >= 0 && state.current.statement < 0) {
    const pairs = createPairs(model, decisions, state.current.entity);
    actions.classList.add("equipped");
    actions.after(pairs.node);
    made.push(pairs);
  }
  for (const { render } of made) render();
  return made;
}

function startReview({ model, state }) {
  const memory = createMemory();
  const kept = memory.load();
  const decisions = createDecisions(changed);
  const bar = createBar(model, state, decisions, kept.who ?? "");
  let views = [];

  function remember() {
    memory.save({ who: bar.name.value, made: decisions.isSaved() ? [] : decisions.all() });
  }
  function changed() {
    for (const { render } of views) render();
    bar.render();
    remember();
  }
  function look() {
    views = [...views.filter(({ node }) => node.isConnected), ...equip(model, state, decisions)];
  }

  document.body.append(bar.node);
  createShortcut(bar.next);
  for (const made of kept.made ?? []) decisions.add(made);
  bar.render();
  bar.name.addEventListener("change", remember);
  addEventListener("beforeunload", (event) => {
    if (decisions.isSaved()) return;
    event.preventDefault();
    event.returnValue = true; // for Chrome before 119
  });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}

new MutationObserver((_, observer) => {
  if (!document.documentElement.dataset.complete) return;
  observer.disconnect();
  startReview(window.kgPage);
}).observe(document.documentElement, { attributeFilter: ["data-complete"] });
