from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.notebook import Page, Rows, data_frame, table


def test_rows_are_a_table_without_anything_that_runs() -> None:
    rows = Rows([{"s": ["<script>alert(1)</script>", "alias"], "n": 1, "none": None}])
    assert rows._repr_html_() == (
        "<table><thead><tr><th>s</th><th>n</th><th>none</th></tr></thead><tbody>"
        "<tr><td>&lt;script&gt;alert(1)&lt;/script&gt;, alias</td><td>1</td><td></td></tr></tbody></table>"
    )
    assert Rows()._repr_html_() == table((), ()) == "<table><thead><tr></tr></thead><tbody></tbody></table>"


def test_a_data_frame_has_the_columns_even_without_rows() -> None:
    pytest.importorskip("pandas")
    assert list(data_frame([], ("b", "a")).columns) == ["b", "a"]
    assert list(Rows([{"s": 1, "o": 2}]).to_df().columns) == ["s", "o"]


def test_without_pandas_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"evident-kg\[pandas\]"):
        Rows().to_df()


def test_a_page_is_shown_as_it_is_in_a_frame_of_its_own(tmp_path: Path) -> None:
    page = Page(tmp_path / "page.html")
    page.path.write_text('<p title="a & b">»é«</p>', encoding="utf-8")
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="allow-scripts" [^<>]*></iframe>', page._repr_html_())
    assert found is not None
    assert html.unescape(found[1]) == page.path.read_text(encoding="utf-8")
