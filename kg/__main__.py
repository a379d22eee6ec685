"""The `kg` command: runs the command line and turns every error into one message and an exit code."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from kg.cli import Run, cli
from kg.errors import KGError
from kg.files import FULL

INTERRUPTED = 130
BROKEN_PIPE = 141
INTERNAL = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg` with these arguments (default: those of the process) and return its exit code.

    0 done; 1 findings; 2 usage; 3 input that was not read; 4 internal; 130 interrupted; 141 the reader of a pipe left.
    """
    _use_utf8()
    run, stream = Run(), sys.stdout
    try:
        colour = False if os.environ.get("NO_COLOR") else None
        result = cli.main(args=arguments, prog_name="kg", standalone_mode=False, obj=run, color=colour)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except SystemExit as leaving:
        if sys.stdout is not stream:  # click puts a silent one in its place when the pipe is closed
            sys.stdout = stream
            return _pipe_closed()
        return leaving.code if isinstance(leaving.code, int) else INTERNAL
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            return _pipe_closed()
        if run.debug:
            traceback.print_exc()
        code = _explain(error)
        _drop_unwritten()
        return code


def run() -> int:
    """Run `kg` as a process of its own, which ends with it."""
    code = main()
    gc.freeze()  # on its way out, the interpreter would search all that was made for garbage: .4 s after a build
    return code


def _explain(error: Exception) -> int:
    """Print the message for an error; return its exit code."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KGError):
        code, message = error.exit_code, error.message()
    elif isinstance(error, OSError) and error.filename is not None:
        code = INTERNAL
        message = f"{error.filename}: {error.strerror} (check that it exists and that you may read and write it)"
    elif isinstance(error, OSError) and error.errno in FULL:
        code, message = INTERNAL, f"the output cannot be written: {error.strerror} (make room there)"
    elif isinstance(error, OSError) and error.errno is not None:
        code = INTERNAL
        message = f"{error.strerror} (see whether the disk that is written to is full, and may be written)"
    else:
        code = INTERNAL
        said = " ".join(str(error).split()) or "no message"
        message = f"unexpected {type(error).__name__}: {said} (a bug of kg; run again with --debug to see where)"
    click.echo(f"error: {message}", err=True)
    return code


def _use_utf8() -> None:
    """The same bytes in every locale; a file name that is no text is shown escaped instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_unwritten() -> None:
    """Where standard output takes no more, the interpreter need not find that out again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        _pipe_closed()


def _pipe_closed() -> int:
    """Nobody reads any more: let the interpreter's last flush go nowhere, silently."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]  # None has no pipe
    return BROKEN_PIPE


if __name__ == "__main__":
    sys.exit(run())
