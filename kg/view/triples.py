"""What the default graph holds beyond what the page's columns say, so that the page can give its Turtle back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import RDF, RDFS, SCHEMA, SKOS
from kg.view.overview import AMOUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx

    from kg.view.citations import Term
    from kg.view.content import Row

    Held = tuple[Term, Term, Term]

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


def difference(graph: nx.MultiDiGraph[str], statements: Sequence[Row]) -> Difference:
    """Compares the columns with the default graph, or with what that says of the entities of a part."""
    triples: list[Held] = graph.graph["triples"]
    amounts = _amounts(triples)
    terms = (row.object.term for row in statements if not isinstance(row.object, str))
    shown = {NamedNode(node) for node in graph} | {term for term in terms if isinstance(term, NamedNode)}
    whole = graph.graph["selection"].whole and not graph.graph["left_out"]
    held = {triple for triple in triples if whole or _of(triple, shown)}
    given = set(_given(graph, statements, amounts))
    return Difference(amounts, _lines(held - given), _lines(given - held))


def _lines(triples: Iterable[Held]) -> tuple[str, ...]:
    return tuple(sorted(f"{subject} {predicate} {object_} ." for subject, predicate, object_ in triples))


def _of(triple: Held, shown: set[NamedNode]) -> bool:
    """Whether a triple belongs to a part: it speaks of a shown entity, and not to one that is left out."""
    subject, predicate, object_ = triple
    if subject not in shown:
        return False
    known = predicate in (TYPE, LABEL, PREFERRED, ALTERNATIVE) or isinstance(object_, Literal)
    return known or object_ in shown


def _amounts(triples: Iterable[Held]) -> dict[str, Amount]:
    named: dict[NamedNode, dict[Term, Literal]] = {}
    amounts: set[Term] = set()
    for subject, predicate, object_ in triples:
        if predicate == TYPE and object_ == AMOUNT:
            amounts.add(subject)
        elif predicate in (VALUE, CURRENCY) and isinstance(subject, NamedNode) and isinstance(object_, Literal):
            named.setdefault(subject, {}).setdefault(predicate, object_)
    return {
        node.value: Amount(found[VALUE].value, found[VALUE].datatype.value, found[CURRENCY].value)
        for node, found in sorted(named.items(), key=lambda item: item[0].value)
        if node in amounts and len(found) == 2
    }


def _given(graph: nx.MultiDiGraph[str], statements: Iterable[Row], amounts: dict[str, Amount]) -> Iterator[Held]:
    """The triples that the page writes from its columns."""
    for node, about in graph.nodes(data=True):
        entity = NamedNode(node)
        yield (entity, TYPE, NamedNode(about["class_iri"]))
        yield (entity, LABEL, Literal(about["label"]))
        yield (entity, PREFERRED, Literal(about["label"]))
        for alias in about["aliases"]:
            yield (entity, ALTERNATIVE, Literal(alias))
    for row in statements:
        term = NamedNode(row.object) if isinstance(row.object, str) else row.object.term
        if row.stance == "asserted":
            yield (NamedNode(row.subject), NamedNode(row.predicate), term)
        if isinstance(row.object, str) or not isinstance(term, NamedNode) or term.value not in amounts:
            continue
        amount = amounts[term.value]
        yield (term, TYPE, AMOUNT)
        yield (term, LABEL, Literal(row.object.value))
        yield (term, VALUE, Literal(amount.value, datatype=NamedNode(amount.datatype)))
        yield (term, CURRENCY, Literal(amount.currency))
