"""The page's script and style out of their modules, joined when a page is made: nobody has to build anything.

Modules are ECMAScript modules (https://tc39.es/ecma262/#sec-modules) in a plain form: named exports at their
declarations, imports of names, no cycles. So they can be joined into one scope by leaving the words
`import` and `export` away, as long as no two of them give a name twice.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from kg.errors import KGError

VIEW = Path(__file__).parent
_IMPORT = re.compile(r'import \{[^}]*\} from "\./([\w-]+\.js)";')
_EXPORT = re.compile(r"export (?=(?:async )?function|const|let|class)")
_NAMES = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+|\{[^}]*\}|\[[^\]]*\])", re.MULTILINE)


@functools.cache
def script(*, review: bool = False) -> str:
    """All modules that main.js needs, each after those that it imports, in one function. review: and review.js."""
    order: list[str] = []
    for entry in ("main.js", "review.js") if review else ("main.js",):
        _visit(entry, order, ())
    bodies = [_body(name) for name in order]
    _check(dict(zip(order, bodies, strict=True)))
    return _ascii('"use strict";\n(() => {\n' + "\n".join(bodies) + "\n})();\n", "\\u%04x")


@functools.cache
def style(*, review: bool = False) -> str:
    """All style sheets, base.css first; review.css only with `review`."""
    found = (path for path in (VIEW / "style").glob("*.css") if review or path.name != "review.css")
    sheets = sorted(found, key=lambda path: (path.name != "base.css", path.name))
    return _ascii(_plain("\n".join(path.read_text(encoding="utf-8") for path in sheets), r"/\*.*\*/") + "\n", "\\%x ")


def _ascii(text: str, escape: str) -> str:
    """With escapes for all other characters: browsers read a page of nothing but ASCII in half the time."""
    return re.sub(r"[^\x00-\x7f]", lambda found: escape % ord(found[0]), text)


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise KGError(f"modules of the page import each other: {' > '.join((*above, name))}")
    if name in order:
        return
    for needed in _IMPORT.findall(_source(name)):
        _visit(needed, order, (*above, name))
    order.append(name)


@functools.cache
def _source(name: str) -> str:
    return (VIEW / "script" / name).read_text(encoding="utf-8")


def _body(name: str) -> str:
    lines = _IMPORT.sub("", _source(name)).splitlines()
    return _plain("\n".join(_EXPORT.sub("", line) if line.startswith("export ") else line for line in lines), "//.*")


def _plain(text: str, comment: str) -> str:
    """Without indentation, empty lines and lines that only comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not re.fullmatch(comment, line))


def _check(bodies: dict[str, str]) -> None:
    """Raises KGError where two modules give the same name, or one is not in the plain form."""
    owner: dict[str, str] = {}
    for module, body in bodies.items():
        if found := re.search(r"^(?:import|export)\b.*|</script|<!--", body, re.MULTILINE | re.IGNORECASE):
            raise KGError(f"a module of the page cannot be joined: {found[0]}", where=module)
        for declared in _NAMES.findall(_source(module)):
            for name in re.findall(r"\w+", declared):
                if owner.setdefault(name, module) != module:
                    raise KGError(f"two modules of the page give the name {name}", where=f"{owner[name]}, {module}")
