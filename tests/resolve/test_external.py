"""Things that data have IRIs for, resolved against each other and against those of texts."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.decisions import Apart, Merge, Split
from kg.model import Document, Entity, Extraction, Label, LocalEntity, Span
from kg.ontology import Ontology
from kg.resolve import resolve

C = "https://w3id.org/evident-kg/company#"
BASE = "https://kg.example/"
W = "https://w.example/"


def thing(name: str, *same_as: str, cls: str = "Place", more: tuple[str, ...] = (), named: bool = True) -> LocalEntity:
    names = tuple(map(Label, (name, *more)))
    return LocalEntity(C + cls, names, (Span(0, 1),), (named,), same_as=tuple(same_as))


def document(name: str, *things: LocalEntity) -> Extraction:
    return Extraction(Document(name, "x" * 9, name), (), things, (), ())


def made(
    company: Ontology, *extractions: Extraction, decisions: tuple[Merge | Apart | Split, ...] = ()
) -> list[Entity]:
    ways = [resolve(list(way), company, BASE, decisions, 0.9).entities for way in permutations(extractions)]
    assert all(way == ways[0] for way in ways)
    assert len({entity.iri for entity in ways[0]}) == len(ways[0])
    return ways[0]


def told(entities: list[Entity]) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Label, links and documents."""
    return sorted((e.label.text, e.same_as, sorted({m.document for m in e.mentions})) for e in entities)


def test_the_same_iri_is_the_same_thing_whatever_it_is_called(company: Ontology) -> None:
    found = made(
        company,
        document("a.ttl", thing("Springfield", W + "Q1")),
        document("b.ttl", thing("Frühlingsfeld", W + "Q1", "https://own.example/s")),
        document("c.ttl", thing("Lenzfeld", "https://own.example/s")),
    )
    links = ("https://own.example/s", W + "Q1")
    assert told(found) == [("Frühlingsfeld", links, ["a.ttl", "b.ttl", "c.ttl"])]


def test_a_thing_of_a_text_is_the_one_of_its_name(company: Ontology) -> None:
    found = made(company, document("doc", thing("Springfield")), document("a.ttl", thing("Springfield", W + "Q1")))
    assert told(found) == [("Springfield", (W + "Q1",), ["a.ttl", "doc"])]
    assert found[0].iri == BASE + "place/springfield"


def test_namesakes_of_one_file_stay_apart_and_a_text_means_neither(company: Ontology) -> None:
    file = document("a.ttl", thing("Springfield", W + "Q1"), thing("Springfield", W + "Q2"))
    found = made(company, document("doc", thing("Springfield")), file, document("doc2", thing("Springfield")))
    assert told(found) == [
        ("Springfield", (), ["doc", "doc2"]),
        ("Springfield", (W + "Q1",), ["a.ttl"]),
        ("Springfield", (W + "Q2",), ["a.ttl"]),
    ]
    iris = {e.same_as: e.iri for e in found}
    assert iris[()] == BASE + "place/springfield"
    assert {iris[e.same_as] for e in made(company, file)} <= set(iris.values())


def test_the_unambiguous_name_decides(company: Ontology) -> None:
    file = document(
        "a.ttl", thing("Springfield", W + "Q1", more=("Springfield, Kent",)), thing("Springfield", W + "Q2")
    )
    found = made(company, document("doc", thing("Springfield, Kent")), file)
    assert ("Springfield, Kent", (W + "Q1",), ["a.ttl", "doc"]) in told(found)
    assert len(found) == 2


def test_a_first_name_goes_before_another_name(company: Ontology) -> None:
    file = document(
        "a.ttl",
        thing("Apex Group", W + "Q1", cls="Organization", more=("Apex",)),
        thing("Apex", W + "Q2", cls="Organization"),
    )
    found = made(company, document("doc", thing("Apex", cls="Organization")), file)
    assert told(found) == [("Apex", (W + "Q2",), ["a.ttl", "doc"]), ("Apex Group", (W + "Q1",), ["a.ttl"])]


def test_another_name_that_two_share_joins_nothing(company: Ontology) -> None:
    file = document(
        "a.ttl",
        thing("Apex Group", W + "Q1", cls="Organization", more=("Apex",)),
        thing("Apex Tools", W + "Q2", cls="Organization", more=("Apex",)),
    )
    assert len(made(company, document("doc", thing("Apex", cls="Organization")), file)) == 3


def test_other_iris_of_one_namespace_are_other_things_over_files(company: Ontology) -> None:
    one, other = (document(f"{q}.ttl", thing("Springfield", W + q)) for q in ("Q1", "Q2"))
    assert len(made(company, one, other)) == 2
    assert len(made(company, one, other, document("doc", thing("Springfield")))) == 3
    own = document("own.ttl", thing("Springfield", "https://own.example/s"))
    assert told(made(company, one, own)) == [
        ("Springfield", ("https://own.example/s", W + "Q1"), ["Q1.ttl", "own.ttl"])
    ]


def test_what_has_no_name_is_not_taken_for_what_is_called_like_its_iri(company: Ontology) -> None:
    text = document("doc", thing("Q5", cls="Product"))
    assert len(made(company, text, document("a.ttl", thing("Q5", W + "Q5", cls="Product", named=False)))) == 2
    named = document("b.ttl", thing("Ann", W + "Q5", cls="Product"))
    found = made(company, document("a.ttl", thing("Q512345", W + "Q5", cls="Product", named=False)), named)
    assert [(e.label.text, e.aliases) for e in found] == [("Ann", ())]


def test_links_lead_out_of_the_graph_and_of_the_file(company: Ontology) -> None:
    file = document("a.ttl", thing("Hale", BASE + "place/hale"), thing("Ostrava", "file:///a.ttl#o"))
    assert [e.same_as for e in made(company, file)] == [(), ()]


def test_users_decide_otherwise(company: Ontology) -> None:
    file = document("a.ttl", thing("Springfield", W + "Q1"), thing("Springfield", W + "Q2"))
    one, other = sorted(e.iri for e in made(company, file))
    found = made(company, file, decisions=(Merge((one, other)),))
    assert told(found) == [("Springfield", (W + "Q1", W + "Q2"), ["a.ttl"])]
    text = document("doc", thing("Springfield"))
    place = BASE + "place/springfield"
    found = made(company, file, text, decisions=(Merge((place, one)),))
    assert sorted(len({m.document for m in e.mentions}) for e in found) == [1, 2]
    alone = document("b.ttl", thing("Hale", W + "Q3"))
    text, split = document("doc", thing("Hale")), Split(BASE + "place/hale", ("doc",))
    found = resolve([alone, text], company, BASE, [split]).entities
    assert told(found) == [("Hale", (), ["doc"]), ("Hale", (W + "Q3",), ["b.ttl"])]


@pytest.mark.parametrize("count", [2, 3])
def test_merging_by_likeness_does_not_join_namesakes_either(company: Ontology, count: int) -> None:
    things = [thing("Springfield Motor Works", f"{W}Q{n}", cls="Organization") for n in range(count)]
    found = made(
        company, document("a.ttl", *things), document("doc", thing("Springfield Motor Works Ltd", cls="Organization"))
    )
    assert sorted(len(e.same_as) for e in found) == [0, *[1] * count]
