"""The default graph of a store in one pass: which entities there are, and how they are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.rdf.namespaces import DCTERMS, SCHEMA, SKOS
from kg.view.records import LABEL, RDF_TYPE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.view.citations import Term

AMOUNT = NamedNode(SCHEMA + "MonetaryAmount")
NAMES = frozenset({LABEL.value, SKOS + "prefLabel", SKOS + "altLabel"})
NO_FACTS = NAMES | {RDF_TYPE.value, SCHEMA + "value", SCHEMA + "currency", DCTERMS + "isReplacedBy"}


@dataclass
class Overview:
    """Entities with their types, names and degrees, the number of facts, and all triples as they are."""

    types: dict[NamedNode, NamedNode] = field(default_factory=dict)
    labels: dict[NamedNode, str] = field(default_factory=dict)
    names: dict[NamedNode, set[str]] = field(default_factory=dict)
    degree: Counter[NamedNode] = field(default_factory=Counter)
    facts: int = 0
    triples: list[tuple[Term, Term, Term]] = field(default_factory=list)


def overview(quads: ox.Store) -> Overview:
    """What the default graph holds; of several types or labels the first in the order of their letters counts."""
    found = Overview()
    facts: list[tuple[NamedNode, NamedNode]] = []
    rows = quads.query("SELECT ?subject ?predicate ?object { ?subject ?predicate ?object }")
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        subject, property_, object_ = row[0], row[1], row[2]
        found.triples.append((subject, property_, object_))
        if not isinstance(subject, NamedNode) or not isinstance(property_, NamedNode):
            continue
        predicate = property_.value
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
