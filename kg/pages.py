"""Pages of a graph with all that belongs to them: texts of documents, and answers of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import query
from kg.archive import Archive
from kg.errors import QueryError
from kg.parts import read_parts
from kg.runtime import growing_heap
from kg.view import Answer, Selection, places
from kg.view import write_page as write
from kg.view.bulk import at_most
from kg.view.page import LIMIT
from kg.view.whole import whole

if TYPE_CHECKING:
    from kg.parts import Parts
    from kg.store import Store
    from kg.view.page import Progress

# Of the shipped queries, those about what documents say; the others are about the store and its sentences.
OFFERED = ("awards", "brands", "founding", "interviews", "launches", "partners", "people", "products", "strategies")
SMALL = 200_000  # quads up to which the shipped queries take no time that anyone would notice
# What was inferred they do not see, so it does not count.
_UNSEEN = "graph/inferred"
_SEEN = f'{{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRENDS(STR(?g), "{_UNSEEN}")) }}'


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
    keep: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the page of a graph, whole or not at all.

    queries: .rq files or names of shipped queries; without any, the page offers the shipped ones that have an answer.
    look: "own" or "classic". like: another page, whose entities keep their places as far as they can. review: decisions
    can be made on the page. seconds: limit for each query. keep: whoever writes the store keeps what the next page can
    use. progress: is told what is done.
    Raises UsageError, QueryError, StoreError.
    """
    own = look == "own"
    with growing_heap():
        parts = _parts(store, progress) if own and (selection is None or selection.whole) else None
        write(
            store,
            path,
            title=title,
            selection=selection,
            look=look,
            graph=whole(tuple(parts.facts.values()), tuple(parts.named.values()), limit=LIMIT) if parts else None,
            found=_answers(store, queries, seconds, parts) if own else (),
            whole=(parts.texts if parts else Archive.of(store).texts()) if own else None,
            prefixes=query.known_prefixes(store),
            like=None if like is None else places(like),
            shapes=parts.shapes if parts else None,
            review=review,
            progress=progress,
        )
        if parts and keep:
            parts.keep(store)


def _parts(store: Store, progress: Progress | None) -> Parts | None:
    parts = read_parts(store)
    if parts and progress:
        progress("reading the graph", 0, 2)
    return parts


def _answers(store: Store, queries: Sequence[str], seconds: float, parts: Parts | None) -> list[Answer]:
    if not queries:
        return list(_offered(store, parts))
    found = []
    for name in queries:
        text = query.resolve(name)
        result = query.run(store, text, seconds=seconds)
        found.append(Answer(Path(name).stem, query.title(text) or Path(name).stem, result.variables, result.rows))
    return found


def _offered(store: Store, parts: Parts | None) -> Iterable[Answer]:
    if not (parts.quads(_UNSEEN) <= SMALL if parts else at_most(store.quads, SMALL, _SEEN)):
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
