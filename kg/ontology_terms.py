"""What the triples of an ontology say of a single term: its labels and texts, its domain and range, its inverses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.class_labels import words_of
from kg.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

KGV = "https://w3id.org/evident-kg/vocab#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

_OPAQUE = re.compile(r"[A-Z]+[0-9]+")


class Terms:
    """The terms of an ontology, by IRI."""

    def __init__(self, graph: Graph) -> None:
        from rdflib import OWL, RDF, RDFS, SKOS, Namespace

        self.graph = graph
        self.owl, self.rdf, self.rdfs, self.skos = OWL, RDF, RDFS, SKOS
        self.kgv, self.schema = Namespace(KGV), Namespace(SCHEMA)

    def typed(self, *types: Node) -> set[str]:
        """The terms that are of one of these types."""
        return {str(s) for t in types for s in self.graph.subjects(self.rdf.type, t) if is_iri(s)}

    def properties(self) -> set[str]:
        """The properties, without those that annotate."""
        found = self.typed(
            self.owl.ObjectProperty,
            self.owl.DatatypeProperty,
            self.owl.SymmetricProperty,
            self.owl.TransitiveProperty,
            self.owl.FunctionalProperty,
            self.rdf.Property,
        )
        return found - self.typed(self.owl.AnnotationProperty)

    def objects(self, iri: str, predicate: Node) -> Iterator[Node]:
        """What a predicate says of a term."""
        from rdflib import URIRef

        yield from self.graph.objects(URIRef(iri), predicate)

    def inverses(self, iri: str) -> Iterator[Node]:
        """The inverses of a property, whichever of the two names the other."""
        from rdflib import URIRef

        yield from (o for o in self.objects(iri, self.owl.inverseOf) if is_iri(o))
        yield from (s for s in self.graph.subjects(self.owl.inverseOf, URIRef(iri)) if is_iri(s))

    def sides(self, iri: str) -> tuple[set[str], set[str]]:
        """Domain and range of a property, each as alternatives; empty for anything."""
        domain = self._expand(self.objects(iri, self.rdfs.domain)) | self._expand(
            self.objects(iri, self.schema.domainIncludes)
        )
        range_ = self._expand(self.objects(iri, self.rdfs.range)) | self._expand(
            self.objects(iri, self.schema.rangeIncludes)
        )
        # A class without a label whose name is a mere number ("Q42") tells nothing that a text could be asked for.
        opaque = {c for c in domain | range_ if _OPAQUE.fullmatch(local_name(c)) and not self.texts(c, self.rdfs.label)}
        domain, range_ = domain - opaque, range_ - opaque
        anything = {str(self.owl.Thing), str(self.rdfs.Resource)}
        return (set() if domain & anything else domain), (set() if range_ & anything else range_)

    def classes_of(self, iri: str) -> set[str]:
        """The classes that a property is used with."""
        domain, range_ = self.sides(iri)
        return {c for c in domain | range_ if c != str(self.rdfs.Literal)}

    def _expand(self, nodes: Iterable[Node]) -> set[str]:
        from rdflib import BNode

        found: set[str] = set()
        for node in nodes:
            if is_iri(node):
                found.add(str(node))
            elif isinstance(node, BNode):
                for union in self.graph.objects(node, self.owl.unionOf):
                    found |= self._members(union)
        return found

    def _members(self, union: Node) -> set[str]:
        from rdflib.collection import Collection

        try:
            return {str(member) for member in Collection(self.graph, union) if is_iri(member)}
        except ValueError as error:
            raise OntologyError(f"a list of classes is broken: {error}", hint="correct the owl:unionOf") from None

    def says_how(self, iri: str) -> bool:
        """Whether a class tells how its things are named."""
        terms = (self.kgv.nameWord, self.kgv.namePattern, self.kgv.nerLabel, self.kgv.mentionedAs)
        return any(True for term in terms for _ in self.objects(iri, term))

    def labels(self, iri: str) -> tuple[str, ...]:
        """What a term is called in plain words, the preferred label first; else what its IRI ends in."""
        found: list[str] = []
        for predicate in (self.skos.prefLabel, self.rdfs.label, self.skos.altLabel):
            found += self.texts(iri, predicate)
        spoken = (label if " " in label else words_of(label) for label in found)
        return tuple(dict.fromkeys(spoken)) or (words_of(local_name(iri)),)

    def patterns(self, iri: str) -> tuple[str, ...]:
        """The patterns of the names of a class's things. Raises OntologyError for what is no regular expression."""
        found = self.texts(iri, self.kgv.namePattern)
        for pattern in found:
            try:
                re.compile(pattern)
            except re.error as error:
                raise OntologyError(
                    f"the name pattern {pattern!r} is no regular expression: {error}", where=iri, hint="correct it"
                ) from None
        return found

    def definition(self, iri: str) -> str:
        """The definition of a term, else a comment on it; empty without one."""
        found = self.texts(iri, self.skos.definition) or self.texts(iri, self.rdfs.comment)
        return found[0] if found else ""

    def texts(self, iri: str, predicate: Node) -> tuple[str, ...]:
        """Literals in English or without a language, sorted."""
        found = [
            re.sub(r"\s+", " ", str(o)).strip()
            for o in self.objects(iri, predicate)
            if (getattr(o, "language", None) or "en").split("-")[0] == "en" and not is_iri(o)
        ]
        return tuple(sorted(set(filter(None, found))))


def local_name(iri: str) -> str:
    """What stands behind the last #, / or : of an IRI."""
    return re.split(r"[#/:]", iri.rstrip("#/"))[-1]


def is_iri(node: object) -> bool:
    """Whether a node is an IRI, no literal and no blank node."""
    from rdflib import URIRef

    return isinstance(node, URIRef)
