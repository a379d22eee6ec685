"""Relations that a language model proposes, over any endpoint compatible with OpenAI's; see docs/llm.md.

Nothing is believed that does not stand in the text. What a build gives with one answer cached it gives again, byte by
byte. Nothing here is imported, and nothing is sent, unless a user asks for it.
"""

from __future__ import annotations

from kg.extract.llm.budget import Estimate, Limits, Prices
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.extractor import LlmExtractor

__all__ = ["Endpoint", "Estimate", "Limits", "LlmExtractor", "Prices"]
