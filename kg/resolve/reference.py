"""What pronouns and nominal references stand for: "it", "the firm", "we" of the one who speaks, "there"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set

from kg.model import Annotation, Mention, Relation
from kg.ontology import Ontology
from kg.resolve.agreement import PLURAL, Gender, gender, gender_of_pronoun
from kg.resolve.antecedents import Antecedents
from kg.resolve.classes import Classes, Sets
from kg.resolve.links import Links
from kg.resolve.names import name_key
from kg.resolve.salience import LEAST, NEUTER, NOMINAL, PRONOUN, cataphoric, salience
from kg.resolve.speakers import FIRST_AND_SECOND, Speakers
from kg.resolve.unsaid import Unsaid

_PERSONAL = frozenset("he she him her his hers himself herself who".split())
# They ask, or point to what comes.
_VAGUE = frozenset("what those whatever whoever".split())
# "the insurer", "the chipmaker": who does something for a living.
_AGENT = re.compile(r"[a-z]{2}(?:er|or)$")
_PRONOUN_WINDOW, _NOMINAL_WINDOW = 3, 12
_LONGEST = 3
# Weights of what a noun tells.
_LEAST_NOMINAL = -4.0
_OWN_SIDE, _HOUSE, _IN_NAME, _CALLED = 1.5, 0.7, 2.0, 3.0
_OF_CLASS, _OTHER_CLASS, _GUESSED_CLASS = 1.5, -2.5, -0.5


class References:
    """Finds the thing that a reference stands for, by its number; earlier answers serve later ones.

    clusters: the names of each thing. weighed: see `weigh_clusters`.
    """

    def __init__(
        self,
        annotation: Annotation,
        clusters: Sequence[Sequence[Mention]],
        weighed: Sequence[tuple[str | None, bool]],
        relations: Sequence[Relation],
        ontology: Ontology,
    ) -> None:
        self._ontology, self.clusters = ontology, clusters
        self._text = annotation.document.text
        self._links = Links(relations, {m.span: n for n, cluster in enumerate(clusters) for m in cluster})
        self.classes = Classes(clusters, weighed, ontology)
        self._antecedents = Antecedents(annotation, clusters, self.classes.of)
        self.speakers = Speakers(annotation, clusters, self.classes, relations, self._links)
        self.unsaid = Unsaid(clusters, self.speakers.houses, self.classes, self._antecedents)
        self._words = [frozenset(w for m in cluster for w in name_key(m.surface).split()) for cluster in clusters]
        self._called = [frozenset(noun for m in cluster for noun in m.called) for cluster in clusters]
        self._known = frozenset().union(*self._words, *self._called)
        self._genders: dict[int, Gender] = {}
        self._nouns: dict[str, set[str]] = defaultdict(set)
        for cls in ontology.classes.values():
            for noun in cls.nouns:
                self._nouns[noun].add(cls.iri)
        self._stated: dict[str, list[Relation]] = defaultdict(list)
        for relation in relations:
            if relation.stance == "asserted":
                self._stated[relation.predicate].append(relation)
        self._roles = {
            label.lower(): iri for iri, p in ontology.properties.items() for label in p.labels if not p.datatype
        }

    def find(
        self,
        mention: Mention,
        expected: Sets,
        relation: Relation | None = None,
        excluded: Set[int] = frozenset(),
    ) -> int | None:
        """The thing meant, or None.

        expected: sets of classes asked for. relation: one that the mention takes part in, which tells who speaks.
        excluded: things that it cannot be.
        """
        if mention.kind != "pronoun":
            return self._noun(mention, expected, relation, excluded)
        if mention.head in FIRST_AND_SECOND:
            return self.speakers.meant(mention.head, expected, relation, excluded)
        return None if mention.head in _VAGUE else self._pronoun(mention, expected, excluded)

    def note(self, mention: Mention, thing: int) -> None:
        """Make a resolved reference an antecedent for those that follow."""
        self._antecedents.note(mention.span, thing)
        self._links.note(mention.span, thing)

    def _pronoun(self, mention: Mention, expected: Sets, excluded: Set[int]) -> int | None:
        """The best antecedent of a pronoun of the third person, "who" or "there"."""
        classes = self.classes
        personal, any_kind = mention.head in _PERSONAL, mention.head in PLURAL
        if personal and expected:
            expected = [allowed & classes.persons for allowed in expected if allowed & classes.persons]
            if not expected:
                return None
        anaphor = self._antecedents.anaphor(mention.span)
        # "It was NAME that ...", "It takes NAME a year": behind "it" stands seldom what it means.
        forward = personal or anaphor.case == "possessive"
        best: tuple[float, int] | None = None
        for found in self._antecedents.around(anaphor, _PRONOUN_WINDOW):
            n = found.cluster
            if n in excluded:
                continue
            if found.candidate.span.begin > mention.span.begin and not (
                forward and cataphoric(anaphor, found.candidate)
            ):
                continue
            if any_kind and self._antecedents.syntax.people_before(mention.span, found.candidate.span.end):
                continue  # "NAME asked its clients what they use"
            agrees = any_kind or personal == classes.is_person(n)
            if expected and classes.firm[n] and not (agrees and classes.fits(n, expected)):
                continue
            if not (personal or any_kind or classes.firm[n]) and self._gender(n):
                continue
            weights = PRONOUN if personal else NEUTER
            score = salience(anaphor, found.candidate, self._antecedents.syntax, weights)
            score += classes.fitness(n, expected) + (self._personal(mention, n) if personal else 0.0)
            if best is None or score > best[0]:
                best = (score, n)
        if best is None or best[0] <= LEAST:
            return None
        classes.learn(best[1], expected)
        return best[1]

    def _personal(self, mention: Mention, n: int) -> float:
        """How well a thing agrees with "she" or "he"."""
        asked = gender_of_pronoun(mention.head)
        own = self._gender(n) if asked else ""
        score = PRONOUN["person"] * self.classes.is_person(n)
        return score + (PRONOUN["same gender" if own == asked else "other gender"] if own else 0.0)

    def _gender(self, n: int) -> Gender:
        if n not in self._genders:
            self._genders[n] = gender(self.clusters[n])
        return self._genders[n]

    def _noun(self, mention: Mention, expected: Sets, relation: Relation | None, excluded: Set[int]) -> int | None:
        """What "the firm" or "its supplier" means: whom a property names so, else the best antecedent."""
        head = mention.head
        if mention.plural or len(mention.surface.split()) > _LONGEST:
            return None
        wanted = self._nouns.get(_two_words(mention), set()) or self._nouns.get(head, set())
        if not wanted and head not in self._known and (_AGENT.search(head) or self._is_topical(mention)):
            wanted = {iri for allowed in expected for iri in allowed & self.classes.collectives}
        if not (wanted or head in self._known or head in self._roles):
            return None
        excluded = excluded | self._strangers(mention)
        holder = self._holder(head, excluded)
        if holder is not None and self.classes.fits(holder, expected):
            return holder
        return self._nominal(mention, expected, frozenset(wanted), relation, excluded)

    def _is_topical(self, mention: Mention) -> bool:
        """Whether it takes up what was spoken of: "the label" as a subject."""
        place = self._antecedents.syntax.position(mention.span)
        article = self._text[max(0, mention.span.begin - 4) : mention.span.begin].lower()
        return article == "the " and place is not None and place.role == "subject"

    def _strangers(self, mention: Mention) -> set[int]:
        """ "the Lisbon firm": Lisbon, and all things but those, if any, that a relation links to it."""
        inside = self._antecedents.inside(mention.span)
        if not inside:
            return set()
        linked = {other for n in inside for _, other in self._links.around(n) if other is not None}
        return set(range(len(self.clusters))) - linked if linked else inside

    def _holder(self, noun: str, excluded: Set[int]) -> int | None:
        """Who is named as somebody's "founder", "supplier" ... where the noun is the label of a property."""
        for relation in self._stated.get(self._roles.get(noun, ""), ()):
            n = self._links.of.get(relation.object.span)
            if n is not None and n not in excluded:
                return n
        return None

    def _nominal(
        self,
        mention: Mention,
        expected: Sets,
        wanted: frozenset[str],
        relation: Relation | None,
        excluded: Set[int],
    ) -> int | None:
        """The best antecedent of "the firm", by what it was called, class, place and prominence."""
        classes, head = self.classes, mention.head
        anaphor = self._antecedents.anaphor(mention.span)
        speaker = self.speakers.of_relation(relation) if relation is not None else None
        own_side = set(self.speakers.affiliations(speaker, expected)) if speaker is not None else set()
        house = self.speakers.house(0.0)
        tells = any(self._ontology.fits(cls, allowed) for cls in wanted for allowed in expected)
        best: tuple[float, int] | None = None
        for found in self._antecedents.around(anaphor, _NOMINAL_WINDOW):
            n, called = found.cluster, head in self._called[found.cluster]
            firm = classes.firm[n] or not (tells or called)
            if n in excluded or found.candidate.span.begin > mention.span.begin:
                continue
            if expected and firm and not classes.fits(n, expected):
                continue
            if not (wanted or called or head in self._words[n] or head in self._roles):
                continue  # a noun that no class has stands for what is called or named so
            score = salience(anaphor, found.candidate, self._antecedents.syntax, NOMINAL)
            score += classes.fitness(n, expected) + _OWN_SIDE * (n in own_side) + _HOUSE * (n == house)
            score += _IN_NAME * (head in self._words[n]) + _CALLED * called
            if wanted and not called:
                of_class = classes.fits(n, [wanted])
                score += _OF_CLASS if of_class else _OTHER_CLASS if firm else _GUESSED_CLASS
            if best is None or score > best[0]:
                best = (score, n)
        if best is None or best[0] <= _LEAST_NOMINAL:
            return None
        classes.learn(best[1], [wanted] if tells else expected)
        return best[1]


def _two_words(mention: Mention) -> str:
    words = mention.surface.lower().split()
    return " ".join(words[-2:])
