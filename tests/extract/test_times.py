from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import RuleExtractor
from kg.extract.times import dates_of
from kg.model import Annotation, Mention, Parse, Span, Value

Annotate = Callable[[str], Annotation]


def test_the_tokens_of_dates_alone(tree: Callable[[str], Parse]) -> None:
    parse = tree(
        "In in IN prep 3\nMarch march NNP pobj 0\n2016 2016 CD nummod 1\n40 40 CD nsubj 4\nleft leave VBD ROOT 4"
    )
    date = Mention(Span(3, 13), "March 2016", "value", value=Value("2016-03", "gYearMonth"))
    count = Mention(Span(14, 16), "40", "value", value=Value("40", "integer"))
    assert dates_of(parse, [date, count]) == {1, 2}
    assert dates_of(parse, [count]) == frozenset()


@pytest.mark.model
def test_a_statement_has_the_time_of_its_clause(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia acquired Brightholm Ltd in March 2016."))
    bought = next(r for r in relations if r.predicate.endswith("#acquired"))
    assert bought.time is not None
    assert bought.time.lexical == "2016-03"


@pytest.mark.model
def test_a_founding_date_has_no_time_beside_it(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia was founded in 2007."))
    assert [r.time for r in relations if r.predicate.endswith("#foundingDate")] == [None]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Norvia launches the Tarnel 300 in June 2021.", "planned"),
        ("Norvia launches the Tarnel 300 in November.", "planned"),
        ("Norvia launched the Tarnel 300 in November 2020.", "asserted"),
    ],
)
def test_a_date_ahead_in_the_present_tense_makes_a_plan(
    annotate: Annotate, extractor: RuleExtractor, text: str, stance: str
) -> None:
    relations, _ = extractor.extract(annotate(text))
    assert [r.stance for r in relations if r.predicate.endswith("#launchDate")] == [stance]
