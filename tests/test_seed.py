"""The questions that the first document must answer, asked by SPARQL, each with the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.config import Settings
from kg.pipeline import build
from kg.query import run
from kg.read import read
from kg.store import Store

pytestmark = [pytest.mark.model, pytest.mark.shared]
Rows = list[dict[str, str]]
Ask = Callable[[str], Rows]
QOROS = '?qoros rdfs:label|skos:altLabel "Qoros" .'


def told(predicate: str, subject: str = "?s", target: str = "?o") -> str:
    """A fact of the default graph and the record that holds its words and its document."""
    return f"""{subject} {predicate} {target} .
    GRAPH ?g {{ ?st rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {target} ;
      kgv:stance kgv:asserted ; kgv:quote ?quote ; kgv:inDocument/dcterms:identifier ?document .
      OPTIONAL {{ ?st kgv:time ?time }} }}"""


@pytest.fixture(scope="module")
def ask(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Answers a group pattern; every row has its quote, and the document holds it."""
    path = shared / "seeds" / "qoros-interview.txt"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    folder = tmp_path_factory.mktemp("seed")
    report = build([str(path)], Settings(output=str(folder)))
    assert not report.problems
    (document,) = read([str(path)], max_bytes=Settings().max_bytes)
    with Store.view(folder) as store:

        def answer(pattern: str) -> Rows:
            rows = [
                {name: "" if value is None else str(value) for name, value in row.items()}
                for row in run(store, f"SELECT * {{ {pattern} }}", seconds=60)
            ]
            for row in rows:
                assert row["document"] == "qoros-interview"
                assert row["quote"] in getattr(document, "text", "")
            return rows

        yield answer


def names(rows: Rows, key: str) -> set[str]:
    return {row[key] for row in rows}


def test_when_it_was_founded(ask: Ask) -> None:
    rows = ask(QOROS + told("company:foundingDate", "?qoros", "?date"))
    assert names(rows, "date") == {"2007"}
    assert any("founded in 2007" in row["quote"] for row in rows)


def test_where_it_was_founded(ask: Ask) -> None:
    rows = ask(
        QOROS
        + "{"
        + told("company:locatedIn", "?qoros", "?place")
        + "} UNION {"
        + told("company:headquarters", "?qoros", "?place")
        + "} ?place rdfs:label ?where ."
    )
    assert names(rows, "where") == {"China"}


def test_which_products_it_has(ask: Ask) -> None:
    rows = ask(QOROS + told("company:produces", "?qoros", "?product") + "?product rdfs:label ?name .")
    assert names(rows, "name") >= {"Qoros 3 Sedan", "Qoros 3 Hatch", "Qoros Model K-EV"}


def test_what_each_product_won(ask: Ask) -> None:
    rows = ask(
        QOROS
        + "?qoros company:produces ?product . ?product rdfs:label ?name . ?award rdfs:label ?won ."
        + told("company:receivedAward", "?product", "?award")
    )
    assert {(row["name"], row["won"]) for row in rows} == {
        ("Qoros 3 Sedan", "five-star safety rating"),
        ("Qoros 3 Hatch", "Red Dot Design Award"),
    }


def test_who_gave_the_rating(ask: Ask) -> None:
    rows = ask(
        "?award rdfs:label ?won . ?giver rdfs:label ?name ; rdfs:label|skos:altLabel ?other ."
        + told("company:awardedBy", "?award", "?giver")
    )
    assert {(row["won"], row["name"]) for row in rows} == {
        ("five-star safety rating", "European New Car Assessment Programme")
    }
    assert "Euro-NCAP" in names(rows, "other")


def test_who_developed_the_show_and_what_it_is_called(ask: Ask) -> None:
    rows = ask(
        "?show rdfs:label|skos:altLabel ?title . ?who rdfs:label|skos:altLabel ?name ."
        "?show a company:CreativeWork ." + told("company:developedBy", "?show", "?who")
    )
    assert len(names(rows, "show")) == 1
    assert len(names(rows, "who")) == 3
    assert names(rows, "name") >= {"Qoros", "Tencent Video", "Energy Group"}
    assert names(rows, "title") == {"疯狂的观致", "Crazy Qoros"}


def test_which_sub_brand_it_has(ask: Ask) -> None:
    rows = ask(QOROS + told("company:hasBrand", "?qoros", "?brand") + "?brand a company:Brand ; rdfs:label ?name .")
    assert names(rows, "name") == {"Model Young"}


def test_whom_the_sub_brand_targets(ask: Ask) -> None:
    rows = ask(
        '?brand rdfs:label "Model Young" . ?audience rdfs:label ?whom .'
        + told("company:targets", "?brand", "?audience")
    )
    assert any(
        "younger consumers" in row["whom"] and "sub-brand targets younger consumers" in row["quote"] for row in rows
    )


def test_what_was_shown_at_which_event(ask: Ask) -> None:
    rows = ask("?car rdfs:label ?what . ?event rdfs:label ?show ." + told("company:presentedAt", "?car", "?event"))
    assert {(row["what"], row["show"]) for row in rows} == {("Qoros Model K-EV", "Shanghai Auto Show 2017")}


def test_when_it_was_shown(ask: Ask) -> None:
    shown = ask('?car rdfs:label "Qoros Model K-EV" .' + told("company:presentedAt", "?car", "?event"))
    held = ask('?event rdfs:label "Shanghai Auto Show 2017" .' + told("company:eventDate", "?event", "?date"))
    assert names(shown, "time") | names(held, "date") >= {"2017-04"}


def test_who_interviewed_whom(ask: Ask) -> None:
    rows = ask("?one rdfs:label ?who . ?other rdfs:label ?whom ." + told("company:interviewed", "?one", "?other"))
    assert {(row["who"], row["whom"]) for row in rows} == {("Warren Wang", "Michael Ning")}


@pytest.mark.parametrize(
    ("person", "post", "firm"),
    [
        ("Warren Wang", "Chief Executive Officer", "Interbrand"),
        ("Michael Ning", "Vice President of Marketing and Communications", "Qoros"),
    ],
)
def test_the_posts_of_both(ask: Ask, person: str, post: str, firm: str) -> None:
    posts = ask(f'?person rdfs:label "{person}" .' + told("company:jobTitle", "?person", "?post"))
    assert post in names(posts, "post")
    firms = ask(
        f'?person rdfs:label "{person}" . ?firm rdfs:label|skos:altLabel ?name .'
        + told("company:worksFor", "?person", "?firm")
    )
    assert firm in names(firms, "name")
    assert len(names(firms, "firm")) == 1


STRATEGIES = (
    "New Premium",
    "premium brand",
    "high-end positioning",
    "cutting-edge design",
    "user-friendly and intelligent",
    "user experience",
    "networks between the driver and the vehicle",
    "smart mobility solutions",
    "innovative marketing approaches",
    "customers first",
)


def test_which_strategies_it_pursues(ask: Ask) -> None:
    rows = ask(QOROS + told("company:pursues", "?qoros", "?strategy") + "?strategy rdfs:label ?name .")
    assert len({words for words in STRATEGIES if any(words in name for name in names(rows, "name"))}) >= 4


def test_new_premium_has_its_chinese_name(ask: Ask) -> None:
    rows = ask(
        QOROS
        + told("company:pursues", "?qoros", "?strategy")
        + '?strategy rdfs:label|skos:altLabel "New Premium" ; rdfs:label|skos:altLabel ?name .'
        "FILTER(STR(?name) = '新高端')"
    )
    assert len(names(rows, "strategy")) == 1
