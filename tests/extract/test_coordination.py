from __future__ import annotations

from collections.abc import Callable

from kg.extract.coordination import is_list_item
from kg.extract.graph import Graph

Edges = Callable[..., set[str]]

LIST_AS_APPOSITION = """
Norvia norvia NNP nsubj 5
, , , punct 0
Quorex quorex NNP appos 0
and and CC cc 2
Lumetta lumetta NNP conj 2
grew grow VBD ROOT 5
"""
APPOSITION = """
Norvia norvia NNP nsubj 4
, , , punct 0
a a DT det 3
firm firm NN appos 0
grew grow VBD ROOT 4
"""


def test_nouns_share_the_role_of_an_object(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    , , , punct 2
    stoves stove NNS conj 2
    and and CC cc 4
    pumps pump NNS conj 4
    """)
    assert {"makes obj lamps", "makes obj stoves", "makes obj pumps"} <= found


def test_nouns_share_the_role_of_a_subject(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 3
    and and CC cc 0
    Holmar holmar NNP conj 0
    founded found VBD ROOT 3
    Norvia norvia NNP dobj 3
    """)
    assert {"founded subj Okandor", "founded subj Holmar"} <= found


def test_nouns_share_a_preposition(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    operates operate VBZ ROOT 1
    in in IN prep 1
    Chile chile NNP pobj 2
    and and CC cc 3
    Peru peru NNP conj 3
    """)
    assert {"operates prep:in Chile", "operates prep:in Peru"} <= found


def test_nouns_share_a_copula(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    is be VBZ ROOT 1
    founder founder NN attr 1
    and and CC cc 2
    owner owner NN conj 2
    """)
    assert {"Okandor is founder", "Okandor is owner"} <= found


def test_common_nouns_share_an_owner_before_them(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP poss 2
    's 's POS case 0
    founder founder NN ROOT 2
    and and CC cc 2
    owner owner NN conj 2
    """)
    assert {"founder of Norvia", "owner of Norvia"} <= found


def test_common_nouns_share_an_owner_behind_them(edges: Edges) -> None:
    found = edges("""
    founder founder NN ROOT 0
    and and CC cc 0
    owner owner NN conj 0
    of of IN prep 0
    Norvia norvia NNP pobj 3
    """)
    assert {"founder of Norvia", "owner of Norvia"} <= found


def test_a_noun_keeps_an_owner_of_its_own(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP poss 2
    's 's POS case 0
    founder founder NN ROOT 2
    and and CC cc 2
    Quorex quorex NNP poss 6
    's 's POS case 4
    owner owner NN conj 2
    """)
    assert {"founder of Norvia", "owner of Quorex"} <= found
    assert "owner of Norvia" not in found


def test_a_gerund_shares_the_role_of_a_noun(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    likes like VBZ ROOT 1
    lamps lamp NNS dobj 1
    and and CC cc 2
    growing grow VBG conj 2
    """)
    assert {"likes obj lamps", "likes obj growing"} <= found


def test_verbs_share_a_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    and and CC cc 1
    sells sell VBZ conj 1
    stoves stove NNS dobj 4
    """)
    assert {"makes subj Norvia", "sells subj Norvia", "makes obj lamps", "sells obj stoves"} <= found
    assert "sells obj lamps" not in found
    assert "makes obj stoves" not in found


def test_verbs_share_an_object_behind_the_second(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    designs design VBZ ROOT 1
    and and CC cc 1
    makes make VBZ conj 1
    lamps lamp NNS dobj 3
    """)
    assert {"designs obj lamps", "makes obj lamps", "makes subj Norvia"} <= found


def test_a_verb_far_before_shares_no_object(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    in in IN prep 1
    Chile chile NNP pobj 2
    and and CC cc 1
    makes make VBZ conj 1
    lamps lamp NNS dobj 5
    """)
    assert "grew obj lamps" not in found


def test_a_verb_keeps_a_subject_of_its_own(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    and and CC cc 1
    Quorex quorex NNP nsubj 4
    closed close VBD conj 1
    """)
    assert "closed subj Quorex" in found
    assert "closed subj Norvia" not in found


def test_an_active_verb_behind_a_passive_one_shares_its_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    founded found VBN ROOT 2
    and and CC cc 2
    makes make VBZ conj 2
    lamps lamp NNS dobj 4
    """)
    assert {"founded obj Norvia", "makes subj Norvia", "makes obj lamps"} <= found
    assert "makes obj Norvia" not in found


def test_a_list_read_as_apposition_is_a_list(edges: Edges) -> None:
    found = edges(LIST_AS_APPOSITION)
    assert {"grew subj Norvia", "grew subj Quorex", "grew subj Lumetta"} <= found
    assert not any(" is " in edge for edge in found)


def test_a_list_item_is_a_name_beside_a_name_that_goes_on_with_and(graph: Callable[..., Graph]) -> None:
    assert is_list_item(graph(LIST_AS_APPOSITION), 2)
    assert not is_list_item(graph(APPOSITION), 3)


def test_a_name_is_joined_to_a_name_and_not_to_the_verb(edges: Edges) -> None:
    lines = """
    It it PRP nsubjpass 2
    was be VBD auxpass 2
    founded found VBN ROOT 2
    by by IN agent 2
    Quorex quorex NNP pobj 3
    , , , punct 4
    a a DT det 7
    planner planner NN appos 4
    and and CC cc {head}
    Okandor okandor NNP conj {head}
    """
    for head in (2, 7):
        assert {"founded subj Quorex", "founded subj Okandor"} <= edges(lines.format(head=head))


def test_a_name_that_may_begin_a_clause_stays_with_the_verb(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    Tarnel tarnel NNP dobj 1
    and and CC cc 1
    Okandor okandor NNP conj 1
    sails sail NNS dobj 4
    """)
    assert "makes obj Okandor" not in found


def test_names_hung_on_the_last_of_a_list_share_its_roles(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nmod 4
    , , , punct 0
    Quorex quorex NNP nmod 4
    and and CC cc 2
    Lumetta lumetta NNP nsubj 5
    built build VBD ROOT 5
    lamps lamp NNS dobj 5
    """)
    assert {"built subj Norvia", "built subj Quorex", "built subj Lumetta"} <= found


def test_a_name_within_a_name_shares_nothing(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP compound 1
    Lumetta lumetta NNP nsubj 4
    and and CC cc 1
    Holmar holmar NNP conj 1
    built build VBD ROOT 4
    """)
    assert "built subj Norvia" not in found
    assert {"built subj Lumetta", "built subj Holmar"} <= found


def test_and_within_a_name_joins_nothing(edges: Edges) -> None:
    found = edges("""
    Norvian norvian NNP compound 1
    Road road NNP nmod 4
    and and CC cc 1
    Transport transport NNP conj 1
    Institute institute NNP nsubj 5
    built build VBD ROOT 5
    """)
    assert "built subj Road" not in found
