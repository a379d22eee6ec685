from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.arguments import Arguments, noun_phrase, verb_phrase
from kg.extract.graph import Graph
from kg.model import Mention, MentionKind, Span, Value

Graphs = Callable[..., Graph]
BRAND = """
Norvia norvia NNP nsubj 1
has have VBZ ROOT 1
a a DT det 3
brand brand NN dobj 1
called call VBN acl 3
Lumetta lumetta NNP oprd 4
"""
PHRASE = """
the the DT det 3
new new JJ amod 3
folding fold VBG amod 3
lamps lamp NNS nsubj 11
with with IN prep 3
a a DT det 6
shade shade NN pobj 4
of of IN prep 6
glass glass NN pobj 7
, , , punct 3
which which WDT nsubj 11
shine shine VBP ROOT 11
"""


def mention(
    graph: Graph, word: str, kind: MentionKind = "name", annotator: str = "names", called: tuple[str, ...] = ()
) -> Mention:
    text = " ".join(graph.parse.words)
    at = text.index(word)
    value = Value(word, "amount" if "euros" in word else "string") if kind == "value" else None
    return Mention(Span(at, at + len(word)), word, kind, annotator=annotator, value=value, called=called)


def arguments(graph: Graph, *mentions: Mention) -> Arguments:
    return Arguments(" ".join(graph.parse.words), graph, mentions)


def refers(graph: Graph, word: str, *mentions: Mention) -> tuple[str, str] | None:
    found = arguments(graph, *mentions).reference(graph.parse.words.index(word))
    return (found.surface, found.kind) if found else None


def phrase(graph: Graph, word: str) -> str:
    first, last = noun_phrase(graph, graph.parse.words.index(word))
    return " ".join(graph.parse.words[first : last + 1])


def test_a_mention_stands_at_each_of_its_tokens(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP compound 1
    Group group NNP nsubj 2
    grew grow VBD ROOT 2
    """)
    found = arguments(made, mention(made, "Norvia Group"))
    assert [bool(found.at(i)) for i in range(3)] == [True, True, False]
    assert found.named(1) == found.at(0)
    assert found.named(2) is None


def test_a_noun_is_named_by_the_name_in_apposition(graph: Graphs) -> None:
    made = graph("""
    the the DT det 1
    kettle kettle NN nsubj 4
    , , , punct 1
    Tarnel tarnel NNP appos 1
    grew grow VBD ROOT 4
    """)
    named = arguments(made, mention(made, "Tarnel")).named(1)
    assert named is not None
    assert named.surface == "Tarnel"


def test_a_noun_is_named_by_a_participle(graph: Graphs) -> None:
    made = graph(BRAND)
    named = arguments(made, mention(made, "Lumetta")).named(3)
    assert named is not None
    assert named.surface == "Lumetta"


def test_a_noun_is_named_by_a_quoted_title(graph: Graphs) -> None:
    made = graph(BRAND)
    assert arguments(made, mention(made, "Lumetta", "phrase", "quotation")).named(3) is not None
    assert arguments(made, mention(made, "Lumetta", "phrase", "other")).named(3) is None


def test_a_noun_is_not_named_by_the_complement_of_a_copula(graph: Graphs) -> None:
    made = graph("""
    the the DT det 1
    kettle kettle NN nsubj 2
    is be VBZ ROOT 2
    Tarnel tarnel NNP attr 2
    """)
    assert arguments(made, mention(made, "Tarnel")).named(1) is None


def test_a_noun_is_named_by_the_name_right_before_it_that_it_describes(graph: Graphs) -> None:
    made = graph("""
    the the DT det 2
    Tarnel tarnel NNP compound 2
    kettle kettle NN ROOT 2
    """)
    assert arguments(made, mention(made, "Tarnel", called=("kettle",))).named(2) is not None
    assert arguments(made, mention(made, "Tarnel")).named(2) is None


@pytest.mark.parametrize(
    ("word", "tag", "plural"),
    [("it", "PRP", False), ("we", "PRP", True), ("their", "PRP$", True), ("who", "WP", False)],
)
def test_pronouns(graph: Graphs, word: str, tag: str, plural: bool) -> None:
    made = graph(f"{word} {word} {tag} ROOT 0")
    found = arguments(made).reference(0)
    assert found is not None
    assert (found.surface, found.kind, found.plural) == (word, "pronoun", plural)


def test_a_definite_noun_is_a_reference_and_another_a_description(graph: Graphs) -> None:
    lines = """
    {word} {word} {tag} det 2
    folding folding NN compound 2
    lamp lamp NN nsubj 3
    shines shine VBZ ROOT 3
    """
    assert refers(graph(lines.format(word="the", tag="DT")), "lamp") == ("folding lamp", "nominal")
    assert refers(graph(lines.format(word="our", tag="PRP$")), "lamp") == ("folding lamp", "nominal")
    assert refers(graph(lines.format(word="a", tag="DT")), "lamp") == ("folding lamp", "phrase")


@pytest.mark.parametrize(("word", "lemma", "tag"), [("way", "way", "NN"), ("percent", "percent", "NN")])
def test_fillers_stand_for_nothing(graph: Graphs, word: str, lemma: str, tag: str) -> None:
    assert refers(graph(f"the the DT det 1\n{word} {lemma} {tag} ROOT 1"), word) is None


def test_a_single_indefinite_noun_says_too_little(graph: Graphs) -> None:
    assert refers(graph("a a DT det 1\nseat seat NN ROOT 1"), "seat") is None
    assert refers(graph("the the DT det 1\nseat seat NN ROOT 1"), "seat") == ("seat", "nominal")


def test_a_count_is_no_thing(graph: Graphs) -> None:
    assert refers(graph("420 420 CD nummod 1\npeople people NNS ROOT 1"), "people") is None


def test_an_amount_is_no_thing(graph: Graphs) -> None:
    made = graph("""
    the the DT det 2
    290euros 290euros NN compound 2
    price price NN ROOT 2
    """)
    assert refers(made, "price", mention(made, "290euros", "value", "values")) is None


def test_a_value_is_no_thing_unless_it_is_a_post(graph: Graphs) -> None:
    made = graph("""
    the the DT det 1
    director director NN ROOT 1
    """)
    assert refers(made, "director", mention(made, "director", "value", "values")) is None
    assert refers(made, "director", mention(made, "director", "value", "post")) == ("director", "nominal")


def test_a_finite_verb_is_no_thing(graph: Graphs) -> None:
    assert refers(graph("grew grow VBD ROOT 0"), "grew") is None


def test_a_noun_phrase_has_modifiers_and_complements_but_no_article_and_no_clause(graph: Graphs) -> None:
    assert phrase(graph(PHRASE), "lamps") == "folding lamps with a shade of glass"


@pytest.mark.parametrize("word", ["by", "since", "from", "at"])
def test_a_noun_phrase_ends_before_an_agent_a_time_or_a_source(graph: Graphs, word: str) -> None:
    lines = PHRASE.replace("with with", f"{word} {word}")
    assert phrase(graph(lines), "lamps") == "folding lamps"


def test_a_noun_phrase_has_the_modifiers_of_its_modifiers(graph: Graphs) -> None:
    made = graph("""
    the the DT det 3
    hot hot JJ amod 2
    water water NN compound 3
    bottles bottle NNS ROOT 3
    """)
    assert phrase(made, "bottles") == "hot water bottles"


def test_a_noun_phrase_starts_behind_words_that_say_nothing(graph: Graphs) -> None:
    made = graph("""
    many many JJ amod 2
    small small JJ amod 2
    lamps lamp NNS ROOT 2
    """)
    assert phrase(made, "lamps") == "small lamps"


def test_a_noun_phrase_ends_before_a_clause_inside_its_complement(graph: Graphs) -> None:
    made = graph("""
    lamps lamp NNS ROOT 0
    for for IN prep 0
    people people NNS pobj 1
    who who WP nsubj 4
    read read VBP relcl 2
    """)
    assert phrase(made, "lamps") == "lamps for people"


def test_a_verb_phrase_has_no_subject_and_no_clause(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    aims aim VBZ ROOT 1
    to to TO aux 3
    cut cut VB xcomp 1
    waste waste NN dobj 3
    because because IN mark 7
    it it PRP nsubj 7
    grows grow VBZ advcl 3
    . . . punct 1
    """)
    first, last = verb_phrase(made, 3)
    assert made.parse.words[first : last + 1] == ("cut", "waste")
    assert refers(made, "cut") == ("cut waste", "phrase")


def test_a_verb_phrase_ends_before_an_adverbial_clause(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    aims aim VBZ ROOT 1
    to to TO aux 3
    cut cut VB xcomp 1
    waste waste NN dobj 3
    when when WRB advmod 7
    it it PRP nsubj 7
    grows grow VBZ advcl 3
    . . . punct 1
    """)
    first, last = verb_phrase(made, 3)
    assert made.parse.words[first : last + 1] == ("cut", "waste")
    assert refers(made, "cut") == ("cut waste", "phrase")


def test_a_verb_phrase_drops_words_that_lead_on(graph: Graphs) -> None:
    made = graph("""
    cut cut VB ROOT 0
    waste waste NN dobj 0
    and and CC cc 0
    """)
    assert verb_phrase(made, 0) == (0, 1)


def test_a_relative_pronoun_is_the_name_before_it(graph: Graphs) -> None:
    lines = """
    Norvia norvia NNP nsubj 6
    , , , punct 0
    the the DT det 3
    founder founder NN nsubj 6
    of of IN prep 3
    which which WDT pobj 4
    left leave VBD ROOT 6
    """
    made = graph(lines)
    found = arguments(made, mention(made, "Norvia")).named(5)
    assert found is not None
    assert found.surface == "Norvia"
    assert arguments(made).named(5) is None


def test_a_noun_is_named_by_the_name_behind_of_that_it_describes(graph: Graphs) -> None:
    made = graph("""
    the the DT det 1
    town town NN ROOT 1
    of of IN prep 1
    Graz graz NNP pobj 2
    """)
    found = arguments(made, mention(made, "Graz", called=("town",))).named(1)
    assert found is not None
    assert found.surface == "Graz"
    assert arguments(made, mention(made, "Graz")).named(1) is None


@pytest.mark.parametrize(("article", "expected"), [("a", "Norvia"), ("the", None)])
def test_an_indefinite_description_is_the_name_that_it_is_said_of(
    graph: Graphs, article: str, expected: str | None
) -> None:
    made = graph(f"""
    Norvia norvia NNP nsubj 1
    is be VBZ ROOT 1
    {article} {article} DT det 3
    mill mill NN attr 1
    """)
    found = arguments(made, mention(made, "Norvia")).named(3)
    assert (found.surface if found else None) == expected


def test_a_code_has_digits(graph: Graphs) -> None:
    made = graph("""
    runway runway NN nsubj 1
    is be VBZ ROOT 1
    12/30 12/30 CD attr 1
    """)
    code = arguments(made).code(2)
    assert code is not None
    assert (code.surface, code.kind) == ("12/30", "phrase")
    assert arguments(made).code(0) is None
