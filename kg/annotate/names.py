"""Proper names: runs of capitalised words, products with numbers, other scripts, quoted titles, and posts.

The name recogniser of the language model is one voice among several: what a name is called by the words around it and
inside it counts for more.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.annotate.cues import Cues, is_post_noun, vote_around, vote_inside
from kg.annotate.places import countries
from kg.annotate.titles import defined_titles
from kg.model import Mention, Parse, Span, Value

_HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame".split())
_PARTICLES = frozenset("de la las los der den van von zu".split())
_LINKS = frozenset("de du des del della dello di da dos das von van der den la le el y e und et al bin & 't".split())
_TITLE_LINKS = frozenset(("of", "for"))
_NEVER = frozenset(name.lower() for names in (calendar.month_name, calendar.day_name) for name in names) | frozenset(
    "i q a ok o'clock am pm the this that these those it he she we you they our its their his her my your "
    "in on at by from for of to with and or but if as when while why how what who where there here yes no not".split()
)
_QUOTED = re.compile(r"[“\"„«「『‘]([^“”\"„«»「」『』\n]{2,70})[”\"“»」』’]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0590-\u05ff\u0370-\u03ff]")
_NAME_LABELS = frozenset("PERSON ORG GPE LOC PRODUCT EVENT WORK_OF_ART FAC LAW".split())
_BEHIND_COMMA = re.compile(r"(?:Jr|Sr|Inc)\.?|(?:[A-Z]\.){2}")  # "Anna Sol, Jr.", "Norvia, Inc.", "Washington, D.C."
_UNITS = frozenset("people employees staff workers euros dollars percent % years months days weeks hours per".split())


def find_names(text: str, parses: Sequence[Parse], values: Sequence[Mention], known: Cues) -> list[Mention]:
    """Names and posts of a document, sorted, without overlaps; values that lie inside a name are left to the caller."""
    inside = _words_seen_inside(parses)
    dates = {m.span.begin for m in values if m.value and m.value.datatype in ("date", "gYearMonth", "gYear")}
    found: list[Mention] = []
    for parse in parses:
        taken = [False] * len(parse.words)
        for first, last in _posts(parse, known):
            found.append(_post(text, parse, first, last))
            taken[first:last] = [True] * (last - first)
        if _is_shouted(parse):
            continue
        for first, last in defined_titles(parse, known.common_nouns) if known.common_nouns else ():
            if not any(taken[first:last]):
                found.append(_titled(text, parse, first, last, known))
                taken[first:last] = [True] * (last - first)
        for first, last in _runs(parse, taken, dates, inside, known):
            found.append(_titled(text, parse, first, last, known))
    found += _quoted(text, found)
    return sorted(found, key=lambda m: m.span)


def _is_shouted(parse: Parse) -> bool:
    """A heading in capitals tells nothing about what is a name."""
    letters = [w for w in parse.words if w.isalpha()]
    return len(letters) > 2 and all(w.isupper() for w in letters)


def _words_seen_inside(parses: Sequence[Parse]) -> frozenset[str]:
    """Words that stand capitalised inside a sentence: such a word at its start is a name, too."""
    seen = set()
    for parse in parses:
        for first, last in parse.sentences:
            for i in range(first + 1, last):
                if parse.words[i][:1].isupper() and parse.tags[i] in ("NNP", "NNPS"):
                    seen.add(parse.words[i])
    return frozenset(seen)


def _posts(parse: Parse, known: Cues) -> Iterator[tuple[int, int]]:
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


def _is_post_word(word: str, known: Cues) -> bool:
    lower = word.lower()
    return lower in known.value_words or (
        "-" in lower and set(lower.split("-")) <= known.value_words | known.value_nouns
    )


def _post(text: str, parse: Parse, first: int, last: int) -> Mention:
    span = Span(parse.spans[first].begin, parse.spans[last - 1].end)
    surface = span.of(text)
    return Mention(span, surface, "value", head=parse.lemmas[first], annotator="post", value=Value(surface, "string"))


def _runs(
    parse: Parse, taken: list[bool], dates: set[int], inside: frozenset[str], known: Cues
) -> Iterator[tuple[int, int]]:
    """Maximal token ranges that read as one name."""
    words, total = parse.words, len(parse.words)
    starts = {first for first, _ in parse.sentences}
    recognised = {i: label for first, last, label in parse.names if label in _NAME_LABELS for i in range(first, last)}
    cover = {
        i: (first, last) for first, last, label in parse.names if label in _NAME_LABELS for i in range(first, last)
    }

    def is_name(i: int) -> bool:
        word = words[i]
        if (
            taken[i]
            or parse.spans[i].begin in dates
            or word.lower() in _NEVER
            or (len(word) == 1 and not _WIDE.match(word))
        ):
            return False
        if _WIDE.search(word):
            return True
        if not any(c.isupper() for c in word):
            return False
        tag = parse.tags[i]
        if word.isupper() and len(word) > 1 and word.isalpha():
            return tag != "DT"
        if tag == "CD" and i and i not in starts and i + 1 < total and words[i + 1][:1].isupper() and word[0].isupper():
            return True
        if tag in ("NNP", "NNPS") or (any(c.isdigit() for c in word) and word[0].isupper()):
            goes_before = i + 1 < total and parse.heads[i] == i + 1 and parse.tags[i + 1] == "NNP"
            return i not in starts or tag != "NNPS" or word in inside or i in recognised or goes_before
        if not word[0].isupper():
            return len(word) > 1 and word[1].isupper() and "-" not in word
        if i in starts or (i and words[i - 1] in ('"', "“", ":", "—")):
            return (i in recognised and tag[0] == "N") or (word in inside and tag[0] in "NJ")
        return (tag[0] in "NJ" and recognised.get(i) is not None) or (
            tag in ("NN", "NNS", "FW", "JJ", "VBG", "VBN") and not _is_nationality(parse, i)
        )

    def goes_on(i: int) -> bool:
        """A capitalised word goes on with a name, whatever it is tagged as: "Foundation for Useful Things"."""
        word = words[i]
        free = not taken[i] and i not in starts and parse.spans[i].begin not in dates
        if free and len(word) == 1 and word.isupper() and parse.tags[i] != "PRP":
            return parse.tags[i] in ("NNP", "NN") and parse.heads[i] != i  # "Cup B"
        return (
            free
            and word.lower() not in _NEVER
            and word[0].isupper()
            and len(word) > 1
            and parse.tags[i][0] in "NJV"
            and not _is_nationality(parse, i)
        )

    i = 0
    while i < total:
        if not is_name(i):
            i += 1
            continue
        end = i + 1
        while end < total:
            if is_name(end) or goes_on(end) or _is_number_of_name(parse, end, taken):
                end += 1
            elif end + 1 < total and (is_name(end + 1) or goes_on(end + 1)) and _links(parse, i, end, known, cover):
                end += 2
            elif end + 2 < total and {words[end], words[end + 1]} <= _PARTICLES and is_name(end + 2):
                end += 3  # "van der Holt"
            elif (
                end + 2 < total
                and words[end].lower() in ("of", "for")
                and words[end + 1].lower() == "the"
                and is_name(end + 2)
                and (words[end - 1] in known.name_word_classes or _is_of_title(words[end - 1], words[end], known))
            ):
                end += 3
            elif end + 1 < total and words[end] == "," and _BEHIND_COMMA.fullmatch(words[end + 1]):
                end += 2
            else:
                break
        first = i
        while first < end - 1 and words[first].lower() in _HONORIFICS:
            first += 1
        # "the Norlanders are": a people is a thing only to ontologies that tell nothing of names.
        people = known.common_nouns and parse.tags[first] == "NNPS"
        if not (end - first == 1 and _is_nationality(parse, first)) or people:
            yield _opening(parse, (i, end), taken, dates, known), end
        i = end


def _opening(parse: Parse, name: tuple[int, int], taken: list[bool], dates: set[int], known: Cues) -> int:
    """Where a name begins: "12 Harbour Street" and "3rd Harbour Guard" with the number, "A Quiet Harbour" with "A"."""
    first, last = name
    before = first - 1
    if before < 0 or taken[before] or parse.spans[before].begin in dates or parse.tags[last - 1] not in ("NNP", "NNPS"):
        return first
    word, inside = parse.words[before], range(first, last)
    if word == ")" and before > 1 and parse.words[before - 2] == "(" and parse.words[before - 1].isdigit():
        return before - 2  # "(4217) Halm", as astronomers number things
    of_name = parse.heads[before] in inside and parse.deps[before] in ("nummod", "compound", "amod")
    counts = parse.tags[last - 1] == "NNPS" and len(word) < 3  # "12 Kettles"
    opens = len(word) > 2 and any(before == begin for begin, _ in parse.sentences)  # "1101 Halmara has ..."
    if (of_name or opens) and not counts and re.fullmatch(r"\d{1,6}(?:st|nd|rd|th)?", word):
        return before
    if word == "The" and known.common_nouns and not any(before == begin for begin, _ in parse.sentences):
        return before  # "he directed The Quiet Harbour"
    of_name = parse.heads[before] in inside
    followed = last < len(parse.words) and parse.tags[last] in ("NN", "NNS") and parse.heads[last - 1] >= last
    if of_name and word == "A" and last - first > 1 and not followed:
        return before
    return first


def _is_number_of_name(parse: Parse, i: int, taken: list[bool]) -> bool:
    """ "Kettle 12", "Show 2017": a number right behind a name belongs to it unless it counts or dates something."""
    word = parse.words[i]
    if taken[i] or not word[0].isdigit() or parse.spans[i - 1].end + 1 < parse.spans[i].begin:
        return False
    if not re.fullmatch(r"\d{1,4}[A-Za-z]{0,3}|\d{1,3}\.\d", word):
        return False
    following = parse.words[i + 1].lower() if i + 1 < len(parse.words) else ""
    return following not in _UNITS


def _links(parse: Parse, first: int, i: int, known: Cues, cover: dict[int, tuple[int, int]]) -> bool:
    """Whether the word at `i` joins two halves of one name."""
    word = parse.words[i].lower()
    if word in _LINKS or (parse.words[i] in known.name_word_classes and parse.words[i].islower()):
        return True
    before = parse.words[i - 1]
    span = cover.get(i)
    if word == "of" and _heads_title(parse, first, i, known):
        return True  # "the Republic of Norland", "Halm Institute of Glass"
    if word in _TITLE_LINKS:
        return any(w in known.name_word_classes for w in parse.words[first:i]) and before[0].isupper()
    if word == "and" and " ".join(parse.words[first : i + 2]) in countries():
        return True
    if word in ("'s", "’s", "'", "’") and before[0].isupper() and before.lower().rstrip("s") in known.common_nouns:
        return True  # "the Smith's Gate"
    if word in ("and", "’s", "'s"):
        joined = any(w in ("of", "for") for w in parse.words[first:i])
        return span is not None and span[0] <= i - 1 and i + 1 < span[1] and (word != "and" or joined)
    return (
        word in ("-", "–")
        and parse.spans[i - 1].end == parse.spans[i].begin
        and parse.spans[i].end == parse.spans[i + 1].begin
    )


def _is_of_title(before: str, word: str, known: Cues) -> bool:
    return word == "of" and before.lower() in known.common_nouns


def _heads_title(parse: Parse, first: int, i: int, known: Cues) -> bool:
    """Whether a common noun in capitals stands before "of", behind an article or other words of the name."""
    before = parse.words[i - 1]
    opened = i - first > 1 or (first and parse.words[first - 1].lower() in ("the", "a"))
    return bool(opened) and before[0].isupper() and before.lower() in known.common_nouns


def _is_nationality(parse: Parse, i: int) -> bool:
    following = parse.words[i + 1] if i + 1 < len(parse.words) else ""
    if any(first <= i < last and label in ("NORP", "LANGUAGE") for first, last, label in parse.names):
        before_noun = following.islower() and parse.tags[i + 1] in ("NN", "NNS", "JJ")
        return before_noun or parse.tags[i] in ("JJ", "NNPS", "NNS")
    return parse.tags[i] == "JJ" and parse.deps[i] == "amod" and parse.words[i][:1].isupper() and following.islower()


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
    while core < last - 1 and words[core].lower() in _HONORIFICS:
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
