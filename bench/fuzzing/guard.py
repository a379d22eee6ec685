"""Watches one call of a target: what it raises, prints, writes, starts and fetches, and how long it takes.

What Python does is seen by an audit hook (PEP 578), which also refuses it; what libraries in C and Rust write, by
comparing folders, and what they fetch, by a socket that listens at the address that stands in the seeds.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from kg.errors import KGError

Target = Callable[[bytes], None]

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PATHS = {"os.rename": 2, "os.link": 2, "os.symlink": 2} | dict.fromkeys(
    ("os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime"), 1
)
_STARTS = frozenset(("os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"))
_FETCHES = frozenset(("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"))
_WORKER = "query_worker.py"


class Hang(BaseException):
    """The time for one input is up. No Exception, so that no reader takes it for a broken file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong. kind: "error", "hang", "crash", "outside", "process", "network" or "traceback"; where: the line
    of kg that was last reached, or what was touched."""

    kind: str
    what: str
    where: str

    @property
    def key(self) -> tuple[str, str, str]:
        """One key for one fault."""
        return self.kind, self.what.split(":")[0], self.where


class Guard:
    """Calls targets in the working folder `project` and tells what each did wrong.

    seconds: of CPU time for one input; what waits without using any is the parent's business. watched: a folder
    around the project in which nothing else may change.
    """

    def __init__(self, project: Path, watched: Path, seconds: float) -> None:
        self.project = os.path.realpath(project)
        self.watched = watched
        self.seconds = seconds
        self.armed = False
        self.seen: list[Finding] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.before = self._listing()
        sys.addaudithook(self._audit)
        sys.unraisablehook = self._unraisable
        signal.signal(signal.SIGPROF, self._late)

    def call(self, target: Target, data: bytes) -> Finding | None:
        """The first thing that went wrong; None where the target returned, or raised a KGError."""
        self.seen.clear()
        stderr = io.StringIO()
        with contextlib.redirect_stderr(stderr), contextlib.redirect_stdout(io.StringIO()):
            found = self._raised(target, data)
        found = (self.seen[0] if self.seen else None) or found
        if found is None and "Traceback (most recent call last)" in stderr.getvalue():
            lines = stderr.getvalue().strip().splitlines()
            found = Finding(
                "traceback", lines[-1][:200], next((x.strip() for x in lines if "/kg/" in x), lines[0][:80])
            )
        return found or self._touched() or self._connected()

    def _raised(self, target: Target, data: bytes) -> Finding | None:
        try:
            signal.setitimer(signal.ITIMER_PROF, self.seconds)
            self.armed = True
            try:
                target(data)
            finally:
                self.armed = False
                signal.setitimer(signal.ITIMER_PROF, 0)
        except KGError:
            pass
        except Hang as error:
            return Finding("hang", f"more than {self.seconds:g} s", last_line(error))
        except BaseException as error:
            return Finding("error", f"{type(error).__name__}: {str(error)[:200]}", last_line(error))
        return None

    def _late(self, _number: int, frame: FrameType | None) -> None:
        if self.armed:
            where = ""
            while frame is not None and not where:
                where = _place(frame.f_code.co_filename, frame.f_lineno)
                frame = frame.f_back
            self.seen.append(Finding("hang", f"more than {self.seconds:g} s", where))
            raise Hang

    def _unraisable(self, found: sys.UnraisableHookArgs) -> None:
        if self.armed and not isinstance(found.exc_value, Hang):
            self.seen.append(Finding("traceback", f"{found.exc_type.__name__}: {found.exc_value}", repr(found.object)))

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.armed:
            return
        found: Finding | None = None
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and not isinstance(path, int):
                found = self._outside(event, path)
        elif event in _PATHS:
            found = next(filter(None, (self._outside(event, path) for path in arguments[: _PATHS[event]])), None)
        elif event in _FETCHES:
            found = Finding("network", event, str(arguments[:2])[:200])
        elif event in _STARTS or (event == "subprocess.Popen" and _WORKER not in str(arguments[1])):
            found = Finding("process", event, str(arguments[:2])[:200])
        if found is not None:
            self.seen.append(found)
            raise PermissionError(found.what)

    def _outside(self, event: str, path: object) -> Finding | None:
        if isinstance(path, int) or path is None:
            return None
        # Through links: one that leads outside is outside.
        whole = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]  # what os takes
        inside = whole == self.project or whole.startswith(self.project + os.sep) or whole == os.devnull
        return None if inside else Finding("outside", event, whole)

    def _touched(self) -> Finding | None:
        now = self._listing()
        if now == self.before:
            return None
        changed = sorted(path for path, _ in set(now.items()) ^ set(self.before.items()))
        self.before = now
        return Finding("outside", "files changed", ", ".join(changed)[:200])

    def _listing(self) -> dict[str, tuple[int, int]]:
        return {
            os.path.relpath(entry.path, self.watched): (status.st_size, status.st_mtime_ns)
            for entry in _below(str(self.watched), self.project)
            for status in [entry.stat(follow_symlinks=False)]
        }

    def _connected(self) -> Finding | None:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return None
        return Finding("network", "connected", "the address of the seeds")


def last_line(error: BaseException) -> str:
    """The last line of kg on the way to an error, else the last line at all."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [place for frame in frames if (place := _place(frame.filename, frame.lineno or 0))]
    return own[-1] if own else f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _place(path: str, line: int) -> str:
    parts = Path(path).parts
    if "kg" not in parts:
        return ""
    return f"{'/'.join(parts[len(parts) - 1 - parts[::-1].index('kg') :])}:{line}"


def _below(folder: str, without: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if os.path.realpath(entry.path) != without:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path, without)
