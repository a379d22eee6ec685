"""Who speaks where: the turns of an interview, with labels ("Q:", "NAME:") or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from kg.model import Span

Role = Literal["question", "answer", "narration"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one does.

    span: its words, without the label. label: as written, without colon or emphasis; "" where there is none.
    """

    span: Span
    label: str
    role: Role


@dataclass(frozen=True, slots=True)
class _Label:
    """A possible label: what it is compared by, where its line begins and where the words after it begin."""

    key: str
    text: str
    begin: int
    after: int


_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]*)*")
_CLOCK = r"(?:[\[(]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[\])]?[^\S\n]{1,3})?"
_ASIDE = r"(?:[^\S\n]?[(\[][^()\[\]\n]{1,60}[)\]])?"
_NAME = r"(?P<name>[^\W_][^\n:：*?!()\[\]]{0,50}?)"
# "Q:", "A.", "Q1 -", "Jane Doe:", "JD:", "**Jane Doe** ...", "Jane Doe (CEO):", "[00:12] JANE DOE:"
_LABELLED = re.compile(
    rf"^[^\S\n]{{0,8}}{_CLOCK}(?:"
    rf"(?P<mark>[*_]{{1,3}}){_NAME}{_ASIDE}[^\S\n]?[:：]?(?P=mark)[^\S\n]?[:：]?(?=\s)"
    rf"|(?P<short>[QA][0-9]{{0,2}})(?:[.:：)]|[^\S\n][-–—](?=[^\S\n]))"
    rf"|{_NAME.replace('name', 'plain')}{_ASIDE}[^\S\n]?(?::(?=[\s\"“«])|：)"
    r")[^\S\n]*",
    re.MULTILINE,
)
# A line that is a name and nothing else, with the speech below it.
_OWN_LINE = re.compile(r"^[^\S\n]{0,8}(?P<name>[^\W_][^\n:?!.,;()]{0,40})[^\S\n]{0,8}\n(?=\s{0,9}\S)", re.MULTILINE)

_PARTICLES = frozenset(
    ["de", "del", "della", "der", "den", "di", "da", "du", "la", "le", "van", "von", "al", "el", "bin"]
)
_NUMBERED = re.compile(r"^(question|answer)\s[0-9]+$")
_ASKERS = frozenset(["q", "question", "interviewer", "host", "moderator", "reporter"])
_REPLIERS = frozenset(["a", "answer"])
_OPENING = "\"“„«'‘「"
_CLOSING = "\"”“»'’」*_)"
_MAX_QUESTION_WORDS = 60
_MAX_TAIL_WORDS = 15
_TAIL = re.compile(
    r"(?:(?:about|contacts?|(?:press|media) contacts?|get in touch|further information|notes? (?:to|for) editors?|"
    r"share|related|read more|subscribe|follow|interview|photos?|images?)\b.*[^.!?…\s]\Z"
    r"|(?:this|the) (?:interview|conversation) )",
    re.IGNORECASE | re.DOTALL,
)


def find_turns(text: str, speakers: Sequence[str] = ()) -> list[Turn]:
    """The turns of an interview in order, or one turn of narration; nothing for an empty text.

    speakers: names that the document gives for those who speak in it.
    """
    paragraphs = _paragraphs(text)
    if not paragraphs:
        return []
    labels = _labels(text, speakers)
    turns = _labelled(text, labels) if labels else _unlabelled(text, paragraphs)
    return turns or [Turn(Span(paragraphs[0].begin, paragraphs[-1].end), "", "narration")]


def _paragraphs(text: str, begin: int = 0, end: int | None = None) -> list[Span]:
    """The paragraphs between two offsets, without white space around them."""
    limit = len(text) if end is None else end
    return [_trimmed(text, *match.span()) for match in _PARAGRAPH.finditer(text, begin, limit)]


def _trimmed(text: str, begin: int, end: int) -> Span:
    inner = text[begin:end]
    return Span(begin + len(inner) - len(inner.lstrip()), max(begin, begin + len(inner.rstrip())))


def _asks(text: str) -> bool:
    """Whether the words end in a question mark."""
    return text.rstrip().rstrip(_CLOSING).rstrip().endswith(("?", "？", "?!"))


def _labels(text: str, speakers: Sequence[str]) -> list[_Label]:
    """The labels that really are speakers: they recur or alternate, or are known, and somebody asks something."""
    known = _known(speakers)
    found = [label for match in _LABELLED.finditer(text) if (label := _label(match, known))]
    accepted = _accepted(text, found, known)
    if accepted:
        return accepted
    lines = [
        _Label(_key(match["name"]), match["name"].strip(), match.start(), match.end())
        for match in _OWN_LINE.finditer(text)
        if _namelike(match["name"]) and (match["name"].isupper() or _key(match["name"]) in known)
    ]
    return _accepted(text, lines, known) if len({label.key for label in lines}) > 1 else []


def _label(match: re.Match[str], known: frozenset[str]) -> _Label | None:
    raw = match["short"] or match["name"] or match["plain"]
    key = raw[0].lower() if match["short"] else _NUMBERED.sub(r"\1", _key(raw))
    if not match["short"] and key not in known and not _namelike(raw):
        return None
    return _Label(key, raw.strip(), match.start(), match.end())


def _key(name: str) -> str:
    return re.sub(r"[\s*_.]+", " ", name).strip().casefold()


def _namelike(label: str) -> bool:
    """Whether every word of the label begins as a name does; scripts without capitals always do."""
    words = label.replace("_", " ").split()
    named = all(not word[0].islower() or word in _PARTICLES for word in words)
    return named and 0 < len(words) <= 5 and not label[:1].isdigit() and not words[0][0].islower()


def _known(speakers: Sequence[str]) -> frozenset[str]:
    """Every way to write the speakers as labels: in full, first or last name, initials."""
    forms: set[str] = set()
    for name in speakers:
        words = [word for word in re.split(r"[\s.,]+", name) if word]
        if words:
            forms |= {_key(name), _key(words[0]), _key(words[-1]), "".join(word[0] for word in words).casefold()}
    return frozenset(forms)


def _accepted(text: str, found: Sequence[_Label], known: frozenset[str]) -> list[_Label]:
    counts: dict[str, int] = {}
    for label in found:
        counts[label.key] = counts.get(label.key, 0) + 1
    pair = len(counts) == 2 and len(found) == 2
    kept = [label for label in found if label.key in known or counts[label.key] > 1 or pair]
    if "q" not in counts:
        kept = [label for label in kept if label.key != "a"]
    if not kept:
        return []
    keys = {label.key for label in kept}
    shares = _shares(text, kept)
    if keys & known or (keys & _ASKERS and len(kept) > 1):
        return kept
    asking = any(share > 0 for share in shares.values())
    if len(keys) > 1 and asking:
        return kept
    if len(keys) > 1 or len(kept) < 2:
        return []
    replies = sum(_asks(text[max(0, label.begin - 12) : label.begin]) for label in kept)
    return kept if replies / len(kept) > 0.5 or max(shares.values()) > 0.5 else []


def _shares(text: str, labels: Sequence[_Label]) -> dict[str, float]:
    """For each label, how many of its turns end in a question mark, their first paragraph counted alone."""
    asked: dict[str, list[bool]] = {}
    for label, end in zip(labels, [*(after.begin for after in labels[1:]), len(text)], strict=True):
        first = _PARAGRAPH.search(text, label.after, end)
        asked.setdefault(label.key, []).append(bool(first) and _asks(first[0] if first else ""))
    return {key: sum(answers) / len(answers) for key, answers in asked.items()}


def _roles(text: str, labels: Sequence[_Label]) -> dict[str, Role]:
    """Who asks: the usual words for it, those who mostly ask, and whoever asks most; all others answer."""
    shares = _shares(text, labels)
    most = max(shares.values())
    first_most = next(label.key for label in labels if shares[label.key] == most)
    roles: dict[str, Role] = {}
    for key, share in shares.items():
        asks = share > 0.5 or (key == first_most and share > 0)
        roles[key] = "question" if key in _ASKERS or (asks and key not in _REPLIERS) else "answer"
    if len(roles) == 2 and set(roles.values()) == {"question"} and not roles.keys() <= _ASKERS:
        roles = {key: "question" if key == first_most else "answer" for key in roles}
    return roles


def _labelled(text: str, labels: Sequence[_Label]) -> list[Turn]:
    roles = _roles(text, labels)
    lone = len(roles) == 1
    intro = _paragraphs(text, 0, labels[0].begin)
    asked = intro[-1:] if lone and "answer" in roles.values() and intro and _asks(intro[-1].of(text)) else []
    turns = [Turn(span, "", "narration") for span in _joined(intro[: len(intro) - len(asked)])]
    turns += [Turn(span, "", "question") for span in asked]
    for label, end in zip(labels, [*(after.begin for after in labels[1:]), len(text)], strict=True):
        paragraphs = _paragraphs(text, label.after, end)
        tail = _tail_length(text, paragraphs) if end == len(text) else 0
        body, rest = paragraphs[: len(paragraphs) - tail], paragraphs[len(paragraphs) - tail :]
        role = roles[label.key]
        if lone:
            turns += _one_sided(text, body, label, role)
        else:
            turns += [Turn(span, label.text, role) for span in _joined(body)]
        turns += [Turn(span, "", "narration") for span in _joined(rest)]
    return turns


def _one_sided(text: str, body: Sequence[Span], label: _Label, role: Role) -> list[Turn]:
    """The turns where only one side is labelled: what follows a question unlabelled answers it, and the reverse."""
    if role == "question":
        turns = [Turn(span, label.text, "question") for span in body[:1]]
        return turns + [Turn(span, "", "answer") for span in _joined(body[1:])]
    asked = len(body) > 1 and _asks(body[-1].of(text))
    turns = [Turn(span, label.text, role) for span in _joined(body[:-1] if asked else body)]
    return turns + ([Turn(body[-1], "", "question")] if asked else [])


def _joined(spans: Sequence[Span]) -> list[Span]:
    """One span over all, or none."""
    return [Span(spans[0].begin, spans[-1].end)] if spans else []


def _tail_length(text: str, paragraphs: Sequence[Span]) -> int:
    """How many paragraphs at the end are no speech: notes about the firm, contacts, a last line without a full stop."""
    for index in range(1, len(paragraphs)):
        line = paragraphs[index].of(text).strip("*_#- ")
        if len(line.split()) <= _MAX_TAIL_WORDS and _TAIL.match(line):
            return len(paragraphs) - index
    tail = 0
    for span in reversed(paragraphs[1:]):
        line = span.of(text).rstrip().rstrip(_CLOSING)
        if line.endswith((".", "!", "?", "…", "。")) or len(line.split()) > _MAX_TAIL_WORDS:
            break
        tail += 1
    return tail


def _unlabelled(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Turns from the order of questions and answers alone; none where no two questions are answered."""
    words = [span.of(text) for span in paragraphs]
    quoted = [word.lstrip("*_ ").startswith(tuple(_OPENING)) for word in words]
    asks = [
        _asks(word) and not quote and len(word.split()) <= _MAX_QUESTION_WORDS
        for word, quote in zip(words, quoted, strict=True)
    ]
    answered = [n for n in range(len(words) - 1) if asks[n] and not asks[n + 1]]
    if len(answered) < 2:
        return []
    in_quotes = sum(quoted[n + 1] for n in answered) > len(answered) / 2
    emphasised = sum(_emphasised(words[n]) for n in answered) > len(answered) / 2
    if in_quotes:
        answered = [
            n for n in range(len(words) - 1) if not quoted[n] and quoted[n + 1] and (asks[n] or n > answered[0])
        ]
    asked_before_answer = set(answered)
    first = next((n for n in answered if asks[n]), len(words))
    roles: list[Role] = ["narration"] * len(words)
    for n in range(first, len(words)):
        if in_quotes:
            roles[n] = "answer" if quoted[n] else "question" if n in asked_before_answer or asks[n] else "narration"
        else:
            asked = asks[n] or (emphasised and _emphasised(words[n]) and n + 1 < len(words))
            roles[n] = "question" if asked else "answer"
    return _grouped(text, paragraphs, roles)


def _emphasised(paragraph: str) -> bool:
    """Whether a paragraph is all bold, all italic or a heading in Markdown."""
    line = paragraph.strip()
    return line.startswith("#") or (len(line) > 4 and line[0] in "*_" and line[-1] == line[0])


def _grouped(text: str, paragraphs: Sequence[Span], roles: Sequence[Role]) -> list[Turn]:
    """One turn for each run of paragraphs of one role; each question stands alone."""
    turns: list[Turn] = []
    pairs = list(zip(paragraphs, roles, strict=True))
    last = 0
    for role, run in groupby(pairs, key=lambda pair: pair[1]):
        spans = [span for span, _ in run]
        last += len(spans)
        tail = _tail_length(text, spans) if role == "answer" and last == len(pairs) else 0
        body = spans[: len(spans) - tail]
        turns += [Turn(span, "", role) for span in (body if role == "question" else _joined(body))]
        turns += [Turn(span, "", "narration") for span in _joined(spans[len(spans) - tail :])]
    return turns
