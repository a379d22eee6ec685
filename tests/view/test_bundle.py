from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import KGError
from kg.view import bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "script").mkdir()
    monkeypatch.setattr(bundle, "VIEW", tmp_path)
    for known in (bundle.script, bundle.style, bundle._source):
        known.cache_clear()
    yield tmp_path / "script"
    for known in (bundle.script, bundle.style, bundle._source):
        known.cache_clear()


def test_modules_follow_those_they_need(folder: Path) -> None:
    (folder / "main.js").write_text('import { one } from "./a.js";\nimport { two } from "./b.js";\none(two);\n')
    (folder / "a.js").write_text('import { two } from "./b.js";\n// why\nexport function one() {\n  return two;\n}\n')
    (folder / "b.js").write_text("export const two = 2;\n")
    body = bundle.script().splitlines()[2:-1]
    assert body == ["const two = 2;", "function one() {", "return two;", "}", "one(two);"]


@pytest.mark.parametrize(
    ("a", "said"),
    [
        ('import { x } from "./main.js";\nexport const one = 1;', "import each other"),
        ("export const one = 1;\nconst two = 2;", "give the name two"),
        ("export default 1;", "cannot be joined"),
        ('export const one = "</script>";', "cannot be joined"),
        ('import * as b from "./b.js";\nexport const one = 1;', "cannot be joined"),
        ("export const one = 1;\nconst { two, three } = one;", "give the name"),
    ],
)
def test_what_cannot_be_joined_is_refused(folder: Path, a: str, said: str) -> None:
    (folder / "main.js").write_text('import { one } from "./a.js";\nconst two = one;\n')
    (folder / "a.js").write_text(a)
    with pytest.raises(KGError, match=said):
        bundle.script()


def test_the_program_is_one_function_without_modules() -> None:
    text = bundle.script()
    assert text.startswith('"use strict";\n(() => {')
    assert not [line for line in text.splitlines() if line.startswith(("import ", "export "))]
    assert "createView" in text


def test_what_reviews_need_is_only_in_their_pages() -> None:
    for plain, under_review, words in (
        (bundle.script(), bundle.script(review=True), "createVerdict"),
        (bundle.style(), bundle.style(review=True), ".verdict"),
    ):
        assert words not in plain
        assert words in under_review
        assert set(plain.splitlines()) <= set(under_review.splitlines())


def test_the_style_has_no_comments() -> None:
    assert bundle.style().lstrip().startswith(":root")
    assert "/*" not in bundle.style()
