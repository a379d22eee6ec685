"""What the default graph says of each subject, as plain values: small enough to be kept, and always the same."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import FOAF, RDF, RDFS, SKOS, local_name
from kg.view.overview import AMOUNT, NAMES, NO_FACTS
from kg.view.records import language_rank
from kg.view.triples import Amount, amounts_of, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Quad

    from kg.view.citations import Term

    Pair = tuple[str, Term]  # a predicate and an object
    Words = tuple[str, str]  # the same, the object as N-Triples writes it

_DOCUMENT = FOAF + "Document"
_TYPE, _LABEL, _PREFERRED, _ALTERNATIVE = RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"
_NAMES, _NO_FACTS = (frozenset(node.value for node in nodes) for nodes in (NAMES, NO_FACTS))
_NAMING = _NAMES | {_TYPE}


class Subject(msgspec.Struct, frozen=True, array_like=True):
    """What is said of an IRI, as `kg.view.overview` tells it.

    class_iri: "" where it is no entity. called: its label as other things have it, with the rank of its language.
    regular: whether class, name and aliases say all of the triples that name it. rest: the other triples, their terms
    as N-Triples writes them. facts: how many say more than names; others: the IRIs of which these speak.
    """

    iri: str
    triples: int
    class_iri: str
    name: str
    aliases: tuple[str, ...]
    called: tuple[int, str] | None
    regular: bool
    rest: tuple[tuple[str, str], ...]
    facts: int
    others: tuple[str, ...]
    amount: Amount | None
    document: bool


def subjects_of(quads: Iterable[Quad]) -> Iterator[Subject]:
    """What is said of each subject, in their order. Raises ValueError for one that is no IRI."""
    for subject, said in groupby(quads, key=lambda quad: quad.subject):
        if not isinstance(subject, NamedNode):
            raise ValueError("a build makes no such graph")
        yield _subject(subject.value, [(quad.predicate.value, quad.object) for quad in said])


def _subject(iri: str, said: Collection[Pair]) -> Subject:
    naming: list[Words] = []
    rest: list[Words] = []
    types: list[str] = []
    names: set[str] = set()
    labels: list[tuple[int, str]] = []
    others: list[str] = []
    facts = 0
    for predicate, object_ in said:
        (naming if predicate in _NAMING else rest).append((predicate, str(object_)))
        if predicate == _TYPE:
            if isinstance(object_, NamedNode):
                types.append(object_.value)
        elif predicate in _NAMES:
            if isinstance(object_, Literal):
                names.add(object_.value)
                if predicate == _LABEL:
                    labels.append((language_rank(object_), object_.value))
        elif predicate not in _NO_FACTS:
            facts += 1
            if isinstance(object_, NamedNode):
                others.append(object_.value)
    classes = [type_ for type_ in types if type_ != AMOUNT.value]
    class_iri = min(classes, default="")
    name = min((words for _, words in labels), default="") or local_name(iri)
    aliases = tuple(sorted(names - {name}))
    regular = bool(class_iri) and sorted(naming) == sorted(_given(class_iri, name, aliases))
    money = ((NamedNode(iri), NamedNode(predicate), object_) for predicate, object_ in said)
    return Subject(
        iri,
        len(said),
        class_iri,
        name,
        aliases,
        min(labels, default=None),
        regular,
        tuple((f"<{predicate}>", words) for predicate, words in (rest if regular else rest + naming)),
        facts,
        tuple(others),
        amounts_of(money).get(iri) if len(classes) < len(types) else None,
        _DOCUMENT in types,
    )


def _given(class_iri: str, name: str, aliases: Iterable[str]) -> list[Words]:
    """What a page gives of an entity's class and names."""
    words = plain(name)
    named = [(_TYPE, f"<{class_iri}>"), (_LABEL, words), (_PREFERRED, words)]
    return named + [(_ALTERNATIVE, plain(alias)) for alias in aliases]
