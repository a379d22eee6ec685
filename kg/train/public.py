"""Public data sets as examples: CORE, DFKI and Re-DocRED.

CORE (Borchert et al. 2023, https://arxiv.org/abs/2310.12024) and the corpus of DFKI (Schön et al. 2018, company and
product relations) mark one pair of a sentence at a time, Re-DocRED (Tan et al. 2022, https://arxiv.org/abs/2205.12696)
whole articles.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.train.examples import Example, Link, Words

SENTENCES = 3  # of a window of an article
HELD = 5  # one of so many documents, or of single sentences, is never learned from
Place = tuple[int, int]

_CLOSING = re.compile(r" (?=(?:[,.;:!?)\]%]|'s\b|n't\b|')(?:\s|$))")
# What a relation of CORE is in the shipped ontology: the property, whether it leads the other way, or both.
CORE = {
    "product_or_service_of": ("produces", "back"),
    "acquired_by": ("acquired", "back"),
    "collaboration": ("partnerOf", "both"),
    "client_of": ("suppliedBy", "on"),
    "shareholder_of": ("investedIn", "on"),
    "subsidiary_of": ("parentOrganization", "on"),
    "competitor_of": ("competesWith", "both"),
    "brand_of": ("hasBrand", "back"),
}
_KINDS = {"TIME": "Date", "NUM": "Number"}


def parted(examples: Iterable[Example], *, held: bool) -> list[Example]:
    """The fifth of a set that is never learned from, or all the rest; what is of one document stays together.

    A sentence that stands among the rest as well, with another pair, is not held.
    """
    number: dict[str, int] = {}
    parts: dict[bool, list[Example]] = {False: [], True: []}
    for n, example in enumerate(examples):
        parts[number.setdefault(example.document or f"{n}", len(number)) % HELD == 0].append(example)
    learned = {example.text for example in parts[False]}
    return [example for example in parts[True] if example.text not in learned] if held else parts[False]


def core(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The sentences of CORE under the shipped ontology; relations that it does not know are none."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        text, starts = spaced([row["context"]])
        ends = [_place(starts[0], row[f"{e}_start"], row[f"{e}_end"] + 1) for e in ("e1", "e2")]
        first, second = (1, 0) if row["invert_relation"] else (0, 1)
        links: list[Link] = []
        prop, way = CORE.get(row["relation"], ("", ""))
        if way in ("on", "both"):
            links.append((first, keys[prop], second))
        if way in ("back", "both"):
            links.append((second, keys[prop], first))
        yield _sorted(text, [(*place, "") for place in ends], links, vocabulary, complete=False)


def dfki(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The sentences of the corpus of DFKI, with all their pairs, under the shipped ontology."""
    types = {"ORGANIZATION": keys["Organization"], "PRODUCT": keys["Product"]}
    sentences: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            sentences.setdefault(tuple(row["tokens"]), []).append(row)
    for words, rows in sentences.items():
        text, [starts] = spaced([words])
        mentions: dict[Words, int] = {}
        links: list[Link] = []
        for row in rows:
            one, other = (
                mentions.setdefault((*_place(starts, begin, end), types.get(type_, "")), len(mentions))
                for (begin, end), type_ in zip(row["entities"], row["type"], strict=True)
            )
            if row["label"] == "CompanyProvidesProduct":
                links.append((one, keys["produces"], other))
        yield _sorted(text, list(mentions), links, vocabulary, complete=False)


def redocred(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """Windows of the articles of Re-DocRED. A relation stands where its evidence does, or within a sentence."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        for at in range(0, len(row["sents"]), SENTENCES):
            window = range(at, min(at + SENTENCES, len(row["sents"])))
            yield replace(_window(row, window, vocabulary, keys), document=row["title"])


def _window(row: Mapping[str, Any], window: range, vocabulary: str, keys: Mapping[str, str]) -> Example:
    text, starts = spaced([row["sents"][n] for n in window])
    mentions: dict[Place, str] = {}
    of: list[dict[Place, int]] = []
    for vertex in row["vertexSet"]:
        own: dict[Place, int] = {}
        for mention in vertex:
            if mention["sent_id"] in window:
                place = _place(starts[mention["sent_id"] - window.start], *mention["pos"])
                mentions.setdefault(place, _KINDS.get(mention["type"], keys.get(mention["type"], "")))
                own[place] = mention["sent_id"]
        of.append(own)
    number = {place: n for n, place in enumerate(mentions)}
    links: list[Link] = []
    for label in row["labels"]:
        pairs = [
            (abs(s[0] - o[0]), s, o)
            for s, s_at in of[label["h"]].items()
            for o, o_at in of[label["t"]].items()
            if s != o and (s_at == o_at or (label["evidence"] and all(n in window for n in label["evidence"])))
        ]
        if pairs:
            _, one, other = min(pairs)
            links.append((number[one], keys[label["r"]], number[other]))
    return _sorted(text, [(*place, kind) for place, kind in mentions.items()], links, vocabulary, complete=True)


def spaced(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[Place]]]:
    """Tokens as running text, and where each token stands in it."""
    text, starts = "", []
    for words in sentences:
        places: list[Place] = []
        for word in words:
            glued = not text or _CLOSING.match(f" {word} ") or text[-1] in "([$"
            text += "" if glued else " "
            places.append((len(text), len(text) + len(word)))
            text += word
        starts.append(places)
    return text, starts


def _place(places: Sequence[Place], first: int, end: int) -> Place:
    return places[first][0], places[min(end, len(places)) - 1][1]


def _sorted(text: str, mentions: Sequence[Words], links: Sequence[Link], vocabulary: str, *, complete: bool) -> Example:
    order = sorted(range(len(mentions)), key=lambda n: mentions[n])
    number = {n: place for place, n in enumerate(order)}
    joined = sorted({(number[s], p, number[o]) for s, p, o in links})
    return Example(text, tuple(mentions[n] for n in order), tuple(joined), vocabulary, complete)
