"""Statement records: what they claim, their sentence, and the hash that names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast
from urllib.parse import unquote

import pyoxigraph as ox

from kg.model import STANCES, Datatype, Evidence, Stance, Statement, Value
from kg.rdf.iris import statement_hash, statement_iri
from kg.rdf.namespaces import KGV, XSD
from kg.verify.found import short
from kg.verify.record import (
    CONFIDENCE,
    OBJECT,
    PLACE,
    PREDICATE,
    QUOTE,
    RULE,
    SENTENCE,
    SPEAKER,
    STANCE,
    SUBJECT,
    TIME,
    Known,
    Record,
    Term,
)

_THINGS = {"subject": SUBJECT, "object": OBJECT, "speaker": SPEAKER, "place": PLACE}


def claim(record: Record, known: Known) -> Iterator[str]:
    """What is wrong with its subject, predicate, object, speaker, place, time, stance, confidence and rule."""
    for role, name in _THINGS.items():
        value = record.one(name)
        if isinstance(value, ox.NamedNode):
            if value.value not in known.things:
                yield f"its {role} <{value.value}> is not described in the default graph"
        elif value is not None and name != OBJECT:
            yield f"its {role} is no thing: {value}"
    predicate, stance, confidence = record.text(PREDICATE), record.text(STANCE), record.one(CONFIDENCE)
    if predicate and predicate not in known.terms:
        yield f"its predicate <{predicate}> is not in the stored ontology"
    if stance and stance not in {KGV + one for one in STANCES}:
        yield f"its stance is {short(stance)}, which is none of {', '.join(STANCES)}"
    if confidence is not None and not _is_belief(confidence):
        yield f"its confidence is no number from 0 to 1: “{record.text(CONFIDENCE)}”"
    if record.one(RULE) is not None and not record.text(RULE):
        yield "its rule has no name"
    if not isinstance(record.one(TIME), ox.Literal | None):
        yield f"its time is no date: {short(record.text(TIME))}"


def _is_belief(term: Term) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype.value not in (XSD + "decimal", XSD + "integer"):
        return False
    try:
        return 0 <= float(term.value) <= 1
    except ValueError:
        return False


def in_sentence(record: Record, records: Mapping[str, Record], *, placed: bool) -> Iterator[str]:
    """Whether it stands in the sentence that it names.

    records: of its document, by IRI. placed: whether its offsets are in the text at all; else that is told already.
    """
    named = record.text(SENTENCE)
    if not named:
        return
    sentence = records.get(named)
    if sentence is None or sentence.kind in ("mention", "statement"):
        yield f"its sentence <{named}> is no sentence of its document"
    elif placed and record.span and sentence.span and record.span not in sentence.span:
        yield f"it stands outside its sentence, characters {sentence.span.begin} to {sentence.span.end}"


def names(record: Record, document: str, base: str) -> set[str]:
    """The IRIs that a sound record may have: a literal does not tell all of the value that it was made of."""
    assert record.span is not None
    made = set()
    for target in _targets(record.fields[OBJECT][0], base):
        statement = Statement(
            subject=record.text(SUBJECT),
            predicate=record.text(PREDICATE),
            object=target,
            document=document,
            evidence=Evidence(record.span, record.text(QUOTE), record.span),
            stance=cast(Stance, record.text(STANCE).removeprefix(KGV)),
            rule=record.text(RULE),
            confidence=float(record.text(CONFIDENCE)),
        )
        made.add(statement_iri(base, statement_hash(statement)))
    return made


def _targets(term: Term, base: str) -> list[str | Value]:
    if isinstance(term, ox.NamedNode):
        number, dash, currency = unquote(term.value.removeprefix(f"{base}amount/")).rpartition("-")
        is_amount = term.value.startswith(f"{base}amount/") and dash
        return [Value(f"{number} {currency}", "amount") if is_amount else term.value]
    if not isinstance(term, ox.Literal):
        return []
    datatype = term.datatype.value.removeprefix(XSD)
    kinds: tuple[str, ...] = ("string", "amount") if datatype == "string" else (datatype,)
    return [Value(term.value, cast(Datatype, kind)) for kind in kinds]
