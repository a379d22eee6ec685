"""Open clauses: all that the sentences of a paragraph say, as tuples of subject, predicate and arguments.

They are read off the propositions, which know the shared, relative and controlled subjects and objects; the parse gives
the words of each part. No word of a domain and no ontology is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kg.extract.graph import COMMON, COPULAS, PROPER, Graph
from kg.extract.phrases import joined, phrase, spans_of
from kg.extract.predicates import Slot, chain_of, is_anchor, predicate, slots
from kg.extract.stance import stance_of
from kg.model import Span, Stance

Tokens = tuple[int, ...]

_CONFIDENCE = {"apposition": 0.7, "possessive": 0.4, "noun": 0.5}
# By the dependency of its verb: the further from the main clause, the less sure the parse.
_DEPENDENT = {"relcl": 0.8, "acl": 0.75, "advcl": 0.75, "ccomp": 0.7, "pcomp": 0.6, "xcomp": 0.6, "csubj": 0.6}
_NOUNS = COMMON | PROPER
_PARTICIPIAL = frozenset(("acl", "advcl", "conj", "relcl"))
_PLURAL = frozenset("they we you these those".split())
# Of "A, B and C make D, E and F" nine clauses are made; what has more is a list that the parser lost its way in.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a clause.

    role: "subject", "predicate", "object", "complement", "clause" or "adverbial". tokens: indices into the parse,
    ascending. spans: their offsets in the document, adjoining words as one. implied: a word that stands before them
    and is not in the text ("is" of an apposition). text: all of it, to be read.
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

    kind: "verb", "copula", "apposition", "possessive" or "noun" (of a nominalisation). anchor: the token that the
    clause is about: its verb or noun. arguments: objects and complements first, then adverbials with their
    prepositions; where the first one has a preposition, that belongs to the predicate. stance: as for relations.
    confidence: a rank in [0, 1].
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
    """A clause by its tokens; implied: the word that its predicate begins with."""

    kind: str
    anchor: int
    subject: Tokens
    predicate: Tokens
    arguments: tuple[tuple[str, Tokens], ...]
    implied: str = ""


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
        stance_of(graph, draft.anchor)[0],
        _CONFIDENCE.get(draft.kind) or _DEPENDENT.get(graph.parse.deps[draft.anchor], 0.9),
    )


def _drafts(graph: Graph, i: int) -> Iterator[_Draft]:
    if is_anchor(graph, i):
        yield from _of_verb(graph, i)
    yield from _of_identity(graph, i)
    yield from _of_owner(graph, i)
    yield from _of_noun(graph, i)


def _of_verb(graph: Graph, verb: int) -> Iterator[_Draft]:
    """A clause for each subject and each conjunct of the first argument."""
    chain = chain_of(graph, verb)
    words = predicate(graph, chain)
    first, *rest = slots(graph, chain, words) or [Slot("", verb, (), ((),))]
    kind = "copula" if graph.keys[chain[-1]] in COPULAS else "verb"
    helped = any(graph.parse.deps[t] in ("aux", "auxpass") for t in words)
    participle = graph.passive[verb] or (graph.parse.tags[verb] == "VBG" and graph.parse.deps[verb] in _PARTICIPIAL)
    implied = participle and chain[0] == verb and not helped
    below = frozenset(graph.subtree(verb))
    behind = bool(first.case) and first.case[0] > verb
    others = tuple((slot.role, tuple(sorted((*slot.case, *slot.tokens)))) for slot in rest)
    for head, way in list(product(_subjects(graph, verb), first.ways))[:_MOST]:
        subject = phrase(graph, head)
        if head not in below:
            subject = tuple(t for t in subject if t not in below)  # "a lamp designed by X" is what was designed
        argument = way if behind else tuple(sorted((*first.case, *way)))
        yield _Draft(
            kind,
            verb,
            subject,
            (*words, *first.case) if behind else tuple(words),
            (*(((first.role, argument),) if argument else ()), *others),
            _copula(graph, head) if implied else "",
        )


def _copula(graph: Graph, subject: int) -> str:
    """The form of "be" that a subject asks for, where the text has none."""
    plural = graph.parse.tags[subject] in ("NNS", "NNPS") or graph.parse.words[subject].lower() in _PLURAL
    return "are" if plural else "is"


def _subjects(graph: Graph, verb: int) -> list[int]:
    """Heads of the grammatical subject: of a passive, what is given something or else the object."""
    given = graph.get(verb, "dat") if graph.has(verb, "nsubjpass") else []
    return list(given or graph.subjects(verb))


def _of_identity(graph: Graph, i: int) -> Iterator[_Draft]:
    """Apposition, and a noun before a name; what a verb says to be one is that verb's clause."""
    p = graph.parse
    for other in graph.get(i, "is"):
        if frozenset((i, other)) in graph.said_by or p.tags[i] not in _NOUNS or p.tags[other] not in _NOUNS:
            continue
        name, noun = (other, i) if p.tags[i] in COMMON and p.tags[other] in PROPER else (i, other)
        what = phrase(graph, noun)
        who = tuple(t for t in phrase(graph, name) if t not in what)
        if who and what:
            yield _Draft("apposition", noun, who, (), (("complement", what),), _copula(graph, name))


def _of_owner(graph: Graph, i: int) -> Iterator[_Draft]:
    """ "Norvia's founder": the owner has what is owned."""
    p = graph.parse
    for owner in graph.children(i, "poss"):
        below = set(graph.subtree(owner))
        who = tuple(t for t in phrase(graph, graph.alias.get(owner, owner)) if p.tags[t] != "POS")
        what = tuple(t for t in phrase(graph, i) if t not in below)
        if who and what:
            yield _Draft("possessive", i, who, (), (("object", what),), "has")


_EVENTS = ("ion", "ment", "al", "ure", "ance")


def _of_noun(graph: Graph, i: int) -> Iterator[_Draft]:
    """ "Norvia's purchase of Quorex": who does it, the noun, and what it is done to."""
    p = graph.parse
    if p.tags[i] not in COMMON:
        return
    done_to = [o for c in graph.children(i, "prep") if p.words[c].lower() == "of" for o in graph.children(c, "pobj")]
    case = [c for c in graph.children(i, "prep") if p.words[c].lower() == "of"]
    doers = list(graph.children(i, "poss"))
    doers += [o for c in graph.children(i, "prep") if p.words[c].lower() == "by" for o in graph.children(c, "pobj")]
    for doer, what in product(doers, done_to):
        who = tuple(t for t in phrase(graph, graph.alias.get(doer, doer)) if p.tags[t] != "POS")
        yield _Draft("noun", i, who, (i, *case), (("object", phrase(graph, what)),))
