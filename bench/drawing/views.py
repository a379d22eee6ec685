"""The views of a large page in which frames are counted: as it opens, opened as far as can be, and all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The camera that sees most entities, over all zooms at which a community opens; those of closed ones are not drawn.
MOST = """() => {
  const { model, view } = kgPage;
  const { clientWidth, clientHeight } = document.querySelector("#graph");
  let best = { count: 0 };
  for (const { r } of model.communities) {
    const k = 150 / r;
    const opens = model.communities.map((one) => one.r * k > 140);
    for (const { x, y } of model.communities) {
      let count = 0;
      for (let i = 0; i < model.n; i++) {
        const c = model.community[i];
        const near = Math.abs(model.x[i] - x) * k * 2 < clientWidth && Math.abs(model.y[i] - y) * k * 2 < clientHeight;
        if (near && c >= 0 && opens[c]) count += 1;
      }
      if (count > best.count) best = { x, y, k, count };
    }
  }
  view.setCamera(best);
  return best.count;
}"""

# Without communities there is nothing to stand for the entities, and all of them are drawn.
ALL = """() => {
  const { model, state } = kgPage;
  model.communities.length = 0;
  state.set({ silent: true });
  return model.n;
}"""


def _by(script: str) -> Callable[[Page], int]:
    return lambda page: int(page.evaluate(script))


VIEWS: dict[str, Callable[[Page], int]] = {
    "as it opens": lambda _: 0,
    "communities opened": _by(MOST),
    "everything at once": _by(ALL),
}
