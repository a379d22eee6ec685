"""GraphML (http://graphml.graphdrawing.org/), for Gephi, yEd, Cytoscape and networkx; written by networkx."""

from __future__ import annotations

import io

from kg.export.network import network
from kg.export.rdfxml import xml_text
from kg.store import Store

BETWEEN = " | "


def graphml(store: Store) -> dict[str, bytes]:
    """Entities and the facts between them, as graph.graphml; literal facts are attributes of their entity."""
    import networkx as nx

    vertices, edges = network(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for vertex in vertices:
        own = {"label": vertex.label, "type": vertex.type, "aliases": BETWEEN.join(vertex.aliases)}
        # An attribute named like one of our own gives way to it.
        literals = {name: BETWEEN.join(values) for name, values in vertex.attributes.items() if name not in own}
        graph.add_node(vertex.iri, **_clean({**own, **literals}))
    between = (edge for edge in edges if edge.kind == "entity")
    for number, edge in enumerate(between, start=1):
        attributes = {
            "predicate": edge.predicate,
            "label": edge.label,
            "documents": BETWEEN.join(edge.documents),
            "quote": edge.quote,
        }
        # The key becomes the id of the edge, which has to be unique in the whole file.
        graph.add_edge(edge.subject, edge.object, key=f"f{number}", **_clean(attributes))
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    return {"graph.graphml": out.getvalue()}


def _clean(attributes: dict[str, str]) -> dict[str, str]:
    return {xml_text(name): xml_text(value) for name, value in attributes.items()}
