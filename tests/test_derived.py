"""What can be made anew is believed only where it is whole and was made by the same."""

from __future__ import annotations

from pathlib import Path

from kg.derived import recall, remember
from kg.store import Store


def test_what_was_remembered_is_recalled(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        assert recall(store, "x", "key") is None
        remember(store, "x", "key", b"data")
        assert recall(store, "x", "key") == b"data"
        assert recall(store, "x", "other") is None
        remember(store, "x", "other", b"")
        assert recall(store, "x", "other") == b""


def test_damage_is_an_absent_file(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        remember(store, "x", "key", b"data")
        path = tmp_path / "store" / "derived" / "x"
        for broken in (b"", path.read_bytes()[:-1], path.read_bytes()[:-1] + b"A", b"\0" * 10):
            path.write_bytes(broken)
            assert recall(store, "x", "key") is None
        path.unlink()
        path.mkdir()
        assert recall(store, "x", "key") is None


def test_a_clean_build_forgets_it(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        remember(store, "x", "key", b"data")
    with Store.open(tmp_path, create=True, clean=True) as store:
        assert recall(store, "x", "key") is None


def test_readers_get_nothing_of_it(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.keep("some.json", b"{}")
        remember(store, "x", "key", b"data")
    (state,) = (tmp_path / "store" / "published").iterdir()
    assert not list(state.rglob("x"))
