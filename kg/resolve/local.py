"""One document's relations on mentions, turned into statements on things, as far as the document alone can tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import (
    Annotation,
    Dropped,
    Extraction,
    Label,
    LocalEntity,
    LocalStatement,
    Mention,
    Relation,
    Span,
)
from kg.ontology import Ontology, OntologyClass
from kg.resolve.gate import refuse
from kg.resolve.implied import implied
from kg.resolve.names import cluster_names, name_key
from kg.resolve.readings import Reading, closest_readings
from kg.resolve.reference import References
from kg.resolve.types import expected, type_clusters, weigh_clusters

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("und-Cyrl", re.compile(r"[\u0400-\u04ff]")),
)
UNRESOLVED = "nothing in the text fits the reference"
LEFT_UNSAID = "what the sentence is about is not clear"
_FIRST_OTHER_SCRIPT = "\u0370"
_MARGIN = 1.0  # of the house of the document before all else, so that something is implied of it
_SURE = 0.65  # of a relation, so that it shows its ends to be two things
_PRONOUN_BELIEF, _NOMINAL_BELIEF = 0.85, 0.9


def link(
    annotation: Annotation, relations: Sequence[Relation], dropped: Sequence[Dropped], ontology: Ontology
) -> Extraction:
    """Cluster names, decide their types, resolve references, pass the gate."""
    return _Linker(annotation, relations, dropped, ontology).link()


def open_references(annotation: Annotation, relations: Sequence[Relation], ontology: Ontology) -> References:
    """The resolver of one document's references, with all its names as antecedents, each a thing with its class."""
    names = [m for m in annotation.mentions if m.kind == "name" or m.annotator == "quotation"]
    apart = frozenset(
        frozenset((name_key(r.subject.surface), name_key(r.object.surface)))
        for r in relations
        if r.subject.kind == r.object.kind == "name" and r.confidence >= _SURE
    )
    clusters = cluster_names(
        annotation.document.text, names, ontology, lambda groups: type_clusters(groups, relations, ontology), apart
    )
    return References(annotation, clusters, weigh_clusters(clusters, relations, ontology), relations, ontology)


class _Thing:
    """A thing under construction: its class, its mentions (span to whether it is a name), further name forms."""

    def __init__(self, cls: str | None, names: Sequence[Mention]) -> None:
        self.type, self.names = cls, list(names)
        self.spans = {m.span: True for m in names}
        self.extra: list[str] = []


class _Linker:
    def __init__(
        self, annotation: Annotation, relations: Sequence[Relation], dropped: Sequence[Dropped], ontology: Ontology
    ) -> None:
        self.annotation, self.relations, self.ontology = annotation, relations, ontology
        self.text = annotation.document.text
        self.references = open_references(annotation, relations, ontology)
        clusters = self.references.clusters
        self.things = [_Thing(cls, cluster) for cls, cluster in zip(self.references.classes.of, clusters, strict=True)]
        self.of = {m.span: n for n, cluster in enumerate(clusters) for m in cluster}
        self.phrases: dict[tuple[str, str], int] = {}
        self.heads: dict[tuple[str, str], int] = {}
        self.dropped = list(dropped)

    def link(self) -> Extraction:
        self._label_speakers()
        self._resolve_references()
        statements = self._unique(self._statements())
        return self._extraction([*statements, *self._implied(statements)])

    def _implied(self, statements: Sequence[LocalStatement]) -> list[LocalStatement]:
        house = self.references.speakers.house(_MARGIN)
        if house is None:
            return []
        may_speak = self.references.classes.may_speak
        bodies = [
            mention.span
            for n, cluster in enumerate(self.references.clusters)
            if n != house and may_speak(n)
            for mention in cluster
        ]
        return list(implied(statements, house, bodies, self.ontology))

    def _label_speakers(self) -> None:
        for parse in self.annotation.parses:
            if parse.speaker:
                n = self.references.speakers.voices.by_label.get(name_key(parse.speaker))
                if n is not None and parse.speaker not in self.things[n].extra:
                    self.things[n].extra.append(parse.speaker)

    def _resolve_references(self) -> None:
        """Every pronoun, reference and phrase that some relation stands on, in the order of the text."""
        uses: dict[Span, list[tuple[Relation, bool]]] = defaultdict(list)
        mentions: dict[Span, Mention] = {}
        for relation in self.relations:
            for mention, as_subject in ((relation.subject, True), (relation.object, False)):
                if mention.kind in ("pronoun", "nominal", "phrase") and mention.span not in self.of:
                    uses[mention.span].append((relation, as_subject))
                    mentions[mention.span] = mention
        for span in sorted(uses):
            n = self._resolve(mentions[span], uses[span])
            if n is not None:
                self.of[span] = n
                self.things[n].spans.setdefault(span, False)

    def _resolve(self, mention: Mention, uses: Sequence[tuple[Relation, bool]]) -> int | None:
        sets = expected(uses) or [frozenset()]
        phrase_class = self._phrase_class(mention, uses)
        if mention.kind != "pronoun" and phrase_class is not None:
            return self._phrase(mention, phrase_class)
        if mention.kind == "phrase":
            return None
        if mention.kind == "nominal" and (known := self._phrase_before(mention, uses)) is not None:
            return known
        excluded = {
            n
            for relation, as_subject in uses
            if (n := self.of.get((relation.object if as_subject else relation.subject).span)) is not None
        }
        n = self.references.find(mention, sets, uses[0][0], excluded)
        if n is not None:
            self.references.note(mention, n)
            self.things[n].type = self.references.classes.of[n]
        return n

    def _phrase_class(self, mention: Mention, uses: Sequence[tuple[Relation, bool]]) -> str | None:
        """The class of things named by phrases that some relation takes the mention for; names are looked for first."""
        for relation, as_subject in sorted(uses, key=lambda use: -use[0].confidence):
            allowed = relation.domain if as_subject else relation.range
            classes = [self.ontology.classes[iri] for iri in sorted(allowed) if iri in self.ontology.classes]
            plain = mention.kind == "phrase"
            takes = [
                c
                for c in classes
                if c.by_phrase
                or (plain and ((relation.rank and c.nameless) or (c.by_noun and _has_noun(mention, c))))
                or (c.by_kind and mention.annotator == "kind")
            ]
            if takes and (plain or len(takes) == len(classes)):
                return takes[0].iri
        return None

    def _phrase_before(self, mention: Mention, uses: Sequence[tuple[Relation, bool]]) -> int | None:
        """The thing named by a phrase with the same head before: "a folding deck ... The deck"."""
        for relation, as_subject in uses:
            for iri in sorted(relation.domain if as_subject else relation.range):
                if (iri, mention.head) in self.heads:
                    return self.heads[iri, mention.head]
        return None

    def _phrase(self, mention: Mention, cls: str) -> int:
        """The thing that a descriptive phrase names; "that extract" means the extract named before."""
        key = (cls, name_key(mention.surface))
        if key in self.phrases:
            return self.phrases[key]
        if mention.kind == "nominal" and len(mention.surface.split()) == 1 and (cls, mention.head) in self.heads:
            return self.heads[cls, mention.head]
        thing = _Thing(cls, ())
        thing.extra.append(mention.surface)
        self.things.append(thing)
        self.phrases[key] = len(self.things) - 1
        if mention.annotator != "kind" or self.ontology.classes[cls].by_phrase:
            self.heads[cls, mention.head] = len(self.things) - 1
        return len(self.things) - 1

    def _statements(self) -> list[LocalStatement]:
        kept: list[Reading] = []
        for told in self.relations:
            relation, subject, obj = self._completed(told)
            value = relation.object.value if relation.object.kind == "value" else None
            reason = self._refuse(relation, subject, obj, value is not None)
            if reason or subject is None:
                self._drop(relation, subject, obj, reason or "nothing in the text fits the subject")
                continue
            kept.append(Reading(relation, subject, value if value is not None else obj if obj is not None else -1))
        closest, farther = closest_readings(kept, self.ontology)
        for reading in farther:
            obj = reading.object if isinstance(reading.object, int) else None
            self._drop(reading.relation, reading.subject, obj, "another property's label is closer to the words")
        return [
            LocalStatement(
                subject=subject,
                predicate=relation.predicate,
                object=told,
                evidence=relation.evidence,
                stance=relation.stance,
                rule=relation.rule,
                confidence=_belief(relation),
                speaker=self.references.speakers.of_relation(relation),
                time=relation.time,
            )
            for relation, subject, told in closest
        ]

    def _completed(self, relation: Relation) -> tuple[Relation, int | None, int | None]:
        """A relation with its things, as far as they are known; what is left unsaid makes it less sure."""
        subject, obj = self.of.get(relation.subject.span), self.of.get(relation.object.span)
        if relation.subject.kind == "unsaid":
            relation, subject = self._unsaid(relation, relation.subject, relation.domain, obj)
        elif relation.object.kind == "unsaid":
            relation, obj = self._unsaid(relation, relation.object, relation.range, subject)
        return relation, subject, obj

    def _unsaid(
        self, relation: Relation, mention: Mention, allowed: frozenset[str], other: int | None
    ) -> tuple[Relation, int | None]:
        found = self.references.unsaid.find(mention.span.begin, allowed, other, relation.confidence)
        return (replace(relation, confidence=found[1]), found[0]) if found else (relation, None)

    def _refuse(self, relation: Relation, subject: int | None, obj: int | None, literal: bool) -> str | None:
        if subject is None:
            return _unresolved(relation.subject)
        if not literal and obj is None:
            return _unresolved(relation.object)
        if subject == obj:
            return "subject and object are one thing"
        other = self.things[obj].type if obj is not None else None
        return refuse(self.text, relation, self.things[subject].type, other, self.ontology)

    def _drop(self, relation: Relation, subject: int | None, obj: int | None, reason: str) -> None:
        self.dropped.append(
            Dropped(
                self._called(relation.subject, subject),
                relation.predicate,
                self._called(relation.object, obj),
                relation.evidence,
                relation.rule,
                reason,
                relation.object.value,
            )
        )

    def _called(self, mention: Mention, n: int | None) -> str:
        """The name of the thing that a mention was taken for, by which people look for it; else its words."""
        return mention.surface or "(left unsaid)" if n is None else self._names(self.things[n])[0]

    def _unique(self, statements: Sequence[LocalStatement]) -> list[LocalStatement]:
        """One statement a sentence and fact; symmetric ones in one direction; none that another implies or replaces."""
        best: dict[tuple[object, ...], LocalStatement] = {}
        special = {
            (s.subject, parent, s.object, s.stance)
            for s in statements
            for parent in self.ontology.properties[s.predicate].parents
        }
        stated = {(s.subject, s.predicate, s.evidence.sentence) for s in statements}
        for s in statements:
            if (s.subject, s.predicate, s.object, s.stance) in special:
                continue
            others = self.ontology.properties[s.predicate].yields_to
            if any((s.subject, other, s.evidence.sentence) in stated for other in others):
                continue
            ends: tuple[object, ...] = (s.subject, s.object)
            if self.ontology.properties[s.predicate].symmetric and isinstance(s.object, int):
                ends = tuple(sorted((s.subject, s.object)))
            key = (*ends, s.predicate, s.stance, s.evidence.sentence)
            if key not in best or s.confidence > best[key].confidence:
                best[key] = s
        return list(best.values())

    def _extraction(self, statements: Sequence[LocalStatement]) -> Extraction:
        """Only things that have a class and a name, or take part in a statement; positions are counted anew."""
        used = {n for s in statements for n in (s.subject, s.object, s.speaker) if isinstance(n, int)}
        kept = [
            n
            for n, thing in enumerate(self.things)
            if n in used or (thing.type is not None and any(m.kind == "name" for m in thing.names))
        ]
        place = {n: i for i, n in enumerate(kept)}
        moved = [
            LocalStatement(
                place[s.subject],
                s.predicate,
                place[s.object] if isinstance(s.object, int) else s.object,
                s.evidence,
                s.stance,
                s.rule,
                s.confidence,
                None if s.speaker is None else place[s.speaker],
                s.time,
            )
            for s in statements
        ]
        moved.sort(key=lambda s: (s.evidence.span, s.predicate, s.subject, str(s.object), s.stance))
        return Extraction(
            document=self.annotation.document,
            sentences=self.annotation.sentences,
            entities=tuple(self._entity(n) for n in kept),
            statements=tuple(moved),
            dropped=tuple(
                sorted(self.dropped, key=lambda d: (d.evidence.span, d.predicate, d.subject, d.object, d.reason))
            ),
        )

    def _entity(self, n: int) -> LocalEntity:
        thing = self.things[n]
        spans = sorted(thing.spans)
        return LocalEntity(
            type=thing.type or "",
            names=tuple(Label(name, language_of(name)) for name in self._names(thing)),
            mentions=tuple(spans),
            named=tuple(thing.spans[span] for span in spans),
            firm=n >= len(self.references.classes.firm) or self.references.classes.firm[n],
        )

    def _names(self, thing: _Thing) -> list[str]:
        """All name forms, the fullest first."""
        forms = dict.fromkeys(m.surface for m in thing.names)
        titled = [f"{m.title} {m.surface}" for m in thing.names if m.title]
        every = list(dict.fromkeys([*forms, *titled, *thing.extra]))
        plain = (
            [f for f in forms if not f.isupper() and not language_of(f)]
            or [f for f in forms if not language_of(f)]
            or list(forms)
            or every
        )
        quoted = {m.surface for m in thing.names if m.kind == "phrase"}
        label = max(plain, key=lambda f: (f not in quoted, len(f.split()), len(f)))
        return [label, *(f for f in every if f != label)]


def _unresolved(mention: Mention) -> str:
    if mention.kind == "unsaid":
        return LEFT_UNSAID
    if mention.kind == "phrase":
        return f"a description without a name: {mention.surface!r}"
    return f"{UNRESOLVED} {mention.surface!r}"


def _has_noun(mention: Mention, cls: OntologyClass) -> bool:
    """Whether a descriptive phrase is headed by one of the class's nouns ("a five-star rating" is an award)."""
    words = mention.surface.lower().split()
    return mention.head in cls.nouns or any(noun in cls.nouns for noun in (" ".join(words[-2:]), " ".join(words[:1])))


def _belief(relation: Relation) -> float:
    belief = relation.confidence
    for mention in (relation.subject, relation.object):
        belief *= {"pronoun": _PRONOUN_BELIEF, "nominal": _NOMINAL_BELIEF}.get(mention.kind, 1.0)
    return round(belief, 2)


def language_of(name: str) -> str:
    """The language tag of a name in another script than Latin; "" for Latin ones."""
    if max(name, default="") < _FIRST_OTHER_SCRIPT:
        return ""
    return next((tag for tag, script in _SCRIPTS if script.search(name)), "")
