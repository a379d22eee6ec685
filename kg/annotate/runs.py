"""Where proper names stand: runs of capitalised words, with the words, numbers and legal forms that belong to them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.annotate.cues import Cues
from kg.lexicon import is_country, is_given, is_people, is_place, supersenses
from kg.lexicon.legal_forms import end_with_form
from kg.model import Parse

HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame".split())
LINKS = frozenset("de du des del della dello di da dos das von van der den la le el y e i und et al bin & + 't".split())
_PARTICLES = frozenset("de la las los der den van von zu".split())
_TITLE_LINKS = frozenset(("of", "for"))
_NEVER = frozenset(name.lower() for names in (calendar.month_name, calendar.day_name) for name in names) | frozenset(
    "i q a ok o'clock am pm the this that these those it he she we you they our its their his her my your dear "
    "in on at by from for of to with and or but if as when while why how what who where there here yes no not".split()
)
# Bodies that are called after what they are for: "Institute for Advanced Study", "Museum of Modern Art".
_BODIES = frozenset(
    "Institute Institut Instituto Foundation Centre Center Council Association Agency Office Ministry Society Academy "
    "Committee Union Fund Bureau Department Alliance Commission Bank University College School Museum Board Court "
    "Chamber Federation League Guild Authority Administration Laboratory Organization Organisation House Minister "
    "Republic Kingdom State Isle City Port Gulf Bay Strait Church Order Confederation Faculty".split()
)
_PRIZES = frozenset("Award Awards Prize Medal Trophy".split())
_MERITS = frozenset("Excellence Merit Honour Honor Distinction Innovation".split())
_QUOTES = frozenset("\"“”„«»'‘’")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0590-\u05ff\u0370-\u03ff]")
_NAME_LABELS = frozenset("PERSON ORG GPE LOC PRODUCT EVENT WORK_OF_ART FAC LAW".split())
# "d'Oro", "al-Nahda"
_ELIDED = re.compile(r"(?:[dl]['’]|(?:al|el|an|ar|as|ash|at|ad|ibn)-)[A-ZÀ-Þ]")
_UNITS = frozenset("people employees staff workers euros dollars percent % years months days weeks hours per".split())
# Tags that a capitalised word inside a sentence is given by mistake.
_MISREAD = frozenset(("VB", "VBP", "VBZ", "VBD", "RB", "UH"))
_BEHIND_COMMA = re.compile(r"(?:Jr|Sr|Inc)\.?|(?:[A-Z]\.){2}")  # "Anna Sol, Jr.", "Norvia, Inc.", "Washington, D.C."
_OWNERS = ("'s", "’s", "'", "’")
_ORDINAL = re.compile(r"\d{1,6}(?:st|nd|rd|th)?")
_PEOPLES = ("ian", "ean", "ish", "ese")
_NUMBER = re.compile(r"\d{1,5}[A-Za-z]{0,3}|\d{1,3}\.\d")


def words_seen_inside(parses: Sequence[Parse]) -> frozenset[str]:
    """Words that stand capitalised inside a sentence: such a word at its start is a name, too."""
    seen = set()
    for parse in parses:
        for first, last in parse.sentences:
            for i in range(first + 1, last):
                if parse.words[i][:1].isupper() and parse.tags[i] in ("NNP", "NNPS"):
                    seen.add(parse.words[i])
    return frozenset(seen)


def find_runs(
    text: str, parse: Parse, taken: list[bool], dates: set[int], inside: frozenset[str], known: Cues
) -> Iterator[tuple[int, int]]:
    """Maximal token ranges of a paragraph that read as one name.

    taken: tokens that are something else. dates: offsets where dates begin. inside: see `words_seen_inside`.
    """
    paragraph = _Paragraph(text, parse, taken, dates, inside, known)
    i = 0
    while i < len(parse.words):
        if not paragraph.is_name(i):
            i += 1
            continue
        end = paragraph.end_of(i)
        first = i
        while first < end - 1 and parse.words[first].lower() in HONORIFICS:
            first += 1
        alone = end - first == 1
        # "the Norlanders are": a people is a thing only to ontologies that tell nothing of names.
        people = known.common_nouns and parse.tags[first] == "NNPS"
        if people or not (alone and (is_nationality(parse, first) or is_people(parse.words[first]))):
            yield (i + 1 if paragraph.opens_with_noun(i, end) else paragraph.opening(i, end)), end
        i = end


def is_nationality(parse: Parse, i: int) -> bool:
    """Whether a capitalised word is an adjective of a people or a language: "the Finnish company"."""
    following = parse.words[i + 1] if i + 1 < len(parse.words) else ""
    if any(first <= i < last and label in ("NORP", "LANGUAGE") for first, last, label in parse.names):
        before_noun = following.islower() and parse.tags[i + 1] in ("NN", "NNS", "JJ")
        return before_noun or parse.tags[i] in ("JJ", "NNPS", "NNS")
    if not parse.words[i][:1].isupper() or not following.islower():
        return False
    ending = parse.words[i].endswith(_PEOPLES) and parse.tags[i + 1] in ("NN", "NNS") and not is_place(parse.words[i])
    return (parse.tags[i] == "JJ" and parse.deps[i] == "amod") or ending


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while names are looked for in it. cover: the recogniser's range, by token."""

    text: str
    parse: Parse
    taken: list[bool]
    dates: set[int]
    inside: frozenset[str]
    known: Cues
    starts: set[int] = field(init=False)
    cover: dict[int, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = {first for first, _ in self.parse.sentences}
        self.cover = {
            i: (first, last)
            for first, last, label in self.parse.names
            if label in _NAME_LABELS
            for i in range(first, last)
        }

    def is_name(self, i: int) -> bool:
        """Whether a token is a word of a name."""
        word, tag = self.parse.words[i], self.parse.tags[i]
        if self.taken[i] or self.parse.spans[i].begin in self.dates:
            return False
        if len(word) == 1 and not _WIDE.match(word):
            return self._is_letter_before_name(i)
        mixed = word[0].islower() and word[1].isupper()
        if word.lower() in _NEVER and not mixed:
            return False
        if _WIDE.search(word):
            return True
        if not any(c.isupper() for c in word):
            return False
        if word.isupper() and word.isalpha():
            return tag != "DT"
        return self._is_capitalised_name(i, word, tag)

    def _is_capitalised_name(self, i: int, word: str, tag: str) -> bool:
        words = self.parse.words
        following = words[i + 1] if i + 1 < len(words) else ""
        if tag == "CD" and i and i not in self.starts and following[:1].isupper() and word[0].isupper():
            return True
        if tag in ("NNP", "NNPS") or (any(c.isdigit() for c in word) and word[0].isupper()):
            if i not in self.starts or word in self.inside:
                return True
            before = following[:1].isupper() and self.parse.heads[i] == i + 1
            return not self._is_plain_plural(i) and (tag != "NNPS" or i in self.cover or before)
        if not word[0].isupper():
            return (word[1].isupper() and "-" not in word) or _ELIDED.match(word) is not None
        if _ELIDED.match(following) or ("-" in word and word.istitle() and following[:1].isupper()):
            return True
        if i in self.starts or (i and words[i - 1] in ('"', "“", ":", "—")):
            return (
                (i in self.cover and tag[0] == "N" and not self._is_plain_plural(i))
                or (word in self.inside and tag[0] in "NJ")
                or (following[:1].isupper() and is_given(word))
                or (tag[0] in "NJ" and is_place(word) and not following[:1].islower())
            )
        return (tag[0] in "NJ" and i in self.cover) or (
            (tag in ("NN", "NNS", "FW", "JJ", "VBG", "VBN") or (tag in _MISREAD and self._continues(i + 1)))
            and not is_nationality(self.parse, i)
        )

    def _is_plain_plural(self, i: int) -> bool:
        """ "Commuters in Malmö": a plural noun that opens a sentence."""
        word = self.parse.words[i].lower()
        known = word.endswith("s") and (supersenses(word[:-1]) or supersenses(word[:-2]))
        return bool(known) and not self._continues(i + 1)

    def _is_letter_before_name(self, i: int) -> bool:
        """ "B Lab": a capital by itself before a name, which is no "I" or "A"."""
        word = self.parse.words[i]
        return (
            word.isupper()
            and word not in "AI"
            and self.parse.tags[i] in ("NN", "NNP")
            and i + 1 < len(self.parse.words)
            and self.parse.words[i + 1][:1].isupper()
            and len(self.parse.words[i + 1]) > 1
            and self._adjoins(i + 1)
        )

    def _adjoins(self, i: int) -> bool:
        """Whether a token stands on the line of the one before it."""
        return "\n" not in self.text[self.parse.spans[i - 1].end : self.parse.spans[i].begin]

    def _goes_on(self, i: int) -> bool:
        """A capitalised word goes on with a name, whatever it is tagged as: "Foundation for Useful Things"."""
        word, parse = self.parse.words[i], self.parse
        if self.taken[i] or i in self.starts or parse.spans[i].begin in self.dates:
            return False
        if len(word) == 1 and word not in "AI":  # "Hopper S"
            return word.isalpha() and word.isupper() and parse.spans[i - 1].end + 1 == parse.spans[i].begin
        if word.lower() in _NEVER:
            return False
        if _ELIDED.match(word):
            return True
        return word[0].isupper() and parse.tags[i][0] in "NJV" and not is_nationality(parse, i)

    def _continues(self, i: int) -> bool:
        return i < len(self.parse.words) and self._adjoins(i) and (self.is_name(i) or self._goes_on(i))

    def end_of(self, first: int) -> int:
        """Where the name that begins at a token ends."""
        words = self.parse.words
        end, total = first + 1, len(words)
        while end < total and self._adjoins(end):
            if self._continues(end) or self._is_number(end):
                end += 1
            elif self._continues(end + 1) and self._links(first, end):
                end += 2
            elif end + 2 < total and {words[end], words[end + 1]} <= _PARTICLES and self.is_name(end + 2):
                end += 3  # "van der Holt"
            elif self._is_title_with_article(end):
                end += 3
            elif self._is_nickname(end):
                end += 4
            elif end + 1 < total and words[end] == "," and _BEHIND_COMMA.fullmatch(words[end + 1]):
                end += 2
            elif tuple(words[end : end + 3]) == ("of", "the", "Year"):
                end += 3
            else:
                break
        limit = end_with_form(self.text, self.parse.spans[end - 1].end)
        while end < total and self.parse.spans[end].end <= limit:
            end += 1
        return end

    def _is_title_with_article(self, end: int) -> bool:
        """ "Museum of the Sea"."""
        words = self.parse.words
        return (
            end + 2 < len(words)
            and words[end].lower() in _TITLE_LINKS
            and words[end + 1].lower() == "the"
            and self.is_name(end + 2)
            and (
                (words[end - 1] in self.known.name_word_classes and words[end - 1] in _BODIES)
                or (words[end] == "of" and words[end - 1].lower() in self.known.common_nouns)
            )
        )

    def _is_nickname(self, end: int) -> bool:
        """ "Jane "Jay" Doe"."""
        words = self.parse.words
        return (
            end + 3 < len(words)
            and words[end] in _QUOTES
            and words[end + 2] in _QUOTES
            and self.is_name(end + 1)
            and self.is_name(end + 3)
            and is_given(words[end - 1])
        )

    def _is_number(self, i: int) -> bool:
        """ "Kettle 12", "Show 2017": a number right behind a name belongs to it unless it counts or dates something."""
        parse = self.parse
        word = parse.words[i]
        if self.taken[i] or not word[0].isdigit() or parse.spans[i - 1].end + 1 < parse.spans[i].begin:
            return False
        following = parse.words[i + 1].lower() if i + 1 < len(parse.words) else ""
        return _NUMBER.fullmatch(word) is not None and following not in _UNITS

    def _links(self, first: int, i: int) -> bool:
        """Whether the word at `i` joins two halves of one name."""
        words, spans = self.parse.words, self.parse.spans
        word, before = words[i].lower(), words[i - 1]
        if word == "of" and self._heads_title(first, i):
            return True
        if word == "and" and is_country(" ".join(words[first : i + 2])):
            return True
        if word in _OWNERS and before[0].isupper() and before.lower().rstrip("s") in self.known.common_nouns:
            return True  # "the Smith's Gate"
        if word in LINKS or (words[i] in self.known.name_word_classes and words[i].islower()):
            return True
        if word == "for" and words[i - 1] in _PRIZES:
            return True
        if word == "of" and words[i - 1] in _PRIZES:
            return words[i + 1] in _MERITS
        if word in _TITLE_LINKS:
            return any(w in _BODIES for w in words[first:i]) and words[i - 1][0].isupper()
        if word in ("and", "’s", "'s"):
            if word != "and" and is_place(" ".join(words[first:i])):
                return False  # "Lisbon's ACME"
            span = self.cover.get(i)
            joined = any(w in _TITLE_LINKS for w in words[first:i])
            return span is not None and span[0] <= i - 1 and i + 1 < span[1] and (word != "and" or joined)
        return word in ("-", "–") and spans[i - 1].end == spans[i].begin and spans[i].end == spans[i + 1].begin

    def _heads_title(self, first: int, i: int) -> bool:
        """ "the Republic of Norland": a common noun in capitals, behind an article or other words of the name."""
        words = self.parse.words
        opened = i - first > 1 or (first and words[first - 1].lower() in ("the", "a"))
        return bool(opened) and words[i - 1][0].isupper() and words[i - 1].lower() in self.known.common_nouns

    def opening(self, first: int, last: int) -> int:
        """Where a name begins: "12 Harbour Street" with the number, "A Quiet Harbour" with "A"."""
        parse, before = self.parse, first - 1
        if before < 0 or self.taken[before] or parse.spans[before].begin in self.dates:
            return first
        if parse.tags[last - 1] not in ("NNP", "NNPS"):
            return first
        word, inside = parse.words[before], range(first, last)
        if word == ")" and before > 1 and parse.words[before - 2] == "(" and parse.words[before - 1].isdigit():
            return before - 2  # "(4217) Halm", as astronomers number things
        of_name = parse.heads[before] in inside and parse.deps[before] in ("nummod", "compound", "amod")
        counts = parse.tags[last - 1] == "NNPS" and len(word) < 3  # "12 Kettles"
        opens = len(word) > 2 and before in self.starts  # "1101 Halmara has ..."
        if (of_name or opens) and not counts and _ORDINAL.fullmatch(word):
            return before
        if word == "The" and self.known.common_nouns and before not in self.starts:
            return before  # "he directed The Quiet Harbour"
        followed = last < len(parse.words) and parse.tags[last] in ("NN", "NNS") and parse.heads[last - 1] >= last
        titled = word == "A" and last - first > 1 and parse.heads[before] in inside and not followed
        return before if titled else first

    def opens_with_noun(self, first: int, end: int) -> bool:
        """ "Co-founders Jane Doe": a noun with a capital because it opens the sentence is no part of the name."""
        parse = self.parse
        if first not in self.starts or end - first < 2 or parse.words[first] in self.inside:
            return False
        word = parse.words[first].lower()
        singular = word.removesuffix("s")
        plural = word.endswith("s") and singular in self.known.noun_classes
        return plural or any(cls in self.known.holders for cls in self.known.noun_classes.get(word, ()))
