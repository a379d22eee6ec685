const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// Characters that XML cannot hold are left out.
const escaped = (value) =>
  String(value)
    .replace(/[&<>"]/g, (c) => ESCAPES[c])
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
const short = (value) => String(Math.round(value * 100) / 100);

// Takes the drawing calls of a canvas, as far as the painters use them, and writes them as SVG.
export class SvgPen {
  parts = [];
  path = "";
  dash = "";
  globalAlpha = 1;

  beginPath() {
    this.path = "";
  }
  add(command, ...values) {
    this.path += command + values.map(short).join(" ");
  }
  moveTo(...at) {
    this.add("M", ...at);
  }
  lineTo(...at) {
    this.add("L", ...at);
  }
  quadraticCurveTo(...at) {
    this.add("Q", ...at);
  }
  bezierCurveTo(...at) {
    this.add("C", ...at);
  }
  closePath() {
    this.add("Z");
  }
  // Only whole circles are ever drawn.
  arc(x, y, r) {
    this.add("M", x + r, y);
    this.add("a", r, r, 0, 1, 0, -2 * r, 0);
    this.add("a", r, r, 0, 1, 0, 2 * r, 0);
  }
  setLineDash(lengths) {
    this.dash = lengths.join(" ");
  }
  fill() {
    if (this.path) this.write("path", { d: this.path, fill: this.fillStyle });
  }
  stroke() {
    const dash = this.dash && { "stroke-dasharray": this.dash };
    if (this.path) this.write("path", { d: this.path, fill: "none", ...this.line(), ...dash });
  }
  fillRect(x, y, width, height) {
    this.write("rect", { x: short(x), y: short(y), width: short(width), height: short(height), fill: this.fillStyle });
  }
  // The halo of a text is part of it, so that it stands in the file once.
  strokeText() {}
  // The start of a text that runs from right to left is its right end.
  fillText(text, x, y) {
    const [, weight = "400", size, face] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font);
    const ends = this.direction === "rtl" ? ["end", "start"] : ["start", "end"];
    const anchor = { left: ends[0], center: "middle", right: ends[1] }[this.textAlign];
    const font = { "font-family": face, "font-size": size, "font-weight": weight, "text-anchor": anchor };
    const place = { x: short(x), y: short(y), dy: "0.36em", direction: this.direction, "paint-order": "stroke" };
    this.write("text", { ...place, ...font, fill: this.fillStyle, ...this.line() }, text);
  }
  line() {
    return { stroke: this.strokeStyle, "stroke-width": short(this.lineWidth), "stroke-linejoin": "round" };
  }
  write(name, attributes, text = "") {
    const all = this.globalAlpha < 1 ? { ...attributes, opacity: short(this.globalAlpha) } : attributes;
    const written = Object.entries(all).map(([key, value]) => ` ${key}="${escaped(value)}"`);
    this.parts.push(`<${name}${written.join("")}>${escaped(text)}</${name}>`);
  }
  markup(width, height) {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}
