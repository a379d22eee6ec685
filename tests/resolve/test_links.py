from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.resolve.links import Links

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene


def test_a_reference_that_is_resolved_brings_its_relations(begin: Callable[..., Scene]) -> None:
    scene = begin("Tarnwald makes the Moth. It works with Pelikan Oy.")
    tarnwald, moth = scene.name("Tarnwald", "Organization"), scene.name("Moth", "Product")
    it, pelikan = scene.refer("It", "pronoun"), scene.name("Pelikan Oy", "Organization")
    made, partner = scene.relate(tarnwald, "produces", moth), scene.relate(it, "partnerOf", pelikan)
    links = Links(scene.relations, {tarnwald.span: 0, moth.span: 1, pelikan.span: 2})
    assert list(links.around(0)) == [(made, 1)]
    assert links.ends(partner) == (None, 2)
    assert list(links.around(2)) == [(partner, None)]
    links.note(it.span, 0)
    assert list(links.around(0)) == [(made, 1), (partner, 2)]
    assert list(links.around(2)) == [(partner, 0)]
    assert list(links.around(7)) == []
