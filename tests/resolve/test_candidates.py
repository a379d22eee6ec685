from __future__ import annotations

import pytest

from kg.model import Entity, EntityMention, Evidence, Label, Span, Statement, Value
from kg.ontology import Ontology
from kg.resolve.candidates import BLOCK, WINDOW, Candidate, from_entities, pairs
from tests.things import things

C = "https://w3id.org/evident-kg/company#"


def found(*names: str, kind: str = "organization") -> set[frozenset[str]]:
    candidates = [Candidate(str(n), (name,), kind, kind) for n, name in enumerate(names)]
    return {frozenset((names[i], names[j])) for i, j in pairs(candidates)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wexcombe Instruments", "Wexcombe"),
        ("Kestrelmoor", "Kestrelmor GmbH"),
        ("Pemberlake", "Pembrelake"),
        ("NuthatchCoffee", "Nuthatch Coffee"),
        ("Nordic Institute of Tidal Energy", "NITE"),
        ("Gesellschaft für Moor und Torf", "GMT"),
        ("远帆重工", "Yuanfan Zhonggong"),
        ("Ministry of Health", "Health Ministry"),
    ],
)
def test_names_that_may_be_of_one_thing_are_compared(one: str, other: str) -> None:
    assert frozenset((one, other)) in found(one, other)


def test_names_with_nothing_in_common_are_not_compared() -> None:
    assert found("Wexcombe Instruments", "Tarvos Bank", "Lumivaara Oy") == set()


def test_a_word_for_what_things_are_makes_no_pairs() -> None:
    assert found("Wexcombe Bank", "Tarvos Bank", "Lumivaara Bank") == set()


def test_a_large_block_is_split_and_then_walked_through_in_order() -> None:
    chain = [f"Averstone {chr(97 + n // 26)}{chr(97 + n % 26)}quov{n}x" for n in range(3 * BLOCK)]
    assert len(found(*chain)) < 4 * len(chain)
    same = [Candidate(str(n), ("Anna Berg",), "person", "person") for n in range(5 * BLOCK)]
    assert 0 < len(pairs(same)) <= 5 * BLOCK * WINDOW * 4


def test_what_is_known_of_entities_comes_with_them(company: Ontology) -> None:
    evidence = Evidence(Span(0, 1), "x", Span(0, 1))

    def said(predicate: str, target: str | Value, stance: str = "asserted") -> Statement:
        return Statement("e/t", C + predicate, target, "d", evidence, stance, "r", 1.0)  # type: ignore[arg-type]

    one = Entity(
        "e/t", C + "Organization", Label("Tarvos"), (Label("TV"),), things([EntityMention("d", Span(0, 6), True)])
    )
    other = Entity("e/o", C + "Vehicle", Label("Tarvos One"), (), ())
    statements = [
        said("produces", "e/o"),
        said("foundingDate", Value("1950", "gYear")),
        said("slogan", Value("Go", "string")),
        said("hasBrand", "e/o", "denied"),
    ]
    firm, product = from_entities([one, other], statements, company)
    assert (firm.names, firm.kind, firm.documents) == (("Tarvos", "TV"), "organization", frozenset({"d"}))
    assert firm.neighbours == {(C + "produces", "e/o")}
    assert firm.facts == {(C + "foundingDate", "1950")}
    assert product.kind == "product"
    assert product.neighbours == {("^" + C + "produces", "e/t")}
    assert C + "Product" in product.classes
