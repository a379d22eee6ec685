"""Which mentions are one thing: first inside a document (`link`), then over all documents (`resolve`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import replace

from kg.decisions import Accept, Decision, Reject
from kg.model import Dropped, Entity, Extracted, Extraction, Statement, Value
from kg.ontology import Ontology
from kg.resolve.alike import Alike, alike
from kg.resolve.decided import Deciding, Outcome, Resolved
from kg.resolve.group import Place
from kg.resolve.iris import slug
from kg.resolve.judged import SOURCES, ByHand, Judged, accepted, rejection
from kg.resolve.local import link
from kg.resolve.matches import Matches

__all__ = ["SOURCES", "Alike", "Matches", "Outcome", "Resolution", "link", "resolve", "slug"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities by IRI, statements by document and span.

    dropped: by document id, what did not fit once all documents were seen, and what users reject. outcomes: what became
    of each decision. sources: a document that holds where facts are known from that users added. alike: pairs of things
    of different names that were taken for one. matches: what was compared for that.
    """

    entities: list[Entity]
    statements: list[Statement]
    dropped: dict[str, list[Dropped]]
    outcomes: list[Outcome] = field(default_factory=list)
    sources: Extraction | None = None
    alike: list[Alike] = field(default_factory=list)
    matches: Matches = field(default_factory=Matches)


def resolve(
    extractions: Sequence[Extracted],
    ontology: Ontology,
    base: str,
    decisions: Sequence[Decision] = (),
    merge: float = 0.0,
    before: Matches | None = None,
) -> Resolution:
    """Entities and statements of all documents; the result does not depend on the order of `extractions`.

    Things of two documents are one if a name of theirs is equal and their classes may be; short names of persons, which
    only hold inside a document, do not count. merge: the score from which on things of different names are one as well
    (`kg.resolve.compare`); 0 for none. decisions: those in force; they go before all that. before: the matches of
    another resolution, which save time.
    """
    ordered = sorted(extractions, key=lambda e: e.id)
    deciding = Deciding(ordered, ontology, base, decisions)
    made = deciding.resolved()
    pairs: list[Alike] = []
    matches = Matches()
    said = list(_all_statements(made))
    if merge:
        pairs, matches = alike(made, said, ontology, merge, before)
        if pairs:
            deciding.join(pair.places for pair in pairs)
            joined = deciding.resolved()
            said = _called(said, {iri: joined.of[place] for place, iri in made.of.items()})
            made = joined
        pairs = [pair for pair in pairs if made.of[pair.places[0]] == made.of[pair.places[1]]]
    judged = Judged(decisions, made, ontology)
    hand = ByHand(decisions, made, ontology)
    entities = [*made.entities, *hand.entities]
    types = {e.iri: e.type for e in entities}
    labels = {e.iri: e.label.text for e in entities}
    misfit = _misfits(types, ontology)
    statements: list[Statement] = []
    dropped: defaultdict[str, list[Dropped]] = defaultdict(list)
    for statement in _one_way(said, ontology):
        verdict = judged.on(statement)
        reason = rejection(verdict) if isinstance(verdict, Reject) else misfit(statement)
        if reason is not None:
            dropped[statement.document].append(_dropped(statement, labels, reason))
        else:
            statements.append(accepted(statement, verdict) if isinstance(verdict, Accept) else statement)
    outcomes = [*made.outcomes, *judged.outcomes(), *hand.outcomes]
    for relate, statement in hand.statements:
        reason = misfit(statement)
        if reason is None:
            statements.append(statement)
        ends = tuple(end for end in (statement.subject, statement.object) if isinstance(end, str))
        outcomes.append(Outcome(relate, ends, (statement,)) if reason is None else Outcome(relate, reason=reason))
    position = {decision: n for n, decision in enumerate(decisions)}
    outcomes.sort(key=lambda outcome: position[outcome.decision])
    ordered_entities = sorted(entities, key=lambda e: e.iri)
    return Resolution(ordered_entities, statements, dict(dropped), outcomes, hand.sources, pairs, matches)


def _all_statements(made: Resolved) -> Iterator[Statement]:
    return (s for d, extraction in enumerate(made.extractions) for s in _statements(extraction, d, made.of))


def _called(statements: Iterable[Statement], now: Mapping[str, str]) -> list[Statement]:
    """The statements, their things by the IRIs that these have now."""
    other = {old: new for old, new in now.items() if old != new}
    return [
        s
        if other.keys().isdisjoint((s.subject, s.object, s.speaker, s.place))
        else replace(
            s,
            subject=other.get(s.subject, s.subject),
            object=other.get(s.object, s.object) if isinstance(s.object, str) else s.object,
            speaker=s.speaker and other.get(s.speaker, s.speaker),
            place=s.place and other.get(s.place, s.place),
        )
        for s in statements
    ]


def _one_way(statements: Iterable[Statement], ontology: Ontology) -> Iterator[Statement]:
    """Turns the statements of a symmetric property between two things the way that the first of them goes."""
    ways: dict[tuple[str, frozenset[str]], str] = {}
    for s in statements:
        if isinstance(s.object, str) and ontology.properties[s.predicate].symmetric:
            first = ways.setdefault((s.predicate, frozenset((s.subject, s.object))), s.subject)
            yield s if first == s.subject else replace(s, subject=s.object, object=s.subject)
        else:
            yield s


def _misfits(types: Mapping[str, str], ontology: Ontology) -> Callable[[Statement], str | None]:
    """Tells why a statement does not fit the classes that its things have when all documents are taken together."""

    @cache
    def unfit(predicate: str, subject: str, object_: str | None) -> str | None:
        prop = ontology.properties[predicate]
        if not ontology.fits(subject, prop.domain):
            return _unfit("subject", subject, prop.domain, ontology)
        if object_ is not None and not ontology.fits(object_, prop.range):
            return _unfit("object", object_, prop.range, ontology)
        return None

    def misfit(statement: Statement) -> str | None:
        subject, object_ = statement.subject, statement.object
        if subject == object_:
            return "subject and object are one thing over all documents"
        return unfit(statement.predicate, types[subject], types[object_] if isinstance(object_, str) else None)

    return misfit


def _unfit(side: str, cls: str, allowed: frozenset[str], ontology: Ontology) -> str:
    found = f"read as {ontology.label(cls)}" if cls else "of no known class"
    asked = " or ".join(sorted(map(ontology.label, allowed)))
    return f"over all documents the {side} is {found}, the property asks for {asked}"


def _dropped(statement: Statement, labels: Mapping[str, str], reason: str) -> Dropped:
    value = statement.object
    return Dropped(
        labels[statement.subject],
        statement.predicate,
        value.lexical if isinstance(value, Value) else labels[value],
        statement.evidence,
        statement.rule,
        reason,
        value if isinstance(value, Value) else None,
    )


def _statements(extraction: Extracted, d: int, of: Mapping[Place, str]) -> list[Statement]:
    return [
        Statement(
            subject=of[d, s.subject],
            predicate=s.predicate,
            object=s.object if isinstance(s.object, Value) else of[d, s.object],
            document=extraction.id,
            evidence=s.evidence,
            stance=s.stance,
            rule=s.rule,
            confidence=s.confidence,
            speaker=None if s.speaker is None else of[d, s.speaker],
            time=s.time,
            place=None if s.place is None else of[d, s.place],
        )
        for s in extraction.statements
    ]
