"""A graph over the tokens of one paragraph, with a role on each edge; `kg.extract.propositions` fills it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse

COPULAS = frozenset(("be", "become", "remain", "stay"))
PROPER = frozenset(("NNP", "NNPS"))
COMMON = frozenset(("NN", "NNS"))

SAYING = frozenset(
    "say add explain tell write note announce state admit remark recall argue insist comment conclude reply "
    "answer joke".split()
)


class Graph:
    """Edges between tokens: `out[i][role]` lists the tokens that fill `role` of token i.

    Roles: subj, obj, dat, attr, oprd, of, is, mod, num, when, adv, prep:X, xcomp, hyph, bracket. A role read against
    its direction begins with "^". keys[i] is what token i is matched by: its lemma, with a particle ("set_up").
    dates: tokens of expressions that date something. passive[i]: whether the verb i is passive. said_by: the verb that
    says that two tokens mean one thing, where a verb does. joined[i]: what is coordinated with token i.
    """

    __slots__ = ("_children", "alias", "dates", "joined", "keys", "out", "parse", "passive", "said_by")

    def __init__(self, parse: Parse, dates: frozenset[int] = frozenset()) -> None:
        size = len(parse.words)
        self.parse = parse
        self.dates = dates
        self.out: list[dict[str, list[int]]] = [{} for _ in range(size)]
        self.keys = list(parse.lemmas)
        self.alias: dict[int, int] = {}
        self.passive = [False] * size
        self.joined: dict[int, list[int]] = {}
        self.said_by: dict[frozenset[int], int] = {}
        self._children: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(parse.heads):
            if head != i:
                self._children[head].append(i)

    def children(self, i: int, *deps: str) -> Iterator[int]:
        """Tokens that hang on token i by one of these dependencies, or by any if none is named."""
        return (c for c in self._children[i] if not deps or self.parse.deps[c] in deps)

    def has(self, i: int, *deps: str) -> bool:
        """Whether a token hangs on token i by one of these dependencies."""
        return any(True for _ in self.children(i, *deps))

    def subtree(self, i: int) -> Iterator[int]:
        """Token i and all below it in the parse."""
        yield i
        for child in self._children[i]:
            yield from self.subtree(child)

    def get(self, i: int, role: str) -> list[int]:
        """The tokens that fill a role of token i."""
        return self.out[i].get(role, [])

    def add(self, head: int, role: str, token: int) -> None:
        """Add an edge once; relative pronouns are replaced by what they stand for."""
        head, token = self.alias.get(head, head), self.alias.get(token, token)
        if head == token:
            return
        ends = self.out[head].setdefault(role, [])
        if token not in ends:
            ends.append(token)
            self.out[token].setdefault("^" + role, []).append(head)

    def identify(self, one: int, other: int, verb: int) -> None:
        """Add the "is" edge that a verb makes between two tokens."""
        self.add(one, "is", other)
        self.said_by[frozenset((self.alias.get(one, one), self.alias.get(other, other)))] = verb

    def is_verb(self, i: int) -> bool:
        """Whether token i is tagged as a verb."""
        return self.parse.tags[i][:1] == "V"

    def subject_role(self, verb: int) -> str:
        """The role that the grammatical subject of the verb has: "obj" in a passive clause."""
        return "obj" if self.passive[verb] else "subj"

    def subjects(self, verb: int) -> list[int]:
        """The tokens of the grammatical subject: of "X was given Y", X."""
        given = self.get(verb, "dat")
        if any(self.alias.get(c, c) in given for c in self.children(verb, "nsubjpass")):
            return list(given)
        return list(self.get(verb, self.subject_role(verb)))
