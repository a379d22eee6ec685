"""Which prefix stands for which namespace in the files of a store."""

from __future__ import annotations

from kg.rdf.namespaces import PREFIXES
from kg.store import Store


def prefixes(store: Store) -> dict[str, str]:
    """Namespaces by prefix, sorted: those of the store's manifest and those of every project."""
    return dict(sorted({**store.manifest.get("prefixes", {}), **PREFIXES}.items()))


def by_namespace(store: Store) -> dict[str, str]:
    """Prefixes by namespace; of several for one namespace, the first by name."""
    return {namespace: name for name, namespace in reversed(prefixes(store).items())}


def split(iri: str) -> tuple[str, str]:
    """An IRI as namespace, up to its last # or /, and the rest."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]
