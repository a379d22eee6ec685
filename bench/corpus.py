"""Many documents out of the samples: their passages, with other names in each.

A name keeps its frame ("Ltd", "Foundation for") and changes its proper words, by one of so many variants, so that some
things turn up in many documents and most in few.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from kg.archive import Archive

VARIANTS = 200
WORDS = 300
_SYLLABLES = "ba ke li mo nu ra se ti vo zu dar fen gor hal jun kor lan mir nel pol".split()


def passages(output: Path, words: int = WORDS) -> list[tuple[str, list[str]]]:
    """Passages of about so many words of the documents of a graph, each with the proper words of its names."""
    found = []
    for kept in Archive(output).load().values():
        extraction = kept.whole()
        names = {label.text for entity in extraction.entities for label in entity.names}
        proper = sorted({word for name in names for word in re.findall(r"\b[A-Z][a-z]{3,}\b", name)})
        begin, count = 0, 0
        text = extraction.document.text
        for sentence in extraction.sentences:
            count += len(sentence.of(text).split())
            if count >= words:
                found.append((text[begin : sentence.end].strip(), proper))
                begin, count = sentence.end, 0
    return found


def documents(output: Path, count: int, words: int = WORDS) -> Iterator[tuple[str, str]]:
    """So many documents, by name; each time the same."""
    sources = passages(output, words)
    for n in range(count):
        text, proper = sources[n % len(sources)]
        variant = n // len(sources) % VARIANTS
        yield f"d{n:05}", varied(text, proper, variant)


def varied(text: str, proper: list[str], variant: int) -> str:
    """A text with other proper words; variant 0 is the text itself."""
    if not variant or not proper:
        return text
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, proper))})\b")
    return pattern.sub(lambda found: _word(found[0], variant), text)


def _word(word: str, variant: int) -> str:
    digest = hashlib.sha256(f"{word} {variant}".encode()).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[: 2 + digest[9] % 2]).capitalize()


def write(folder: Path, output: Path, count: int) -> int:
    """Write the documents as files, and tell how many words they have."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, text in documents(output, count):
        total += len(text.split())
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return total
