"""Who asks and who answers in an interview, as clusters of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Annotation, Mention, Relation, Span
from kg.resolve.names import name_key


@dataclass(frozen=True, slots=True)
class Voices:
    """Who asks and who answers, as clusters; None where nobody can be told. by_label: who a label of turns names."""

    asks: int | None
    answers: int | None
    by_label: dict[str, int]


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a document. clusters: all its names. persons: numbers of those that are persons', in order.

    posted: persons whom a relation links to what persons belong to. of: the cluster of a mention's span.
    """

    clusters: Sequence[Sequence[Mention]]
    persons: Sequence[int]
    posted: frozenset[int]
    of: Mapping[Span, int]

    def named(self, label: str) -> int | None:
        """Whom a label means, by words of the name or by initials."""
        key = name_key(label)
        words = set(key.split())
        for n in self.persons:
            if words <= {w for m in self.clusters[n] for w in name_key(m.surface).split()}:
                return n
        letters = re.sub(r"[^a-z]", "", key)
        if 2 <= len(letters) <= 3:
            for n in self.persons:
                if any(_initials(m.surface) == letters for m in self.clusters[n]):
                    return n
        return None


def find_voices(annotation: Annotation, relations: Sequence[Relation], people: People) -> Voices:
    """Interviewer and interviewee by the labels of the turns, the front matter, or how the text introduces them."""
    sides: dict[str, set[str]] = {"question": set(), "answer": set()}
    for parse in annotation.parses:
        if parse.role in sides and parse.speaker:
            sides[parse.role].add(parse.speaker)
    labels: dict[str, int] = {}
    for label in sorted(sides["question"] | sides["answer"]):
        found = people.named(label)
        if found is not None:
            labels[name_key(label)] = found
    asks, answers = (_first(labels, sides[side]) for side in ("question", "answer"))
    if not any(p.role == "answer" for p in annotation.parses):
        return Voices(asks, answers, labels)
    told = [n for s in annotation.document.speakers if (n := people.named(s)) is not None]
    if len(told) >= 2 and asks is None and answers is None:
        asks, answers = told[0], told[1]
    if answers is None or asks is None:
        subject, obj = _introduced(relations, people, asks, answers)
        asks = asks if asks is not None else subject
        answers = answers if answers is not None else obj
    return Voices(asks, answers, labels)


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"\w+", name.casefold()))


def _first(labels: Mapping[str, int], side: set[str]) -> int | None:
    return next((labels[name_key(x)] for x in sorted(side) if name_key(x) in labels), None)


def _introduced(
    relations: Sequence[Relation], people: People, asks: int | None, answers: int | None
) -> tuple[int | None, int | None]:
    """Two persons in one relation ("X met Y") before the first question: the first asks, the second answers."""
    for relation in relations:
        subject, obj = people.of.get(relation.subject.span), people.of.get(relation.object.span)
        if relation.voice == "narration" and subject in people.persons and obj in people.persons and subject != obj:
            return subject, obj
    others = [n for n in people.persons if n not in (asks, answers)]
    if answers is None and others:
        candidates = [n for n in others if n in people.posted] or others
        return None, max(candidates, key=lambda n: (len(people.clusters[n]), -n))
    return None, None
