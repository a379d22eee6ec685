import assert from "node:assert/strict";
import { test } from "node:test";
import { SvgPen } from "../../kg/view/script/picture.js";

function written(text, more = {}) {
  const pen = new SvgPen();
  const plain = {
    font: "600 13px Sans",
    fillStyle: "#111111",
    strokeStyle: "#ffffff",
    lineWidth: 4,
    textAlign: "left",
  };
  Object.assign(pen, plain, { direction: "ltr" }, more);
  pen.strokeText(text, 1, 2);
  pen.fillText(text, 1, 2);
  return pen.markup(100, 50);
}

test("text stays text", () => {
  const svg = written('</text><script>alert("x")</script>&\u0000\u0001');
  assert.ok(svg.includes("&lt;/text&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;<"));
  assert.ok(!svg.includes("<script") && !svg.includes("\u0000") && !svg.includes("\u0001"));
  assert.equal(svg.match(/<text /g).length, 1);
  assert.ok(svg.includes('font-size="13" font-weight="600"'));
});

test("text from right to left is anchored at its other end", () => {
  assert.ok(written("x").includes('text-anchor="start"'));
  assert.ok(written("שלום", { direction: "rtl" }).includes('text-anchor="end"'));
});

test("paths, circles and dashes are written", () => {
  const pen = new SvgPen();
  Object.assign(pen, { strokeStyle: "#123456", fillStyle: "#654321", lineWidth: 1.234, globalAlpha: 0.5 });
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(10.005, 5);
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.beginPath();
  pen.fill();
  pen.arc(10, 10, 3);
  pen.fill();
  const svg = pen.markup(20, 20);
  assert.ok(svg.includes('stroke-width="1.23" stroke-linejoin="round" stroke-dasharray="5 4" opacity="0.5"'));
  assert.ok(svg.includes('<path d="M13 10a3 3 0 1 0 -6 0a3 3 0 1 0 6 0" fill="#654321" opacity="0.5">'));
  assert.equal(svg.match(/<path/g).length, 2);
});
