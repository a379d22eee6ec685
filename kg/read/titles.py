"""Titles out of file properties, where programs leave names of their own."""

from __future__ import annotations

import re

from kg.read.text import one_line

_IDLE = re.compile(
    r"(?:microsoft )?word[ -]*document|document ?\d*|untitled.*|title|presentation\d*|slide \d+|microsoft \w+ - .*"
    r"|.*\.(?:docx?|pdf|odt|rtf|tex|dvi|indd|html?)",
    re.IGNORECASE,
)


def sensible_title(title: object) -> str | None:
    """The title on one line; None where it is empty or what a program fills in (a file name, "untitled")."""
    text = one_line(title) if isinstance(title, str) else ""
    return text if any(sign.isalpha() for sign in text) and not _IDLE.fullmatch(text) else None
