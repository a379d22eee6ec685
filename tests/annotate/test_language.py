from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.language import identify, keep_whole, load_model, model_version
from kg.config import Settings
from kg.errors import ModelError

MODEL = Settings().model


def words(text: str) -> list[str]:
    return [token.text for token in load_model(MODEL).tokenizer(text)]


@pytest.mark.model
class TestTokens:
    @pytest.mark.parametrize("word", ["co-developed", "sub-brand", "e-bike", "state-of-the-art", "Meyer-Holmar"])
    def test_words_with_a_hyphen_are_kept_whole(self, word: str) -> None:
        assert words(f"the {word} lamp") == ["the", word, "lamp"]

    @pytest.mark.parametrize("part", ["based", "owned", "headquartered", "built", "listed"])
    def test_a_place_before_a_participle_is_a_word(self, part: str) -> None:
        assert words(f"the Lisbon-{part} firm") == ["the", "Lisbon", "-", part, "firm"]

    def test_a_count_before_strong_is_a_word(self) -> None:
        assert words("a 60-strong team") == ["a", "60", "-", "strong", "team"]

    @pytest.mark.parametrize("dash", ["—", "–", "--"])
    def test_dashes_between_words_are_words(self, dash: str) -> None:
        assert words(f"lamps{dash}and stoves") == ["lamps", dash, "and", "stoves"]

    def test_words_with_points_inside_can_be_kept_whole(self) -> None:
        keep_whole(load_model(MODEL), ["X.y.Z.", "plain"])
        assert words("the X.y.Z. grew") == ["the", "X.y.Z.", "grew"]


@pytest.mark.model
def test_a_pipeline_is_loaded_once() -> None:
    assert load_model(MODEL) is load_model(MODEL)


@pytest.mark.model
def test_the_version_names_the_pipeline() -> None:
    name, version = model_version(MODEL).rsplit(" ", 1)
    assert name
    assert version[0].isdigit()


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match="'no_such_pipeline' is not installed") as caught:
        load_model("no_such_pipeline")
    assert "pip install no-such-pipeline" in str(caught.value.hint)


def test_a_pipeline_without_a_parser(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no parser and no tagger"):
        load_model(str(tmp_path / "blank"))


def test_an_installed_pipeline_is_identified_by_its_version() -> None:
    name, version = identify(MODEL).split(" ")
    assert name == MODEL
    assert version[0].isdigit()


def test_a_pipeline_on_disk_is_identified_by_its_description(tmp_path: Path) -> None:
    meta = tmp_path / "meta.json"
    meta.write_text('{"version": "1"}', encoding="utf-8")
    first = identify(str(tmp_path))
    assert first == identify(str(tmp_path))
    meta.write_text('{"version": "2"}', encoding="utf-8")
    assert identify(str(tmp_path)) != first


def test_an_unknown_pipeline_cannot_be_identified() -> None:
    with pytest.raises(ModelError):
        identify("no_such_pipeline")
