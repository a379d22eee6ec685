"""Where questions go: an address, a model, and how patient to be."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.errors import UsageError

KEY_VARIABLE = "LLM_API_KEY"
_PATH = "/chat/completions"
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A service that answers as OpenAI's chat completions do, and a model of it. Raises UsageError.

    url: its base, such as http://localhost:8000/v1. model: the name that the service knows the model by. key_variable:
    environment variable that may hold a key; the key itself stands nowhere else. timeout: seconds that one answer may
    take. attempts: how often a question is asked at most. backoff: seconds before the second time, doubled each time
    after; longest_wait: seconds, also where the service asks for more. most_bytes: of an answer over HTTP.
    most_tokens: of an answer, which the model is held to.
    """

    url: str
    model: str
    key_variable: str = KEY_VARIABLE
    timeout: float = 120.0
    attempts: int = 4
    backoff: float = 1.0
    longest_wait: float = 60.0
    most_bytes: int = 1_000_000
    most_tokens: int = 2_000

    def __post_init__(self) -> None:
        reason = _unusable(self.url)
        if reason:
            raise UsageError(
                f"the address of the language model {reason}", hint="give its base, such as http://localhost:8000/v1"
            )
        if not self.model.strip():
            raise UsageError("no language model is named", hint="give the name that the endpoint knows it by")
        if self.attempts < 1 or self.most_bytes < 1 or self.most_tokens < 1 or self.timeout <= 0:
            raise UsageError(
                "attempts, bytes, tokens and seconds must be above 0", where="endpoint", hint="correct the settings"
            )

    @property
    def address(self) -> str:
        """Where questions are posted."""
        base = self.url.rstrip("/")
        return base if base.endswith(_PATH) else base + _PATH

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        host = (urlsplit(self.url).hostname or "").rstrip(".")
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    def key(self, environment: Mapping[str, str] | None = None) -> str:
        """The key, "" where there is none. Raises UsageError where it cannot be sent; the error does not show it."""
        found = (os.environ if environment is None else environment).get(self.key_variable, "").strip()
        if found and not _KEY.fullmatch(found):
            raise UsageError(
                "the key holds characters that no key can have",
                where=f"environment, {self.key_variable}",
                hint="set it to the key alone",
            )
        return found

    def notices(self) -> list[str]:
        """What a user should know before anything is sent."""
        if self.key() and not self.is_here and urlsplit(self.url).scheme == "http":
            return [f"the key in {self.key_variable} goes over the network unencrypted: the address begins with http:"]
        return []


def _unusable(url: str) -> str:
    """What is wrong with an address, "" if nothing; its text is not repeated, as it may hold a password."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is none"
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"\\^`{|}]", url):
        return "is no http or https address"
    if parts.username is not None or parts.password is not None:
        return "holds a user or password, which belongs into an environment variable"
    return "holds a query or fragment" if parts.query or parts.fragment else ""
