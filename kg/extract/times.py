"""The dates of a sentence as times: when a clause holds, and whether it tells what is still to come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.arguments import Arguments
from kg.extract.graph import Graph
from kg.extract.match import Match
from kg.model import Mention, Parse, Value

DATES = frozenset(("date", "gYearMonth", "gYear"))
_YEAR = re.compile(r"[0-9]{4}")
# In the present tense these tell what is to come.
_MOVING = frozenset("go come arrive launch open start begin appear hit reach debut follow".split())


def dates_of(parse: Parse, mentions: Sequence[Mention]) -> frozenset[int]:
    """The tokens of a paragraph that belong to dates."""
    values = {m.span for m in mentions if m.value and m.value.datatype in DATES}
    if not values:
        return frozenset()
    return frozenset(i for i, span in enumerate(parse.spans) if any(span in value for value in values))


def time_of(graph: Graph, arguments: Arguments, anchor: int) -> Value | None:
    """When the clause says that it was so."""
    for token in graph.get(anchor, "when"):
        mention = arguments.at(token)
        if mention is not None and mention.value is not None and mention.value.datatype in DATES:
            return mention.value
    return None


def lies_ahead(graph: Graph, match: Match, mention: Mention, today: str) -> bool:
    """ "It goes on sale in November": in the present tense, with a date later than the document's, or one that lacks
    the year, so that it was taken for the last such month.
    """
    value = mention.value
    if value is None or value.datatype not in DATES or not today:
        return False
    anchor = match.tokens[0]
    if graph.parse.tags[anchor] not in ("VBZ", "VBP"):
        return False
    known = min(len(value.lexical), len(today))
    moves = graph.keys[anchor].partition("_")[0] in _MOVING
    return value.lexical[:known] > today[:known] or (moves and not _YEAR.search(mention.surface))
