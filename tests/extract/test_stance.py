from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.graph import Graph
from kg.extract.stance import negated_slot, stance_of

Graphs = Callable[..., Graph]


def stance(graph: Graph, word: str) -> str:
    return stance_of(graph, graph.parse.words.index(word))[0]


PLAIN = """
Norvia norvia NNP nsubj 1
bought buy VBD ROOT 1
Quorex quorex NNP dobj 1
"""
NOT_ONLY = """
Norvia norvia NNP nsubj 3
not not RB preconj 3
only only RB advmod 1
bought buy VBD ROOT 3
Quorex quorex NNP dobj 3
"""
HELPED = """
Norvia norvia NNP nsubj 2
{word} {lemma} {tag} {dep} 2
buy buy VB ROOT 2
Quorex quorex NNP dobj 2
"""
GOVERNED = """
Norvia norvia NNP nsubj 1
{word} {lemma} VBZ ROOT 1
to to TO aux 3
buy buy VB xcomp 1
Quorex quorex NNP dobj 3
"""
SAID = """
{who} {lemma} {tag} nsubj 1
{verb} {key} VBP ROOT 1
that that IN mark 4
Norvia norvia NNP nsubj 4
bought buy VBD ccomp 1
Quorex quorex NNP dobj 4
"""
NOUN_INFINITIVE = """
the the DT det 1
{word} {lemma} NN nsubj 5
to to TO aux 3
buy buy VB acl 1
Quorex quorex NNP dobj 3
grew grow VBD ROOT 5
"""
NOUN_THAT = """
the the DT det 1
{word} {lemma} NN nsubj 6
that that IN mark 4
Norvia norvia NNP nsubj 4
bought buy VBD acl 1
Quorex quorex NNP dobj 4
grew grow VBD ROOT 6
"""
COORDINATED = """
Norvia norvia NNP nsubj 2
{aux} {aux} MD aux 2
buy buy VB ROOT 2
Quorex quorex NNP dobj 2
and and CC cc 2
sell sell VB conj 2
Lumetta lumetta NNP dobj 5
"""


def test_a_plain_clause_is_asserted(graph: Graphs) -> None:
    assert stance_of(graph(PLAIN), 1) == ("asserted", "")


@pytest.mark.parametrize(
    ("word", "lemma", "tag", "dep", "expected"),
    [
        ("not", "not", "RB", "neg", "denied"),
        ("never", "never", "RB", "neg", "denied"),
        ("never", "never", "RB", "advmod", "denied"),
        ("formerly", "formerly", "RB", "advmod", "denied"),
        ("reportedly", "reportedly", "RB", "advmod", "reported"),
        ("allegedly", "allegedly", "RB", "advmod", "reported"),
        ("will", "will", "MD", "aux", "planned"),
        ("'ll", "will", "MD", "aux", "planned"),
        ("would", "would", "MD", "aux", "possible"),
        ("might", "might", "MD", "aux", "possible"),
        ("should", "should", "MD", "aux", "possible"),
        ("did", "do", "VBD", "aux", "asserted"),
        ("quickly", "quickly", "RB", "advmod", "asserted"),
    ],
)
def test_words_of_the_clause_itself(graph: Graphs, word: str, lemma: str, tag: str, dep: str, expected: str) -> None:
    assert stance(graph(HELPED.format(word=word, lemma=lemma, tag=tag, dep=dep)), "buy") == expected


def test_negation_wins_over_the_future(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 3
    will will MD aux 3
    not not RB neg 3
    buy buy VB ROOT 3
    """
    assert stance(graph(lines), "buy") == "denied"


def test_not_only_denies_nothing(graph: Graphs) -> None:
    assert stance(graph(NOT_ONLY), "bought") == "asserted"
    assert stance(graph(NOT_ONLY.replace("only only", "yet yet")), "bought") == "denied"


def test_no_longer(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 3
    no no RB neg 2
    longer long RB advmod 3
    owns own VBZ ROOT 3
    """
    assert stance(graph(lines), "owns") == "denied"


@pytest.mark.parametrize(("word", "lemma", "tag"), [("No", "no", "DT"), ("Neither", "neither", "DT")])
def test_a_subject_with_no_denies(graph: Graphs, word: str, lemma: str, tag: str) -> None:
    lines = f"""
    {word} {lemma} {tag} det 1
    firm firm NN nsubj 2
    bought buy VBD ROOT 2
    """
    assert stance(graph(lines), "bought") == "denied"


def test_nobody_denies(graph: Graphs) -> None:
    assert stance(graph(PLAIN.replace("Norvia norvia NNP", "Nobody nobody NN")), "bought") == "denied"


def test_an_object_with_no_denies(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 1
    bought buy VBD ROOT 1
    no no DT det 3
    firm firm NN dobj 1
    """
    assert stance(graph(lines), "bought") == "denied"


def test_to_be_to_do_something_is_planned(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 3
    is be VBZ aux 3
    to to TO aux 3
    buy buy VB ROOT 3
    """
    assert stance(graph(lines), "buy") == "planned"


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [
        ("plans", "plan", "planned"),
        ("intends", "intend", "planned"),
        ("hopes", "hope", "planned"),
        ("wants", "want", "planned"),
        ("tries", "try", "planned"),
        ("agreed", "agree", "planned"),
        ("refuses", "refuse", "denied"),
        ("failed", "fail", "denied"),
        ("seems", "seem", "possible"),
        ("managed", "manage", "asserted"),
        ("began", "begin", "asserted"),
    ],
)
def test_verbs_that_govern_an_infinitive(graph: Graphs, word: str, lemma: str, expected: str) -> None:
    assert stance(graph(GOVERNED.format(word=word, lemma=lemma)), "buy") == expected


def test_the_stance_of_the_governing_verb_is_handed_down(graph: Graphs) -> None:
    lines = GOVERNED.format(word="manage", lemma="manage") + "not not RB neg 1"
    assert stance(graph(lines), "buy") == "denied"


@pytest.mark.parametrize(
    ("who", "lemma", "tag", "verb", "key", "expected"),
    [
        ("Critics", "critic", "NNS", "say", "say", "reported"),
        ("Some", "some", "DT", "say", "say", "reported"),
        ("Analysts", "analyst", "NNS", "think", "think", "reported"),
        ("Okandor", "okandor", "NNP", "says", "say", "asserted"),
        ("Okandor", "okandor", "NNP", "hopes", "hope", "planned"),
        ("Okandor", "okandor", "NNP", "denies", "deny", "denied"),
        ("Okandor", "okandor", "NNP", "rejects", "reject", "denied"),
        ("Okandor", "okandor", "NNP", "speculates", "speculate", "reported"),
        ("Okandor", "okandor", "NNP", "believes", "believe", "possible"),
        ("Okandor", "okandor", "NNP", "knows", "know", "asserted"),
    ],
)
def test_what_somebody_says(graph: Graphs, who: str, lemma: str, tag: str, verb: str, key: str, expected: str) -> None:
    assert stance(graph(SAID.format(who=who, lemma=lemma, tag=tag, verb=verb, key=key)), "bought") == expected


def test_what_somebody_does_not_say_is_denied(graph: Graphs) -> None:
    lines = SAID.format(who="Okandor", lemma="okandor", tag="NNP", verb="said", key="say") + "not not RB neg 1"
    assert stance(graph(lines), "bought") == "denied"


def test_what_is_said_by_nobody_named_is_reported(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubjpass 2
    is be VBZ auxpass 2
    said say VBN ROOT 2
    to to TO aux 5
    have have VB aux 5
    bought buy VBN xcomp 2
    """
    assert stance(graph(lines), "bought") == "reported"


@pytest.mark.parametrize(
    ("word", "lemma"), [("plan", "plan"), ("intention", "intention"), ("attempt", "attempt"), ("right", "right")]
)
def test_an_infinitive_behind_a_noun_is_planned(graph: Graphs, word: str, lemma: str) -> None:
    assert stance(graph(NOUN_INFINITIVE.format(word=word, lemma=lemma)), "buy") == "planned"


@pytest.mark.parametrize("word", ["rumour", "report", "claim"])
def test_what_a_rumour_says_is_reported(graph: Graphs, word: str) -> None:
    assert stance(graph(NOUN_THAT.format(word=word, lemma=word)), "bought") == "reported"


def test_what_a_rumour_in_a_relative_clause_says_is_reported(graph: Graphs) -> None:
    lines = NOUN_THAT.format(word="rumour", lemma="rumour").replace("VBD acl", "VBD relcl")
    assert stance(graph(lines), "bought") == "reported"


def test_what_a_fact_says_is_asserted(graph: Graphs) -> None:
    assert stance(graph(NOUN_THAT.format(word="fact", lemma="fact")), "bought") == "asserted"


def test_a_plan_of_doing_something(graph: Graphs) -> None:
    lines = """
    the the DT det 1
    idea idea NN nsubj 5
    of of IN prep 1
    buying buy VBG pcomp 2
    Quorex quorex NNP dobj 3
    grew grow VBD ROOT 5
    """
    assert stance(graph(lines), "buying") == "planned"


def test_a_condition_and_what_follows_from_it_are_possible(graph: Graphs) -> None:
    lines = """
    If if IN mark 2
    Norvia norvia NNP nsubj 2
    bought buy VBD advcl 5
    Quorex quorex NNP dobj 2
    Lumetta lumetta NNP nsubj 5
    grew grow VBD ROOT 5
    """
    made = graph(lines)
    assert stance(made, "bought") == "possible"
    assert stance(made, "grew") == "possible"


def test_a_time_clause_is_asserted(graph: Graphs) -> None:
    lines = """
    When when WRB advmod 2
    Norvia norvia NNP nsubj 2
    bought buy VBD advcl 4
    Lumetta lumetta NNP nsubj 4
    grew grow VBD ROOT 4
    """
    made = graph(lines)
    assert stance(made, "bought") == "asserted"
    assert stance(made, "grew") == "asserted"


def test_a_question_is_asked(graph: Graphs) -> None:
    assert stance(graph("Did do VBD aux 2" + PLAIN.replace(" 1", " 2") + "? ? . punct 2"), "bought") == "asked"


def test_only_the_sentence_that_asks_is_asked(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    . . . punct 1

    Why why WRB ROOT 3
    ? ? . punct 3
    """)
    assert stance(made, "grew") == "asserted"
    assert stance(made, "Why") == "asked"


def test_a_statement_before_a_colon_and_a_question_is_asserted(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ccomp 5
    : : : punct 5
    what what WP nsubj 5
    then then RB advmod 5
    closed close VBD ROOT 5
    ? ? . punct 5
    """)
    assert stance(made, "grew") == "asserted"
    assert stance(made, "closed") == "asked"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("former", "denied"), ("planned", "planned"), ("proposed", "planned"), ("new", "asserted")],
)
def test_an_adjective_of_a_post_or_event(graph: Graphs, word: str, expected: str) -> None:
    lines = f"""
    the the DT det 2
    {word} {word} JJ amod 2
    director director NN nsubj 5
    of of IN prep 2
    Norvia norvia NNP pobj 3
    left leave VBD ROOT 5
    """
    assert stance(graph(lines), "director") == expected


def test_the_stance_of_a_verb_is_not_that_of_its_subject(graph: Graphs) -> None:
    lines = """
    the the DT det 1
    director director NN nsubj 5
    of of IN prep 1
    Norvia norvia NNP pobj 2
    will will MD aux 5
    leave leave VB ROOT 5
    """
    made = graph(lines)
    assert stance(made, "director") == "asserted"
    assert stance(made, "leave") == "planned"


def test_the_stance_of_an_event_is_that_of_its_verb(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 2
    will will MD aux 2
    complete complete VB ROOT 2
    the the DT det 4
    acquisition acquisition NN dobj 2
    of of IN prep 4
    Quorex quorex NNP pobj 5
    """
    assert stance(graph(lines), "acquisition") == "planned"


@pytest.mark.parametrize(("word", "expected"), [("was", "asserted"), ("not", "denied")])
def test_the_stance_of_a_complement_is_that_of_its_copula(graph: Graphs, word: str, expected: str) -> None:
    lines = """
    Okandor okandor NNP nsubj 1
    was be VBD ROOT 1
    director director NN attr 1
    """ + ("not not RB neg 1" if word == "not" else "")
    assert stance(graph(lines), "director") == expected


def test_what_was_so_until_then_is_no_longer(graph: Graphs) -> None:
    lines = """
    Okandor okandor NNP nsubj 1
    ran run VBD ROOT 1
    Norvia norvia NNP dobj 1
    until until IN prep 1
    2015 2015 CD pobj 3
    """
    assert stance(graph(lines), "ran") == "denied"
    assert stance(graph(lines.replace("until until", "since since")), "ran") == "asserted"


def test_what_was_so_before_that_is_no_longer(graph: Graphs) -> None:
    lines = """
    Before before IN prep 3
    that that DT pobj 0
    Okandor okandor NNP nsubj 3
    ran run VBD ROOT 3
    Norvia norvia NNP dobj 3
    """
    assert stance(graph(lines), "ran") == "denied"
    assert stance(graph(lines.replace("that that DT", "lunch lunch NN")), "ran") == "asserted"


def test_a_purpose_is_planned_and_its_means_are_asserted(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    raised raise VBD ROOT 1
    money money NN dobj 1
    to to TO aux 4
    buy buy VB advcl 1
    Quorex quorex NNP dobj 4
    """)
    assert stance(made, "buy") == "planned"
    assert stance(made, "raised") == "asserted"


@pytest.mark.parametrize(("aux", "expected"), [("will", "planned"), ("may", "possible"), ("do", "asserted")])
def test_coordinated_verbs_share_an_auxiliary(graph: Graphs, aux: str, expected: str) -> None:
    assert stance(graph(COORDINATED.format(aux=aux)), "sell") == expected


def test_coordinated_verbs_of_one_tense_share_what_modifies_the_first(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 2
    reportedly reportedly RB advmod 2
    bought buy VBD ROOT 2
    Quorex quorex NNP dobj 2
    and and CC cc 2
    sold sell VBD conj 2
    Lumetta lumetta NNP dobj 5
    """)
    assert stance(made, "sold") == "reported"


def test_a_coordinated_clause_with_its_own_subject_stands_for_itself(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 2
    will will MD aux 2
    grow grow VB ROOT 2
    and and CC cc 2
    Quorex quorex NNP nsubj 5
    closed close VBD conj 2
    """
    assert stance(graph(lines), "closed") == "asserted"


def test_a_coordinated_verb_of_another_tense_stands_for_itself(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    and and CC cc 1
    will will MD aux 4
    buy buy VB conj 1
    """
    made = graph(lines)
    assert stance(made, "buy") == "planned"
    assert stance(made, "grew") == "asserted"


def test_what_follows_but_is_not_denied_with_the_first(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 3
    did do VBD aux 3
    not not RB neg 3
    buy buy VB ROOT 3
    but but CC cc 3
    sell sell VB conj 3
    """
    made = graph(lines)
    assert stance(made, "buy") == "denied"
    assert stance(made, "sell") == "asserted"


def test_a_gerund_behind_without_is_denied(graph: Graphs) -> None:
    lines = """
    Without without IN prep 4
    buying buy VBG pcomp 0
    Quorex quorex NNP dobj 1
    Norvia norvia NNP nsubj 4
    grew grow VBD ROOT 4
    """
    assert stance(graph(lines), "buying") == "denied"
    assert stance(graph(lines.replace("Without without", "After after")), "buying") == "asserted"


def test_according_to_rumours(graph: Graphs) -> None:
    lines = """
    According accord VBG prep 4
    to to IN prep 0
    rumours rumour NNS pobj 1
    Norvia norvia NNP nsubj 4
    bought buy VBD ROOT 4
    """
    assert stance(graph(lines), "bought") == "reported"


@pytest.mark.parametrize(
    ("word", "expected"), [("likely", "planned"), ("set", "planned"), ("eager", "planned"), ("about", "planned")]
)
def test_an_adjective_that_looks_ahead(graph: Graphs, word: str, expected: str) -> None:
    lines = f"""
    Norvia norvia NNP nsubj 1
    is be VBZ ROOT 1
    {word} {word} JJ acomp 1
    to to TO aux 4
    buy buy VB xcomp 2
    """
    assert stance(graph(lines), "buy") == expected


def test_what_used_to_be_so_is_no_longer(graph: Graphs) -> None:
    lines = GOVERNED.format(word="used", lemma="use").replace("VBZ", "VBD")
    assert stance(graph(lines), "buy") == "denied"


@pytest.mark.parametrize(("key", "expected"), [("scrap", "denied"), ("reject", "denied"), ("announce", "planned")])
def test_a_plan_that_is_given_up_is_denied(graph: Graphs, key: str, expected: str) -> None:
    lines = f"""
    Norvia norvia NNP nsubj 1
    did {key} VBD ROOT 1
    plans plan NNS dobj 1
    to to TO aux 4
    buy buy VB acl 2
    """
    assert stance(graph(lines), "buy") == expected


@pytest.mark.parametrize("word", ["no", "neither"])
def test_an_event_with_no_is_denied(graph: Graphs, word: str) -> None:
    lines = f"""
    {word} {word} DT det 1
    acquisition acquisition NN nsubj 4
    of of IN prep 1
    Quorex quorex NNP pobj 2
    followed follow VBD ROOT 4
    """
    assert stance(graph(lines), "acquisition") == "denied"


def test_a_question_behind_a_dash_asks_only_itself(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    : : : punct 1
    is be VBZ parataxis 1
    it it PRP nsubj 3
    rich rich JJ acomp 3
    ? ? . punct 3
    """)
    assert stance(made, "grew") == "asserted"
    assert stance(made, "is") == "asked"


def test_a_coordinated_verb_with_have_of_its_own_is_governed_with_the_first(graph: Graphs) -> None:
    lines = """
    Critics critic NNS nsubj 1
    say say VBP ROOT 1
    Norvia norvia NNP nsubj 3
    grew grow VBD ccomp 1
    and and CC cc 3
    has have VBZ aux 6
    bought buy VBN conj 3
    Quorex quorex NNP dobj 6
    """
    assert stance(graph(lines), "bought") == "reported"


def test_a_chain_of_governors_ends(graph: Graphs) -> None:
    lines = "\n".join(
        ["Norvia norvia NNP nsubj 1", "began begin VBD ROOT 1"] + [f"go go VB xcomp {i}" for i in range(1, 40)]
    )
    assert stance_of(graph(lines), 40)[0] == "asserted"


def test_using_something_to_do_it_is_not_what_used_to_be(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    used use VBD ROOT 1
    loans loan NNS dobj 1
    to to TO aux 4
    buy buy VB xcomp 1
    Quorex quorex NNP dobj 4
    """)
    assert stance(made, "buy") == "planned"


UNTIL = """
its its PRP$ poss 1
chairman chairman NN appos 4
{word} until IN prep 1
2019 2019 CD pobj 2
Teal teal NNP ROOT 4
"""


@pytest.mark.parametrize(("word", "expected"), [("until", "denied"), ("till", "denied"), ("since", "asserted")])
def test_a_post_that_was_held_until_a_time_is_held_no_longer(graph: Graphs, word: str, expected: str) -> None:
    assert stance(graph(UNTIL.format(word=word)), "chairman") == expected


@pytest.mark.parametrize(("verb", "expected"), [("found", "asserted"), ("bought", "possible")])
def test_what_can_be_found_somewhere_is_there(graph: Graphs, verb: str, expected: str) -> None:
    lemma = {"found": "find", "bought": "buy"}[verb]
    made = graph(f"""
    Norvia norvia NNP nsubjpass 3
    can can MD aux 3
    be be VB auxpass 3
    {verb} {lemma} VBN ROOT 3
    in in IN prep 3
    Graz graz NNP pobj 4
    """)
    assert stance(made, verb) == expected


@pytest.mark.parametrize(("word", "expected"), [("until", "until"), ("since", "")])
def test_a_post_behind_the_time_that_ended_it(graph: Graphs, word: str, expected: str) -> None:
    # Parsers take the post for part of the time.
    behind_adverb = f"""
    Quist quist NNP nsubj 5
    , , , punct 5
    {word} {word} IN prep 5
    now now RB pcomp 2
    director director NN pobj 2
    left leave VBD ROOT 5
    """
    behind_noun = f"""
    Quist quist NNP nsubj 5
    {word} {word} IN prep 5
    May may NNP pobj 1
    the the DT det 4
    director director NN appos 2
    left leave VBD ROOT 5
    """
    for lines in (behind_adverb, behind_noun):
        made = graph(lines)
        post = made.parse.words.index("director")
        assert negated_slot(made, post) == expected
        assert stance(made, "director") == ("denied" if expected else "asserted")
