"""Which property and class of an ontology an IRI of other data stands for.

The ontology itself says it: the same IRI; owl:equivalentProperty and owl:equivalentClass, skos:exactMatch,
rdfs:subPropertyOf, rdfs:subClassOf and owl:inverseOf that lead to a property or class of it. One that is declared to be
below another vocabulary's of the same name (company:founder below schema:founder) is what stands for that one here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import pyoxigraph as ox

from kg.ontology import Ontology
from kg.ontology_terms import local_name
from kg.rdf.namespaces import OWL, RDFS, SCHEMA, SKOS

_OLD_SCHEMA = "http://schema.org/"
_BOTH_WAYS = (OWL + "equivalentProperty", OWL + "equivalentClass", SKOS + "exactMatch")
_UPWARDS = (RDFS + "subPropertyOf", RDFS + "subClassOf")
_INVERSE = OWL + "inverseOf"

Mapped = tuple[str, bool]
"""The IRI of a property or class, and whether subject and object change places."""


def standard(iri: str) -> str:
    """An IRI of schema.org as it is written today; any other one as it is."""
    return SCHEMA + iri.removeprefix(_OLD_SCHEMA) if iri.startswith(_OLD_SCHEMA) else iri


class Vocabulary:
    """The terms of an ontology by the IRIs that other data have for them."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._next: dict[str, set[Mapped]] = defaultdict(set)
        self._below: dict[str, set[str]] = defaultdict(set)
        for quad in ox.parse(ontology.ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._read(standard(quad.subject.value), quad.predicate.value, standard(quad.object.value))
        self._known: dict[str, tuple[Mapped, ...]] = {}

    def _read(self, subject: str, predicate: str, target: str) -> None:
        if predicate in _BOTH_WAYS or predicate == _INVERSE:
            self._next[subject].add((target, predicate == _INVERSE))
            self._next[target].add((subject, predicate == _INVERSE))
        elif predicate in _UPWARDS:
            self._next[subject].add((target, False))
            self._below[target].add(subject)

    def properties(self, iri: str) -> tuple[Mapped, ...]:
        """The ontology's properties that hold where this one does, sorted."""
        return self._found(iri, self._ontology.properties)

    def classes(self, iri: str) -> frozenset[str]:
        """The ontology's classes that a thing of this class is of."""
        return frozenset(cls for cls, inverse in self._found(iri, self._ontology.classes) if not inverse)

    def _found(self, iri: str, terms: Collection[str]) -> tuple[Mapped, ...]:
        iri = standard(iri)
        if iri not in self._known:
            namesakes = [one for one in self._below.get(iri, ()) if one in terms and local_name(one) == local_name(iri)]
            found = set(self._reached(iri, terms)) or ({(namesakes[0], False)} if len(namesakes) == 1 else set())
            self._known[iri] = tuple(sorted(found))
        return self._known[iri]

    def _reached(self, iri: str, terms: Collection[str]) -> Iterator[Mapped]:
        """The nearest terms on each way up."""
        seen: set[Mapped] = {(iri, False)}
        todo: list[Mapped] = [(iri, False)]
        while todo:
            term, inverse = todo.pop()
            if term in terms:
                yield term, inverse
                continue
            ahead = {(other, inverse != turned) for other, turned in self._next.get(term, ())} - seen
            seen |= ahead
            todo += sorted(ahead)
