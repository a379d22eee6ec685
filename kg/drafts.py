"""The graphs of a build, each with a digest of all that it is made of, so that one that stays is not made again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from kg import rdf
from kg.archive import Kept, code_digest
from kg.config import Settings
from kg.digests import digest_of, packed_digest
from kg.export.beside import Draft
from kg.export.subjects import DefaultDraft
from kg.imports import IMPORTED, VERSION
from kg.model import Extracted, LocalEntity
from kg.ontology import Ontology
from kg.proposers import RULES, versions
from kg.rdf import iris
from kg.rdf.terms import Nodes
from kg.resolve import Resolution

if TYPE_CHECKING:
    from pyoxigraph import Quad

_MAKING = ("rdf", "export", "reason", "drafts.py")  # code that decides how a graph is written


def drafts(
    resolution: Resolution,
    extractions: Sequence[Extracted],
    ontology: Ontology,
    settings: Settings,
    cautions: list[str],
) -> Iterator[Draft | DefaultDraft]:
    """The default graph, then all named graphs in the order of their IRIs.

    cautions: gets what is odd about what was inferred.
    """
    base = settings.base
    names = rdf.prefixes(base, ontology.prefixes)
    common = _digest("", code_digest(*_MAKING), base, names)

    def draft(iri: str, make: Callable[[], Collection[Quad]], *made_of: Any) -> Draft:
        return Draft(iri, _digest(common, *made_of), make)

    default = _default(resolution, ontology, base, common)
    yield default
    if resolution.outcomes:
        decided = [(o.decision, o.entities, o.statements, o.reason) for o in resolution.outcomes]
        yield draft(iris.decisions_graph_iri(base), partial(rdf.decisions_graph, resolution.outcomes, base), decided)
    yield from _evidence(resolution, extractions, settings, draft)
    if settings.reason:
        from kg.reason import infer, within

        facts = rdf.default_graph(resolution.entities, resolution.statements, ontology, base)
        closure = infer(within(facts, base), rdf.ontology_graph(ontology, base), base, settings.reason)
        cautions.extend(closure.notices)
        graph = iris.inferred_graph_iri(base)
        if len(closure):
            yield draft(graph, partial(closure.quads, graph), ontology.digest, default.digest, settings.reason)
    yield draft(iris.ontology_graph_iri(base), partial(rdf.ontology_graph, ontology, base), ontology.digest)


def _evidence(
    resolution: Resolution, extractions: Sequence[Extracted], settings: Settings, draft: Any
) -> Iterator[Draft]:
    """The graph of each document, and of what users added with sources of their own."""
    base, extractors = settings.base, versions(settings) | {IMPORTED: VERSION}
    spoken = rdf.by_document(resolution.entities, resolution.statements)
    every = [*extractions, resolution.sources] if resolution.sources else extractions
    named = [(iris.evidence_graph_iri(base, e.id), e) for e in every]
    for graph, extraction in sorted(named, key=lambda pair: pair[0]):
        said = spoken.get(extraction.id, rdf.Spoken())
        told = extraction.seal if isinstance(extraction, Kept) else extraction
        make = partial(_evidence_of, extraction, said, base, extractors)
        yield draft(graph, make, told, _numbered(said, extraction), said.statements, extractors)


def _numbered(said: rdf.Spoken, extraction: Extracted) -> list[tuple[str, int | LocalEntity]]:
    """The things of a document by their places in it, which tell as much; those that users divided as they are."""
    place = {id(thing): n for n, thing in enumerate(extraction.entities)}
    return [(iri, place.get(id(thing), thing)) for iri, thing in said.things]


def _evidence_of(extracted: Extracted, said: rdf.Spoken, base: str, extractors: Mapping[str, str]) -> Collection[Quad]:
    extraction = extracted.whole()
    return rdf.evidence_graph(
        extraction.document,
        extraction.sentences,
        said.things,
        said.statements,
        base=base,
        extractor=extractors[RULES],
        others=extractors,
    )


def _default(resolution: Resolution, ontology: Ontology, base: str, common: str) -> DefaultDraft:
    """The default graph, with a digest of what is said of each subject."""
    told = rdf.default_facts(resolution.entities, resolution.statements, ontology, base)
    node = Nodes()
    key, encode = common.encode(), msgspec.msgpack.Encoder().encode
    digests = {subject: packed_digest(key + encode(list(pairs))) for subject, pairs in told.items()}
    whole = _digest(common, sorted(digests.items()))
    return DefaultDraft(whole, digests, lambda subject: rdf.subject_quads(subject, told[subject], base, node))


def _digest(common: str, *parts: Any) -> str:
    data = msgspec.json.encode(parts, enc_hook=str)
    return digest_of(common.encode(), data)
