from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.view import places, write_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.conftest import Maker


@pytest.mark.parametrize("size", [40, 4000])
def test_a_page_tells_where_its_entities_are(big: Callable[[int, int, int], Maker], tmp_path: Path, size: int) -> None:
    maker = big(size, size, 1)
    write_page(maker, tmp_path / "g.html")
    found = places(tmp_path / "g.html")
    assert set(found) == set(maker.iris.values())
    assert len(set(found.values())) == size


def test_entities_keep_their_places(optics: Maker, empty: Callable[[], Maker], tmp_path: Path) -> None:
    write_page(optics, tmp_path / "old.html")
    before = places(tmp_path / "old.html")
    more = empty()
    more.quads.extend(optics.quads)
    more.iris.update(optics.iris)
    more.document("later")
    for number in range(8):
        more.entity(f"Newcomer {number}", "Company")
        more.say(
            f"Newcomer {number}", "supplies", "Tarnhelm Optics GmbH", f"[[Newcomer {number} supplies]] it.", "later"
        )
    write_page(more, tmp_path / "new.html", like=before)
    after = places(tmp_path / "new.html")
    width = max(x for x, *_ in before.values()) - min(x for x, *_ in before.values())
    moved = sorted(abs(after[iri][0] - x) + abs(after[iri][1] - y) for iri, (x, y, _) in before.items())
    assert moved[len(moved) // 2] < 0.02 * width


@pytest.mark.parametrize(
    "text", ["", "<html>", '<script id="graph-data" type="application/json">{"entities": 1}</script>']
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.html").write_text(text)
    with pytest.raises(UsageError, match="no page of kg"):
        places(tmp_path / "x.html")
    with pytest.raises(UsageError, match="cannot be read"):
        places(tmp_path / "none.html")
