"""One self-contained HTML file out of a graph: pyvis carries it, our template shows it.

Nothing that came from a document can run: it stands in JSON blocks with <, > and & escaped, the page's script
writes it as text only, and the Content-Security-Policy admits nothing but the inlined scripts and style, by hash.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, UsageError
from kg.model import STANCES
from kg.view.layout import positions
from kg.view.network import Readable, network, spoken_of, within_limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from kg.view.records import Citation, Mention

ASSETS = Path(__file__).parent / "assets"
LIMIT = 300
QUOTES = 20  # sentences that the page holds for one statement or entity; it tells how many more there are

# Paul Tol's bright scheme, https://sronpersonalpages.nl/~pault/. The seven commonest types are dots; the others
# take the colours again in other shapes, of which none is near to a dot or to the shape before it.
COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB")
SHAPES = ("triangle", "square", "star", "diamond", "triangleDown", "hexagon")

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "keyboard": {"enabled": False}},
    "nodes": {"borderWidth": 2, "size": 11},
    "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 1, "hoverWidth": 0.5},
}


def write_page(
    store: Readable,
    path: Path,
    *,
    title: str = "Knowledge graph",
    focus: str | None = None,
    hops: int = 1,
    document: str | None = None,
) -> None:
    """Write the page of a store, or of the part of it that `network` describes, whole or not at all.

    Raises UsageError if the file cannot be written, or for an unknown focus or document.
    """
    graph = network(store, focus=focus, hops=hops, document=document, limit=LIMIT)
    text = page(graph, title=title)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"the page cannot be written: {reason}", where=str(path), hint="name another file") from None


def page(graph: nx.MultiDiGraph[str], *, title: str) -> str:
    """The page as text; the same graph gives the same text.

    Shows at most 300 entities, those of highest degree, and says how many are left out.
    """
    import pyvis.network
    from markupsafe import Markup

    shown = _largest(graph)
    ids = {node: f"n{number}" for number, node in enumerate(sorted(shown), start=1)}
    legend = _legend(shown)
    statements, documents = _statements(shown, ids)
    style, script, drawing = _asset("page.css"), _asset("page.js"), _vis(Path(pyvis.network.__file__).parent)

    net = pyvis.network.Network(directed=True)
    net.set_template_dir(str(ASSETS), "page.html")
    net.templateEnv.autoescape = True
    net.templateEnv.globals.update(
        title=title.encode("utf-8", "replace").decode("utf-8"),
        summary=_summary(graph),
        notice=_notice(graph, shown),
        emptiness=_emptiness(graph),
        policy=_policy(scripts=(drawing, script), styles=(style,)),
        style=Markup(style),
        script=Markup(script),
        drawing=Markup(drawing),
        content={
            "entities": {ids[node]: _entity(shown.nodes[node], documents) for node in sorted(shown)},
            "statements": statements,
            "documents": documents,
            "types": legend,
            "stances": _stances(statements),
        },
    )
    net.options = OPTIONS
    _fill(net, shown, ids, {entry["name"]: entry for entry in legend})
    text: str = net.generate_html()
    return text


def _largest(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    if within_limit(len(graph), LIMIT):
        return graph
    degree = dict(graph.degree())
    kept = sorted(graph, key=lambda node: (-degree[node], node))[:LIMIT]
    part: nx.MultiDiGraph[str] = graph.subgraph(kept)
    return part


def _fill(net: Any, graph: nx.MultiDiGraph[str], ids: dict[str, str], legend: dict[str, dict[str, Any]]) -> None:
    """Nodes and edges as vis-network wants them. `add_edge` is left aside: it walks all edges for each."""
    labels = {node: _short(about["label"]) for node, about in graph.nodes(data=True)}
    silent = [node for node in graph if not spoken_of(graph, node)]
    places = positions(graph, {node: _size(label) for node, label in labels.items()}, below=silent)
    for node in sorted(graph):
        look = legend[graph.nodes[node]["type"]]
        x, y = places[node]
        net.add_node(ids[node], label=labels[node] or "?", shape=look["shape"], color=look["colour"], x=x, y=y)
    net.edges.extend(_edges(graph, ids))


def _edges(graph: nx.MultiDiGraph[str], ids: dict[str, str]) -> list[dict[str, Any]]:
    ordered = _ordered(graph)
    bundles = Counter(tuple(sorted((s, o))) for s, o, _ in ordered)
    seen: Counter[tuple[str, ...]] = Counter()
    edges: list[dict[str, Any]] = []
    for number, (s, o, about) in enumerate(ordered, start=1):
        bundle = tuple(sorted((s, o)))
        place, size = seen[bundle], bundles[bundle]
        seen[bundle] += 1
        asserted = about["stance"] == "asserted"
        edges.append(
            {
                "id": f"e{number}",
                "from": ids[s],
                "to": ids[o],
                "arrows": "to",
                "label": _short(about["label"]),
                "dashes": not asserted,
                "hidden": not asserted,
                "smooth": _bend(place, size, forward=s <= o),
                "selfReference": {"size": 22 + 10 * place, "angle": 0.785},
            }
        )
    return edges


def _bend(place: int, size: int, *, forward: bool) -> dict[str, Any]:
    """How far an edge bows out, so that all edges between the same two entities can be told apart."""
    offset = (place - (size - 1) / 2) * 0.28
    if offset == 0:
        return {"enabled": False}
    side = (offset > 0) == forward
    return {"enabled": True, "type": "curvedCW" if side else "curvedCCW", "roundness": round(abs(offset), 3)}


def _ordered(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, dict[str, Any]]]:
    rank = {stance: number for number, stance in enumerate(STANCES)}
    edges = graph.edges(data=True)
    return sorted(edges, key=lambda e: (e[0], e[1], e[2]["predicate"], rank.get(e[2]["stance"], 99), e[2]["stance"]))


def _statements(
    graph: nx.MultiDiGraph[str], ids: dict[str, str]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """All statements of the page, edges first and in their order, and the documents they come from."""
    documents: dict[str, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for number, (s, o, about) in enumerate(_ordered(graph), start=1):
        evidence = _evidence(about["evidence"], documents)
        end = {"id": f"e{number}", "s": ids[s], "o": ids[o]}
        found.append(end | {key: about[key] for key in ("label", "predicate", "stance")} | evidence)
    for node in sorted(graph):
        for literal in graph.nodes[node]["literals"]:
            evidence = _evidence(literal.evidence, documents)
            end = {"id": f"v{len(found) + 1}", "s": ids[node], "value": literal.value}
            about = {"label": literal.label, "predicate": literal.predicate, "stance": literal.stance}
            found.append(end | about | evidence)
    return found, documents


def _evidence(citations: Sequence[Citation], documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for citation in citations[:QUOTES]:
        item = {key: getattr(citation, key) for key in ("speaker", "time", "place") if getattr(citation, key)}
        items.append(_cited(citation, documents) | item | {"confidence": round(citation.confidence, 2)})
    return {"evidence": items, "more": max(len(citations) - QUOTES, 0)}


def _cited(found: Citation | Mention, documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The words in their sentence; what is known of their document goes to `documents`."""
    about = {"id": found.document, "title": found.title, "source": found.source, "date": found.date}
    documents.setdefault(found.document, {key: value for key, value in about.items() if value})
    return {key: getattr(found, key) for key in ("quote", "before", "after", "document") if getattr(found, key)}


def _entity(about: dict[str, Any], documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    entity = {key: about[key] for key in ("iri", "label", "type", "aliases")}
    mentions: list[Mention] = about.get("mentions", [])
    if mentions:
        entity["mentions"] = [_cited(mention, documents) for mention in mentions[:QUOTES]]
        entity["more"] = max(len(mentions) - QUOTES, 0)
    return entity


def _legend(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    counts = Counter(str(type_) for _, type_ in graph.nodes(data="type"))
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return [
        {"name": name, "count": counts[name], "colour": COLOURS[number % len(COLOURS)], "shape": _shape(number)}
        for number, name in enumerate(ordered)
    ]


def _shape(number: int) -> str:
    return "dot" if number < len(COLOURS) else SHAPES[(number - len(COLOURS)) % len(SHAPES)]


def _stances(statements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(str(statement["stance"]) for statement in statements)
    counts.setdefault("asserted", 0)
    ordered = [*STANCES, *sorted(set(counts) - set(STANCES))]
    return [{"name": name, "count": counts[name]} for name in ordered if name in counts]


def _summary(graph: nx.MultiDiGraph[str]) -> str:
    about = graph.graph
    entities, facts, documents = (int(about.get(key, 0)) for key in ("entities", "facts", "documents"))
    return f"{_count(entities, 'entity', 'entities')}, {_count(facts, 'fact')} from {_count(documents, 'document')}"


def _notice(graph: nx.MultiDiGraph[str], shown: nx.MultiDiGraph[str]) -> str:
    left_out = int(graph.graph.get("left_out", 0)) + len(graph) - len(shown)
    if not left_out:
        return ""
    return (
        f"The {_count(len(shown), 'entity', 'entities')} with the most facts are shown, {left_out:,} are left out: "
        "focus on one entity or one document to see the others."
    )


def _emptiness(graph: nx.MultiDiGraph[str]) -> str:
    """Why there is nothing to see; empty if there is."""
    about = graph.graph
    if len(graph):
        return ""
    if about.get("document") is not None:
        return "No entity was found in this document."
    if not about.get("documents"):
        return "No document has been read yet. Build the graph from some documents, then make this page again."
    read = _count(int(about["documents"]), "document was", "documents were")
    return f"{read} read, and no entity that the ontology knows was found."


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _short(text: str, longest: int = 48) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _size(label: str) -> tuple[float, float]:
    """About what a node takes up: a label of 13 px, broken at 120 px, below its dot or above."""
    lines = textwrap.wrap(label, 17) or [""]
    return 7.2 * max(map(len, lines)) + 8, 30.0 + 17 * len(lines)


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8").strip() + "\n"


def _vis(package: Path) -> str:
    """vis-network as pyvis ships it, without the comment that makes browsers ask for its source map.

    Raises KGError if it is not there.
    """
    found = sorted(package.glob("lib/vis-*/vis-network.min.js"))
    if not found:
        raise KGError("pyvis came without vis-network", where=str(package), hint="install pyvis again")
    lines = found[-1].read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")) + "\n"


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """A Content-Security-Policy (https://www.w3.org/TR/CSP3/) that admits these texts and nothing else."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
