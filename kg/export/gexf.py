"""GEXF 1.3 (https://gexf.net/), for Gephi: the network with counts, confidences and parallel edges.

Written here because networkx dates its files and takes an attribute named "start" or "viz" for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.export.network import network
from kg.export.rdfxml import xml_fields, xml_text
from kg.store import Store

if TYPE_CHECKING:
    from lxml import etree

GEXF = "http://gexf.net/1.3"
_TYPES = {int: "integer", float: "double", str: "string"}

Fields = dict[str, str | float]


def gexf(store: Store) -> dict[str, bytes]:
    """Entities and the facts between them, as graph.gexf; literal facts are attributes of their entity.

    The kind of an edge is its predicate, which keeps Gephi from adding up parallel edges.
    """
    from lxml import etree

    vertices, edges = network(store)
    nodes = [(xml_text(vertex.iri), xml_fields(vertex.fields())) for vertex in vertices]
    facts = [(edge, xml_fields(edge.fields())) for edge in edges if edge.kind == "entity"]
    root = etree.fromstring(f'<gexf xmlns="{GEXF}" version="1.3"/>')
    _add(_add(root, "meta", {}), "creator", {}).text = "evident-kg"
    graph = _add(root, "graph", {"defaultedgetype": "directed", "mode": "static", "idtype": "string"})
    of_node = _attributes(graph, "node", (fields for _, fields in nodes))
    of_edge = _attributes(graph, "edge", (fields for _, fields in facts))
    inside = _add(graph, "nodes", {})
    for iri, fields in nodes:
        _values(_add(inside, "node", {"id": iri, "label": str(fields.pop("label"))}), fields, of_node)
    inside = _add(graph, "edges", {})
    for number, (edge, fields) in enumerate(facts, start=1):
        ends = {"source": xml_text(edge.subject), "target": xml_text(edge.object)}
        named = {"kind": str(fields["predicate"]), "label": str(fields.pop("label"))}
        _values(_add(inside, "edge", {"id": f"f{number}", **ends, **named}), fields, of_edge)
    return {"graph.gexf": etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)}


def _attributes(graph: etree._Element, kind: str, rows: Iterable[Fields]) -> Mapping[str, str]:
    """Declare the attributes that occur; tells their ids by name."""
    types = {name: type(value) for fields in rows for name, value in fields.items() if name != "label"}
    declared = _add(graph, "attributes", {"class": kind, "mode": "static"})
    ids = {name: f"{kind[0]}{number}" for number, name in enumerate(types)}
    for name, identifier in ids.items():
        _add(declared, "attribute", {"id": identifier, "title": name, "type": _TYPES[types[name]]})
    return ids


def _values(element: etree._Element, fields: Fields, ids: Mapping[str, str]) -> None:
    values = _add(element, "attvalues", {})
    for name, value in fields.items():
        _add(values, "attvalue", {"for": ids[name], "value": str(value)})


def _add(parent: etree._Element, name: str, attributes: Mapping[str, str]) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{GEXF}}}{name}", dict(attributes))
