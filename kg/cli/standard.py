"""What holds for every command: -v, -q and --debug, before the command's name or after it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

Function = Callable[..., Any]
HELP = {"help_option_names": ["-h", "--help"]}


@dataclass(slots=True)
class Run:
    """One run of `kg`, whatever the command.

    verbosity: 0 as usual, 1 or 2 with -v and -vv, -1 with -q. debug: show tracebacks.
    """

    verbosity: int = 0
    debug: bool = False


def current() -> Run:
    """The state of this run."""
    run: Run = click.get_current_context().ensure_object(Run)
    return run


def command(name: str) -> Callable[[Function], click.Command]:
    """A click command that takes the standard options."""

    def wrap(function: Function) -> click.Command:
        return click.command(name, context_settings=HELP)(standard_options(function))

    return wrap


def standard_options(function: Function) -> Function:
    """The options -v, -q and --debug; they change the run and are not passed on to the function."""
    for option in (_debug, _quiet, _verbose):
        function = option(function)
    return function


def _set_verbosity(change: int) -> Callable[[click.Context, click.Parameter, int], None]:
    def callback(ctx: click.Context, _param: click.Parameter, count: int) -> None:
        if count:
            run: Run = ctx.ensure_object(Run)
            run.verbosity = change * int(count)
            _log(run.verbosity)

    return callback


def _set_debug(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.ensure_object(Run).debug = True


def _log(verbosity: int) -> None:
    """Send the log to standard error: kg's own with -v, everybody's with -vv, nothing otherwise."""
    logger = logging.getLogger(None if verbosity > 1 else "kg")
    if verbosity > 0 and not any(isinstance(old, logging.StreamHandler) for old in logger.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)


_verbose = click.option(
    "-v",
    "--verbose",
    count=True,
    expose_value=False,
    callback=_set_verbosity(1),
    help="Say more on standard error; -vv for libraries too.",
)
_quiet = click.option(
    "-q", "--quiet", is_flag=True, expose_value=False, callback=_set_verbosity(-1), help="Say nothing but errors."
)
_debug = click.option(
    "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show the traceback of an error."
)
