"""The class of a thing, from the votes of all its mentions and from the relations that it takes part in."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.model import Mention, Relation, Span
from kg.ontology import Ontology

_SLOT_WEIGHT = 3.0
_DESCEND = 1.5
_SURE = 0.7
_FIRM = 1.1
_SURE_OF_LABEL = 0.55


def type_clusters(
    clusters: Sequence[Sequence[Mention]], relations: Sequence[Relation], ontology: Ontology
) -> list[str | None]:
    """The class of each cluster of names, None where nothing speaks for any."""
    return [cls for cls, _ in weigh_clusters(clusters, relations, ontology)]


def weigh_clusters(
    clusters: Sequence[Sequence[Mention]], relations: Sequence[Relation], ontology: Ontology
) -> list[tuple[str | None, bool]]:
    """The class of each cluster, and whether more than a label or two of the recogniser speaks for it."""
    of = {m.span: n for n, cluster in enumerate(clusters) for m in cluster}
    slots = _slot_votes(of, relations, ontology)
    found: list[tuple[str | None, bool]] = []
    for n, cluster in enumerate(clusters):
        votes = _votes(cluster, slots.get(n, {}))
        cls = _decide(votes, ontology)
        found.append((cls, cls is not None and _weight(cls, votes, ontology) >= _FIRM))
    return found


def class_asked_for(expected: Sequence[frozenset[str]], ontology: Ontology) -> str | None:
    """The class that the slots of a reference ask for, together."""
    votes: dict[str, float] = defaultdict(float)
    for allowed in expected:
        for iri in allowed:
            votes[iri] += 1 / len(allowed) ** 1.5
    return _decide(votes, ontology)


def _slot_votes(
    of: Mapping[Span, int], relations: Sequence[Relation], ontology: Ontology
) -> dict[int, dict[str, float]]:
    """What the slots say that a thing fills; each property counts once a cluster."""
    votes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    # Of wordings made of labels, several properties may have the same; then each says less of the classes.
    rivals = Counter(_ends(r) for r in relations if r.rank)
    seen: set[tuple[int, str, bool]] = set()
    for relation in relations:
        prop = ontology.properties[relation.predicate]
        for mention, allowed, side in (
            (relation.subject, relation.domain, True),
            (relation.object, relation.range, False),
        ):
            n = of.get(mention.span)
            if (
                n is None
                or not allowed
                or _is_asked(relation, allowed, "?s:" if side else "?o:", ontology)
                or allowed < (prop.domain if side else prop.range)
                or (relation.rank and allowed != (prop.domain if side else prop.range))
                or (n, prop.iri, side) in seen
                or relation.confidence < (_SURE_OF_LABEL if relation.rank else _SURE)
            ):
                continue
            seen.add((n, prop.iri, side))
            weight = _SLOT_WEIGHT * relation.confidence / (rivals[_ends(relation)] or 1)
            for iri in allowed:
                votes[n][iri] += weight / len(allowed) ** 1.5
    return votes


def _is_asked(relation: Relation, allowed: frozenset[str], slot: str, ontology: Ontology) -> bool:
    """Whether the wording wants a thing of that class there, so that other cues have to say that it is one."""
    return slot in relation.rule and not any(ontology.classes[iri].by_kind for iri in allowed)


def _ends(relation: Relation) -> frozenset[Span]:
    return frozenset((relation.subject.span, relation.object.span))


def _votes(cluster: Sequence[Mention], slots: Mapping[str, float]) -> dict[str, float]:
    """All votes for one cluster; a recogniser's label repeated over mentions counts less each time."""
    told: dict[str, list[float]] = defaultdict(list)
    for mention in cluster:
        for iri, weight in mention.votes:
            told[iri].append(weight)
    # Exact sums: a tie must not hang on the order of the mentions.
    votes = {iri: math.fsum(weights) / len(cluster) ** 0.5 for iri, weights in sorted(told.items())}
    for iri, weight in slots.items():
        votes[iri] = votes.get(iri, 0.0) + weight
    return votes


def _weight(cls: str, votes: Mapping[str, float], ontology: Ontology) -> float:
    """What speaks for a class or one that it is a kind of, or that is a kind of it."""
    kin = ontology.classes[cls].ancestors
    return sum(
        weight
        for iri, weight in votes.items()
        if iri in kin or ((known := ontology.classes.get(iri)) and cls in known.ancestors)
    )


def _decide(votes: Mapping[str, float], ontology: Ontology) -> str | None:
    """The branch of the class tree with most votes, and in it the deepest class that is itself voted for."""
    total: dict[str, float] = defaultdict(float)
    for iri, weight in sorted(votes.items()):
        known = ontology.classes.get(iri)
        for ancestor in known.ancestors if known else (iri,):
            if ancestor in ontology.classes:
                total[ancestor] += weight
    if not total:
        return None
    classes = ontology.classes
    # Of classes told alike, one that names are recognised for is the commoner.
    best = min(total, key=lambda i: (-total[i], len(classes[i].ancestors), not classes[i].ner_labels, i))
    below = [
        i for i, w in votes.items() if i in classes and best in classes[i].ancestors and i != best and w >= _DESCEND
    ]
    return min(below, key=lambda iri: (-votes[iri], iri)) if below else best


def expected(relations: Sequence[tuple[Relation, bool]]) -> list[frozenset[str]]:
    """For a mention in these relations (True: as subject), the sets of classes that its slots allow.

    Wordings of nothing but two slots ("?s of ?o") fit too much to count where there are others.
    """
    plain = [(r, side) for r, side in relations if r.confidence >= _SURE] or relations
    sets = [relation.domain if as_subject else relation.range for relation, as_subject in plain]
    return [allowed for allowed in sets if allowed]
