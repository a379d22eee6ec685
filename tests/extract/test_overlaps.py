from __future__ import annotations

from kg.extract.overlaps import is_read_better, longest, most_special
from kg.model import Dropped, Evidence, Mention, Relation, Span

TEXT = "Norvia has its head office in the port of Graz"
EVIDENCE = Evidence(Span(0, len(TEXT)), TEXT, Span(0, len(TEXT)))


def relation(predicate: str, obj: str, rule: str, rank: int = 0) -> Relation:
    def mention(words: str) -> Mention:
        begin = TEXT.index(words)
        return Mention(Span(begin, begin + len(words)), words, "name")

    return Relation(mention("Norvia"), predicate, mention(obj), EVIDENCE, "asserted", rule, rank=rank)


def test_words_that_are_a_part_of_others_give_way() -> None:
    office = relation("office", "Graz", "?s has office in ?o [may]")
    head = relation("seat", "Graz", "?s has head office in ?o")
    words = {("office", "?s has office in ?o"): frozenset({1, 2}), ("seat", head.rule): frozenset({1, 2, 3})}
    named = {key: frozenset(map(str, value)) for key, value in words.items()}
    assert longest([office, head], named) == [head]
    other = relation("office", "port of Graz", office.rule)
    assert longest([other, head], named) == [other, head]


def test_a_wording_made_of_a_label_does_not_give_way() -> None:
    label = relation("office", "Graz", "office", rank=1)
    head = relation("seat", "Graz", "?s has head office in ?o")
    named = {("office", "office"): frozenset({"office"}), ("seat", head.rule): frozenset({"office", "head"})}
    assert longest([label, head], named) == [label, head]


def test_of_one_phrase_the_longer_wording_stays() -> None:
    port = relation("seat", "port of Graz", "?s has head office in port of ?o")
    town = relation("seat", "Graz", "?s has head office in ?o")
    assert list(most_special([port, town])) == list(most_special([town, port])) == [port]
    apart = relation("near", "Graz", town.rule)
    assert list(most_special([port, apart])) == [port, apart]


def test_less_of_the_same_words_is_read_better() -> None:
    found = relation("seat", "Graz", "?s has head office in ?o")
    dropped = Dropped("Norvia", "seat", "port of Graz", EVIDENCE, found.rule, "the object is no name")
    assert is_read_better(dropped, [found])
    assert not is_read_better(dropped, [relation("near", "Graz", found.rule)])
    assert not is_read_better(dropped, [relation("seat", "port of Graz", found.rule)])
