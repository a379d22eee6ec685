"""A project with three documents about a boatyard and the graph that a build of them would store, made by hand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import published, rdf
from kg.archive import Archive
from kg.export import export
from kg.export.beside import GraphFiles
from kg.filling import Filling
from kg.model import (
    Document,
    Entity,
    EntityMention,
    Evidence,
    Extraction,
    Label,
    Problem,
    Report,
    Span,
    Stance,
    Statement,
    Value,
)
from kg.ontology import Ontology, load
from kg.rdf import iris
from kg.read import read
from kg.store import Store
from kg.verify import reread, verify
from tests.drafts import draft
from tests.things import things

BASE, C = "https://kg.example/", "https://boats.example/"
E = BASE + "entity/"
LIMIT = 100_000
ONTOLOGY = f"""
@prefix : <{C}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Yard a owl:Class ; rdfs:label "yard"@en .
:partnerOf a owl:SymmetricProperty ; rdfs:label "works together with"@en .
:makes a owl:ObjectProperty ; rdfs:label "makes"@en .
:owns a owl:ObjectProperty ; rdfs:label "owns"@en .
:costs a owl:DatatypeProperty ; rdfs:label "costs"@en .
:employs a owl:DatatypeProperty ; rdfs:label "employs"@en .
:post a owl:DatatypeProperty ; rdfs:label "is"@en .
:since a owl:DatatypeProperty ; rdfs:label "since"@en .
"""
TALK = """\
---
title: A talk about boats
date: 2019-05-10
speakers: [Ines Falk]
---

Larkspur 😀 makes the Heron 9 in Tønder. The Heron 9 costs 29,990 euros. Larkspur employs 420 people.

Ines Falk is managing director. Larkspur will buy Ostrava 𝔖ails, she says.
"""
NEWS = {
    "news/1": "Larkspur works together with Ostrava 𝔖ails. Ostrava 𝔖ails works together with Larkspur since May 2017.",
    "news/2": "Larkspur does not own Ostrava 𝔖ails.",
}
PREFIXES = f"""
PREFIX : <{C}> PREFIX e: <{E}> PREFIX d: <{BASE}document/> PREFIX g: <{BASE}graph/>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX kgv: <https://w3id.org/evident-kg/vocab#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


@dataclass(frozen=True)
class Boats:
    """The project's folder, which is the working folder, and its ontology; the graph lies in "out"."""

    folder: Path
    ontology: Ontology

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def archive(self) -> Archive:
        """What belongs to the state that readers see."""
        root = self.out / "store"
        return Archive.at(published.path_of(root, published.states(root)[-1]) / published.DOCUMENTS)

    def corrupt(self, update: str) -> None:
        """Change the stored graph by a SPARQL update; the files beside it are written anew."""
        changed = ox.Store()
        with Store.view(self.out) as store:
            changed.extend(store.quads)
        changed.update(PREFIXES + update)
        graphs: dict[str | None, list[ox.Quad]] = defaultdict(list)
        for quad in changed:
            graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].append(quad)
        with Store.open(self.out) as store:
            store.fill([Filling(*graph) for graph in graphs.items()])
        self.export()

    def export(self) -> None:
        with Store.view(self.out) as store:
            export(store, "turtle", self.out / "graph.ttl")
            export(store, "trig", self.out / "graph.trig")

    def verify(self, *sources: str, **given: Any) -> Report:
        with Store.view(self.out) as store:
            documents = reread(store, sources, max_bytes=LIMIT)
            return verify(store, documents, **{"ontology": self.ontology, **given})

    def findings(self, *sources: str) -> list[tuple[str, str]]:
        """Where and what; every finding says what to do."""
        report = self.verify(*sources)
        assert all(found.hint for found in report.findings)
        return [(found.where, found.what) for found in report.findings]


def make(folder: Path) -> Boats:
    """Write documents and ontology, and store the graph."""
    (folder / "docs").mkdir()
    (folder / "docs" / "talk.md").write_text(TALK, encoding="utf-8")
    lines = (json.dumps({"id": id_, "text": text}) for id_, text in NEWS.items())
    (folder / "docs" / "news.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "boats.ttl").write_text(ONTOLOGY, encoding="utf-8")
    boats = Boats(folder, load([folder / "boats.ttl"]))
    documents = [item for item in read(["docs"], max_bytes=LIMIT) if not isinstance(item, Problem)]
    store(boats, documents)
    return boats


def store(boats: Boats, documents: Iterable[Document]) -> None:
    """What a build would store of the documents: archive, quads and files."""
    texts = {document.id: document for document in documents}
    statements = [s for s in _statements(texts) if s.document in texts]
    entities = _entities(texts)
    archive = Archive(boats.out)
    spoken = rdf.by_document(entities, statements)
    graphs: list[tuple[str | None, list[ox.Quad]]] = [
        (None, rdf.default_graph(entities, statements, boats.ontology, BASE))
    ]
    for name, document in sorted(texts.items()):
        sentences = _sentences(document.text)
        archive.keep("key", Extraction(document, tuple(sentences), (), (), ()))
        said = spoken.get(name, rdf.Spoken())
        quads = rdf.evidence_graph(document, sentences, said.things, said.statements, base=BASE, extractor="rules-1")
        graphs.append((iris.evidence_graph_iri(BASE, name), quads))
    graphs.append((iris.ontology_graph_iri(BASE), rdf.ontology_graph(boats.ontology, BASE)))
    with Store.open(boats.out, create=True) as opened:
        opened.manifest = {"base": BASE, "prefixes": rdf.prefixes(BASE), "ontology": boats.ontology.digest}
        with GraphFiles(opened, boats.out) as files:
            drafts = (draft(name, str(len(quads)), partial(list, quads)) for name, quads in graphs)
            opened.fill(files.passing(drafts))


def _sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"\S[^.]*\.", text)]


def _statements(documents: dict[str, Document]) -> list[Statement]:
    found = []

    def say(name: str, s: str, p: str, o: str | Value, quote: str, stance: Stance = "asserted", **more: Any) -> None:
        if name not in documents:
            return
        text = documents[name].text
        span = Span(text.index(quote), text.index(quote) + len(quote))
        sentence = next(one for one in _sentences(text) if span in one)
        evidence = Evidence(span, quote, sentence)
        target = E + o if isinstance(o, str) else o
        found.append(Statement(E + s, C + p, target, name, evidence, stance, f"?s {p} ?o", 0.9, **more))

    say("talk", "larkspur", "makes", "heron-9", "makes the Heron 9", place=E + "tønder")
    say("talk", "heron-9", "costs", Value("29990 EUR", "amount"), "costs 29,990 euros")
    say("talk", "larkspur", "employs", Value("420", "integer"), "employs 420")
    say("talk", "ines-falk", "post", Value("managing director", "string"), "is managing director")
    say("talk", "larkspur", "owns", "ostrava", "will buy Ostrava 𝔖ails", "planned", speaker=E + "ines-falk")
    say("news/1", "larkspur", "partnerOf", "ostrava", "works together with Ostrava 𝔖ails")
    since = Value("2017-05", "gYearMonth")
    say("news/1", "ostrava", "partnerOf", "larkspur", "works together with Larkspur", time=since)
    say("news/1", "ostrava", "since", since, "since May 2017")
    say("news/2", "larkspur", "owns", "ostrava", "does not own Ostrava 𝔖ails", "denied")
    return found


def _entities(documents: dict[str, Document]) -> list[Entity]:
    names = {"larkspur": "Larkspur", "heron-9": "Heron 9", "tønder": "Tønder", "ines-falk": "Ines Falk"}
    found = []
    for slug, name in {**names, "ostrava": "Ostrava 𝔖ails"}.items():
        mentions = tuple(
            EntityMention(document.id, Span(*match.span()), True)
            for document in documents.values()
            for match in re.finditer(re.escape(name), document.text)
        )
        old = (E + "lark",) if slug == "larkspur" else ()
        found.append(Entity(E + slug, C + "Yard", Label(name, "en"), (), things(mentions), old))
    return found
