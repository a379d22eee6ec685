"""Open clauses, one test for each construction, on what the language model makes of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import Annotator
from kg.extract.openie import Clause, clauses
from kg.extract.propositions import propositions

Said = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def found(annotator: Annotator) -> Callable[[str], tuple[Clause, ...]]:
    def run(text: str) -> tuple[Clause, ...]:
        return clauses(text, propositions(annotator.phrases([text])[0]))

    return run


@pytest.fixture(scope="session")
def said(found: Callable[[str], tuple[Clause, ...]]) -> Said:
    return lambda text: [str(clause) for clause in found(text)]


def test_an_active_clause(said: Said) -> None:
    assert said("Norvia opened a factory in Graz in 2016.") == ["(Norvia; opened; a factory; in Graz; in 2016)"]


def test_every_part_stands_at_its_offsets(found: Callable[[str], tuple[Clause, ...]]) -> None:
    text = "The firm, which Okandor did not buy, was opened\n in Graz."
    made = found(text)
    assert made
    for clause in made:
        for part in (clause.subject, clause.predicate, *clause.arguments):
            words = " ".join(" ".join(span.of(text).split()) for span in part.spans)
            assert part.text == f"{part.implied} {words}".strip()
