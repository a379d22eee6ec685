"""Graphs for a store and the files beside it, given as quads."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence

from pyoxigraph import Quad

from kg.export.beside import Draft
from kg.export.subjects import DefaultDraft


def draft(iri: str | None, digest: str, make: Callable[[], Sequence[Quad]]) -> Draft | DefaultDraft:
    """A graph that is still to be made; the default one is taken apart by its subjects."""
    if iri is not None:
        return Draft(iri, digest, make)
    about: dict[str, list[Quad]] = defaultdict(list)
    for quad in make():
        about[str(quad.subject)[1:-1]].append(quad)
    return DefaultDraft(digest, {subject: _digest(quads) for subject, quads in about.items()}, about.__getitem__)


def _digest(quads: Sequence[Quad]) -> bytes:
    return hashlib.blake2b("\n".join(sorted(map(str, quads))).encode(), digest_size=16).digest()
