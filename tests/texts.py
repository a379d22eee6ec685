"""The texts of the documents of a graph that was written by hand, pieced together from their sentences."""

from __future__ import annotations

from collections import defaultdict

from kg.archive import Archive
from kg.model import Document, Extraction
from kg.rdf.namespaces import DCTERMS, KGV
from kg.store import Store


def keep_texts(store: Store) -> None:
    """Lay the text of each document beside the store, as a build does; blanks between the sentences."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in store.quads.quads_for_pattern(None, None, None, None):
        found[str(quad.subject)][quad.predicate.value] = getattr(quad.object, "value", "")
    for subject, described in found.items():
        if KGV + "sha256" in described:
            sentences = [
                (int(other[KGV + "beginOffset"]), other[KGV + "text"])
                for other in found.values()
                if KGV + "text" in other and f"<{other[KGV + 'inDocument']}>" == subject
            ]
            text = ""
            for begin, words in sorted(sentences):
                text = text.ljust(begin) + words
            keep_text(store, Document(described[DCTERMS + "identifier"], text, ""))


def keep_text(store: Store, document: Document) -> None:
    """Lay the text of one document beside the store."""
    Archive(store.folder).keep("made by hand", Extraction(document, (), (), (), ()))
