"""The words behind the statements: texts of documents, and where in them each statement is made."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.view.citations import Described, Passage
    from kg.view.shown import Row, Shown

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
            if len(text) * 2 < len(text.encode("utf-16-le", "surrogatepass")):
                self.astral += [begin + place for place, letter in enumerate(text) if letter > "\uffff"]

    def units(self, offset: int) -> int:
        return offset + bisect_left(self.astral, offset) if self.astral else offset

    def holds(self, begin: int, quote: str) -> bool:
        """Whether the quote stands at its offset in one of the pieces."""
        if self.whole:
            return self.pieces[0][1].startswith(quote, begin)
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


def texts(seen: Shown, whole: Mapping[str, str]) -> dict[str, Any]:
    """Documents, evidence and mentions in columns.

    whole: texts of documents by id. Where they are not at hand, are too long together or are not those that were read,
    the sentences that state or mention something stand for them.
    """
    statements = seen.rows
    mentions = [(place, one) for place, entity in enumerate(seen.entities.values()) for one in entity.mentions]
    cited: list[Passage] = [citation for row in statements for citation in row.evidence]
    documents = _documents([*cited, *(mention for _, mention in mentions)], whole, seen.sound)
    number = {name: place for place, name in enumerate(documents)}
    found = {
        "documents": [document.block() for document in documents.values()],
        "mentions": {
            "entity": [place for place, _ in mentions],
            "named": [int(mention.named) for _, mention in mentions],
            **_spans([mention for _, mention in mentions], documents, number),
        },
    }
    return found | _evidence(statements, documents, number, seen.sound)


def _documents(cited: Sequence[Passage], whole: Mapping[str, str], sound: Container[str]) -> dict[str, _Document]:
    """The documents that are cited, by id.

    sound: of which it is known that all of their sentences and quotes stand in their texts.
    """
    about: dict[str, Described] = {}
    for found in cited:
        about.setdefault(found.described.id, found.described)
    texts = {name: whole.get(name, "") for name in sorted(about)}
    if sum(map(len, texts.values())) > WHOLE:
        texts = dict.fromkeys(texts, "")
    doubtful = {name for name, text in texts.items() if not text or name not in sound}
    sentences = _sentences(found for found in cited if found.described.id in doubtful)
    documents: dict[str, _Document] = {}
    for name, text in texts.items():
        said = sentences.get(name, {})
        taken = bool(text) and all(text.startswith(sentence, begin) for begin, sentence in said.items())
        documents[name] = _Document(_told(about[name]), [(0, text)] if taken else _joined(said), taken)
    return documents


def _sentences(cited: Iterable[Passage]) -> dict[str, dict[int, str]]:
    """By document where sentences begin, and their texts."""
    sentences: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for found in cited:
        known = sentences[found.described.id]
        known[found.first] = max(known.get(found.first, ""), found.sentence, key=len)
    return sentences


def _told(described: Described) -> dict[str, str]:
    found = {"id": described.id, "title": described.title, "source": described.source, "date": described.date}
    return {key: value for key, value in found.items() if value}


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
    begin, first = [found.begin for found in cited], [found.first for found in cited]
    columns = {
        "document": [number[found.described.id] for found in cited],
        "begin": begin,
        "end": [place + len(found.quote) for place, found in zip(begin, cited, strict=True)],
        "from": first,
        "to": [place + len(found.sentence) for place, found in zip(first, cited, strict=True)],
    }
    astral = {name: document for name, document in documents.items() if document.astral}
    for place, found in enumerate(cited if astral else ()):
        if found.described.id in astral:
            for name in ("begin", "end", "from", "to"):
                columns[name][place] = astral[found.described.id].units(columns[name][place])
    return columns


def _evidence(
    statements: Sequence[Row], documents: Mapping[str, _Document], number: Mapping[str, int], sound: Container[str]
) -> dict[str, Any]:
    cited = [citation for row in statements for citation in row.evidence]
    speaker, rule = [citation.speaker for citation in cited], [citation.rule for citation in cited]
    speakers, rules = (sorted({name for name in names if name}) for names in (speaker, rule))
    evidence = {
        "statement": [place for place, row in enumerate(statements) for _ in row.evidence],
        **_spans(cited, documents, number),
        "confidence": [round(citation.confidence, 2) for citation in cited],
        "speaker": _numbers(speaker, speakers),
        "rule": _numbers(rule, rules),
        "time": _sparse(citation.time for citation in cited),
        "place": _sparse(citation.place for citation in cited),
    }
    held = {name for name, document in documents.items() if document.whole and name in sound}
    lost = (
        None
        if found.described.id in held or documents[found.described.id].holds(found.begin, found.quote)
        else found.quote
        for found in cited
    )
    return {"evidence": evidence, "quotes": _sparse(lost), "speakers": speakers, "rules": rules}


def _numbers(names: Iterable[str | None], ordered: Sequence[str]) -> list[int]:
    number: dict[str | None, int] = {name: place for place, name in enumerate(ordered)}
    return [number.get(name, -1) for name in names]


def _sparse(values: Iterable[str | None]) -> dict[str, str]:
    return {str(place): value for place, value in enumerate(values) if value}
