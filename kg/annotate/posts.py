"""Posts that people hold: "Vice President of Marketing", "managing director", "CEO"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.cues import Cues
from kg.model import Mention, Parse, Span, Value


def find_posts(parse: Parse, known: Cues) -> Iterator[tuple[int, int]]:
    """Token ranges of posts: "Vice President of Marketing", "managing director", "CEO"."""
    words = parse.words
    i = 0
    while i < len(words):
        if not is_post_noun(words[i], known):
            i += 1
            continue
        first, last = i, i + 1
        while first and _is_post_word(words[first - 1], known) and parse.tags[first - 1] not in ("DT", "PRP$", "POS"):
            first -= 1
        while (
            first and parse.deps[first - 1] == "compound" and parse.heads[first - 1] == i and words[first - 1].islower()
        ):
            first -= 1  # "food editor"
        while last < len(words) and (is_post_noun(words[last], known) or _is_post_word(words[last], known)):
            last += 1
        last = _post_field(parse, last, known)
        following = parse.tags[last] if last < len(words) else ""
        # "head office", "Kettle 12": part of another noun, or of a name.
        part = following == "CD" or (following in ("NN", "NNS") and parse.heads[last - 1] >= last)
        if not part:
            yield first, last
        i = last


def _post_field(parse: Parse, last: int, known: Cues) -> int:
    """The end of "of Marketing and Communications" behind a post; a name behind "of" is an employer, not a field."""
    words, tags = parse.words, parse.tags
    if last < len(words) and words[last] in ("of", "for") and last + 1 < len(words):
        end = last + 1
        while end < len(words) and (
            (tags[end] in ("NN", "NNS", "JJ") and words[end].islower())
            or _is_post_word(words[end], known)
            or (words[end].lower() in ("and", "&") and end + 1 < len(words) and _is_post_word(words[end + 1], known))
        ):
            end += 1
        if end > last + 1 and words[end - 1].lower() not in ("and", "&"):
            return end
    return last


def is_post_noun(word: str, known: Cues) -> bool:
    """Whether a word is the head of posts."""
    return word in known.value_nouns or (word[:1].isupper() and word.lower() in known.value_nouns)


def _is_post_word(word: str, known: Cues) -> bool:
    lower = word.lower()
    return lower in known.value_words or (
        "-" in lower and set(lower.split("-")) <= known.value_words | known.value_nouns
    )


def post_mention(text: str, parse: Parse, first: int, last: int) -> Mention:
    """The value that a post is; tokens [first, last)."""
    span = Span(parse.spans[first].begin, parse.spans[last - 1].end)
    surface = span.of(text)
    return Mention(span, surface, "value", head=parse.lemmas[first], annotator="post", value=Value(surface, "string"))
