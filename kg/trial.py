"""What the pipeline makes of a few words, step by step, and what a further phrase would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import UsageError
from kg.lookup import near
from kg.model import Annotation, Document, Dropped, Evidence, Extraction, LocalStatement, Span, Value
from kg.ontology import Ontology
from kg.read.dates import iso_date
from kg.resolve import link


@dataclass(frozen=True, slots=True)
class TriedClause:
    """One thing that a sentence says, whatever the ontology.

    arguments: objects and complements, then adverbials. begin, end: from the first to the last of its words.
    """

    subject: str
    predicate: str
    arguments: tuple[str, ...]
    stance: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class TriedMention:
    """Words that stand for a thing or a value.

    kind: "name", "reference" (a pronoun, "the firm"), "description" or "value". type: label of the class, or the
    datatype of a value; "" while nothing speaks for a class. means: the thing's name, or the value in canonical form.
    """

    words: str
    begin: int
    end: int
    kind: str
    type: str
    means: str


@dataclass(frozen=True, slots=True)
class TriedRelation:
    """A statement that the text gives. predicate: local name. added: only with the further phrases."""

    subject: str
    predicate: str
    object: str
    stance: str
    rule: str
    confidence: float
    quote: str
    begin: int
    end: int
    added: bool


@dataclass(frozen=True, slots=True)
class TriedCandidate:
    """A candidate that was dropped, and why. predicate: local name. added: only with the further phrases."""

    subject: str
    predicate: str
    object: str
    reason: str
    rule: str
    quote: str
    begin: int
    end: int
    added: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What was made of a text: clauses, mentions, statements, and what was dropped.

    notices: about the further phrases: which cannot be used and why, which changed nothing.
    """

    text: str
    clauses: tuple[TriedClause, ...]
    mentions: tuple[TriedMention, ...]
    relations: tuple[TriedRelation, ...]
    dropped: tuple[TriedCandidate, ...]
    notices: tuple[str, ...]


def try_text(
    text: str,
    ontology: Ontology,
    *,
    model: str,
    phrases: Sequence[tuple[str, str]] = (),
    date: str | None = None,
    within: Document | None = None,
) -> Trial:
    """Read a text as a document of its own, and with further phrases beside those of the ontology.

    model: a spaCy pipeline. phrases: pairs of a property (local name, label or IRI) and a wording such as
    "?s makes ?o". date: of the text, ISO 8601. within: a document that the text stands in; names and references then
    mean what they mean there, and offsets point into it. Raises UsageError for an empty text, one that does not stand
    in the document, a property that is not known or a date that is none, ModelError where the pipeline is not
    installed.
    """
    date = _checked(text, date)
    if within and within.kind != "text":
        raise UsageError(f"the document {within.id!r} is no text", hint="what RDF states is read as it stands")
    document = within or Document(id="text", text=text, source="-")
    document = replace(document, date=date) if date else document
    part = _place(text, document) if within else Span(0, len(text))
    wordings = _by_property(ontology, phrases)

    from kg.annotate import ANNOTATORS
    from kg.extract import RuleExtractor

    annotator = ANNOTATORS["spacy"](model, ontology)
    extractor = RuleExtractor(ontology, annotator.phrases, annotator.version)
    annotation = annotator.annotate(document)
    plain = _inside(link(annotation, *extractor.extract(annotation), ontology), part)
    if not wordings:
        return _trial(annotation, part, plain, plain, ontology, ())
    further = extractor.extended(wordings, annotator.phrases)
    extraction = _inside(link(annotation, *further.extract(annotation), ontology), part)
    notices = [*further.notices, *_effects(wordings, plain, extraction, further.notices, ontology)]
    return _trial(annotation, part, plain, extraction, ontology, notices)


def _place(text: str, document: Document) -> Span:
    """Where a text stands in a document, however its words are parted."""
    found = re.search(r"\s+".join(map(re.escape, text.split())), document.text)
    if found is None:
        raise UsageError(
            f"the text does not stand in {document.id!r}", hint="give a sentence in the words of the document"
        )
    return Span(*found.span())


def _inside(extraction: Extraction, part: Span) -> Extraction:
    """What an extraction holds of one part of its document."""
    return replace(
        extraction,
        statements=tuple(s for s in extraction.statements if s.evidence.span.overlaps(part)),
        dropped=tuple(d for d in extraction.dropped if d.evidence.span.overlaps(part)),
    )


def _checked(text: str, date: str | None) -> str | None:
    """The date in its canonical form, if all is well."""
    if not text.strip():
        raise UsageError("there is no text to try", hint='kg try "Some Company makes the Thing."')
    found = iso_date(date) if date else None
    if date and not found:
        raise UsageError(f"{date!r} is no date", hint="give it as 2017, 2017-05 or 2017-05-10")
    return found


def _by_property(ontology: Ontology, phrases: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The wordings by the IRI of their property."""
    found: dict[str, tuple[str, ...]] = {}
    for name, phrase in phrases:
        iri = _property(ontology, name)
        found[iri] = (*found.get(iri, ()), phrase)
    return found


def _property(ontology: Ontology, name: str) -> str:
    names: dict[str, str] = {}
    for iri, prop in sorted(ontology.properties.items()):
        for known in (prop.local, *prop.labels, iri):
            names.setdefault(known.casefold(), iri)
    if name.casefold() not in names:
        hint = near(name, [prop.local for prop in ontology.properties.values()])
        raise UsageError(f"no property is called {name!r}", hint=hint)
    return names[name.casefold()]


def _effects(
    wordings: Mapping[str, Sequence[str]],
    before: Extraction,
    after: Extraction,
    told: Sequence[str],
    ontology: Ontology,
) -> Iterable[str]:
    """What is to be said of phrases that can be used."""
    rules = {s.rule.partition(" [")[0] for s in after.statements} | {d.rule for d in after.dropped}
    for iri, phrases in wordings.items():
        for phrase in phrases:
            shown = f"the phrase {phrase!r} of {ontology.properties[iri].local}"
            if phrase not in rules and not any(notice.startswith(shown) for notice in told):
                yield f"{shown} changes nothing here: it does not fit as this is parsed, or another finds the same"
    for said in sorted(_facts(before) - _facts(after)):
        yield f"with the further phrases this is no longer found: {' '.join(said)}"


def _facts(extraction: Extraction) -> set[tuple[str, str, str, str]]:
    return {(*_said(extraction, s), s.stance) for s in extraction.statements}


def _said(extraction: Extraction, statement: LocalStatement) -> tuple[str, str, str]:
    """Subject, predicate and object in words."""
    entities, value = extraction.entities, statement.object
    return (
        entities[statement.subject].names[0].text,
        statement.predicate,
        value.lexical if isinstance(value, Value) else entities[value].names[0].text,
    )


def _trial(
    annotation: Annotation,
    part: Span,
    before: Extraction,
    after: Extraction,
    ontology: Ontology,
    notices: Sequence[str],
) -> Trial:
    known, refused = _facts(before), {_key(d) for d in before.dropped}
    return Trial(
        text=part.of(annotation.document.text),
        clauses=tuple(c for c in _clauses(annotation) if Span(c.begin, c.end).overlaps(part)),
        mentions=tuple(m for m in _mentions(annotation, after, ontology) if Span(m.begin, m.end).overlaps(part)),
        relations=tuple(_relation(after, s, known, ontology) for s in after.statements),
        dropped=tuple(_candidate(d, _key(d) not in refused, ontology) for d in after.dropped),
        notices=tuple(notices),
    )


def _clauses(annotation: Annotation) -> Iterator[TriedClause]:
    from kg.extract.openie import clauses
    from kg.extract.propositions import propositions
    from kg.extract.times import dates_of

    text = annotation.document.text
    for parse in annotation.parses:
        for clause in clauses(text, propositions(parse, dates_of(parse, annotation.mentions))):
            spans = [s for part in (clause.subject, clause.predicate, *clause.arguments) for s in part.spans]
            yield TriedClause(
                subject=clause.subject.text,
                predicate=clause.predicate.text,
                arguments=tuple(part.text for part in clause.arguments),
                stance=clause.stance,
                begin=min(s.begin for s in spans),
                end=max(s.end for s in spans),
            )


def _key(dropped: Dropped) -> tuple[str, str, str, Evidence, str]:
    return dropped.subject, dropped.predicate, dropped.object, dropped.evidence, dropped.reason


def _relation(
    extraction: Extraction, statement: LocalStatement, known: set[tuple[str, str, str, str]], ontology: Ontology
) -> TriedRelation:
    subject, predicate, obj = _said(extraction, statement)
    return TriedRelation(
        subject=subject,
        predicate=ontology.properties[predicate].local,
        object=obj,
        stance=statement.stance,
        rule=statement.rule,
        confidence=statement.confidence,
        quote=statement.evidence.quote,
        begin=statement.evidence.span.begin,
        end=statement.evidence.span.end,
        added=(subject, predicate, obj, statement.stance) not in known,
    )


def _candidate(dropped: Dropped, added: bool, ontology: Ontology) -> TriedCandidate:
    return TriedCandidate(
        subject=dropped.subject,
        predicate=ontology.properties[dropped.predicate].local,
        object=dropped.object,
        reason=dropped.reason,
        rule=dropped.rule,
        quote=dropped.evidence.quote,
        begin=dropped.evidence.span.begin,
        end=dropped.evidence.span.end,
        added=added,
    )


def _mentions(annotation: Annotation, extraction: Extraction, ontology: Ontology) -> list[TriedMention]:
    """What the things of the text are called by, then names without a class and values, in the order of the text."""
    text = annotation.document.text
    given = {m.span: m for m in annotation.mentions}
    found: dict[Span, TriedMention] = {}
    for entity in extraction.entities:
        name, cls = entity.names[0].text, ontology.label(entity.type) if entity.type else ""
        for span, named in zip(entity.mentions, entity.named, strict=True):
            kind = "name" if named else "description" if name == span.of(text) else "reference"
            found[span] = TriedMention(span.of(text), span.begin, span.end, kind, cls, name)
    for span, mention in given.items():
        if span not in found:
            kind = "value" if mention.value else "name" if mention.kind == "name" else "description"
            type_ = mention.value.datatype if mention.value else ""
            means = mention.value.lexical if mention.value else mention.surface
            found[span] = TriedMention(mention.surface, span.begin, span.end, kind, type_, means)
    return [found[span] for span in sorted(found)]
