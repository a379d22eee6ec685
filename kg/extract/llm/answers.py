"""From what a model wrote to what it proposes, however it wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_START = re.compile(r"[{\[]")
_GAP = re.compile(r"[\s,]*")
# Answers in prose may hold brackets before the one that counts.
_MOST_STARTS = 50
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model says, in the text's words. stance: "" where it says none."""

    subject: str
    property: str
    object: str
    quote: str
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals of an answer, in order; malformed: how many more were none. whole: whether it has an end."""

    proposals: tuple[Proposal, ...]
    malformed: int
    whole: bool


def read_answer(content: str) -> Answer | None:
    """The proposals in an answer: JSON, alone, fenced or in the middle of prose; None where there is none.

    Of an answer that breaks off, what was complete before counts.
    """
    words = _THOUGHT.sub("", content)
    starts = [found.start() for _, found in zip(range(_MOST_STARTS), _START.finditer(words), strict=False)]
    for start in starts:
        facts = _facts(_decoded(words, start)[0])
        if facts is not None:
            return _answer(facts, whole=True)
    for start in starts:
        if words[start] == "[":
            facts = list(_complete(words, start + 1))
            if facts:
                return _answer(facts, whole=False)
    return None


def _decoded(words: str, start: int) -> tuple[object, int]:
    """The JSON value that begins there, and its end; None where it is none."""
    try:
        return _DECODER.raw_decode(words, start)
    except (ValueError, RecursionError):
        return None, start


def _facts(value: object) -> list[object] | None:
    facts = value.get("facts") if isinstance(value, dict) else value
    if isinstance(facts, list) and (isinstance(value, dict) or all(isinstance(fact, dict) for fact in facts)):
        return facts
    return None


def _complete(words: str, at: int) -> Iterator[object]:
    """The objects of a list that has no end, as long as they follow each other."""
    while True:
        gap = _GAP.match(words, at)
        at = gap.end() if gap else at
        value, end = _decoded(words, at)
        if not isinstance(value, dict):
            return
        yield value
        at = end


def _answer(facts: list[object], *, whole: bool) -> Answer:
    read = [_proposal(fact) for fact in facts]
    return Answer(tuple(p for p in read if p is not None), read.count(None), whole)


def _proposal(fact: object) -> Proposal | None:
    if not isinstance(fact, Mapping):
        return None
    subject, name, quote = (_words(fact.get(part)) for part in ("subject", "property", "quote"))
    target = fact.get("object")
    number = isinstance(target, int | float) and not isinstance(target, bool)
    told = _words(str(target) if number else target)
    if not (subject and name and quote and told):
        return None
    stance = fact.get("stance")
    return Proposal(subject, name, told, quote, "" if stance in (None, "") else _words(stance) or "?")


def _words(value: object) -> str:
    """A string on one line, without halves of characters; "" for what is none."""
    return " ".join(value.encode("utf-8", "replace").decode().split()) if isinstance(value, str) else ""
