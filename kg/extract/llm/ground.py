"""From what a model proposes to a relation that stands in the text, or the reason why it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.extract.grounding import Found, Passage, Place, is_stance, places_of_quote, places_of_words, related
from kg.extract.llm.answers import Proposal
from kg.model import Dropped, Evidence, Relation, Span
from kg.ontology import Property

CONFIDENCE = 0.6
_LONGEST_SAID = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What proposals are read with. properties: by the names that the model was told. today: the document's date."""

    properties: Mapping[str, Property]
    rule: str
    today: str


def grounded(proposal: Proposal, passages: Sequence[Passage], reading: Reading) -> Relation | Dropped:
    """The relation that a proposal stands for, at the first place where it does; else why it stands at none.

    passages: the paragraphs that the model read, at least one.
    """
    prop = reading.properties.get(proposal.property)
    if prop is None:
        return _dropped(
            proposal, passages, reading, f"the ontology has no such property: {_short(proposal.property)!r}"
        )
    if not is_stance(proposal.stance):
        return _dropped(proposal, passages, reading, f"the model claims no known stance: {_short(proposal.stance)!r}")
    reason = ""
    for passage in passages:
        for quote in places_of_quote(proposal.quote, passage):
            found = _at(proposal, prop, passage, quote, reading)
            if isinstance(found, Relation):
                return found
            reason = reason or found
    reason = reason or f"the quote does not stand in the text: {_short(proposal.quote)!r}"
    return _dropped(proposal, passages, reading, reason)


def _at(proposal: Proposal, prop: Property, passage: Passage, quote: Span, reading: Reading) -> Relation | str:
    place = _placed(proposal, passage, quote)
    if isinstance(place, str):
        return place
    found = Found(reading.rule, CONFIDENCE, proposal.stance, reading.today)
    return related(passage, place, prop, found)


def _placed(proposal: Proposal, passage: Passage, quote: Span) -> Place | str:
    """The sentence that holds the quote, or of several the one with the shortest part that holds both arguments."""
    parts = [(_shared(quote, sentence), sentence) for sentence in passage.sentences if quote.overlaps(sentence)]
    if not parts:
        return "the quote holds no words"
    if len(parts) == 1:
        part, sentence = parts[0]
        found = _nearest(proposal, passage, [part, sentence, passage.span])
        if isinstance(found, str):
            return found
        if not any(span in sentence for span in found):
            return "neither subject nor object stands in the sentence of the quote"
        return Place(*found, part, sentence)
    places = []
    for part, sentence in parts:
        found = _nearest(proposal, passage, [part])
        if not isinstance(found, str):
            both = Span(min(s.begin for s in found), max(s.end for s in found))
            places.append((both.end - both.begin, Place(*found, both, sentence)))
    if not places:
        return "the quote runs over several sentences, and none of them holds both subject and object"
    return min(places, key=lambda pair: (pair[0], pair[1].evidence))[1]


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.begin, other.begin), min(one.end, other.end))


def _nearest(proposal: Proposal, passage: Passage, where: Sequence[Span]) -> tuple[Span, Span] | str:
    """Of all places of subject and object, the two that are nearest to each other and no part of one another."""
    subjects = places_of_words(proposal.subject, passage, where)
    if not subjects:
        return f"the subject does not stand in the paragraph: {_short(proposal.subject)!r}"
    objects = places_of_words(proposal.object, passage, where)
    if not objects:
        return f"the object does not stand in the paragraph: {_short(proposal.object)!r}"
    pairs = [pair for pair in product(subjects, objects) if pair[0] != pair[1]]
    if not pairs:
        return "subject and object are the same words"
    return min(pairs, key=lambda p: (p[0].overlaps(p[1]), max(p[0].begin, p[1].begin) - min(p[0].end, p[1].end), p))


def _dropped(proposal: Proposal, passages: Sequence[Passage], reading: Reading, reason: str) -> Dropped:
    """With the sentence that it seems to be about: that of the quote, else of the subject, object, else the first."""
    passage, sentence = _about(proposal, passages)
    prop = reading.properties.get(proposal.property)
    return Dropped(
        _short(proposal.subject),
        prop.iri if prop else _short(proposal.property),
        _short(proposal.object),
        Evidence(sentence, sentence.of(passage.text), sentence),
        reading.rule,
        reason,
    )


def _about(proposal: Proposal, passages: Sequence[Passage]) -> tuple[Passage, Span]:
    for words in (proposal.quote, proposal.subject, proposal.object):
        for passage in passages:
            found = places_of_quote(words, passage)
            for sentence in passage.sentences:
                if found and found[0].overlaps(sentence):
                    return passage, sentence
    return passages[0], passages[0].sentences[0]


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_SAID else words[:_LONGEST_SAID] + "..."
