"""A whole graph for a page, put together of the parts that its named graphs are."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.rdf.namespaces import local_name
from kg.view.bulk import MENTIONS
from kg.view.citations import Citation, LiteralStatement, Mention
from kg.view.network import within_limit
from kg.view.parts import Value
from kg.view.records import once, words
from kg.view.selection import WHOLE
from kg.view.shown import Counts, Entity, Row, Shown, stance_rank
from kg.view.triples import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from kg.view.citations import Term
    from kg.view.facts import Subject
    from kg.view.parts import Node, Part

    Label = Callable[[str], str]


def whole(facts: Sequence[Subject], parts: Sequence[Part], *, limit: int) -> Shown:
    """What `network` and `kg.view.shown` give of a store that a build made, in a tenth of the time.

    facts: the default graph. parts: the named graphs, in the order of their IRIs. limit: as `network` has it.
    """
    types = {one.iri: one for one in facts if one.class_iri}
    kept = sorted(types)
    if not within_limit(len(kept), limit):
        degree = _degrees(types)
        kept = sorted(sorted(kept, key=lambda iri: (-degree[iri], iri))[:limit])
    label = _labels(facts, parts)
    rows = _rows(parts, types, dict.fromkeys(kept), label)
    spoken = {row.subject for row in rows} | {row.object for row in rows if isinstance(row.object, str)}
    many = sum(part.mentioned for part in parts) > MENTIONS
    mentions = _mentions(parts, {iri for iri in kept if not (many and iri in spoken)})
    about = ((iri, types[iri]) for iri in kept)
    entities = {iri: Entity(one.name, one.class_iri, one.aliases, mentions.get(iri, ())) for iri, one in about}
    documents = {part.document for part in parts if part.document} | {one.iri for one in facts if one.document}
    return Shown(
        entities,
        {iri: label(iri) for iri in {entity.class_iri for entity in entities.values()}},
        rows,
        _held(facts),
        Counts(len(types), sum(one.facts for one in facts), len(documents), len(types) - len(kept)),
        WHOLE,
        frozenset(part.described.id for part in parts if part.sound),
    )


def _held(facts: Iterable[Subject]) -> Held:
    """The default graph, where nothing need be compared of entities that are named as all are."""
    triples = [(f"<{one.iri}>", predicate, object_) for one in facts for predicate, object_ in one.rest]
    amounts = {one.iri: one.amount for one in facts if one.amount}
    return Held(triples, dict(sorted(amounts.items())), frozenset(one.iri for one in facts if one.regular))


def _degrees(types: Mapping[str, Subject]) -> Counter[str]:
    """How many ends of facts between entities there are at each."""
    pairs = ((one.iri, other) for one in types.values() for other in one.others if other in types)
    return Counter(end for pair in pairs for end in pair)


def _labels(facts: Iterable[Subject], parts: Iterable[Part]) -> Label:
    """The label of an entity, an amount or a property; without one, its local name in words."""
    known = {one.iri: one.called for one in facts if one.called}
    for part in parts:
        for iri, rank, text in part.labels:
            known[iri] = min(known.get(iri, (rank, text)), (rank, text))

    @cache
    def label(iri: str) -> str:
        found = known.get(iri)
        return found[1] if found else words(local_name(iri))

    return label


def _rows(parts: Iterable[Part], types: Container[str], present: Container[str], label: Label) -> list[Row]:
    """The statements between entities, then those with values, each once with all its evidence."""
    grouped: defaultdict[tuple[str, str, str, tuple[int, str]], list[Citation]] = defaultdict(list)
    values: dict[str, Term] = {}
    word: Callable[[Value], str] = cache(lambda value: str(value.term))
    ranks = cache(stance_rank)
    for part in parts:
        sentences = part.all_sentences()
        for said in part.said:
            if said.subject not in present:
                continue
            object_ = said.object
            if isinstance(object_, Value):
                name = word(object_)
                if name not in values:
                    values[name] = object_.term
            elif object_ in types:
                if object_ not in present:
                    continue
                name = object_
            else:
                name = f"<{object_}>"
                values[name] = NamedNode(object_)
            first, text = sentences[said.sentence] if said.sentence >= 0 else (said.begin, said.quote)
            grouped[said.subject, name, said.predicate, ranks(said.stance)].append(
                Citation(
                    said.quote,
                    said.begin,
                    text,
                    first,
                    part.described,
                    said.confidence,
                    _named(said.speaker, label),
                    said.time,
                    _named(said.place, label),
                    said.rule,
                )
            )
    for evidence in grouped.values():
        if len(evidence) > 1:
            evidence.sort(key=Citation.order)
    between: list[Row] = []
    valued: list[Row] = []
    for key in sorted(grouped):
        subject, name, predicate, (_, stance) = key
        verb = label(predicate)
        if name not in values:
            between.append(Row(subject, name, predicate, verb, stance, grouped[key]))
            continue
        term = values[name]
        text = label(term.value) if isinstance(term, NamedNode) else getattr(term, "value", str(term))
        literal = LiteralStatement(predicate, verb, text, stance, tuple(grouped[key]), term)
        valued.append(Row(subject, literal, predicate, verb, stance, literal.evidence))
    return between + valued


def _named(node: Node | None, label: Label) -> str | None:
    return node.text if isinstance(node, Value) else None if node is None else label(node)


def _mentions(parts: Iterable[Part], wanted: set[str]) -> dict[str, list[Mention]]:
    """Where these entities are mentioned, once a sentence."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for part in parts:
        here = wanted.intersection(part.mentions)
        if not here:
            continue
        sentences = part.all_sentences()
        for iri in here:
            for meant in part.mentions_of(iri):
                first, text = sentences[meant.sentence] if meant.sentence >= 0 else (meant.begin, meant.quote)
                found[iri].append(Mention(meant.quote, meant.begin, text, first, part.described, meant.named))
    return {iri: once(mentions) for iri, mentions in found.items()}
