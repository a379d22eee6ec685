"""Small graphs made of sentences "Ann makes boats." by way of `kg.rdf`, as a build makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kg.diff import Graph, snapshot
from kg.model import Document, Entity, EntityMention, Evidence, Label, Span, Stance, Statement
from kg.ontology import Ontology, load
from kg.rdf import by_document, default_graph, evidence_graph, ontology_graph
from kg.rdf.iris import decisions_graph_iri, inferred_graph_iri, ontology_graph_iri
from kg.rdf.namespaces import KGV, RDF
from kg.reason import infer
from kg.store import Store
from tests.things import things

BASE = "https://kg.example/"
E = BASE + "entity/"
X = "https://x.example/"
_ONTOLOGY = ox.NamedNode(ontology_graph_iri("https://kg.example/"))
ONTOLOGY = """
@prefix x: <https://x.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
x:Maker a owl:Class ; rdfs:label "maker"@en . x:Good a owl:Class ; rdfs:label "good"@en .
x:makes a owl:ObjectProperty ; rdfs:label "makes"@en ; rdfs:domain x:Maker ; rdfs:range x:Good .
x:knows a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "knows"@en .
"""


@dataclass(frozen=True)
class Small:
    """A graph in words.

    texts: sentences by document, of three words each, with a stance after a slash: "Ann makes boats/denied". called:
    the local IRI of a word, where it is not the word. labels: of IRIs, where they are not the last word for them.
    decisions: what they decide and what they are about, by id.
    """

    texts: Mapping[str, Sequence[str]]
    called: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    ontology: str = ONTOLOGY
    extractor: str = "rules-1"
    confidence: float = 0.9
    learned: bool = False
    model: str = "small"
    code: str = "1"
    reason: str = ""
    decisions: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def but(self, **changes: object) -> Small:
        return replace(self, **changes)  # type: ignore[arg-type]

    def iri(self, word: str) -> str:
        return E + self.called.get(word, word.lower())

    @property
    def manifest(self) -> dict[str, object]:
        extractors = ["learned-1", self.extractor] if self.learned else [self.extractor]
        reason = {"reason": self.reason} if self.reason else {}
        return {"base": BASE, "model": self.model, "code": self.code, "extractors": extractors, **reason}

    def quads(self, folder: Path) -> list[ox.Quad]:
        ontology = ontology_of(self.ontology, folder)
        read = [self._read(name, sentences) for name, sentences in self.texts.items()]
        statements = [s for _, _, found, _ in read for s in found]
        entities = self._entities([m for *_, mentions in read for m in mentions], {d.id: d.text for d, *_ in read})
        quads = default_graph(entities, statements, ontology, BASE) + ontology_graph(ontology, BASE)
        spoken = by_document(entities, statements)
        for document, spans, _, _ in read:
            if document.id in spoken:
                said = spoken[document.id]
                quads += evidence_graph(
                    document, spans, said.things, said.statements, base=BASE, extractor=self.extractor
                )
        return quads + self._decided() + self._inferred(quads)

    def _inferred(self, quads: list[ox.Quad]) -> list[ox.Quad]:
        if not self.reason:
            return []
        facts, ontology = ([q for q in quads if q.graph_name == name] for name in (ox.DefaultGraph(), _ONTOLOGY))
        return infer(facts, ontology, BASE, self.reason).quads(inferred_graph_iri(BASE))

    def _read(
        self, name: str, sentences: Sequence[str]
    ) -> tuple[Document, list[Span], list[Statement], list[tuple[str, EntityMention]]]:
        text, spans, statements, mentions = "", [], [], []
        for sentence in sentences:
            words, _, stance = sentence.partition("/")
            subject, predicate, target = words.split()
            begin = len(text)
            text += words + ". "
            span = Span(begin, begin + len(words) + 1)
            spans.append(span)
            evidence = Evidence(Span(begin, begin + len(words)), words, span)
            statements.append(
                Statement(
                    self.iri(subject),
                    X + predicate,
                    self.iri(target),
                    name,
                    evidence,
                    as_stance(stance),
                    "verb",
                    self.confidence,
                )
            )
            places = ((subject, begin), (target, begin + len(subject) + len(predicate) + 2))
            mentions += [
                (self.iri(word), EntityMention(name, Span(at, at + len(word)), named=True)) for word, at in places
            ]
        return Document(name, text, f"{name}.txt"), spans, statements, mentions

    def _entities(self, mentions: Sequence[tuple[str, EntityMention]], texts: Mapping[str, str]) -> list[Entity]:
        found: dict[str, list[EntityMention]] = defaultdict(list)
        for iri, mention in mentions:
            found[iri].append(mention)
        old: dict[str, list[str]] = defaultdict(list)
        for gone, new in self.replaced.items():
            old[E + new].append(E + gone)
        names = {iri: sorted({m.span.of(texts[m.document]) for m in told}) for iri, told in found.items()}
        return [
            Entity(
                iri,
                X + self.types.get(iri.removeprefix(E), "Maker"),
                Label(self.labels.get(iri.removeprefix(E), names[iri][-1])),
                tuple(map(Label, names[iri][:-1])),
                things(told),
                tuple(old[iri]),
            )
            for iri, told in found.items()
        ]

    def _decided(self) -> list[ox.Quad]:
        graph, quads = ox.NamedNode(decisions_graph_iri(BASE)), []
        for name, (decides, about) in self.decisions.items():
            node = ox.NamedNode(f"{BASE}decision/{name}")
            quads.append(ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(KGV + "Decision"), graph))
            quads.append(ox.Quad(node, ox.NamedNode(KGV + "decides"), ox.Literal(decides), graph))
            quads += [ox.Quad(node, ox.NamedNode(KGV + "about"), ox.NamedNode(E + iri), graph) for iri in about]
        return quads

    def graph(self, folder: Path, name: str = "g") -> Graph:
        store = ox.Store()
        store.extend(self.quads(folder))
        return snapshot(store, self.manifest, name)

    def store(self, folder: Path) -> Path:
        """The graph in a folder, as a build leaves it."""
        graphs: dict[str | None, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads(folder):
            graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].append(quad)
        with Store.open(folder, create=True) as store:
            store.manifest = self.manifest
            for graph, quads in graphs.items():
                store.put(graph, quads)
        return folder


def as_stance(word: str) -> Stance:
    return "denied" if word == "denied" else "planned" if word == "planned" else "asserted"


_LOADED: dict[str, Ontology] = {}


def ontology_of(turtle: str, folder: Path) -> Ontology:
    if turtle not in _LOADED:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "ontology-of-the-test.ttl"
        path.write_text(turtle, encoding="utf-8")
        _LOADED[turtle] = load([path])
    return _LOADED[turtle]
