"""Files behind what a user names: files, folders, patterns."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import Problem

_MAGIC = re.compile(r"[*?\[]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    source: its path as the user gave it, or the folder as given and the rest. real: its path without links, where that
    is known.
    """

    path: Path
    source: str
    real: str = ""


def find(source: str, suffixes: frozenset[str], named: frozenset[str] = frozenset()) -> Iterator[Found | Problem]:
    """The files of one source, sorted by path; hidden ones and other suffixes are passed over in folders.

    named: suffixes of files that are found only where the source is the file, or a pattern with that suffix.
    A symbolic link inside a folder is never followed: what lies inside is found under its own name, and a
    readable file outside is a problem.
    """
    shown = printable(source)
    if "\0" in source or not source:
        yield Problem(shown, "this is no path", "name a file, a folder or a pattern")
    elif not os.path.lexists(source) and _MAGIC.search(source):
        yield from _pattern(source, suffixes | (named & {_suffix(source)}))
    elif _is_folder(Path(source)):
        found = list(_folder(Path(source), shown.rstrip("/") + "/", suffixes))
        hint = "readable are " + ", ".join(sorted(suffixes))
        yield from found or [Problem(shown, "the folder holds no file that can be read", hint)]
    elif re.match(r"(?i)https?://", source):
        yield Problem(shown, "addresses are not fetched", "save the page and name the file")
    elif not os.path.lexists(source):
        yield Problem(shown, "there is no such file or folder", "check the path")
    elif _suffix(source) not in suffixes | named and not Path(source).is_symlink():
        suffix = printable(Path(source).suffix)
        what = f"files with the suffix {suffix} are not read" if suffix else "a file without a suffix is not read"
        yield Problem(shown, what, "readable are " + ", ".join(sorted(suffixes | named)))
    else:
        yield Found(Path(source), shown)


def belongs(path: str, source: str, named: frozenset[str]) -> bool:
    """Whether what was read from `path` is part of a source: it is the file, lies below the folder, or matches.

    named: suffixes that folders pass over; a file with one is part of a folder only as something that is gone from it.
    """
    given = Path(source).as_posix()
    if path == given:
        return True
    if _suffix(path) in named and _suffix(given) != _suffix(path) and os.path.lexists(path):
        return False
    return path.startswith(f"{given}/") or fnmatch.fnmatchcase(path, given) or given == "."


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def printable(path: str) -> str:
    """A path with forward slashes, for people: bytes that are no UTF-8 and controls are shown as "?"."""
    return _UNPRINTABLE.sub("?", path.replace(os.sep, "/"))


def _is_folder(path: Path) -> bool:
    """Also for a path that the system refuses to look at, because it is too long or shut."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _folder(folder: Path, shown: str, suffixes: frozenset[str]) -> Iterator[Found | Problem]:
    """What lies below a folder, by its own stack: folders may be nested deeper than calls can be."""
    outside, inside = str(folder), os.path.realpath(folder)
    home = inside.rstrip("/") + "/"
    waiting: list[tuple[os.DirEntry[str], str]] = []

    def enter(path: str, shown: str) -> Problem | None:
        entries, problem = _entries(path, shown)
        waiting.extend((entry, shown + printable(entry.name)) for entry in reversed(entries))
        return problem

    problem = enter(outside, shown)
    if problem:
        yield problem
    while waiting:
        entry, name = waiting.pop()
        if entry.is_symlink():
            if not _within(entry.path, inside) and _readable(entry, suffixes):
                yield Problem(name, "this link leads out of its folder and is not followed", "name the file itself")
        elif entry.is_dir(follow_symlinks=False):
            problem = enter(entry.path, name + "/")
            if problem:
                yield problem
        elif entry.is_file(follow_symlinks=False) and _readable(entry, suffixes):
            yield Found(Path(entry.path), name, home + entry.path[len(outside) :].lstrip("/"))


def _entries(path: str, shown: str, *, hidden: bool = False) -> tuple[list[os.DirEntry[str]], Problem | None]:
    """What a folder holds, sorted, without the folders that a build wrote, and as a rule without what is hidden."""
    try:
        with os.scandir(path) as entries:
            seen = [e for e in entries if (hidden or not e.name.startswith(".")) and not _is_graph(e)]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [], Problem(shown, f"the folder cannot be read: {reason}", "check its permissions")
    return sorted(seen, key=lambda entry: entry.name), None


def _is_graph(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder that a build wrote, so that `kg build .` does not read its own output."""
    return not entry.is_file(follow_symlinks=False) and _is_folder(Path(entry.path, "store", "quads"))


def _readable(entry: os.DirEntry[str], suffixes: frozenset[str]) -> bool:
    return Path(entry.name).suffix.lower() in suffixes


def _within(path: str, folder: str) -> bool:
    target = os.path.realpath(path)
    return os.path.commonpath((target, folder)) == folder


def _pattern(pattern: str, suffixes: frozenset[str]) -> Iterator[Found | Problem]:
    """The files that a pattern matches, and what lies in the folders that it matches.

    Not by glob.glob: its ** follows links, and a few links in a circle keep it busy for ever.
    """
    parts = pattern.replace(os.sep, "/").split("/")
    first = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    start = "/".join(parts[:first]) + "/" if first else ""
    matches = dict.fromkeys(_matches(start, parts[first:]))
    found: list[Found | Problem] = []
    for match in sorted(matches, key=lambda match: match.split("/")):
        path = Path(match)
        if _is_folder(path):
            found += _folder(path, printable(match) + "/", suffixes)
        elif path.suffix.lower() in suffixes:
            found.append(Found(path, printable(match)))
    if found:
        yield from found
    elif matches:
        hint = "readable are " + ", ".join(sorted(suffixes))
        yield Problem(printable(pattern), "no file that matches can be read", hint)
    else:
        yield Problem(printable(pattern), "no file matches", "check the pattern; ** stands for folders of any depth")


def _matches(start: str, parts: list[str]) -> Iterator[str]:
    """Paths that match part by part; start ends in a slash, or is empty for the working folder."""
    reached = [start]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            folders = [below for path in reached for below in _below(path)]
            reached = list(dict.fromkeys(folders))
            if last:
                yield from (name for path in reached for name in _names(path, "*"))
                return
            continue
        names = [name for path in reached for name in _names(path, part)]
        if last:
            yield from names
            return
        reached = [f"{name}/" for name in names if _is_folder(Path(name))]


def _names(folder: str, part: str) -> list[str]:
    if not _MAGIC.search(part):
        return [folder + part] if os.path.lexists(folder + part) else []
    entries, _ = _entries(folder or ".", folder, hidden=part.startswith("."))
    return [folder + entry.name for entry in entries if fnmatch.fnmatchcase(entry.name, part)]


def _below(folder: str) -> Iterator[str]:
    """A folder and all below it, none of them hidden or behind a link."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        yield path
        entries, _ = _entries(path or ".", path)
        waiting += [f"{path}{entry.name}/" for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]
