"""What pages show of each graph of a store, so that after a change only the graphs that changed are read.

Kept among what can be made anew (`kg.derived`), each part under the digest of its graph's text in graph.trig; builds
write it, everyone may read it. What the last page did not need is not kept on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kg.archive import Archive, code_digest, key_of
from kg.derived import recall, remember
from kg.digests import packed_digest
from kg.export.written import Written
from kg.view.facts import Subject, subjects_of
from kg.view.layout.shapes import Component, Shapes
from kg.view.parts import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.store import Store

_NAME = "page"
_FEW = 20  # documents that are opened one by one; where there are more, all are


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """By digest of a text what it says of a subject; by graph the digest of its text and its part; shapes."""

    facts: dict[bytes, Subject] = {}
    parts: dict[str, tuple[str, msgspec.Raw]] = {}
    shapes: dict[bytes, tuple[bytes, float]] = {}
    components: dict[bytes, Component] = {}


@dataclass(frozen=True, slots=True)
class Parts:
    """A store in parts. facts: the default graph, by a digest of each subject's text. named: by IRI, in order."""

    facts: Mapping[bytes, Subject]
    named: Mapping[str, Part]
    shapes: Shapes
    _key: str
    _packed: Mapping[str, tuple[str, msgspec.Raw]] = field(repr=False)

    def quads(self, unseen: str = "\0") -> int:
        """How many quads there are in the graphs, but for those whose IRIs end so."""
        counted = (part.quads for iri, part in self.named.items() if not iri.endswith(unseen))
        return sum(one.triples for one in self.facts.values()) + sum(counted)

    @property
    def texts(self) -> dict[str, str]:
        """The texts of documents by id, as far as they are at hand."""
        return {part.described.id: part.text for part in self.named.values() if part.text}

    def keep(self, store: Store) -> None:
        """Remember them, and the shapes that were drawn, for later pages. Raises StoreError."""
        kept = _Kept(dict(self.facts), dict(self._packed), self.shapes.taken, self.shapes.drawn)
        remember(store, _NAME, self._key, msgspec.msgpack.encode(kept))


def read_parts(store: Store) -> Parts | None:
    """The graphs of a store in parts; None where graph.trig does not hold what the store does.

    Raises StoreError where a document is damaged.
    """
    with Written(store) as written:
        digests = dict(written.digests())
        blocks = written.blocks()
        if blocks is None:
            return None
        digests.pop("")
        key = key_of(_code(), written.prefixes)
        kept = _recalled(store, key)
        facts = _facts(written, blocks, kept.facts)
        if facts is None:
            return None
        known = {iri: found for iri, digest in digests.items() if (found := kept.parts.get(iri)) and found[0] == digest}
        text_of = _texts(store, len(digests) - len(known))
        named: dict[str, Part] = {}
        packed: dict[str, tuple[str, msgspec.Raw]] = {}
        for iri, digest in digests.items():
            if iri in known:
                packed[iri] = known[iri]
                named[iri] = _PART.decode(known[iri][1])
                continue
            text = written.text(iri)
            part = None if text is None else part_of(written.quads(text), text_of)
            if part is None:
                return None
            named[iri] = part
            packed[iri] = (digest, msgspec.Raw(msgspec.msgpack.encode(part)))
        return Parts(facts, named, Shapes(kept.shapes, kept.components), key, packed)


def _facts(written: Written, blocks: Sequence[str], before: Mapping[bytes, Subject]) -> dict[bytes, Subject] | None:
    """What each block of text says; None where it is not one subject each."""
    digests = [packed_digest(block.encode()) for block in blocks]
    new = {digest: block for digest, block in zip(digests, blocks, strict=True) if digest not in before}
    try:
        made = dict(zip(new, subjects_of(written.quads("\n".join(new.values()))), strict=True))
    except ValueError:
        return None
    return {digest: before.get(digest) or made[digest] for digest in digests}


_PART = msgspec.msgpack.Decoder(Part)


def _code() -> str:
    """A digest of what decides how parts and shapes come out."""
    import numpy as np

    return code_digest("view", "rdf", "model.py", "parts.py") + np.__version__


def _recalled(store: Store, key: str) -> _Kept:
    data = recall(store, _NAME, key)
    try:
        return msgspec.msgpack.decode(data, type=_Kept) if data else _Kept()
    except msgspec.MsgspecError:
        return _Kept()


def _texts(store: Store, count: int) -> Callable[[str], str]:
    """The text of a document by its id; "" where it is not kept, as that of what users added."""
    archive = Archive.of(store)
    all_texts = archive.texts() if count > _FEW else None

    def text_of(name: str) -> str:
        if all_texts is not None:
            return all_texts.get(name, "")
        document = archive.document(name)
        return document.text if document else ""

    return text_of
