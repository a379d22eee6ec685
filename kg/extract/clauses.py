"""Clauses inside clauses: passives, relative clauses, participles and infinitives, with the arguments they share."""

from __future__ import annotations

from kg.extract.graph import Graph

_RELATIVE = frozenset(("WDT", "WP"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_PARTICIPLES = frozenset(("VBN", "VBD"))
_ORDINALS = frozenset("first second third last only next latest".split())
# Verbs that make their object do something.
_MOVING = frozenset(
    "ask tell order persuade convince force compel oblige allow enable permit urge invite encourage help lead cause "
    "get require appoint hire employ engage commission teach train advise instruct lobby direct authorise authorize "
    "license empower inspire prompt motivate pressure push request send".split()
)
_HYPHENATED = frozenset("npadvmod compound nmod dep advmod amod".split())


def mark_passives(graph: Graph) -> None:
    """Find the passive verbs, participles included; a second verb shares the passive of the first."""
    p = graph.parse
    for i, (dep, head) in enumerate(zip(p.deps, p.heads, strict=True)):
        if (dep in ("auxpass", "nsubjpass", "csubjpass") and head != i) or (
            dep == "agent" and p.tags[head] in _PARTICIPLES
        ):
            graph.passive[head] = True
        elif dep == "acl" and p.tags[i] == "VBN" and not _is_perfect(graph, i):
            graph.passive[i] = True
    for i, (dep, head) in enumerate(zip(p.deps, p.heads, strict=True)):
        if p.tags[i] != "VBN":
            continue
        helped = _is_perfect(graph, i)
        if (dep == "conj" and graph.passive[head] and not helped and not graph.has(i, "nsubj")) or (
            dep in ("advcl", "relcl") and not graph.has(i, "aux", "nsubj", "auxpass")
        ):
            graph.passive[i] = True


def _is_perfect(graph: Graph, verb: int) -> bool:
    """ "has bought": active for all its participle, unless it is "has been bought"."""
    return any(graph.parse.lemmas[c] == "have" for c in graph.children(verb, "aux"))


def alias_pronouns(graph: Graph, verb: int) -> None:
    """Lets the relative pronoun of a clause stand for the noun that the clause modifies."""
    p = graph.parse
    noun = p.heads[verb]
    first = min(graph.subtree(verb))
    for i in graph.subtree(verb):
        if graph.is_verb(noun) and p.tags[i] in _RELATIVE and i and p.tags[i - 1][:2] == "NN":
            noun = i - 1  # "born in Lisbon which is led by ...", hung on the verb
        that = p.words[i].lower() == "that" and i == first and p.deps[i] in _ARGUMENTS
        if ((that or p.tags[i] in _RELATIVE) and _clause_of(graph, i) == verb) or p.tags[i] == "WP$":
            graph.alias[i] = noun
        elif p.tags[i] == "WRB" and p.words[i].lower() == "where" and p.heads[i] == verb:
            graph.add(verb, "prep:in", noun)


def _clause_of(graph: Graph, i: int) -> int:
    p = graph.parse
    while p.deps[i] not in ("relcl", "ROOT") and p.heads[i] != i:
        i = p.heads[i]
    return i


def adnominal(graph: Graph, verb: int, noun: int) -> None:
    """A participle, or a clause without pronoun, takes the noun that it modifies as its argument."""
    p = graph.parse
    tag, dep = p.tags[verb], p.deps[verb]
    if dep == "amod":
        if tag in _PARTICIPLES and p.words[verb - 1] == "-":
            _hyphenated(graph, verb, noun)
        return
    if any(graph.alias.get(i) == noun or p.tags[i] == "WRB" for i in graph.subtree(verb)):
        return
    if tag == "VB":
        _infinitive(graph, verb, noun)
    elif dep == "relcl":
        if not graph.get(verb, "obj") and not graph.passive[verb]:
            graph.add(verb, "obj", noun)
    elif tag in _PARTICIPLES and not _is_perfect(graph, verb):
        graph.add(verb, "obj", noun)
    elif tag == "VBG":
        graph.add(verb, "subj", noun)


def _infinitive(graph: Graph, verb: int, noun: int) -> None:
    """ "The first man to walk" is one who walked; "the boat to buy" is what is bought."""
    p = graph.parse
    one = any(p.words[c].lower() in _ORDINALS or p.tags[c] == "JJS" for c in graph.children(noun, "amod"))
    if one and not graph.get(verb, graph.subject_role(verb)):
        graph.add(verb, graph.subject_role(verb), noun)
    elif p.deps[verb] == "relcl" and not graph.get(verb, "obj") and not graph.passive[verb]:
        graph.add(verb, "obj", noun)


def _hyphenated(graph: Graph, verb: int, noun: int) -> None:
    """ "the Lisbon-based firm": the firm is what is based, Lisbon stands before the hyphen."""
    for part in graph.children(verb, *_HYPHENATED):
        if part < verb:
            graph.add(verb, "obj", noun)
            graph.add(verb, "hyph", part)


def adverbial_clause(graph: Graph, verb: int, main: int) -> None:
    """ "Founded in 2016, Acme ..." and "..., putting Acme first": the main clause's subject is shared."""
    role = graph.subject_role(verb)
    if graph.get(verb, role) or graph.parse.tags[verb] not in ("VBN", "VBG"):
        return
    for subject in graph.subjects(main):
        graph.add(verb, role, subject)


def controlled(graph: Graph, verb: int) -> None:
    """The subject of an infinitive or gerund is that of the verb above, or its object: "asked X to leave"."""
    p = graph.parse
    if not graph.is_verb(verb) or graph.get(verb, "subj") or graph.get(verb, graph.subject_role(verb)):
        return
    governor = p.heads[p.heads[verb]] if p.deps[verb] == "pcomp" else p.heads[verb]
    for _ in range(3):
        if graph.is_verb(governor):
            break
        governor = p.heads[governor]
    moved = p.deps[verb] == "xcomp" and graph.keys[governor] in _MOVING and not graph.passive[governor]
    for subject in (list(graph.get(governor, "obj")) if moved else []) or graph.subjects(governor):
        graph.add(verb, graph.subject_role(verb), subject)
