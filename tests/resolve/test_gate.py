from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.model import Evidence, Relation, Span
from kg.resolve.gate import refuse

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

C = "https://w3id.org/evident-kg/company#"
TEXT = "Juno makes the Moth. It costs 9 euros."


@pytest.fixture
def scene(begin: Begin) -> Scene:
    return begin(TEXT)


@pytest.fixture
def makes(scene: Scene) -> Relation:
    return scene.relate(
        scene.name("Juno"),
        "produces",
        scene.name("Moth"),
        evidence=Evidence(Span(0, 19), "Juno makes the Moth", Span(0, 20)),
    )


@pytest.mark.parametrize("made", ["Product", "Vehicle"])
def test_what_fits_passes(scene: Scene, makes: Relation, made: str) -> None:
    assert refuse(TEXT, makes, C + "Organization", C + made, scene.ontology) is None


def test_a_wrong_subject_is_told(scene: Scene, makes: Relation) -> None:
    said = refuse(TEXT, makes, C + "Person", C + "Product", scene.ontology)
    assert said == "the subject is read as person, the wording asks for organization"


def test_a_wrong_object_is_told(scene: Scene, makes: Relation) -> None:
    said = refuse(TEXT, makes, C + "Organization", C + "Place", scene.ontology)
    assert said == "the object is read as place, the wording asks for product"


@pytest.mark.parametrize(("subject", "target"), [(None, C + "Product"), (C + "Organization", None)])
def test_what_has_no_class_does_not_pass(
    scene: Scene, makes: Relation, subject: str | None, target: str | None
) -> None:
    assert "is of no known class" in (refuse(TEXT, makes, subject, target, scene.ontology) or "")


def test_alternatives_are_all_told(scene: Scene, makes: Relation) -> None:
    wide = replace(makes, domain=frozenset({C + "Place", C + "Organization"}))
    assert refuse(TEXT, wide, C + "Place", C + "Product", scene.ontology) is None
    said = refuse(TEXT, wide, C + "Award", C + "Product", scene.ontology)
    assert said == "the subject is read as award, the wording asks for organization or place"


def test_no_domain_takes_any_class(scene: Scene) -> None:
    won = scene.relate(scene.name("Juno"), "receivedAward", scene.name("Moth"))
    assert refuse(TEXT, won, C + "Place", C + "Award", scene.ontology) is None


def test_a_literal_needs_no_class(scene: Scene) -> None:
    costs = scene.relate(scene.name("Moth"), "price", scene.value("9 euros", "9 EUR", "amount"))
    assert refuse(TEXT, costs, C + "Product", None, scene.ontology) is None


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(Span(1, 20), "Juno makes the Moth", Span(0, 20)),
        Evidence(Span(0, 19), "Juno made the Moth", Span(0, 20)),
        Evidence(Span(0, 0), "", Span(0, 20)),
        Evidence(Span(0, 19), "Juno makes the Moth", Span(0, 10)),
        Evidence(Span(0, 24), TEXT[:24], Span(0, 20)),
        Evidence(Span(100, 119), "Juno makes the Moth", Span(90, 120)),
    ],
    ids=["moved", "reworded", "empty", "out of its sentence", "over two sentences", "behind the end"],
)
def test_a_quote_must_stand_at_its_span_inside_its_sentence(scene: Scene, makes: Relation, evidence: Evidence) -> None:
    said = refuse(TEXT, replace(makes, evidence=evidence), C + "Organization", C + "Product", scene.ontology)
    assert said == "the quote does not stand in the text at its span"
