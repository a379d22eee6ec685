"""Things of documents, made of where they are mentioned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import EntityMention, LocalEntity


def things(mentions: Iterable[EntityMention]) -> tuple[tuple[str, LocalEntity], ...]:
    """What an entity of these mentions is in each document, by the document's id."""
    found: defaultdict[str, list[EntityMention]] = defaultdict(list)
    for mention in mentions:
        found[mention.document].append(mention)
    return tuple(
        (document, LocalEntity("", (), tuple(m.span for m in here), tuple(m.named for m in here)))
        for document, here in found.items()
    )
