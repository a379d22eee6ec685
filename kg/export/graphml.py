"""GraphML (http://graphml.graphdrawing.org/), for Gephi, yEd, Cytoscape and networkx; written by networkx."""

from __future__ import annotations

import io

from kg.export.network import network
from kg.export.rdfxml import xml_fields
from kg.store import Store


def graphml(store: Store) -> dict[str, bytes]:
    """Entities and the facts between them, as graph.graphml; literal facts are attributes of their entity."""
    import networkx as nx

    vertices, edges = network(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for vertex in vertices:
        graph.add_node(vertex.iri, **xml_fields(vertex.fields()))
    between = (edge for edge in edges if edge.kind == "entity")
    for number, edge in enumerate(between, start=1):
        # The key becomes the id of the edge, which has to be unique in the whole file.
        graph.add_edge(edge.subject, edge.object, key=f"f{number}", **xml_fields(edge.fields()))
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    return {"graph.graphml": out.getvalue()}
