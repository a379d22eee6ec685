"""The ontology as the extractor sees it: classes, properties, labels and phrases, read from Turtle or any RDF syntax.

How phrases are written is told in docs/ontology-guide.md. Domains and ranges are read as alternatives: `rdfs:domain`,
`schema:domainIncludes` and `owl:unionOf` all add classes to the set.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.blank_nodes import lines_of
from kg.class_labels import asks_when, name_words_of, ner_labels_of, superclasses
from kg.errors import OntologyError
from kg.model import Datatype
from kg.ontology_terms import KGV, SCHEMA, XSD, Terms, is_iri, local_name
from kg.quiet import quiet
from kg.rdf_files import one_line, parse

if TYPE_CHECKING:
    from kg.triple_order import InOrder

AMOUNT = SCHEMA + "MonetaryAmount"

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

    notices: what the ontology lacks, for people. ntriples: all its triples, sorted; blank nodes have names that their
    content makes.
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

    from kg.triple_order import InOrder

    store = InOrder()
    graph = Graph(store, bind_namespaces="none")
    for path in paths:
        parse(graph, path)
    terms = Terms(graph)
    classes = {c.iri: c for c in _classes(terms)}
    properties = {p.iri: p for p in _properties(terms)}
    if not properties:
        raise OntologyError(
            "no property found",
            where=", ".join(map(str, paths)),
            hint="declare properties as owl:ObjectProperty, owl:DatatypeProperty or rdf:Property",
        )
    try:
        ntriples = _ntriples(store)
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


def _ntriples(store: InOrder) -> str:
    from rdflib import BNode

    from kg.triple_order import ntriples

    text = ntriples(store)
    if any(isinstance(term, BNode) for triple in store.came for term in triple):
        import pyoxigraph as ox

        found = ox.parse(text, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        return "".join(line + "\n" for line in lines_of(quad.triple for quad in found))
    return "".join(sorted(line + "\n" for line in text.splitlines() if line))


def _classes(terms: Terms) -> Iterator[OntologyClass]:
    found = terms.typed(terms.owl.Class, terms.rdfs.Class)
    found |= {iri for p in terms.properties() for iri in terms.classes_of(p) if iri not in DATATYPES}
    parents = {iri: {str(o) for o in terms.objects(iri, terms.rdfs.subClassOf) if is_iri(o)} for iri in found}
    unknown = {iri: terms.labels(iri) for iri in found if not (parents[iri] or terms.says_how(iri))}
    for iri, above in superclasses(unknown, {iri: terms.labels(iri) for iri in found}).items():
        parents[iri] |= above
    for iri in sorted(found):
        labels = terms.labels(iri)
        ways = {str(o) for o in terms.objects(iri, terms.kgv.mentionedAs)}
        ancestors = _closure(iri, parents)
        # Of a class that says nothing of how its things are named, its labels are asked.
        silent = not any(terms.says_how(other) for other in ancestors)
        above = {name for other in (ancestors & found) - {iri} for name in ner_labels_of(terms.labels(other))}
        recognised = set(ner_labels_of(labels))
        yield OntologyClass(
            iri=iri,
            local=local_name(iri),
            label=labels[0],
            definition=terms.definition(iri),
            ancestors=frozenset(ancestors),
            nouns=tuple(label.lower() for label in labels),
            name_words=name_words_of(labels) if silent else terms.texts(iri, terms.kgv.nameWord),
            name_patterns=terms.patterns(iri),
            ner_labels=tuple(sorted(recognised - above)) if silent else terms.texts(iri, terms.kgv.nerLabel),
            by_name=not ways or KGV + "Name" in ways,
            by_phrase=KGV + "Phrase" in ways,
            by_noun=not ways or KGV + "Noun" in ways,
            by_kind=KGV + "Kind" in ways,
            silent=silent,
            nameless=silent and not recognised | above,
        )


def _properties(terms: Terms) -> Iterator[Property]:
    found = terms.properties()
    parents = {iri: {str(o) for o in terms.objects(iri, terms.rdfs.subPropertyOf) if is_iri(o)} for iri in found}
    for iri in sorted(found):
        labels = terms.labels(iri)
        domain, range_ = terms.sides(iri)
        datatype = next((DATATYPES[r] for r in sorted(range_) if r in DATATYPES), None)
        if datatype is None and (
            iri in terms.typed(terms.owl.DatatypeProperty) or terms.rdfs.Literal.toPython() in range_
        ):
            datatype = "string"
        if datatype is None and not range_ and asks_when(labels[0]):
            datatype = "date"
        inverse = next(iter(sorted(str(o) for o in terms.inverses(iri))), None)
        yield Property(
            iri=iri,
            local=local_name(iri),
            label=labels[0],
            definition=terms.definition(iri),
            labels=labels,
            phrases=terms.texts(iri, terms.kgv.phrase),
            domain=frozenset(domain),
            range=frozenset() if datatype else frozenset(range_),
            datatype=datatype,
            parents=frozenset(_closure(iri, parents) - {iri}),
            symmetric=iri in terms.typed(terms.owl.SymmetricProperty),
            inverse=inverse,
            value_nouns=terms.texts(iri, terms.kgv.valueNoun),
            value_words=terms.texts(iri, terms.kgv.valueWord),
            yields_to=frozenset(str(o) for o in terms.objects(iri, terms.kgv.yieldsTo)),
            implied_by=frozenset(str(o) for o in terms.objects(iri, terms.kgv.impliedBy)),
        )


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
