"""Scores facts and entities against gold documents: precision, recall, F1, and the traps that were sprung.

A row counts when it agrees with a gold fact that no earlier row has taken; `kg.gold` tells when they agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from kg import facts as graph
from kg.errors import UsageError
from kg.gold import Gold, Row, kind_of, read_gold
from kg.lookup import Lookup
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, how many were predicted, how many there are."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The part of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The part of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        """The measures, to three places, and the counts."""
        measures = {name: round(getattr(self, name), 3) for name in ("precision", "recall", "f1")}
        return {**measures, "right": self.right, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was missed, a row that is wrong, or a trap that was sprung.

    words: the evidence; the gold's for what was missed, the row's quote otherwise. why: what the gold says of a trap.
    """

    kind: Literal["missed", "wrong", "trap"]
    document: str
    subject: str
    predicate: str
    object: str
    words: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A wrong row beside the gold fact that it comes nearest to.

    kind: "said twice" (an earlier row took the gold fact), "swapped", "other property" (subject and object are right),
    "other object", "other subject" (all else is right), or "nothing near". gold: subject, property and object.
    """

    kind: str
    row: Miss
    gold: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Mistyped:
    """How many entities of a gold type were found, but with another type."""

    gold: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The facts of one document, and how many of its traps were sprung."""

    facts: Score
    traps: int
    genre: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores over all documents, by document, by genre and by property; errors in the documents' order.

    confusions: for each wrong row what the gold says. mistyped: the most frequent first. Of `evaluate_graph` only,
    by their ids: unscored, documents of the graph without gold; absent, gold documents that the graph lacks.
    """

    facts: Score
    entities: Score
    traps_sprung: int
    traps_set: int
    documents: dict[str, DocumentScore]
    genres: dict[str, Score]
    properties: dict[str, Score]
    errors: tuple[Miss, ...]
    confusions: tuple[Confusion, ...] = ()
    mistyped: tuple[Mistyped, ...] = ()
    unscored: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON, without errors and confusions."""
        documents = {name: {**row.facts.as_dict(), "traps": row.traps} for name, row in self.documents.items()}
        return {
            "facts": self.facts.as_dict(),
            "traps_sprung": self.traps_sprung,
            "traps_set": self.traps_set,
            "entities": self.entities.as_dict(),
            "documents": documents,
            "genres": {name: score.as_dict() for name, score in self.genres.items()},
            "properties": {name: score.as_dict() for name, score in self.properties.items()},
        }


def evaluate_graph(store: Store, folder: Path) -> Evaluation:
    """Scores a graph against the gold documents in `folder`, and passes over documents that have no gold.

    A gold document that the graph lacks counts as one in which nothing was found. Raises UsageError as `evaluate`
    does, and where the graph holds none of the gold documents.
    """
    gold = read_gold(folder).keys()
    held = {name for name, _ in Lookup(store).documents.values()}
    if not gold & held:
        raise UsageError(
            "the graph holds none of the gold documents",
            where=str(folder),
            hint="leave out -o to build them, or give each document the id that it has in the gold",
        )
    rows, names = ([row for row in ask(store) if row["id"] in gold] for ask in (graph.facts, graph.entities))
    return replace(
        evaluate(rows, names, folder), unscored=tuple(sorted(held - gold)), absent=tuple(sorted(gold - held))
    )


def evaluate(facts: Iterable[Row], entities: Iterable[Row], folder: Path) -> Evaluation:
    """Scores rows of `kg facts` and `kg entities` against the gold documents (*.json) in `folder`.

    Each row of facts counts as one prediction. Raises UsageError: no gold, gold that cannot be read, facts of a
    document that the gold does not know.
    """
    gold = read_gold(folder)
    stated, found = _by_document(facts), _by_document(entities)
    unknown = sorted(stated.keys() - gold.keys())
    if unknown:
        raise UsageError(
            f"facts of documents without gold: {', '.join(unknown)}",
            where=str(folder),
            hint="build only the gold documents, and give each the id that it has there",
        )
    documents: dict[str, DocumentScore] = {}
    errors: list[Miss] = []
    confusions: list[Confusion] = []
    types: Counter[tuple[str, str]] = Counter()
    properties: defaultdict[str, Score] = defaultdict(Score)
    genres: defaultdict[str, Score] = defaultdict(Score)
    all_entities = Score()
    for document in gold.values():
        score, by_property, missed, confused = _score_facts(document, stated.get(document.id, []))
        documents[document.id] = DocumentScore(score, sum(miss.kind == "trap" for miss in missed), document.genre)
        genres[document.genre] += score
        for name, part in by_property.items():
            properties[name] += part
        errors += missed
        confusions += confused
        entity_score, mistyped = _score_entities(document, found.get(document.id, []))
        all_entities += entity_score
        types += mistyped
    return Evaluation(
        facts=sum((row.facts for row in documents.values()), Score()),
        entities=all_entities,
        traps_sprung=sum(row.traps for row in documents.values()),
        traps_set=sum(len(document.not_facts) for document in gold.values()),
        documents=documents,
        genres=dict(sorted(genres.items())),
        properties=dict(sorted(properties.items())),
        errors=tuple(errors),
        confusions=tuple(confusions),
        mistyped=tuple(
            Mistyped(*pair, count) for pair, count in sorted(types.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _score_facts(document: Gold, rows: Sequence[Row]) -> tuple[Score, dict[str, Score], list[Miss], list[Confusion]]:
    """The score, its parts by property (of the row, or of the gold fact), what went wrong, and how."""
    untaken = list(document.facts)
    right: Counter[str] = Counter()
    missed: list[Miss] = []
    confusions: list[Confusion] = []
    for row in rows:
        at = next((at for at, fact in enumerate(untaken) if document.says(fact, row)), None)
        if at is not None:
            del untaken[at]
            right[row["p"]] += 1
            continue
        trap = next((fact for fact in document.not_facts if document.says(fact, row)), None)
        said = (document.id, row["s"][0], row["p"], row["o"][0], str(row.get("quote") or ""))
        if trap is not None:
            missed.append(Miss("trap", *said, why=str(trap.get("why") or "")))
        else:
            missed.append(Miss("wrong", *said))
            confusions.append(_confusion(document, row, missed[-1]))
    for fact in untaken:
        words = str(fact.get("evidence") or "")
        missed.append(Miss("missed", document.id, fact["s"], fact["p"], str(fact["o"]), words))
    predicted = Counter(row["p"] for row in rows)
    gold = Counter(fact["p"] for fact in document.facts)
    parts = {name: Score(right[name], predicted[name], gold[name]) for name in sorted(predicted | gold)}
    return sum(parts.values(), Score()), parts, missed, confusions


def _confusion(document: Gold, row: Row, wrong: Miss) -> Confusion:
    """The gold fact that a wrong row comes nearest to, and in what it differs."""

    def subject(fact: Row) -> bool:
        return document.is_called(fact["s"], row["s"])

    def same(fact: Row) -> bool:
        return bool(fact["p"] == row["p"])

    tests: dict[str, Callable[[Row], bool]] = {
        "said twice": lambda fact: document.says(fact, row),
        "swapped": lambda fact: same(fact) and document.turned(fact, row),
        "other property": lambda fact: (
            (subject(fact) and document.same_object(fact, row)) or document.turned(fact, row)
        ),
        "other object": lambda fact: same(fact) and subject(fact),
        "other subject": lambda fact: same(fact) and document.same_object(fact, row),
    }
    for kind, test in tests.items():
        fact = next(filter(test, document.facts), None)
        if fact is not None:
            return Confusion(kind, wrong, (fact["s"], fact["p"], fact["o"]))
    return Confusion("nothing near", wrong, None)


def _score_entities(document: Gold, rows: Sequence[Row]) -> tuple[Score, Counter[tuple[str, str]]]:
    """The score, and how often an entity of one type was found with another: (gold's type, type found)."""
    untaken = dict(document.types)
    left: list[Row] = []
    for row in rows:
        kind = kind_of(row["type"])
        name = next(
            (name for name, type_ in untaken.items() if kind_of(type_) == kind and document.is_called(name, row["s"])),
            None,
        )
        if name is not None:
            del untaken[name]
        else:
            left.append(row)
    score = Score(len(document.types) - len(untaken), len(rows), len(document.types))
    mistyped: Counter[tuple[str, str]] = Counter()
    for row in left:
        name = next((name for name in untaken if document.is_called(name, row["s"])), None)
        if name is not None:
            mistyped[untaken.pop(name), row["type"]] += 1
    return score, mistyped


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return dict(found)
