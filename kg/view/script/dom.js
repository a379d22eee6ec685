// Everything that came from a document passes through here, and only as text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on:")) made.addEventListener(key.slice(3), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return made;
}

export function text(name, content, attributes = {}) {
  return element(name, { dir: "auto", ...attributes }, String(content));
}

export function byId(id) {
  return document.getElementById(id);
}

// The sample of a type in legends and lists: its shape in its colour.
export function swatch(type) {
  const made = element("span", { class: `swatch ${type.shape}`, "aria-hidden": "true" });
  made.style.backgroundColor = type.colour;
  return made;
}

const NUMBERS = new Intl.NumberFormat("en"); // made once: toLocaleString makes one each time

export const inDigits = (number) => NUMBERS.format(number);
