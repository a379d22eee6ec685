import { byId } from "./dom.js";

const COLOURS = ["ground", "raised", "text", "quiet", "line", "edge", "link", "mark", "warn"];

// The colours of the page as the drawing needs them.
export function palette(types = []) {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...colours, types: types.map((type) => type.colour) };
}

const SIGNS = { auto: "◐", light: "○", dark: "●" };
const THEMES = Object.keys(SIGNS);

export function applyTheme(name) {
  const root = document.documentElement;
  if (name === "auto") delete root.dataset.theme;
  else root.dataset.theme = name;
}

// The last choice of theme; some browsers keep nothing for a page that is a file.
export function rememberedTheme() {
  try {
    return THEMES.find((name) => name === localStorage.getItem("theme")) ?? "auto";
  } catch {
    return "auto";
  }
}

function remember(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // then it holds until the page is left
  }
}

export function createTheme(model, state, view) {
  const button = byId("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => view.setPalette(palette(model.types));
  button.addEventListener("click", () => {
    const theme = THEMES[(THEMES.indexOf(state.current.theme) + 1) % THEMES.length];
    remember(theme);
    state.set({ theme });
  });
  dark.addEventListener("change", paint);
  return function render({ theme }) {
    applyTheme(theme);
    button.textContent = SIGNS[theme];
    button.setAttribute("aria-label", `Theme: ${theme}`);
    button.title = `Theme: ${theme}`;
    paint();
  };
}
