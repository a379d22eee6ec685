"""Answers that are kept, what is asked again, and what it costs before it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.llm import Estimate, Limits, Prices
from kg.ontology import load
from tests.extract.llm.standin import Ask, StandIn, Step, fact, facts, paragraphs

TWO = paragraphs("Norvia makes kettles", "Quorex makes lamps")
FOUR = paragraphs("Norvia makes kettles", "Quorex makes lamps", "Tarnel makes boats", "Velora makes sails")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_answered_is_not_asked_again(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    first = ask.extractor(tmp_path).extract(FOUR)
    kept = contents(tmp_path)
    assert len(kept) == len(service.requests) == 4
    service.says = lambda text: facts()  # whatever the service would say now
    assert ask.extractor(tmp_path).extract(FOUR) == first
    assert len(service.requests) == 4
    assert contents(tmp_path) == kept


def test_two_runs_keep_the_same_bytes(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert ask.extractor(one).extract(FOUR) == ask.extractor(other).extract(FOUR)
    assert contents(one) == contents(other)
    assert len(service.requests) == 8


def test_an_interrupted_run_goes_on_where_it_was(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    service.script = [Step(content=service.says("Norvia makes kettles")), Step(status=500)]
    with pytest.raises(KeyboardInterrupt):
        ask.extractor(tmp_path, sleep=interrupt).extract(FOUR)
    assert service.texts == ["Norvia makes kettles", "Quorex makes lamps"]
    service.requests.clear()
    whole = ask.extractor(tmp_path).extract(FOUR)
    assert service.texts == ["Quorex makes lamps", "Tarnel makes boats", "Velora makes sails"]
    assert whole == ask.extractor().extract(FOUR)


def test_a_paragraph_that_failed_is_asked_again(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    service.script = [Step(status=500)] * 3
    assert ask.extractor(tmp_path).extract(TWO) != ([], [])
    service.requests.clear()
    extractor = ask.extractor(tmp_path)
    assert len(extractor.extract(TWO)[0]) == 2
    assert service.texts == ["Norvia makes kettles"]
    assert not extractor.unfinished


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1}', b"\xff", b'{"version": 9, "content": "{}"}'])
def test_a_damaged_file_counts_as_absent(ask: Ask, service: StandIn, tmp_path: Path, damage: bytes) -> None:
    first = ask.extractor(tmp_path).extract(TWO)
    path = min(tmp_path.iterdir())
    good = path.read_bytes()
    path.write_bytes(damage)
    assert ask.extractor(tmp_path).extract(TWO) == first
    assert len(service.requests) == 3
    assert path.read_bytes() == good


def test_the_key_is_all_that_is_asked(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    ask.extractor(tmp_path).extract(TWO)
    for number, changed in ((2, {"model": "large"}), (2, {"vocabulary_characters": 900}), (0, {"attempts": 1})):
        service.requests.clear()
        ask.extractor(tmp_path, **changed).extract(TWO)
        assert len(service.requests) == number, changed
    service.requests.clear()
    ask.extractor(tmp_path).extract(paragraphs("Quorex makes lamps", "Norvia makes ropes", name="other"))
    assert service.texts == ["Norvia makes ropes"]


def test_an_answer_that_broke_off_is_told_each_time_until_it_may_be_longer(
    ask: Ask, service: StandIn, tmp_path: Path
) -> None:
    whole = facts(*[fact("Norvia", "produces", "kettles", "Norvia makes kettles")] * 2)
    service.script = [Step(content=whole[:-30], finish="length")]
    one = paragraphs("Norvia makes kettles")
    first = ask.extractor(tmp_path, most_tokens=50)
    again = ask.extractor(tmp_path, most_tokens=50)
    assert first.extract(one) == again.extract(one)
    assert first.problems == again.problems
    assert len(first.problems) == len(service.requests) == 1
    longer = ask.extractor(tmp_path, most_tokens=100)
    assert longer.extract(one)[0]
    assert longer.problems == ()
    assert len(service.requests) == 2


def test_a_cache_that_cannot_be_written_is_told_once(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    extractor = ask.extractor(tmp_path / "file")
    assert len(extractor.extract(FOUR)[0]) == 4
    (told,) = extractor.problems
    assert told.where == "cache of answers"


def test_no_key_and_no_name_of_a_document_is_kept(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "sk-secret")
    ask.extractor(tmp_path).extract(TWO)
    for data in contents(tmp_path).values():
        assert b"secret" not in data
        assert b"note" not in data


def test_an_estimate_sends_nothing_and_is_right(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    extractor = ask.extractor(tmp_path, most_tokens=500)
    extractor.extract(paragraphs("Norvia makes kettles"))
    service.requests.clear()
    by_annotation = extractor.estimate([FOUR], Prices(2.0, 10.0))
    assert service.requests == []
    assert (by_annotation.requests, by_annotation.cached) == (3, 1)
    assert by_annotation.tokens_out_at_most == 1500
    assert by_annotation.cost_at_most == (by_annotation.tokens_in * 2 + 1500 * 10) / 1e6
    by_text = extractor.estimate([FOUR.document.text])
    assert by_text == Estimate(3, 1, by_annotation.tokens_in, 1500, None)
    extractor.extract(FOUR)
    assert len(service.requests) == 3
    sent = sum(len(message["content"]) for body in service.requests for message in body["messages"])
    assert sent / 4 < by_annotation.tokens_in < sent / 2
    assert extractor.estimate([FOUR]) == Estimate(0, 4, 0, 0)


def test_paragraphs_go_out_together_as_long_as_they_fit(ask: Ask, service: StandIn) -> None:
    extractor = ask.extractor(unit_characters=45)
    relations, dropped = extractor.extract(FOUR)
    assert service.texts == ["Norvia makes kettles\n\nQuorex makes lamps", "Tarnel makes boats\n\nVelora makes sails"]
    assert (relations, dropped) == ask.extractor().extract(FOUR)
    assert extractor.estimate([FOUR]).requests == extractor.estimate([FOUR.document.text]).requests == 2
    assert extractor.estimate(["Kettles\n\n 12 % \n\n", ""]).requests == 0


def test_an_ontology_that_is_too_long_is_told(ask: Ask, service: StandIn) -> None:
    whole = ask.extractor()
    assert whole.notices == ()
    for most, word in ((3700, "shortened"), (2500, "left out"), (900, "properties are not asked for")):
        extractor = ask.extractor(vocabulary_characters=most)
        assert any(word in notice for notice in extractor.notices), (most, extractor.notices)
        service.requests.clear()
        extractor.extract(paragraphs("Norvia makes kettles"))
        told = service.requests[0]["messages"][0]["content"]
        assert len(told.partition("\n\nClasses:")[2] or told.partition("\n\nProperties")[2]) <= most


def test_free_text_is_not_asked_for(ask: Ask, service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(
        "@prefix : <https://x.example/a#> . @prefix b: <https://x.example/b#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        ":motto a owl:DatatypeProperty ; rdfs:range xsd:string .\n"
        ":of a owl:ObjectProperty . b:of a owl:ObjectProperty .\n"
    )
    ask.ontology = load([tmp_path / "o.ttl"])
    extractor = ask.extractor()
    assert [n for n in extractor.notices if "free text: motto" in n]
    extractor.extract(TWO)
    told = service.requests[0]["messages"][0]["content"]
    assert "motto" not in told
    assert "- https://x.example/a#of (anything -> anything)" in told
    assert "- https://x.example/b#of (anything -> anything)" in told


def test_settings_that_cannot_be_used(ask: Ask) -> None:
    with pytest.raises(UsageError):
        Limits(requests=-1)
    with pytest.raises(UsageError):
        Prices(float("nan"), 1)
    with pytest.raises(UsageError):
        ask.extractor(unit_characters=-1)
    with pytest.raises(UsageError):
        ask.extractor(model=" ")


def test_httpx_is_loaded_only_when_it_is_used_and_asked_for_by_name() -> None:
    script = (
        "import sys; import kg.extract, kg.extract.llm as llm; assert 'httpx' not in sys.modules\n"
        "sys.modules['httpx'] = None\n"
        "from kg.errors import ModelError; from kg.ontology import load, shipped\n"
        "try: llm.LlmExtractor(load([shipped('company.ttl')]), llm.Endpoint('http://127.0.0.1:1/v1', 'm'))\n"
        "except ModelError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "pip install 'evident-kg[llm]'" in done.stdout


def test_a_kept_answer_can_be_read_by_people(ask: Ask, tmp_path: Path) -> None:
    ask.extractor(tmp_path).extract(paragraphs("Norvia makes kettles"))
    (path,) = tmp_path.iterdir()
    data = json.loads(path.read_text())
    assert json.loads(data["content"])["facts"][0]["object"] == "kettles"
    assert len(path.stem) == 64
