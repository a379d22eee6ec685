"""Frames found in the graph of a paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frames import Frame, may_stand_elsewhere
from kg.extract.graph import Graph


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens for the nodes of a frame, anchor first; `loose` if some phrase was attached elsewhere than expected."""

    frame: Frame
    tokens: tuple[int, ...]
    loose: bool

    @property
    def subject(self) -> int:
        """The token that fills the subject's slot."""
        return self.tokens[self.frame.subject]

    @property
    def object(self) -> int:
        """The token that fills the object's slot."""
        return self.tokens[self.frame.object]

    def others(self) -> Iterator[tuple[str, int]]:
        """Slots beside subject and object, with their tokens."""
        return ((name, self.tokens[node]) for name, node in self.frame.others)


class Index:
    """Frames by the lemma of their anchor; those without a word of their own by the role of their first step."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.by_lemma: dict[str, list[Frame]] = defaultdict(list)
        self.by_role: dict[str, list[Frame]] = defaultdict(list)
        for frame in frames:
            if frame.fill.startswith("?"):
                self.by_role[frame.steps[0].role].append(frame)
            else:
                self.by_lemma[frame.fill].append(frame)

    def matches(self, graph: Graph) -> Iterator[Match]:
        """Every match in the graph, in the order of anchors and of the ontology."""
        for i, key in enumerate(graph.keys):
            roles = graph.out[i]
            for frame in self.by_lemma.get(key, ()):
                if all(role in roles for role in frame.needed):
                    yield from _match(graph, frame, i)
            for role in sorted(roles):
                for frame in self.by_role.get(role, ()):
                    yield from _match(graph, frame, i)
                if role == "^is":
                    for frame in self.by_role.get("is", ()):
                        yield from _match(graph, frame, i)


def _match(graph: Graph, frame: Frame, anchor: int) -> Iterator[Match]:
    tokens: list[int] = [-1] * (len(frame.steps) + 1)
    tokens[0] = anchor
    return _follow(graph, frame, 0, tokens, False)


def _follow(graph: Graph, frame: Frame, n: int, tokens: list[int], loose: bool) -> Iterator[Match]:
    if n == len(frame.steps):
        yield Match(frame, tuple(tokens), loose)
        return
    step = frame.steps[n]
    start = tokens[step.start]
    found = _ends(graph, start, step.role)
    slack = False
    if not found and frame.lexical and may_stand_elsewhere(step.role):
        found, slack = _elsewhere(graph, start, step.role), True
    free = step.fill[0] in "?*"
    twins = frame.twins[n]
    for end in found:
        if end in tokens or not (free or graph.keys[end] == step.fill):
            continue
        # "A's purchase of B": two slots with one role stand in the order of the phrase.
        if twins and any(end < tokens[t] for t in twins):
            continue
        tokens[step.end] = end
        yield from _follow(graph, frame, n + 1, tokens, loose or slack)
        tokens[step.end] = -1


def _ends(graph: Graph, start: int, role: str) -> list[int]:
    if role != "is":
        return graph.get(start, role)
    near = _same(graph, start)
    # "NAME, POST, FIRM": both stand in apposition to the name, not to each other. "The shops are A and B" is none.
    beside = [i for i in near if frozenset((start, i)) not in graph.said_by]
    far = (j for i in beside for j in _same(graph, i) if j != start and frozenset((i, j)) not in graph.said_by)
    return list(dict.fromkeys([*near, *far]))


def _same(graph: Graph, token: int) -> list[int]:
    return [*graph.get(token, "is"), *graph.get(token, "^is")]


def _elsewhere(graph: Graph, start: int, role: str) -> list[int]:
    """Where a parser may have hung a prepositional phrase or a date instead: on the object, or on the verb above."""
    if role == "is" or graph.keys[start] == "be":
        return []
    found: list[int] = []
    roles = [r for r in graph.out[start] if r in ("obj", "attr", "dat", "adv", "when", "of") or r.startswith("prep:")]
    for middle in [i for r in roles for i in graph.out[start][r] if abs(i - start) < 40]:
        found += graph.get(middle, role)
    if not graph.is_verb(start):
        for up in ("^obj", "^attr", "^subj"):
            for verb in graph.get(start, up):
                found += graph.get(verb, role)
    else:
        for verb in graph.get(start, "^xcomp"):
            found += graph.get(verb, role) if role == "when" else []
    return list(dict.fromkeys(found))
