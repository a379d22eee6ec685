"""Names of places that anybody knows, from the data of Babel and of the time zones."""

from __future__ import annotations

import functools
import zoneinfo

_ZONES_OF_CITIES = frozenset("Africa America Asia Atlantic Europe Indian Pacific".split())


@functools.lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Countries and territories in English from CLDR, by way of Babel."""
    from babel import Locale

    territories = Locale("en").territories
    names = [name for code, name in territories.items() if code.isalpha() and len(code) == 2]
    return frozenset([*names, *(name.replace(" & ", " and ") for name in names)])


@functools.lru_cache(maxsize=1)
def well_known_places() -> frozenset[str]:
    """Countries, continents, and the cities that name time zones."""
    continents = ("Europe", "Asia", "Africa", "North America", "South America", "Latin America")
    zones = (zone.split("/") for zone in zoneinfo.available_timezones())
    cities = (zone[-1].replace("_", " ") for zone in zones if zone[0] in _ZONES_OF_CITIES and len(zone) > 1)
    return countries() | {*continents, *cities}
