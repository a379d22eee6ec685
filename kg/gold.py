"""Gold documents: what people marked in a text, and when a row of a graph agrees with it.

A gold document is a JSON file with `id`, `genre`, `entities` (name, type, aliases), `facts` (s, p, o, evidence) and
`not_facts` (s, p, o, why): what a careless reader would take for a fact.

Names agree when they are the same words, or share enough of them; dates and amounts have to be equal.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError

Row = Mapping[str, Any]
Names = Sequence[str]

SYMMETRIC = frozenset({"partnerOf", "competesWith"})
DATES = frozenset({"foundingDate", "launchDate", "eventDate"})
NUMBERS = frozenset({"price", "revenue", "numberOfEmployees"})
PLACES = frozenset({"headquarters", "locatedIn"})
POST = "jobTitle"
LITERALS = DATES | NUMBERS | {POST}
# Kinds whose names are phrases, which two readers will cut differently.
PHRASES = frozenset({"Strategy", "Technology", "Audience"})
SAME_KIND = {"Vehicle": "Product"}

SHARE = 0.75
SHARE_OF_PHRASES = 0.6
IDLE_WORDS = frozenset({"the", "a", "an", "our", "its", "their", "of", "and"})
_POSSESSIVE = re.compile(r"[’']s\b")
_AMOUNT = re.compile(r"\s*(?P<number>[\d.,\s]+)(?P<currency>[A-Z]{3})?\s*")


@dataclass(frozen=True, slots=True)
class Gold:
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
        if self.is_called(fact["s"], row["s"]) and self.same_object(fact, row):
            return True
        return p in SYMMETRIC and self.turned(fact, row)

    def same_object(self, fact: Row, row: Row) -> bool:
        """Whether a row has the object of a gold fact, whatever else it says."""
        if fact["p"] in LITERALS:
            return _same_value(fact["p"], fact["o"], row["o"])
        return self.is_called(fact["o"], row["o"])

    def turned(self, fact: Row, row: Row) -> bool:
        """Whether a row has subject and object of a gold fact the other way round."""
        if fact["p"] in LITERALS:
            return False
        return self.is_called(fact["s"], row["o"]) and self.is_called(fact["o"], row["s"])


def kind_of(type_: str) -> str:
    """The type that two types of entities are compared by."""
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


def read_gold(folder: Path) -> dict[str, Gold]:
    """The gold documents (*.json) of a folder by their ids. Raises UsageError: none there, or none that can be read."""
    documents = [_read_document(path) for path in sorted(folder.glob("*.json"))]
    if not documents:
        raise UsageError("no gold documents", where=str(folder), hint="name a folder with one JSON file a document")
    return {document.id: document for document in documents}


def _read_document(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entities = data["entities"]
        document = Gold(
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
