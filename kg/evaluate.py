"""Scores facts and entities against gold documents: precision, recall, F1, and the traps that were sprung.

A gold document is a JSON file with `id`, `genre`, `entities` (name, type, aliases), `facts` (s, p, o, evidence) and
`not_facts` (s, p, o, why): what a careless reader would take for a fact.

A row counts when it agrees with a gold fact that no earlier row has taken. Names agree when they are the same words,
or share enough of them; dates and amounts have to be equal.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import UsageError

Row = Mapping[str, Any]
Names = Sequence[str]

SYMMETRIC = frozenset({"partnerOf", "competesWith"})
DATES = frozenset({"foundingDate", "launchDate", "eventDate"})
NUMBERS = frozenset({"price", "revenue", "numberOfEmployees"})
PLACES = frozenset({"headquarters", "locatedIn"})
POST = "jobTitle"
# Kinds whose names are phrases, which two readers will cut differently.
PHRASES = frozenset({"Strategy", "Technology", "Audience"})
SAME_KIND = {"Vehicle": "Product"}

SHARE = 0.75
SHARE_OF_PHRASES = 0.6
IDLE_WORDS = frozenset({"the", "a", "an", "our", "its", "their", "of", "and"})
_POSSESSIVE = re.compile(r"[’']s\b")
_AMOUNT = re.compile(r"\s*(?P<number>[\d.,\s]+)(?P<currency>[A-Z]{3})?\s*")


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

    words: the evidence; the gold's for what was missed, the row's quote otherwise.
    """

    kind: Literal["missed", "wrong", "trap"]
    document: str
    subject: str
    predicate: str
    object: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The facts of one document, and how many of its traps were sprung."""

    facts: Score
    traps: int
    genre: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores over all documents, by document, by genre and by property; errors in the documents' order."""

    facts: Score
    entities: Score
    traps_sprung: int
    traps_set: int
    documents: dict[str, DocumentScore]
    genres: dict[str, Score]
    properties: dict[str, Score]
    errors: tuple[Miss, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON, without the errors."""
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


def evaluate(facts: Iterable[Row], entities: Iterable[Row], folder: Path) -> Evaluation:
    """Scores rows of `kg facts` and `kg entities` against the gold documents (*.json) in `folder`.

    Each row of facts counts as one prediction. Raises UsageError: no gold, gold that cannot be read, facts of a
    document that the gold does not know.
    """
    gold = _read_gold(folder)
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
    properties: defaultdict[str, Score] = defaultdict(Score)
    genres: defaultdict[str, Score] = defaultdict(Score)
    all_entities = Score()
    for document in gold.values():
        score, by_property, missed = _score_facts(document, stated.get(document.id, []))
        documents[document.id] = DocumentScore(score, sum(miss.kind == "trap" for miss in missed), document.genre)
        genres[document.genre] += score
        for name, part in by_property.items():
            properties[name] += part
        errors += missed
        all_entities += _score_entities(document, found.get(document.id, []))
    return Evaluation(
        facts=sum((row.facts for row in documents.values()), Score()),
        entities=all_entities,
        traps_sprung=sum(row.traps for row in documents.values()),
        traps_set=sum(len(document.not_facts) for document in gold.values()),
        documents=documents,
        genres=dict(sorted(genres.items())),
        properties=dict(sorted(properties.items())),
        errors=tuple(errors),
    )


@dataclass(frozen=True, slots=True)
class _Gold:
    """A gold document. names, types: by canonical name."""

    id: str
    genre: str
    names: dict[str, list[str]]
    types: dict[str, str]
    facts: list[Row]
    not_facts: list[Row]

    def is_called(self, name: str, given: Names) -> bool:
        """Whether one of the names given is one of the entity's."""
        share = SHARE_OF_PHRASES if self.types.get(name) in PHRASES else SHARE
        return _agree(self.names.get(name, [name]), given, share)

    def says(self, fact: Row, row: Row) -> bool:
        """Whether a row says what a gold fact says."""
        p, stated = fact["p"], row["p"]
        if p != stated and not ({p, stated} == PLACES and self.types.get(fact["s"]) == "Organization"):
            return False
        if p in DATES or p in NUMBERS or p == POST:
            return self.is_called(fact["s"], row["s"]) and _same_value(p, fact["o"], row["o"])
        if self.is_called(fact["s"], row["s"]) and self.is_called(fact["o"], row["o"]):
            return True
        return p in SYMMETRIC and self.is_called(fact["s"], row["o"]) and self.is_called(fact["o"], row["s"])


def _score_facts(document: _Gold, rows: Sequence[Row]) -> tuple[Score, dict[str, Score], list[Miss]]:
    """The score, its parts by property (of the row, or of the gold fact), and what went wrong."""
    untaken = list(document.facts)
    right: Counter[str] = Counter()
    missed: list[Miss] = []
    for row in rows:
        at = next((at for at, fact in enumerate(untaken) if document.says(fact, row)), None)
        if at is not None:
            del untaken[at]
            right[row["p"]] += 1
            continue
        trapped = any(document.says(fact, row) for fact in document.not_facts)
        words = str(row.get("quote") or "")
        missed.append(Miss("trap" if trapped else "wrong", document.id, row["s"][0], row["p"], row["o"][0], words))
    for fact in untaken:
        words = str(fact.get("evidence") or "")
        missed.append(Miss("missed", document.id, fact["s"], fact["p"], str(fact["o"]), words))
    predicted = Counter(row["p"] for row in rows)
    gold = Counter(fact["p"] for fact in document.facts)
    parts = {name: Score(right[name], predicted[name], gold[name]) for name in sorted(predicted | gold)}
    return sum(parts.values(), Score()), parts, missed


def _score_entities(document: _Gold, rows: Sequence[Row]) -> Score:
    untaken = dict(document.types)
    for row in rows:
        kind = _kind(row["type"])
        name = next(
            (name for name, type_ in untaken.items() if _kind(type_) == kind and document.is_called(name, row["s"])),
            None,
        )
        if name is not None:
            del untaken[name]
    return Score(len(document.types) - len(untaken), len(rows), len(document.types))


def _kind(type_: str) -> str:
    return SAME_KIND.get(type_, type_)


def _agree(some: Names, others: Names, share: float) -> bool:
    """Whether a name of the one side has the words of one of the other side, or at least a share of them."""
    ours, theirs = [_words(str(name)) for name in some], [_words(str(name)) for name in others]
    return any(_alike(one, other) >= share for one in ours if one for other in theirs if other)


@functools.lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """A name's words, folded; without possessive s, articles and such."""
    folded = _POSSESSIVE.sub("", name.casefold())
    return tuple(word for word in re.findall(r"\w+", folded) if word not in IDLE_WORDS)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of words in common, in any order (the Dice coefficient of the two bags of words)."""
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


def _same_value(p: str, gold: object, given: Names) -> bool:
    """Whether one of the values given is the gold's."""
    if p in DATES:
        return any(str(value).strip() == gold for value in given)
    if p in NUMBERS:
        return any(_amount(value) == _amount(gold) for value in given)
    return _agree([str(gold)], given, SHARE)


def _amount(value: object) -> tuple[float, str | None] | str:
    """Number and currency; the words where there is no number in them."""
    found = _AMOUNT.fullmatch(str(value))
    if found:
        try:
            return float(re.sub(r"[,\s]", "", found["number"])), found["currency"]
        except ValueError:  # "," or "1.2.3"
            pass
    return str(value)


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return dict(found)


def _read_gold(folder: Path) -> dict[str, _Gold]:
    documents = [_read_document(path) for path in sorted(folder.glob("*.json"))]
    if not documents:
        raise UsageError("no gold documents", where=str(folder), hint="name a folder with one JSON file a document")
    return {document.id: document for document in documents}


def _read_document(path: Path) -> _Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entities = data["entities"]
        document = _Gold(
            id=str(data["id"]),
            genre=str(data.get("genre", "")),
            names={entity["name"]: [entity["name"], *entity.get("aliases", ())] for entity in entities},
            types={entity["name"]: entity["type"] for entity in entities},
            facts=list(data["facts"]),
            not_facts=list(data.get("not_facts", ())),
        )
        for fact in (*document.facts, *document.not_facts):
            if not all(isinstance(fact[key], str) for key in ("s", "p", "o")):
                raise TypeError(f"a fact's s, p and o are strings, not {fact!r:.80}")
    except OSError as error:
        raise UsageError(f"the gold cannot be read: {error.strerror}", where=str(path)) from None
    except KeyError as error:
        raise UsageError(f"the gold lacks {error}", where=str(path), hint=_SHAPE) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"the gold cannot be read: {error}", where=str(path), hint=_SHAPE) from None
    return document


_SHAPE = "each file holds one object with id, genre, entities, facts and not_facts"
