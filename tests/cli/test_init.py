from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg import config
from kg.__main__ import main
from kg.cli.init import project_file
from kg.ontology import shipped

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "ontology" / "company.ttl").is_file(),
    reason="the ontology is not in this checkout",
)


def test_a_project_folder_has_what_a_build_needs(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "mine")]) == 0
    made = tmp_path / "mine"
    assert sorted(path.name for path in made.iterdir()) == ["data", "decisions.jsonl", "kg.toml", "ontology", "output"]
    for name in ("company.ttl", "shapes.ttl"):
        assert (made / "ontology" / name).read_bytes() == shipped(name).read_bytes()
    settings = config.load(start=made, environment={})
    assert (settings.ontology, settings.shapes) == ("ontology/company.ttl", "ontology/shapes.ttl")


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kg.toml").write_text("# mine\n", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "already there: kg.toml" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kg.toml"]
    assert (tmp_path / "kg.toml").read_text(encoding="utf-8") == "# mine\n"


def test_a_folder_with_documents_can_become_a_project(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "note.txt").write_text("A note.", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / "data" / "note.txt").read_text(encoding="utf-8") == "A note."


def test_the_commented_settings_are_the_defaults() -> None:
    """Every setting stands in a new kg.toml; with the marks taken off, it loads and says what holds anyway."""
    lines = [line.removeprefix("# ") if " = " in line else line for line in project_file().splitlines()]
    found = tomllib.loads("\n".join(lines))
    defaults = config.Settings()
    assert set(found) == set(defaults.__slots__)
    for name, value in found.items():
        expected = getattr(defaults, name)
        if name not in ("ontology", "shapes"):
            assert (tuple(value) if isinstance(value, list) else value) == expected
