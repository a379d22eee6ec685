"""What an endpoint's answers mean: the envelope of one that is welcome, the reason of one that is not."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from kg.extract.llm.budget import tokens_of
from kg.extract.llm.cache import Reply
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.failure import NoAnswerError

_REFUSED = (400, 415, 422, 501)
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529)
_MOST_SAID = 200


def reply_of(data: bytes) -> tuple[Reply, object]:
    """What the model wrote, and what the endpoint counted. Raises NoAnswerError where the envelope is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise NoAnswerError(
            "the endpoint's answer is not JSON", "see whether the address is that of its API", again=True
        ) from None
    if not isinstance(value, dict):
        value = {}
    choices = value.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    cut = isinstance(choice, dict) and choice.get("finish_reason") == "length"
    if not isinstance(content, str) or not content.strip():
        said = _words(value.get("error")) or _words(message.get("refusal") if isinstance(message, dict) else None)
        what = (
            "the answer was cut off before its first word"
            if cut
            else "the endpoint's answer holds no words of the model"
        )
        hint = "allow more tokens for an answer" if cut else "see whether the endpoint is compatible"
        raise NoAnswerError(f"{what}: {said}" if said else what, hint, again=not cut)
    return Reply(content, cut), value.get("usage")


def counted(usage: object, reply: Reply) -> tuple[int | None, int]:
    """Tokens of the question (None where they are not told) and of the answer, as the endpoint counts them."""
    told: Mapping[str, object] = usage if isinstance(usage, dict) else {}
    tokens_out = _count(told.get("completion_tokens"))
    return _count(told.get("prompt_tokens")), tokens_of(reply.content) if tokens_out is None else tokens_out


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def unwelcome(status: int, headers: Mapping[str, str], data: bytes, endpoint: Endpoint, key: str) -> NoAnswerError:
    """Why there is no answer, and what can be done. No message shows the key, even if the endpoint does."""
    said = _said(data)
    said = (said.replace(key, "...") if key else said)[:_MOST_SAID]
    what = f"the endpoint answers {status}" + (f": {said}" if said else "")
    if status in (401, 403):
        return NoAnswerError(what, f"set {endpoint.key_variable} in the environment to a key that it takes", stop=True)
    if status == 402:
        return NoAnswerError(what, "see to your account there", stop=True)
    if status in (404, 405):
        return NoAnswerError(what, "check the address and the name of the model", stop=True)
    if status in _REFUSED:
        return NoAnswerError(what, "see whether the endpoint and the model can do what is asked", refused=True)
    if status == 413:
        return NoAnswerError(what, "ask about fewer paragraphs at once")
    busy = status in _BUSY
    hint = "try again later; what was answered is kept" if busy else "see the endpoint's own log"
    return NoAnswerError(what, hint, again=busy, wait=_wait(headers.get("retry-after", "")))


def _wait(header: str) -> float | None:
    """The seconds of a Retry-After header, which gives them or a date; None where it gives neither."""
    try:
        return max(0.0, float(header)) if header.strip() else None
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _said(data: bytes) -> str:
    """The words in an error's body, on one line."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    return _words(value.get("error") or value.get("detail") or value.get("message")) if isinstance(value, dict) else ""


def _words(value: object) -> str:
    """What an error says: a string, or an object with a message."""
    told = value.get("message") if isinstance(value, dict) else value
    if not isinstance(told, str):
        return ""
    return "".join(c if c.isprintable() else " " for c in " ".join(told.split())).encode("utf-8", "replace").decode()
