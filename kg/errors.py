"""What can go wrong, and how it is said.

Every error says what happened, where (file, span) and what to do about it.

    KGError                 exit code 4 unless a subclass says otherwise
    ├── UsageError          2   a flag, argument or query that cannot be used
    │   ├── ConfigError     2   kg.toml or the environment
    │   ├── OntologyError   2   an ontology or shapes file that cannot be read
    │   ├── ModelError      2   a language model that is not installed or does not fit
    │   └── QueryError      2   SPARQL that does not parse, or ran too long
    ├── ReadError           3   one document that cannot be read; the others are built
    └── StoreError          4   the store cannot be opened or written
"""

from __future__ import annotations


class KGError(Exception):
    """An error with its place and its remedy.

    what: one sentence, what happened.
    where: the file, and the line or span if known; empty if there is no place.
    hint: what the user can do; empty if there is nothing to do.
    """

    exit_code = 4

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(self.message())

    def message(self) -> str:
        """Where, what, and what to do, on one line."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} ({self.hint})" if self.hint else text

    def __str__(self) -> str:
        return self.message()


class UsageError(KGError):
    """A flag, an argument or a query that cannot be used."""

    exit_code = 2


class ConfigError(UsageError):
    """kg.toml, or the environment, holds what is not understood."""


class OntologyError(UsageError):
    """An ontology or a shapes file cannot be read or used."""


class ModelError(UsageError):
    """A language model is not installed or does not fit."""


class QueryError(UsageError):
    """SPARQL does not parse, or ran longer than allowed."""


class ReadError(KGError):
    """One document cannot be read; the others are built all the same."""

    exit_code = 3


class StoreError(KGError):
    """The store cannot be opened, read or written."""
