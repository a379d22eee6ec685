"""The store as a networkx graph: entities are nodes, statements between them are edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode

from kg.rdf.namespaces import local_name
from kg.view.citations import LiteralStatement, Record
from kg.view.overview import Overview, overview
from kg.view.records import DOCUMENT, RDF_TYPE, Reader
from kg.view.selection import WHOLE, Selection, candidates, within
from kg.view.shown import stance_rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import pyoxigraph as ox

    from kg.view.citations import Citation

    Found = list[tuple[Record, list[Citation]]]


class Readable(Protocol):
    """What is read of a `kg.store.Store`, so that quads in memory will do as well."""

    @property
    def quads(self) -> ox.Store:
        """The quads, as `kg.rdf` assembles them."""


def network(store: Readable, selection: Selection = WHOLE, *, limit: int | None = None) -> nx.MultiDiGraph[str]:
    """The graph of a store, or a part of it.

    limit: at most so many entities, those nearest to the focus and then those of highest degree.

    Nodes are IRIs with the attributes iri, label, type (local name), class_iri, class_label, aliases (list), literals
    (list of LiteralStatement) and mentions (list of Mention; in large graphs only where nothing else is said). Edges
    have predicate (IRI), label, stance and evidence (list of Citation), and one edge stands for all evidence of one
    statement with one stance. Graph attributes: entities, facts, documents and left_out (counts), selection, and
    triples (those of the default graph).
    Raises UsageError for what the graph does not know.
    """
    import networkx as nx

    reader = Reader(store.quads)
    if selection.focus is None and not selection.documents:
        reader.read_all()
    about = overview(store.quads)
    inside = within(reader, selection.documents)
    distance = candidates(reader, about, selection, inside)
    statements = _statements(reader, about, selection, set(distance), inside)
    if selection.stances:
        spoken = {end for record, _ in statements for end in (record.subject, record.object)}
        distance = {node: hops for node, hops in distance.items() if node in spoken}
    ranked = sorted(distance, key=lambda node: (distance[node], -about.degree[node], node.value))
    kept = ranked if limit is None or within_limit(len(ranked), limit) else ranked[:limit]

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _add_entities(graph, reader, about, kept)
    for record, evidence in statements:
        _add(graph, reader, about, record, evidence)
    for iri, node in graph.nodes(data=True):
        wanted = not reader.many_mentions or not _spoken_of(graph, iri)
        node["mentions"] = reader.mentions(NamedNode(iri), inside) if wanted else []
    part = {e.document for _, found in statements for e in found}
    graph.graph.update(
        entities=len(ranked),
        facts=about.facts if selection.whole else sum(record.stance == "asserted" for record, _ in statements),
        documents=len(part) if selection.focus is not None or selection.documents else _documents(store.quads),
        left_out=len(ranked) - len(kept),
        selection=selection,
        triples=about.triples,
    )
    return graph


def within_limit(count: int, limit: int) -> bool:
    """Whether so many entities may all be shown: nothing is left out for a handful too many."""
    return count <= limit + limit // 10


def _spoken_of(graph: nx.MultiDiGraph[str], node: str) -> bool:
    """Whether a statement of the graph, with whatever stance, speaks of the entity."""
    return bool(graph.degree(node) or graph.nodes[node]["literals"])


def _add_entities(graph: nx.MultiDiGraph[str], reader: Reader, about: Overview, kept: Iterable[NamedNode]) -> None:
    for node in sorted(kept, key=lambda node: node.value):
        label = about.labels.get(node) or local_name(node.value)
        class_ = about.types[node]
        graph.add_node(
            node.value,
            iri=node.value,
            label=label,
            type=local_name(class_.value),
            class_iri=class_.value,
            class_label=reader.label(class_),
            aliases=sorted(about.names.get(node, set()) - {label}),
            literals=[],
        )


def _documents(quads: ox.Store) -> int:
    return len({quad.subject for quad in quads.quads_for_pattern(None, RDF_TYPE, DOCUMENT, None)})


def _statements(
    reader: Reader, about: Overview, selection: Selection, kept: set[NamedNode], inside: set[NamedNode] | None
) -> Found:
    """The statements between kept entities, and those with values, each once with all its evidence."""
    grouped: dict[tuple[str, str, str, str], tuple[Record, list[Citation]]] = {}
    for node in reader.records_of(kept):
        if inside is not None and node not in inside:
            continue
        record = reader.record(node)
        if record is None or (selection.stances and record.stance not in selection.stances):
            continue
        if record.object in about.types and record.object not in kept:
            continue
        key = (record.subject.value, str(record.object), record.predicate.value, record.stance)
        grouped.setdefault(key, (record, []))[1].append(record.citation)
    ordered = sorted(grouped.items(), key=lambda item: (*item[0][:3], stance_rank(item[0][3])))
    return [(record, sorted(evidence, key=lambda citation: citation.order())) for _, (record, evidence) in ordered]


def _add(
    graph: nx.MultiDiGraph[str], reader: Reader, about: Overview, record: Record, evidence: list[Citation]
) -> None:
    """An edge where both ends are shown; a literal of the subject where the object is no entity."""
    predicate, label = record.predicate.value, reader.label(record.predicate)
    subject, object_ = record.subject.value, record.object
    if subject not in graph:
        return
    if isinstance(object_, NamedNode) and object_ in about.types:
        if object_.value in graph:
            key = f"{predicate} {record.stance}"
            graph.add_edge(
                subject, object_.value, key, predicate=predicate, label=label, stance=record.stance, evidence=evidence
            )
        return
    value = reader.label(object_) if isinstance(object_, NamedNode) else getattr(object_, "value", str(object_))
    literal = LiteralStatement(predicate, label, value, record.stance, tuple(evidence), object_)
    graph.nodes[subject]["literals"].append(literal)
