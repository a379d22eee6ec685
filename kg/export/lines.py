"""N-Quads (https://www.w3.org/TR/n-quads/): one quad a line, sorted, for diffs and for other stores."""

from __future__ import annotations

from kg.store import Store


def nquads(store: Store) -> dict[str, bytes]:
    """All graphs, as graph.nq."""
    return {"graph.nq": "".join(sorted(f"{quad} .\n" for quad in store.quads)).encode("utf-8")}
