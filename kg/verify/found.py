"""How a finding is put: where, what, what to do."""

from __future__ import annotations

from kg.model import Problem
from kg.rdf.namespaces import PREFIXES

REBUILD = "kg build writes it anew; if that does not help, kg build --clean reads everything again"
READ_AGAIN = "kg build reads it anew"
_SHOWN = 60  # characters of a quotation
_AROUND = 10  # characters before the first that differs


def place(document: str, begin: int, end: int) -> str:
    """Where something stands: the document's id and the characters, as `kg explain` tells them."""
    return f"{document}, characters {begin} to {end}"


def short(iri: str) -> str:
    """A term with the prefix that everybody knows, or its IRI."""
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def quoted(words: str) -> str:
    """Words in quotation marks, long ones cut."""
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"


def differing(one: str, other: str) -> tuple[str, str]:
    """Two texts for a message, from shortly before the first character in which they differ."""
    begin = max(0, first_difference(one, other) - _AROUND)
    if begin == 0 or max(len(one), len(other)) <= _SHOWN:
        return quoted(one), quoted(other)
    return quoted("…" + one[begin:]), quoted("…" + other[begin:])


def first_difference(one: str, other: str) -> int:
    """The position of the first character in which two texts differ; the shorter one's length where it begins it."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves, for comparing slices is quick
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def fault(where: str, what: str) -> Problem:
    """A finding about the store itself, which a build puts right."""
    return Problem(where, what, REBUILD)
