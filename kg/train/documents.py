"""Gold documents as examples: windows of a few sentences, each fact where its evidence stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.train.examples import Example, Link, Words, occurrences
from kg.train.values import MONTHS, forms

SENTENCES = 3  # of a window
LONGEST = 600  # characters of a window
NEAR = 40  # characters from the evidence within which a literal is looked for
_END = re.compile(r"(?<=[.!?][\"”’)])\s+(?=[A-Z“\"(])|(?<=[a-z0-9)%’\"”][.!?])\s+(?=[A-Z“\"(])|\n+")
_SPEAKERS = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|[Ii]t|[Ii]ts|[Tt]hey|[Tt]heir|[Tt]he (?:company|firm|group))\b")
_VALUES = {"price": "Amount", "revenue": "Amount", "numberOfEmployees": "Number", "jobTitle": "Title"} | dict.fromkeys(
    ("foundingDate", "launchDate", "eventDate"), "Date"
)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    types: dict[str, str]
    names: dict[str, list[str]]
    facts: list[dict[str, Any]]


def documents(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The windows of a gold document. keys: classes and properties by their local names."""
    found = json.loads(path.read_text(encoding="utf-8"))
    types = {e["name"]: keys.get(e["type"], "") for e in found["entities"]}
    names = {e["name"]: [e["name"], *e["aliases"]] for e in found["entities"]}
    document = _Document(found["text"], types, names, found["facts"])
    for begin, end in windows(document.text):
        yield replace(_window(document, begin, end, vocabulary, keys), document=found["id"])


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of up to three sentences of a paragraph each."""
    ends = [found.span() for found in _END.finditer(text)]
    sentences, at = [], 0
    for begin, end in [*ends, (len(text), len(text))]:
        if text[at:begin].strip():
            sentences.append((at, begin, "\n" in text[begin:end]))
        at = end
    first, count = None, 0
    for begin, end, is_last in sentences:
        first = begin if first is None else first
        count += 1
        if is_last or count == SENTENCES or end - first > LONGEST:
            yield first, end
            first, count = None, 0
    if first is not None:
        yield first, sentences[-1][1]


@dataclass
class _Marked:
    """A window with what is marked in it. of: the entity that each name means."""

    text: str
    types: Mapping[str, str]
    of: dict[Place, str]
    mentions: dict[Place, str]

    def subject(self, name: str, target: Place, where: Place) -> Place | None:
        """Where the subject stands: by its name, nearest to the evidence, else a pronoun inside it."""
        own = [place for place, other in self.of.items() if other == name and place != target]
        if own:
            return min(own, key=lambda place: _far(place, where))
        for found in _SPEAKERS.finditer(self.text, *where):
            self.mentions.setdefault(found.span(), self.types.get(name, ""))
            return found.span()
        return None

    def target(self, fact: Mapping[str, Any], where: Place) -> Place | None:
        """Where the object stands, nearest to the evidence; the words of a literal become a mention."""
        own = [place for place, name in self.of.items() if name == fact["o"]]
        if own or fact["o"] in self.types:
            return min(own, key=lambda place: _far(place, where), default=None)
        for form in _written(str(fact["o"])):
            found = [place for place in occurrences(self.text, form) if _far(place, where) < NEAR]
            if found:
                place = min(found, key=lambda one: _far(one, where))
                self.mentions.setdefault(place, _VALUES.get(fact["p"], ""))
                return place
        return None


def _window(document: _Document, begin: int, end: int, vocabulary: str, keys: Mapping[str, str]) -> Example:
    text = document.text[begin:end]
    marked = _marked(text, document)
    links: list[tuple[Place, str, Place]] = []
    complete = True
    for fact in document.facts:
        at = document.text.find(fact["evidence"])
        if not begin <= at < end or fact["p"] not in keys:
            continue
        where = (at - begin, min(at - begin + len(fact["evidence"]), len(text)))
        target = marked.target(fact, where)
        subject = marked.subject(fact["s"], target, where) if target else None
        if subject and target:
            links.append((subject, keys[fact["p"]], target))
        else:
            complete = False
    places = sorted(marked.mentions)
    number = {place: n for n, place in enumerate(places)}
    found: list[Words] = [(*place, marked.mentions[place]) for place in places]
    joined: set[Link] = {(number[s], p, number[o]) for s, p, o in links if s != o}
    return Example(text, tuple(found), tuple(sorted(joined)), vocabulary, complete)


def _marked(text: str, document: _Document) -> _Marked:
    of: dict[Place, str] = {}
    for name, forms_ in document.names.items():
        for form in sorted(forms_, key=len, reverse=True):
            for place in occurrences(text, form):
                if not any(b <= place[0] and place[1] <= e for b, e in of):
                    of[place] = name
    return _Marked(text, document.types, of, {place: document.types[name] for place, name in of.items()})


def _written(value: str) -> Iterator[str]:
    """How a normalised value may be written."""
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value)
    if month:
        word = MONTHS[int(month[2]) - 1]
        yield from (f"{word} {month[1]}", f"{word[:3]} {month[1]}", word)
    yield from forms(value.split(maxsplit=1)[0] if re.fullmatch(r"[\d.]+ [A-Z]{3}", value) else value)


def _far(place: Place, where: Place) -> int:
    return max(0, where[0] - place[1], place[0] - where[1])
