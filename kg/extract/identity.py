"""Identity: copulas, naming verbs and nouns beside names all say that two phrases mean one thing."""

from __future__ import annotations

from kg.extract.graph import COMMON, COPULAS, PROPER, Graph

NAMING = frozenset("call name dub title term christen appoint elect entitle make baptise label nickname".split())
_NAMING_AS = frozenset(("serve", "know", "describe"))
_BETWEEN = frozenset(('"', "“", "„"))


def identities(graph: Graph, i: int) -> None:
    """Adds the "is" edges that token i is the cause of."""
    p = graph.parse
    key = graph.keys[i]
    if key in COPULAS:
        for subject in list(graph.get(i, "subj")):
            for other in graph.get(i, "attr"):
                graph.identify(_one_of(graph, subject), _one_of(graph, other), i)
                graph.add(i, "attr", _one_of(graph, other))
            for other in graph.get(i, "adv"):
                if p.deps[other] == "acomp" and p.words[other][0].isupper():
                    graph.identify(_one_of(graph, subject), other, i)  # "its language is Norlandish"
    elif key in NAMING or (key in _NAMING_AS and graph.get(i, "prep:as")):
        _named(graph, i)
    if p.tags[i] in PROPER:
        for noun in [m for m in graph.get(i, "mod") if m < i]:
            if p.tags[noun] in ("NN", "NNS", "JJ") and p.words[noun].islower():
                _noun_before_name(graph, noun, i)


def _one_of(graph: Graph, i: int) -> int:
    """ "one of its founders": the founders."""
    nouns = [c for c in graph.get(i, "of") if c > i] if graph.parse.words[i].lower() == "one" else []
    return nouns[0] if nouns else i


def _named(graph: Graph, verb: int) -> None:
    complements = graph.get(verb, "oprd") or graph.get(verb, "prep:as") or graph.get(verb, "attr")
    for named in list(graph.get(verb, "obj") or graph.get(verb, "subj")):
        for other in complements:
            graph.identify(_one_of(graph, named), other, verb)


def _noun_before_name(graph: Graph, noun: int, name: int) -> None:
    """ "its rival Acme": the noun is what the owner has, the name says which."""
    p = graph.parse
    between = range(noun + 1, name)
    nouns = [k for k in between if p.tags[k] in COMMON and p.words[k].islower() and p.heads[k] == name]
    if nouns:
        graph.add(nouns[-1], "mod", noun)
        return
    if any(p.tags[k] not in ("NNP", "NNPS", "CD") and p.words[k] not in _BETWEEN for k in between):
        return
    graph.add(noun, "is", name)
    for role in ("of", "mod"):
        for other in list(graph.get(name, role)):
            if other < noun:
                graph.add(noun, role, other)
