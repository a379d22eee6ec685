"""The default graph as text, subject by subject: of one of which the same is said, the text is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import msgspec
from pyoxigraph import Quad

from kg.derived import recall, remember
from kg.export.turtle import Writer, turtle_file
from kg.filling import Filling
from kg.store import Store

_NAME = "blocks"


@dataclass(frozen=True, slots=True)
class DefaultDraft:
    """The default graph, still to be made. digest: of all that it is made of; subjects: the same of each, by IRI.

    about: the quads of one subject.
    """

    digest: str
    subjects: Mapping[str, bytes]
    about: Callable[[str], Collection[Quad]]
    iri: None = None


class Block(msgspec.Struct, frozen=True, array_like=True):
    """What is said of a subject, as text. taken: the namespaces whose prefixes it uses."""

    digest: bytes
    text: str
    taken: tuple[str, ...]


class Blocks(msgspec.Struct, frozen=True, array_like=True):
    """The text of a default graph, by subject in order. made_of: the digest of its draft."""

    made_of: str = ""
    by_subject: dict[str, Block] = {}

    @property
    def trig(self) -> bytes:
        """As it stands in TriG."""
        return "".join(f"\n{block.text}" for block in self.by_subject.values()).encode()

    def turtle(self, names: dict[str, str]) -> bytes:
        """As a file of its own; names: prefixes by namespace."""
        taken = {namespace for block in self.by_subject.values() for namespace in block.taken}
        return turtle_file(names, (block.text for block in self.by_subject.values()), taken)


def made(draft: DefaultDraft, names: dict[str, str], before: Blocks) -> tuple[Blocks, Filling]:
    """The text, and what the store is to hold; before: what it holds now, or nothing where that is not known."""
    writer = Writer(names)
    blocks: dict[str, Block] = {}
    changed: list[str] = []
    quads: list[Quad] = []
    for subject in sorted(draft.subjects, key=lambda iri: f"<{iri}>"):
        block = before.by_subject.get(subject)
        if block is None or block.digest != draft.subjects[subject]:
            said = draft.about(subject)
            writer.taken = set()
            (text,) = writer.blocks(said, "")
            block = Block(draft.subjects[subject], text, tuple(sorted(writer.taken)))
            changed.append(subject)
            quads += said
        blocks[subject] = block
    gone = before.by_subject.keys() - blocks.keys()
    subjects = sorted({*changed, *gone}) if before.by_subject else None
    return Blocks(draft.digest, blocks), Filling(None, quads, subjects)


def load_blocks(store: Store) -> Blocks:
    """The text that the last build made; nothing where that is not known."""
    data = recall(store, _NAME, "")
    try:
        return msgspec.msgpack.decode(data, type=Blocks) if data else Blocks()
    except msgspec.MsgspecError:
        return Blocks()


def keep_blocks(store: Store, blocks: Blocks) -> None:
    """Remember the text for the next build. Raises StoreError."""
    remember(store, _NAME, "", msgspec.msgpack.encode(blocks))
