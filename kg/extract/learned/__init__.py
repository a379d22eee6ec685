"""Relations that a small trained model finds likely; see docs/learned.md.

Nothing here is imported unless a user asks for a model.
"""

from __future__ import annotations

from kg.extract.learned.card import Card, model_path, read_card
from kg.extract.learned.extractor import LearnedExtractor
from kg.extract.learned.model import open_model

__all__ = ["Card", "LearnedExtractor", "model_path", "open_model", "read_card"]
