"""An ontology's axioms as rules over numbered terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.reason.axioms import SAME_AS, TYPE, Axiom, Axioms

How = tuple[str, Axiom]
"""A rule's name and the axiom that it goes by."""
Following = dict[int, list[tuple[int, How]]]
Joins = dict[int, list[tuple[int, int, How, bool]]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by what they look at: by property, and `classes` and `excluded` by class.

    type, same: the numbers of rdf:type and owl:sameAs. equality: whether any things can be equal. forward, backward:
    properties that follow, and those that lead back. domains, ranges, classes: the classes that follow. first, second:
    what the property makes with another behind or before it, as (the other, what they make, how, whether all three are
    one). excluded: the classes of which nothing of that class can be.
    """

    type: int
    same: int
    equality: bool
    forward: Following = field(default_factory=dict)
    backward: Following = field(default_factory=dict)
    domains: Following = field(default_factory=dict)
    ranges: Following = field(default_factory=dict)
    classes: Following = field(default_factory=dict)
    first: Joins = field(default_factory=dict)
    second: Joins = field(default_factory=dict)
    excluded: dict[int, frozenset[int]] = field(default_factory=dict)


def named_in(axioms: Axioms) -> Iterator[str]:
    """The IRIs of all terms that the rules speak of; some come several times."""
    yield from (TYPE, SAME_AS)
    for steps in (axioms.classes, axioms.forward, axioms.backward, axioms.domains, axioms.ranges):
        for begin, following in steps.items():
            yield begin
            yield from (step[0] for step in following)
    for first, second, step in axioms.chains:
        yield from (first, second, step[0])
    for pair in axioms.same:
        yield from pair
    for cls, others in axioms.disjoint.items():
        yield cls
        yield from others


def numbered(axioms: Axioms, number: Mapping[str, int], *, equality: bool) -> Rules:
    """The rules; number: of each IRI that `named_in` gives. equality: whether things can be equal."""
    rules = Rules(number[TYPE], number[SAME_AS], equality)
    for steps, following in (
        (axioms.forward, rules.forward),
        (axioms.backward, rules.backward),
        (axioms.domains, rules.domains),
        (axioms.ranges, rules.ranges),
        (axioms.classes, rules.classes),
    ):
        for begin, found in steps.items():
            following[number[begin]] = [(number[target], (rule, axiom)) for target, rule, axiom in found]
    for first, second, (made, rule, axiom) in axioms.chains:
        one, other, target = number[first], number[second], number[made]
        how, alike = (rule, axiom), one == other == target
        rules.first.setdefault(one, []).append((other, target, how, alike))
        rules.second.setdefault(other, []).append((one, target, how, alike))
    rules.excluded.update(_excluded(axioms, number))
    return rules


def _excluded(axioms: Axioms, number: Mapping[str, int]) -> Iterator[tuple[int, frozenset[int]]]:
    """Classes that are disjoint with a class or one of its superclasses; and their subclasses, which are so, too."""
    if not axioms.disjoint:
        return
    steps = (axioms.domains, axioms.ranges, axioms.classes)
    names = {*axioms.classes, *axioms.disjoint, *(step[0] for one in steps for found in one.values() for step in found)}
    above = {name: _above(name, axioms) for name in names}
    for name in sorted(names):
        barred = {other for cls in above[name] for other in axioms.disjoint.get(cls, ())}
        if barred:
            yield number[name], frozenset(number[other] for other in names if above[other] & barred)


def _above(name: str, axioms: Axioms) -> set[str]:
    """A class and its superclasses."""
    found, todo = {name}, [name]
    while todo:
        for target, _, _ in axioms.classes.get(todo.pop(), ()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found
