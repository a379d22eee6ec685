"""What "we", "I" and "you" mean: who speaks or is spoken to, and what that person speaks for."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence, Set

from kg.model import Annotation, Mention, Relation
from kg.resolve.classes import Classes, Sets
from kg.resolve.house import houses
from kg.resolve.links import Links
from kg.resolve.names import name_key
from kg.resolve.voices import People, find_voices

_AFFILIATED = 1.0  # weight of a link to who speaks, beside those of `kg.resolve.house`
_ADDRESSEE = frozenset("you your yours".split())
_SINGULAR = frozenset("i me my mine".split())
FIRST_AND_SECOND = frozenset("we us our ours".split()) | _SINGULAR | _ADDRESSEE


def _posts(relations: Sequence[Relation], links: Links, classes: Classes) -> Counter[int]:
    """How many relations give a person a place at each thing: posts, founders."""
    found: Counter[int] = Counter()
    for relation in relations:
        for person, place, end in (
            (relation.domain, relation.range, relation.object),
            (relation.range, relation.domain, relation.subject),
        ):
            n = links.of.get(end.span)
            if n is not None and person and person <= classes.persons and place & classes.collectives:
                found[n] += 1
    return found


class Speakers:
    """The voices of a document. clusters: the names of its things. houses: see `kg.resolve.house`, for each of them."""

    def __init__(
        self,
        annotation: Annotation,
        clusters: Sequence[Sequence[Mention]],
        classes: Classes,
        relations: Sequence[Relation],
        links: Links,
    ) -> None:
        self._classes, self._links = classes, links
        self.houses = houses(annotation, clusters, classes, _posts(relations, links, classes))
        bodies = (n for n, score in enumerate(self.houses) if score > -math.inf)
        self._bodies = sorted(bodies, key=lambda n: (-self.houses[n], n))
        self._words = [frozenset(w for m in cluster for w in name_key(m.surface).split()) for cluster in clusters]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self._words):
            for word in sorted(words):
                self._with_word[word].append(n)
        persons = [n for n in range(len(clusters)) if classes.is_person(n)]
        posted = frozenset(n for n in persons if self.affiliations(n, [frozenset()]))
        self.voices = find_voices(annotation, relations, People(clusters, persons, posted, links.of))

    def of_relation(self, relation: Relation) -> int | None:
        """Who says what the relation says."""
        found = self._labelled(relation.speaker) if relation.speaker else None
        if relation.voice == "question":
            return found if relation.speaker else self.voices.asks
        if relation.voice == "answer":
            return found if found is not None else self.voices.answers
        return found

    def house(self, margin: float) -> int | None:
        """What the document speaks for, if it is ahead of all else by a margin."""
        if not self._bodies:
            return None
        first, *others = self._bodies[:2]
        ahead = not others or self.houses[first] - self.houses[others[0]] >= margin
        return first if ahead else None

    def meant(self, word: str, expected: Sets, relation: Relation | None, excluded: Set[int]) -> int | None:
        """What a pronoun of the first or second person means, in a slot that asks for these sets of classes."""
        if word in _ADDRESSEE:
            person = self.voices.answers if relation is not None and relation.voice == "question" else None
            if person is None:
                return None
        else:
            person = self.of_relation(relation) if relation is not None else None
        if word not in _SINGULAR:
            found = self._house(person, expected)
            if found is not None:
                return found if found not in excluded else None
        return person if person is not None and self._classes.fits(person, expected) else None

    def affiliations(self, person: int, expected: Sets) -> list[int]:
        """What the person is linked to by name, that fits; posts before all else."""
        found: list[tuple[bool, int, int]] = []
        for relation, other in self._links.around(person):
            if relation.stance != "asserted" or other is None:
                continue
            if self._classes.may_speak(other) and self._classes.fits(other, expected):
                as_object = self._links.of.get(relation.subject.span) != person
                found.append((as_object, relation.evidence.span.begin, other))
        return [other for _, _, other in sorted(found)]

    def _labelled(self, label: str) -> int | None:
        key = name_key(label)
        if key in self.voices.by_label:
            return self.voices.by_label[key]
        words = set(key.split())
        named = self._with_word.get(min(words, default=""), ())
        return next((n for n in named if words <= self._words[n] and self._classes.is_person(n)), None)

    def _house(self, person: int | None, expected: Sets) -> int | None:
        """What the document speaks for, of a fitting class.

        person: who says "we", and rather speaks for what that person is linked to.
        """
        first = next((n for n in self._bodies if self._classes.fits(n, expected)), None)
        own = set(self.affiliations(person, expected)) if person is not None else set()
        fit = own if first is None else own | {first}
        return max(fit, key=lambda n: (self.houses[n] + (_AFFILIATED if n in own else 0.0), -n), default=None)
