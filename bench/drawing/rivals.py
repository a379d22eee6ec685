"""The same graphs as pages of pyvis: as it makes them by default, and with positions and without physics.

Both are made to work offline: what pyvis inlines is inlined, and its links to a network are taken out.
"""

from __future__ import annotations

import math
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drawing.synthetic import Graph

REMOTE = re.compile(r"<(?:link|script)\b[^>]*\b(?:href|src)=\"https?:[^>]*>(?:\s*</script>)?", re.DOTALL)
# When the page is drawn: without physics vis draws as it is made, with physics once it has come to rest.
TELLING = """<script>
{
  const drawn = () => requestAnimationFrame(() => {
    document.documentElement.dataset.ready = "true";
  });
  if (%s) network.once("stabilizationIterationsDone", () => network.once("afterDrawing", drawn));
  else drawn();
}
</script>
</body>"""


def write_default(graph: Graph, path: Path) -> None:
    """The page as pyvis makes it when nothing is set but its nodes and edges."""
    _write(_network(graph), path, settled=True)


def write_fixed(graph: Graph, path: Path) -> None:
    """The page with a position for each node, without physics, and with straight edges: as fast as vis can be."""
    net = _network(graph)
    for node, (x, y) in zip(net.nodes, positions(graph), strict=True):
        node.update(x=x, y=y)
    net.toggle_physics(False)
    net.options.edges.smooth.enabled = False
    _write(net, path, settled=False)


def positions(graph: Graph, seed: int = 1) -> list[tuple[int, int]]:
    """A place for each entity: communities in rings around the largest, their entities around their middle."""
    chance = random.Random(seed)
    reach = 30 * math.sqrt(len(graph.entities))
    found = []
    for entity in graph.entities:
        turn, far = entity.community * 2.4, reach * math.sqrt(entity.community / 10)
        spread = reach / 4
        found.append(
            (
                round(far * math.cos(turn) + chance.gauss(0, spread)),
                round(far * math.sin(turn) + chance.gauss(0, spread)),
            )
        )
    return found


def _network(graph: Graph) -> Any:
    from pyvis.network import Edge, Network

    net = Network(directed=True, cdn_resources="in_line")
    for number, entity in enumerate(graph.entities):
        net.add_node(number, label=entity.label, title=entity.type)
    # add_edge looks through all nodes for each edge; the outcome is the same.
    net.edges.extend(Edge(s, o, True, title=predicate).options for s, o, predicate in graph.links())
    return net


def _write(net: Any, path: Path, *, settled: bool) -> None:
    text = REMOTE.sub("", net.generate_html())
    head, _, tail = text.rpartition("</body>")
    path.write_text(head + TELLING % str(settled).lower() + tail, encoding="utf-8")
