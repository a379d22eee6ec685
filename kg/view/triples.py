"""What the default graph holds beyond what the page's columns say, so that the page can give its Turtle back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import RDF, RDFS, SCHEMA, SKOS
from kg.view.overview import AMOUNT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.view.citations import Term
    from kg.view.shown import Shown

    Words = tuple[str, str, str]  # a triple, its terms as N-Triples writes them

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
PREFERRED, ALTERNATIVE = (NamedNode(SKOS + name) for name in ("prefLabel", "altLabel"))
_NAMING = (str(TYPE), str(LABEL), str(PREFERRED), str(ALTERNATIVE))
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')  # some of which are escaped
VALUE, CURRENCY = (NamedNode(SCHEMA + name) for name in ("value", "currency"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money: its schema:value with its datatype, and its currency."""

    value: str
    datatype: str
    currency: str


@dataclass(frozen=True, slots=True)
class Held:
    """The triples of a default graph, and the amounts of money among them by IRI.

    regular: entities of which the triples leave out class and names, since these are what a page gives.
    """

    triples: Collection[Words]
    amounts: Mapping[str, Amount]
    regular: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """Between the default graph and what the columns give, as lines of N-Triples.

    extra: what the store holds besides. absent: what the columns give and the store does not hold.
    """

    extra: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def held_of(triples: Collection[tuple[Term, Term, Term]]) -> Held:
    """What a default graph holds."""
    return Held([(str(s), str(p), str(o)) for s, p, o in triples], amounts_of(triples))


def difference(seen: Shown) -> Difference:
    """Compares the columns with the default graph, or with what that says of the entities of a part."""
    held = set(seen.held.triples)
    if not seen.selection.whole or seen.counts.left_out:
        terms = (row.object.term for row in seen.rows if not isinstance(row.object, str))
        present = {f"<{node}>" for node in seen.entities} | {str(term) for term in terms if isinstance(term, NamedNode)}
        held = {triple for triple in held if _of(triple, present)}
    given = set(_given(seen))
    return Difference(_lines(held - given), _lines(given - held))


def _lines(triples: Iterable[Words]) -> tuple[str, ...]:
    return tuple(sorted(f"{subject} {predicate} {object_} ." for subject, predicate, object_ in triples))


def _of(triple: Words, present: set[str]) -> bool:
    """Whether a triple belongs to a part: it speaks of a shown entity, and not to one that is left out."""
    subject, predicate, object_ = triple
    return subject in present and (predicate in _NAMING or object_.startswith('"') or object_ in present)


def amounts_of(triples: Iterable[tuple[Term, Term, Term]]) -> dict[str, Amount]:
    """The amounts of money among triples, by IRI."""
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


def _given(seen: Shown) -> Iterator[Words]:
    """The triples that the page writes from its columns."""
    type_, label, preferred, alternative = _NAMING
    for node, about in seen.entities.items():
        if node in seen.held.regular:
            continue
        entity, name = f"<{node}>", plain(about.label)
        yield entity, type_, f"<{about.class_iri}>"
        yield entity, label, name
        yield entity, preferred, name
        for alias in about.aliases:
            yield entity, alternative, plain(alias)
    for row in seen.rows:
        if isinstance(row.object, str):
            if row.stance == "asserted":
                yield f"<{row.subject}>", f"<{row.predicate}>", f"<{row.object}>"
            continue
        term = row.object.term
        if row.stance == "asserted":
            yield f"<{row.subject}>", f"<{row.predicate}>", str(term)
        if isinstance(term, NamedNode) and term.value in seen.held.amounts:
            amount = seen.held.amounts[term.value]
            yield str(term), type_, str(AMOUNT)
            yield str(term), label, plain(row.object.value)
            yield str(term), str(VALUE), str(Literal(amount.value, datatype=NamedNode(amount.datatype)))
            yield str(term), str(CURRENCY), plain(amount.currency)


def plain(text: str) -> str:
    """A literal of words, as N-Triples writes it."""
    return str(Literal(text)) if _SPECIAL.search(text) else f'"{text}"'
