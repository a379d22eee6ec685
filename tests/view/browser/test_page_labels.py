"""Labels can be read: they do not collide, most are there, and the most connected entities have theirs."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from tests.view.browser.pages import Opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.browser.conftest import Made

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def _collisions(boxes: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]


def _labels(opened: Opened) -> list[dict[str, Any]]:
    opened.settle()
    boxes: list[dict[str, Any]] = opened.kg("view.labels()")
    return boxes


def test_sixty_entities_have_labels_that_do_not_collide(show: Callable[..., Opened], sixty: Made) -> None:
    opened = show(sixty.page)
    boxes = _labels(opened)
    assert _collisions(boxes) == []
    named = {box["entity"] for box in boxes if box["entity"] >= 0}
    assert len(named) >= 0.8 * opened.kg("shown().entityCount")
    hubs = opened.kg("Array.from(model.degree.keys()).sort((a, b) => model.degree[b] - model.degree[a]).slice(0, 8)")
    assert set(hubs) <= named


@pytest.mark.parametrize("viewport", [{"width": 1920, "height": 1080}, {"width": 900, "height": 700}, PHONE])
def test_labels_lie_inside_and_apart(show: Callable[..., Opened], optics_page: Path, viewport: dict[str, int]) -> None:
    opened = show(optics_page, viewport=viewport)
    width, height = opened.kg("((c) => [c.clientWidth, c.clientHeight])(document.querySelector('#graph'))")
    boxes = _labels(opened)
    assert boxes
    assert _collisions(boxes) == []
    assert all(box["x"] >= 0 and box["y"] >= 0 for box in boxes)
    assert all(box["x"] + box["w"] <= width + 1 and box["y"] + box["h"] <= height + 1 for box in boxes)


def test_labels_stay_apart_when_zoomed_and_when_something_is_chosen(
    show: Callable[..., Opened], optics_page: Path
) -> None:
    opened = show(optics_page)
    for _ in range(3):
        opened.page.locator("[data-zoom=in]").click()
    assert _collisions(_labels(opened)) == []
    opened.search("tarnhelm")
    boxes = _labels(opened)
    assert _collisions(boxes) == []
    assert opened.number("Tarnhelm Optics GmbH") in {box["entity"] for box in boxes}


def test_thousands_are_discs_with_names_that_do_not_collide(show: Callable[..., Opened], thousands: Made) -> None:
    opened = show(thousands.page)
    boxes = _labels(opened)
    assert _collisions(boxes) == []
    discs = [box for box in boxes if box["community"] >= 0]
    assert len(discs) >= 10
    assert len(boxes) < 200
