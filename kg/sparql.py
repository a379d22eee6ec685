"""The text of a SPARQL query: what in it is code, what of it is refused, what a parser's complaint about it means."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from kg.errors import QueryError

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
# What is no code in SPARQL: IRIs, strings, comments and escaped signs in names
# (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
_NO_CODE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \"\"\".*?\"\"\" | '''.*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' |
    \#[^\n]* | \\.""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WORD = re.compile(r"[\w:.?$@-]+")
# A variable, or a name behind a prefix: the only words of code that may hold "service". The parser needs no blank
# before a keyword ("1SERVICE"), so that looking for the word alone would not do.
_NAMED_SERVICE = re.compile(r"[?$]\w+|(?:(?!service)[\w.-])*:[\w:.-]*", re.IGNORECASE)


def refuse_service(text: str) -> None:
    """Raises QueryError where a part is for another endpoint (https://www.w3.org/TR/sparql11-federated-query/)."""
    # Escapes may stand anywhere, in a keyword too (https://www.w3.org/TR/sparql11-query/#codepointEscape).
    plainly = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), sys.maxunicode)), text)
    words = (word for version in (text, plainly) for word in _WORD.findall(code_of(version)))
    if any("service" in word.lower() and not _NAMED_SERVICE.fullmatch(word) for word in words):
        raise QueryError(
            "SERVICE asks another machine, and a query stays on this one",
            hint="leave that part out; a prefix of that name needs another one",
        )


def code_of(text: str) -> str:
    """The query with IRIs, strings and comments blanked out, everything else at its place."""
    return _NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def is_ordered(text: str) -> bool:
    """Whether the query itself says in which order its rows come."""
    return re.search(r"\border\s+by\b", code_of(text), re.IGNORECASE) is not None


def explained(message: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """What the parser said, with the offending line, in words that help."""
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if not found:
        return QueryError(_lowered(message))
    code = code_of(text)
    body = re.sub(r"(?i)\b(?:prefix\s+[\w.-]*:|base)\s", " ", code).split()
    if body and body[0].upper() in _UPDATES:
        return QueryError(
            f"{body[0].upper()} changes data, and a query only reads", hint="SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    declared = set(re.findall(r"(?i)\bprefix\s+([\w.-]*):", code)) | set(prefixes)
    for use in re.finditer(r"(?<![\w.?$@:-])([\w.-]*):(?=[\w:]|\s|$)", code):
        if use[1] not in declared and not use[1].startswith("_"):
            line = code.count("\n", 0, use.start()) + 1
            column = use.start() - (code.rfind("\n", 0, use.start()) + 1) + 1
            return QueryError(
                f"the prefix {use[1]}: is not declared",
                where=_place(text, line, column),
                hint="declare it with PREFIX, or use one of " + ", ".join(f"{name}:" for name in sorted(prefixes)),
            )
    hint = "" if code.count("{") == code.count("}") else "the braces { and } do not match"
    return QueryError(_wanted(found[3], text), where=_place(text, int(found[1]), int(found[2])), hint=hint)


def _place(text: str, line: int, column: int) -> str:
    lines = text.splitlines() or [""]
    words = lines[min(line, len(lines)) - 1].strip()
    return f"line {line}, column {column}, in “{words}”" if words else f"line {line}, column {column}"


def _wanted(expected: str, text: str) -> str:
    if not text.strip():
        return "the query is empty"
    said = re.findall(r"(?:^|, )([A-Z][\w ]*[a-z][\w ]*)(?=,|$)", expected)
    if said:  # sentences such as "The SELECT contains a variable that is unbound" stand among the tokens
        return _lowered(said[0])
    tokens = [token for token in re.findall(r'"((?:[^"\\]|\\.)+)"', expected) if not token.startswith("\\")][:6]
    return "the query does not parse here" + (f"; expected one of {' '.join(tokens)}" if tokens else "")


def _lowered(sentence: str) -> str:
    """A sentence to stand inside another; "IRI parsing failed" stays as it is."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
