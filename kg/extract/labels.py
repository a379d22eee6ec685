"""Wordings that a property's label stands for, where an ontology gives no phrases.

A label has one of a few grammatical shapes: a noun ("leader", "birth place", "runway length"), a noun with a
preposition ("member of"), a participle ("designed by"), a verb ("serves"). Each shape has its wordings; the label's
head noun adds those that say the same in other words (`kg.extract.relational`), by rule where it is made of a verb
("illustrator", "illustrate"). Which of several properties a wording means is left to the classes of subject and object.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.relational import (
    DATED,
    EVENTS,
    FROM,
    NEXT_TO,
    NO_AGENTS,
    NOUNS,
    PLACES,
    QUANTITIES,
    UNITS,
    WHERE,
    american,
)
from kg.ontology import Ontology, Property

_PREPOSITIONS = frozenset("of in by at to for from with on as into over under after before".split())
_AUXILIARIES = frozenset("is was are were be has have had".split())
_PARTICLES = frozenset("a an the".split())
_TIMES = frozenset("date year time day".split())
_UNSAID = frozenset((*NEXT_TO, *FROM, "?s is ?o", "?s was ?o", "?s has ?o"))
_HOLDING = frozenset("member part capital owner subject seat present".split())
_HELD = frozenset("held won spoken written given known taught".split())
_NAMING = frozenset(("name",))
_AGENTS = frozenset("company organisation organization firm studio agency institution person".split())


OWN, WHOLE, HEAD = 1, 2, 3


def wordings(prop: Property, ontology: Ontology) -> Iterator[tuple[str, int]]:
    """Phrases with ?s and ?o for a property known by its labels alone, each once, with the distance from the label.

    1: the label's own words; 2: what says the same as the whole label; 3: what follows from its head noun alone.
    """
    best: dict[str, int] = {}
    for label in prop.labels:
        for phrase, rank in _of_label(label.lower().split(), prop, ontology):
            if not (prop.range or prop.datatype) and phrase in _UNSAID:
                continue  # with no class to decide, a wording of no word of its own would fit everything
            for spelled in (phrase, american(phrase)):
                best[spelled] = min(rank, best.get(spelled, rank))
    yield from best.items()


def _of_label(words: list[str], prop: Property, ontology: Ontology) -> Iterator[tuple[str, int]]:
    words = [w for w in words if w not in _PARTICLES] or words
    if words[0] in _AUXILIARIES:
        if len(words) == 1:
            return
        yield f"?s {' '.join(words)} ?o", OWN
        words = words[1:]
    if prop.datatype in ("integer", "decimal", "amount"):
        yield from _measured(words)
    elif prop.datatype == "date":
        yield from _date(words)
    elif words[-1] in _PREPOSITIONS:
        yield from _with_preposition(words)
    elif len(words) > 2 and words[1] in _PREPOSITIONS and (words[0] in _HOLDING or words[0].endswith("ed")):
        # "located in the district", "member of political party": what stands behind says what kind of object it is
        yield from ((phrase, max(rank, WHOLE)) for phrase, rank in _with_preposition(words[:2]))
    elif len(words) == 1 and _is_verb_form(words[0]):
        yield from ((phrase, OWN) for phrase in _verb(words[0]))
    else:
        if len(words) > 1 and (words[-1] in _HELD or words[-1].endswith("ed")):
            words = words[:-1]  # "position held", "award received": the noun says it
        yield from ((phrase, OWN) for noun in _variants(words) for phrase in _noun_wordings(noun))
        if _is_place(prop, ontology):
            ways = ("?s's {} is in ?o", "?s's {} is at ?o", "?s's {} is located in ?o", "?s has its {} in ?o")
            yield from ((way.format(noun), OWN) for noun in _variants(words) for way in ways)
        if len(words) > 1 and words[0].endswith("ed"):  # "associated firm", "related product"
            yield from ((f"?s is {words[0]} {preposition} ?o", WHOLE) for preposition in ("with", "to"))
        yield from _meaning(words, prop, ontology)


def _is_verb_form(word: str) -> bool:
    """Whether a single word is more likely a verb than a noun: "serves", "employs", "designed", "breached"."""
    third = word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and word not in _PLURALS
    return third or word.endswith("ed")


_PLURALS = frozenset("characters awards champions products members languages headquarters series lyrics".split())


def _verb(word: str) -> Iterator[str]:
    yield f"?s {word} ?o"
    if word.endswith("ed"):
        yield f"?s is {word} ?o"
    else:
        yield from _noun_wordings(word)


def _with_preposition(words: list[str]) -> Iterator[tuple[str, int]]:
    """ "member of", "located in", "designed by", "part of"."""
    label = " ".join(words)
    yield f"?s is {label} ?o", OWN
    if words[-1] != "by":
        yield f"?s , {label} ?o", OWN
        yield f"?s {label} ?o", OWN
    if not words[0].endswith(("ed", "en")):
        yield f"?s is a {label} ?o", OWN
    if words[:1] == ["located"] or words in (["part", "of"], ["situated", "in"]):
        yield from ((phrase, WHOLE) for phrase in ("?s is a part of ?o", "?s belongs to ?o"))
        yield from ((phrase, HEAD) for phrase in WHERE)
    if len(words) == 2 and words[1] == "of" and words[0] in NOUNS:
        yield from ((_turned(phrase), WHOLE) for phrase in NOUNS[words[0]])


def _turned(phrase: str) -> str:
    return phrase.replace("?s", "?x").replace("?o", "?s").replace("?x", "?o")


def _variants(words: list[str]) -> Iterator[str]:
    """The noun phrase itself, "place of birth" for "birth place" and the reverse, and without "name"."""
    yield " ".join(words)
    if len(words) > 1 and words[-1] in _NAMING:
        yield " ".join(words[:-1])
    if "of" in words[1:-1]:
        at = words.index("of")
        yield " ".join(words[at + 1 :] + words[:at])
    elif len(words) == 2:
        yield f"{words[1]} of {words[0]}"
        if words[0] in EVENTS and words[1] == "place":
            yield f"{words[0]}place"


def _noun_wordings(noun: str) -> Iterator[str]:
    yield f"?s's {noun} is ?o"
    yield f"?o is the {noun} of ?s"
    yield f"?s's {noun} ?o"
    yield f"?s has the {noun} ?o"
    yield f"?s has ?o as its {noun}"
    yield f"?s has a {noun} called ?o"
    yield f"In ?s the {noun} is ?o"
    yield f"?o is the {noun} for ?s"
    yield f"?o is the {noun} in ?s"
    yield f"?o is the {noun} at ?s"
    yield f"The ?s {noun} is ?o"
    yield f"The name of the {noun} of ?s is ?o"
    yield f"?s's {noun} name is ?o"


def _meaning(words: list[str], prop: Property, ontology: Ontology) -> Iterator[tuple[str, int]]:
    """What says the same without the label's own words."""
    label = " ".join(words)
    head, first = _singular(words[-1]), words[0]
    if "of" in words[1:-1]:
        at = words.index("of")
        head, first = _singular(words[at - 1]), words[at + 1]
    known = NOUNS.get(label) or NOUNS.get(" ".join([*words[:-1], head]))
    if known:
        yield from ((phrase, WHOLE) for phrase in known)
    elif label in EVENTS or (len(words) > 1 and first in EVENTS and head in PLACES):
        clauses = EVENTS[label if label in EVENTS else first]
        yield from ((f"{clause} {at} ?o", WHOLE) for clause in clauses for at in ("in", "at", "on"))
    elif len(words) > 1 and head in _AGENTS and (verb := _verb_of(first)):
        yield f"?o {verb} ?s", WHOLE
    elif (
        head in PLACES
        and (prop.range or head in ("location", "place"))
        and (len(words) == 1 or first in ("country", "current", "home"))
    ):
        yield from _whereabouts(head, prop, ontology)
    elif head in NOUNS:
        yield from ((phrase, HEAD) for phrase in NOUNS[head])
    elif verb := _agent_verb(head):
        yield f"?o {verb} ?s", HEAD if len(words) > 1 else WHOLE


def _is_place(prop: Property, ontology: Ontology) -> bool:
    """Whether the object is a place or a building, by the classes of the range."""
    allowed = [c for iri, c in ontology.classes.items() if iri in prop.range]
    return any({"GPE", "LOC", "FAC"} & set(c.ner_labels) for c in allowed)


def _whereabouts(noun: str, prop: Property, ontology: Ontology) -> Iterator[tuple[str, int]]:
    """Where a thing is; in a place of the kind that the noun names, if the ontology has a class of that name."""
    narrower = [
        c.local
        for c in ontology.classes.values()
        if noun in c.nouns and c.ancestors & prop.range - {c.iri} and prop.range
    ]
    yield from ((f"?s {verb} in the ?o {noun}", OWN) for verb in ("is", "lies", "is located", "is found"))
    yield f"?s comes from the ?o {noun}", OWN
    for phrase in (*WHERE, *NEXT_TO, *(FROM if noun != "location" else ())):
        rank = HEAD if phrase in NEXT_TO else WHOLE
        yield from ((phrase.replace("?o", f"?o:{local}"), rank) for local in narrower)
        if not narrower and phrase not in NEXT_TO:
            yield phrase, rank


def _verb_of(modifier: str) -> str | None:
    """The verb of an event noun or participle before a noun for who does it: "production company", "operating"."""
    if modifier in EVENTS:
        return next(
            (clause.split()[2] for clause in EVENTS[modifier] if clause.startswith("?s was ") and " " in clause), None
        )
    if modifier.endswith("ing") and len(modifier) > 5:
        return _past(modifier[:-3])
    return None


def _agent_verb(noun: str) -> str | None:
    """The past of the verb that a noun in -er or -or is made of; None where it is made of none."""
    if noun in NO_AGENTS or len(noun) < 5 or not noun.endswith(("er", "or")):
        return None
    return _past(noun[:-2])


def _past(stem: str) -> str:
    """The regular past of a verb by what is left without its ending: "produc" - "produced", "carri" - "carried"."""
    return stem + "ed"


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y" if word != "series" else word
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _date(words: list[str]) -> Iterator[tuple[str, int]]:
    """ "birth date", "year of construction", "established", "maiden flight"."""
    label = " ".join(words)
    if len(words) == 1 and words[0].endswith("ed"):
        yield f"?s was {label} in ?o", OWN
        return
    yield from ((phrase, OWN) for noun in _variants(words) for phrase in _value_wordings(noun))
    if not set(words) & _TIMES:
        yield from ((phrase, OWN) for phrase in _value_wordings(f"{label} date"))
    timed = [w for w in words if w in _TIMES]
    rest = [w for w in words if w not in (*_TIMES, "of", "start", "end", "first", "last")]
    if not timed:
        yield from (
            (f"{way} ?o", OWN) for way in (f"?s's {label} was in", f"?s's {label} was on", f"?s made its {label} in")
        )
    elif rest:
        yield f"?s's {' '.join(rest)} was in ?o", OWN
        yield f"?s has the {' '.join(rest)} of ?o", OWN
    side = "began" if "start" in words else "ended" if "end" in words else ""
    for word in rest:
        if side and len(rest) == 1:
            yield f"The {word} of ?s {side} in ?o", OWN
        yield from ((f"{clause} in ?o", WHOLE) for clause in EVENTS.get(word, ()) if not side)
        if word in DATED and not side:
            yield "?s is a ?o *", HEAD


def _value_wordings(noun: str) -> Iterator[str]:
    yield f"?s's {noun} is ?o"
    yield f"?s has a {noun} of ?o"
    yield f"?s , with a {noun} of ?o"
    yield f"?o is the {noun} of ?s"


def _measured(words: list[str]) -> Iterator[tuple[str, int]]:
    """A quantity; the unit at the label's end ("height in metres") stands behind the number or nowhere."""
    kept = list(words)
    while len(kept) > 1 and (kept[-1].strip("()") in UNITS or kept[-1] == "in"):
        kept.pop()
    unit = words[-1].strip("()") if kept != words else ""
    for phrase, rank in _quantity(kept):
        if not unit:
            yield phrase, rank
        elif "?o *" in phrase:
            yield from ((phrase.replace("?o *", f"?o {form}"), rank) for form in UNITS[unit])
        else:
            yield phrase, max(rank, WHOLE)


def _quantity(words: list[str]) -> Iterator[tuple[str, int]]:
    """ "runway length", "number of members", "floor count", "area total", "population density"."""
    label = " ".join(words)
    counted = None
    if words[:2] == ["number", "of"] and len(words) > 2:
        counted = " ".join(words[2:])
    elif words[-1] in ("count", "number", "size") and len(words) > 1:
        counted = " ".join(words[:-1])
    nouns = {label: OWN}
    if words[-1] in ("total", "size", "count", "average") and len(words) > 1:
        nouns |= {f"{words[-1]} {' '.join(words[:-1])}": OWN, " ".join(words[:-1]): WHOLE}
    if len(words) == 3 and words[1] == "of":
        nouns[f"{words[2]} {words[0]}"] = OWN
    elif len(words) > 2 and words[1] in ("above", "at"):
        nouns[words[0]] = WHOLE
    yield from ((phrase, rank) for noun, rank in nouns.items() for phrase in _number_wordings(noun))
    if counted:
        yield f"?s has ?o {_plural(counted)}", OWN
        yield f"There are ?o {_plural(counted)} in ?s", OWN
        yield f"?s , with ?o {_plural(counted)}", OWN
    for word in dict.fromkeys([label, words[0], words[-1]]):
        yield from ((phrase, WHOLE if word == label else HEAD) for phrase in QUANTITIES.get(word, ()))


def _number_wordings(noun: str) -> Iterator[str]:
    yield from _value_wordings(noun)
    yield f"?s's {noun} is ?o *"
    yield f"?s has a {noun} of ?o *"
    yield f"?s , with a {noun} of ?o *"
    yield f"?o * is the {noun} of ?s"
    yield f"?s's {noun} of ?o"
    yield f"The ?s {noun} is ?o"
    yield f"The {noun} at ?s is ?o"
    yield f"The {noun} for ?s is ?o"
    yield f"In ?s the {noun} is ?o"
    yield f"?s has the {noun} ?o"
    yield f"?s has a ?o * {noun}"


def _plural(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
