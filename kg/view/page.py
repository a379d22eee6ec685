"""One self-contained HTML file out of a graph: a template, data in blocks, and a script of our own that draws.

Nothing that came from a document can run: it stands in data blocks that are no scripts, the page's script
writes it as text only, and the Content-Security-Policy admits nothing but the page's own script and style, by hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.rdf.namespaces import PREFIXES
from kg.runtime import growing_heap
from kg.view.answers import Answer, answers
from kg.view.blocks import block, deflated
from kg.view.bundle import script, style
from kg.view.classic import LIMIT as CLASSIC_LIMIT
from kg.view.classic import classic_page
from kg.view.content import Places, content
from kg.view.files import write_whole
from kg.view.network import Readable, network
from kg.view.selection import Selection
from kg.view.shown import Shown, shown
from kg.view.texts import texts
from kg.view.triples import difference

if TYPE_CHECKING:
    import networkx as nx

    from kg.view.layout.shapes import Shapes

Progress = Callable[[str, int, int], None]
ASSETS = Path(__file__).parent / "assets"
LIMIT = 50_000  # entities of one page
# Bytes of the graph's data below which the program is packed: there it is most of the page. To unpack it takes longer
# than to read it as it is, since browsers go on reading the page meanwhile; so does the graph, if it is not too long.
SMALL, LARGE = 60_000, 1_000_000
OWN_PREFIXES = ("rdfs", "schema", "skos", "xsd")


def write_page(  # noqa: PLR0913
    store: Readable,
    path: Path,
    *,
    title: str = "Knowledge graph",
    selection: Selection | None = None,
    look: str = "own",
    graph: Shown | None = None,
    found: Iterable[Answer] = (),
    whole: Mapping[str, str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    like: Places | None = None,
    shapes: Shapes | None = None,
    review: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the page of a store, or of a part of it, whole or not at all.

    look: "own", or "classic" for ordinary pyvis output. graph: the whole of the store, where it is at hand already.
    found: answers that the page offers. whole: texts of documents by id. prefixes: for the Turtle that the page can
    give. like: places of entities in another page, kept where they can be. shapes: as `kg.view.layout` has them.
    review: decisions can be made on the page. progress: is told what is done, and how many of how many steps.
    Raises UsageError if the file cannot be written, for a selection that does not fit the graph, and for a review that
    is to look classic.
    """
    classic = look == "classic"
    if classic and review:
        raise UsageError("a classic page cannot be reviewed", hint="leave out --style classic")
    tell = progress or (lambda *_: None)
    with growing_heap():
        if graph is None:
            tell("reading the graph", 0, 2)
        if classic:
            text = classic_page(network(store, selection or Selection(), limit=CLASSIC_LIMIT), title=title, like=like)
            tell("making the page", 1, 2)
        else:
            seen = graph or shown(network(store, selection or Selection(), limit=LIMIT))
            tell("making the page", 1, 2)
            about: Any = {"title": title, "found": found, "whole": whole, "prefixes": prefixes}
            text = page(seen, **about, like=like, shapes=shapes, review=review)
    write_whole(path, text.encode("utf-8", "replace"))
    tell("making the page", 2, 2)


def page(  # noqa: PLR0913
    graph: nx.MultiDiGraph[str] | Shown,
    *,
    title: str,
    found: Iterable[Answer] = (),
    whole: Mapping[str, str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    like: Places | None = None,
    shapes: Shapes | None = None,
    review: bool = False,
) -> str:
    """The page of a graph of `network`, or of what `shown` makes of one, as text; the same graph gives the same text.

    `write_page` tells what the arguments are. shapes: as `kg.view.layout` has them.
    """
    import jinja2
    from markupsafe import Markup

    seen = graph if isinstance(graph, Shown) else shown(graph)
    more = difference(seen)
    known = {name: iri for name, iri in sorted((prefixes or PREFIXES).items()) if prefixes or name in OWN_PREFIXES}
    about = {"title": _sound(title), "summary": _summary(seen), "notice": _notice(seen), "prefixes": known}
    columns = content(seen, like=like, shapes=shapes)
    columns |= {"extra": more.extra, "absent": more.absent}
    drawn = block("graph", about | columns, large=LARGE)
    packed = len(drawn.body) < SMALL
    starter = (ASSETS / "start.js").read_text(encoding="utf-8") if packed else ""
    program, sheet = script(review=review), style(review=review)
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(ASSETS), autoescape=True)
    return templates.get_template("page.html").render(
        **about,
        emptiness=_emptiness(seen),
        policy=_policy(filter(None, (starter, program)), sheet),
        style=Markup(sheet),
        starter=Markup(starter),
        program=Markup(deflated(program.encode()) if packed else program),
        graph=drawn,
        rest=[  # behind the program, which draws before they are read
            block("texts", texts(seen, whole or {})),
            block("queries", answers(seen, found)),
        ],
    )


def _sound(text: str) -> str:
    """Without halves of surrogate pairs, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _summary(seen: Shown) -> str:
    facts, documents = _count(seen.counts.facts, "fact"), _count(seen.counts.documents, "document")
    return f"{_count(seen.counts.entities, 'entity', 'entities')}, {facts} from {documents}"


def _notice(seen: Shown) -> str:
    left_out = seen.counts.left_out
    if not left_out:
        return ""
    return (
        f"The {_count(len(seen.entities), 'entity', 'entities')} with the most facts are shown, "
        f"{left_out:,} are left out: focus on one entity or one document to see the others."
    )


def _emptiness(seen: Shown) -> str:
    """Why there is nothing to see; empty if there is."""
    if seen.entities:
        return ""
    selection = seen.selection
    if selection.documents:
        return (
            "No entity was found in this document."
            if len(selection.documents) == 1
            else "No entity was found in these documents."
        )
    if not seen.counts.documents:
        return "No document has been read yet. Build the graph from some documents, then make this page again."
    if not selection.whole:
        return "Nothing in the graph fits what was asked for."
    read = _count(seen.counts.documents, "document was", "documents were")
    return f"{read} read, and no entity that the ontology knows was found."


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _policy(scripts: Iterable[str], sheet: str) -> str:
    """A Content-Security-Policy (https://www.w3.org/TR/CSP3/) that admits these texts and nothing else."""
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(sheet)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
