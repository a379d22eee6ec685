"""Readings that a parser of business prose takes amiss, told by grammar alone, and what is made of them."""

from __future__ import annotations

from kg.extract.graph import COMMON, PROPER, SAYING, Graph

_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_ASTRAY = _ARGUMENTS | {"npadvmod", "oprd", "appos", "dep", "attr"}
_DAYS = frozenset("today yesterday tomorrow tonight".split())
_CLOSING = frozenset(('"', "”", "’", "''"))
_SINGULAR = frozenset("this that a an each every another".split())


def is_second_subject(graph: Graph, i: int, verb: int) -> bool:
    """A subject behind its verb, where another stands before it, is an object."""
    return i > verb and graph.is_verb(verb) and any(c < verb for c in graph.children(verb, "nsubj"))


def is_day(graph: Graph, i: int, verb: int) -> bool:
    """ "The firm today launches": a day beside another subject tells when."""
    return graph.parse.words[i].lower() in _DAYS and any(c != i for c in graph.children(verb, "nsubj"))


def is_inverted(graph: Graph, verb: int) -> bool:
    """ "A gain," said X: what stands before the quotation mark is said, and who says it stands behind."""
    p = graph.parse
    if graph.keys[verb] not in SAYING or p.words[verb - 1] not in _CLOSING:
        return False
    return any(c > verb and p.tags[c] in (*PROPER, "PRP") for c in graph.children(verb, "nsubj", "dobj"))


def stray_name(graph: Graph, i: int, verb: int) -> str | None:
    """The role of a name that was read as an adverbial of a clause without subject or object; None if it is one."""
    p = graph.parse
    word, tag = p.words[i], p.tags[i][:2]
    acronym = word.isupper() and len(word) > 1
    if not graph.is_verb(verb) or i in graph.dates or not word[:1].isupper():
        return None
    if tag != "NN" and not (tag == "RB" and acronym):
        return None
    if i > verb:
        return None if graph.passive[verb] or graph.has(verb, "dobj", "attr") else "obj"
    return None if graph.has(verb, "nsubj", "nsubjpass") else graph.subject_role(verb)


def rejoin_names(graph: Graph) -> None:
    """ "Its rival ACME sells", "of the pump maker ACME": a noun and the name right behind it mean one thing.

    The parser may read the two as two subjects, or hang the name on the verb above.
    """
    p = graph.parse
    for name, (tag, dep) in enumerate(zip(p.tags, p.deps, strict=True)):
        if dep not in _ASTRAY or tag not in PROPER:
            continue
        first = name
        while first and p.deps[first - 1] == "compound" and p.heads[first - 1] == name:
            first -= 1
        noun = first - 1
        if not first or p.tags[noun] not in COMMON or not p.words[noun].islower():
            continue
        twins = p.deps[noun] == dep and p.heads[noun] == p.heads[name]
        above = p.heads[name] < noun and p.deps[noun] in _ARGUMENTS and noun not in graph.dates
        if (twins and dep in _ARGUMENTS) or above:
            graph.add(noun, "is", name)


def name_before(graph: Graph, preposition: int, head: int) -> list[int]:
    """ "by ACME", read as an adverb and a name that both hang on the same word."""
    p = graph.parse
    i = preposition + 1
    return [i] if i < len(p.words) and p.heads[i] == head and p.tags[i] in PROPER else []


def reread_nouns(graph: Graph) -> None:
    """ "This brand targets students": a singular determiner before a plural head shows that the head is a verb."""
    p = graph.parse
    for i, (tag, dep) in enumerate(zip(p.tags, p.deps, strict=True)):
        if tag not in ("NNS", "VBZ") or dep != "ROOT" or graph.get(i, "subj"):
            continue
        if any(p.words[c].lower() in _SINGULAR for c in graph.children(i, "det")):
            before = [c for c in graph.children(i, "compound", "amod", "nmod") if c < i]
            after = [c for c in graph.children(i, "appos", "dobj", "npadvmod", "nmod") if c > i]
            if before and after:
                graph.add(i, "subj", before[-1])
                if not graph.get(i, "obj"):
                    graph.add(i, "obj", after[0])
        elif graph.has(i, "prep") and not graph.has(i, "det", "poss"):
            names = [c for c in graph.children(i, "compound") if p.tags[c] in PROPER and c == i - 1]
            for name in names:
                graph.add(i, "subj", name)  # "ACME competes with ..."
