"""Answers, kept by all that a question holds, so that an interrupted build goes on and a second one asks nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from kg.files import replace_file

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote. cut: whether it was stopped at the most tokens that an answer may have."""

    content: str
    cut: bool = False


def key_of(*parts: str) -> str:
    """A digest of all that a question holds, in hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """A folder with one JSON file for each answer, or None for no cache. A damaged file counts as absent."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str, most_tokens: int) -> Reply | None:
        """The answer, if there is one; not one that was cut at fewer tokens than it may have now."""
        if self._folder is None:
            return None
        try:
            data = json.loads(self._path(self._folder, key).read_bytes())
            if data["version"] != _VERSION or not isinstance(data["content"], str):
                return None
            cut = data["cut_at"]
            if cut is not None and cut < most_tokens:
                return None
            return Reply(data["content"], cut is not None)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, key: str, reply: Reply, most_tokens: int) -> None:
        """Keep an answer. Raises OSError."""
        if self._folder is None:
            return
        data = {"version": _VERSION, "content": reply.content, "cut_at": most_tokens if reply.cut else None}
        path = self._path(self._folder, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, (json.dumps(data, sort_keys=True, indent=1) + "\n").encode("ascii"), lasting=False)

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / f"{key}.json"
