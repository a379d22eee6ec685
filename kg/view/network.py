"""The store as a networkx graph: entities are nodes, statements between them are edges."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import UsageError
from kg.model import STANCES
from kg.rdf.namespaces import DCTERMS, FOAF, SCHEMA, SKOS, local_name
from kg.view.records import (
    IDENTIFIER,
    LABEL,
    RDF_OBJECT,
    RDF_TYPE,
    REFERS_TO,
    LiteralStatement,
    Reader,
    Record,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import pyoxigraph as ox

    from kg.view.records import Citation

AMOUNT = NamedNode(SCHEMA + "MonetaryAmount")
DOCUMENT = NamedNode(FOAF + "Document")
NAMES = frozenset({LABEL.value, SKOS + "prefLabel", SKOS + "altLabel"})
NO_FACTS = NAMES | {RDF_TYPE.value, SCHEMA + "value", SCHEMA + "currency", DCTERMS + "isReplacedBy"}


class Readable(Protocol):
    """What is read of a `kg.store.Store`, so that quads in memory will do as well."""

    @property
    def quads(self) -> ox.Store:
        """The quads, as `kg.rdf` assembles them."""


@dataclass
class _Overview:
    """The default graph in one pass: entities with their types, names and degrees."""

    types: dict[NamedNode, NamedNode] = field(default_factory=dict)
    labels: dict[NamedNode, str] = field(default_factory=dict)
    names: dict[NamedNode, set[str]] = field(default_factory=dict)
    degree: Counter[NamedNode] = field(default_factory=Counter)
    facts: int = 0


def network(
    store: Readable, *, focus: str | None = None, hops: int = 1, document: str | None = None, limit: int | None = None
) -> nx.MultiDiGraph[str]:
    """The graph of a store, or a part of it.

    focus: the IRI, the label or an alias of an entity; only what lies within `hops` statements of it is kept.
    document: the id of a document; only what it mentions and says is kept.
    limit: at most so many entities, those nearest to the focus and then those of highest degree.

    Nodes are IRIs with the attributes iri, label, type (local name), aliases (list), literals (list of
    LiteralStatement) and, where no statement of the graph speaks of them, mentions (list of Mention). Edges have
    predicate (IRI), label, stance and evidence (list of Citation), and one edge stands for all evidence of one
    statement with one stance. Graph attributes: entities, facts, documents and left_out (counts), and focus and
    document as given. Raises UsageError for an unknown focus or document.
    """
    import networkx as nx

    reader = Reader(store.quads)
    overview = _overview(store.quads)
    within = None if document is None else set(reader.in_document(_document(reader, document)))
    distance = _candidates(reader, overview, within, focus, hops)
    ranked = sorted(distance, key=lambda node: (distance[node], -overview.degree[node], node.value))
    kept = ranked if limit is None or within_limit(len(ranked), limit) else ranked[:limit]

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    statements = _statements(reader, overview, set(kept), within)
    for node in sorted(kept, key=lambda node: node.value):
        label = overview.labels.get(node) or local_name(node.value)
        graph.add_node(
            node.value,
            iri=node.value,
            label=label,
            type=local_name(overview.types[node].value),
            aliases=sorted(overview.names.get(node, set()) - {label}),
            literals=[],
        )
    for record, evidence in statements:
        _add(graph, reader, record, evidence)
    for iri, about in graph.nodes(data=True):
        about["mentions"] = [] if spoken_of(graph, iri) else reader.mentions(NamedNode(iri), within)
    whole = within is None and focus is None
    graph.graph.update(
        entities=len(ranked),
        facts=overview.facts if whole else sum(record.stance == "asserted" for record, _ in statements),
        documents=_documents(store.quads) if whole else len({e.document for _, found in statements for e in found}),
        left_out=len(ranked) - len(kept),
        focus=focus,
        document=document,
    )
    return graph


def within_limit(count: int, limit: int) -> bool:
    """Whether so many entities may all be shown: nothing is left out for a handful too many."""
    return count <= limit + limit // 10


def spoken_of(graph: nx.MultiDiGraph[str], node: str) -> bool:
    """Whether a statement of the graph, with whatever stance, speaks of the entity."""
    return bool(graph.degree(node) or graph.nodes[node]["literals"])


def _overview(quads: ox.Store) -> _Overview:
    found = _Overview()
    facts: list[tuple[NamedNode, NamedNode]] = []
    for quad in quads.quads_for_pattern(None, None, None, DefaultGraph()):
        subject, predicate, object_ = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode):
            continue
        if predicate == RDF_TYPE.value:
            if isinstance(object_, NamedNode) and object_ != AMOUNT:
                known = found.types.setdefault(subject, object_)
                found.types[subject] = min(known, object_, key=lambda type_: type_.value)
        elif predicate in NAMES:
            if isinstance(object_, Literal):
                found.names.setdefault(subject, set()).add(object_.value)
                if predicate == LABEL.value:
                    known_label = found.labels.setdefault(subject, object_.value)
                    found.labels[subject] = min(known_label, object_.value)
        elif predicate not in NO_FACTS:
            found.facts += 1
            if isinstance(object_, NamedNode):
                facts.append((subject, object_))
    for subject, object_ in facts:
        if subject in found.types and object_ in found.types:
            found.degree[subject] += 1
            found.degree[object_] += 1
    return found


def _document(reader: Reader, identifier: str) -> NamedNode:
    for quad in reader.quads.quads_for_pattern(None, IDENTIFIER, Literal(identifier), None):
        if isinstance(quad.subject, NamedNode):
            return quad.subject
    raise UsageError(
        f"no document has the id {identifier!r}", hint="the rows of kg facts begin with the ids of documents"
    )


def _documents(quads: ox.Store) -> int:
    return len({quad.subject for quad in quads.quads_for_pattern(None, RDF_TYPE, DOCUMENT, None)})


def _candidates(
    reader: Reader, overview: _Overview, within: set[NamedNode] | None, focus: str | None, hops: int
) -> dict[NamedNode, int]:
    """The entities that may be shown, with their distance from the focus (0 without one)."""
    if focus is not None:
        return _around(reader, overview, within, _focused(overview, focus), hops)
    if within is None:
        return dict.fromkeys(overview.types, 0)
    terms: set[object] = set()
    for node in within:
        mentioned = reader.one(node, REFERS_TO)
        record = reader.record(node) if mentioned is None else None
        terms.update((record.subject, record.object) if record else (mentioned,))
    return {node: 0 for node in overview.types if node in terms}


def _focused(overview: _Overview, focus: str) -> list[NamedNode]:
    wanted = focus.casefold()
    found = [node for node in overview.types if node.value == focus]
    found = found or [node for node, label in overview.labels.items() if label.casefold() == wanted]
    found = found or [node for node, names in overview.names.items() if wanted in {name.casefold() for name in names}]
    found = [node for node in found if node in overview.types]
    if not found:
        raise UsageError(f"no entity is called {focus!r}", hint="kg entities lists the entities and their names")
    return found


def _around(
    reader: Reader, overview: _Overview, within: set[NamedNode] | None, start: list[NamedNode], hops: int
) -> dict[NamedNode, int]:
    distance = dict.fromkeys(start, 0)
    frontier = list(start)
    for hop in range(1, hops + 1):
        reached: set[NamedNode] = set()
        for node in frontier:
            for record in (*reader.of_subject(node), *reader.of_object(node)):
                if within is None or record in within:
                    reached.update(_ends(reader, record))
        frontier = [node for node in reached if node in overview.types and node not in distance]
        distance.update(dict.fromkeys(frontier, hop))
    return distance


def _ends(reader: Reader, node: NamedNode) -> list[NamedNode]:
    record = reader.record(node)
    ends = (record.subject, record.object) if record else ()
    return [end for end in ends if isinstance(end, NamedNode)]


def _statements(
    reader: Reader, overview: _Overview, kept: set[NamedNode], within: set[NamedNode] | None
) -> list[tuple[Record, list[Citation]]]:
    """The statements between kept entities, and those with values, each once with all its evidence."""
    grouped: dict[tuple[str, str, str, str], tuple[Record, list[Citation]]] = {}
    for subject in kept:
        for node in reader.of_subject(subject):
            if within is not None and node not in within:
                continue
            object_ = reader.one(node, RDF_OBJECT)
            if isinstance(object_, NamedNode) and object_ in overview.types and object_ not in kept:
                continue
            record = reader.record(node)
            if record is not None:
                key = (subject.value, str(record.object), record.predicate.value, record.stance)
                grouped.setdefault(key, (record, []))[1].append(record.citation)
    ordered = sorted(grouped.items(), key=lambda item: (*item[0][:3], _rank(item[0][3])))
    return [(record, sorted(evidence, key=lambda citation: citation.order())) for _, (record, evidence) in ordered]


def _rank(stance: str) -> tuple[int, str]:
    known: Iterable[str] = STANCES
    return (list(known).index(stance) if stance in STANCES else len(STANCES), stance)


def _add(graph: nx.MultiDiGraph[str], reader: Reader, record: Record, evidence: list[Citation]) -> None:
    predicate, label = record.predicate.value, reader.label(record.predicate)
    subject, object_ = record.subject.value, record.object
    if isinstance(object_, NamedNode) and object_.value in graph:
        key = f"{predicate} {record.stance}"
        graph.add_edge(
            subject, object_.value, key, predicate=predicate, label=label, stance=record.stance, evidence=evidence
        )
    else:
        value = reader.label(object_) if isinstance(object_, NamedNode) else getattr(object_, "value", str(object_))
        literal = LiteralStatement(predicate, label, value, record.stance, tuple(evidence))
        graph.nodes[subject]["literals"].append(literal)
