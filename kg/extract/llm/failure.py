"""Why a question got no answer that can be used."""

from __future__ import annotations


class NoAnswerError(Exception):
    """One question failed; it is told to the user as a problem, and never leaves the extractor.

    what, hint: for people. again: whether asking again may help; wait: seconds that the endpoint asks to wait first.
    stop: whether every other question would fail in the same way. refused: whether the endpoint takes no such request,
    so that one of another form may do.
    """

    def __init__(
        self,
        what: str,
        hint: str = "",
        *,
        again: bool = False,
        wait: float | None = None,
        stop: bool = False,
        refused: bool = False,
    ) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint
        self.again, self.wait, self.stop, self.refused = again, wait, stop, refused
