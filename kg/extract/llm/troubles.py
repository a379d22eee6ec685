"""What went wrong with which paragraphs, and when to stop asking."""

from __future__ import annotations

from collections import Counter

from kg.extract.llm.failure import NoAnswerError
from kg.model import Document, Problem, Span

_MOST_IN_A_ROW = 3
_AGAIN = "build again: only paragraphs without an answer are asked about"


class Troubles:
    """Notes for people. After a failure that every other question would meet, or three in a row, no more are asked."""

    def __init__(self) -> None:
        self._told: dict[Problem, None] = {}
        self._unasked: Counter[str] = Counter()
        self._unfinished: set[str] = set()
        self._in_a_row = 0
        self._stopped: NoAnswerError | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One for each paragraph that failed, and one for all that were not asked about."""
        if self._stopped is None or not self._unasked:
            return tuple(self._told)
        units, documents = self._unasked.total(), len(self._unasked)
        what = f"{self._stopped.what}; {units} requests about {documents} documents were not made"
        return (*self._told, Problem("language model", what, self._stopped.hint or _AGAIN))

    @property
    def unfinished(self) -> frozenset[str]:
        """The ids of documents of which some paragraph has no answer."""
        return frozenset(self._unfinished)

    def check(self) -> None:
        """Raises NoAnswerError once asking has been given up."""
        if self._stopped is not None:
            raise self._stopped

    def answered(self) -> None:
        """The endpoint is there."""
        self._in_a_row = 0

    def failed(self, document: Document, span: Span, failure: NoAnswerError) -> None:
        """A question got no answer."""
        self._unfinished.add(document.id)
        if failure.stop:
            self._stopped = self._stopped or failure
            self._unasked[document.id] += 1
            return
        self._note(document, span, f"no answer for this paragraph: {failure.what}", failure.hint or _AGAIN)
        self._in_a_row += 1
        if self._in_a_row >= _MOST_IN_A_ROW:
            self._stopped = NoAnswerError(f"{_MOST_IN_A_ROW} requests in a row failed", _AGAIN, stop=True)

    def cut(self, document: Document, span: Span, most: int) -> None:
        """An answer broke off."""
        what = "the answer for this paragraph breaks off; what is complete is used"
        self._note(document, span, what, f"allow more than {most} tokens for an answer")

    def malformed(self, document: Document, span: Span, number: int) -> None:
        """Some facts of an answer name no subject, property, object or quote."""
        what = f"{number} facts of the answer for this paragraph lack a part, and are passed over"
        self._note(document, span, what, "a larger model may keep to the form")

    def unkept(self, error: OSError) -> None:
        """An answer cannot be put into the cache."""
        what = f"answers cannot be kept, and will be asked for again: {error.strerror or type(error).__name__}"
        self._told[Problem("cache of answers", what, "see whether the folder can be written and the disk is full")] = (
            None
        )

    def _note(self, document: Document, span: Span, what: str, hint: str) -> None:
        where = f"{document.path or document.id}, characters {span.begin} to {span.end}"
        self._told[Problem(where, what, hint)] = None
