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

let openCard = null;
export const closeCard = () => openCard?.close();

// A card takes the place of the legend, or of another card, while it is open. The button `opener` opens and closes it;
// `focus` is called where that button opened it.
export function createCard(id, title, opener, { closed, focus }) {
  const heading = element("h2", { id: `${id}-title` }, title);
  const cross = button("×", () => close(true), { class: "close", "aria-label": "Close" });
  const body = element("div", { class: "body" });
  const about = { id, class: "card", "aria-labelledby": heading.id, hidden: true };
  const section = element("section", about, cross, heading, body);
  const toggle = byId(opener);
  const card = { body, open, close, isOpen: () => openCard === card };

  function show(next) {
    const last = openCard;
    openCard = next;
    section.hidden = next !== card;
    toggle.setAttribute("aria-expanded", String(next === card));
    if (next === card) last?.close();
    byId("columns").classList.toggle("carded", openCard !== null);
    showLegend(false);
  }

  function open() {
    if (section.hidden) show(card);
  }

  function close(back = false) {
    if (section.hidden) return;
    show(openCard === card ? null : openCard);
    closed();
    if (back) toggle.focus();
  }

  section.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close(true);
  });
  toggle.addEventListener("click", () => {
    if (card.isOpen()) return close();
    open();
    focus();
  });
  toggle.setAttribute("aria-controls", id);
  toggle.setAttribute("aria-expanded", "false");
  byId("side").after(section);
  return card;
}

// On a narrow page the legend lies over the rest, and only on demand.
export function showLegend(wanted) {
  byId("side").classList.toggle("open", wanted);
  byId("open-filters").setAttribute("aria-expanded", String(wanted));
}
