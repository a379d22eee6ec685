"""Inputs by hypothesis: seeds with changes, the tokens of a format in any order, and data of the right shape."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fuzzing import wholes
from fuzzing.hostile import KINDS, ODD, TOKENS
from fuzzing.seeds import seeds

LONGEST = 200_000

_TEXT = st.text(max_size=20) | st.sampled_from(["", "a", "../x", "2017-05-10", "\ud800", "\0", "https://kg.example/a"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_SETTINGS = st.sampled_from(
    "sources output ontology shapes model learned decisions llm llm_requests reason merge base max_bytes "
    "query_seconds nothing".split()
)
_VERBS = st.sampled_from("accept reject merge apart split rename retype relate undo nothing".split())
_FIELDS = st.sampled_from(
    "subject predicate object document sentence entities entity documents names label type datatype source new "
    "decision who when why odd".split()
)
_RECORD = st.dictionaries(st.sampled_from("id text date title source speakers".split()), _JSON, max_size=6)


def inputs(name: str, own: list[bytes]) -> SearchStrategy[bytes]:
    """Inputs for a target of this name. own: its seeds."""
    kind = name.rpartition(".")[2]
    kind = KINDS.get(kind, kind)
    words = [_word(word) for word in TOKENS.get(kind, "").split(" ")] + list(ODD)
    ways = [mutated(own, words), st.lists(st.sampled_from(words), max_size=60).map(b" ".join)]
    if name in SHAPED:
        ways.append(SHAPED[name])
    return st.one_of(ways)


def mutated(own: list[bytes], words: list[bytes]) -> SearchStrategy[bytes]:
    """Seeds after up to eight changes."""
    place = st.integers(0, 999)
    piece = st.sampled_from(words) | st.binary(min_size=1, max_size=6)
    change = st.tuples(st.sampled_from(tuple(_CHANGES)), place, place, piece)
    return st.tuples(st.sampled_from(own), st.lists(change, max_size=8)).map(lambda drawn: _changed(*drawn))


def _changed(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for name, one, other, piece in changes:
        # Small numbers are small offsets too, so that heads are hit as often as the rest.
        at, end = (n if one % 3 == 0 else n * len(data) // 1000 for n in (one, other))
        data = _CHANGES[name](data, at, max(at, end), piece)[:LONGEST]
    return data


_CHANGES: dict[str, Any] = {
    "insert": lambda data, at, _end, piece: data[:at] + piece + data[at:],
    "overwrite": lambda data, at, _end, piece: data[:at] + piece + data[at + len(piece) :],
    "remove": lambda data, at, end, _piece: data[:at] + data[end:],
    "repeat": lambda data, at, end, piece: data[:at] + data[at:end][:200] * (1 + len(piece) * 5) + data[end:],
    "cut": lambda data, at, _end, _piece: data[:at],
    "flip": lambda data, at, _end, piece: data[:at] + bytes(b ^ piece[0] for b in data[at : at + 1]) + data[at + 1 :],
    "move": lambda data, at, end, _piece: data[end:] + data[at:end] + data[:at],
    "recode": lambda data, _at, _end, _piece: data.decode("utf-8", "replace").encode("utf-16"),
}


def _word(word: str) -> bytes:
    return word.encode() or b" "


def _toml(values: dict[str, Any]) -> bytes:
    lines = (f"{name} = {_toml_value(value)}\n" for name, value in values.items())
    return "".join(lines).encode("utf-8", "surrogatepass")


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(k)} = {_toml_value(v)}" for k, v in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value if value is not None else "")


def _line(drawn: tuple[str, dict[str, Any]]) -> bytes:
    return json.dumps({"do": drawn[0], **drawn[1]}).encode()


def _environment(values: dict[str, str]) -> bytes:
    lines = (f"KG_{name.upper()}={value}" for name, value in values.items())
    return "\n".join(lines).encode("utf-8", "surrogatepass")


SHAPED: dict[str, SearchStrategy[bytes]] = {
    "config.toml": st.dictionaries(_SETTINGS, _JSON, max_size=4).map(_toml),
    "command.facts.toml": st.dictionaries(_SETTINGS, _JSON, max_size=2).map(_toml),
    "config.env": st.dictionaries(_SETTINGS, _TEXT | st.floats().map(str) | st.integers().map(str)).map(_environment),
    "decisions": st.lists(
        st.tuples(_VERBS, st.dictionaries(_FIELDS, _TEXT | st.lists(_TEXT, max_size=3) | _JSON)).map(_line), max_size=5
    ).map(b"\n".join),
    "read.json": (_RECORD | st.lists(_RECORD | _JSON, max_size=4)).map(lambda found: json.dumps(found).encode()),
    **wholes.SHAPED,
    "read.jsonl": st.lists((_RECORD | _JSON).map(lambda found: json.dumps(found).encode()), max_size=5).map(b"\n".join),
}


def prepared(name: str, host: str, file: str) -> list[bytes]:
    """The seeds of a target, with an address that listens and a file that may not be read in their places."""
    return [placed(one, host, file) for one in seeds(name)]


def placed(data: bytes, host: str, file: str) -> bytes:
    """An input with the address and the file in their places."""
    return data.replace(b"@HOST@", host.encode()).replace(b"@FILE@", file.encode())
