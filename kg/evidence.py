"""Facts and the statements behind them: where the one stands without the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph as ox

from kg.rdf.iris import ontology_graph_iri
from kg.rdf.namespaces import KGV, PREFIXES
from kg.store import Store

Fact = tuple[Any, Any, Any]
"""Subject, predicate and object, as terms of the store."""

GapKind = Literal["unstated", "missing", "wordless"]

_PROPERTIES = """
SELECT DISTINCT ?p ?symmetric {
  GRAPH graph:ontology {
    VALUES ?kind { rdf:Property owl:ObjectProperty owl:DatatypeProperty owl:SymmetricProperty owl:TransitiveProperty
      owl:FunctionalProperty }
    ?p a ?kind
    BIND(EXISTS { ?p a owl:SymmetricProperty } AS ?symmetric) }
}"""
_RECORDS = """
SELECT ?s ?p ?o ?stance ?quote ?text {
  GRAPH ?g { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance
    OPTIONAL { ?st kgv:quote ?quote ; prov:wasDerivedFrom ?sentence . ?sentence kgv:text ?text } }
}"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A triple that a fact or a statement makes and its counterpart does not.

    kind: "unstated", a fact without an asserted statement; "missing", an asserted statement without its fact;
    "wordless", a statement of any stance without a sentence that holds its quote.
    """

    kind: GapKind
    fact: Fact


def gaps(store: Store) -> Iterator[Gap]:
    """Facts without statements, statements without facts, and quotes that do not stand in their sentences.

    A symmetric property's fact may be stated the other way round. Compared here and not in SPARQL: with FILTER NOT
    EXISTS the time grew with the square of the graph.
    """
    symmetric = _properties(store)
    stated: set[Fact] = set()
    wordless: set[Fact] = set()
    for row in _ask(store, _RECORDS):
        triple = (row["s"], row["p"], row["o"])
        if row["stance"].value == KGV + "asserted":
            stated.add(triple)
        if row["quote"] is None or row["quote"].value not in row["text"].value:
            wordless.add(triple)
    held = {
        (quad.subject, quad.predicate, quad.object)
        for property_ in symmetric
        for quad in store.quads.quads_for_pattern(None, property_, None, ox.DefaultGraph())
    }
    kinds: tuple[tuple[GapKind, set[Fact], set[Fact]], ...] = (
        ("unstated", held, stated),
        ("missing", stated, held),
        ("wordless", wordless, set()),
    )
    for kind, triples, others in kinds:
        for s, p, o in triples - others:
            if not symmetric.get(p) or (o, p, s) not in others:
                yield Gap(kind, (s, p, o))


def _properties(store: Store) -> dict[Any, bool]:
    """The properties of the stored ontology, and whether each is symmetric."""
    return {row["p"]: row["symmetric"].value == "true" for row in _ask(store, _PROPERTIES)}


def _ask(store: Store, query: str) -> ox.QuerySolutions:
    prefixes = {**PREFIXES, "graph": ontology_graph_iri(store.base).removesuffix("ontology")}
    found = store.quads.query(query, prefixes=prefixes)
    assert isinstance(found, ox.QuerySolutions)
    return found
