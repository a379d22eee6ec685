"""Coordination: what "and" joins shares its roles."""

from __future__ import annotations

from kg.extract.graph import COMMON, PROPER, Graph

_SHARED = frozenset("subj obj dat attr of is when oprd".split())


def is_list_item(graph: Graph, i: int) -> bool:
    """ "A, B and C", read as B in apposition to A: both are names, and B goes on with "and"."""
    p = graph.parse
    names = p.tags[i] in PROPER and p.tags[p.heads[i]] in PROPER
    return names and graph.has(i, "conj") and graph.has(i, "cc")


def is_hung_on_last(graph: Graph, i: int) -> bool:
    """ "A, B and C", read as A and B before the name C. Without a comma, "Road and Transport Institute" is one name."""
    p = graph.parse
    last = p.heads[i]
    if p.deps[i] not in ("nmod", "compound") or p.tags[i] not in PROPER or p.tags[last] not in PROPER or last < i + 2:
        return False
    listed = any(p.heads[t] == last and p.words[t + 1] == "," for t in range(i + 1) if p.tags[t] in PROPER)
    return listed and p.words[i + 1] in (",", "and", "or") and any(p.deps[t] == "cc" for t in range(i + 1, last))


def joined_to(graph: Graph, i: int) -> int:
    """What a conjunct is coordinated with: a name never with a verb or a noun in apposition, if there is a name before.

    "set up by X, a planner, and Y" says that Y set it up.
    """
    p = graph.parse
    head = p.heads[i]
    if p.tags[i] not in PROPER:
        return head
    if p.deps[head] == "appos" and p.tags[head] in COMMON and p.tags[p.heads[head]] in PROPER:
        return p.heads[head]
    if graph.is_verb(head) and not graph.has(i, "nsubj"):
        names = [t for t in range(head + 1, i) if p.tags[t] in PROPER and p.deps[t] in ("dobj", "pobj", "attr")]
        near = [t for t in names if head in (p.heads[t], p.heads[p.heads[t]]) and graph.has(t, "appos")]
        return near[-1] if near else head
    return head


def coordinate(graph: Graph, i: int, head: int) -> None:
    """Verbs share subjects (and a missing object), nouns share every role they stand in, and their owner."""
    graph.joined.setdefault(head, []).append(i)
    if graph.is_verb(i) and graph.is_verb(head):
        _verbs(graph, i, head)
        return
    for role, governors in list(graph.out[head].items()):
        plain = role[1:]
        if role[0] == "^" and (plain in _SHARED or plain.startswith("prep:")):
            for governor in [g for g in governors if g != i]:
                graph.add(governor, plain, i)
    if not graph.get(i, "of") and graph.parse.tags[i] in COMMON:
        for owner in list(graph.get(head, "of")):
            if owner < head or owner > i:
                graph.add(i, "of", owner)


def _verbs(graph: Graph, i: int, head: int) -> None:
    if not graph.has(i, "nsubj", "nsubjpass", "expl"):
        for subject in graph.subjects(head):
            graph.add(i, graph.subject_role(i), subject)
    # "designs and makes chairs"
    if not graph.get(head, "obj") and not graph.get(head, "attr") and i - head <= 3:
        for obj in list(graph.get(i, "obj")):
            graph.add(head, "obj", obj)
