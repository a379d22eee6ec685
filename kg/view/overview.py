"""The default graph of a store in one pass: which entities there are, and how they are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.rdf.namespaces import DCTERMS, OWL, SCHEMA, SKOS
from kg.view.records import LABEL, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.view.citations import Term

AMOUNT = NamedNode(SCHEMA + "MonetaryAmount")
NAMES = frozenset({LABEL, NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")})
NO_FACTS = frozenset(
    NamedNode(iri) for iri in (SCHEMA + "value", SCHEMA + "currency", DCTERMS + "isReplacedBy", OWL + "sameAs")
)
Value = TypeVar("Value", str, NamedNode)


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
    for predicate, held in _properties(quads):
        found.triples += ((subject, predicate, object_) for subject, object_ in held)
        pairs = [(subject, object_) for subject, object_ in held if isinstance(subject, NamedNode)]
        if predicate == RDF_TYPE:
            _take_least(found.types, ((s, o) for s, o in pairs if isinstance(o, NamedNode) and o != AMOUNT))
        elif predicate in NAMES:
            named = [(subject, object_.value) for subject, object_ in pairs if isinstance(object_, Literal)]
            for subject, name in named:
                found.names.setdefault(subject, set()).add(name)
            if predicate == LABEL:
                _take_least(found.labels, named)
        elif predicate not in NO_FACTS:
            found.facts += len(pairs)
            facts += ((subject, object_) for subject, object_ in pairs if isinstance(object_, NamedNode))
    for subject, object_ in facts:
        if subject in found.types and object_ in found.types:
            found.degree[subject] += 1
            found.degree[object_] += 1
    return found


def _properties(quads: ox.Store) -> Iterator[tuple[NamedNode, list[tuple[Term, Term]]]]:
    """Each property of the default graph, with the subjects and objects that it holds between."""
    for predicate in sorted(row[0] for row in _rows(quads, "DISTINCT ?predicate", "?subject ?predicate ?object")):
        yield predicate, [(row[0], row[1]) for row in _rows(quads, "?subject ?object", f"?subject {predicate} ?object")]


def _rows(quads: ox.Store, variables: str, pattern: str) -> QuerySolutions:
    rows = quads.query(f"SELECT {variables} {{ {pattern} }}")
    assert isinstance(rows, QuerySolutions)
    return rows


def _take_least(values: dict[NamedNode, Value], pairs: Iterable[tuple[NamedNode, Value]]) -> None:
    """Keeps of several values of a node the first in the order of their letters."""
    for node, value in pairs:
        values[node] = min(values.get(node, value), value, key=str)
