"""A text with its mentions and relations written by hand: what resolving needs, without a language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from kg.model import (
    Annotation,
    Datatype,
    Document,
    Evidence,
    Extraction,
    Label,
    LocalEntity,
    LocalStatement,
    Mention,
    MentionKind,
    Parse,
    Relation,
    Span,
    Stance,
    Value,
    Voice,
)
from kg.ontology import Ontology, load
from kg.resolve import link

C = "https://w3id.org/evident-kg/company#"
ONTOLOGY = """
@prefix : <https://w3id.org/evident-kg/company#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Organization a owl:Class ; rdfs:label "organization" ; skos:altLabel "firm", "company", "brewery", "ferry company" ;
    kgv:nameWord "Ltd", "Ltd.", "GmbH", "AG", "Oy", "S.p.A.", "Group" ; kgv:nerLabel "ORG" ; kgv:mentionedAs kgv:Name .
:Person a owl:Class ; rdfs:label "person" ; skos:altLabel "founder" ; kgv:nerLabel "PERSON" ;
    kgv:mentionedAs kgv:Name .
:Place a owl:Class ; rdfs:label "place" ; skos:altLabel "town" ; kgv:nerLabel "GPE" ; kgv:mentionedAs kgv:Name .
:Product a owl:Class ; rdfs:label "product" ; skos:altLabel "model", "lamp" ; kgv:nerLabel "PRODUCT" ;
    kgv:mentionedAs kgv:Name .
:Vehicle a owl:Class ; rdfs:subClassOf :Product ; rdfs:label "vehicle" ; skos:altLabel "ferry" ;
    kgv:mentionedAs kgv:Name .
:Award a owl:Class ; rdfs:label "award" ; skos:altLabel "prize" ; kgv:mentionedAs kgv:Name , kgv:Noun .
:Strategy a owl:Class ; rdfs:label "strategy" ; kgv:mentionedAs kgv:Name , kgv:Phrase .
:Technology a owl:Class ; rdfs:label "technology" ; skos:altLabel "extract" ; kgv:mentionedAs kgv:Phrase .
:founder a owl:ObjectProperty ; rdfs:domain :Organization ; rdfs:range :Person .
:jobTitle a owl:DatatypeProperty ; rdfs:domain :Person ; rdfs:range xsd:string .
:worksFor a owl:ObjectProperty ; kgv:impliedBy :jobTitle ; rdfs:domain :Person ; rdfs:range :Organization .
:produces a owl:ObjectProperty ; rdfs:domain :Organization ; rdfs:range :Product .
:locatedIn a owl:ObjectProperty ; rdfs:domain :Organization ; rdfs:range :Place .
:headquarters a owl:ObjectProperty ; rdfs:subPropertyOf :locatedIn ; rdfs:domain :Organization ; rdfs:range :Place .
:partnerOf a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :Organization ; rdfs:range :Organization .
:pursues a owl:ObjectProperty ; rdfs:domain :Organization ; rdfs:range :Strategy .
:hasFeature a owl:ObjectProperty ; rdfs:domain :Product ; rdfs:range :Technology .
:Event a owl:Class ; rdfs:label "event" ; kgv:mentionedAs kgv:Name .
:presentedAt a owl:ObjectProperty ; rdfs:domain :Product ; rdfs:range :Event .
:presentedIn a owl:ObjectProperty ; kgv:yieldsTo :presentedAt ; rdfs:domain :Product ; rdfs:range :Place .
:receivedAward a owl:ObjectProperty ; rdfs:range :Award .
:interviewed a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Person .
:foundingDate a owl:DatatypeProperty ; rdfs:domain :Organization ; rdfs:range xsd:date .
:price a owl:ObjectProperty ; rdfs:domain :Product ; rdfs:range schema:MonetaryAmount .
"""


@dataclass
class Scene:
    """A text under construction. Mentions are made at the nth place where their words stand."""

    ontology: Ontology
    text: str
    id: str = "scene"
    voices: Sequence[tuple[str, str]] = ()
    speakers: tuple[str, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def span(self, words: str, nth: int = 0) -> Span:
        begin = -1
        for _ in range(nth + 1):
            begin = self.text.index(words, begin + 1)
        return Span(begin, begin + len(words))

    def name(
        self,
        words: str,
        cls: str = "",
        nth: int = 0,
        *,
        kind: MentionKind = "name",
        annotator: str = "names",
        called: tuple[str, ...] = (),
        title: str = "",
    ) -> Mention:
        """A name with a vote for a class, if one is given; `kind` and `annotator` for quoted words."""
        votes = ((C + cls, 2.0),) if cls else ()
        return self._add(
            Mention(
                self.span(words, nth),
                words,
                kind,
                head=_head(words),
                annotator=annotator,
                votes=votes,
                called=called,
                title=title,
            )
        )

    def refer(
        self, words: str, kind: MentionKind = "nominal", nth: int = 0, head: str = "", *, plural: bool = False
    ) -> Mention:
        """A pronoun, a nominal reference or a descriptive phrase."""
        return self._add(Mention(self.span(words, nth), words, kind, head=head or _head(words), plural=plural))

    def value(self, words: str, lexical: str, datatype: Datatype) -> Mention:
        return self._add(Mention(self.span(words), words, "value", value=Value(lexical, datatype)))

    def relate(
        self,
        subject: Mention,
        predicate: str,
        target: Mention,
        *,
        stance: Stance = "asserted",
        voice: Voice = "narration",
        speaker: str | None = None,
        evidence: Evidence | None = None,
    ) -> Relation:
        """A relation that asks for the property's own domain and range, on the words from one mention to the other."""
        prop = self.ontology.properties[C + predicate]
        ends = (subject.span, target.span)
        span = Span(min(e.begin for e in ends), max(e.end for e in ends))
        found = Relation(
            subject=subject,
            predicate=prop.iri,
            object=target,
            evidence=evidence or Evidence(span, span.of(self.text), Span(0, len(self.text))),
            stance=stance,
            rule="by hand",
            domain=prop.domain,
            range=prop.range,
            confidence=0.9,
            speaker=speaker,
            voice=voice,
        )
        self.relations.append(found)
        return found

    @property
    def annotation(self) -> Annotation:
        paragraphs = list(re.finditer(r"[^\n]+", self.text))
        voices = [*self.voices, *[("narration", "")] * (len(paragraphs) - len(self.voices))]
        parses = tuple(_parse(found, *voice) for found, voice in zip(paragraphs, voices, strict=True))
        document = Document(self.id, self.text, f"{self.id}.txt", speakers=self.speakers)
        return Annotation(document, parses, tuple(sorted(self.mentions, key=lambda m: m.span)))

    def link(self) -> Extraction:
        return link(self.annotation, self.relations, [], self.ontology)

    def facts(self) -> set[tuple[str, str, str]]:
        """The asserted statements by label, local name and label or literal."""
        found = self.link()
        names = [entity.names[0].text for entity in found.entities]
        return {
            (
                names[s.subject],
                s.predicate.removeprefix(C),
                s.object.lexical if isinstance(s.object, Value) else names[s.object],
            )
            for s in found.statements
            if s.stance == "asserted"
        }

    def names(self) -> list[list[str]]:
        """The names of each thing, label first, then the others sorted."""
        return [[e.names[0].text, *sorted(n.text for n in e.names[1:])] for e in self.link().entities]

    def _add(self, mention: Mention) -> Mention:
        self.mentions.append(mention)
        return mention


def _head(words: str) -> str:
    return words.lower().split()[-1]


def _parse(paragraph: re.Match[str], role: str, speaker: str) -> Parse:
    tokens = list(re.finditer(r"\w+|[^\w\s]", paragraph[0]))
    ends = [n + 1 for n, token in enumerate(tokens) if token[0] in ".?!"]
    bounds = sorted({0, *ends, len(tokens)})
    words = tuple(token[0] for token in tokens)
    return Parse(
        words=words,
        lemmas=tuple(word.lower() for word in words),
        tags=("",) * len(words),
        deps=("",) * len(words),
        heads=tuple(range(len(words))),
        spans=tuple(Span(paragraph.start() + t.start(), paragraph.start() + t.end()) for t in tokens),
        sentences=tuple(pairwise(bounds)),
        role=role,
        speaker=speaker,
    )


Thing = tuple[str, tuple[str, ...]]
Fact = tuple[int, str, int | Value]


def extraction(id_: str, things: Sequence[Thing], facts: Sequence[Fact] = ()) -> Extraction:
    """What one document yields: things by class and names, each mentioned once by each name, and facts about them."""
    text, entities = "", []
    for cls, names in things:
        spans = []
        for name in names:
            spans.append(Span(len(text), len(text) + len(name)))
            text += f"{name}. "
        entities.append(LocalEntity(C + cls, tuple(map(Label, names)), tuple(spans), (True,) * len(names)))
    whole = Span(0, len(text))
    statements = [
        LocalStatement(s, C + p, o, Evidence(whole, text, whole), "asserted", "by hand", 0.9) for s, p, o in facts
    ]
    return Extraction(Document(id_, text, f"{id_}.txt"), (whole,), tuple(entities), tuple(statements), ())


@pytest.fixture(scope="session")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    """A small ontology of firms and what they make."""
    path: Path = tmp_path_factory.mktemp("ontology") / "trade.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    return load([path])


@pytest.fixture(scope="session")
def begin(trade: Ontology) -> Callable[..., Scene]:
    """Begins a scene with its text."""

    def scene(
        text: str, *, id_: str = "scene", voices: Sequence[tuple[str, str]] = (), speakers: tuple[str, ...] = ()
    ) -> Scene:
        return Scene(trade, text, id_, voices, speakers)

    return scene


@pytest.fixture(scope="session")
def extracted() -> Callable[..., Extraction]:
    """Makes an extraction: id, things as (class, names), facts as (subject, local name, object)."""
    return extraction
