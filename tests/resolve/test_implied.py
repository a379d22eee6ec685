from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.model import Evidence, Span

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

TEXT = "Tarnwald grew. Tarnwald hired. Tarnwald, so Tarnwald. Orla Quist, its designer, spoke. Later Pelikan fell."


def told(begin: Begin, text: str = TEXT, stance: str = "asserted") -> Scene:
    """Orla Quist's post in a text about Tarnwald, where Pelikan is named as well."""
    scene = begin(text)
    for nth in range(text.count("Tarnwald")):
        scene.name("Tarnwald", "Organization", nth=nth)
    scene.name("Pelikan", "Organization")
    sentence = next(s for s in text.split(". ") if "Orla" in s)
    where = Span(text.index(sentence), text.index(sentence) + len(sentence))
    orla, post = scene.name("Orla Quist", "Person"), scene.value("designer", "designer", "string")
    scene.relate(orla, "jobTitle", post, stance=stance, evidence=Evidence(post.span, "designer", where))  # type: ignore[arg-type]
    return scene


def test_a_post_without_an_employer_is_held_at_the_house(begin: Begin) -> None:
    scene = told(begin)
    assert scene.facts() == {("Orla Quist", "jobTitle", "designer"), ("Orla Quist", "worksFor", "Tarnwald")}
    (implied,) = [s for s in scene.link().statements if s.predicate.endswith("worksFor")]
    assert implied.rule == "implied: by hand"
    assert implied.confidence <= 0.65


def test_nothing_is_implied_of_who_has_an_employer(begin: Begin) -> None:
    scene = told(begin)
    named = {mention.surface: mention for mention in scene.mentions}
    scene.relate(named["Orla Quist"], "worksFor", named["Pelikan"])
    assert ("Orla Quist", "worksFor", "Pelikan") in scene.facts()
    assert ("Orla Quist", "worksFor", "Tarnwald") not in scene.facts()


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        (TEXT, "denied"),
        ("Tarnwald grew. Tarnwald hired. Tarnwald, so Tarnwald. Orla Quist, a designer, left Pelikan.", "asserted"),
        ("Orla Quist, its designer, spoke. Tarnwald and Pelikan fell. Pelikan rose.", "asserted"),
    ],
)
def test_nothing_is_implied_where_it_is_denied_or_another_body_is_named_or_none_leads(
    begin: Begin, text: str, stance: str
) -> None:
    scene = told(begin, text, stance)
    if text.count("Pelikan") > 1:
        scene.name("Pelikan", "Organization", nth=1)
    assert not [fact for fact in scene.facts() if fact[1] == "worksFor"]
