"""How a sentence says that two things are related: its grammar decides; a model's own claim can only weaken it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.graph import Graph
from kg.extract.stance import negated_slot, stance_of, stance_of_possession
from kg.model import STANCES, Mention, Stance

_DATES = frozenset(("date", "gYearMonth", "gYear"))


def is_stance(claim: str) -> bool:
    """Whether a model's claim is one of the stances, or no claim at all."""
    return not claim or claim in STANCES


def stance_between(graph: Graph, ends: Sequence[int], claim: str) -> tuple[Stance, str]:
    """The stance, and the word that decides it: "" if none does, or the claim did.

    ends: tokens of subject and object, those that stand in the sentence of the evidence. claim: what the model says.
    """
    found = _by_grammar(graph, ends)
    if found[0] != "asserted":
        return found
    for stance in STANCES:
        if stance == claim:
            return stance, ""
    return found


def lies_ahead(mention: Mention, today: str) -> bool:
    """Whether a date comes after that of the document, as far as both are known."""
    value = mention.value
    if value is None or value.datatype not in _DATES or not today:
        return False
    known = min(len(value.lexical), len(today))
    return value.lexical[:known] > today[:known]


def _by_grammar(graph: Graph, ends: Sequence[int]) -> tuple[Stance, str]:
    """The first that is not asserted: of the words between the two, what governs these, and the two themselves."""
    between = list(_between(graph, ends))
    for anchor in between:
        found = stance_of(graph, anchor)
        if found[0] != "asserted":
            return found
    for end in ends:
        asked = stance_of(graph, end)
        if asked[0] == "asked":
            return asked
        had = stance_of_possession(graph, end)
        if had[0] != "asserted":
            return had
        if word := negated_slot(graph, end):
            return "denied", word
    return "asserted", ""


def _between(graph: Graph, ends: Sequence[int]) -> Iterator[int]:
    """The verbs and nouns on the way from one end to the other; from a single one up to the first verb."""
    chains = [_upwards(graph, end) for end in reversed(ends)]
    if len(chains) == 2:
        top = next((token for token in chains[0] if token in chains[1]), None)
        chains = [chain[: chain.index(top) + 1] if top is not None else chain for chain in chains]
    else:
        chains = [chain[: _first_verb(graph, chain) + 1] for chain in chains]
    tokens = dict.fromkeys(token for chain in chains for token in chain)
    return (i for i in tokens if i not in ends and graph.parse.tags[i][:1] in "VNJM")


def _upwards(graph: Graph, token: int) -> list[int]:
    """The token and all that govern it, in order."""
    chain = [token]
    while graph.parse.heads[chain[-1]] not in chain:
        chain.append(graph.parse.heads[chain[-1]])
    return chain


def _first_verb(graph: Graph, chain: Sequence[int]) -> int:
    return next((n for n, i in enumerate(chain) if graph.is_verb(i)), len(chain) - 1)
