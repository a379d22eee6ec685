from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from kg import config
from kg.errors import StoreError
from kg.handle import Handle, reads
from tests.boatyard import stored


class Counter(Handle):
    """Counts the facts of a graph."""

    @reads
    def count(self, least: int = 0) -> int:
        """How many facts there are, of at least so many."""
        return max(least, sum(1 for _ in self.store.quads))


@pytest.fixture
def graph(tmp_path: Path) -> Counter:
    stored(tmp_path).close()
    return Counter(config.load({"output": str(tmp_path)}))


def test_the_store_is_opened_when_it_is_asked_for_and_again_after_the_end(graph: Counter) -> None:
    first = graph.count()
    store = graph.store
    assert store is graph.store
    assert first > 0
    with graph as same:
        assert same is graph
    assert graph.store is not store
    assert graph.count(least=first + 1) == first + 1
    graph.close()


def test_a_temporary_folder_goes_with_the_handle(graph: Counter) -> None:
    graph._folder = tempfile.TemporaryDirectory(prefix="kg-")
    folder = Path(graph._folder.name)
    assert folder.is_dir()
    graph.close()
    assert not folder.exists()


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Counter(config.load({"output": str(tmp_path / "none")})).count()
