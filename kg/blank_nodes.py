"""Names of blank nodes that their content makes: the same statements give the same lines of N-Triples.

By colour refinement and not by RDFC-1.0 or the like, whose search does not end on what anybody may write: a list of
1,000 equal numbers, two nodes with nine equal ones each, fifty equal restrictions. What refinement cannot tell apart is
numbered in the order in which it comes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_ROUNDS = 32  # of refinement
_ODD = re.compile("[\x7f-\x9f\u00ad\u2028\u2029\ufeff\ufffe\uffff]")


def lines_of(triples: Iterable[Triple]) -> list[str]:
    """Triples in N-Triples, each on a line, sorted; blank nodes have names of their content."""
    given = list(dict.fromkeys(triples))
    names = _names(given)
    return sorted({" ".join(_written(term, names) for term in _terms(triple)) + " ." for triple in given})


def _terms(triple: Triple) -> tuple[Term, Term, Term]:
    return triple.subject, triple.predicate, triple.object


def _written(term: Term, names: dict[str, str]) -> str:
    """A term in N-Triples; in a literal, characters that no text should hold are escaped."""
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        return f"_:{names[term.value]}"
    if isinstance(term, ox.Triple):
        return f"<<( {' '.join(_written(part, names) for part in _terms(term))} )>>"
    if isinstance(term, ox.Literal):
        return _ODD.sub(lambda match: f"\\u{ord(match[0]):04X}", str(term))
    return str(term)


def _blank(term: Term) -> Iterator[str]:
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        yield term.value
    elif isinstance(term, ox.Triple):
        for part in _terms(term):
            yield from _blank(part)


def _names(triples: Sequence[Triple]) -> dict[str, str]:
    """Names of the blank nodes, made of what is said of them, by those that the parser gave."""
    about: dict[str, list[Triple]] = defaultdict(list)  # in the order of the file
    for triple in triples:
        for node in dict.fromkeys(node for term in _terms(triple) for node in _blank(term)):
            about[node].append(triple)
    colours = dict.fromkeys(about, "b")
    count = 0
    for _ in range(_ROUNDS):
        colours = {node: _colour(node, told, colours) for node, told in about.items()}
        if len(set(colours.values())) <= count:
            break
        count = len(set(colours.values()))
    found: dict[str, str] = {}
    used: Counter[str] = Counter()
    for node, colour in colours.items():
        used[colour] += 1
        found[node] = f"b{colour}" if used[colour] == 1 else f"b{colour}-{used[colour]}"
    return found


def _colour(node: str, told: Sequence[Triple], colours: dict[str, str]) -> str:
    around = _Seen(colours, node)
    lines = sorted(" ".join(_written(term, around) for term in _terms(triple)) for triple in told)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


class _Seen(dict[str, str]):
    """The colours as one node sees them, which knows itself."""

    def __init__(self, colours: dict[str, str], node: str) -> None:
        super().__init__({node: "self"})
        self._colours = colours

    def __missing__(self, node: str) -> str:
        return self._colours[node]
