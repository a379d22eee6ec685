"""What an endpoint may do, over real HTTP: nothing of it ends in a traceback, or loses what came before."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest

from kg.errors import UsageError
from kg.extract import Extractor
from kg.extract.llm import Endpoint, Limits, LlmExtractor
from kg.model import Annotation
from tests.extract.llm.standin import Ask, StandIn, Step, fact, facts, paragraphs

ONE = paragraphs("Norvia makes kettles")
FOUR = paragraphs("Norvia makes kettles", "Quorex makes lamps", "Tarnel makes boats", "Velora makes sails")


def said(extractor: LlmExtractor, annotation: Annotation) -> list[str]:
    return [f"{r.subject.surface} {r.object.surface}" for r in extractor.extract(annotation)[0]]


def problems(extractor: LlmExtractor) -> list[str]:
    return [f"{p.where}: {p.what} ({p.hint})" for p in extractor.problems]


def test_what_is_sent(ask: Ask, service: StandIn) -> None:
    assert said(ask.extractor(), ONE) == ["Norvia kettles"]
    (body,) = service.requests
    assert service.headers[0]["path"] == "/v1/chat/completions"
    assert body["model"] == "small"
    assert body["temperature"] == 0
    assert body["max_tokens"] == 2000
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == "Norvia makes kettles"
    assert "- produces (" in body["messages"][0]["content"]
    schema = body["response_format"]["json_schema"]["schema"]
    assert "produces" in schema["properties"]["facts"]["items"]["properties"]["property"]["enum"]
    # nothing but the paragraph and the ontology
    assert "note" not in json.dumps(body["messages"][1:])
    assert "2021" not in json.dumps(body["messages"])


def test_the_key_comes_from_the_environment_alone(
    ask: Ask, service: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask.extractor().extract(ONE)[0]
    assert "authorization" not in service.headers[0]
    monkeypatch.setenv("MY_KEY", " sk-secret\n")
    extractor = ask.extractor(key_variable="MY_KEY")
    service.script = [Step(status=401, body=b'{"error": {"message": "wrong key sk-secret"}}')]
    assert said(extractor, ONE) == []
    assert service.headers[1]["authorization"] == "Bearer sk-secret"
    (told,) = problems(extractor)
    assert "401: wrong key ...;" in told
    assert "set MY_KEY" in told
    assert "secret" not in told + repr(extractor.__dict__["_endpoint"])


def test_a_key_that_cannot_be_sent_is_not_shown(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "sk-secret\nmore")
    with pytest.raises(UsageError, match="LLM_API_KEY") as caught:
        ask.extractor()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("step", "waits"),
    [
        (Step(status=429, headers={"retry-after": "7"}), [7.0]),
        (Step(status=429, headers={"retry-after": "7200"}), [60.0]),
        (Step(status=429, headers={"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}), [0.0]),
        (Step(status=429, headers={"retry-after": "soon"}), [1.0]),
        (Step(status=500, body=b"<html>oops"), [1.0]),
        (Step(status=503), [1.0]),
        (Step(body=b"<html>not an API</html>"), [1.0]),
        (Step(body=b"[" * 100_000), [1.0]),
        (Step(body=b'{"choices": []}'), [1.0]),
        (Step(body=b'{"choices": [{"message": {"content": null}}]}'), [1.0]),
        (Step(body=b'{"choices": [{"message": "text"}], "usage": 3}'), [1.0]),
        (Step(body=b'{"error": {"message": "loading"}}'), [1.0]),
        (Step(content="I cannot do that."), [1.0]),
        (Step(content='{"facts": "none"}'), [1.0]),
        (Step(content='{"facts": [}'), [1.0]),
        (Step(content="{}", lost=20), [1.0]),
    ],
)
def test_what_may_pass_is_asked_again(ask: Ask, service: StandIn, step: Step, waits: list[float]) -> None:
    service.script = [step]
    extractor = ask.extractor()
    assert said(extractor, ONE) == ["Norvia kettles"]
    assert ask.waits == waits
    assert len(service.requests) == 2
    assert problems(extractor) == []
    assert not extractor.unfinished


def test_waits_double(ask: Ask, service: StandIn) -> None:
    service.script = [Step(status=500)] * 4
    extractor = ask.extractor(attempts=5, backoff=0.25, longest_wait=1.5)
    assert said(extractor, ONE) == ["Norvia kettles"]
    assert ask.waits == [0.25, 0.5, 1.0, 1.5]


def test_a_paragraph_that_fails_is_told_and_loses_nothing(ask: Ask, service: StandIn) -> None:
    service.script = [Step(content=service.says("Norvia makes kettles")), *[Step(status=500)] * 3]
    extractor = ask.extractor()
    assert said(extractor, FOUR) == ["Norvia kettles", "Tarnel boats", "Velora sails"]
    assert problems(extractor) == [
        "note.txt, characters 22 to 40: no answer for this paragraph: the endpoint answers 500 "
        "(try again later; what was answered is kept)"
    ]
    assert extractor.unfinished == {"note"}


@pytest.mark.parametrize("step", [Step(delay=5), Step(trickle=0.04)])
def test_a_slow_endpoint_is_not_waited_for(ask: Ask, service: StandIn, step: Step) -> None:
    step.content = service.says("Norvia makes kettles")
    service.script = [step]
    start = time.monotonic()
    extractor = ask.extractor(timeout=0.2, attempts=1)
    assert said(extractor, ONE) == []
    assert time.monotonic() - start < 3
    assert "no answer within 0.2 seconds" in problems(extractor)[0]


def test_an_endpoint_that_is_not_there(ask: Ask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        extractor = ask.extractor(url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        assert said(extractor, FOUR) == []
    told = problems(extractor)
    assert len(told) == 4
    assert "cannot be reached" in told[0]
    assert "3 requests in a row failed; 1 requests about 1 documents were not made" in told[3]


@pytest.mark.parametrize("status", [401, 402, 403, 404])
def test_what_every_request_would_meet_stops_at_once(ask: Ask, service: StandIn, status: int) -> None:
    service.script = [Step(content=service.says("Norvia makes kettles")), Step(status=status)]
    extractor = ask.extractor()
    assert said(extractor, FOUR) == ["Norvia kettles"]
    assert len(service.requests) == 2
    assert ask.waits == []
    (told,) = problems(extractor)
    assert f"the endpoint answers {status}; 3 requests about 1 documents were not made" in told


def refusing(*kinds: str) -> Any:
    def refuse(body: dict[str, Any]) -> Step | None:
        kind = body.get("response_format", {}).get("type", "none")
        return Step(status=400, body=b'{"error": "response_format is not supported"}') if kind in kinds else None

    return refuse


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        (("json_schema",), ["json_schema", "json_object", "json_object"]),
        (("json_schema", "json_object"), ["json_schema", "json_object", None, None]),
    ],
)
def test_an_endpoint_without_schemas(ask: Ask, service: StandIn, kinds: tuple[str, ...], asked: list[str]) -> None:
    service.refuses = refusing(*kinds)
    service.says = lambda text: f"Sure! [as asked]\n```json\n{facts(made_fact(text))}\n```\nAnything else?"
    extractor = ask.extractor()
    assert said(extractor, paragraphs("Norvia makes kettles", "Quorex makes lamps")) == [
        "Norvia kettles",
        "Quorex lamps",
    ]
    assert [body.get("response_format", {}).get("type") for body in service.requests] == asked
    assert problems(extractor) == []


def made_fact(text: str) -> dict[str, Any]:
    subject, _, target = text.split()
    return fact(subject, "produces", target, text)


def test_an_endpoint_that_takes_no_form(ask: Ask, service: StandIn) -> None:
    service.refuses = refusing("json_schema", "json_object", "none")
    extractor = ask.extractor()
    assert said(extractor, ONE) == []
    assert len(service.requests) == 3
    assert "400: response_format is not supported" in problems(extractor)[0]


def test_a_model_that_names_the_limit_otherwise(ask: Ask, service: StandIn) -> None:
    message = b'{"error": {"message": "max_tokens is not supported, use max_completion_tokens"}}'
    service.refuses = lambda body: Step(status=400, body=message) if "max_tokens" in body else None
    assert said(ask.extractor(), FOUR)[0] == "Norvia kettles"
    assert [("max_tokens" in body, "max_completion_tokens" in body) for body in service.requests] == [
        (True, False),
        *[(False, True)] * 4,
    ]


def test_a_huge_answer_is_not_read(ask: Ask, service: StandIn) -> None:
    service.script = [Step(body=b" " * 200_000)]
    extractor = ask.extractor(most_bytes=100_000)
    assert said(extractor, FOUR) == ["Quorex lamps", "Tarnel boats", "Velora sails"]
    assert "the answer is larger than 100000 bytes" in problems(extractor)[0]
    assert len(service.requests) == 4


def test_redirects_stay_with_the_host(ask: Ask, service: StandIn) -> None:
    other = StandIn()
    try:
        service.script = [Step(status=307, headers={"location": f"{other.url}/chat/completions"})]
        extractor = ask.extractor()
        assert said(extractor, ONE) == []
        assert other.requests == []
        assert "redirects to another host" in problems(extractor)[0]
    finally:
        other.close()


def test_redirects_within_the_host_are_followed(ask: Ask, service: StandIn) -> None:
    service.script = [Step(status=308, headers={"location": "/v2/chat/completions"})]
    extractor = ask.extractor()
    assert said(extractor, ONE) == ["Norvia kettles"]
    assert [headers["path"] for headers in service.headers] == ["/v1/chat/completions", "/v2/chat/completions"]
    service.script = [Step(status=302, headers={"location": "/v1/chat/completions"})] * 9
    assert said(extractor, paragraphs("Quorex makes lamps")) == []
    assert "in a circle" in problems(extractor)[0]


@pytest.mark.parametrize("finish", ["length", "stop"])
def test_of_half_an_answer_the_whole_facts_count(ask: Ask, service: StandIn, finish: str) -> None:
    whole = facts(*[made_fact("Norvia makes kettles")] * 2)
    service.script = [Step(content=whole[: len(whole) - 30], finish=finish)]
    extractor = ask.extractor(most_tokens=50)
    assert said(extractor, ONE) == ["Norvia kettles"]
    assert problems(extractor) == [
        "note.txt, characters 0 to 20: the answer for this paragraph breaks off; what is complete is used "
        "(allow more than 50 tokens for an answer)"
    ]
    service.script = [Step(content='{"facts": [{"subj', finish="length")]
    assert said(extractor, paragraphs("Quorex makes lamps")) == []
    assert "breaks off before its first fact ends" in problems(extractor)[1]
    assert len(service.requests) == 2


def test_facts_that_lack_a_part_are_passed_over_and_told(ask: Ask, service: StandIn) -> None:
    good = made_fact("Norvia makes kettles")
    bad: list[Any] = [
        3,
        None,
        [],
        {},
        {**good, "quote": None},
        {**good, "subject": {"name": "Norvia"}},
        {**good, "object": True},
    ]
    service.script = [Step(content=facts(*bad, good))]
    extractor = ask.extractor()
    assert said(extractor, ONE) == ["Norvia kettles"]
    assert "7 facts of the answer for this paragraph lack a part" in problems(extractor)[0]


def test_words_that_cannot_be_written_do_no_harm(ask: Ask, service: StandIn) -> None:
    row = {**made_fact("Norvia makes kettles"), "quote": "\ud800\u0000 makes", "subject": "x" * 5000}
    service.script = [Step(content=json.dumps({"facts": [row]}))]
    _, (dropped,) = ask.extractor().extract(ONE)
    assert len(dropped.subject) < 250
    (dropped.reason + dropped.subject).encode()


def test_a_limit_of_requests_counts_those_that_failed(ask: Ask, service: StandIn) -> None:
    service.script = [Step(status=500)]
    extractor = ask.extractor(limits=Limits(requests=3))
    assert said(extractor, FOUR) == ["Norvia kettles", "Quorex lamps"]
    assert said(extractor, paragraphs("Norvia makes ropes", name="other")) == []
    assert len(service.requests) == 3
    assert problems(extractor) == [
        "language model: the limit of 3 requests is reached; 3 requests about 2 documents were not made "
        "(raise the limit and build again; what was answered is kept)"
    ]
    assert extractor.unfinished == {"note", "other"}


def test_a_limit_of_tokens_is_never_exceeded(ask: Ask, service: StandIn) -> None:
    extractor = ask.extractor(most_tokens=10)
    need = extractor.estimate(["Norvia makes kettles"])
    most = need.tokens_in + need.tokens_out_at_most
    for limit, number in ((most - 1, 0), (most, 1), (most + 106, 1), (most + 107, 2)):
        service.requests.clear()
        limited = ask.extractor(most_tokens=10, limits=Limits(tokens=limit))
        assert len(said(limited, paragraphs("Norvia makes kettles", "Norvia makes kettles"))) == number
        assert len(service.requests) == number  # the service says that each cost 107
        assert limited.spending.tokens == 107 * number


def test_it_is_an_extractor(ask: Ask) -> None:
    extractor: Extractor = ask.extractor(model="maker/small:7b v2")
    assert extractor.version == "llm-1-maker-small-7b-v2"
    assert isinstance(extractor.notices, tuple)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000",
        "ftp://host/v1",
        "http://",
        "http://user:word@host/v1",
        "http://host/v1?key=word",
        "http://[/",
    ],
)
def test_addresses_that_cannot_be_used(url: str) -> None:
    with pytest.raises(UsageError, match="address") as caught:
        Endpoint(url, "small")
    assert "word@" not in str(caught.value)
    assert "key=" not in str(caught.value)


def test_an_address_may_be_the_whole_one() -> None:
    assert Endpoint("https://host.example/v1/", "m").address == "https://host.example/v1/chat/completions"
    assert Endpoint("https://host.example/chat/completions", "m").address == "https://host.example/chat/completions"


def test_a_proxy_sees_nothing_of_what_stays_on_this_machine(
    ask: Ask, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert said(ask.extractor(), ONE) == ["Norvia kettles"]


def test_a_key_in_the_clear_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "sk-secret")
    assert not any("unencrypted" in notice for notice in ask.extractor().notices)
    assert any("unencrypted" in notice for notice in ask.extractor(url="http://models.example/v1").notices)
    assert not any("unencrypted" in notice for notice in ask.extractor(url="https://models.example/v1").notices)
