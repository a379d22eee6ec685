from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.arguments import Arguments
from kg.extract.graph import Graph
from kg.extract.speech import quotations
from kg.model import Mention, Span

Graphs = Callable[..., Graph]
SAID = """
“ “ `` punct 8
We we PRP nsubj 2
founded found VBD ccomp 8
Norvia norvia NNP dobj 2
in in IN prep 2
Graz graz NNP pobj 4
, , , punct 8
” ” '' punct 8
said say VBD ROOT 8
Okandor okandor NNP nsubj 8
. . . punct 8
"""


def spoken(graph: Graph, name: str = "") -> list[tuple[str, str]]:
    text = " ".join(graph.parse.words)
    at = text.find(name)
    mentions = [Mention(Span(at, at + len(name)), name, "name")] if name else []
    return [(span.of(text).strip(), who) for span, who in quotations(graph, Arguments(text, graph, mentions))]


def test_a_quotation_has_the_speaker_that_its_verb_names(graph: Graphs) -> None:
    assert spoken(graph(SAID), "Okandor") == [("We founded Norvia in Graz ,", "Okandor")]


def test_a_quotation_without_a_named_speaker(graph: Graphs) -> None:
    assert spoken(graph(SAID)) == [("We founded Norvia in Graz ,", "")]


@pytest.mark.parametrize("verb", ["explain", "recall", "add"])
def test_other_verbs_of_saying(graph: Graphs, verb: str) -> None:
    assert spoken(graph(SAID.replace("say VBD", f"{verb} VBD")), "Okandor")[0][1] == "Okandor"


def test_other_verbs_name_no_speaker(graph: Graphs) -> None:
    assert spoken(graph(SAID.replace("say VBD", "smile VBD")), "Okandor") == [("We founded Norvia in Graz ,", "")]


def test_a_quotation_may_run_to_the_end_of_the_paragraph(graph: Graphs) -> None:
    lines = SAID.replace("” ” '' punct 8", "* * : punct 8")
    assert spoken(graph(lines))[0][0].endswith("said Okandor .")


def test_a_short_quotation_is_a_title(graph: Graphs) -> None:
    made = graph("""
    the the DT det 1
    show show NN ROOT 1
    “ “ `` punct 3
    Heat heat NNP appos 1
    ” ” '' punct 3
    """)
    assert spoken(made) == []


def test_text_without_quotation_marks(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    """)
    assert spoken(made) == []
