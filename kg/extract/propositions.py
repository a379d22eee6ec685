"""The propositions of a paragraph, from its parse.

Different wordings of one thing get one form: passives are turned active, relative clauses and participles are joined to
what they modify, coordination is distributed, apposition and copula both become an "is" edge, possessives and
of-phrases an "of" edge, and whatever dates a clause a "when" edge. The labels read are those of spaCy's English models
(ClearNLP style dependencies, Penn Treebank tags).
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.clauses import adnominal, adverbial_clause, alias_pronouns, controlled, mark_passives
from kg.extract.coordination import coordinate, is_hung_on_last, is_list_item, joined_to
from kg.extract.graph import PROPER, Graph
from kg.extract.identity import NAMING, identities
from kg.extract.repairs import (
    is_day,
    is_inverted,
    is_second_subject,
    name_before,
    rejoin_names,
    reread_nouns,
    stray_name,
)
from kg.model import Parse

_WHEN_PREPOSITIONS = frozenset(("in", "on", "at", "since", "from", "during", "as"))
_DATING = frozenset("npadvmod advmod tmod dobj nmod appos nummod compound amod".split())
_PLACING = frozenset(("in", "of", "from"))


def propositions(parse: Parse, dates: frozenset[int] = frozenset()) -> Graph:
    """The graph of a paragraph; each pass reads what the earlier ones made."""
    graph = Graph(parse, dates)
    heads, deps = parse.heads, parse.deps
    for i, dep in enumerate(deps):
        if dep == "prt":
            graph.keys[heads[i]] += "_" + parse.words[i].lower()
    mark_passives(graph)
    _each(graph, ("relcl",), lambda i: alias_pronouns(graph, i))
    for i, dep in enumerate(deps):
        _edge(graph, i, heads[i], dep)
    _each(graph, ("relcl", "acl", "amod"), lambda i: adnominal(graph, i, heads[i]))
    _each(graph, ("advcl",), lambda i: adverbial_clause(graph, i, heads[i]))
    _each(graph, ("xcomp", "pcomp"), lambda i: controlled(graph, i))
    _each(graph, ("conj",), lambda i: coordinate(graph, i, joined_to(graph, i)))
    for i in [i for i in range(len(deps)) if is_hung_on_last(graph, i)]:
        coordinate(graph, i, heads[i])
    reread_nouns(graph)
    rejoin_names(graph)
    for i in [i for i, dep in enumerate(deps) if dep == "appos" and is_list_item(graph, i)]:
        coordinate(graph, i, heads[i])
        for other in graph.children(i, "conj"):
            coordinate(graph, other, heads[i])
    for i in range(len(deps)):
        identities(graph, i)
    return graph


def _each(graph: Graph, deps: tuple[str, ...], do: Callable[[int], None]) -> None:
    for i, dep in enumerate(graph.parse.deps):
        if dep in deps:
            do(i)


def _edge(graph: Graph, i: int, head: int, dep: str) -> None:
    """The edge that one dependency makes."""
    if i in graph.dates and dep in _DATING and (dep != "dobj" or graph.is_verb(head)):
        graph.add(head, "when", i)
    elif dep in _SIMPLE:
        graph.add(head, _SIMPLE[dep], i)
    elif dep in _SPECIAL:
        _SPECIAL[dep](graph, i, head)


def _subject(graph: Graph, i: int, head: int) -> None:
    if is_day(graph, i, head):
        graph.add(head, "adv", i)
    elif is_inverted(graph, head):
        graph.add(head, "subj" if i > head else "obj", i)
    else:
        acted_on = graph.passive[head] and i < head and not graph.has(head, "auxpass", "dobj")
        graph.add(head, "obj" if acted_on or is_second_subject(graph, i, head) else "subj", i)


def _passive_subject(graph: Graph, i: int, head: int) -> None:
    """The object; but in "the firm was given the prize" the prize is, and the firm is to whom."""
    given = graph.keys[head] not in NAMING and graph.has(head, "dobj")
    graph.add(head, "dat" if given else "obj", i)


def _object(graph: Graph, i: int, head: int) -> None:
    if is_inverted(graph, head):
        graph.add(head, "subj", i)
        return
    given = graph.passive[head] and graph.keys[head] in NAMING
    graph.add(head, "oprd" if given else "obj", i)


def _dative(graph: Graph, i: int, head: int) -> None:
    if graph.parse.tags[i] in ("IN", "TO"):
        _preposition(graph, i, head)
    else:
        graph.add(head, "dat", i)


def _apposition(graph: Graph, i: int, head: int) -> None:
    if _is_bracketed_name(graph, i, head):
        graph.add(head, "bracket", i)
    elif not is_list_item(graph, i):
        graph.add(head, "is", i)


def _is_bracketed_name(graph: Graph, i: int, head: int) -> bool:
    """ "Lisbon (Portugal)": a name in brackets tells namesakes apart; whether it is a short name is seen elsewhere."""
    p = graph.parse
    first = min(graph.subtree(i))
    return bool(first) and p.words[first - 1] == "(" and p.tags[i] in PROPER and p.tags[head][:2] == "NN"


def _modifier(graph: Graph, i: int, head: int) -> None:
    graph.add(head, "num" if graph.parse.tags[i] == "CD" and i < head else "mod", i)


def _adverbial(graph: Graph, i: int, head: int) -> None:
    if graph.parse.tags[head] == "IN" and i < head:
        graph.add(graph.parse.heads[head], "adv", i)  # "88 metres above the sea"
        return
    graph.add(head, stray_name(graph, i, head) or "adv", i)
    if graph.parse.words[i].lower() == "there":
        graph.add(head, "prep:at", i)
        graph.add(head, "prep:in", i)


def _preposition(graph: Graph, i: int, head: int, before: str = "") -> None:
    """Joins the objects of the preposition at `i` to what it hangs on; before: prepositions above it ("out_")."""
    p = graph.parse
    word = before + p.words[i].lower()
    objects = list(graph.children(i, "pobj", "pcomp")) or name_before(graph, i, head)
    for child in objects:
        if child in graph.dates and word in _WHEN_PREPOSITIONS:
            graph.add(head, "when", child)
        elif word == "by" and graph.passive[head] and child not in graph.dates:
            graph.add(head, "subj", child)
        else:
            graph.add(head, _role(word, verbal=graph.is_verb(head)), child)
        if (
            i
            and head != i - 1
            and word in _PLACING
            and p.tags[i - 1] in ("NNP", "NNPS", "CD")
            and p.tags[child][:3] == "NNP"
        ):
            # "the Expo in Lisbon", hung on the verb: the name right before may be meant as well.
            graph.add(_name_head(graph, i - 1), _role(word, verbal=False), child)
    for child in graph.children(i, "prep"):
        _preposition(graph, child, head, "" if objects else word + "_")


def _role(word: str, *, verbal: bool) -> str:
    return "of" if word == "of" and not verbal else "prep:" + word


def _name_head(graph: Graph, i: int) -> int:
    """The head word of the name that the token belongs to."""
    p = graph.parse
    while p.deps[i] in ("compound", "nummod", "nmod") and p.tags[p.heads[i]][:3] == "NNP":
        i = p.heads[i]
    return i


_SIMPLE: dict[str, str] = {
    "attr": "attr",
    "oprd": "oprd",
    "poss": "of",
    "nmod": "mod",
    "amod": "mod",
    "nummod": "num",
    "quantmod": "num",
    "xcomp": "xcomp",
    "ccomp": "xcomp",
    "advcl": "xcomp",
}
_SPECIAL: dict[str, Callable[[Graph, int, int], None]] = {
    "nsubj": _subject,
    "nsubjpass": _passive_subject,
    "dobj": _object,
    "obj": _object,
    "dative": _dative,
    "prep": _preposition,
    "agent": _preposition,
    "appos": _apposition,
    "compound": _modifier,
    "npadvmod": _adverbial,
    "advmod": _adverbial,
    "acomp": _adverbial,
}
