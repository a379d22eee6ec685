"""What tests share: the shipped ontology, the sample corpus built once, the option that renews golden graphs."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from kg.config import Settings
from kg.ontology import Ontology, load, shipped
from kg.pipeline import build

ROOT = Path(__file__).parent.parent

# How long a test takes says as much about the machine as about kg.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden graphs anew from what is built")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Where documents lie that are kept outside the project."""
    return ROOT.parent / "shared"


@pytest.fixture(scope="session")
def company() -> Ontology:
    """The shipped ontology."""
    return load([shipped("company.ttl")])


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    report = build([str(ROOT / "data")], Settings(output=str(folder)))
    assert not report.problems
    return folder
