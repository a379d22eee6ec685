"""RDF 1.2 Turtle (https://www.w3.org/TR/rdf12-turtle/): each fact once, with its evidence at its side.

A statement record is the reifier of the triple that it is about (RDF 1.2 Concepts, 3.6), in place of the four triples
that a record needs without one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.export.names import by_namespace
from kg.export.turtle import Writer, rank, trig_head
from kg.rdf.iris import ontology_graph_iri
from kg.rdf.namespaces import RDF
from kg.store import Store

_TYPE, _REIFIES = ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "reifies")
_STATEMENT = ox.NamedNode(RDF + "Statement")
_ENDS = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


def rdf12(store: Store) -> dict[str, bytes]:
    """The facts and all evidence in one graph, as graph.rdf12.ttl; the facts first.

    A fact is annotated with the records that are about it, of every stance; records about a triple that is no fact
    (denied, planned, or a symmetric one that stands the other way round) reify it without asserting it.
    """
    facts = set(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    asserted = {quad.triple for quad in facts}
    rest: list[ox.Quad] = []
    reifiers: dict[ox.Triple, list[tuple[ox.NamedNode, list[ox.Quad]]]] = defaultdict(list)
    for node, quads in _described(store):
        triple = _reified(quads)
        if triple is None or not isinstance(node, ox.NamedNode):
            rest += quads
            continue
        own = [quad for quad in quads if not _replaced(quad)]
        if triple in asserted:
            reifiers[triple].append((node, own))
        else:
            rest += [*own, ox.Quad(node, _REIFIES, triple)]
    names = by_namespace(store)
    writer = _Annotating(names, reifiers)
    body = "\n".join((*writer.blocks(facts, ""), *writer.blocks(rest, "")))
    used = {namespace: name for namespace, name in names.items() if namespace in writer.taken}
    return {"graph.rdf12.ttl": "\n".join(filter(None, ('VERSION "1.2"\n' + trig_head(used), body))).encode("utf-8")}


class _Annotating(Writer):
    """Writes behind the object of a fact what reifies it."""

    def __init__(
        self, names: dict[str, str], reifiers: Mapping[ox.Triple, list[tuple[ox.NamedNode, list[ox.Quad]]]]
    ) -> None:
        super().__init__(names)
        self._reifiers = reifiers

    def object(self, quad: ox.Quad) -> str:
        annotations = sorted(self._annotation(*found) for found in self._reifiers.get(quad.triple, ()))
        return "".join((self.term(quad.object), *annotations))

    def _annotation(self, node: ox.NamedNode, quads: list[ox.Quad]) -> str:
        pairs = {(rank(quad.predicate.value), self.term(quad.object)) for quad in quads}
        block = f" {{|\n            {self.properties(pairs, ' ' * 12)} |}}" if pairs else ""
        return f"\n        ~ {self.term(node)}{block}"


def _described(store: Store) -> Iterator[tuple[Subject, list[ox.Quad]]]:
    """What the evidence graphs say, by graph and subject."""
    own = ontology_graph_iri(store.base)
    for graph in store.graphs():
        if graph != own:
            subjects: dict[Subject, list[ox.Quad]] = defaultdict(list)
            for quad in store.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                subjects[quad.subject].append(quad)
            yield from subjects.items()


def _reified(quads: list[ox.Quad]) -> ox.Triple | None:
    """The triple that a record is about; None where this is no record of one."""
    found = [[quad.object for quad in quads if quad.predicate == end] for end in _ENDS]
    if not any(map(_is_type, quads)) or [len(ends) for ends in found] != [1, 1, 1]:
        return None
    (subject,), (predicate,), (target,) = found
    if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
        return ox.Triple(subject, predicate, target)
    return None


def _is_type(quad: ox.Quad) -> bool:
    return quad.predicate == _TYPE and quad.object == _STATEMENT


def _replaced(quad: ox.Quad) -> bool:
    """Whether rdf:reifies says as much."""
    return quad.predicate in _ENDS or _is_type(quad)
