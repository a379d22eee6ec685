from __future__ import annotations

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.train.examples import NO_WORDS, Example, leaves_unsaid, marked, occurrences
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
    assert re.fullmatch("Corvil of Abton, the firm, bought Dunmar in 19[0-9]{2}, says Corvil of Abton.", made.text)
    assert [made.text[b:e] for b, e, _ in made.mentions][1] == "the firm"
    assert made.mentions[-2][2] == "Date"
    assert made.links == TOLD.links


def test_numbers_are_exchanged_for_others_as_long() -> None:
    told = example("Arrol of 60439 makes 1.8 million toys for 29,990 euros since 2 May 2007.", ("Arrol",))
    values = {"60439": "", "1.8 million": "Number", "29,990 euros": "Amount", "2 May 2007": "Date"}
    told = Example(told.text, tuple((*occurrences(told.text, w)[0], kind) for w, kind in values.items()), (), "toys")
    made = [swapped(told, {}, Random(n), share=1.0).text for n in range(20)]
    pattern = r"Arrol of [1-9]\d{4} makes [1-9]\.\d million toys for [1-9]\d,\d{3} euros since 2 May 20[0-2]\d\."
    assert all(re.fullmatch(pattern, text) for text in made)
    assert len(set(made)) > 15


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
        assert new == old or (old in FIRMS and new in FIRMS) or (old == "1990" and new[:2] == "19")
    assert not marked(made)


def test_what_is_left_unsaid_stays_so() -> None:
    told = Example("Bought by Arrol.", (NO_WORDS, (10, 15, "Firm")), ((1, "bought", 0),), "toys")
    made = swapped(told, {("toys", "Firm"): ["Dunmar"]}, Random(2), share=1.0)
    assert made.text == "Bought by Dunmar."
    assert leaves_unsaid(made)
    assert {("", "bought")} == {(o, p) for _, p, o in marked(made)}
