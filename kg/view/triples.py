"""What the default graph holds beyond what the page's columns say, so that the page can give its Turtle back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from kg.rdf.namespaces import RDF, RDFS, SCHEMA, SKOS
from kg.view.overview import AMOUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx
    import pyoxigraph as ox

    from kg.view.content import Row

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
PREFERRED, ALTERNATIVE = (NamedNode(SKOS + name) for name in ("prefLabel", "altLabel"))
VALUE, CURRENCY = (NamedNode(SCHEMA + name) for name in ("value", "currency"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money: its schema:value with its datatype, and its currency."""

    value: str
    datatype: str
    currency: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Between the default graph and what the columns give, as lines of N-Triples.

    extra: what the store holds besides. absent: what the columns give and the store does not hold.
    """

    amounts: dict[str, Amount]
    extra: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def difference(quads: ox.Store, graph: nx.MultiDiGraph[str], statements: Sequence[Row]) -> Difference:
    """Compares the columns with the default graph, or with what that says of the entities of a part."""
    amounts = _amounts(quads)
    shown = None if graph.graph["selection"].whole and not graph.graph["left_out"] else set(graph)
    terms = (row.object.term for row in statements if not isinstance(row.object, str))
    used = {term.value for term in terms if isinstance(term, NamedNode)}
    held = {
        f"{quad.triple} ."
        for quad in quads.quads_for_pattern(None, None, None, DefaultGraph())
        if shown is None or _of(quad, shown, used)
    }
    given = {f"{triple} ." for triple in _given(graph, statements, amounts)}
    return Difference(amounts, tuple(sorted(held - given)), tuple(sorted(given - held)))


def _of(quad: ox.Quad, shown: set[str], used: set[str]) -> bool:
    """Whether a quad belongs to a part: it speaks of a shown entity, and not to one that is left out."""
    subject, object_ = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or subject.value not in shown | used:
        return False
    known = quad.predicate in (TYPE, LABEL, PREFERRED, ALTERNATIVE) or isinstance(object_, Literal)
    return known or (isinstance(object_, NamedNode) and object_.value in shown | used)


def _amounts(quads: ox.Store) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    for quad in quads.quads_for_pattern(None, TYPE, AMOUNT, DefaultGraph()):
        if not isinstance(quad.subject, NamedNode):
            continue
        value, currency = (_literal(quads, quad.subject, predicate) for predicate in (VALUE, CURRENCY))
        if value is not None and currency is not None:
            found[quad.subject.value] = Amount(value.value, value.datatype.value, currency.value)
    return dict(sorted(found.items()))


def _literal(quads: ox.Store, subject: NamedNode, predicate: NamedNode) -> Literal | None:
    found = [quad.object for quad in quads.quads_for_pattern(subject, predicate, None, DefaultGraph())]
    return next((term for term in sorted(found, key=str) if isinstance(term, Literal)), None)


def _given(graph: nx.MultiDiGraph[str], statements: Iterable[Row], amounts: dict[str, Amount]) -> Iterator[Triple]:
    """The triples that the page writes from its columns."""
    for node, about in graph.nodes(data=True):
        entity = NamedNode(node)
        yield Triple(entity, TYPE, NamedNode(about["class_iri"]))
        yield Triple(entity, LABEL, Literal(about["label"]))
        yield Triple(entity, PREFERRED, Literal(about["label"]))
        for alias in about["aliases"]:
            yield Triple(entity, ALTERNATIVE, Literal(alias))
    for row in statements:
        term = NamedNode(row.object) if isinstance(row.object, str) else row.object.term
        if row.stance == "asserted":
            yield Triple(NamedNode(row.subject), NamedNode(row.predicate), term)
        if isinstance(row.object, str) or not isinstance(term, NamedNode) or term.value not in amounts:
            continue
        amount = amounts[term.value]
        yield Triple(term, TYPE, AMOUNT)
        yield Triple(term, LABEL, Literal(row.object.value))
        yield Triple(term, VALUE, Literal(amount.value, datatype=NamedNode(amount.datatype)))
        yield Triple(term, CURRENCY, Literal(amount.currency))
