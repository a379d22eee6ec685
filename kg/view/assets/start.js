"use strict";
// The program of the page is packed, so that a page stays small; the page's policy knows its hash.
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("program").textContent), (letter) => letter.charCodeAt(0));
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  writer.write(packed);
  writer.close();
  const program = document.createElement("script");
  program.textContent = await new Response(readable).text();
  document.body.append(program);
})();
