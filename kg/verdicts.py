"""Which verdict is on a statement: verdicts are found by what they say, wherever it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation

from kg.decisions import Accept, Reject, Signed, Verdict

Fact = tuple[str, str, str]


class Verdicts:
    """The verdicts among decisions.

    known: the IRI that an entity has now by one that it had. symmetric: whether a predicate holds both ways.
    """

    def __init__(self, decisions: Iterable[Signed], known: Mapping[str, str], symmetric: Callable[[str], bool]) -> None:
        self._known, self._symmetric = known, symmetric
        self.all = [found for found in decisions if isinstance(found, Accept | Reject)]
        self._by_fact: defaultdict[Fact, list[Accept | Reject]] = defaultdict(list)
        for found in self.all:
            self._by_fact[self._key(found.subject, found.predicate, found.object)].append(found)

    def about(self, fact: Fact) -> bool:
        """Whether there is any on a fact, whatever sentence states it."""
        return self._key(*fact) in self._by_fact

    def on(self, fact: Fact, document: str, sentence: str) -> Accept | Reject | None:
        """The one on a fact (IRIs, or a literal's words, as its object) where a sentence states it.

        Of several the last; one on this very sentence goes before one on the fact.
        """
        best = None
        for found in self._by_fact.get(self._key(*fact), ()):
            if _fits(found, document, sentence) and (best is None or bool(found.sentence) >= bool(best.sentence)):
                best = found
        return best

    def _key(self, subject: str, predicate: str, target: str) -> Fact:
        target = _canonical(target)
        ends = self._known.get(subject, subject), self._known.get(target, target)
        if self._symmetric(predicate):
            ends = min(ends), max(ends)
        return ends[0], predicate, ends[1]


def _fits(verdict: Verdict, document: str, sentence: str) -> bool:
    if verdict.document and verdict.document != document:
        return False
    return not verdict.sentence or verdict.sentence.split() == sentence.split()


def _canonical(lexical: str) -> str:
    """Numbers the same however they are written; anything else as it is."""
    try:
        return str(Decimal(lexical).normalize()) if lexical[-1:].isdigit() else lexical
    except InvalidOperation:
        return lexical
