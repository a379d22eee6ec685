"""Quotations in running text and who says them: "...," said NAME."""

from __future__ import annotations

from kg.extract.arguments import Arguments
from kg.extract.graph import SAYING, Graph
from kg.model import Span

_OPEN, _CLOSE = frozenset('“"„«'), frozenset('”"“»')


def quotations(graph: Graph, arguments: Arguments) -> list[tuple[Span, str]]:
    """Spans between quotation marks that are long enough to be speech, with the speaker's name ("" if unknown).

    The speaker of a paragraph's first attributed quotation speaks in its other quotations, too.
    """
    spans = _quoted(graph)
    if not spans:
        return []
    speaker = ""
    for i, key in enumerate(graph.keys):
        if key in SAYING and graph.is_verb(i):
            for subject in graph.get(i, "subj"):
                mention = arguments.named(subject)
                if mention is not None and not speaker:
                    speaker = mention.surface
    return [(span, speaker) for span in spans]


def _quoted(graph: Graph) -> list[Span]:
    found, begin, first = [], None, 0
    for i, word in enumerate(graph.parse.words):
        if begin is None and word in _OPEN:
            begin, first = graph.parse.spans[i].end, i
        elif begin is not None and word in _CLOSE:
            if i - first > 4:
                found.append(Span(begin, graph.parse.spans[i].begin))
            begin = None
    if begin is not None and len(graph.parse.words) - first > 4:
        found.append(Span(begin, graph.parse.spans[-1].end))
    return found
