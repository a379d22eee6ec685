"""Paragraphs and their parses: the one place where spaCy's objects are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.annotate.inference import RECOGNISER, run
from kg.annotate.lemmas import Lemmas
from kg.annotate.speakers import Turn
from kg.model import Parse, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A line without a full stop before a line break is a heading or a list item and is read by itself.
_LINE = re.compile(r"[^\n]+")
_LIST_MARK = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+")
# "Lisbon, 3 May 2019 – ": where and when, before the first sentence of a press release.
_DATE = r"(?:\d{1,2}\.? [A-Z][a-z]+\.?(?: \d{4})?|[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)"
_DATELINE = re.compile(
    rf"(?:(?:[A-ZÀ-Þ][\w .'’-]{{1,30}},? ?(?:[A-Z(][\w .()]{{1,24}},? ?)?)?{_DATE}"
    rf"|[A-ZÀ-Þ]{{3,}}(?:[ -][A-ZÀ-Þ]+){{0,2}}(?:, [A-Z][\w .]{{2,24}})?(?:,? {_DATE})?)\s*[–—-]+\s+(?=\S)"
)
_LONGEST = 20_000
_TEXTS: list[int | str] = ["ORTH", "TAG", "DEP"]
_NUMBERS: list[int | str] = ["HEAD", "SENT_START", "IDX", "LENGTH", "IS_SPACE"]
_HEAD, _SENT_START, _IDX, _LENGTH, _IS_SPACE = range(len(_NUMBERS))
_ENDS = (".", "!", "?", ":", ";", ",", '."', ".”", '?"', "?”")


def blocks(text: str, turns: Sequence[Turn]) -> list[tuple[Span, str, str]]:
    """Paragraphs, headings and list items as (span, role, speaker), in order; labels of speakers stand outside."""
    found: list[tuple[Span, str, str]] = []
    for turn in turns or (Turn(Span(0, len(text)), "", "narration"),):
        begin = turn.span.begin
        for part in re.split(r"(\n[ \t]*\n)", turn.span.of(text)):
            spans = [s for line in _lines(part, begin) for dated in _dated(line, text) for s in _short(dated, text)]
            found += [(span, turn.role, turn.label) for span in spans]
            begin += len(part)
    return found


def _lines(paragraph: str, offset: int) -> Iterator[Span]:
    """One span for running text over several lines, one for each line of a list."""
    lines = list(_LINE.finditer(paragraph))
    pending: list[re.Match[str]] = []
    for line in lines:
        starts_item = _LIST_MARK.match(line[0])
        short_before = (
            pending
            and not pending[-1][0].rstrip().endswith(_ENDS)
            and line[0][:1].isupper()
            and len(pending[-1][0]) < 60
        )
        if pending and (starts_item or short_before):
            yield _stripped(pending, paragraph, offset)
            pending = []
        pending.append(line)
    if pending:
        yield _stripped(pending, paragraph, offset)


def _dated(span: Span, text: str) -> Iterator[Span]:
    """A dateline and what follows it, or the whole."""
    match = _DATELINE.match(text, span.begin, span.end)
    if match is None:
        yield span
        return
    yield Span(span.begin, span.begin + len(match[0].rstrip(" –—-")))
    yield Span(match.end(), span.end)


def _short(span: Span, text: str) -> Iterator[Span]:
    """The span itself, or pieces that a parser can hold, cut at white space."""
    while span.end - span.begin > _LONGEST:
        cut = text.rfind(" ", span.begin + 1, span.begin + _LONGEST)
        cut = cut if cut > 0 else span.begin + _LONGEST
        yield Span(span.begin, cut)
        span = Span(cut + (text[cut] == " "), span.end)
    yield span


def _stripped(lines: Sequence[re.Match[str]], paragraph: str, offset: int) -> Span:
    begin, end = lines[0].start(), lines[-1].end()
    mark = _LIST_MARK.match(lines[0][0])
    begin += mark.end() if mark else 0
    text = paragraph[begin:end]
    begin += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip()) if text.strip() else 0
    return Span(offset + begin, offset + end)


def parse(nlp: Language, lemmas: Lemmas, text: str, turns: Sequence[Turn]) -> tuple[Parse, ...]:
    """Every paragraph of a document, parsed; batches never cross documents, so that results do not depend on others."""
    parts = [part for part in blocks(text, turns) if part[0].of(text).strip()]
    docs = run(nlp, (span.of(text) for span, _, _ in parts), lemmas.disabled)
    return tuple(
        _parse(doc, lemmas, span.begin, role, label)
        for doc, (span, role, label) in zip(docs, parts, strict=True)
        if len(doc)
    )


def parse_phrases(nlp: Language, lemmas: Lemmas, phrases: Iterable[str]) -> list[Parse]:
    """Single sentences, such as the phrases of an ontology; their names are not looked for."""
    without = [*lemmas.disabled, *(name for name in (RECOGNISER,) if name in nlp.pipe_names)]
    return [_parse(doc, lemmas, 0, "narration", "") for doc in run(nlp, phrases, without)]


def _parse(doc: Doc, lemmas: Lemmas, offset: int, role: str, speaker: str) -> Parse:
    """The columns of a Doc without its white-space tokens; read as arrays, as tokens one by one cost more."""
    text = doc.vocab.strings
    columns: list[list[int]] = doc.to_array(_TEXTS).T.tolist()
    words, tags, deps = ([text[key] for key in column] for column in columns)
    rows: list[list[int]] = doc.to_array(_NUMBERS).astype("int64").tolist()
    known = lemmas.of(doc, words, tags)
    kept = [i for i, row in enumerate(rows) if not row[_IS_SPACE]]
    place = {i: n for n, i in enumerate(kept)}
    starts = [n for n, i in enumerate(kept) if rows[i][_SENT_START] == 1 or n == 0]
    return Parse(
        words=tuple(words[i] for i in kept),
        lemmas=tuple(known[i] for i in kept),
        tags=tuple(tags[i] for i in kept),
        deps=tuple(deps[i] for i in kept),
        heads=tuple(_head(rows, i, place) for i in kept),
        spans=tuple(Span(offset + rows[i][_IDX], offset + rows[i][_IDX] + rows[i][_LENGTH]) for i in kept),
        sentences=tuple(zip(starts, [*starts[1:], len(kept)], strict=True)) if kept else (),
        names=tuple(
            (place[inside[0]], place[inside[-1]] + 1, ent.label_)
            for ent in doc.ents
            if (inside := [i for i in range(ent.start, ent.end) if i in place])
        ),
        role=role,
        speaker=speaker,
    )


def _head(rows: Sequence[list[int]], i: int, place: Mapping[int, int]) -> int:
    """The place of the governing token; white space that governs is passed over."""
    head = i + rows[i][_HEAD]
    while head not in place and rows[head][_HEAD]:
        head += rows[head][_HEAD]
    return place.get(head, place[i])
