"""Flags > environment > kg.toml > defaults; what is not understood is an error that says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Settings, find_project, load
from kg.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return folder


def test_defaults_without_a_project(tmp_path: Path) -> None:
    assert load(start=tmp_path, environment={}) == Settings()


def test_the_order_of_what_wins(tmp_path: Path) -> None:
    write(tmp_path, 'model = "from-file"\nbase = "https://file.example/"\noutput = "file"\n')
    environment = {"KG_MODEL": "from-environment", "KG_BASE": "https://environment.example/"}
    settings = load({"base": "https://flag.example/", "model": None}, environment, tmp_path)
    assert settings.base == "https://flag.example/"
    assert settings.model == "from-environment"
    assert settings.output == "file"


def test_a_project_is_found_from_below_and_its_paths_are_its_own(tmp_path: Path) -> None:
    write(tmp_path, 'sources = ["texts"]\noutput = "graph"\nontology = "o/mine.ttl"\n')
    below = tmp_path / "texts" / "deep"
    below.mkdir(parents=True)
    settings = load(environment={}, start=below)
    assert settings.sources == ("..",)
    assert settings.output == "../../graph"
    assert settings.ontology == "../../o/mine.ttl"
    assert find_project(below) == tmp_path


def test_a_flag_is_relative_to_where_the_user_stands(tmp_path: Path) -> None:
    write(tmp_path, 'output = "graph"\n')
    below = tmp_path / "below"
    below.mkdir()
    assert load({"output": "here"}, {}, below).output == "here"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "unknown setting 'colour'"),
        ("model = 3", "model must be a str"),
        ('sources = "data"\nmax_bytes = "many"', "max_bytes must be a int"),
        ("sources = [1]", "sources must be a list of strings without NUL"),
        ("model = ", "cannot be read"),
        ('base = "nowhere"', "no usable IRI"),
        ('base = "https://kg.example/a b/"', "no usable IRI"),
        ('base = "https://kg.example/a"', "no usable IRI"),
    ],
)
def test_what_is_not_understood_is_an_error(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=says):
        load(start=write(tmp_path, text), environment={})


def test_an_error_in_the_file_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(start=write(tmp_path, "colour = 1"), environment={})
    assert caught.value.where == str(tmp_path / "kg.toml")
    assert "query_seconds" in caught.value.hint


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(start=tmp_path, environment={})


def test_an_unknown_variable_is_an_error_and_others_are_none_of_our_business(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown setting KG_COLOUR"):
        load(environment={"KG_COLOUR": "1"}, start=tmp_path)
    assert load(environment={"COLOUR": "1"}, start=tmp_path) == Settings()


def test_numbers_and_lists_come_from_the_environment_too(tmp_path: Path) -> None:
    settings = load(environment={"KG_MAX_BYTES": "10", "KG_QUERY_SECONDS": "2.5", "KG_SOURCES": "a:b"}, start=tmp_path)
    assert (settings.max_bytes, settings.query_seconds, settings.sources) == (10, 2.5, ("a", "b"))


@given(st.text())
def test_any_base_is_taken_or_refused_with_a_reason(base: str) -> None:
    try:
        assert Settings(base=base).base.endswith(("/", "#"))
    except ConfigError as error:
        assert "IRI" in error.what


def test_reasoning_is_one_of_two_kinds_or_none(tmp_path: Path) -> None:
    assert load({"reason": "owl"}, environment={}, start=tmp_path).reason == "owl"
    with pytest.raises(ConfigError, match="unknown reasoning 'full'"):
        load(environment={"KG_REASON": "full"}, start=tmp_path)


def test_values_may_hold_as_many_dots_as_they_like(tmp_path: Path) -> None:
    named = ", ".join(['"a.b.txt"', "'c.txt'"] * 200)
    write(tmp_path, f"sources = [{named}] # {'.' * 200}\noutput = 'o'")
    assert len(load(environment={}, start=tmp_path).sources) == 400


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("max_bytes = " + "9" * 5000, "cannot be read: Exceeds the limit"),
        ("max_bytes = inf", "max_bytes must be a int, not inf"),
        ("sources = " + "[" * 5000, "cannot be read: it is nested too deep"),
        ("a." * 100_000, "cannot be read: it is nested too deep"),
        ("'a'." * 50_000 + "a = 1", "cannot be read: it is nested too deep"),
        ('\\"' * 100_000, "cannot be read: Invalid"),
        ('base = "http://["', "no usable IRI"),
        ('output = "\\u0000"', "output holds a NUL"),
        ('sources = ["a", "\\u0000"]', "sources must be a list of strings without NUL"),
    ],
)
def test_hostile_values_are_errors_as_well(text: str, says: str, tmp_path: Path) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigError, match=says):
        load(environment={}, start=tmp_path)
