"""Open clauses: all that the sentences of a paragraph say, as tuples of subject, predicate and arguments.

They are read off the propositions, which know the shared, relative and controlled subjects and objects; the parse gives
the words of each part. No word of a domain and no ontology is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kg.extract.graph import COMMON, COPULAS, PROPER, SAYING, Graph
from kg.extract.phrases import conjuncts, is_place_of, joined, names_once, phrase, spans_of, without
from kg.extract.predicates import Slot, chain_of, is_anchor, predicate, slots
from kg.extract.stance import stance_of
from kg.model import Span, Stance

Tokens = tuple[int, ...]

_CONFIDENCE = {"apposition": 0.7, "place": 0.7, "possessive": 0.4, "noun": 0.5}
# By the dependency of its verb: the further from the main clause, the less sure the parse.
_DEPENDENT = {"relcl": 0.8, "acl": 0.75, "advcl": 0.75, "ccomp": 0.7, "pcomp": 0.6, "xcomp": 0.6, "csubj": 0.6}
_NOUNS = COMMON | PROPER
_PARTICIPIAL = frozenset(("acl", "advcl", "conj", "relcl"))
_WHERE = ("in", "at", "near")
# Nouns that name what is done, by their ending, and the commonest others.
_ACTIONS = ("tion", "sion", "ment", "isal", "oval", "ance")
_DEEDS = frozenset("purchase sale takeover launch release defeat murder rescue arrest capture use loss theft".split())
_PLURAL = frozenset("they we you these those".split())
# Of "A, B and C make D, E and F" nine clauses are made; what has more is a list that the parser lost its way in.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a clause.

    role: "subject", "predicate", "object", "complement", "clause" or "adverbial". tokens: indices into the parse,
    in the order of reading. spans: their offsets in the document, adjoining words as one. implied: a word that stands
    before them and is not in the text ("is" of an apposition). text: all of it, to be read.
    """

    role: str
    tokens: Tokens
    spans: tuple[Span, ...]
    text: str
    implied: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a sentence says.

    kind: "verb", "copula", "apposition", "possessive", "place" or "noun" (of a nominalisation). anchor: the token that
    the clause is about: its verb or noun. arguments: objects and complements first, then adverbials with their
    prepositions; where the first one has a preposition, that belongs to the predicate. stance: as for relations, of the
    predicate's last verb ("plans to buy" is planned). confidence: a rank in [0, 1].
    """

    kind: str
    anchor: int
    subject: Part
    predicate: Part
    arguments: tuple[Part, ...]
    stance: Stance
    confidence: float

    def __str__(self) -> str:
        return "(" + "; ".join(map(str, (self.subject, self.predicate, *self.arguments))) + ")"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A clause by its tokens. implied: what its predicate begins with. decides: the token by which its stance is."""

    kind: str
    anchor: int
    subject: Tokens
    predicate: Tokens
    arguments: tuple[tuple[str, Tokens], ...]
    implied: str = ""
    decides: int = -1


def clauses(text: str, graph: Graph) -> tuple[Clause, ...]:
    """All clauses of a paragraph, in the order of their anchors. text: of the document that the parse points into."""
    found: dict[str, Clause] = {}
    for i in range(len(graph.parse.words)):
        for draft in _drafts(graph, i):
            clause = _clause(text, graph, draft)
            found.setdefault(f"{clause.anchor} {clause}", clause)
    return tuple(found.values())


def _clause(text: str, graph: Graph, draft: _Draft) -> Clause:
    def part(role: str, tokens: Tokens, implied: str = "") -> Part:
        spans = spans_of(graph.parse, tokens)
        return Part(role, tokens, spans, " ".join(filter(None, (implied, joined(text, spans)))), implied)

    return Clause(
        draft.kind,
        draft.anchor,
        part("subject", draft.subject),
        part("predicate", draft.predicate, draft.implied),
        tuple(part(role, tokens) for role, tokens in draft.arguments),
        stance_of(graph, draft.anchor if draft.decides < 0 else draft.decides)[0],
        _CONFIDENCE.get(draft.kind) or _DEPENDENT.get(graph.parse.deps[draft.anchor], 0.9),
    )


def _drafts(graph: Graph, i: int) -> Iterator[_Draft]:
    if is_anchor(graph, i):
        yield from _of_verb(graph, i)
    yield from _of_identity(graph, i)
    yield from _of_owner(graph, i)
    yield from _of_noun(graph, i)
    yield from _of_place(graph, i)


def _of_verb(graph: Graph, verb: int) -> Iterator[_Draft]:
    """A clause for each subject and each conjunct of the first argument."""
    p = graph.parse
    chain = chain_of(graph, verb)
    words = predicate(graph, chain)
    first, *rest = slots(graph, verb, chain, words) or [Slot("", verb, (), ((),))]
    kind = "copula" if graph.keys[chain[-1]] in COPULAS and first.tokens else "verb"
    participle = p.deps[verb] in _PARTICIPIAL and (graph.passive[verb] or p.tags[verb] == "VBG")
    bare = participle and chain[0] == verb and not any(p.deps[t] in ("aux", "auxpass") for t in words)
    *_, decides = (t for t in chain if graph.is_verb(t))
    subjects = graph.subjects(verb) or list(graph.children(verb, "expl")) or _lent(graph, verb)
    below = frozenset(graph.subtree(verb))
    others = tuple((slot.role, (*slot.case, *slot.tokens)) for slot in rest)
    for head, way in list(product(names_once(graph, subjects), first.ways))[:_MOST]:
        # "A lamp designed by X": the lamp is what was designed.
        subject = phrase(graph, head) if head in below else without(p, phrase(graph, head), below)
        said = (*words, *first.case) if first.follows else tuple(words)
        argument = way if first.follows else (*first.case, *way)
        arguments = (*(((first.role, argument),) if argument else ()), *others)
        yield _Draft(kind, verb, subject, said, arguments, _copula(graph, head) if bare else "", decides)


def _lent(graph: Graph, verb: int) -> list[int]:
    """ "It has a core, contains oil": the subject of a clause before the verb that a comma joins to it."""
    p = graph.parse
    finite = ("VBZ", "VBD", "VBP")
    for clause in graph.children(verb, "ccomp"):
        joined = clause < verb and "," in p.words[clause:verb] and graph.keys[verb] not in SAYING
        if joined and p.tags[clause] in finite and p.tags[verb] in finite:
            return graph.subjects(clause)
    return []


def _copula(graph: Graph, subject: int) -> str:
    """The form of "be" that a subject asks for, where the text has none."""
    plural = graph.parse.tags[subject] in ("NNS", "NNPS") or graph.parse.words[subject].lower() in _PLURAL
    return "are" if plural else "is"


def _of_identity(graph: Graph, i: int) -> Iterator[_Draft]:
    """Apposition, and a noun before a name; what a verb says to be one is that verb's clause."""
    p = graph.parse
    for other in names_once(graph, graph.get(i, "is")):
        if p.deps[other] == "appos" and is_place_of(graph, other):
            continue
        if frozenset((i, other)) in graph.said_by or p.tags[i] not in _NOUNS or p.tags[other] not in _NOUNS:
            continue
        name, noun = (other, i) if p.tags[i] in COMMON and p.tags[other] in PROPER else (i, other)
        what = without(p, phrase(graph, noun), set(graph.subtree(name)) if name not in (noun, p.heads[noun]) else ())
        who = without(p, phrase(graph, name), what)
        if who and what:
            yield _Draft("apposition", noun, who, (), (("complement", what),), _copula(graph, name))


def _of_owner(graph: Graph, i: int) -> Iterator[_Draft]:
    """ "Norvia's founder": the owner has what is owned; "Norvia's purchase of Quorex" is for `_of_noun`."""
    for owner in graph.children(i, "poss"):
        what = without(graph.parse, phrase(graph, i), set(graph.subtree(owner)))
        who = _owner(graph, owner)
        if who and what and not _done_to(graph, i):
            yield _Draft("possessive", i, who, (), (("object", what),), "has")


def _owner(graph: Graph, owner: int) -> Tokens:
    p = graph.parse
    return tuple(t for t in phrase(graph, graph.alias.get(owner, owner)) if p.tags[t] != "POS")


def _of_noun(graph: Graph, i: int) -> Iterator[_Draft]:
    """ "Norvia's purchase of Quorex", "the purchase of Quorex by Norvia": who does it, the noun, what it is done to."""
    p = graph.parse
    doers = [*graph.children(i, "poss"), *(o for _, o in _objects(graph, i, "by"))]
    for doer, (case, what) in product(doers, _done_to(graph, i)):
        modifiers = [c for c in graph.children(i, "amod", "compound") if c < i and p.tags[c] != "POS"]
        yield _Draft("noun", i, _owner(graph, doer), (*modifiers, i, case), (("object", phrase(graph, what)),))


def _done_to(graph: Graph, i: int) -> list[tuple[int, int]]:
    """What an action is done to, where the noun names one: its "of" and the noun behind it."""
    verbal = graph.parse.tags[i] in COMMON and (graph.keys[i].endswith(_ACTIONS) or graph.keys[i] in _DEEDS)
    return _objects(graph, i, "of") if verbal else []


def _objects(graph: Graph, i: int, word: str) -> list[tuple[int, int]]:
    p = graph.parse
    cases = [c for c in graph.children(i, "prep", "agent") if p.words[c].lower() == word]
    return [(c, o) for c in cases for noun in graph.children(c, "pobj") for o in conjuncts(graph, noun)]


def _of_place(graph: Graph, i: int) -> Iterator[_Draft]:
    """ "The Expo in Lisbon": a name that stands in another."""
    p = graph.parse
    for case, place in (found for word in _WHERE for found in _objects(graph, i, word)):
        if p.tags[i] in PROPER and p.tags[place] in PROPER:
            who = without(p, phrase(graph, i), set(graph.subtree(case)))
            yield _Draft("place", i, who, (case,), (("adverbial", phrase(graph, place)),), _copula(graph, i))
