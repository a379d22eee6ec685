"""Questions over HTTP: patient with a service that is busy, short with one that misbehaves."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.extract.llm.budget import Spending, tokens_of
from kg.extract.llm.cache import Reply
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.failure import NoAnswerError
from kg.extract.llm.replies import counted, reply_of, unwelcome

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 3
_MOVED = (301, 302, 307, 308)


def needed() -> ModuleType:
    """The library for HTTP. Raises ModelError where it is not installed."""
    try:
        import httpx
    except ImportError:
        raise ModelError(
            "a language model is asked over HTTP, and httpx is not installed", hint="pip install 'evident-kg[llm]'"
        ) from None
    return httpx


class Client:
    """Asks one endpoint. A context manager that closes its connections; it can be used again after that.

    formats: forms in which an answer can be asked for, the strictest first; the first that the endpoint takes is kept.
    Raises ModelError without httpx, UsageError for a key that cannot be sent.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        formats: Sequence[dict[str, Any] | None],
        spending: Spending,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._httpx = needed()
        self._endpoint, self._formats, self._spending, self._sleep = endpoint, formats, spending, sleep
        self._key = endpoint.key()
        self._form = 0
        self._limit = "max_tokens"
        self._http: httpx.Client | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None

    def ask(self, messages: Sequence[dict[str, str]], usable: Callable[[Reply], bool]) -> Reply:
        """The answer to a question, asked again after a while where that may help. Raises NoAnswerError.

        usable: whether an answer can be read; one that cannot is asked for again.
        """
        endpoint = self._endpoint
        for attempt in range(endpoint.attempts):
            try:
                reply = self._in_some_form(messages)
                if usable(reply):
                    return reply
                raise _unreadable(reply)
            except NoAnswerError as failure:
                if not failure.again or attempt + 1 == endpoint.attempts:
                    raise
                wait = endpoint.backoff * 2**attempt if failure.wait is None else failure.wait
                self._sleep(min(wait, endpoint.longest_wait))
        raise AssertionError("an endpoint is asked at least once")

    def _in_some_form(self, messages: Sequence[dict[str, str]]) -> Reply:
        """One answer, in the strictest form that the endpoint takes. One that takes none is not held to the last."""
        form, limit, first = self._form, self._limit, None
        while True:
            try:
                reply = self._once(messages, self._formats[form], limit)
            except NoAnswerError as failure:
                if not failure.refused:
                    raise
                first = first or failure
                if limit == "max_tokens" and "max_completion_tokens" in failure.what:
                    limit, first = "max_completion_tokens", None
                elif form + 1 < len(self._formats):
                    form += 1
                else:
                    raise first from None
            else:
                self._form, self._limit = form, limit
                return reply

    def _once(self, messages: Sequence[dict[str, str]], form: dict[str, Any] | None, limit: str) -> Reply:
        body = {
            "model": self._endpoint.model,
            "messages": messages,
            "temperature": 0,
            limit: self._endpoint.most_tokens,
        }
        if form is not None:
            body["response_format"] = form
        expected = sum(tokens_of(message["content"]) for message in messages)
        self._spending.begin(expected, self._endpoint.most_tokens)
        reply, usage = self._exchange(json.dumps(body).encode("ascii"))
        self._spending.correct(expected, *counted(usage, reply))
        return reply

    def _exchange(self, body: bytes) -> tuple[Reply, object]:
        """One request and its answer. Raises NoAnswerError, whatever happens on the way."""
        httpx = self._httpx
        try:
            return reply_of(self._post(body))
        except httpx.TimeoutException:
            raise NoAnswerError(
                f"no answer within {self._endpoint.timeout:g} seconds",
                "give it more time, or a faster model",
                again=True,
            ) from None
        except httpx.TransportError as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise NoAnswerError(
                f"the endpoint cannot be reached, or broke off: {said}",
                "see whether it runs at this address",
                again=True,
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            raise NoAnswerError(f"the request failed: {type(error).__name__}", "check the address", stop=True) from None

    def _post(self, body: bytes) -> bytes:
        headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        if self._http is None:
            # A question for this machine must not go through a proxy.
            self._http = self._httpx.Client(timeout=self._endpoint.timeout, trust_env=not self._endpoint.is_here)
        url = self._httpx.URL(self._endpoint.address)
        deadline = time.monotonic() + self._endpoint.timeout
        for _ in range(_REDIRECTS + 1):
            with self._http.stream("POST", url, content=body, headers=headers) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    url = self._followed(url, response.headers["location"])
                    continue
                data = self._read(response, deadline)
                if response.status_code != 200:
                    raise unwelcome(response.status_code, response.headers, data, self._endpoint, self._key)
                return data
        raise NoAnswerError("the endpoint redirects in a circle", "give the address that it redirects to", stop=True)

    def _followed(self, url: httpx.URL, location: str) -> httpx.URL:
        target = url.join(location)
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise NoAnswerError(
                f"the endpoint redirects to another host, {target.scheme}://{target.host}, which is not followed",
                "give that address if you trust it",
                stop=True,
            )
        return target

    def _read(self, response: httpx.Response, deadline: float) -> bytes:
        """The body. The library's own limit is for each part of it; one that trickles in must end, too."""
        data = bytearray()
        for part in response.iter_raw():
            data += part
            if len(data) > self._endpoint.most_bytes:
                raise NoAnswerError(
                    f"the answer is larger than {self._endpoint.most_bytes} bytes", "ask about fewer paragraphs at once"
                )
            if time.monotonic() > deadline:
                raise self._httpx.ReadTimeout("the answer trickles in")
        return bytes(data)


def _unreadable(reply: Reply) -> NoAnswerError:
    if reply.cut:
        return NoAnswerError("the answer breaks off before its first fact ends", "allow more tokens for an answer")
    return NoAnswerError("the answer is not in the form asked for", "a larger model may keep to it", again=True)
