"""Relations that a small trained model finds likely; see docs/learned.md.

Nothing here is imported unless a user asks for a model.
"""

from __future__ import annotations

from kg.extract.learned.card import Card, read_card
from kg.extract.learned.extractor import LearnedExtractor
from kg.extract.learned.model import open_model

__all__ = ["Card", "LearnedExtractor", "open_model", "read_card"]
