"""The words behind the statements: texts of documents, and where in them each statement is made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.view.citations import Citation, Passage
    from kg.view.content import Row

WHOLE = 2_000_000  # characters of all texts together up to which the page holds them whole
Piece = tuple[int, str]


@dataclass
class _Document:
    """A document and as much of its text as is at hand; offsets in it are made UTF-16 units, as JavaScript counts."""

    about: dict[str, str]
    pieces: list[Piece]
    whole: bool
    astral: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for begin, text in self.pieces:
            if not text.isascii() and max(text) > "\uffff":
                self.astral += [begin + place for place, letter in enumerate(text) if letter > "\uffff"]

    def units(self, offset: int) -> int:
        return offset + bisect_left(self.astral, offset) if self.astral else offset

    def holds(self, begin: int, quote: str) -> bool:
        """Whether the quote stands at its offset in one of the pieces."""
        place = bisect_left(self.pieces, (begin + 1,)) - 1
        if place < 0:
            return False
        start, text = self.pieces[place]
        return text.startswith(quote, begin - start)

    def block(self) -> dict[str, Any]:
        found: dict[str, Any] = {**self.about, "whole": self.whole}
        found["pieces"] = [[self.units(begin), text] for begin, text in self.pieces]
        if self.astral:
            found["astral"] = [self.units(offset) for offset in self.astral]
        return found


def texts(graph: nx.MultiDiGraph[str], statements: Sequence[Row], whole: Mapping[str, str]) -> dict[str, Any]:
    """Documents, evidence and mentions in columns.

    whole: texts of documents by id. Where they are not at hand, are too long together or are not those that were read,
    the sentences that state or mention something stand for them.
    """
    nodes = sorted(graph)
    mentions = [(place, mention) for place, node in enumerate(nodes) for mention in graph.nodes[node]["mentions"]]
    cited: list[Passage] = [citation for row in statements for citation in row.evidence]
    documents = _documents([*cited, *(mention for _, mention in mentions)], whole)
    number = {name: place for place, name in enumerate(documents)}
    found = {
        "documents": [document.block() for document in documents.values()],
        "mentions": {
            "entity": [place for place, _ in mentions],
            "named": [int(mention.named) for _, mention in mentions],
            **_spans([mention for _, mention in mentions], documents, number),
        },
    }
    return found | _evidence(statements, documents, number)


def _documents(cited: Iterable[Passage], whole: Mapping[str, str]) -> dict[str, _Document]:
    sentences: dict[str, dict[int, str]] = {}
    about: dict[str, dict[str, str]] = {}
    for found in cited:
        keys = {"id": found.document, "title": found.title, "source": found.source, "date": found.date}
        about.setdefault(found.document, {key: value for key, value in keys.items() if value})
        text = found.before + found.quote + found.after
        known = sentences.setdefault(found.document, {})
        begin = found.begin - len(found.before)
        known[begin] = max(known.get(begin, ""), text, key=len)
    fits = sum(len(whole.get(name, "")) for name in sentences) <= WHOLE
    documents: dict[str, _Document] = {}
    for name in sorted(sentences):
        text = whole.get(name, "") if fits else ""
        taken = bool(text) and all(text.startswith(sentence, begin) for begin, sentence in sentences[name].items())
        documents[name] = _Document(about[name], [(0, text)] if taken else _joined(sentences[name]), taken)
    return documents


def _joined(sentences: Mapping[int, str]) -> list[Piece]:
    """Sentences in their order, as one where they overlap; what contradicts what is there already is left out."""
    pieces: list[Piece] = []
    for begin, text in sorted(sentences.items()):
        if pieces:
            start, before = pieces[-1]
            if begin <= start + len(before):
                if before[begin - start :] == text[: start + len(before) - begin]:
                    pieces[-1] = (start, before + text[start + len(before) - begin :])
                continue
        pieces.append((begin, text))
    return pieces


def _spans(
    cited: Sequence[Passage], documents: Mapping[str, _Document], number: Mapping[str, int]
) -> dict[str, list[int]]:
    """Where the quotes and their sentences begin and end."""
    columns: dict[str, list[int]] = {name: [] for name in ("document", "begin", "end", "from", "to")}
    for found in cited:
        document = documents[found.document]
        begin, end = found.begin, found.begin + len(found.quote)
        offsets = (begin, end, begin - len(found.before), end + len(found.after))
        for name, offset in zip(("begin", "end", "from", "to"), offsets, strict=True):
            columns[name].append(document.units(offset))
        columns["document"].append(number[found.document])
    return columns


def _evidence(
    statements: Sequence[Row], documents: Mapping[str, _Document], number: Mapping[str, int]
) -> dict[str, Any]:
    pairs = [(place, citation) for place, row in enumerate(statements) for citation in row.evidence]
    cited = [citation for _, citation in pairs]
    speakers, rules = (
        sorted({name for name in names if name}) for names in (_each(cited, "speaker"), _each(cited, "rule"))
    )
    evidence = {
        "statement": [place for place, _ in pairs],
        **_spans(cited, documents, number),
        "confidence": [round(citation.confidence, 2) for citation in cited],
        "speaker": _numbers(_each(cited, "speaker"), speakers),
        "rule": _numbers(_each(cited, "rule"), rules),
        "time": _sparse(_each(cited, "time")),
        "place": _sparse(_each(cited, "place")),
    }
    lost = (None if documents[found.document].holds(found.begin, found.quote) else found.quote for found in cited)
    return {"evidence": evidence, "quotes": _sparse(lost), "speakers": speakers, "rules": rules}


def _each(cited: Sequence[Citation], name: str) -> Iterator[str | None]:
    return (getattr(citation, name) for citation in cited)


def _numbers(names: Iterable[str | None], ordered: Sequence[str]) -> list[int]:
    number = {name: place for place, name in enumerate(ordered)}
    return [-1 if name is None else number.get(name, -1) for name in names]


def _sparse(values: Iterable[str | None]) -> dict[str, str]:
    return {str(place): value for place, value in enumerate(values) if value}
