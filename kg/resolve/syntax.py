"""Where a mention stands in the grammar of its sentence: what preferences and constraints on reference are told by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.lexicon import supersenses
from kg.model import Parse, Span

Role = Literal["subject", "object", "oblique", "possessive", "apposition", "modifier", "other"]

_ROLES: dict[str, Role] = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "object",
    "attr": "object",
    "oprd": "object",
    "pobj": "oblique",
    "poss": "possessive",
    "appos": "apposition",
    "compound": "modifier",
    "nmod": "modifier",
    "amod": "modifier",
}
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_PREDICATES = frozenset("ROOT relcl advcl ccomp xcomp acl pcomp csubj parataxis".split())
# Clauses without a subject of their own take that of the clause above.
_SHARED = frozenset("conj xcomp advcl pcomp acl".split())
_PLACEHOLDERS = frozenset("one ones other another former latter first second third last".split())
_WITHIN = frozenset(("appos", "compound", "nmod", "amod"))
_DEEPEST = 60  # a parse is a tree, but nobody promises that of an Annotation made elsewhere


@dataclass(frozen=True, slots=True)
class Position:
    """A mention's place. Tokens are numbers in the paragraph `parse`; `sentence` counts over the document.

    token: the mention's head. noun: what a possessive belongs to, else the head itself. clause: the predicate that
    governs it. above: the predicates from its own upwards. binders: those of them that share its clause's subject.
    owners: nouns that the clauses above modify ("Mary, who lost her keys"), nearest first. depth: steps to the root.
    embedded: whether it stands inside a noun phrase that is itself an argument ("the reporter of the magazine NAME").
    """

    parse: int
    sentence: int
    token: int
    role: Role
    noun: int
    clause: int
    above: tuple[int, ...]
    binders: frozenset[int]
    owners: tuple[int, ...]
    depth: int
    embedded: bool


class Syntax:
    """Positions of spans in the paragraphs of one document."""

    def __init__(self, parses: Sequence[Parse]) -> None:
        self._parses = parses
        self._begins = [p.spans[0].begin for p in parses]
        self._first = [0]
        for p in parses:
            self._first.append(self._first[-1] + len(p.sentences))
        self._with_subject: dict[int, frozenset[int]] = {}
        self._known: dict[Span, Position | None] = {}

    def position(self, span: Span) -> Position | None:
        """The place of a mention; None where no token of a parse lies at the span."""
        if span not in self._known:
            self._known[span] = self._find(span)
        return self._known[span]

    def people_before(self, span: Span, since: int) -> bool:
        """Whether a plural noun for people ("consumers") stands before a span in its sentence, behind an offset."""
        place = self.position(span)
        if place is None:
            return False
        parse = self._parses[place.parse]
        first = next(begin for begin, end in parse.sentences if begin <= place.token < end)
        return any(
            parse.tags[i] == "NNS" and parse.spans[i].begin >= since and "person" in supersenses(parse.lemmas[i])[:1]
            for i in range(first, place.token)
        )

    def _find(self, span: Span) -> Position | None:
        number = bisect_right(self._begins, span.begin) - 1
        if number < 0:
            return None
        p = self._parses[number]
        first = bisect_right(p.spans, span.begin, key=lambda s: s.begin) - 1
        last = bisect_right(p.spans, span.end - 1, key=lambda s: s.begin) - 1
        if p.spans[first].end <= span.begin:
            return None
        token = next((i for i in range(last, first - 1, -1) if not first <= p.heads[i] <= last), last)
        return self._place(number, token)

    def noun_phrase(self, parse: int, token: int, other: int) -> bool:
        """Whether one token names what the other does: its apposition, or the noun before a name ("his wife Mary")."""
        p = self._parses[parse]
        return token == other or any(
            p.heads[a] == b and p.deps[a] in _WITHIN for a, b in ((token, other), (other, token))
        )

    def coordinated(self, parse: int, first: int, second: int) -> bool:
        """Whether "and" joins the second token to the first: "Mary and her mother"."""
        p = self._parses[parse]
        return first != second and p.deps[second] == "conj" and _first(p, second) == _first(p, first)

    def _place(self, number: int, token: int) -> Position:
        p = self._parses[number]
        sentence = bisect_right(p.sentences, token, key=lambda s: s[0]) - 1
        first = _apposed(p, _first(p, token))
        above, owners, depth = _climb(p, p.heads[first])
        clause = above[0] if above else token
        return Position(
            parse=number,
            sentence=self._first[number] + sentence,
            token=token,
            role=_ROLES.get(p.deps[first], "other"),
            noun=p.heads[token] if p.deps[token] == "poss" else token,
            clause=clause,
            above=above,
            binders=self._binders(number, clause),
            owners=owners,
            depth=depth,
            embedded=_steps(p, token, clause) >= 3,
        )

    def _binders(self, number: int, clause: int) -> frozenset[int]:
        p = self._parses[number]
        if number not in self._with_subject:
            self._with_subject[number] = frozenset(
                head for head, dep in zip(p.heads, p.deps, strict=True) if dep in _SUBJECTS
            )
        subjects = self._with_subject[number]
        found = {clause}
        for _ in range(_DEEPEST):
            if clause in subjects or p.deps[clause] not in _SHARED or p.heads[clause] == clause:
                break
            clause = p.heads[clause]
            found.add(clause)
        return frozenset(found)


def _first(p: Parse, token: int) -> int:
    """The first of the words that "and" joins, whose role they share."""
    for _ in range(_DEEPEST):
        if p.deps[token] != "conj" or p.heads[token] == token:
            break
        token = p.heads[token]
    return token


def _apposed(p: Parse, token: int) -> int:
    """ "The second one, the NAME, won": a name in apposition to a pronoun or numeral stands where that stands."""
    head = p.heads[token]
    named = p.deps[token] == "appos" and p.tags[token] in ("NNP", "NNPS")
    return head if named and (p.tags[head] == "CD" or p.lemmas[head] in _PLACEHOLDERS) else token


def _steps(p: Parse, token: int, clause: int) -> int:
    steps = 0
    while token != clause and p.heads[token] != token and steps < _DEEPEST:
        token, steps = p.heads[token], steps + 1
    return steps


def _climb(p: Parse, token: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Predicates above a token, nouns that their clauses modify, and the number of steps to the root."""
    above, owners, depth = [], [], 1
    for _ in range(_DEEPEST):
        if p.tags[token][:1] in ("V", "M") or p.deps[token] in _PREDICATES:
            above.append(token)
        if p.deps[token] in ("relcl", "acl"):
            owners.append(p.heads[token])
        if p.heads[token] == token:
            break
        token, depth = p.heads[token], depth + 1
    return tuple(above), tuple(owners), depth
