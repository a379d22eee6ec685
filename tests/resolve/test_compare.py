from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.resolve.alignment import align
from kg.resolve.candidates import Candidate, pairs
from kg.resolve.compare import ASK, MERGE, compare, likely, values
from kg.resolve.features import FEATURES
from kg.resolve.folding import folded

WORDS = [
    "Wexcombe",
    "Wexcomb",
    "Tarvos",
    "Bank",
    "Group",
    "Germany",
    "France",
    "GmbH",
    "AG",
    "II",
    "3",
    "X2",
    "Anna",
    "A.",
]
KINDS = ["organization", "person", "product", "place", ""]


Known = frozenset[tuple[str, str]]


def thing(
    name: str,
    kind: str = "organization",
    iri: str = "",
    neighbours: Known = frozenset(),
    facts: Known = frozenset(),
) -> Candidate:
    return Candidate(iri or f"e/{name}", (name,), kind, kind, frozenset((kind,)), frozenset(), neighbours, facts)


@st.composite
def things(draw: st.DrawFn) -> Candidate:
    names = draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3)
    )
    kind = draw(st.sampled_from(KINDS))
    facts = draw(st.frozensets(st.tuples(st.just("founded"), st.sampled_from(["1950", "1950-05", "1960"])), max_size=1))
    near = draw(st.frozensets(st.tuples(st.just("makes"), st.sampled_from(["p1", "p2"])), max_size=2))
    document = draw(st.frozensets(st.sampled_from(["d1", "d2"]), max_size=2))
    iri = draw(st.integers(0, 10**9).map(str))
    return Candidate(iri, tuple(names), kind, kind, frozenset((kind,)), document, near, facts)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Kestrelmoor GmbH", "Kestrelmoor", "organization"),
        ("University of Dunmarsh", "Dunmarsh University", "organization"),
        ("Upper Valley Water Authority", "UVWA", "organization"),
        ("Bill Haverstock", "William Haverstock", "person"),
        ("J. Ostrander", "Judith Ostrander", "person"),
        ("Сергей Калитвин", "Sergei Kalitvin", "person"),
        ("PX-200", "PX200", "product"),
    ],
)
def test_names_of_one_thing_merge(one: str, other: str, kind: str) -> None:
    assert compare(thing(one, kind), thing(other, kind)).score >= MERGE


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Hibari 3", "Hibari 5 SUV", "product"),
        ("Averstone Bank", "Averstone Motors", "organization"),
        ("Tarvos Deutschland GmbH", "Tarvos France SAS", "organization"),
        ("Merida", "Medina", "place"),
        ("J. Ostrander", "Peter Ostrander", "person"),
        ("Carla Venturi", "Carlo Venturi", "person"),
        ("UVWA", "UVPA", "organization"),
    ],
)
def test_names_of_two_things_do_not_even_ask(one: str, other: str, kind: str) -> None:
    assert compare(thing(one, kind), thing(other, kind)).score < ASK


def test_a_product_is_not_its_maker() -> None:
    assert compare(thing("Tarvos", "product"), thing("Tarvos")).score < ASK


def test_facts_that_contradict_each_other_keep_namesakes_apart() -> None:
    one = thing("Atlas", iri="a", facts=frozenset({("founded", "1898")}))
    found = compare(one, thing("Atlas", iri="b", facts=frozenset({("founded", "1999")})))
    assert found.score < ASK
    assert found.reasons[0].feature == "facts differ"
    day = compare(one, thing("Atlas", iri="b", facts=frozenset({("founded", "1898-03-01")})))
    assert "facts agree" in [reason.feature for reason in day.reasons]


def test_a_surname_alone_needs_something_in_common() -> None:
    employer = frozenset({("worksFor", "halden"), ("founder", "tarvos")})
    alone = compare(thing("Ostrander", "person"), thing("Judith Ostrander", "person"))
    shared = compare(
        thing("Ostrander", "person", neighbours=employer), thing("Judith Ostrander", "person", neighbours=employer)
    )
    assert alone.score < ASK < MERGE <= shared.score


def test_one_related_to_the_other_is_not_the_other() -> None:
    maker = thing("Tarvos", iri="t")
    branch = thing("Tarvos", iri="u")
    assert compare(maker, replace(branch, neighbours=frozenset({("subsidiaryOf", "t")}))).score < MERGE


def test_the_names_that_fit_best_decide() -> None:
    one = Candidate("a", ("Nordic Institute of Tidal Energy", "Nitema"))
    found = compare(one, Candidate("b", ("Something Else", "Nitema GmbH")))
    assert found.names == ("Nitema", "Nitema GmbH")


@given(things(), things())
def test_a_comparison_turned_round_is_the_same(one: Candidate, other: Candidate) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.score, there.reasons) == (back.score, back.reasons)
    assert 0 <= there.score <= 1
    assert all(0 <= value <= 1 for value in values(one, other))


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)
)
def test_an_alignment_uses_each_word_once(one: list[str], other: list[str]) -> None:
    a, b = folded(" ".join(one)), folded(" ".join(other))
    found = align(a, b)
    if not found.joined:
        pairs_of = found.alike + found.near
        joined = "".join(sorted("".join((*found.equal, *(x for x, _ in pairs_of), *found.left))))
        assert joined == "".join(sorted(a.letters))


@given(st.lists(things(), max_size=8, unique_by=lambda c: c.iri))
def test_neither_order_nor_an_unrelated_thing_changes_a_result(found: list[Candidate]) -> None:
    def told(candidates: list[Candidate]) -> list[tuple[frozenset[str], float]]:
        return [(frozenset((candidates[i].iri, candidates[j].iri)), c.score) for i, j, c in likely(candidates, 0.2)]

    shuffled = sorted(found, key=lambda c: c.iri[::-1])
    assert told(found) == told(shuffled)
    assert told([*found, Candidate("z", ("Qyx Vum",), "work", "work")]) == told(found)
    assert pairs(found) == sorted(pairs(found))


def test_the_table_has_each_feature_once_with_a_weight_and_a_meaning() -> None:
    assert len({f.name for f in FEATURES}) == len(FEATURES) > 30
    assert all(f.weight and f.function.__doc__ for f in FEATURES)
