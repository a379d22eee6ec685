"""Which classes and properties two ontologies tell differently."""

from __future__ import annotations

from collections.abc import Mapping

from kg.rdf.namespaces import OWL, RDFS

Triples = Mapping[str, frozenset[tuple[str, str]]]

_GENID = "/.well-known/genid/"  # a blank node of the ontology, as the store names it (RDF 1.1 Concepts, 3.5)
_UNREAD = frozenset((RDFS + "seeAlso", RDFS + "isDefinedBy", OWL + "versionInfo"))
_LEADING = frozenset(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range"))
_LEADING_TOO = frozenset((OWL + "inverseOf", OWL + "equivalentClass", OWL + "equivalentProperty"))


def touched(before: Triples, after: Triples) -> frozenset[str]:
    """The terms that differ, and those that hang on them: subclasses, and properties by domain and range.

    Nothing where one of the two is not known.
    """
    if not before or not after or before == after:
        return frozenset()
    named = {iri for iri in before.keys() | after.keys() if _GENID not in iri}
    found = {iri for iri in named if _told(iri, before) != _told(iri, after)}
    hanging: dict[str, set[str]] = {}
    for triples in (before, after):
        for iri in named & triples.keys():
            for predicate, target in triples[iri]:
                if predicate in _LEADING or predicate in _LEADING_TOO:
                    hanging.setdefault(target, set()).add(iri)
    waiting = list(found)
    while waiting:
        new = hanging.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


def _told(iri: str, triples: Triples, above: tuple[str, ...] = ()) -> frozenset[tuple[str, object]]:
    """What an ontology says of a term, blank nodes by what is said of them: their names depend on all the others."""
    return frozenset(
        (
            predicate,
            _told(target, triples, (*above, iri)) if _GENID in target and target not in (*above, iri) else target,
        )
        for predicate, target in triples.get(iri, ())
        if predicate not in _UNREAD
    )
