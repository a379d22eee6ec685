"""Pages of a graph with all that belongs to them: texts of documents, and answers of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import query
from kg.archive import Archive
from kg.errors import QueryError
from kg.view import Answer, Selection, places
from kg.view import write_page as write
from kg.view.bulk import at_most

if TYPE_CHECKING:
    from kg.store import Store
    from kg.view.page import Progress

# Of the shipped queries, those about what documents say; the others are about the store and its sentences.
OFFERED = ("awards", "brands", "founding", "interviews", "launches", "partners", "people", "products", "strategies")
SMALL = 200_000  # quads up to which the shipped queries take no time that anyone would notice
# What was inferred they do not see, so it does not count.
_SEEN = '{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } FILTER(!STRENDS(STR(?g), "graph/inferred")) }'


def write_page(  # noqa: PLR0913
    store: Store,
    path: Path,
    *,
    title: str = "Knowledge graph",
    selection: Selection | None = None,
    queries: Sequence[str] = (),
    look: str = "own",
    like: Path | None = None,
    review: bool = False,
    seconds: float = 30.0,
    progress: Progress | None = None,
) -> None:
    """Write the page of a graph, whole or not at all.

    queries: .rq files or names of shipped queries; without any, the page offers the shipped ones that have an answer.
    look: "own" or "classic". like: another page, whose entities keep their places as far as they can. review: decisions
    can be made on the page. seconds: limit for each query. progress: is told what is done.
    Raises UsageError, QueryError.
    """
    own = look == "own"
    write(
        store,
        path,
        title=title,
        selection=selection,
        look=look,
        found=_answers(store, queries, seconds) if own else (),
        whole=Archive.of(store).texts() if own else None,
        prefixes=query.known_prefixes(store),
        like=None if like is None else places(like),
        review=review,
        progress=progress,
    )


def _answers(store: Store, queries: Sequence[str], seconds: float) -> list[Answer]:
    if not queries:
        return list(_offered(store))
    found = []
    for name in queries:
        text = query.resolve(name)
        result = query.run(store, text, seconds=seconds)
        found.append(Answer(Path(name).stem, query.title(text) or Path(name).stem, result.variables, result.rows))
    return found


def _offered(store: Store) -> Iterable[Answer]:
    if not at_most(store.quads, SMALL, _SEEN):
        return
    known = query.named_queries()
    for name in OFFERED:
        named = known[name]
        try:
            result = query.run_here(store, named.text)
        except QueryError:  # another ontology has other prefixes
            continue
        if result:
            yield Answer(name, named.title, result.variables, result.rows)
