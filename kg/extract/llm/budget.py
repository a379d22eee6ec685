"""What asking costs: told before it is done, and limited while it is done."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import UsageError
from kg.extract.llm.failure import NoAnswerError

_BYTES_PER_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent; None for no limit. Raises UsageError for what is no limit.

    requests: sent over HTTP, repeated ones included. tokens: of questions and answers together.
    """

    requests: int | None = None
    tokens: int | None = None

    def __post_init__(self) -> None:
        for what, most in (("requests", self.requests), ("tokens", self.tokens)):
            if most is not None and most < 0:
                raise UsageError(f"the limit of {what} is {most}", hint="give a number from 0 up, or none")


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens of questions and of answers cost, in a currency of the user's. Raises UsageError."""

    tokens_in: float
    tokens_out: float

    def __post_init__(self) -> None:
        if not (0 <= self.tokens_in < float("inf") and 0 <= self.tokens_out < float("inf")):
            raise UsageError("a price is no number from 0 up", hint="give what a million tokens cost")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would cost if each request is answered the first time.

    requests: that would be sent. cached: that would not, as the answer is there. tokens_in: of all that would be sent,
    counted from its length, rather too many. tokens_out_at_most: if each answer is as long as it may be.
    cost_at_most: in the currency of the prices; None where no prices are given.
    """

    requests: int
    cached: int
    tokens_in: int
    tokens_out_at_most: int
    cost_at_most: float | None = None


def estimated(requests: int, cached: int, tokens_in: int, tokens_out_at_most: int, prices: Prices | None) -> Estimate:
    """An estimate, with its cost where prices are given."""
    cost = None
    if prices is not None:
        cost = (tokens_in * prices.tokens_in + tokens_out_at_most * prices.tokens_out) / 1_000_000
    return Estimate(requests, cached, tokens_in, tokens_out_at_most, cost)


def tokens_of(text: str) -> int:
    """About how many tokens a text has, rather too many; each model counts in a way of its own."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN)


class Spending:
    """What was spent so far. requests, tokens: as in `Limits`; tokens as the endpoint counts them, where it does."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.requests = 0
        self.tokens = 0

    def begin(self, tokens_in: int, most_out: int) -> None:
        """Count one request before it is sent. Raises NoAnswerError (`stop`) where it could go beyond a limit."""
        limits = self._limits
        if limits.requests is not None and self.requests >= limits.requests:
            raise _reached(f"the limit of {limits.requests} requests is reached")
        if limits.tokens is not None and self.tokens + tokens_in + most_out > limits.tokens:
            raise _reached(f"the next request could go beyond the limit of {limits.tokens} tokens")
        self.requests += 1
        self.tokens += tokens_in

    def correct(self, estimated_in: int, tokens_in: int | None, tokens_out: int) -> None:
        """Put what the endpoint counted in place of what was estimated."""
        self.tokens += (estimated_in if tokens_in is None else tokens_in) - estimated_in + tokens_out


def _reached(what: str) -> NoAnswerError:
    return NoAnswerError(what, "raise the limit and build again; what was answered is kept", stop=True)
