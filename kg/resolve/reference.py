"""What pronouns and nominal references stand for: "it", "the firm", "we" of the one who speaks, "there"."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Annotation, Mention, Relation
from kg.ontology import Ontology
from kg.resolve.names import name_key

_SPEAKER = frozenset("we us our ours i me my mine".split())
_ADDRESSEE = frozenset("you your yours".split())
_SINGULAR_SPEAKER = frozenset("i me my mine".split())
_PERSONAL = frozenset("he she him her his hers who".split())
_PRONOUN_WINDOW, _NOMINAL_WINDOW = 3, 12


@dataclass(frozen=True, slots=True)
class Voices:
    """Who asks and who answers in an interview, as clusters; None where nobody can be told."""

    asks: int | None
    answers: int | None
    by_label: dict[str, int]


class References:
    """Finds the cluster that a reference stands for; earlier answers serve later ones."""

    def __init__(
        self,
        annotation: Annotation,
        clusters: Sequence[Sequence[Mention]],
        types: Sequence[str | None],
        relations: Sequence[Relation],
        ontology: Ontology,
    ) -> None:
        self._ontology, self._types = ontology, types
        self._sentences = [s.begin for s in annotation.sentences]
        self._where = sorted((m.span.begin, n) for n, cluster in enumerate(clusters) for m in cluster)
        self._counts = [len(cluster) for cluster in clusters]
        self._words = [frozenset(w for m in cluster for w in name_key(m.surface).split()) for cluster in clusters]
        self._called = [frozenset(noun for m in cluster for noun in m.called) for cluster in clusters]
        self._of = {m.span: n for n, cluster in enumerate(clusters) for m in cluster}
        self._persons = ontology.persons()
        self._collectives = (
            frozenset(
                iri for p in ontology.properties.values() if p.domain and p.domain <= self._persons for iri in p.range
            )
            - self._persons
        )
        self._nouns: dict[str, set[str]] = defaultdict(set)
        for cls in ontology.classes.values():
            for noun in cls.nouns:
                self._nouns[noun].add(cls.iri)
        self._relations = relations
        self._roles = {
            label.lower(): iri for iri, p in ontology.properties.items() for label in p.labels if not p.datatype
        }
        first: dict[int, int] = {}
        for begin, n in self._where:
            first.setdefault(self._sentence(begin), n)
        self._leaders = first
        self.voices = self._find_voices(annotation, clusters)

    def find(
        self, mention: Mention, expected: Sequence[frozenset[str]], relation: Relation, excluded: set[int]
    ) -> int | None:
        """The cluster meant, or None. expected: sets of classes asked for; excluded: clusters that it cannot be."""
        head = mention.head
        if mention.kind == "pronoun" and head in _SPEAKER | _ADDRESSEE:
            return self._speaker(head, expected, relation)
        wanted: set[str] = set()
        if mention.kind == "nominal":
            wanted = self._nouns.get(_two_words(mention), set()) or self._nouns.get(head, set())
            if mention.plural:
                return None
            excluded = excluded | self._strangers(mention)
            known = any(
                head in words or head in called for words, called in zip(self._words, self._called, strict=True)
            )
            if len(mention.surface.split()) > 3 or not (wanted or known or head in self._roles):
                return None
            holder = self._holder(head, excluded)
            if holder is not None and self._fits(holder, expected):
                return holder
        return self._recent(mention, expected, wanted, excluded, relation)

    def note(self, mention: Mention, cluster: int) -> None:
        """Makes a resolved reference an antecedent for those that follow."""
        bisect.insort(self._where, (mention.span.begin, cluster))
        self._of[mention.span] = cluster

    def speaker_of(self, relation: Relation) -> int | None:
        """The cluster of who says what the relation says."""
        if relation.voice == "question":
            return self._labelled(relation.speaker) if relation.speaker else self.voices.asks
        if relation.voice == "answer":
            found = self._labelled(relation.speaker) if relation.speaker else None
            return found if found is not None else self.voices.answers
        return self._labelled(relation.speaker) if relation.speaker else None

    def _labelled(self, label: str | None) -> int | None:
        key = name_key(label or "")
        if key in self.voices.by_label:
            return self.voices.by_label[key]
        words = set(key.split())
        found = [n for n, own in enumerate(self._words) if words and words <= own and self._is_person(n)]
        return found[0] if found else None

    def _is_person(self, cluster: int) -> bool:
        return self._types[cluster] in self._persons

    def _may_speak(self, cluster: int) -> bool:
        """Whether "we" may mean it: what persons belong to by some property; anything but persons if there is none."""
        own = self._types[cluster]
        return own is not None and not self._is_person(cluster) and self._ontology.fits(own, self._collectives)

    def _fits(self, cluster: int, expected: Sequence[frozenset[str]]) -> int:
        """How many of the expected sets the cluster's type fits."""
        own = self._types[cluster]
        return sum(own is not None and self._ontology.fits(own, allowed) for allowed in expected)

    def _sentence(self, begin: int) -> int:
        return bisect.bisect_right(self._sentences, begin) - 1

    def _strangers(self, mention: Mention) -> set[int]:
        """ "the Lisbon firm": all things but those, if any, that a relation links to the name inside the reference."""
        inside = {n for span, n in self._of.items() if span in mention.span}
        if not inside:
            return set()
        ends = [(self._of.get(r.subject.span), self._of.get(r.object.span)) for r in self._relations]
        linked = {n for n, other in ends if n is not None and other in inside}
        return set(range(len(self._counts))) - linked if linked else set()

    def _holder(self, noun: str, excluded: set[int]) -> int | None:
        """Who is named as somebody's "founder", "supplier" ... where the noun is the label of a property."""
        for relation in self._relations:
            n = self._of.get(relation.object.span)
            if (
                relation.predicate == self._roles.get(noun)
                and relation.stance == "asserted"
                and n is not None
                and n not in excluded
            ):
                return n
        return None

    def _speaker(self, head: str, expected: Sequence[frozenset[str]], relation: Relation) -> int | None:
        """First and second person: the one who speaks or is spoken to, or what he or she speaks for."""
        if head in _ADDRESSEE:
            person = self.voices.answers if relation.voice == "question" else None
            if person is None:
                return None
        else:
            person = self.speaker_of(relation)
        if (
            person is not None
            and self._fits(person, expected)
            and (head in _SINGULAR_SPEAKER or not self._affiliation(person, expected))
        ):
            return person
        if head in _SINGULAR_SPEAKER:
            return None
        found = self._affiliation(person, expected) if person is not None else []
        return found[0] if found else self._main(expected)

    def _affiliation(self, person: int, expected: Sequence[frozenset[str]]) -> list[int]:
        """What the person is linked to by name, that fits; posts before all else."""
        found: list[tuple[bool, int, int]] = []
        for relation in self._relations:
            ends = (self._of.get(relation.subject.span), self._of.get(relation.object.span))
            if relation.stance != "asserted" or person not in ends:
                continue
            other = ends[1] if ends[0] == person else ends[0]
            if other is not None and self._may_speak(other) and self._fits(other, expected):
                found.append((ends[0] != person, relation.evidence.span.begin, other))
        return [other for _, _, other in sorted(found)]

    def _main(self, expected: Sequence[frozenset[str]]) -> int | None:
        """The thing of a fitting type that the document speaks of most."""
        fitting = [n for n in range(len(self._counts)) if self._fits(n, expected) and self._may_speak(n)]
        return max(fitting, key=lambda n: (self._counts[n], -n), default=None)

    def _later(self, position: int, sentence: int) -> set[int]:
        """The clusters mentioned from a position of `_where` on, as long as the sentence goes on."""
        later = (self._where[i] for i in range(position, len(self._where)))
        return {n for _, n in itertools.takewhile(lambda item: self._sentence(item[0]) == sentence, later)}

    def _recent(
        self,
        mention: Mention,
        expected: Sequence[frozenset[str]],
        wanted: set[str],
        excluded: set[int],
        relation: Relation,
    ) -> int | None:
        """The best antecedent before the mention, by fit, distance and prominence."""
        here = self._sentence(mention.span.begin)
        window = _PRONOUN_WINDOW if mention.kind == "pronoun" else _NOMINAL_WINDOW
        personal = mention.head in _PERSONAL
        most = max(self._counts, default=0)
        speaker = self.speaker_of(relation)
        own_side = (
            set(self._affiliation(speaker, expected)) if speaker is not None and mention.kind == "nominal" else set()
        )
        best: tuple[float, int] | None = None
        end = bisect.bisect_left(self._where, (mention.span.begin, -1))
        if mention.kind == "pronoun":
            # "Its founder now works for ACME": who is named later in the sentence is not meant.
            excluded = excluded | self._later(end, here)
        for begin, n in reversed(self._where[:end]):
            distance = here - self._sentence(begin)
            if distance > window:
                break
            fits = self._fits(n, expected)
            if (
                n in excluded
                or not fits
                or (
                    mention.kind == "pronoun"
                    and personal != self._is_person(n)
                    and mention.head not in ("they", "their", "them")
                )
            ):
                continue
            own = self._types[n] or ""
            score = fits * 0.6 - (len(expected) - fits) * 2.0 - distance * (1.0 if mention.kind == "pronoun" else 0.45)
            score += (
                1.5 * (n in own_side)
                + 0.8 * (self._leaders.get(self._sentence(begin)) == n)
                + 0.6 * (self._counts[n] == most)
            )
            if mention.kind == "nominal":
                score += 2.0 * (mention.head in self._words[n]) + 3.0 * (mention.head in self._called[n])
                if wanted and mention.head not in self._called[n]:
                    score += 1.5 if self._ontology.fits(own, frozenset(wanted)) else -2.0
            if best is None or score > best[0]:
                best = (score, n)
        return best[1] if best is not None and best[0] > -4 else None

    def _find_voices(self, annotation: Annotation, clusters: Sequence[Sequence[Mention]]) -> Voices:
        """Interviewer and interviewee by the labels of the turns, the front matter, or how the text introduces them."""
        labels: dict[str, int] = {}
        sides: dict[str, set[str]] = {"question": set(), "answer": set()}
        for parse in annotation.parses:
            if parse.role in sides and parse.speaker:
                sides[parse.role].add(parse.speaker)
        persons = [n for n in range(len(clusters)) if self._is_person(n)]
        for label in sorted(sides["question"] | sides["answer"]):
            found = self._by_label(label, persons, clusters)
            if found is not None:
                labels[name_key(label)] = found
        asks = next((labels[name_key(x)] for x in sorted(sides["question"]) if name_key(x) in labels), None)
        answers = next((labels[name_key(x)] for x in sorted(sides["answer"]) if name_key(x) in labels), None)
        if not any(p.role == "answer" for p in annotation.parses):
            return Voices(asks, answers, labels)
        told = [n for s in annotation.document.speakers if (n := self._by_label(s, persons, clusters)) is not None]
        if len(told) >= 2 and asks is None and answers is None:
            asks, answers = told[0], told[1]
        if answers is None or asks is None:
            subject, obj = self._introduced(persons, asks, answers)
            asks = asks if asks is not None else subject
            answers = answers if answers is not None else obj
        return Voices(asks, answers, labels)

    def _by_label(self, label: str, persons: Sequence[int], clusters: Sequence[Sequence[Mention]]) -> int | None:
        key = name_key(label)
        for n in persons:
            if set(key.split()) <= self._words[n]:
                return n
        letters = re.sub(r"[^a-z]", "", key)
        if 2 <= len(letters) <= 3:
            for n in persons:
                if any("".join(w[0] for w in re.findall(r"\w+", m.surface.casefold())) == letters for m in clusters[n]):
                    return n
        return None

    def _introduced(
        self, persons: Sequence[int], asks: int | None, answers: int | None
    ) -> tuple[int | None, int | None]:
        """Two persons in one relation ("X met Y") before the first question: the first asks, the second answers."""
        for relation in self._relations:
            subject, obj = self._of.get(relation.subject.span), self._of.get(relation.object.span)
            if relation.voice == "narration" and subject in persons and obj in persons and subject != obj:
                return subject, obj
        others = [n for n in persons if n not in (asks, answers)]
        if answers is None and others:
            posted = [n for n in others if self._affiliation(n, [frozenset()])]
            return None, max(posted or others, key=lambda n: (self._counts[n], -n))
        return None, None


def _two_words(mention: Mention) -> str:
    words = mention.surface.lower().split()
    return " ".join(words[-2:])
