"""Predicates and the arguments they take: the words of a verb with all that belongs to it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.graph import Graph
from kg.extract.phrases import conjuncts, phrase, trimmed, whole

_HELPERS = frozenset("aux auxpass neg prt".split())
_NO_VERB = frozenset("aux auxpass amod compound".split())
_OBJECTS = frozenset("dobj dative obj".split())
_COMPLEMENTS = frozenset("attr oprd acomp".split())
_CLAUSES = frozenset("ccomp xcomp".split())
_BARE = frozenset("npadvmod tmod advmod".split())
_CONNECTIVES = frozenset(
    "however therefore thus moreover furthermore nevertheless nonetheless hence meanwhile instead otherwise "
    "additionally consequently accordingly likewise similarly besides then so indeed".split()
)
# What someone says may stand before who says it; before other verbs stands a clause that is joined loosely.
_SAYING = frozenset(
    "say add explain tell write note announce state admit remark recall argue insist comment conclude reply answer joke "
    "think believe claim suggest report warn predict estimate declare confirm ask suppose hope fear reckon know".split()
)
_REACH = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument of a predicate.

    at: the token that it hangs by. ways: its words, once for each conjunct. case: the preposition before them.
    """

    role: str
    at: int
    ways: tuple[tuple[int, ...], ...]
    case: tuple[int, ...] = ()

    @property
    def tokens(self) -> tuple[int, ...]:
        """All its words, with the preposition and what coordinates the conjuncts."""
        found = {*self.case, *(t for way in self.ways for t in way)}
        return tuple(sorted(found))


def is_anchor(graph: Graph, i: int) -> bool:
    """A verb that says something by itself: no auxiliary, no modifier, no part of the predicate above."""
    return graph.is_verb(i) and graph.parse.deps[i] not in _NO_VERB and not _is_merged(graph, i)


def _is_merged(graph: Graph, i: int) -> bool:
    """Whether the verb goes on with the predicate above: "continues to grow", "is able to grow"."""
    p = graph.parse
    head = p.heads[i]
    if p.deps[i] != "xcomp" or head == i:
        return False
    if p.deps[head] == "acomp":
        head = p.heads[head]
    return graph.is_verb(head) and head < i and not any(graph.children(head, "dobj", "attr"))


def chain_of(graph: Graph, verb: int) -> list[int]:
    """The verb, and the adjectives and infinitives that its predicate goes on with."""
    found = [verb]
    for _ in range(_REACH):
        last = found[-1]
        adjectives = list(graph.children(last, "acomp"))
        below = [c for a in (last, *adjectives) for c in graph.children(a, "xcomp")]
        after = [c for c in below if graph.is_verb(c) and _is_merged(graph, c)]
        if not after:
            break
        found += [a for a in adjectives if a < after[0]]
        found.append(after[0])
    return found


def predicate(graph: Graph, chain: Sequence[int]) -> list[int]:
    """The words of a predicate: its verbs, auxiliaries, negation, particles, and the adverbs among them."""
    p = graph.parse
    tokens = set(chain)
    for word in chain:
        tokens.update(graph.children(word, *_HELPERS))
        if not graph.is_verb(word):
            tokens.update(t for t in graph.children(word, "advmod") if t < word)
    if not any(graph.children(chain[0], "aux", "auxpass")):
        tokens.update(_borrowed(graph, chain[0]))
    # Not what was borrowed, which stands further off.
    first = min(t for t in tokens if t >= chain[0] - _REACH)
    for verb in chain:
        for adverb in graph.children(verb, "advmod"):
            if first - 1 <= adverb < max(tokens) and p.tags[adverb] == "RB":
                tokens.add(adverb)
    return sorted(tokens)


def _borrowed(graph: Graph, verb: int) -> Iterator[int]:
    """ "was opened and closed": the auxiliaries of the first verb serve the second."""
    p = graph.parse
    head = p.heads[verb]
    if p.deps[verb] != "conj" or p.tags[verb] not in ("VB", "VBN", "VBG") or p.tags[head] != p.tags[verb]:
        return
    if any(graph.children(verb, "nsubj", "nsubjpass")):
        return
    helpers = list(graph.children(head, "aux", "auxpass"))
    yield from helpers or _borrowed(graph, head)


def slots(graph: Graph, chain: Sequence[int], words: Sequence[int]) -> list[Slot]:
    """The arguments of a predicate: objects and complements first, then adverbials, those behind the verb first.

    words: those of the predicate, which are no arguments.
    """
    found: list[Slot] = []
    for verb in chain:
        for child in graph.children(verb):
            if child not in words and child not in chain:
                slot = _slot(graph, child)
                found += [slot] if slot is not None and any(slot.ways) else []
    found += _distant_object(graph, chain, found)
    found += _shared_adverbials(graph, chain[0])
    return sorted(found, key=lambda slot: (slot.role == "adverbial", slot.at < chain[0], slot.at))


def _slot(graph: Graph, child: int) -> Slot | None:
    p = graph.parse
    dep, tag, word = p.deps[child], p.tags[child], p.words[child].lower()
    if dep in ("prep", "agent") or (dep == "dative" and tag in ("IN", "TO")):
        return _prepositional(graph, child)
    if dep in _OBJECTS or dep in _COMPLEMENTS:
        role = "object" if dep in _OBJECTS else "complement"
        head = graph.alias.get(child, child)
        return Slot(role, child, tuple(phrase(graph, h) for h in conjuncts(graph, head)))
    if dep in _CLAUSES and (child > p.heads[child] or p.lemmas[p.heads[child]] in _SAYING):
        return Slot("clause", child, (whole(graph, child),))
    if dep in _BARE and tag != "WRB" and not (word in _CONNECTIVES and dep == "advmod"):
        return Slot("adverbial", child, (whole(graph, child),))
    return None


def _prepositional(graph: Graph, i: int) -> Slot | None:
    """A preposition with its object, or with whatever stands behind it ("after leaving", "out of")."""
    heads = list(graph.children(i, "pobj"))
    if not heads:
        below = tuple(t for t in whole(graph, i) if t != i)
        return Slot("adverbial", i, (below,), (i,))
    head = graph.alias.get(heads[0], heads[0])
    return Slot("adverbial", i, tuple(phrase(graph, h) for h in conjuncts(graph, head)), _case(graph, i))


def _case(graph: Graph, i: int) -> tuple[int, ...]:
    """The preposition with the words that make one of it: "because of", "prior to", "right after"."""
    return trimmed(graph.parse, sorted([i, *graph.children(i, "pcomp", "advmod", "npadvmod", "prep", "amod")])) or (i,)


def _distant_object(graph: Graph, chain: Sequence[int], found: Sequence[Slot]) -> list[Slot]:
    """What the verb shares with another one, or what a relative clause modifies."""
    last = chain[-1]
    if graph.passive[last] or any(slot.role == "object" for slot in found):
        return []
    others = [o for o in graph.get(last, "obj") if o not in chain][:1]
    return [Slot("object", o, (phrase(graph, o),)) for o in others]


def _shared_adverbials(graph: Graph, verb: int) -> list[Slot]:
    """ "In 1918 it fell and was sold": what stands before the first verb's subject holds for the second, too."""
    p = graph.parse
    head = p.heads[verb]
    if p.deps[verb] != "conj" or not graph.is_verb(head) or any(graph.children(verb, "nsubj", "nsubjpass")):
        return []
    subject = min(graph.children(head, "nsubj", "nsubjpass"), default=-1)
    before = [c for c in graph.children(head, "prep", "npadvmod", "tmod") if c < subject]
    own = [_slot(graph, c) for c in before]
    return [slot for slot in own if slot is not None] + _shared_adverbials(graph, head)
