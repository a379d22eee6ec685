"""Rules over numbered facts until nothing new follows: semi-naive evaluation, in rounds.

A round applies each rule to what the last round found, joined with all that was known then. A fact keeps the first
step that made it, so its derivation takes as few rounds as any. Two rules are narrowed; they find the same facts, and
each one less often:

- a transitive property grows by one fact at the end of a path, and only by one that is no path itself;
- equals are put in for the subject first, then for the object, and not again for what was put in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.reason.rules import How, Joins, Rules

Fact = tuple[int, int, int]
Made = tuple[How, tuple[Fact, ...]]
Index = dict[int, dict[int, list[int]]]

_REP_S: How = ("eq-rep-s", ())
_REP_O: How = ("eq-rep-o", ())


class TooManyError(Exception):
    """More follows than is allowed."""


class Fixpoint:
    """Facts, and all that follows from them by rules.

    facts: given, in an order that does not depend on chance. nodes: by term, whether it may be a subject.
    made: every fact with how and from what it was made; None for those that are given. equals: by term.
    """

    def __init__(self, facts: Iterable[Fact], nodes: Sequence[bool], rules: Rules, allowed: int) -> None:
        self.made: dict[Fact, Made | None] = dict.fromkeys(facts)
        self.equals: dict[int, list[int]] = {}
        self.allowed = allowed
        self._nodes, self._rules = nodes, rules
        self._fresh: list[Fact] = []
        # Objects by property and subject, subjects by property and object; of properties that are joined.
        self._out, self._into = _empty(rules.second), _empty(rules.first)
        self._ends = _empty(rules.second)  # as _out, without what the property's own transitivity made
        self._about: dict[int, list[Fact]] = defaultdict(list)
        self._leading: dict[int, list[Fact]] = defaultdict(list)
        self._given: dict[int, set[int]] = defaultdict(set)
        if rules.excluded:
            for s, p, o in self.made:
                if p == rules.type:
                    self._given[s].add(o)

    def run(self) -> None:
        """Make all that follows. Raises TooManyError; what is made by then means nothing."""
        fresh = list(self.made)
        while fresh:
            for fact in fresh:
                self._remember(fact)
            self._fresh = []
            for fact in fresh:
                self._step(fact)
                if fact[1] in self._rules.first or fact[1] in self._rules.second:
                    self._join(fact)
                if self._rules.equality:
                    self._replace(fact)
                if len(self.made) > self.allowed:
                    raise TooManyError
            fresh = self._fresh

    def commonest(self) -> tuple[int, int]:
        """The property of which the most was made, and how much."""
        counts = Counter(fact[1] for fact, made in self.made.items() if made is not None)
        return max(counts.items(), key=lambda item: (item[1], -item[0]))

    def _remember(self, fact: Fact) -> None:
        """Put a fact where joins look for it."""
        s, p, o = fact
        rules, made = self._rules, self.made[fact]
        if p in rules.second:
            self._out[p][s].append(o)
            if not self._is_path(p, made):
                self._ends[p][s].append(o)
        if p in rules.first:
            self._into[p][o].append(s)
        if self._rules.equality:
            if p == rules.same:
                if self._nodes[o]:
                    self.equals.setdefault(s, []).append(o)
            elif made is None or made[0] is not _REP_O:
                if made is None or made[0] is not _REP_S:
                    self._about[s].append(fact)
                self._leading[o].append(fact)

    def _is_path(self, predicate: int, made: Made | None) -> bool:
        """Whether the transitivity of its own property made a fact."""
        return made is not None and any(
            how is made[0] for _, _, how, alike in self._rules.first.get(predicate, ()) if alike
        )

    def _add(self, fact: Fact, how: How, *premises: Fact) -> None:
        if fact not in self.made and not (fact[0] == fact[2] and fact[1] == self._rules.same):
            self.made[fact] = (how, premises)
            self._fresh.append(fact)

    def _step(self, fact: Fact) -> None:
        """What follows from one fact alone."""
        s, p, o = fact
        rules, add, kind = self._rules, self._add, self._rules.type
        if p == kind:
            for target, how in rules.classes.get(o, ()):
                add((s, kind, target), how, fact)
        for target, how in rules.forward.get(p, ()):
            add((s, target, o), how, fact)
        for target, how in rules.domains.get(p, ()):
            if not self._barred(s, target):
                add((s, kind, target), how, fact)
        if self._nodes[o]:
            for target, how in rules.backward.get(p, ()):
                add((o, target, s), how, fact)
            for target, how in rules.ranges.get(p, ()):
                if not self._barred(o, target):
                    add((o, kind, target), how, fact)

    def _barred(self, thing: int, cls: int) -> bool:
        """Whether a thing is given a class that is disjoint with this one."""
        excluded = self._rules.excluded.get(cls)
        return excluded is not None and not excluded.isdisjoint(self._given.get(thing, ()))

    def _join(self, fact: Fact) -> None:
        """What follows from a fact with one behind it, and with one before it."""
        s, p, o = fact
        for other, target, how, alike in self._rules.first.get(p, ()):
            for end in (self._ends if alike else self._out)[other].get(o, ()):
                self._add((s, target, end), how, fact, (o, other, end))
        for other, target, how, alike in self._rules.second.get(p, ()):
            if not (alike and self._is_path(p, self.made[fact])):
                for begin in self._into[other].get(s, ()):
                    self._add((begin, target, o), how, (begin, other, s), fact)

    def _replace(self, fact: Fact) -> None:
        """What follows by equals: of an equality for all facts that are known, of another fact for all equals."""
        s, p, o = fact
        made, add, same = self.made[fact], self._add, self._rules.same
        if p == same:
            if self._nodes[o]:
                for about in self._about.get(s, ()):
                    add((o, about[1], about[2]), _REP_S, fact, about)
                for leading in self._leading.get(s, ()):
                    add((leading[0], leading[1], o), _REP_O, fact, leading)
            return
        by = None if made is None else made[0]
        if by is _REP_O:
            return
        if by is not _REP_S:
            for equal in self.equals.get(s, ()):
                add((equal, p, o), _REP_S, (s, same, equal), fact)
        for equal in self.equals.get(o, ()):
            add((s, p, equal), _REP_O, (o, same, equal), fact)


def _empty(joins: Joins) -> Index:
    return {predicate: defaultdict(list) for predicate in joins}
