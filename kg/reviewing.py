"""What a person should look at: questions about a graph, each answered by a decision, and the way through them.

A question has `answers` (what yes and no are called) and a `decision` for either. Doubtful statements are asked about
here, pairs of things that may be one in `kg.doubles`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from kg.deciding import Signature, fact_of, verdict
from kg.decisions import Accept, Decision, Reject, Signed, Undo, add
from kg.lookup import Explanation, Lookup
from kg.resolve.judged import HAND
from kg.store import Store
from kg.verdicts import Verdicts

DOUBT = 0.7  # confidence below which a statement is asked about unless told otherwise
_REPLACED = "SELECT ?old ?new { ?old dcterms:isReplacedBy ?new }"


class Question(Protocol):
    """Something to say yes or no to. answers: what these two are called, in words that begin with different letters."""

    answers: ClassVar[tuple[str, str]]

    def decision(self, signature: Signature, *, yes: bool) -> Signed:
        """The answer, as a decision."""

    def as_row(self) -> dict[str, Any]:
        """The question as a plain dict, for programs."""

    def follows(self, given: Sequence[Signed]) -> bool:
        """Whether answers given to other questions answer this one."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Is this statement right, as it was read in this sentence?"""

    item: Explanation
    answers: ClassVar[tuple[str, str]] = "accept", "reject"

    def decision(self, signature: Signature, *, yes: bool) -> Accept | Reject:
        """Accept or reject."""
        return verdict(Accept, self.item, signature) if yes else verdict(Reject, self.item, signature)

    def as_row(self) -> dict[str, Any]:
        """The row of `kg explain`, and the kind of question."""
        return {"question": "statement", **asdict(self.item)}

    def follows(self, given: Sequence[Signed]) -> bool:
        """Never: a verdict holds for one sentence."""
        del given
        return False


def doubtful(
    store: Store,
    decisions: Sequence[Decision] = (),
    *,
    below: float = DOUBT,
    document: str | None = None,
    predicate: str | None = None,
) -> list[Doubtful]:
    """Statements of a confidence below a limit, the least sure first, then in the order of the documents.

    Left out are those that one of the decisions, which are in force, accepts or rejects, and what was added by hand.
    One that a sentence states twice is asked once, for a verdict holds for both. document: its id. predicate: as
    `kg.facts.explain` takes it. Raises UsageError for a document or predicate that is not known.
    """
    graph = Lookup(store)
    wanted = None if predicate is None else graph.find_predicates(predicate)
    known = {row["old"].value: row["new"].value for row in graph.ask(_REPLACED)}
    verdicts = Verdicts(decisions, known, lambda iri: iri in graph.symmetric)
    found: dict[Hashable, Explanation] = {}
    for item in sorted(_below(graph, below, document, wanted), key=_doubt):
        about = (fact_of(item), item.document, item.sentence)
        if verdicts.on(*about) is None:
            found.setdefault(about, item)
    return [Doubtful(item) for item in found.values()]


def _below(graph: Lookup, below: float, document: str | None, predicates: set[str] | None) -> Iterator[Explanation]:
    for record in graph.records(document):
        doubted = float(record["confidence"].value) < below and not record["rule"].value.startswith(f"{HAND}: ")
        if doubted and (predicates is None or record["p"].value in predicates):
            yield graph.explanation(record)


def _doubt(item: Explanation) -> tuple[float, str, int, int, str]:
    fact: Mapping[str, Any] = item.fact
    return fact["confidence"], item.document, fact["begin"], fact["end"], item.statement


class Review:
    """The way through questions. Each answer is written at once, so that leaving it anywhere loses nothing.

    place: the number of the question that is asked now. What follows from the answers is not asked. All that write
    raise StoreError.
    """

    def __init__(self, questions: Sequence[Question], decisions: Path) -> None:
        self.questions = questions
        self.place = 0
        self._path = decisions
        self._given: list[tuple[int, Signed]] = []

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def given(self) -> list[Signed]:
        """The answers that were not taken back."""
        return [decision for _, decision in self._given]

    @property
    def left(self) -> int:
        """How many questions have no answer, and none that follows."""
        answered, given = {place for place, _ in self._given}, self.given
        return sum(n not in answered and not one.follows(given) for n, one in enumerate(self.questions))

    def answer(self, signature: Signature, *, yes: bool) -> Signed:
        """Decide what is asked now, and go on."""
        made = self.questions[self.place].decision(signature, yes=yes)
        add(self._path, made)
        self._given.append((self.place, made))
        self.skip()
        return made

    def skip(self) -> None:
        """Go on without an answer."""
        self.place += 1
        given = self.given
        while self.question is not None and self.question.follows(given):
            self.place += 1

    def undo(self, signature: Signature) -> Signed | None:
        """Take the last answer back, and ask again; None where there is none."""
        if not self._given:
            return None
        place, decision = self._given[-1]
        add(self._path, Undo(decision.id, **asdict(signature)))
        self._given.pop()
        self.place = place
        return decision
