"""What a document says: relations between mentions, each with its evidence and stance, and what was dropped and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kg.extract.rules import RuleExtractor
from kg.model import Annotation, Dropped, Parse, Relation
from kg.ontology import Ontology

__all__ = ["EXTRACTORS", "Extractor", "RuleExtractor"]


class Extractor(Protocol):
    """Proposes relations; whatever it proposes passes the same gate. notices: what it cannot use, for people."""

    version: str
    notices: tuple[str, ...]

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, and those that were dropped at once."""


EXTRACTORS: dict[str, Callable[[Ontology, Callable[[Sequence[str]], list[Parse]], str], Extractor]] = {
    "rules": RuleExtractor
}
