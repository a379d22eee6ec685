"""What a proposer finds, tied to the words of the text: mentions, evidence, stance and speaker.

A proposer may be a trained model or a language model; it names words, and all the rest is looked up in the text here.
"""

from __future__ import annotations

from kg.extract.grounding.mentions import name_at
from kg.extract.grounding.passage import Passage, passages_of, places_of_quote, places_of_words
from kg.extract.grounding.relation import Found, Place, related
from kg.extract.grounding.saying import is_stance
from kg.extract.grounding.together import together

__all__ = [
    "Found",
    "Passage",
    "Place",
    "is_stance",
    "name_at",
    "passages_of",
    "places_of_quote",
    "places_of_words",
    "related",
    "together",
]
