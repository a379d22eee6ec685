from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.resolve.names import Clusters, cluster_names, name_key
from kg.resolve.types import type_clusters

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

C = "https://w3id.org/evident-kg/company#"
NOTHING = Ontology({}, {}, {}, "", (), "")


def groups(scene: Scene) -> set[frozenset[str]]:
    """The names that mean one thing, for each thing."""
    names = sorted(scene.mentions, key=lambda m: m.span)
    clusters = cluster_names(
        scene.text, names, scene.ontology, lambda found: type_clusters(found, scene.relations, scene.ontology)
    )
    return {frozenset(m.surface for m in cluster) for cluster in clusters}


def sets(*names: Iterable[str]) -> set[frozenset[str]]:
    return {frozenset(group) for group in names}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Brisk Ferry", "brisk ferry"),
        ("Brisk’s", "Brisk"),
        ("Brisk's Ferry", "Brisk Ferry"),
        ("Halm & Sohn", "Halm Sohn"),
        ("Euro-Kork", "Euro Kork"),
        ("STRASSE", "Straße"),
    ],
)
def test_names_are_compared_without_articles_case_and_marks(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_nothing_but_marks_or_articles_keeps_a_key() -> None:
    assert name_key("!!!") == "!!!"
    assert name_key("The The") == "the the"


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_clusters_are_the_connected_parts(pairs: list[tuple[int, int]]) -> None:
    clusters = Clusters(10)
    reached = [{i} for i in range(10)]
    for i, j in pairs:
        clusters.join(i, j)
        merged = reached[i] | reached[j]
        for member in merged:
            reached[member] = merged
    assert [clusters.find(i) for i in range(10)] == [min(group) for group in reached]


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("The Brannock Ferry Line (BFL) sails.", "Brannock Ferry Line", "BFL"),
        ("The Institute for Rain and Fog (IRF) is wet.", "Institute for Rain and Fog", "IRF"),
        ("The Marine Research Institute of Norr (MARIN) sails.", "Marine Research Institute of Norr", "MARIN"),
        (
            "The Marine Research Institute of Norr, MARIN for short, sails.",
            "Marine Research Institute of Norr",
            "MARIN",
        ),
        ("Brannock Ferry Line [BFL] sails.", "Brannock Ferry Line", "BFL"),
        ("Mørk Verft (“MV”) builds.", "Mørk Verft", "MV"),
        ("Tidewater Looms, known as “Tilo”, weaves.", "Tidewater Looms", "Tilo"),
    ],
)
def test_an_acronym_beside_the_name_is_the_same_thing(begin: Begin, text: str, long: str, short: str) -> None:
    scene = begin(text)
    scene.name(long, "Organization")
    scene.name(short)
    assert groups(scene) == sets([long, short])


def test_an_acronym_is_found_without_brackets_wherever_it_stands(begin: Begin) -> None:
    scene = begin("BFL grows. Brannock Ferry Line hires. The B.F.L. again.")
    for name in ("BFL", "Brannock Ferry Line", "B.F.L."):
        scene.name(name, "Organization")
    assert groups(scene) == sets(["BFL", "Brannock Ferry Line", "B.F.L."])


def test_other_initials_are_another_thing(begin: Begin) -> None:
    scene = begin("Brannock Ferry Line and BMW and the Brannock Water Board.")
    for name in ("Brannock Ferry Line", "BMW", "Brannock Water Board"):
        scene.name(name, "Organization")
    assert groups(scene) == sets(["Brannock Ferry Line"], ["BMW"], ["Brannock Water Board"])


def test_a_place_in_brackets_is_no_other_name(begin: Begin) -> None:
    scene = begin("Brannock Ferry Line (Oslo) sails.")
    scene.name("Brannock Ferry Line", "Organization")
    scene.name("Oslo", "Place")
    assert groups(scene) == sets(["Brannock Ferry Line"], ["Oslo"])


@pytest.mark.parametrize("form", ["GmbH", "AG", "S.p.A.", "Oy", "Ltd.", "Group"])
@pytest.mark.parametrize("first", [True, False])
def test_a_legal_form_may_be_left_out(begin: Begin, form: str, first: bool) -> None:
    names = [f"Tarnwald {form}", "Tarnwald"]
    scene = begin(". ".join(names if first else names[::-1]))
    scene.name(names[0], "Organization")
    scene.name("Tarnwald", "Organization", nth=1 if first else 0)
    assert groups(scene) == sets(names)


def test_a_shorter_name_behind_the_full_one_is_the_same(begin: Begin) -> None:
    scene = begin("Tarnwald Precision Looms weaves. Tarnwald grows.")
    scene.name("Tarnwald Precision Looms", "Organization")
    scene.name("Tarnwald", "Organization", nth=1)
    assert groups(scene) == sets(["Tarnwald Precision Looms", "Tarnwald"])


@pytest.mark.parametrize("short", ["Quist", "Orla"])
def test_a_surname_or_first_name_is_the_person(begin: Begin, short: str) -> None:
    scene = begin(f"Orla Quist founded it. Then {short} left.")
    scene.name("Orla Quist", "Person")
    scene.name(short, "Person", nth=1)
    assert groups(scene) == sets(["Orla Quist", short])


def test_an_honorific_leads_to_the_person_and_gives_an_alias(begin: Begin) -> None:
    scene = begin("Orla Quist founded it. Then Ms Quist left.")
    scene.name("Orla Quist", "Person")
    scene.name("Quist", "Person", nth=1, title="Ms")
    assert scene.names() == [["Orla Quist", "Ms Quist", "Quist"]]


def test_two_persons_of_one_surname_stay_two(begin: Begin) -> None:
    scene = begin("Orla Quist met Jens Quist.")
    scene.name("Orla Quist", "Person")
    scene.name("Jens Quist", "Person")
    assert groups(scene) == sets(["Orla Quist"], ["Jens Quist"])


def test_a_person_and_a_company_may_share_a_name(begin: Begin) -> None:
    scene = begin("Gerda Maltby founded Maltby Ltd in May. Maltby sells jam.")
    scene.name("Gerda Maltby", "Person")
    scene.name("Maltby Ltd", "Organization")
    scene.name("Maltby", "Organization", nth=2)
    assert groups(scene) == sets(["Gerda Maltby"], ["Maltby Ltd", "Maltby"])


def test_a_surname_that_is_also_a_company_is_the_person_where_a_person_is_meant(begin: Begin) -> None:
    scene = begin("Gerda Maltby founded Maltby Ltd in May. Ms Maltby sells jam.")
    scene.name("Gerda Maltby", "Person")
    scene.name("Maltby Ltd", "Organization")
    scene.name("Maltby", "Person", nth=2)
    assert groups(scene) == sets(["Gerda Maltby", "Maltby"], ["Maltby Ltd"])


def test_products_of_one_series_are_not_one(begin: Begin) -> None:
    scene = begin("Tarnwald makes the Drift 1 and the Drift 5. The Drift 5 sells. So does the Drift 5 Sport.")
    for name, nth in (("Drift 1", 0), ("Drift 5", 0), ("Drift 5", 1), ("Drift 5 Sport", 0)):
        scene.name(name, "Product", nth)
    assert groups(scene) == sets(["Drift 1"], ["Drift 5"], ["Drift 5 Sport"])


def test_a_product_is_not_the_firm_it_is_named_after(begin: Begin) -> None:
    scene = begin("Tarnwald makes the Tarnwald 5 lamp. Tarnwald grows.")
    scene.name("Tarnwald", "Organization")
    scene.name("Tarnwald 5", "Product")
    scene.name("Tarnwald", "Organization", nth=2)
    assert groups(scene) == sets(["Tarnwald"], ["Tarnwald 5"])


def test_a_product_may_lose_its_makers_name_once_it_was_told(begin: Begin) -> None:
    scene = begin("The Tarnwald Drift 5 is here. The Drift 5 shines.")
    scene.name("Tarnwald Drift 5", "Product")
    scene.name("Drift 5", "Product", nth=1)
    assert groups(scene) == sets(["Tarnwald Drift 5", "Drift 5"])


def test_a_name_in_another_script_stands_in_brackets(begin: Begin) -> None:
    scene = begin("Kawabe Works (川辺製作所) makes pots.")
    scene.name("Kawabe Works", "Organization")
    scene.name("川辺製作所")
    assert groups(scene) == sets(["Kawabe Works", "川辺製作所"])


def test_a_translation_follows_in_quotation_marks(begin: Begin) -> None:
    scene = begin("The show “疯狂的壶” (“Mad Kettle”) runs. It is “静茶,” translated as “Quiet Tea.”")
    scene.name("疯狂的壶", kind="phrase", annotator="quotation")
    scene.name("Mad Kettle", kind="phrase", annotator="quotation")
    scene.name("静茶", kind="phrase", annotator="quotation")
    scene.name("Quiet Tea", kind="phrase", annotator="quotation")
    assert groups(scene) == sets(["疯狂的壶", "Mad Kettle"], ["静茶", "Quiet Tea"])


COMPANIES = [("Tarnwald GmbH", "Tarnwald"), ("Brannock Ferry Line", "BFL"), ("Oskar Mill Oy", "Oskar Mill")]
PERSONS = [("Orla Quist", "Quist"), ("Jens Aamodt", "Jens"), ("Mira Selwyn Pope", "Pope")]
NAMES = [(n, "Organization") for pair in COMPANIES for n in pair] + [(n, "Person") for pair in PERSONS for n in pair]


def arranged(trade: Ontology, begin: Begin, names: list[tuple[str, str]]) -> set[frozenset[str]]:
    scene = begin(". Meanwhile ".join(name for name, _ in names))
    for name, cls in names:
        seen = sum(m.surface == name for m in scene.mentions)
        scene.mentions.append(_at(scene, name, cls, seen))
    return groups(scene)


def _at(scene: Scene, name: str, cls: str, seen: int) -> Mention:
    """The next place where the name stands by itself, not inside a longer one."""
    pieces, begin = scene.text.split(". Meanwhile "), 0
    for piece in pieces:
        if piece == name:
            if seen == 0:
                return Mention(Span(begin, begin + len(name)), name, "name", votes=((C + cls, 2.0),))
            seen -= 1
        begin += len(piece) + len(". Meanwhile ")
    raise AssertionError(name)


@given(st.permutations(NAMES))
def test_acronyms_legal_forms_and_surnames_are_found_in_any_order(
    trade: Ontology, begin: Begin, names: list[tuple[str, str]]
) -> None:
    assert arranged(trade, begin, names) == sets(*COMPANIES, *PERSONS)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12))
def test_every_mention_is_in_one_cluster_and_equal_names_are_together(
    trade: Ontology, begin: Begin, names: list[tuple[str, str]]
) -> None:
    found = arranged(trade, begin, names)
    assert sorted(name for group in found for name in group) == sorted({name for name, _ in names})


def test_names_that_a_sentence_relates_are_not_short_for_each_other() -> None:
    scene_names = [Mention(Span(0, 9), "Brisk Hall", "name"), Mention(Span(20, 25), "Brisk", "name")]

    def grouped(apart: frozenset[frozenset[str]]) -> int:
        return len(cluster_names("", scene_names, NOTHING, lambda groups: [None] * len(groups), apart))

    assert grouped(frozenset()) == 1
    assert grouped(frozenset([frozenset(("brisk hall", "brisk"))])) == 2
