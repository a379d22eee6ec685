"""The classes of a document's things while its references are resolved; those that are only guessed may be learnt."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention
from kg.ontology import Ontology
from kg.resolve.types import class_asked_for

Sets = Sequence[frozenset[str]]
_GUESSED = -1.0
_FITS, _MISFIT = 0.6, -2.0


class Classes:
    """The class of each thing, and whether it may still change.

    weighed: class of each cluster and whether more than a label or two of the recogniser speaks for it.
    """

    def __init__(
        self, clusters: Sequence[Sequence[Mention]], weighed: Sequence[tuple[str | None, bool]], ontology: Ontology
    ) -> None:
        self._ontology = ontology
        self.of = [cls for cls, _ in weighed]
        # Quoted words get a class from what is said of them, or none: most name nothing.
        self.firm = [
            firm or all(m.kind != "name" for m in cluster) for (_, firm), cluster in zip(weighed, clusters, strict=True)
        ]
        self.persons = ontology.persons()
        ranges = (p.range for p in ontology.properties.values() if p.domain and p.domain <= self.persons)
        self.collectives = frozenset(iri for allowed in ranges for iri in allowed) - self.persons

    def is_person(self, n: int) -> bool:
        """Whether the thing's class is that of persons."""
        return self.of[n] in self.persons

    def may_speak(self, n: int) -> bool:
        """Whether "we" may mean it: what persons belong to by some property; anything but persons if there is none."""
        own = self.of[n]
        return own is not None and not self.is_person(n) and self._ontology.fits(own, self.collectives)

    def fits(self, n: int, expected: Sets) -> int:
        """How many of the expected sets the thing's class fits."""
        own = self.of[n]
        return sum(own is not None and self._ontology.fits(own, allowed) for allowed in expected)

    def fitness(self, n: int, expected: Sets) -> float:
        """How well the thing's class fits the slots of a reference, as a weight; a guess may be wrong."""
        fits = self.fits(n, expected)
        if expected and not fits and not self.firm[n]:
            return _GUESSED
        return fits * _FITS + (len(expected) - fits) * _MISFIT

    def learn(self, n: int, expected: Sets) -> None:
        """A thing whose class was only guessed is what the slots of a reference to it ask for."""
        if expected and not self.firm[n] and not self.fits(n, expected):
            self.of[n] = class_asked_for(expected, self._ontology) or self.of[n]
