"""Gold documents as examples: windows of a few sentences as a build reads them, each fact where its evidence stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.annotate.language import load_model
from kg.annotate.lemmas import lemmas_of
from kg.annotate.parse import parse
from kg.annotate.speakers import find_turns
from kg.annotate.values import find_values
from kg.config import Settings
from kg.model import Mention, Parse, Span
from kg.train.examples import Example, Link, Words, occurrences
from kg.train.references import reference
from kg.train.values import MONTHS, forms

SENTENCES = 3  # of a window; one of them is also the first of the next
LONGEST = 600  # characters of a window
NEAR = 40  # characters from the evidence within which a literal is looked for
_VALUES = {"price": "Amount", "revenue": "Amount", "numberOfEmployees": "Number", "jobTitle": "Title"} | dict.fromkeys(
    ("foundingDate", "launchDate", "eventDate"), "Date"
)


@dataclass(frozen=True, slots=True)
class _Document:
    """types: the class of each entity by its name. named: which entity the words at a span name."""

    id: str
    text: str
    types: Mapping[str, str]
    named: Mapping[Span, str]
    values: tuple[Mention, ...]
    facts: tuple[Mapping[str, Any], ...]


def documents(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The windows of a gold document. keys: classes and properties by their local names."""
    found = json.loads(path.read_text(encoding="utf-8"))
    text, model = found["text"], Settings().model
    types = {entity["name"]: entity["type"] for entity in found["entities"]}
    names = {entity["name"]: [entity["name"], *entity["aliases"]] for entity in found["entities"]}
    values = tuple(find_values(text, found.get("date")))
    document = _Document(found["id"], text, types, _named(text, names), values, tuple(found["facts"]))
    before: Parse | None = None
    for one in parse(load_model(model), lemmas_of(model), text, find_turns(text)):
        if before:
            for span in answers(text, before, one):
                yield _Window(document, (before, one), span).example(vocabulary, keys)
        for span in windows(one):
            yield _Window(document, (one,), span).example(vocabulary, keys)
        before = one


def answers(text: str, question: Parse, answer: Parse) -> Iterator[Span]:
    """The end of a question with the first sentences of what answers it, unless that is long."""
    asked, told = question.sentence_spans[-1], answer.sentence_spans[: SENTENCES - 1]
    ends = [one.end for one in told if one.end - asked.begin <= LONGEST]
    if asked.of(text).endswith("?") and ends:
        yield Span(asked.begin, ends[-1])


def windows(paragraph: Parse) -> Iterator[Span]:
    """Up to three sentences of a paragraph each, those of a long one fewer; each window has one of the last."""
    spans = paragraph.sentence_spans
    at = 0
    while at < len(spans):
        count = min(SENTENCES, len(spans) - at)
        while count > 1 and spans[at + count - 1].end - spans[at].begin > LONGEST:
            count -= 1
        yield Span(spans[at].begin, spans[at + count - 1].end)
        if at + count == len(spans):
            break
        at += max(1, count - 1)


class _Window:
    """A window of one or two paragraphs of a document, and what is marked in it."""

    def __init__(self, document: _Document, parses: Sequence[Parse], span: Span) -> None:
        self._document, self._parses, self._span = document, parses, span
        self._named = {place: name for place, name in document.named.items() if place in span}
        self._mentions = {place: document.types[name] for place, name in self._named.items()}
        self._unsaid = Span(span.begin, span.begin)

    def example(self, vocabulary: str, keys: Mapping[str, str]) -> Example:
        """Its text, its mentions, and the facts whose evidence begins in it.

        A fact whose subject or object has no words there is marked with what is left unsaid. It is not complete if one
        of them could not be marked. Where a pronoun is the subject of a sentence that names it elsewhere, the fact is
        marked with both: either is resolved to the same thing.
        """
        links: set[tuple[Span, str, Span]] = set()
        complete, begin = True, self._span.begin
        for fact in self._document.facts:
            at = self._document.text.find(fact["evidence"])
            if not begin <= at < self._span.end or fact["p"] not in keys:
                continue
            where = Span(at, min(at + len(fact["evidence"]), self._span.end))
            target = self._target(fact, where)
            if target is None and fact["o"] in self._document.types:
                target = self._unsaid
            subject = self._thing(fact["s"], where, target) if target else None
            if subject is None and target != self._unsaid:
                subject = self._unsaid
            if subject is None or target is None:
                complete = False
                continue
            links.add((subject, keys[fact["p"]], target))
            is_apart = subject != self._unsaid and not subject.overlaps(where)
            referring = self._reference(fact["s"], where, target) if is_apart else None
            if referring:
                links.add((referring, keys[fact["p"]], target))
        self._mentions[self._unsaid] = ""
        places = sorted(self._mentions)
        number = {place: n for n, place in enumerate(places)}
        kinds = (keys.get(self._mentions[place], self._mentions[place]) for place in places)
        found: list[Words] = [(p.begin - begin, p.end - begin, kind) for p, kind in zip(places, kinds, strict=True)]
        joined: list[Link] = sorted((number[s], p, number[o]) for s, p, o in links)
        text = self._span.of(self._document.text)
        return Example(text, tuple(found), tuple(joined), vocabulary, complete, self._document.id)

    def _target(self, fact: Mapping[str, Any], where: Span) -> Span | None:
        """Where the object stands, nearest to the evidence; the words of a literal become a mention."""
        if fact["o"] in self._document.types:
            return self._thing(fact["o"], where, None)
        near = [place for place in self._written(str(fact["o"])) if _far(place, where) < NEAR]
        if not near:
            return None
        place = min(near, key=lambda one: (_far(one, where), one))
        self._mentions.setdefault(place, _VALUES.get(fact["p"], ""))
        return place

    def _thing(self, name: str, where: Span, target: Span | None) -> Span | None:
        """Where an entity stands: by its name, nearest to the evidence, else by a reference inside that.

        target: of the fact whose subject is looked for; None looks for an object.
        """
        own = [place for place, other in self._named.items() if other == name and place != target]
        if own:
            return min(own, key=lambda place: (_far(place, where), place))
        return self._reference(name, where, target)

    def _reference(self, name: str, where: Span, target: Span | None) -> Span | None:
        kind = self._document.types.get(name, "")
        for one in self._parses:
            found = reference(one, where, kind, is_subject=target is not None)
            if found and found != target and not any(found.overlaps(place) for place in self._named):
                self._mentions.setdefault(found, kind)
                return found
        return None

    def _written(self, value: str) -> Iterator[Span]:
        """Where a normalised value stands: as a build reads it, else as it may be written."""
        read = [m.span for m in self._document.values if m.value and m.value.lexical == value and m.span in self._span]
        if read:
            yield from read
            return
        text, begin = self._span.of(self._document.text), self._span.begin
        for form in _forms(value):
            for first, last in occurrences(text, form):
                yield Span(begin + first, begin + last)


def _named(text: str, names: Mapping[str, Iterable[str]]) -> dict[Span, str]:
    """What names an entity; a name inside another is none."""
    found: dict[Span, str] = {}
    every = [(form, name) for name, forms_ in names.items() for form in forms_]
    for form, name in sorted(every, key=lambda one: -len(one[0])):
        for begin, end in occurrences(text, form):
            if not any(Span(begin, end) in place for place in found):
                found[Span(begin, end)] = name
    return found


def _forms(value: str) -> Iterator[str]:
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value)
    if month:
        word = MONTHS[int(month[2]) - 1]
        yield from (f"{word} {month[1]}", f"{word[:3]} {month[1]}", word)
    yield from forms(value.split(maxsplit=1)[0] if re.fullmatch(r"[\d.]+ [A-Z]{3}", value) else value)


def _far(place: Span, where: Span) -> int:
    return max(0, where.begin - place.end, place.begin - where.end)
