"""Proper names: runs of capitalised words, products with numbers, other scripts, quoted titles, and posts.

The name recogniser of the language model is one voice among several: what a name is called by the words around it and
inside it counts for more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.annotate.cues import Cues
from kg.annotate.posts import find_posts, post_mention
from kg.annotate.runs import HONORIFICS, find_runs, words_seen_inside
from kg.annotate.titles import defined_titles
from kg.annotate.votes import vote_around, vote_inside
from kg.model import Mention, Parse, Span

_QUOTED = re.compile(r"[“\"„«「『‘]([^“”\"„«»「」『』\n]{2,70})[”\"“»」』’]")


def find_names(text: str, parses: Sequence[Parse], values: Sequence[Mention], known: Cues) -> list[Mention]:
    """Names and posts of a document, sorted, without overlaps; values that lie inside a name are left to the caller."""
    inside = words_seen_inside(parses)
    dates = {m.span.begin for m in values if m.value and m.value.datatype in ("date", "gYearMonth", "gYear")}
    amounts = [m.span for m in values if m.value and m.value.datatype == "amount"]
    found: list[Mention] = []
    for parse in parses:
        taken = _within(parse, amounts)
        for first, last in find_posts(parse, known):
            found.append(post_mention(text, parse, first, last))
            taken[first:last] = [True] * (last - first)
        if _is_shouted(parse):
            continue
        for first, last in defined_titles(parse, known.common_nouns) if known.common_nouns else ():
            if not any(taken[first:last]):
                found.append(_titled(text, parse, first, last, known))
                taken[first:last] = [True] * (last - first)
        for first, last in find_runs(text, parse, taken, dates, inside, known):
            found.append(_titled(text, parse, first, last, known))
    found += _quoted(text, found)
    return sorted(found, key=lambda m: m.span)


def _within(parse: Parse, spans: Sequence[Span]) -> list[bool]:
    """For each token whether it lies in one of the spans: "EUR 300" is no name."""
    begin, end = parse.spans[0].begin, parse.spans[-1].end
    near = [span for span in spans if begin <= span.begin < end]
    return [any(token in span for span in near) for token in parse.spans]


def _is_shouted(parse: Parse) -> bool:
    """A heading in capitals tells nothing about what is a name."""
    letters = [w for w in parse.words if w.isalpha()]
    return len(letters) > 2 and all(w.isupper() for w in letters)


def _titled(text: str, parse: Parse, first: int, last: int, known: Cues) -> Mention:
    """A name, with "The" before it if it is called a film, a novel or another work."""
    found = _name(text, parse, first, last, known)
    if first and parse.words[first - 1] == "The" and known.common_nouns and set(found.called) & known.work_nouns:
        return _name(text, parse, first - 1, last, known)
    return found


def _name(text: str, parse: Parse, first: int, last: int, known: Cues) -> Mention:
    votes: dict[str, float] = defaultdict(float)
    words = parse.words
    core = first
    while core < last - 1 and words[core].lower() in HONORIFICS:
        for cls in known.name_word_classes.get(words[core].rstrip(".") + ".", ()):
            votes[cls] += 6
        core += 1
    # "in Group B." at the end of a sentence: the point is no part of the name.
    full_stop = re.fullmatch(r"[A-Z]\.", words[last - 1]) and any(last == end for _, end in parse.sentences)
    span = Span(parse.spans[core].begin, parse.spans[last - 1].end - (1 if full_stop else 0))
    surface = span.of(text)
    vote_inside(parse, core, last, surface, known, votes)
    called = vote_around(parse, core, last, known, votes)
    return Mention(
        span,
        surface,
        "name",
        head=words[last - 1].lower(),
        annotator="names",
        votes=tuple(sorted((k, round(v, 3)) for k, v in votes.items())),
        called=tuple(sorted(set(called))),
        title=text[parse.spans[first].begin : parse.spans[core].begin].rstrip(),
    )


def _quoted(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """Quoted titles, translations and mottos; sentences in quotation marks are not meant."""
    taken = [m.span for m in names]
    for match in _QUOTED.finditer(text):
        words = match[1].rstrip(" ,.").split()
        span = Span(match.start(1), match.start(1) + len(match[1].rstrip(" ,.")))
        if (
            not words
            or len(words) > 8
            or match[1].rstrip().endswith(("?", "!"))
            or (match[1].endswith(".") and len(words) > 4)
        ):
            continue
        if any(span.overlaps(other) for other in taken):
            continue
        yield Mention(span, span.of(text), "phrase", head=words[-1].lower(), annotator="quotation")
