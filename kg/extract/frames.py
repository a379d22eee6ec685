"""Phrases of the ontology, compiled into frames that are matched against the propositions of a text.

A phrase is an ordinary English wording in which ?s stands for the subject, ?o for the object, * for anything, ** for
any verb, and ?name for a string value of the property of that local name ("?s, ?jobTitle of ?o"). A class may be asked
for behind a slot ("?s:Product has ?o"), and "do ?o" stands for a verb phrase ("?s aims to do ?o"). It is read by the
same language model and turned into the same graph as any text, so that one phrase covers its passive, relative,
participial and coordinated forms, and a habit of the parser is the same on both sides.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.graph import COPULAS, Graph
from kg.extract.labels import wordings
from kg.extract.propositions import propositions
from kg.model import Parse
from kg.ontology import Ontology, Property

SUBJECT, OBJECT = "?s", "?o"
_SLOT = re.compile(r"(\?\w+)(?::(\w+))?|\*\*?")
_IGNORED_DEPS = frozenset("aux auxpass det punct case poss prt prep agent cc mark predet expl dative".split())
_CONTENT = frozenset("NVJR")
_WILDCARDS = {"*": "Bolt", "**": "acted"}
_PREPOSITIONS = frozenset("of in by at to for from with on as".split())
_LITERALS = {"date": "2007", "amount": "5 dollars", "integer": "420", "decimal": "4.5"}


@dataclass(frozen=True, slots=True)
class Step:
    """Follow `role` from node `start` to node `end`; `fill` is a slot ("?s"), or the lemma that must stand there."""

    start: int
    role: str
    end: int
    fill: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One compiled phrase: node 0 is the anchor, `fill` what stands there, and steps lead to all other nodes.

    domain, range: the property's classes, or the one that the phrase asks for ("?s:Product"). forward: whether the
    subject stands before the object. rank: 0 for a phrase of the ontology, else how far a wording made of a label is
    from the label (`kg.extract.labels`). What follows is derived: lexical, whether something beside subject and object
    must stand in the text; words: what must; subject, object, others: the nodes of the slots; twins: for each step, the
    nodes of earlier slots with the same role of the same node; needed: roles that the anchor must have, as no slack is
    left for them.
    """

    predicate: str
    phrase: str
    fill: str
    steps: tuple[Step, ...]
    domain: frozenset[str]
    range: frozenset[str]
    forward: bool
    rank: int = 0
    lexical: bool = field(init=False, compare=False)
    words: frozenset[str] = field(init=False, compare=False)
    subject: int = field(init=False, compare=False)
    object: int = field(init=False, compare=False)
    others: tuple[tuple[str, int], ...] = field(init=False, compare=False)
    twins: tuple[tuple[int, ...], ...] = field(init=False, compare=False)
    needed: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        fills = {0: self.fill, **{step.end: step.fill for step in self.steps}}
        slots = {fill: node for node, fill in fills.items()}
        derived: dict[str, object] = {
            "lexical": any(fill not in (SUBJECT, OBJECT) for fill in fills.values()),
            "words": frozenset(fill for fill in fills.values() if fill[0] not in "?*"),
            "subject": slots[SUBJECT],
            "object": slots[OBJECT],
            "others": tuple(
                (fill[1:], n) for n, fill in fills.items() if fill[0] == "?" and fill not in (SUBJECT, OBJECT)
            ),
            "twins": tuple(
                tuple(
                    s.end
                    for s in self.steps[:n]
                    if (s.start, s.role) == (step.start, step.role) and s.fill[0] == step.fill[0] == "?"
                )
                for n, step in enumerate(self.steps)
            ),
            "needed": tuple(s.role for s in self.steps if s.start == 0 and not may_stand_elsewhere(s.role)),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @property
    def meaning(self) -> Frame:
        """The frame without its wording: two phrases of one meaning find the same."""
        return replace(self, phrase="", rank=0)


def may_stand_elsewhere(role: str) -> bool:
    """Whether what fills the role may be found by another way than the edge itself."""
    return role in ("when", "is") or role.startswith("prep:")


@dataclass(frozen=True, slots=True)
class Compiled:
    """Frames of an ontology, and the phrases that no frame could be made of, with the reason."""

    frames: tuple[Frame, ...]
    failed: tuple[tuple[str, str, str], ...]


def compile_frames(ontology: Ontology, parse: Callable[[Sequence[str]], list[Parse]]) -> Compiled:
    """Frames for all properties; `failed` holds (property, phrase, reason). The same for one model and ontology."""
    jobs = [(p, *found) for _, p in sorted(ontology.properties.items()) for found in _phrases(p, ontology)]
    filled = [_fill(phrase, prop, ontology) for prop, phrase, _ in jobs]
    parses = parse([text for text, _ in filled])
    frames: dict[Frame, Frame] = {}
    failed: list[tuple[str, str, str]] = []
    for (prop, phrase, rank), (_, slots), tree in zip(jobs, filled, parses, strict=True):
        made = _frame(prop, phrase, slots, tree, ontology)
        if isinstance(made, Frame):
            made = replace(made, rank=rank) if rank else made
            known = frames.get(made.meaning)
            if known is None or made.rank < known.rank:
                frames[made.meaning] = made
        elif phrase in prop.phrases:
            failed.append((prop.iri, phrase, made))
    return Compiled(tuple(frames.values()), tuple(dict.fromkeys(failed)))


def only(ontology: Ontology, phrases: Mapping[str, Sequence[str]]) -> Ontology:
    """The ontology with no phrases but these, by property IRI, for the properties and the inverse ones of these."""
    kept = {
        iri: replace(prop, phrases=tuple(phrases.get(iri, ())), labels=())
        for iri, prop in ontology.properties.items()
        if iri in phrases or prop.inverse in phrases
    }
    return replace(ontology, properties=kept)


def _phrases(prop: Property, ontology: Ontology) -> Iterator[tuple[str, int]]:
    """Phrases with their rank: the property's own and the inverse's turned round; else wordings made of labels."""
    inverse = ontology.properties.get(prop.inverse or "")
    turned = [
        re.sub(r"\?([so])\b", lambda m: OBJECT if m[1] == "s" else SUBJECT, p)
        for p in (inverse.phrases if inverse else ())
    ]
    yield from ((phrase, 0) for phrase in prop.phrases)
    if prop.phrases:
        yield from ((phrase, 0) for label in prop.labels for phrase in _of_label(label, named=not prop.datatype))
    yield from ((phrase, 0) for phrase in turned)
    if not prop.phrases:
        yield from wordings(prop, ontology)


def _of_label(label: str, *, named: bool) -> Iterator[str]:
    """Wordings that a label may stand for: "located in" and "employs" between the two, "founder" as somebody's.

    named: whether the object is a thing with a name.
    """
    words = label.split()
    verb = words[0] in ("is", "was", "are", "has", "had") or (words[0].endswith("s") and not words[0].endswith("ss"))
    participle = words[0].endswith(("ed", "en")) or words[-1] in _PREPOSITIONS
    if verb:
        yield f"?s {label} ?o"
    if participle and not verb:
        yield f"?s is {label} ?o"
        if words[-1] != "by":
            yield f"?s {label} ?o"
    if (len(words) == 1 and not verb) or not (verb or participle):
        yield f"?s's {label} is ?o"
        if named:
            yield f"?o is the {label} of ?s"
            yield f"?s's {label} ?o"


def _fill(phrase: str, prop: Property, ontology: Ontology) -> tuple[str, dict[int, str]]:
    """A sentence with example words for slots and stand-ins, and the character offset at which each of them ends."""
    text, at, slots = "", 0, {}
    for match in _SLOT.finditer(phrase):
        text += phrase[at : match.start()]
        name = match[1] or match[0]
        if name == OBJECT and text.endswith(" do "):
            text, word = text[: -len("do ")], "grow"
        elif not text and name not in (OBJECT, "**") and re.match(r" [a-z]", phrase[match.end() :]):
            word = "It"  # a pronoun keeps "sponsors" a verb, where a name would make it a noun
        else:
            counted = name == "*" and prop.datatype in ("integer", "decimal") and OBJECT in phrase[: match.start()]
            word = "metres" if counted else _WILDCARDS.get(name) or _example(name, prop, ontology, match[2])
        text += word
        slots[len(text)] = name
        at = match.end()
    text += phrase[at:]
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else "."), slots


def _example(slot: str, prop: Property, ontology: Ontology, asked: str | None) -> str:
    """A word that reads as the slot's filler would: a person, a place, a date, a name, a plural noun."""
    if slot not in (SUBJECT, OBJECT):
        return "director"
    if slot == OBJECT and prop.datatype:
        return _LITERALS.get(prop.datatype, "director")
    allowed = prop.domain if slot == SUBJECT else prop.range
    classes = [c for iri, c in sorted(ontology.classes.items()) if (c.local == asked if asked else iri in allowed)]
    labels = {label for c in classes for label in c.ner_labels}
    if slot == OBJECT and classes and all(c.by_phrase for c in classes):
        return "engines"
    if labels == {"PERSON"}:
        return "Anna" if slot == SUBJECT else "Peter"
    if "GPE" in labels and not labels & {"ORG", "PERSON"}:
        return "Lisbon" if slot == SUBJECT else "Portugal"
    return "Norvia" if slot == SUBJECT else "Quorex"


def _frame(prop: Property, phrase: str, slots: dict[int, str], tree: Parse, ontology: Ontology) -> Frame | str:
    """The frame of a parsed phrase, or the reason why there is none."""
    ends = {span.end: i for i, span in enumerate(tree.spans)}
    places = {ends[end]: slot for end, slot in slots.items() if end in ends}
    filled = sorted(places.values())
    if filled.count(SUBJECT) != 1 or filled.count(OBJECT) != 1:
        return "it needs ?s and ?o once each"
    dates = frozenset(i for i, slot in places.items() if slot == OBJECT and prop.datatype == "date")
    graph = propositions(tree, dates)
    edges = _connected(graph, places)
    if isinstance(edges, str):
        return edges
    subject = next(i for i, slot in places.items() if slot == SUBJECT)
    beside = {n for a, role, b in edges if role in ("mod", "^mod") and subject in (a, b) for n in (a, b)} - {subject}
    if len(phrase.split()) > 2 and not beside <= places.keys() and not phrase.startswith("The ?s "):
        return "its verb is read as a noun; another tense may help"
    fill, steps = _rooted(graph, edges, places)
    domain, range_ = _sides(prop, phrase, ontology)
    return Frame(prop.iri, phrase, fill, steps, domain, range_, phrase.index(SUBJECT) < phrase.index(OBJECT))


def _connected(graph: Graph, places: dict[int, str]) -> list[tuple[int, str, int]] | str:
    """Edges that join subject, object, further slots and all words of content; or what cannot be joined."""
    subject, obj = (next(i for i, slot in places.items() if slot == wanted) for wanted in (SUBJECT, OBJECT))
    words = _content(graph, places)
    edges = _path(graph, {subject}, obj, direct=not words) or _path(graph, {subject}, obj)
    if edges is None:
        return "subject and object are not connected in its parse"
    for word in [*words, *(i for i, slot in places.items() if slot not in _WILDCARDS)]:
        nodes = {subject, obj} | {n for edge in edges for n in (edge[0], edge[2])}
        if word not in nodes:
            joined = _path(graph, nodes, word)
            if joined is None:
                return f"the word {graph.parse.words[word]!r} is not connected in its parse"
            edges += [edge for edge in joined if edge not in edges]
    return edges


def _content(graph: Graph, places: dict[int, str]) -> list[int]:
    """Words that carry the phrase's meaning: neither function words nor stand-ins."""
    p = graph.parse
    return [
        i
        for i, word in enumerate(p.words)
        if i not in places
        and p.deps[i] not in _IGNORED_DEPS
        and p.tags[i][0] in _CONTENT
        and word not in ("dollars", "'s")
        and not (graph.keys[i] in COPULAS and (graph.get(i, "attr") or graph.get(i, "adv")))
        and p.tags[i] not in ("PRP", "PRP$")
    ]


def _path(graph: Graph, starts: set[int], goal: int, direct: bool = True) -> list[tuple[int, str, int]] | None:
    """The shortest way from any of `starts` to `goal`, over edges either way; in one step only if `direct`."""
    came: dict[int, tuple[int, str] | None] = dict.fromkeys(sorted(starts))
    queue = deque(sorted(starts))
    while queue:
        node = queue.popleft()
        if node == goal:
            break
        for role in sorted(graph.out[node], key=lambda r: (r.lstrip("^") == "mod", r.startswith("^"), r)):
            for other in graph.out[node][role]:
                if other not in came and (direct or other != goal or node not in starts):
                    came[other] = (node, role)
                    queue.append(other)
    if goal not in came:
        return None
    path = []
    node = goal
    while (step := came[node]) is not None:
        path.append((step[0], step[1], node))
        node = step[0]
    return path[::-1]


def _rooted(graph: Graph, edges: list[tuple[int, str, int]], places: dict[int, str]) -> tuple[str, tuple[Step, ...]]:
    """What fills the anchor (a verb, else a noun, else the subject), and steps from it to every other node."""
    nodes = sorted({n for edge in edges for n in (edge[0], edge[2])})
    words = [n for n in nodes if n not in places]
    anchor = next((n for n in words if graph.is_verb(n) and graph.keys[n] not in COPULAS), None)
    if anchor is None:
        nouns = [n for n in words if not graph.is_verb(n)]
        anchor = (nouns + words + [n for n in nodes if places.get(n) == SUBJECT])[0]
    both: dict[int, list[tuple[str, int]]] = {n: [] for n in nodes}
    for start, role, end in edges:
        both[start].append((role, end))
        both[end].append((role[1:] if role.startswith("^") else "^" + role, start))
    fills = {n: "*" if slot in _WILDCARDS else slot for n, slot in places.items()}
    order, steps = {anchor: 0}, []
    queue = deque([anchor])
    while queue:
        node = queue.popleft()
        for role, other in sorted(both[node], key=lambda end: end[1]):
            if other not in order:
                order[other] = len(order)
                fill = fills.get(other, graph.keys[other])
                steps.append(Step(order[node], "is" if role == "^is" else role, order[other], fill))
                queue.append(other)
    return fills.get(anchor, graph.keys[anchor]), tuple(steps)


def _sides(prop: Property, phrase: str, ontology: Ontology) -> tuple[frozenset[str], frozenset[str]]:
    """Domain and range, narrowed where the phrase names a class behind a slot."""
    by_local = {cls.local: iri for iri, cls in ontology.classes.items()}
    asked = {slot: by_local[cls] for slot, cls in _SLOT.findall(phrase) if cls in by_local}
    return (
        frozenset([asked[SUBJECT]]) if SUBJECT in asked else prop.domain,
        frozenset([asked[OBJECT]]) if OBJECT in asked else prop.range,
    )
