"""Results of queries, as tables on the page and as parts of its graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from kg.view.citations import Term
    from kg.view.shown import Row, Shown

Cell = int | str | None
ROWS = 500  # of one answer that the page holds


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query: its name, what it answers, and rows of terms, None where a variable is unbound."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Term | None]]


def answers(seen: Shown, found: Iterable[Answer]) -> list[dict[str, Any]]:
    """Answers with entities as numbers, and the statements that each is about.

    A name stands for its entity, since queries for people give names; of several entities of one name for the one of
    which the row tells a statement. The statements are those between entities of one row; where some of them are quoted
    in the row, only these.
    """
    found = list(found)
    if not found:
        return []
    number = {node: place for place, node in enumerate(seen.entities)}
    called: dict[str, list[int]] = {}
    for place, entity in enumerate(seen.entities.values()):
        called.setdefault(entity.label, []).append(place)
    about = _Statements(seen.rows, number)
    return [_answer(answer, number, called, about) for answer in found]


def _answer(
    answer: Answer, number: Mapping[str, int], called: Mapping[str, Sequence[int]], about: _Statements
) -> dict[str, Any]:
    rows = [_row([_choices(term, number, called) for term in row], about) for row in answer.rows[:ROWS]]
    entities: set[int] = set()
    statements: set[int] = set()
    for cells in rows:
        here, words = _parts(cells)
        entities.update(here)
        statements.update(about.between(here, words))
    return {
        "name": answer.name,
        "title": answer.title,
        "columns": list(answer.columns),
        "rows": rows,
        "more": len(answer.rows) - len(rows),
        "entities": sorted(entities),
        "statements": sorted(statements),
    }


def _choices(term: Term | None, number: Mapping[str, int], called: Mapping[str, Sequence[int]]) -> list[Cell]:
    """What a term may stand for, the words themselves last."""
    if isinstance(term, NamedNode):
        return [number.get(term.value, term.value)]
    if isinstance(term, Literal):
        return [*called.get(term.value, ()), term.value]
    return [None if term is None else str(term)]


def _row(cells: Sequence[Sequence[Cell]], about: _Statements) -> list[Cell]:
    """One choice for each cell: the first, but of namesakes the one of which the rest of the row tells something."""
    row = [choices[0] if len(choices) < 3 else choices[-1] for choices in cells]
    for place, choices in enumerate(cells):
        for choice in choices[:-1] if len(choices) > 2 else ():
            here, words = _parts([*row[:place], choice, *row[place + 1 :]])
            if isinstance(row[place], str) and about.between(here, words, of=choice):
                row[place] = choice
    return row


def _parts(cells: Sequence[Cell]) -> tuple[list[int], list[str]]:
    return [cell for cell in cells if isinstance(cell, int)], [cell for cell in cells if isinstance(cell, str)]


class _Statements:
    """Statements by their entities."""

    def __init__(self, statements: Sequence[Row], number: Mapping[str, int]) -> None:
        self._statements = statements
        self._between: dict[tuple[int, int], list[int]] = {}
        self._values: dict[int, list[int]] = {}
        for place, row in enumerate(statements):
            subject = number[row.subject]
            if isinstance(row.object, str):
                self._between.setdefault((subject, number[row.object]), []).append(place)
            else:
                self._values.setdefault(subject, []).append(place)

    def between(self, entities: Sequence[int], words: Sequence[str], of: Cell = None) -> list[int]:
        """The statements between these entities, or of one of them with one of these words as value.

        of: one of the entities that all of them have to speak of.
        """
        found = [
            p
            for one in entities
            for other in entities
            if of is None or of in (one, other)
            for p in self._between.get((one, other), ())
        ]
        for entity in entities if of is None else (of,):
            for place in self._values.get(entity, ()) if isinstance(entity, int) else ():
                object_ = self._statements[place].object
                if not isinstance(object_, str) and object_.value in words:
                    found.append(place)
        quoted = [p for p in found if any(citation.quote in words for citation in self._statements[p].evidence)]
        return quoted or found
