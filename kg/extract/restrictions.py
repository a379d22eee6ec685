"""Selectional restrictions: which mentions may fill the slots of a wording, and why others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.arguments import KIND, Arguments
from kg.extract.frames import Frame
from kg.extract.times import DATES
from kg.lexicon import is_place, supersenses
from kg.model import Mention, Value
from kg.ontology import Ontology, Property

_FEW = 0.08
_ACCEPTED = {"decimal": ("decimal", "integer"), "integer": ("integer",)}


class Restrictions:
    """What the classes of an ontology let stand in the slots of its wordings."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._nouns_of = {iri: frozenset(c.nouns) for iri, c in ontology.classes.items()}
        self._senses = {iri: _senses(c.nouns) for iri, c in ontology.classes.items()}
        self._told = set().union(*self._senses.values())

    def stand_alone(self, prop: Property, frame: Frame, subject: Mention, obj: Mention) -> bool:
        """Whether the two are plain enough for a wording that has no word of its own, such as "?s of ?o".

        A reference is, too, if its noun says of which class the thing is: "the Lisbon brewery". A preposition between
        a class that the wording asks for and a phrase is enough: "?s:Product with ?o".
        """
        plain = ("name", "value", "pronoun")
        if frame.domain < prop.domain and frame.steps[0].role.startswith("prep:"):
            wanted = set().union(*(self._senses.get(iri, set()) for iri in frame.range))
            means = obj.kind == "phrase" and bool(wanted & set(supersenses(obj.head)))
            return subject.kind in ("name", "nominal") and (means or obj.kind == "name")
        if obj.kind not in plain or "name" not in (subject.kind, obj.kind):
            return False
        told = subject.kind == "nominal" and any(subject.head in self._nouns_of.get(iri, ()) for iri in frame.domain)
        return subject.kind in plain or told

    def unfit(self, side: str, mention: Mention, allowed: frozenset[str], asked: bool) -> str | None:
        """Why the kind of mention cannot fill the slot; types are decided later, over the whole document.

        asked: whether the phrase names the class that it wants there.
        """
        classes = [c for c in map(self._ontology.classes.get, allowed) if c]
        if (
            asked
            and mention.annotator == KIND
            and any(c.by_kind and set(supersenses(mention.head)) & self._senses[c.iri] for c in classes)
        ):
            return None
        kin = {iri for c in classes for iri in c.ancestors}
        places = any("GPE" in c.ner_labels for c in map(self._ontology.classes.get, kin) if c)
        elsewhere = asked and mention.kind == "name" and not places
        if elsewhere and is_place(mention.surface):
            return f"the {side} is a place, the wording asks for a thing of another class"
        if mention.kind == "phrase" and classes and not any(c.by_phrase or c.by_noun for c in classes):
            return f"the {side} is a description, the wording asks for a name"
        if mention.kind == "name" and classes and not any(c.by_name for c in classes):
            return f"the {side} is a name, the wording asks for a description"
        if asked and mention.kind == "phrase" and classes:
            wanted = set().union(*(self._senses[c.iri] for c in classes))
            called = any(mention.head in self._nouns_of.get(c.iri, ()) for c in classes)
            if wanted and not called and not wanted & set(supersenses(mention.head)):
                return "a phrase whose noun is not known to mean such a thing"
        if mention.kind == "phrase" and classes and mention.score == 1.0:
            senses = set(supersenses(mention.head)) & self._told
            if senses and not any(senses & self._senses[c.iri] for c in classes):
                return f"the {side} means a thing of another kind ({', '.join(sorted(senses))})"
        return None


def object_of(prop: Property, arguments: Arguments, token: int, *, rank: int) -> Mention | None:
    """The mention at a token, if a property may have such an object. rank: of a wording made of a label, else 0."""
    if prop.datatype is None:
        code = arguments.code(token) if rank else None
        return arguments.named(token) or arguments.reference(token) or code
    mention = arguments.at(token)
    if mention is None or mention.value is None:
        return None
    kind = mention.value.datatype
    fits = kind in DATES if prop.datatype == "date" else kind in _ACCEPTED.get(prop.datatype, (prop.datatype,))
    if rank and kind == "gYear" and prop.datatype in _ACCEPTED:  # "a density of 1604"
        return replace(mention, value=Value(mention.value.lexical, "integer"))
    if prop.datatype == "string":
        fits = mention.annotator == "post" and bool(prop.value_nouns)
    return mention if fits else None


def _senses(nouns: Sequence[str]) -> set[str]:
    """The supersenses that more than a few of a class's nouns have."""
    counts = Counter(kind for noun in nouns for kind in supersenses(noun)[:1])
    return {kind for kind, count in counts.items() if count >= max(1, len(nouns) * _FEW)}
