"""The decisions that only one of two graphs was made with, as causes of what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.diff.align import Alignment
from kg.diff.values import Cause, Decision, Fact, Graph, Record
from kg.rdf.namespaces import local_name

_VERDICTS = frozenset(("accept", "reject"))  # of a statement; what they name beside it stays as it is
_STATED = _VERDICTS | {"relate"}

Told = tuple[Decision, str]


class Decided:
    """Decisions by what they are about, each with what became of it: made, or withdrawn."""

    def __init__(self, before: Graph, after: Graph, alignment: Alignment) -> None:
        self._alignment = alignment
        self._about: dict[str, list[Told]] = defaultdict(list)
        for one, other, word in ((before, after, "withdrawn"), (after, before, "made")):
            for iri, decision in one.decisions.items():
                if iri not in other.decisions:
                    for key in self._keys(decision):
                        self._about[key].append((decision, word))

    def of_statement(self, item: Fact | Record) -> Cause | None:
        """What was decided of this statement, or of this fact wherever it is stated."""
        iri = item.iri if isinstance(item, Record) else ""
        subject, _, target = self._alignment.triple(item)
        ends = {end for end in (subject, target) if not end.startswith('"')}
        return _cause(
            (decision, word)
            for decision, word in self._found((iri, *ends))
            if decision.decides in _STATED and (iri in decision.about or self._is_about(decision, item.predicate, ends))
        )

    def of_entities(self, *iris: str | None) -> Cause | None:
        """What was decided of entities that a statement speaks of."""
        return _cause(told for told in self._found(iris) if told[0].decides not in _STATED)

    def of_described(self, *iris: str) -> Cause | None:
        """What was decided of entities, with what brought them into the graph."""
        return _cause(told for told in self._found(iris) if told[0].decides not in _VERDICTS)

    def _found(self, iris: Iterable[str | None]) -> Iterator[Told]:
        keys = {self._alignment.keys.get(iri, iri) for iri in iris if iri}
        return (told for key in keys for told in self._about.get(key, ()))

    def _is_about(self, decision: Decision, predicate: str, ends: set[str]) -> bool:
        named = decision.predicate in ("", predicate) and ends <= self._keys(decision)
        return named and decision.decides in _VERDICTS

    def _keys(self, decision: Decision) -> set[str]:
        return {self._alignment.keys.get(iri, iri) for iri in decision.about}


def _cause(found: Iterable[Told]) -> Cause | None:
    said = sorted({_words(decision, word) for decision, word in found})
    return Cause("decision", "; ".join(said)) if said else None


def _words(decision: Decision, word: str) -> str:
    who = f" by {decision.who}" if decision.who else ""
    why = f": {decision.why}" if decision.why else ""
    return f"{decision.decides} {local_name(decision.iri)}{who} {word}{why}"
