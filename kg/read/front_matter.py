"""The YAML block between two lines of three dashes at the top of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import ReadError

_OPENING = re.compile(r"---[ \t]*\n(?=[ \t]*#|\"|'|[A-Za-z_][\w .-]*:(?:[ \t]|\n|$)|---[ \t]*(?:\n|$))")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# A longer block is no front matter; it also bounds the work on a hostile file.
_LONGEST = 65_536
_HINT = "key: value lines between two lines of ---; put quotes around a value with a colon in it"


def split(text: str, where: str) -> tuple[Mapping[str, object], str]:
    """What stands in the front matter, and the text after it. Without front matter: nothing, and all.

    Every value is a string, a list or a mapping: a title "No" stays a word, a date stays as written.
    A first line of dashes that no key follows is a rule between paragraphs, not front matter.
    Raises ReadError, with the line, where the block is not closed or is no YAML mapping.
    """
    opening = _OPENING.match(text)
    if not opening:
        return {}, text
    closing = _CLOSING.search(text, opening.end(), _LONGEST)
    if not closing:
        raise ReadError("the front matter has no end", where=f"{where}:1", hint="close it with a line of ---")
    return _mapping(text[opening.end() : closing.start()], where), text[closing.end() :]


def _mapping(block: str, where: str) -> Mapping[str, object]:
    import yaml

    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # Marks count from 0, and the opening dashes are one line more.
        line = mark.line + 2 if mark else 1
        what = f"the front matter is no YAML: {error.problem or error.context}"
        raise ReadError(what, where=f"{where}:{line}", hint=_HINT) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = f"the front matter is no YAML: {type(error).__name__}"
        raise ReadError(what, where=f"{where}:1", hint=_HINT) from None
    if not found:
        return {}
    if not isinstance(found, dict):
        raise ReadError("the front matter holds no keys with values", where=f"{where}:2", hint=_HINT)
    return {str(key).strip().lower(): value for key, value in found.items() if isinstance(key, str)}
