"""Things of different names that are taken for one, and those that are not."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Apart
from kg.model import Extraction, Value
from kg.ontology import Ontology
from kg.resolve import Resolution, resolve

BASE = "https://kg.example/"
E = BASE + "entity/"
Made = Callable[..., Extraction]
FIRM, PERSON, PRODUCT = "Organization", "Person", "Product"


def iris(found: Resolution) -> set[str]:
    return {entity.iri.removeprefix(BASE) for entity in found.entities}


def test_a_legal_form_more_or_less_is_one_firm(extracted: Made, trade: Ontology) -> None:
    made = [extracted("a", [(FIRM, ("Tarnwald Antriebe",))]), extracted("b", [(FIRM, ("Tarnwald Antriebe GmbH",))])]
    assert iris(resolve(made, trade, BASE)) == {"entity/tarnwald-antriebe", "entity/tarnwald-antriebe-gmbh"}
    found = resolve(made, trade, BASE, merge=0.9)
    assert iris(found) == {"entity/tarnwald-antriebe-gmbh"}
    assert found.entities[0].replaces == (E + "tarnwald-antriebe",)
    (pair,) = found.alike
    assert {pair.one, pair.other} == {E + "tarnwald-antriebe", E + "tarnwald-antriebe-gmbh"}
    assert pair.score >= 0.9
    assert pair.reasons[0].contribution > 0


def test_what_users_keep_apart_stays_apart(extracted: Made, trade: Ontology) -> None:
    made = [extracted("a", [(FIRM, ("Tarnwald Antriebe",))]), extracted("b", [(FIRM, ("Tarnwald Antriebe GmbH",))])]
    decided = Apart((E + "tarnwald-antriebe", E + "tarnwald-antriebe-gmbh"))
    found = resolve(made, trade, BASE, [decided], merge=0.9)
    assert len(found.entities) == 2
    assert found.alike == []


def test_initials_that_fit_two_firms_join_none(extracted: Made, trade: Ontology) -> None:
    made = [
        extracted("a", [(FIRM, ("Kupfer Antriebe", "KA"))]),
        extracted("b", [(FIRM, ("Kiesel Ahorn", "KA"))]),
        extracted("c", [(FIRM, ("KA",))]),
    ]
    found = resolve(made, trade, BASE, merge=0.5)
    assert len(found.entities) == 3


def test_what_is_said_alike_of_two_does_not_make_them_one(extracted: Made, trade: Ontology) -> None:
    facts = [(0, "produces", 1), (0, "foundingDate", Value("1911", "gYear"))]
    made = [
        extracted(name, [(FIRM, (firm,)), (PRODUCT, ("Moth",))], facts)
        for name, firm in (("a", "Vélo Lannune SAS"), ("b", "Vélo Tarasque SAS"))
    ]
    assert len(resolve(made, trade, BASE, merge=0.5).entities) == 3


def test_a_product_is_not_its_maker_nor_the_next_one(extracted: Made, trade: Ontology) -> None:
    made = [
        extracted("a", [(FIRM, ("Pelikan",)), (PRODUCT, ("Pelikan 3",))]),
        extracted("b", [(PRODUCT, ("Pelikan 5",)), (PERSON, ("Anna Pelikan",))]),
    ]
    assert len(resolve(made, trade, BASE, merge=0.5).entities) == 4


names = st.sampled_from(["Tarnwald", "Tarnwald GmbH", "Tarnwald Works", "TW", "Tarnwald-Works AG", "Owl", "Owls"])
documents = st.lists(st.lists(names, min_size=1, max_size=3, unique=True), min_size=1, max_size=5)


@given(documents, st.sampled_from([0.3, 0.6, 0.9]), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    extracted: Made, trade: Ontology, made: list[list[str]], least: float, shuffle: random.Random
) -> None:
    corpus = [extracted(f"d{n}", [(FIRM, (name,)) for name in found]) for n, found in enumerate(made)]
    found = resolve(corpus, trade, BASE, merge=least)
    other = resolve(shuffle.sample(corpus, len(corpus)), trade, BASE, merge=least)
    assert (found.entities, found.statements) == (other.entities, other.statements)
