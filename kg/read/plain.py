"""Plain text, with front matter where it has any."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read import front_matter
from kg.read.draft import Draft, File
from kg.read.text import clean, decode


def read_text(file: File) -> Iterator[Draft]:
    """The text as it stands, without its front matter."""
    about, text = front_matter.split(clean(decode(file.data)), file.where)
    yield Draft(text, about)
