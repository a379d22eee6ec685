"""Lemmas by word and tag, each looked up once: the rules of a pipeline give a pair the same lemma every time."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.annotate.language import load_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_RULES = ("attribute_ruler", "lemmatizer")
# What the rules take for another word.
_CORRECTED = {"hopes": "hope", "hoped": "hope", "hoping": "hope", "having": "have"}


class Lemmas:
    """The lemmas of one pipeline. disabled: components that need not run over the text, as they are run here.

    nouns: the common nouns that the pipeline's dictionary has; none where it has no dictionary.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        by_rule = set(_RULES) <= set(nlp.pipe_names) and getattr(nlp.get_pipe("lemmatizer"), "mode", "") == "rule"
        self.disabled = list(_RULES) if by_rule else []
        self.nouns = _nouns(nlp)
        self._known: dict[tuple[str, str], str] = {}

    def of(self, doc: Doc, words: Sequence[str], tags: Sequence[str]) -> list[str]:
        """The lemma of each token of a Doc, in lower case; words and tags are those of its tokens."""
        if not self.disabled:
            return [_CORRECTED.get(token.lower_, token.lemma_.lower()) for token in doc]
        pairs = list(zip(words, tags, strict=True))
        self._learn(pair for pair in pairs if pair not in self._known)
        return [self._known[pair] for pair in pairs]

    def _learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        from spacy.tokens import Doc

        rules = [self._nlp.get_pipe(name) for name in self.disabled]
        for text, tag in dict.fromkeys(pairs):
            if tag == "NNP":
                self._known[text, tag] = text.lower()
                continue
            doc = Doc(self._nlp.vocab, words=[text], tags=[tag])
            for rule in rules:
                doc = rule(doc)
            self._known[text, tag] = _CORRECTED.get(text.lower(), doc[0].lemma_.lower())


def _nouns(nlp: Language) -> frozenset[str]:
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if "lemmatizer" in nlp.pipe_names else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset(lookups.get_table("lemma_index").get("noun", ()))


@functools.lru_cache(maxsize=4)
def lemmas_of(model: str) -> Lemmas:
    """The lemmas of a pipeline by its name or path, kept like the pipeline itself."""
    return Lemmas(load_model(model))
