"""Numbers, in digits or in words, and the amounts of money that they make with a currency.

Amounts are written as "29990 EUR", with the ISO 4217 code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.annotate.currencies import COUNTRIES, WORDLIKE_CODES, Spoken, currencies
from kg.annotate.text import GAP, THIN, word_set
from kg.model import Span, Value

_JOIN = rf"(?:{GAP}|-)"

_SIMPLE = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}
_SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_LETTERS = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9}
_SPELLED = "hundred|thousand|million|billion|trillion|dozen"


# What numbers in company news count and measure; a number before one of these is neither a year nor part of a name.
PEOPLE = word_set(
    "people employees workers staff staffers colleagues members persons men women specialists engineers professionals "
    "associates staffer jobs souls heads hands craftsmen developers"
)
COUNTED = PEOPLE | word_set(
    "users customers clients subscribers visitors guests passengers students readers companies firms suppliers "
    "partners dealers exhibitors shops stores outlets branches offices sites locations countries cities markets "
    "brands products models units copies pieces items orders vehicles cars bikes trucks lorries aircraft boats "
    "seats rooms beds miles "
    "kilometres kilometers metres meters feet tonnes tons kg kilos grams litres liters watts kw mw hp km hours days "
    "weeks months minutes times square cubic euros euro dollars pounds yen yuan kroner kronor francs rupees pesos "
    "cents pence million billion thousand percent"
)


def _initials(words: Sequence[str]) -> str:
    """A pattern for the words, longest first, each with its first letter in either case."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in ordered)


SMALL_NUMBER = _initials([*_SIMPLE])
_DIGITS = (
    rf"[0-9]{{1,3}}(?:(?P<sep>[,.'’ {THIN}])[0-9]{{3}}(?:(?P=sep)[0-9]{{3}}){{0,4}}(?![0-9])"
    r"(?:[.,][0-9]{1,6}(?![0-9]))?"
    r"|(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9]))"
    r"|[0-9]{1,15}(?![0-9])(?:[.,][0-9]{1,6}(?![0-9]))?"
)
_WORDS = (
    rf"(?:[Hh]alf{GAP}a(?={GAP}(?:thousand|million|billion|trillion|dozen)\b)|[Aa](?={GAP}(?:{_SPELLED})\b)"
    rf"|(?:{SMALL_NUMBER})\b(?:{GAP}and{GAP}a{GAP}half(?={GAP}(?:{_SPELLED})\b))?)"
    rf"(?:{_JOIN}(?:(?:(?<=hundred.)|(?<=thousand.)|(?<=million.))and{GAP})?"
    rf"(?:{'|'.join(sorted([*_SIMPLE], key=len, reverse=True))}|{_SPELLED})\b){{0,12}}"
)
# Digits may follow three capitals, which may be a currency's code ("EUR500"): who uses a number looks before it.
_NUMBER = re.compile(
    rf"(?:(?<!\w)|(?<=[A-Z]{{3}}))(?<![0-9][.,:])"
    rf"(?:(?P<digits>{_DIGITS})(?:[ {THIN}\n-]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
    rf"|(?P<words>{_WORDS}))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text.

    grouped: written with thousands separators, or with a scale word. words: written in letters.
    dotted: grouped by a single full stop ("29.990"), which elsewhere would be a decimal point.
    """

    span: Span
    value: Decimal
    grouped: bool = False
    dotted: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money; word is the currency as the text names it, lower case.

    value is None where the text gives a range or a currency that stays unknown; the span is not a count either.
    """

    span: Span
    value: Value | None
    word: str


def find_numbers(text: str) -> list[Number]:
    """Every number of the text, in order; "five" in "five-star" too: the context is the caller's matter."""
    numbers = []
    for match in _NUMBER.finditer(text):
        if match["words"] is not None:
            number = spelled(match["words"])
            if number is not None:
                numbers.append(Number(Span(*match.span()), number, words=True))
        elif (
            text[match.end() : match.end() + 1] not in {".", ","}
            or not text[match.end() + 1 : match.end() + 2].isdigit()
        ):
            numbers.append(_of_digits(match))
    return numbers


def _of_digits(match: re.Match[str]) -> Number:
    raw, scale = match["digits"], match["scale"]
    value, dotted = _read(raw, scaled=scale is not None)
    grouped = scale is not None or match["sep"] is not None or raw.count(",") > 1
    return Number(Span(*match.span()), value * _SCALES.get(scale or "", 1), grouped=grouped, dotted=dotted)


def _read(raw: str, *, scaled: bool) -> tuple[Decimal, bool]:
    """The value of digits with separators, and whether one full stop was taken for a thousands separator."""
    bare = re.sub(rf"[ '’{THIN}]", "", raw)
    mark = max(bare.rfind("."), bare.rfind(","))
    if mark < 0:
        return Decimal(bare), False
    whole, sign, fraction = bare[:mark], bare[mark], bare[mark + 1 :]
    thousands = len(fraction) == 3 and whole not in {"", "0"} and len(whole) <= 3 and not (scaled and sign == ".")
    if sign in whole or (thousands and bare == raw and not set(".,") & set(whole)):
        return Decimal(re.sub("[.,]", "", bare)), sign == "." and sign not in whole
    return Decimal(re.sub("[.,]", "", whole) + "." + fraction), False


def spelled(words: str) -> Decimal | None:
    """The value of English number words ("two hundred and five", "half a million"); None if they make none."""
    tokens = [word for word in re.split(r"[\s-]+", words.lower()) if word != "and"]
    if tokens[:2] == ["half", "a"]:
        rest = spelled(" ".join(["one", *tokens[2:]]))
        return rest / 2 if rest is not None else None
    if tokens[1:3] == ["a", "half"]:
        scale = spelled(" ".join(["one", *tokens[3:]]))
        return (_SIMPLE[tokens[0]] + Decimal("0.5")) * scale if scale is not None else None
    total, group, smallest = 0, 0, 10**15
    for token in tokens:
        if token in _SIMPLE:
            value = _SIMPLE[token]
            free = group % 100 == 0 or (value < 10 and group % 10 == 0 and group % 100 >= 20)
            if not free:
                return None
            group += value
        elif token == "a":
            group = 1
        elif token == "hundred" and 0 < group < 100:
            group *= 100
        elif token == "dozen" and group:
            group *= 12
        elif token in _SCALES and group > 0 and _SCALES[token] < smallest:
            smallest = _SCALES[token]
            total, group = total + group * smallest, 0
        else:
            return None
    return Decimal(total + group)


_PLAIN_WORD = re.compile(rf"{_JOIN}(U\.S\.|[^\W\d_]+)")
_LETTER = re.compile(rf"[ {THIN}]?([kKmMbB])(?![\w])")
_COUNTED_OUT = rf"(?:[0-9]|\b(?:{'|'.join([*_SIMPLE, *_SCALES])}|hundred)\b)"
_RANGE_BEFORE = re.compile(
    rf"(?:{_COUNTED_OUT}(?:{GAP}?(?:[A-Z]{{3}}|[^\W\d_]{{2,8}}s|euro|won|yen)\b)?|\b[A-Z]{{3}}|[$€£¥kmb])"
    rf"{GAP}?(?:[-–—]|\b(?:to|or)\b){GAP}?\Z"
)
_BETWEEN = re.compile(r"\bbetween\s(?:[^.;!?\n]{1,40}\sand\s)?\Z")
_RANGE_AFTER = re.compile(
    rf"{GAP}?(?:[-–—]|\b(?:to|or)\b){GAP}?[^\w\s]{{0,2}}(?:[A-Z]{{3}}{GAP}?)?(?:[0-9]|(?:{SMALL_NUMBER})\b)"
)
_CHANGE = re.compile(
    r"\b(?:ris|rose|gr[eo]w|increas|fell|fall|drop|rais|cut|jump|climb|shr[aiu]nk|expand|went|slump|lift|reduc|up|down)\w{0,5}\b"
    r"[^.;!?\n]{0,40}\bfrom\s[^.;!?\n]{0,40}\Z"
)
_WEIGHT = re.compile(r"\bweigh[^.;!?\n]{0,30}\Z")
_AFTER_WON = re.compile(
    rf"{GAP}(?:[A-Z]|(?:an?|the|its|his|her|their|our|this|that|both|two|three|several|many|gold|silver|bronze|best|over)\b)"
)


def in_range(text: str, span: Span) -> bool:
    """Whether the number or amount is an end of a range ("10 to 12"); a change ("grew from 10 to 12") is none."""
    before = text[max(0, span.begin - 60) : span.begin]
    if _BETWEEN.search(before):
        return True
    if _RANGE_BEFORE.search(before[-24:]) or _RANGE_AFTER.match(text, span.end):
        return not _CHANGE.search(text[max(0, span.begin - 120) : span.begin])
    return False


def find_amounts(text: str, numbers: Sequence[Number]) -> list[Amount]:
    """The amounts of money among the numbers, in order.

    A family of currencies ("kroner") that has no usual country, as dollars and pounds have, takes that of its last use
    in the text ("Danish kroner"), before the first use the one country of its own that the text speaks of.
    """
    found = []
    known = Spoken(text)
    for number in numbers:
        amount = _amount(text, number, known)
        if amount is not None:
            found.append(amount)
    return found


def _amount(text: str, number: Number, known: Spoken) -> Amount | None:
    table = currencies()
    begin, end = number.span.begin, number.span.end
    before = _currency_before(text, number)
    begin = before[1] if before else begin
    if not before and _glued(text, begin):
        return None
    value = number.value
    letter = _LETTER.match(text, end)
    if letter and not number.grouped and (before or _currency_after(text, letter.end())):
        value, end = value * _LETTERS[letter[1]], letter.end()
    after = _currency_after(text, end)
    if after and before and table.family(before[0]) != table.family(after[0]):
        after = None
    currency = after or before
    end = after[1] if after else end
    if currency is None or text[end : end + 1].isalnum() or _misread(text, number, end, currency[0]):
        return None
    code = known[table.code(currency[0])]
    if code.isupper():
        known[table.families.get(code, code)] = code
    clear = code.isupper() and text[begin - 1 : begin] not in {"-", "−"} and not in_range(text, Span(begin, end))
    shown = text[number.span.end : end].split() if after else [currency[0]]
    word = re.split(r"[\s-]", shown[-1])[-1].lower()
    return Amount(Span(begin, end), Value(f"{plain(value)} {code}", "amount") if clear else None, word)


def _glued(text: str, begin: int) -> bool:
    """Whether a letter, hyphen or the like right before a number makes it part of something else ("TX-200")."""
    mark = text[begin - 1 : begin]
    if mark.isalnum() or mark in {"-", "–", "−", "/", "."}:
        return not (mark in {"-", "–"} and _RANGE_BEFORE.search(text[max(0, begin - 16) : begin]))
    return False


def _currency_before(text: str, number: Number) -> tuple[str, int] | None:
    """The symbol or code right before a number, and where it begins."""
    begin = number.span.begin
    start = max(0, begin - 7)
    match = None if number.words else currencies().prefix.search(text[start:begin])
    if match is None or (match["name"] in WORDLIKE_CODES and match.end() > match.end("name")):
        return None
    return match["name"], start + match.start()


def _currency_after(text: str, end: int) -> tuple[str, int] | None:
    """The currency named right after a number, as a key of the table, and where it ends."""
    table = currencies()
    words: list[tuple[str, int]] = []
    while len(words) < 4 and (match := _PLAIN_WORD.match(text, words[-1][1] if words else end)):
        words.append((match[1].lower(), match.end()))
    for size in range(len(words), 0, -1):
        parts = [word for word, _ in words[:size]]
        country = " ".join(parts[:-1])
        regular = f"{COUNTRIES.get(country, country)} {table.nouns.get(parts[-1], parts[-1])}".strip()
        for key in (" ".join(parts), regular):
            if key in table.phrases:
                return key, words[size - 1][1]
    symbol = table.suffix.match(text, end)
    return (symbol["name"], symbol.end()) if symbol else None


def _misread(text: str, number: Number, end: int, name: str) -> bool:
    """ "47 won the prize" is a victory, and twenty pounds that something weighs are no money."""
    if name == "won":
        before = text[max(0, number.span.begin - 40) : number.span.begin].split()
        named = bool(before) and before[-1][:1].isupper()
        return number.value < 100 or (named and not number.grouped) or bool(_AFTER_WON.match(text, end))
    return name.startswith("pound") and bool(_WEIGHT.search(text[max(0, number.span.begin - 50) : number.span.begin]))


def plain(value: Decimal) -> str:
    """The shortest decimal notation, without an exponent: 1200000, 4.99."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
