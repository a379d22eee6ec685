from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import networkx as nx
import numpy as np
import pytest
from matplotlib.image import imread

from kg.errors import UsageError
from kg.view import Selection, network
from kg.view.legend import legend
from kg.view.picture import picture, write_picture
from kg.view.picture.arrange import drawn
from kg.view.picture.canvas import Format, plain
from kg.view.picture.detail import NAMED, Detail, in_detail
from kg.view.picture.edges import RIM, curves
from kg.view.picture.overview import by_community
from kg.view.picture.words import FAMILY, Metrics, broken, clean, families, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tests.view.conftest import Maker

FORMATS: tuple[Format, ...] = ("png", "svg")
SVG = "{http://www.w3.org/2000/svg}"


def graph_of(labels: Sequence[str], edges: Sequence[tuple[int, int, str]]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, label in enumerate(labels):
        kind = f"https://kg.example/Kind{number % 9}"
        about = {"label": label, "class_iri": kind, "class_label": f"kind {number % 9}", "aliases": [], "literals": []}
        graph.add_node(f"e{number:05}", **about)
    for s, o, word in edges:
        graph.add_edge(f"e{s:05}", f"e{o:05}", word, predicate=word, label=word, stance="asserted", evidence=[])
    graph.graph.update(entities=len(graph), facts=len(edges), documents=3, left_out=0, selection=Selection())
    return graph


def clusters(entities: int, size: int = 40) -> nx.MultiDiGraph[str]:
    """Stars of entities, joined at random, as graphs of documents are."""
    chance = random.Random(4)
    edges = [(n, n - n % size, "part of") for n in range(entities) if n % size]
    edges += [(chance.randrange(entities), chance.randrange(entities), "knows") for _ in range(entities // 10)]
    return graph_of([f"Entity number {n}" for n in range(entities)], [edge for edge in edges if edge[0] != edge[1]])


def laid_out(graph: nx.MultiDiGraph[str]) -> Detail:
    with plain():
        return in_detail(drawn(graph, 24), Metrics([FAMILY]))


def pixels(png: bytes) -> NDArray[np.uint8]:
    return np.asarray(imread(io.BytesIO(png))[..., :3] * 255).round().astype(np.uint8)


def texts(svg: bytes) -> list[str]:
    """What can be read and selected, halos left out."""
    found = ET.fromstring(svg).iter(SVG + "text")
    return [element.text or "" for element in found if element.get("aria-hidden") != "true"]


def colour(code: str) -> tuple[int, ...]:
    return tuple(int(code[n : n + 2], 16) for n in (1, 3, 5))


def test_a_png_shows_every_type_in_its_colour(optics: Maker) -> None:
    graph = network(optics)
    shown = pixels(picture(graph, format="png", title="Optics"))
    assert shown.shape[1] == 1600
    for look in legend(graph):
        assert (shown == colour(look.colour)).all(axis=2).sum() > 100, look.label
    inked = (shown != 255).any(axis=2).mean()
    assert 0.02 < inked < 0.4


def test_dark_is_dark(optics: Maker) -> None:
    shown = pixels(picture(network(optics), format="png", title="Optics", dark=True))
    assert shown.mean() < 60
    assert shown.max() > 220


def test_width_is_the_resolution(optics: Maker) -> None:
    graph = network(optics)
    small, large = (pixels(picture(graph, format="png", title="Optics", width=width)) for width in (800, 1600))
    assert (small.shape[1], large.shape[1]) == (800, 1600)
    assert small.shape[0] == pytest.approx(large.shape[0] / 2, abs=1)
    svg = ET.fromstring(picture(graph, format="svg", title="Optics", width=800))
    assert svg.get("width") == "800"
    for width in (0, 199, 12_001):
        with pytest.raises(UsageError, match="wide"):
            picture(graph, format="png", title="Optics", width=width)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(optics: Maker, format_: Format) -> None:
    graph = network(optics)
    first = picture(graph, format=format_, title="Optics")
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for s, o, key, about in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(s, o, key, **about)
    with mpl.rc_context({"font.size": 40, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert picture(turned, format=format_, title="Optics") == first
    for trace in (b"Matplotlib", b"matplotlib", b"<dc:date", b"Software"):
        assert trace not in first


def test_an_svg_holds_names_and_words_as_text_and_asks_for_nothing(optics: Maker) -> None:
    graph = network(optics)
    data = picture(graph, format="svg", title="Optics")
    found = texts(data)
    words = " ".join(found)
    for node in drawn(graph, 24).labels:
        assert " ".join(broken(node)) in words
    assert "Optics" in found
    assert all(look.label in found for look in legend(graph))
    assert ET.fromstring(data).findtext(SVG + "title") == "Optics"
    assert "font-family: 'DejaVu Sans', sans-serif" in data.decode()
    links = [value for element in ET.fromstring(data).iter() for value in element.attrib.values() if "//" in value]
    assert links == []


def test_only_what_is_asserted_is_drawn(optics: Maker) -> None:
    graph = network(optics)
    asserted = [about["label"] for *_, about in graph.edges(data=True) if about["stance"] == "asserted"]
    others = {about["label"] for *_, about in graph.edges(data=True)} - set(asserted)
    assert others
    found = drawn(graph, 24)
    assert sorted(found.words) == sorted(asserted)
    assert not others & set(texts(picture(graph, format="svg", title="Optics")))
    assert f"{len(found.keys)} entities and {len(asserted)} statements between them from 4 documents." in " ".join(
        texts(picture(graph, format="svg", title="Optics"))
    )


def test_entities_without_statements_stand_below_where_they_are_few() -> None:
    graph = graph_of(["one", "two", *(f"alone {n}" for n in range(30))], [(0, 1, "knows")])
    assert len(drawn(graph, 30).keys) == 32
    assert drawn(graph, 29).labels == ["one", "two"]
    assert "30 entities without a statement to another one are not shown." in " ".join(
        texts(picture(graph, format="svg", title=""))
    )


@pytest.mark.parametrize("make", [network, lambda optics: clusters(120, 15)])
def test_names_keep_clear_of_each_other_and_of_entities(
    optics: Maker, make: Callable[[Maker], nx.MultiDiGraph[str]]
) -> None:
    at = laid_out(make(optics))
    assert len(at.labels) >= 0.95 * len(at.found.keys)
    for one, other in combinations(at.labels, 2):
        apart = one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
        assert apart or one.box[3] <= other.box[1] or other.box[3] <= one.box[1], (one.lines, other.lines)
    for label in at.labels:
        left, top, right, bottom = label.box
        assert 0 <= left < right <= 1600
        assert 0 <= top < bottom <= at.height
        for number, ((x, y), radius) in enumerate(zip(at.around.points, at.around.radii, strict=True)):
            if number != label.owner:
                assert not (left < x + radius and x - radius < right and top < y + radius and y - radius < bottom)


def test_words_stand_on_their_edges_and_on_nothing_else(optics: Maker) -> None:
    at = laid_out(network(optics))
    assert len(at.words) >= 0.55 * len(at.found.ends)
    boxes = [label.box for label in at.labels]
    for label in at.words:
        first, *_, last = at.around.ways.knots[label.owner]
        assert np.hypot(*(last - first)) > label.width
        assert -90 <= label.angle <= 90
        a, b, _, d = label.corners()
        for across in np.linspace(0.02, 0.98, 20):
            for down in (0.05, 0.5, 0.95):
                x, y = a + (b - a) * across + (d - a) * down
                assert not any(left < x < right and top < y < bottom for left, top, right, bottom in boxes)


def test_measured_widths_are_those_that_are_drawn() -> None:
    with plain():
        wide = Metrics([FAMILY]).width("Wide words, illi", 20.0)
        assert Metrics([FAMILY]).width("illi", 20.0) < Metrics([FAMILY]).width("WWWW", 20.0) / 3
    shown = pixels(picture(graph_of(["Wide words, illi"], []), format="png", title=""))
    inked = np.flatnonzero((shown[130:-70] < 60).all(axis=2).any(axis=0))
    assert inked[-1] - inked[0] == pytest.approx(wide, rel=0.12)


def test_edges_end_at_the_rim_and_parallel_ones_bow_apart() -> None:
    points = np.array([(0.0, 0.0), (300.0, 0.0)])
    radii = np.array([10.0, 20.0])
    ways = curves(points, radii, [(0, 1), (0, 1), (1, 0)], gap=18, head=10)
    for tip, target in zip(ways.heads[:, 0], (1, 1, 0), strict=True):
        assert np.hypot(*(tip - points[target])) == pytest.approx(radii[target] + RIM)
    middles = sorted(ways.at(0.5)[:, 1])
    assert np.diff(middles) == pytest.approx([18, 18], rel=0.2)
    [straight] = curves(points, radii, [(0, 1)], gap=18, head=10).at(0.3)
    assert straight[1] == pytest.approx(0)


def test_a_statement_about_itself_is_a_loop() -> None:
    ways = curves(np.array([(50.0, 50.0)]), np.array([8.0]), [(0, 0), (0, 0)], gap=10, head=8)
    assert (ways.at(0.5)[:, 1] < 50 - 8 - 5).all()
    assert len({round(y) for y in ways.at(0.5)[:, 1]}) == 2


def test_in_a_larger_graph_those_of_most_statements_have_names() -> None:
    at = laid_out(clusters(600))
    degree = at.found.degree
    named = {label.owner for label in at.labels}
    hubs = [n for n in range(600) if n % 40 == 0]
    assert 15 <= len(named) <= NAMED
    assert sum(hub in named for hub in hubs) >= 0.8 * len(hubs)
    assert min(degree[hub] for hub in hubs) > np.median(degree)


def test_a_large_graph_is_shown_by_communities() -> None:
    graph = clusters(3200, 80)
    with plain():
        at = by_community(drawn(graph, 24), Metrics([FAMILY]))
    assert 5 < len(at.around.points) < 400
    assert len(at.dots) == 3200
    assert len(at.labels) >= 5
    one, other = np.triu_indices(len(at.around.points), 1)
    apart = np.hypot(*(at.around.points[one] - at.around.points[other]).T)
    assert (apart >= (at.around.radii[one] + at.around.radii[other]) * 0.98).all()
    crossing = sum(at.bundles)
    assert 0 < crossing < len(at.found.ends) / 2
    shown = " ".join(texts(picture(graph, format="svg", title="Large")))
    assert f"Each of the {len(at.around.points):,} discs" in shown
    assert "3,200 entities" in shown


HOSTILE = (
    "$x^2$ costs $5",
    "$\\frac{1}{0$ and \\undefined",
    "</text><script>alert(1)</script>",
    "]]> & <b>&amp;",
    "bell\x07 null\x00 escape\x1b[31m",
    "\u202edesrever \ud800 \ufffe",
    "y" * 5000,
    "",
    " \n\t ",
    "株式会社かなざわ製作所と長い名前の会社の研究所",
    "شركة الأمل",
    "חברת האור",
    "हिन्दी",
    "😀",
)


@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_strings_are_harmless(format_: Format) -> None:
    edges = [(n, (n + 1) % len(HOSTILE), HOSTILE[n]) for n in range(len(HOSTILE))]
    graph = graph_of(HOSTILE, edges)
    for about in graph.nodes.values():
        about["class_label"] = HOSTILE[2]
    data = picture(graph, format=format_, title=" ".join(HOSTILE))
    if format_ == "svg":
        root = ET.fromstring(data)
        assert not list(root.iter(SVG + "script"))
        shown = texts(data)
        assert HOSTILE[0] in shown
        assert HOSTILE[3] in shown
        assert not any(len(line) > 250 for line in shown)
    else:
        assert (pixels(data) != 255).any()


def test_names_are_cleaned_cut_and_broken() -> None:
    assert clean("a\x1b[1mb\u202e\n c\ufffe") == "a[1mb c"
    assert clean("e\u0301 \u200d") == "e\u0301 \u200d"
    assert shortened("z" * 100, 10) == "z" * 9 + "…"
    assert broken("Foundation for Useful Things") == ("Foundation for", "Useful Things")
    assert broken("") == ("?",)
    assert broken("株式会社かなざわ製作所") == ("株式会社かな", "ざわ製作所")
    assert max(map(len, broken("w" * 300))) <= 20


def test_fonts_that_have_the_letters_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    assert families(["Latin, Ελληνικά, عربي"]) == [FAMILY]
    assert families(["\U0010fffd"]) == [FAMILY]
    fonts = [font for font in font_manager.fontManager.ttflist if font.name in ("cmsy10", "cmr10")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    letters = {"cmsy10": {0x4E00}, "cmr10": {0x4E00, 0x4E8C}}

    def known(path: Any) -> frozenset[int]:
        return frozenset(next((found for name, found in letters.items() if name in str(path)), {0x20}))

    monkeypatch.setattr("kg.view.picture.words._letters", known)
    assert families(["一二"]) == [FAMILY, "cmr10"]


def test_a_line_is_cut_where_there_is_no_room() -> None:
    with plain():
        metrics = Metrics([FAMILY])
        fitted = metrics.fitted("a rather long title for a small sheet", 30, 200)
        assert fitted.endswith("…")
        assert metrics.width(fitted, 30) <= 200
        assert metrics.fitted("short", 30, 200) == "short"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_graph_without_entities_gives_a_sheet_that_says_so(format_: Format) -> None:
    graph = graph_of([], [])
    data = picture(graph, format=format_, title="Empty")
    if format_ == "svg":
        assert "There is no entity to show." in texts(data)


def test_the_focus_stands_out(optics: Maker) -> None:
    graph = network(optics, Selection(focus="tarnhelm"))
    at = laid_out(graph)
    assert [label.lines for label in at.labels if label.bold] == [("Tarnhelm Optics GmbH",)]


def test_the_suffix_tells_the_format(optics: Maker, tmp_path: Path) -> None:
    write_picture(optics, tmp_path / "new" / "graph.PNG")
    assert (tmp_path / "new" / "graph.PNG").read_bytes().startswith(b"\x89PNG")
    write_picture(optics, tmp_path / "graph.svg", title="Optics", dark=True, selection=Selection(focus="Tarnhelm"))
    assert ET.fromstring((tmp_path / "graph.svg").read_bytes()).findtext(SVG + "title") == "Optics"
    for name in ("graph.gif", "graph", "svg"):
        with pytest.raises(UsageError, match=r"\.png or an \.svg"):
            write_picture(optics, tmp_path / name)


def test_a_picture_is_written_whole_or_not_at_all(
    optics: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.svg"
    target.write_text("as it was", encoding="utf-8")

    def full(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(UsageError, match="cannot be written: No space left"):
            write_picture(optics, target)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.svg"]
    assert target.read_text(encoding="utf-8") == "as it was"
