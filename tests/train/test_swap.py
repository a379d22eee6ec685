from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.train.examples import Example, marked, occurrences
from kg.train.swap import names_of, swapped

FIRMS = ("Arrol", "Besk Works", "Corvil of Abton", "Dunmar")


def example(text: str, names: tuple[str, ...], more: tuple[tuple[str, str], ...] = ()) -> Example:
    kinds = [*((name, "Firm") for name in names), *more]
    mentions = sorted((b, e, kind) for name, kind in kinds for b, e in occurrences(text, name))
    return Example(text, tuple(mentions), ((0, "bought", 1),), "toys")


TOLD = example("Arrol, the firm, bought Dunmar in 1990, says Arrol.", FIRMS, (("the firm", "Firm"), ("1990", "Date")))
NAMES = names_of([TOLD, example("Besk Works bought Corvil of Abton.", ("Besk Works", "Corvil of Abton"))])


def test_names_are_names() -> None:
    assert {("toys", "Firm"): sorted(FIRMS)} == NAMES


def test_a_name_is_exchanged_wherever_it_stands() -> None:
    made = swapped(TOLD, {("toys", "Firm"): ["Corvil of Abton"]}, Random(1), share=1.0)
    assert made.text == "Corvil of Abton, the firm, bought Corvil of Abton in 1990, says Corvil of Abton."
    assert [made.text[b:e] for b, e, _ in made.mentions][1] == "the firm"
    assert made.mentions[-2][2] == "Date"
    assert made.links == TOLD.links


def test_a_name_of_which_a_part_stands_alone_stays() -> None:
    told = example("Besk Works bought Dunmar. Besk paid little.", ("Besk Works", "Dunmar"))
    made = swapped(told, {("toys", "Firm"): ["Arrol"]}, Random(1), share=1.0)
    assert made.text == "Besk Works bought Arrol. Besk paid little."
    nested = example("Corvil of Abton bought Dunmar.", ("Corvil of Abton", "Dunmar"), (("Abton", "Place"),))
    assert swapped(nested, NAMES, Random(1), share=1.0).text.startswith("Corvil of Abton bought ")


@given(
    st.integers(0, 10_000), st.lists(st.sampled_from([*FIRMS, "the firm", "and", "1990", ",", "Kerrow"]), max_size=12)
)
def test_mentions_stay_what_they_are(seed: int, words: list[str]) -> None:
    told = example(" ".join(words), FIRMS, (("the firm", "Firm"), ("1990", "Date")))
    told = Example(told.text, told.mentions, (), "toys")
    made = swapped(told, NAMES, Random(seed))
    assert len(made.mentions) == len(told.mentions)
    for (b, e, kind), (begin, end, same) in zip(told.mentions, made.mentions, strict=True):
        old, new = told.text[b:e], made.text[begin:end]
        assert kind == same
        assert new == old or (old in FIRMS and new in FIRMS)
    assert not marked(made)
