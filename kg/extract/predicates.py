"""Predicates and the arguments they take: the words of a verb with all that belongs to it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.graph import SAYING, Graph
from kg.extract.phrases import conjuncts, phrase, whole, without

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
_TELLING = SAYING | frozenset(
    "think believe claim suggest report warn predict estimate declare confirm ask suppose hope fear reckon know".split()
)
_LIGHT = frozenset("take make have give pay play do hold bring put keep lose gain get".split())
_DETERMINING = ("det", "poss", "amod", "nummod", "compound", "conj", "relcl", "acl", "appos")
_REACH = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument of a predicate.

    at: the token that it hangs by. tokens: its words. ways: the same for each conjunct alone. case: the preposition, or
    the word that introduces a clause; not among the others. follows: whether that stands behind its verb, or a relative
    pronoun has moved it, so that it may be read with the verb ("operates in").
    """

    role: str
    at: int
    tokens: tuple[int, ...]
    ways: tuple[tuple[int, ...], ...]
    case: tuple[int, ...] = ()
    follows: bool = False


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
    return graph.is_verb(head) and head < i and not graph.has(head, "dobj", "attr")


def chain_of(graph: Graph, verb: int) -> list[int]:
    """The verb, and the adjectives, infinitives and nouns that its predicate goes on with.

    "is able to buy and sell": "sell" begins where "buy" does.
    """
    found = [*_before(graph, verb), verb]
    for _ in range(_REACH):
        last = found[-1]
        adjectives = list(graph.children(last, "acomp"))
        below = [c for a in (last, *adjectives) for c in graph.children(a, "xcomp")]
        after = [c for c in below if graph.is_verb(c) and _is_merged(graph, c)]
        if not after:
            break
        found += [a for a in adjectives if a < after[0]]
        found.append(after[0])
    return found + _light_noun(graph, found[-1])


def _before(graph: Graph, verb: int) -> list[int]:
    """What a coordinated infinitive shares with the one before it: the chain down to that one."""
    p = graph.parse
    first = p.heads[verb]
    if p.deps[verb] != "conj" or p.tags[verb] != "VB" or graph.has(verb, "nsubj", "nsubjpass"):
        return []
    while p.deps[first] == "conj" and p.tags[first] == "VB":
        first = p.heads[first]
    above: list[int] = []
    while _is_merged(graph, first):
        first = p.heads[first]
        above.insert(0, first)
    return above


def _light_noun(graph: Graph, verb: int) -> list[int]:
    """The bare noun that says what a light verb does: "takes part in", "has responsibility for"."""
    if graph.keys[verb] not in _LIGHT:
        return []
    nouns = [n for n in graph.children(verb, "dobj") if n > verb and graph.parse.tags[n] == "NN"]
    bare = [n for n in nouns if not graph.has(n, *_DETERMINING)]
    return [n for n in bare if graph.has(verb, "prep") or graph.has(n, "prep")][:1]


def predicate(graph: Graph, chain: Sequence[int]) -> list[int]:
    """The words of a predicate: its verbs, auxiliaries, negation, particles, and the adverbs among them."""
    p = graph.parse
    tokens = set(chain)
    for word in chain:
        tokens.update(graph.children(word, *_HELPERS))
        if not graph.is_verb(word):
            tokens.update(t for t in graph.children(word, "advmod") if t < word)
    if not graph.has(chain[0], "aux", "auxpass"):
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
    if graph.has(verb, "nsubj", "nsubjpass"):
        return
    helpers = list(graph.children(head, "aux", "auxpass"))
    yield from helpers or _borrowed(graph, head)


def slots(graph: Graph, verb: int, chain: Sequence[int], words: Sequence[int]) -> list[Slot]:
    """The arguments of a predicate: objects and complements first, then adverbials, those behind the verb first.

    verb: the one that the predicate is about. words: those of the predicate, which are no arguments.
    """
    found: list[Slot] = []
    # Of "wants to buy A and to sell B", what "sell" shares is said with "buy".
    own = chain[chain.index(verb) :]
    for part in own:
        for child in graph.children(part):
            if child not in words and child not in chain:
                slot = _slot(graph, child)
                found += [slot] if slot is not None and slot.tokens else []
    found += _distant_object(graph, chain, found)
    found += _shared_adverbials(graph, verb)
    return sorted(found, key=lambda slot: (slot.role == "adverbial", slot.at < verb, slot.at))


def _slot(graph: Graph, child: int) -> Slot | None:
    p = graph.parse
    dep, tag, word = p.deps[child], p.tags[child], p.words[child].lower()
    if dep in ("prep", "agent") or (dep == "dative" and tag in ("IN", "TO")):
        return _prepositional(graph, child)
    if dep in _OBJECTS or dep in _COMPLEMENTS:
        if tag in ("WDT", "WP") and child not in graph.alias:
            return None
        return _nominal(graph, "object" if dep in _OBJECTS else "complement", child, child)
    if dep in _CLAUSES and _is_argument(graph, child):
        that = tuple(c for c in graph.children(child, "mark") if p.words[c].lower() == "that")
        return _plain("clause", child, without(p, whole(graph, child), that), that, follows=bool(that))
    if dep in _BARE and tag != "WRB" and not (word in _CONNECTIVES and dep == "advmod"):
        return _plain("adverbial", child, whole(graph, child))
    return None


def _is_argument(graph: Graph, clause: int) -> bool:
    """Not "He left; he came back" or "X has sold Y, the firms announced", which are joined loosely.

    Only what is said may stand before its verb.
    """
    p = graph.parse
    verb = p.heads[clause]
    says = p.lemmas[verb] in _TELLING
    if clause < verb:
        return says and ";" not in p.words[clause:verb]
    told = p.lemmas[clause] in _TELLING and graph.has(verb, "dobj") and not graph.has(clause, "mark", "aux")
    return says or p.deps[clause] == "xcomp" or not told


def _plain(role: str, at: int, tokens: tuple[int, ...], case: tuple[int, ...] = (), *, follows: bool = False) -> Slot:
    return Slot(role, at, tokens, (tokens,), case, follows)


def _nominal(graph: Graph, role: str, at: int, noun: int, case: tuple[int, ...] = ()) -> Slot:
    head = graph.alias.get(noun, noun)
    heads = conjuncts(graph, head)
    ways = tuple(phrase(graph, h) for h in heads)
    p = graph.parse
    follows = bool(case) and (head != noun or (at > p.heads[at] and p.words[case[0] - 1] != ","))
    tokens = {*phrase(graph, head, joined_too=True), *(t for way in ways for t in way)}
    # "By X, a planner, and Y": the conjunction hangs elsewhere.
    tokens |= {way[0] - 1 for way in ways[1:] if way and p.tags[way[0] - 1] == "CC"}
    return Slot(role, at, tuple(sorted(tokens)), ways, case, follows)


def _prepositional(graph: Graph, i: int) -> Slot | None:
    """A preposition with its object, or with whatever stands behind it ("after leaving", "out of")."""
    p = graph.parse
    tokens = whole(graph, i)
    inner = next((c for c in graph.children(i, "prep", "pcomp") if c == i + 1 and p.tags[c] in ("IN", "TO")), i)
    for noun in graph.children(inner, "pobj"):
        below = set(graph.subtree(noun))
        last = max(inner, min(below) - 1)
        case = tuple(t for t in tokens if t <= last and t not in below and p.deps[t] != "punct")
        return _nominal(graph, "adverbial", i, noun, case)
    case = tuple(t for t in tokens if t <= i)
    return _plain("adverbial", i, tuple(t for t in tokens if t > i), case, follows=i > graph.parse.heads[i])


def _distant_object(graph: Graph, chain: Sequence[int], found: Sequence[Slot]) -> list[Slot]:
    """What the verb shares with another one, or what a relative clause modifies."""
    last = chain[-1]
    if graph.passive[last] or any(slot.role == "object" for slot in found):
        return []
    others = [o for o in graph.get(last, "obj") if o not in chain and graph.parse.tags[o] not in ("WP", "WDT")][:1]
    return [_plain("object", o, phrase(graph, o)) for o in others]


def _shared_adverbials(graph: Graph, verb: int) -> list[Slot]:
    """ "In 1918 it fell and was sold": what stands before the first verb's subject holds for the second, too."""
    p = graph.parse
    head = p.heads[verb]
    if p.deps[verb] != "conj" or not graph.is_verb(head) or graph.has(verb, "nsubj", "nsubjpass"):
        return []
    subject = min(graph.children(head, "nsubj", "nsubjpass"), default=-1)
    before = [c for c in graph.children(head, "prep", "npadvmod", "tmod") if c < subject]
    own = [_slot(graph, c) for c in before]
    return [slot for slot in own if slot is not None] + _shared_adverbials(graph, head)
