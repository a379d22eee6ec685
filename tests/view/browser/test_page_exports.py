"""What is exported is what is shown: pictures, data, and Turtle that equals the store."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyoxigraph as ox
import pytest
from matplotlib import image

from kg.pages import write_page
from kg.store import Store
from tests.view.browser.pages import HOSTILE, Opened, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.view.browser.conftest import Made
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def _text(opened: Opened, words: str) -> str:
    return Path(opened.exported(words).path()).read_text(encoding="utf-8")


def _triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def _facts(quads: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in quads.quads_for_pattern(None, None, None, ox.DefaultGraph())}


@pytest.mark.parametrize("name", ["optics", "hostile", "letters"])
def test_turtle_equals_the_store(show: Callable[..., Opened], request: pytest.FixtureRequest, name: str) -> None:
    maker: Maker = request.getfixturevalue(name)
    opened = show(request.getfixturevalue(name + "_page"))
    turtle = _text(opened, "Turtle")
    assert _triples(turtle) == _facts(maker.quads)
    assert opened.complaints == []


def test_turtle_of_a_generated_graph_equals_its_store(show: Callable[..., Opened], sixty: Made) -> None:
    assert _triples(_text(show(sixty.page), "Turtle")) == _facts(sixty.store.quads)


@pytest.mark.model
def test_turtle_of_the_sample_documents_equals_their_store(
    show: Callable[..., Opened], corpus: Path, folder: Path
) -> None:
    with Store.view(corpus) as store:
        write_page(store, folder / "samples.html")
        opened = show(folder / "samples.html")
        assert _triples(_text(opened, "Turtle")) == _facts(store.quads)
        assert opened.complaints == []


def test_turtle_of_a_part_holds_only_what_is_shown(
    show: Callable[..., Opened], optics: Maker, optics_page: Path
) -> None:
    opened = show(optics_page)
    opened.entry("types", "company").click(modifiers=["Alt"])
    found = _triples(_text(opened, "Turtle"))
    shown = set(opened.kg("Array.from(shown().entities.keys()).filter((i) => shown().entities[i]).map(model.iri)"))
    assert found < _facts(optics.quads)
    subjects = {triple.subject.value for triple in found if isinstance(triple.subject, ox.NamedNode)}
    assert {subject for subject in subjects if "/amount/" not in subject} == shown


def test_the_picture_is_not_blank(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    data = Path(opened.exported("PNG").path()).read_bytes()
    pixels: Any = image.imread(io.BytesIO(data), format="png")
    width, height = opened.kg("((c) => [c.clientWidth, c.clientHeight])(document.querySelector('#graph'))")
    assert pixels.shape[:2] == (2 * height, 2 * width)
    colours = np.unique((pixels[::3, ::3, :3] * 255).astype(np.uint8).reshape(-1, 3), axis=0)
    assert len(colours) > 50
    drawn = (np.abs(pixels[::3, ::3, :3] - pixels[0, 0, :3]).sum(axis=2) > 0.1).mean()
    assert 0.01 < drawn < 0.6


def test_the_drawing_is_xml_with_its_labels(show: Callable[..., Opened], optics_page: Path, hostile_page: Path) -> None:
    opened = show(optics_page)
    root = ET.fromstring(_text(opened, "SVG"))
    assert root.tag == SVG + "svg"
    texts = ["".join(node.itertext()) for node in root.iter(SVG + "text")]
    labelled = opened.kg("view.labels().filter(({ entity }) => entity >= 0).map(({ entity }) => model.label[entity])")
    assert len(labelled) > 25
    words = " ".join(texts)
    assert sum(label.split()[0] in words for label in labelled) == len(labelled)
    assert not {node.tag for node in root.iter()} & {SVG + name for name in ("script", "image", "foreignObject")}
    hostile = show(hostile_page)
    drawn = ET.fromstring(_text(hostile, "SVG"))
    assert not {node.tag for node in drawn.iter()} & {SVG + name for name in ("script", "img", "b", "image")}


def test_the_data_holds_what_is_shown(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.entry("stances", "denied").click()
    data = json.loads(_text(opened, "JSON"))
    assert (len(data["entities"]), len(data["statements"])) == opened.counts()
    denied = [one for one in data["statements"] if one["stance"] == "denied"]
    assert [one["evidence"][0]["quote"] for one in denied] == ["We have not bought Qvistren"]
    assert {one["id"] for one in data["documents"]} == {
        evidence["document"] for one in data["statements"] for evidence in one["evidence"]
    }


def test_offsets_in_the_data_are_those_of_the_store(
    show: Callable[..., Opened], letters: Maker, letters_page: Path
) -> None:
    opened = show(letters_page, "#stance=asserted,reported")
    data = json.loads(_text(opened, "JSON"))
    text = texts_of(letters.quads)["wheels"]
    evidence = [found for one in data["statements"] for found in one["evidence"]]
    assert len(evidence) == 3
    assert all(text[found["begin"] : found["end"]] == found["quote"] for found in evidence)


def test_a_file_is_named_after_its_title(show: Callable[..., Opened], optics_page: Path, hostile_page: Path) -> None:
    assert show(optics_page).exported("JSON").suggested_filename == "optics.json"
    name = show(hostile_page).exported("JSON").suggested_filename
    assert name.endswith(".json")
    assert not set(name) & set("<>/'\"")
    assert HOSTILE[1] not in name
