"""The ontology as the extractor sees it: classes, properties, labels and phrases, read from Turtle or any RDF syntax.

How phrases are written is told in docs/ontology-guide.md. Domains and ranges are read as alternatives: `rdfs:domain`,
`schema:domainIncludes` and `owl:unionOf` all add classes to the set.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.class_labels import asks_when, name_words_of, ner_labels_of, superclasses, words_of
from kg.errors import OntologyError
from kg.model import Datatype
from kg.quiet import quiet
from kg.rdf_files import one_line, parse

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

KGV = "https://w3id.org/evident-kg/vocab#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
AMOUNT = SCHEMA + "MonetaryAmount"

_OPAQUE = re.compile(r"[A-Z]+[0-9]+")

DATATYPES: dict[str, Datatype] = {
    **dict.fromkeys((XSD + "date", XSD + "dateTime", XSD + "gYearMonth", XSD + "gYear", SCHEMA + "Date"), "date"),
    **dict.fromkeys(
        (XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")), "integer"
    ),
    **dict.fromkeys((XSD + "decimal", XSD + "double", XSD + "float", SCHEMA + "Number"), "decimal"),
    **dict.fromkeys((XSD + "string", XSD + "anyURI", SCHEMA + "Text"), "string"),
    AMOUNT: "amount",
}


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class of things.

    ancestors: IRIs of itself and of every superclass. nouns: common nouns that denote one of its things, lower case.
    name_words: words that stand inside names of such things, name_patterns:
    regular expressions that match such names. ner_labels: labels of a name recogniser that count as a
    vote. by_name, by_phrase, by_noun, by_kind: whether its things are mentioned by proper names, by descriptive
    phrases, by such phrases headed by one of its nouns, or by bare nouns for a kind of thing. silent: whether the
    ontology says none of this, so that it follows from the labels; nameless: whether then no recogniser knows such
    things, so that properties known by their labels alone take any phrase for one.
    """

    iri: str
    local: str
    label: str
    definition: str
    ancestors: frozenset[str]
    nouns: tuple[str, ...]
    name_words: tuple[str, ...]
    name_patterns: tuple[str, ...]
    ner_labels: tuple[str, ...]
    by_name: bool
    by_phrase: bool
    by_noun: bool
    by_kind: bool
    silent: bool = False
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things.

    domain, range: IRIs of the classes allowed; empty means any. parents: IRIs of all superproperties.
    datatype: for literals; None for things.
    labels: preferred first. phrases: wordings with ?s and ?o. value_nouns, value_words: heads and further words of
    a string value, such as the posts of a jobTitle. yields_to: properties that are stated instead, where a sentence
    states them of the same subject. implied_by: properties whose subjects have this one too, with the body that the
    document speaks for.
    """

    iri: str
    local: str
    label: str
    definition: str
    labels: tuple[str, ...]
    phrases: tuple[str, ...]
    domain: frozenset[str]
    range: frozenset[str]
    datatype: Datatype | None
    parents: frozenset[str]
    symmetric: bool
    inverse: str | None
    value_nouns: tuple[str, ...]
    value_words: tuple[str, ...]
    yields_to: frozenset[str] = frozenset()
    implied_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and properties by IRI; digest changes when anything in the files does.

    notices: what the ontology lacks, for people. ntriples: all its triples, sorted.
    """

    classes: dict[str, OntologyClass]
    properties: dict[str, Property]
    prefixes: dict[str, str]
    digest: str
    notices: tuple[str, ...]
    ntriples: str

    def fits(self, cls: str, allowed: frozenset[str]) -> bool:
        """Whether a thing of class `cls` may stand where one of `allowed` is asked for."""
        if not allowed:
            return True
        known = self.classes.get(cls)
        return bool(allowed & (known.ancestors if known else {cls}))

    def label(self, iri: str) -> str:
        """What a class or property is called in plain words; the local name of one that is not known."""
        known = self.classes.get(iri) or self.properties.get(iri)
        return known.label if known else local_name(iri)

    def persons(self) -> frozenset[str]:
        """The classes of persons: those that a recogniser's PERSON speaks for, and their subclasses."""
        own = {iri for iri, c in self.classes.items() if "PERSON" in c.ner_labels}
        return frozenset(iri for iri, c in self.classes.items() if c.ancestors & own)


def shipped(name: str) -> Path:
    """Where a file or folder of the shipped ontology lies: in the checkout, or where the package was installed."""
    for folder in (Path(__file__).parent.parent / "ontology", Path(sys.prefix) / "share" / "kg" / "ontology"):
        if (folder / name).exists():
            return folder / name
    raise OntologyError(f"the shipped ontology lacks {name}", hint="install evident-kg again")


def load(paths: Sequence[Path]) -> Ontology:
    """Read one ontology from its files, in any RDF syntax rdflib knows by the suffix.

    Nothing else is read: contexts of JSON-LD that lie elsewhere are refused. Raises OntologyError where a file is
    missing, does not parse or cannot be kept, or where no property can be found.
    """
    with quiet("rdflib"):  # it logs ill-typed literals with a traceback
        return _load(paths)


def _load(paths: Sequence[Path]) -> Ontology:
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for path in paths:
        parse(graph, path)
    reader = _Reader(graph)
    classes = {c.iri: c for c in reader.classes()}
    properties = {p.iri: p for p in reader.properties()}
    if not properties:
        raise OntologyError(
            "no property found",
            where=", ".join(map(str, paths)),
            hint="declare properties as owl:ObjectProperty, owl:DatatypeProperty or rdf:Property",
        )
    try:
        ntriples = _ntriples(graph)
        ntriples.encode()
    except Exception as error:  # rdflib parses IRIs and characters that it cannot write
        raise OntologyError(
            f"holds what RDF cannot: {one_line(error)}", where=", ".join(map(str, paths)), hint="correct it"
        ) from None
    return Ontology(
        classes=classes,
        properties=properties,
        prefixes={prefix: str(iri) for prefix, iri in sorted(graph.namespaces()) if prefix},
        digest=hashlib.sha256(ntriples.encode()).hexdigest(),
        notices=tuple(_lacks(classes.values(), properties.values())),
        ntriples=ntriples,
    )


def _ntriples(graph: Graph) -> str:
    from rdflib import BNode
    from rdflib.compare import to_canonical_graph

    if any(isinstance(term, BNode) for triple in graph for term in triple):
        canonical = to_canonical_graph(graph)
        return "".join(sorted(line + "\n" for line in canonical.serialize(format="nt").splitlines() if line))
    return "".join(sorted(line + "\n" for line in graph.serialize(format="nt").splitlines() if line))


class _Reader:
    """Collects classes and properties from a graph."""

    def __init__(self, graph: Graph) -> None:
        from rdflib import OWL, RDF, RDFS, SKOS, Namespace

        self.graph = graph
        self.owl, self.rdf, self.rdfs, self.skos = OWL, RDF, RDFS, SKOS
        self.kgv, self.schema = Namespace(KGV), Namespace(SCHEMA)

    def classes(self) -> Iterator[OntologyClass]:
        found = self._typed(self.owl.Class, self.rdfs.Class)
        found |= {iri for p in self._property_iris() for iri in self._classes_of(p) if iri not in DATATYPES}
        parents = {iri: {str(o) for o in self._objects(iri, self.rdfs.subClassOf) if _is_iri(o)} for iri in found}
        unknown = {iri: self._labels(iri) for iri in found if not (parents[iri] or self._says_how(iri))}
        for iri, above in superclasses(unknown, {iri: self._labels(iri) for iri in found}).items():
            parents[iri] |= above
        for iri in sorted(found):
            labels = self._labels(iri)
            ways = {str(o) for o in self._objects(iri, self.kgv.mentionedAs)}
            ancestors = _closure(iri, parents)
            # Of a class that says nothing of how its things are named, its labels are asked.
            silent = not any(self._says_how(other) for other in ancestors)
            above = {name for other in (ancestors & found) - {iri} for name in ner_labels_of(self._labels(other))}
            recognised = set(ner_labels_of(labels))
            yield OntologyClass(
                iri=iri,
                local=local_name(iri),
                label=labels[0],
                definition=self._definition(iri),
                ancestors=frozenset(ancestors),
                nouns=tuple(label.lower() for label in labels),
                name_words=name_words_of(labels) if silent else self._texts(iri, self.kgv.nameWord),
                name_patterns=self._patterns(iri),
                ner_labels=tuple(sorted(recognised - above)) if silent else self._texts(iri, self.kgv.nerLabel),
                by_name=not ways or KGV + "Name" in ways,
                by_phrase=KGV + "Phrase" in ways,
                by_noun=not ways or KGV + "Noun" in ways,
                by_kind=KGV + "Kind" in ways,
                silent=silent,
                nameless=silent and not recognised | above,
            )

    def _says_how(self, iri: str) -> bool:
        """Whether a class tells how its things are named."""
        terms = (self.kgv.nameWord, self.kgv.namePattern, self.kgv.nerLabel, self.kgv.mentionedAs)
        return any(True for term in terms for _ in self._objects(iri, term))

    def properties(self) -> Iterator[Property]:
        found = self._property_iris()
        parents = {iri: {str(o) for o in self._objects(iri, self.rdfs.subPropertyOf) if _is_iri(o)} for iri in found}
        for iri in sorted(found):
            labels = self._labels(iri)
            domain, range_ = self._sides(iri)
            datatype = next((DATATYPES[r] for r in sorted(range_) if r in DATATYPES), None)
            if datatype is None and (
                iri in self._typed(self.owl.DatatypeProperty) or self.rdfs.Literal.toPython() in range_
            ):
                datatype = "string"
            if datatype is None and not range_ and asks_when(labels[0]):
                datatype = "date"
            inverse = next(iter(sorted(str(o) for o in self._inverses(iri))), None)
            yield Property(
                iri=iri,
                local=local_name(iri),
                label=labels[0],
                definition=self._definition(iri),
                labels=labels,
                phrases=self._texts(iri, self.kgv.phrase),
                domain=frozenset(domain),
                range=frozenset() if datatype else frozenset(range_),
                datatype=datatype,
                parents=frozenset(_closure(iri, parents) - {iri}),
                symmetric=iri in self._typed(self.owl.SymmetricProperty),
                inverse=inverse,
                value_nouns=self._texts(iri, self.kgv.valueNoun),
                value_words=self._texts(iri, self.kgv.valueWord),
                yields_to=frozenset(str(o) for o in self._objects(iri, self.kgv.yieldsTo)),
                implied_by=frozenset(str(o) for o in self._objects(iri, self.kgv.impliedBy)),
            )

    def _typed(self, *types: Node) -> set[str]:
        return {str(s) for t in types for s in self.graph.subjects(self.rdf.type, t) if _is_iri(s)}

    def _property_iris(self) -> set[str]:
        found = self._typed(
            self.owl.ObjectProperty,
            self.owl.DatatypeProperty,
            self.owl.SymmetricProperty,
            self.owl.TransitiveProperty,
            self.owl.FunctionalProperty,
            self.rdf.Property,
        )
        return found - self._typed(self.owl.AnnotationProperty)

    def _objects(self, iri: str, predicate: Node) -> Iterator[Node]:
        from rdflib import URIRef

        yield from self.graph.objects(URIRef(iri), predicate)

    def _inverses(self, iri: str) -> Iterator[Node]:
        from rdflib import URIRef

        yield from (o for o in self._objects(iri, self.owl.inverseOf) if _is_iri(o))
        yield from (s for s in self.graph.subjects(self.owl.inverseOf, URIRef(iri)) if _is_iri(s))

    def _sides(self, iri: str) -> tuple[set[str], set[str]]:
        domain = self._expand(self._objects(iri, self.rdfs.domain)) | self._expand(
            self._objects(iri, self.schema.domainIncludes)
        )
        range_ = self._expand(self._objects(iri, self.rdfs.range)) | self._expand(
            self._objects(iri, self.schema.rangeIncludes)
        )
        # A class without a label whose name is a mere number ("Q42") tells nothing that a text could be asked for.
        opaque = {
            c for c in domain | range_ if _OPAQUE.fullmatch(local_name(c)) and not self._texts(c, self.rdfs.label)
        }
        domain, range_ = domain - opaque, range_ - opaque
        anything = {str(self.owl.Thing), str(self.rdfs.Resource)}
        return (set() if domain & anything else domain), (set() if range_ & anything else range_)

    def _classes_of(self, iri: str) -> set[str]:
        domain, range_ = self._sides(iri)
        return {c for c in domain | range_ if c != str(self.rdfs.Literal)}

    def _expand(self, nodes: Iterable[Node]) -> set[str]:
        from rdflib import BNode

        found: set[str] = set()
        for node in nodes:
            if _is_iri(node):
                found.add(str(node))
            elif isinstance(node, BNode):
                for union in self.graph.objects(node, self.owl.unionOf):
                    found |= self._members(union)
        return found

    def _members(self, union: Node) -> set[str]:
        from rdflib.collection import Collection

        try:
            return {str(member) for member in Collection(self.graph, union) if _is_iri(member)}
        except ValueError as error:
            raise OntologyError(f"a list of classes is broken: {error}", hint="correct the owl:unionOf") from None

    def _labels(self, iri: str) -> tuple[str, ...]:
        found: list[str] = []
        for predicate in (self.skos.prefLabel, self.rdfs.label, self.skos.altLabel):
            found += self._texts(iri, predicate)
        spoken = (label if " " in label else words_of(label) for label in found)
        return tuple(dict.fromkeys(spoken)) or (words_of(local_name(iri)),)

    def _patterns(self, iri: str) -> tuple[str, ...]:
        found = self._texts(iri, self.kgv.namePattern)
        for pattern in found:
            try:
                re.compile(pattern)
            except re.error as error:
                raise OntologyError(
                    f"the name pattern {pattern!r} is no regular expression: {error}", where=iri, hint="correct it"
                ) from None
        return found

    def _definition(self, iri: str) -> str:
        found = self._texts(iri, self.skos.definition) or self._texts(iri, self.rdfs.comment)
        return found[0] if found else ""

    def _texts(self, iri: str, predicate: Node) -> tuple[str, ...]:
        """Literals in English or without a language, sorted."""
        found = [
            re.sub(r"\s+", " ", str(o)).strip()
            for o in self._objects(iri, predicate)
            if (getattr(o, "language", None) or "en").split("-")[0] == "en" and not _is_iri(o)
        ]
        return tuple(sorted(set(filter(None, found))))


def local_name(iri: str) -> str:
    """What stands behind the last #, / or : of an IRI."""
    return re.split(r"[#/:]", iri.rstrip("#/"))[-1]


def _is_iri(node: object) -> bool:
    from rdflib import URIRef

    return isinstance(node, URIRef)


def _closure(iri: str, parents: dict[str, set[str]]) -> set[str]:
    found, todo = {iri}, [iri]
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent not in found:
                found.add(parent)
                todo.append(parent)
    return found


def _lacks(classes: Iterable[OntologyClass], properties: Iterable[Property]) -> Iterator[str]:
    properties = list(properties)
    for what, found in (
        ("no phrases (kgv:phrase); only their labels are looked for", [p.local for p in properties if not p.phrases]),
        ("no domain", [p.local for p in properties if not p.domain]),
        ("no range", [p.local for p in properties if not p.range and not p.datatype]),
    ):
        if found:
            shown = ", ".join(found[:6]) + (f" and {len(found) - 6} more" if len(found) > 6 else "")
            yield f"{len(found)} of {len(properties)} properties have {what}: {shown}"
    if not list(classes):
        yield "there are no classes; every name fits everywhere"
