"""A document as it is now, as it was read, and as the graph describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.model import Document, Problem
from kg.rdf.iris import document_iri
from kg.rdf.namespaces import KGV
from kg.rdf.provenance import describe_document
from kg.verify.found import READ_AGAIN, REBUILD, fault, first_difference, short

_SHA256 = ox.NamedNode(KGV + "sha256")
_NOT_KEPT = "what was read of it is not kept, or is damaged, below store/documents"
_ASIDE = ("title", "date", "source", "speakers")


def compare(
    document: str, quads: Iterable[ox.Quad], base: str, now: Document | None, kept: Document | None
) -> tuple[list[Problem], str | None]:
    """Findings about a document as a whole, and the text that its offsets count in; None where that text is lost.

    quads: of its evidence graph. now: as its source holds it, None where that could not be read. kept: as it was read.
    """
    home = ox.NamedNode(document_iri(base, document))
    stored = {quad for quad in quads if quad.subject == home}
    shas = [quad.object.value for quad in stored if quad.predicate == _SHA256 and isinstance(quad.object, ox.Literal)]
    sha = shas[0] if len(shas) == 1 else None
    found = [*_hashes(document, sha, now, kept)]
    if kept is None:
        found.append(Problem(document, _NOT_KEPT, READ_AGAIN))
    read = kept or now
    if read is not None:
        found += _description(document, stored, home, read)
    if kept is not None and now is not None:
        found += _aside(document, kept, now)
    return found, _text(sha, now, kept)


def _hashes(document: str, sha: str | None, now: Document | None, kept: Document | None) -> Iterator[Problem]:
    if sha is None:
        yield fault(document, "the graph has no single kgv:sha256 of its text")
        return
    new, old = now.sha256 if now else sha, kept.sha256 if kept else sha
    if new == old != sha:
        yield fault(document, f"the graph's kgv:sha256 is {sha[:12]}…, its text has {new[:12]}…")
        return
    if new != sha and now is not None:
        begin = f", from character {first_difference(now.text, kept.text)} on" if kept and old == sha else ""
        yield Problem(document, f"its source {now.path} has another text than when it was built{begin}", READ_AGAIN)
    if old != sha:
        yield Problem(document, "the text that is kept of it below store/documents is not the graph's", REBUILD)


def _text(sha: str | None, now: Document | None, kept: Document | None) -> str | None:
    """The text with the graph's hash; where no text has it, the one that two witnesses agree on, else none."""
    read = [document for document in (now, kept) if document is not None]
    for document in read:
        if document.sha256 == sha:
            return document.text
    texts = {document.text for document in read}
    return texts.pop() if len(texts) == 1 and (sha is None or len(read) > 1) else None


def _description(document: str, stored: set[ox.Quad], home: ox.NamedNode, read: Document) -> Iterator[Problem]:
    """Where the graph describes the document otherwise than it was read; its hash is looked at elsewhere."""
    graph = next((quad.graph_name for quad in stored), None)
    if not isinstance(graph, ox.NamedNode):
        yield fault(document, "its graph does not describe it")
        return
    said, due = (
        {q for q in quads if q.predicate != _SHA256} for quads in (stored, describe_document(read, home, graph))
    )
    for predicate in sorted({quad.predicate.value for quad in said ^ due}):
        values = [
            " and ".join(sorted(str(quad.object) for quad in quads if quad.predicate.value == predicate)) or "nothing"
            for quads in (said, due)
        ]
        yield fault(document, f"its {short(predicate)} is {values[0]} in the graph, and {values[1]} as it was read")


def _aside(document: str, kept: Document, now: Document) -> Iterator[Problem]:
    """What its source now says beside the text."""
    for name in _ASIDE:
        old, new = getattr(kept, name), getattr(now, name)
        if old != new:
            yield Problem(
                document, f"its {name} was {_told(old)} when it was built, and is {_told(new)} now", READ_AGAIN
            )


def _told(value: object) -> str:
    shown = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return f"“{shown}”" if shown else "not given"
