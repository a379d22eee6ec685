from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.boats import Boats, make


@pytest.fixture
def boats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Boats:
    """The boatyard's project, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return make(Path())
