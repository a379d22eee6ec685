import { byId, element } from "./dom.js";
import { button } from "./parts.js";

// A modal dialog with a heading. Its keys stay its own, so that the shortcuts of the page sleep while it is open.
export function createDialog(id, title, closed = () => {}) {
  const heading = element("h2", { id: `${id}-title` }, title);
  const cross = button("×", () => dialog.close(), { class: "close", "aria-label": "Close" });
  const head = element("header", {}, cross, heading);
  const body = element("div", { class: "body" });
  const dialog = element("dialog", { id, "aria-labelledby": heading.id }, head, body);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    closed();
    if (!document.activeElement.checkVisibility() || document.activeElement === document.body) byId("details").focus(); // what had the focus may be gone
  });
  document.body.append(dialog);
  return {
    dialog,
    head,
    body,
    heading,
    open: () => dialog.open || dialog.showModal(),
    close: () => dialog.open && dialog.close(),
  };
}

// A section that the button `opener` of the toolbar opens and closes; `focus` is called where that button opened it.
function createSection(id, kind, title, opener, { shown = () => {}, closed = () => {}, focus = () => {} }) {
  const heading = element("h2", { id: `${id}-title` }, title);
  const cross = button("×", () => close(true), { class: "close", "aria-label": "Close" });
  const body = element("div", { class: "body" });
  const section = element("section", { id, class: kind, "aria-labelledby": heading.id }, cross, heading, body);
  const toggle = byId(opener);
  const isOpen = () => !section.hidden;

  function show(wanted) {
    section.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    shown(wanted);
  }

  function close(back = false) {
    if (!isOpen()) return false;
    show(false);
    closed();
    if (back) toggle.focus();
    return true;
  }

  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && close(true)) event.preventDefault();
  });
  toggle.addEventListener("click", () => {
    if (close()) return;
    show(true);
    focus();
  });
  byId("side").after(section);
  toggle.setAttribute("aria-controls", id);
  section.hidden = true;
  toggle.setAttribute("aria-expanded", "false");
  return { section, body, close, open: () => isOpen() || show(true), isOpen };
}

// A menu hangs below the toolbar until something else is pressed.
export function createMenu(id, title, opener, focus) {
  const menu = createSection(id, "menu", title, opener, { focus });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.section.contains(target) && !byId(opener).contains(target)) menu.close();
  });
  return menu;
}

let openCard = null;
export const closeCard = () => openCard?.close() ?? false;

// A card takes the place of the legend, or of another card, while it is open.
export function createCard(id, title, opener, { closed, focus }) {
  const shown = (wanted) => {
    const before = openCard;
    openCard = wanted ? card : before === card ? null : before;
    if (wanted) before?.close();
    byId("columns").classList.toggle("carded", openCard !== null);
    if (wanted) showLegend(false);
  };
  const card = createSection(id, "card", title, opener, { shown, closed, focus });
  return card;
}

// On a narrow page the legend lies over the rest, and only on demand.
export function showLegend(wanted) {
  byId("side").classList.toggle("open", wanted);
  byId("open-filters").setAttribute("aria-expanded", String(wanted));
}
