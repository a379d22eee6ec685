"""The stand-in service, and extractors that ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.ontology import Ontology
from tests.extract.llm.standin import Ask, StandIn


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A service that behaves until it is told otherwise; no key in the environment."""
    monkeypatch.delenv("LLM_API_KEY", raising=False)
    service = StandIn()
    yield service
    service.close()


@pytest.fixture
def ask(ontology: Ontology, service: StandIn) -> Ask:
    return Ask(ontology, service, [])
