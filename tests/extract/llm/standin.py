"""A stand-in for a service of language models, over real HTTP, that can also misbehave; documents without a parser."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kg.extract.llm import Endpoint, LlmExtractor
from kg.model import Annotation, Document, Parse, Span
from kg.ontology import Ontology

Fact = dict[str, Any]


@dataclass
class Step:
    """How one request is answered. content: what the model writes, unless body is given, the whole answer.

    delay: seconds before it. trickle: seconds between its bytes. lost: bytes that are announced and never sent.
    """

    status: int = 200
    content: str | None = None
    finish: str = "stop"
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    trickle: float = 0
    lost: int = 0

    def data(self) -> bytes:
        if self.body is not None:
            return self.body
        choice = {"index": 0, "finish_reason": self.finish, "message": {"role": "assistant", "content": self.content}}
        return json.dumps({"choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 7}}).encode()


def facts(*rows: Fact) -> str:
    """The content of an answer."""
    return json.dumps({"facts": list(rows)})


def fact(subject: str, name: str, target: str, quote: str, stance: str = "asserted") -> Fact:
    return {"subject": subject, "property": name, "object": target, "quote": quote, "stance": stance}


def made(text: str) -> str:
    """What a good model says of paragraphs such as "Norvia makes kettles"."""
    rows = []
    for line in text.split("\n\n"):
        subject, verb, target = line.split()
        rows.append(fact(subject, "produces", target, f"{subject} {verb} {target}"))
    return facts(*rows)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side did not wait; nothing is printed about it."""


class StandIn:
    """The service: answers by its script, a step a request, then by what `says` makes of the text.

    requests: bodies of all requests so far; headers: theirs.
    """

    def __init__(self) -> None:
        self.script: list[Step] = []
        self.says: Callable[[str], str] = made
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.refuses: Callable[[dict[str, Any]], Step | None] = lambda body: None
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.handle(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by http.server
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def texts(self) -> list[str]:
        """The paragraphs that came, request by request."""
        return [body["messages"][-1]["content"] for body in self.requests]

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["content-length"])))
        self.requests.append(body)
        self.headers.append({name.lower(): value for name, value in request.headers.items()} | {"path": request.path})
        step = self.refuses(body) or (
            self.script.pop(0) if self.script else Step(content=self.says(body["messages"][-1]["content"]))
        )
        self.over.wait(step.delay)
        with contextlib.suppress(OSError):  # the other side did not wait
            self._send(request, step)
        request.close_connection = request.close_connection or bool(step.lost)

    def _send(self, request: BaseHTTPRequestHandler, step: Step) -> None:
        data = step.data()
        request.send_response(step.status)
        for name, value in step.headers.items():
            request.send_header(name, value)
        request.send_header("content-length", str(len(data) + step.lost))
        request.end_headers()
        for at in range(0, len(data), 1 if step.trickle else len(data)) if data else ():
            request.wfile.write(data[at : at + 1] if step.trickle else data)
            request.wfile.flush()
            if step.trickle and self.over.wait(step.trickle):
                return

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass
class Ask:
    """Makes extractors for the service, and documents. waits: the seconds that they waited between attempts."""

    ontology: Ontology
    service: StandIn
    waits: list[float]

    def extractor(self, cache: Path | None = None, url: str = "", **settings: Any) -> LlmExtractor:
        """One paragraph a request, unless told otherwise; settings of `Endpoint` and of `LlmExtractor`."""
        own = {name: settings.pop(name) for name in list(settings) if name in Endpoint.__dataclass_fields__}
        endpoint = Endpoint(url or self.service.url, **{"model": "small", "timeout": 5.0, "attempts": 3, **own})
        given = {"unit_characters": 0, "sleep": self.waits.append, **settings}
        return LlmExtractor(self.ontology, endpoint, cache=cache, **given)


def paragraphs(*texts: str, name: str = "note") -> Annotation:
    """A document of paragraphs such as "Norvia makes kettles": subject, verb, object, and no mention at all."""
    text = "\n\n".join(texts)
    parses, at = [], 0
    for paragraph in texts:
        words = tuple(paragraph.split())
        assert len(words) == 3
        spans = []
        for word in words:
            begin = text.index(word, at)
            spans.append(Span(begin, at := begin + len(word)))
        lemmas = (words[0], "make", words[2].removesuffix("s"))
        tree = (("NNP", "VBZ", "NNS"), ("nsubj", "ROOT", "dobj"), (1, 1, 1))
        parses.append(Parse(words, lemmas, *tree, tuple(spans), ((0, 3),)))
    return Annotation(Document(name, text, f"{name}.txt", date="2021-05-10", path=f"{name}.txt"), tuple(parses), ())
