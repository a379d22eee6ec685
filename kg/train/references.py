"""Which words of a sentence stand for a thing that it does not name: pronouns, and nouns such as "the firm"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse, Span

_PERSON = frozenset("i me my he him his she her who".split())
_SPEAKERS = frozenset("we us our you your they them their who".split())
_THING = frozenset("it its".split())
_POINTING = frozenset("the this that our my your its his her their".split())
_SUBJECTS = ("nsubj", "nsubjpass", "poss")


def reference(parse: Parse, where: Span, kind: str, *, is_subject: bool) -> Span | None:
    """The words inside a span that may stand for a thing of a class, by its local name; subjects or owners first.

    is_subject: whether it is the subject of a fact; for an object what the sentence speaks about comes last.
    """
    found = list(_references(parse, where, kind))
    ranked = sorted(found, key=lambda one: ((one[1] in _SUBJECTS) is not is_subject, one[0]))
    return ranked[0][0] if ranked else None


def _references(parse: Parse, where: Span, kind: str) -> Iterator[tuple[Span, str]]:
    pronouns = _PERSON if kind == "Person" else _THING | _SPEAKERS if kind in ("Organization", "Brand") else _THING
    for i, span in enumerate(parse.spans):
        if span not in where:
            continue
        word = parse.words[i].lower()
        if word in pronouns and parse.tags[i][:1] in "PW":
            yield span, parse.deps[i]
        elif parse.tags[i] == "NN":
            first = _pointed(parse, i)
            if first is not None:
                yield Span(parse.spans[first].begin, span.end), parse.deps[i]


def _pointed(parse: Parse, noun: int) -> int | None:
    """Where "the firm" begins, for its noun; None without such a word before, or with a name or "of" beside it."""
    own = [i for i, head in enumerate(parse.heads) if head == noun and i != noun]
    if any(parse.tags[i].startswith("NNP") or parse.words[i] == "of" for i in own):
        return None
    first = min(own, default=noun)
    return first if first < noun and noun - first <= 3 and parse.words[first].lower() in _POINTING else None
