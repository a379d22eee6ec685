"""The records of one document: its sentences, mentions and statements, held against its text and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.model import Problem, Span
from kg.rdf.iris import document_iri, mention_iri, sentence_iri
from kg.verify import statements
from kg.verify.found import differing, fault, place, short
from kg.verify.record import (
    BEGIN,
    END,
    IN_DOCUMENT,
    NAMED,
    QUOTE,
    REFERS_TO,
    TEXT,
    Known,
    Record,
    form,
    nodes_of,
    record_of,
    whole,
)


def check(document: str, quads: Iterable[ox.Quad], text: str | None, known: Known) -> tuple[list[Problem], int]:
    """Findings about the records in the evidence graph of a document, by their place, and how many there are.

    document: its id. text: what the offsets count in; None where that is lost, so that only the form is checked.
    """
    home = document_iri(known.base, document)
    nodes = nodes_of(quads)
    nodes.pop(home, None)
    records = {iri: record_of(iri, fields) for iri, fields in nodes.items()}
    found: list[Problem] = []
    for record in sorted(records.values(), key=lambda record: (record.span or Span(-1, -1), record.iri)):
        where = place(document, record.span.begin, record.span.end) if record.span else document
        name = f"{record.kind} {record.iri.removeprefix(home).removeprefix(f'{known.base}statement/')}"
        found += [fault(where, f"{name}: {what}") for what in _faults(record, document, text, records, known)]
    return found, len(records)


def _faults(
    record: Record, document: str, text: str | None, records: Mapping[str, Record], known: Known
) -> Iterator[str]:
    """What is wrong with a record. Its IRI is made of all the rest, so it is looked at only if that is sound."""
    if record.kind == "record":
        yield "its types do not tell whether it is a sentence, a mention or a statement"
        return
    found = [*form(record), *_words(record, document_iri(known.base, document), text)]
    if record.kind == "mention":
        found += _refers(record, known)
    if record.kind == "statement":
        placed = record.span is not None and _is_placed(record.span, text)
        found += [*statements.claim(record, known), *statements.in_sentence(record, records, placed=placed)]
    yield from found or _named_otherwise(record, document, known.base)


def _words(record: Record, home: str, text: str | None) -> Iterator[str]:
    """Document, offsets and words."""
    owner, span = record.one(IN_DOCUMENT), record.span
    if owner is not None and owner != ox.NamedNode(home):
        yield f"it belongs to another document, {owner}"
    for name in (BEGIN, END):
        if record.one(name) is not None and whole(record.one(name)) is None:
            yield f"its {short(name)} is no whole number: “{record.text(name)}”"
    if span is None:
        return
    name = TEXT if record.kind == "sentence" else QUOTE
    if not 0 <= span.begin < span.end:
        yield f"its offsets hold no character: {span.begin} to {span.end}"
    elif text is None or record.one(name) is None:
        return
    elif span.end > len(text):
        yield f"it ends behind the text, which has {len(text)} characters"
    elif span.of(text) != record.text(name):
        said, there = differing(record.text(name), span.of(text))
        yield f"its {short(name)} is {said}, and the text there is {there}"


def _is_placed(span: Span, text: str | None) -> bool:
    return 0 <= span.begin < span.end and (text is None or span.end <= len(text))


def _refers(record: Record, known: Known) -> Iterator[str]:
    thing = record.text(REFERS_TO)
    if thing and thing not in known.things:
        yield f"it refers to <{thing}>, which the default graph does not describe"
    if record.one(NAMED) is not None and record.text(NAMED) not in ("true", "false"):
        yield f"its kgv:named is neither true nor false: “{record.text(NAMED)}”"


def _named_otherwise(record: Record, document: str, base: str) -> Iterator[str]:
    assert record.span is not None
    home = document_iri(base, document)
    if record.kind == "sentence":
        made = {sentence_iri(home, record.span)}
    elif record.kind == "mention":
        made = {mention_iri(home, record.span)}
    else:
        made = statements.names(record, document, base)
    if record.iri not in made:
        yield f"its IRI is not that of what it holds, <{min(made, default='')}>"
