"""What triples speak of: things with their IRIs, names and classes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import pyoxigraph as ox

from kg.imports.lines import Line
from kg.imports.vocabulary import Vocabulary, standard
from kg.model import Label, LocalEntity, Span
from kg.ontology import Ontology
from kg.ontology_terms import local_name
from kg.rdf.namespaces import DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS

NAMING = {
    SKOS + "prefLabel": 0,
    RDFS + "label": 0,
    SCHEMA + "name": 0,
    FOAF + "name": 0,
    DCTERMS + "title": 0,
    SKOS + "altLabel": 1,
    SCHEMA + "alternateName": 1,
}
"""Predicates of names: 0 for the name by which a thing is called first, 1 for others."""

# Also of Wikidata: "instance of".
TYPING = frozenset((RDF + "type", "http://www.wikidata.org/prop/direct/P31"))
SAME = frozenset((OWL + "sameAs", SKOS + "exactMatch", DCTERMS + "isReplacedBy"))

_LANGUAGES = {"": 0, "en": 1, "mul": 2}
_CODE = re.compile(r"[A-Za-z]{0,3}[_-]?[0-9]+|[0-9a-fA-F-]{8,}|[\W\d_]*|.")


@dataclass(slots=True)
class Thing:
    """A thing under construction. nodes: its IRIs and blank nodes. names: with their spans. types: as mapped."""

    nodes: list[str] = field(default_factory=list)
    names: list[tuple[tuple[int, int, str, str], Label, Span]] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    expected: list[frozenset[str]] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)

    @property
    def iris(self) -> tuple[str, ...]:
        """Its IRIs, sorted."""
        return tuple(sorted(node for node in self.nodes if not node.startswith("_:")))

    @property
    def called(self) -> str:
        """Its first name, what can be read of its IRI, or the IRI or blank node itself."""
        if self.names:
            return min(self.names)[1].text
        return next((words_of(iri) or local_name(iri) or iri for iri in self.iris), self.nodes[0])


class Things:
    """The things of a document by their nodes; what is said to be the same is one."""

    def __init__(self, lines: Sequence[Line], vocabulary: Vocabulary) -> None:
        self._of: dict[str, Thing] = {}
        for line in lines:
            if line.predicate in SAME and is_link(line):
                self._join(line.subject, line.target)
        for line in lines:
            for node, span in ((line.subject, line.subject_span), (line.target, line.object_span)):
                if node:
                    self.at(node).places.setdefault(node, span)
            self._describe(line, vocabulary)

    def at(self, node: str) -> Thing:
        """The thing that a node stands for."""
        if node not in self._of:
            self._of[node] = Thing([node])
        return self._of[node]

    def all(self) -> list[Thing]:
        """Every thing once, by where it stands first."""
        found = {id(thing): thing for thing in self._of.values()}
        return sorted(found.values(), key=lambda thing: min(thing.places.values(), default=Span(0, 0)))

    def _join(self, one: str, other: str) -> None:
        kept, gone = self.at(one), self.at(other)
        if kept is not gone:
            if len(kept.nodes) < len(gone.nodes):
                kept, gone = gone, kept
            kept.nodes += gone.nodes
            for node in gone.nodes:
                self._of[node] = kept

    def _describe(self, line: Line, vocabulary: Vocabulary) -> None:
        predicate = standard(line.predicate)
        if predicate in TYPING and isinstance(line.object, ox.NamedNode):
            self.at(line.subject).types |= vocabulary.classes(line.object.value)
        elif (name := name_of(line)) is not None:
            language = name.language.split("-")[0]
            rank = (NAMING[predicate], _LANGUAGES.get(language, 3), name.language, name.text)
            self.at(line.subject).names.append((rank, name, line.object_span))


def is_link(line: Line) -> bool:
    """Whether a triple that says of two things that they are one may be believed: it is between nodes."""
    return bool(line.target) and line.target != line.subject


def name_of(line: Line) -> Label | None:
    """The name that a triple gives its subject; None for all others."""
    if standard(line.predicate) not in NAMING or not isinstance(line.object, ox.Literal):
        return None
    words = " ".join(unicodedata.normalize("NFC", line.object.value).split())
    return Label(words, line.object.language or "") if words else None


def words_of(iri: str) -> str:
    """What can be read of an IRI as a name ("Larkspur_Marine"), "" for a mere code ("Q42")."""
    name = unquote(local_name(iri))
    if _CODE.fullmatch(name):
        return ""
    return " ".join((name.replace("-", " ") if name.islower() else name).replace("_", " ").split())


def class_of(thing: Thing, ontology: Ontology) -> str | None:
    """Its class: of those that it is said to be of, the one that fits best; else the only one that its facts allow.

    "" where the ontology has no classes; None where nothing tells.
    """
    if not ontology.classes:
        return ""
    told = lowest(thing.types, ontology)
    if told:
        fits = {cls: sum(ontology.fits(cls, allowed) for allowed in thing.expected) for cls in told}
        return min(told, key=lambda cls: (-fits[cls], -len(ontology.classes[cls].ancestors), cls))
    options = {c for allowed in thing.expected for c in allowed if all(ontology.fits(c, a) for a in thing.expected)}
    options = {c for c in options if c in ontology.classes and not (ontology.classes[c].ancestors & options) - {c}}
    return options.pop() if len(options) == 1 else None


def lowest(classes: Iterable[str], ontology: Ontology) -> set[str]:
    """The classes without those that another one is a kind of."""
    given = set(classes)
    above = {a for cls in given for a in ontology.classes[cls].ancestors - {cls}}
    return given - above or given


def local_entity(thing: Thing, cls: str, text: str) -> LocalEntity:
    """A thing as resolution takes it; each of its IRIs is mentioned where it stands first, each name where it does."""
    mentions: dict[Span, bool] = {span: False for node, span in thing.places.items() if not node.startswith("_:")}
    names: dict[str, Label] = {}
    tagged = {name.text for _, name, _ in thing.names if name.language}
    for _, name, span in sorted(thing.names):
        mentions[span] = True
        if name.language or name.text not in tagged:
            names.setdefault(name.text, name)
    if not names:
        names[thing.called] = Label(thing.called)
        for iri in thing.iris:
            if words_of(iri):
                whole = thing.places[iri]
                tail = text.rindex(local_name(iri), whole.begin, whole.end)
                mentions[Span(tail, tail + len(local_name(iri)))] = True
    spans = sorted(mentions)
    return LocalEntity(
        cls, tuple(names.values()), tuple(spans), tuple(mentions[s] for s in spans), bool(thing.types), thing.iris
    )


def by_subject(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The triples of each subject."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.subject].append(line)
    return found
