"""Invented graphs of any size: communities whose sizes and degrees follow a power law, and a sentence for each fact.

The same numbers give the same graph. Words are drawn from an invented vocabulary as often as real ones are, so that
the texts compress about as well as English does.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
TYPES = {"Organization": 40, "Person": 25, "Product": 14, "Place": 9, "Technology": 6, "Event": 4, "Award": 2}
PREDICATES = {
    "produces": 20,
    "worksFor": 18,
    "suppliedBy": 14,
    "headquarters": 10,
    "partnerOf": 9,
    "founder": 8,
    "acquired": 7,
    "presentedAt": 6,
    "investedIn": 5,
    "won": 3,
}
VALUES = {"foundingDate": "gYear", "numberOfEmployees": "integer"}
STANCES = {"asserted": 92, "denied": 2, "planned": 2, "possible": 2, "reported": 1, "asked": 1}
VALUE_SHARE, WITHIN_SHARE, TIME_SHARE, SPEAKER_SHARE, AGAIN_SHARE = 0.06, 0.85, 0.3, 0.1, 0.1
SENTENCE = 100  # characters, about


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with its names, and the community that most of its statements stay in."""

    name: str
    label: str
    type: str
    aliases: tuple[str, ...]
    community: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that states something, and where it stands."""

    document: int
    begin: int
    sentence: str
    quote: tuple[int, int]
    speaker: int | None
    year: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated: `object` is the number of an entity, or the text of a value."""

    subject: int
    predicate: str
    object: int | str
    stance: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """All of it; documents are their dates, and their texts are the sentences in the order of the statements."""

    entities: list[Entity]
    statements: list[Statement]
    documents: list[str]

    def links(self) -> list[tuple[int, int, str]]:
        """The asserted statements between entities: subject, object, predicate."""
        return [
            (said.subject, said.object, said.predicate)
            for said in self.statements
            if isinstance(said.object, int) and said.stance == "asserted"
        ]


@dataclass
class _Writer:
    """Writes sentences into documents, one after the other."""

    chance: random.Random
    entities: list[Entity]
    documents: int
    words: list[str] = field(default_factory=list)
    speakers: list[int] = field(default_factory=list)
    length: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = [_word(self.chance, 1, 3) for _ in range(3000)]
        self.speakers = [number for number, one in enumerate(self.entities) if one.type == "Person"][:200]

    def evidence(self, subject: int, predicate: str, object_: int | str) -> Evidence:
        chance = self.chance
        named = self.entities[object_].label if isinstance(object_, int) else object_
        core = f"{self.entities[subject].label} {predicate} {named}"
        start = " ".join(self._some(chance.randint(1, 4))).capitalize() + " "
        words = [start + core]
        while sum(map(len, words)) + len(words) < SENTENCE - 4:
            words.extend(self._some(1))
        sentence = " ".join(words) + "."
        community = self.entities[subject].community
        document = (community * 7 + chance.randrange(7)) % self.documents
        begin = self.length.get(document, 0)
        self.length[document] = begin + len(sentence) + 1
        speaks = bool(self.speakers) and chance.random() < SPEAKER_SHARE
        return Evidence(
            document,
            begin,
            sentence,
            (len(start), len(start) + len(core)),
            chance.choice(self.speakers) if speaks else None,
            chance.randint(1995, 2024) if chance.random() < TIME_SHARE else None,
            chance.randint(50, 99) / 100,
        )

    def _some(self, count: int) -> list[str]:
        """Words, the common ones far more often than the rare ones."""
        return [self.words[int(len(self.words) ** self.chance.random()) - 1] for _ in range(count)]


def synthetic(entities: int, statements: int | None = None, *, documents: int | None = None, seed: int = 1) -> Graph:
    """A graph of so many entities; 2.5 statements for each, and 10 to 500 documents, unless told otherwise."""
    chance = random.Random(seed)
    made = _entities(chance, entities)
    members: dict[int, list[int]] = {}
    for number, one in enumerate(made):
        members.setdefault(one.community, []).append(number)
    count = documents or min(500, max(10, entities // 40))
    writer = _Writer(chance, made, count)
    wanted = statements if statements is not None else entities * 5 // 2
    found: dict[tuple[int, str, int | str], Statement] = {}
    for number in _subjects(chance, made, members):
        if len(found) >= wanted:
            break
        key = (number, *_said_of(chance, number, made, members))
        if key in found or key[0] == key[2]:
            continue
        again = 2 if chance.random() < AGAIN_SHARE else 1
        evidence = tuple(writer.evidence(*key) for _ in range(again))
        found[key] = Statement(*key, _weighted(chance, STANCES), evidence)
    dates = [
        f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(count)
    ]
    return Graph(made, list(found.values()), dates)


def _entities(chance: random.Random, count: int) -> list[Entity]:
    communities = max(3, round(math.sqrt(count) / 1.5))
    shares = [1 / (rank + 3) for rank in range(communities)]
    homes = chance.choices(range(communities), shares, k=count)
    labels: dict[str, None] = {}
    while len(labels) < count:
        labels[f"{_word(chance, 2, 3).capitalize()} {_word(chance, 1, 3).capitalize()}"] = None
    made = []
    for label, home in zip(labels, homes, strict=True):
        aliases = (label.split()[0],) if chance.random() < 0.15 else ()
        made.append(Entity(label.lower().replace(" ", "-"), label, _weighted(chance, TYPES), aliases, home))
    return made


def _subjects(chance: random.Random, made: list[Entity], members: dict[int, list[int]]) -> Iterator[int]:
    """Every entity once, and then without end some of them, those at the head of their communities most often."""
    yield from range(len(made))
    while True:
        yield _leading(chance, members[made[chance.randrange(len(made))].community])


def _said_of(
    chance: random.Random, subject: int, made: list[Entity], members: dict[int, list[int]]
) -> tuple[str, int | str]:
    if chance.random() < VALUE_SHARE:
        predicate = chance.choice(list(VALUES))
        return predicate, str(chance.randint(1900, 2020))
    home = made[subject].community
    if chance.random() >= WITHIN_SHARE:
        home = made[chance.randrange(len(made))].community
    return _weighted(chance, PREDICATES), _leading(chance, members[home])


def _leading(chance: random.Random, numbers: list[int]) -> int:
    """One of them, the first ones far more often."""
    return numbers[int(len(numbers) * chance.random() ** 2.5)]


def _weighted(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _date(chance: random.Random) -> str:
    return f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _word(chance: random.Random, least: int, most: int) -> str:
    return "".join(
        chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(least, most))
    ) + chance.choice(("", "n", "r", "s", "l"))
