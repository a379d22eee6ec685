from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from kg.annotate import ANNOTATORS
from kg.annotate.cues import cues
from kg.config import Settings
from kg.model import Annotation, Document, Mention
from kg.ontology import Ontology, load

pytestmark = pytest.mark.model

Annotate = Callable[[str], Annotation]
bug = pytest.mark.xfail


def mentions(annotation: Annotation, kind: str) -> list[Mention]:
    return [m for m in annotation.mentions if m.kind == kind]


def names(annotation: Annotation) -> list[str]:
    return [m.surface for m in mentions(annotation, "name")]


def posts(annotation: Annotation) -> list[str]:
    return [m.surface for m in annotation.mentions if m.annotator == "post"]


def votes(annotation: Annotation, ontology: Ontology, name: str) -> dict[str, float]:
    mention = next(m for m in annotation.mentions if m.surface == name)
    return {ontology.classes[iri].local: weight for iri, weight in mention.votes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia sells kettles in Graz.", ["Norvia", "Graz"]),
        # Honorifics stand before a name, not inside it.
        ("We met Dr. Maria Okandor and Mr Lindquell in Graz.", ["Maria Okandor", "Lindquell", "Graz"]),
        ("It was built by Professor Ada Holmar.", ["Ada Holmar"]),
        # Numbers belong to the names of products and events unless they count something.
        ("Norvia sells the Tarnel 300 and the K2 Air.", ["Norvia", "Tarnel 300", "K2 Air"]),
        ("The Chair 47 was designed by Peter Lindquell.", ["Chair 47", "Peter Lindquell"]),
        ("The Graz Design Fair 2017 was small.", ["Graz Design Fair 2017"]),
        ("In 2016 Norvia had 420 employees.", ["Norvia"]),
        # Words with a capital inside.
        ("The iKettle and the eBoil are new.", ["iKettle", "eBoil"]),
        # Other scripts.
        ("The company 株式会社ノルビア sells kettles in Japan.", ["株式会社ノルビア", "Japan"]),
        ("We sell in Москва and Αθήνα.", ["Москва", "Αθήνα"]),
        # Acronyms.
        ("The carmaker QRX opened a plant in Graz.", ["QRX", "Graz"]),
        # Words that join two halves of one name.
        ("The University of Porto works with Smith & Sons.", ["University of Porto", "Smith & Sons"]),
        ("The Ministry of the Environment paid for it.", ["Ministry of the Environment"]),
        ("She met Ana de Cruz.", ["Ana de Cruz"]),
        ("Ludwig van der Holt founded Norvia.", ["Ludwig van der Holt", "Norvia"]),
        # Legal forms, with points, commas and several words.
        ("It was sold to Halden Fold plc.", ["Halden Fold plc"]),
        ("Brenka Trade, SA and Torvik Data AS merged.", ["Brenka Trade, SA", "Torvik Data AS"]),
        ("Yukko Freight Co., Ltd. and Morva Kola a.s. agreed.", ["Yukko Freight Co., Ltd.", "Morva Kola a.s."]),
        # A letter by itself, before and behind a name.
        ("The mark comes from B Haldor in Graz.", ["B Haldor", "Graz"]),
        ("They drive a Zephyr Q in Graz.", ["Zephyr Q", "Graz"]),
        # What a body is for belongs to its name, whom somebody works for does not.
        ("It was designed by Studio Brenka for Torvik Yards.", ["Studio Brenka", "Torvik Yards"]),
        ("She won the Brenka Prize for Enterprise.", ["Brenka Prize for Enterprise"]),
        ("It was named Tram of the Year in Graz.", ["Tram of the Year", "Graz"]),
        ("He won a Compasso d'Oro in Milan.", ["Compasso d'Oro", "Milan"]),
        # A capital that only opens the sentence, a people, an amount, a nickname.
        ("Commuters in Graz have turned to buses.", ["Graz"]),
        (
            "Co-founders Maria Okandor and Peter Lindquell still run Norvia.",
            ["Maria Okandor", "Peter Lindquell", "Norvia"],
        ),
        ("The Bohemian works Torvik opened.", ["Torvik"]),
        ("Norvia had sales of EUR 2.3 billion.", ["Norvia"]),
        ('It was drawn by Maria "Mia" Okandor.', ['Maria "Mia" Okandor']),
        # Legal forms with points inside.
        ("Norvia S.p.A. is in Milan.", ["Norvia S.p.A.", "Milan"]),
        # Parts of words with a hyphen.
        ("The Lisbon-based firm Norvia grew.", ["Lisbon", "Norvia"]),
        # Possessives.
        ("He visited Norvia's Lisbon office.", ["Norvia", "Lisbon"]),
        # What is no name.
        ("Boiling water is easy.", []),
        ("German engineers built it.", []),
        ("They like Swiss lamps.", []),
        ("The new kettle is here.", []),
        ("THE NEW KETTLE IS HERE", []),
        ("Why? Because we can. Yes, it is OK.", []),
    ],
)
def test_names(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert names(annotate(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chair 7 is sold out.",
            ["Chair 7"],
            marks=bug(strict=True, reason="a noun with a number at the start of a sentence is no name"),
        ),
    ],
)
def test_names_that_are_broken_or_missed(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert names(annotate(text)) == expected


@pytest.mark.parametrize("month", ["January", "March", "April", "May", "June", "August", "September", "December"])
def test_months_are_never_names(annotate: Annotate, month: str) -> None:
    for text in (f"In {month} it closed.", f"{month} was cold.", f"It opened on 3 {month} 2017.", f"The {month} sale."):
        assert month not in " ".join(names(annotate(text))), text


def test_days_are_never_names(annotate: Annotate) -> None:
    assert names(annotate("On Monday it closed, and on Friday it opened.")) == []


def test_a_word_at_the_start_of_a_sentence_is_a_name_if_it_is_one_elsewhere(annotate: Annotate) -> None:
    assert names(annotate("Tested kettles are safe. Buyers like them.")) == []
    assert names(annotate("They asked Brightholm. Brightholm agreed.")) == ["Brightholm", "Brightholm"]


def test_every_mention_stands_at_its_span(annotate: Annotate) -> None:
    text = "“Heat for all” is what 株式会社 and Dr. Okandor of Norvia S.p.A. promised on 3 May 2017 for €300."
    annotation = annotate(text)
    assert annotation.mentions
    for mention in annotation.mentions:
        assert mention.span.of(text) == mention.surface


def test_mentions_are_sorted_and_do_not_overlap(annotate: Annotate) -> None:
    found = annotate("In March 2017 Norvia showed the Tarnel 300 at the Graz Design Fair 2017 for 290 euros.").mentions
    assert all(a.span.end <= b.span.begin for a, b in itertools.pairwise(found))


class TestPosts:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Maria Okandor is head of design at Norvia.", ["head of design"]),
            ("The managing director and the CEO left.", ["managing director", "CEO"]),
            (
                "Peter Lindquell, Vice President of Marketing and Communications, left.",
                ["Vice President of Marketing and Communications"],
            ),
            ("She is chief executive of Norvia.", ["chief executive"]),
            ("She is President of the Holmar Foundation.", ["President"]),
            ("He became vice president for sales.", ["vice president for sales"]),
            ("He is co-director.", []),
            ("Norvia has its head office in Graz.", []),
            ("The Chair 7 is sold out.", []),
            ("The sales office is shut.", []),
        ],
    )
    def test_posts(self, annotate: Annotate, text: str, expected: list[str]) -> None:
        assert posts(annotate(text)) == expected

    def test_a_post_has_its_words_as_value(self, annotate: Annotate) -> None:
        (post,) = (m for m in annotate("She is head of design.").mentions if m.annotator == "post")
        assert post.kind == "value"
        assert post.value is not None
        assert (post.value.lexical, post.value.datatype) == ("head of design", "string")

    def test_a_post_is_no_part_of_a_name(self, annotate: Annotate) -> None:
        assert names(annotate("They asked Norvia CEO Maria Okandor.")) == ["Norvia", "Maria Okandor"]


class TestQuotations:
    def test_a_quoted_motto_is_a_phrase(self, annotate: Annotate) -> None:
        (found,) = mentions(annotate("The motto is “Heat for all”."), "phrase")
        assert (found.surface, found.annotator, found.head) == ("Heat for all", "quotation", "all")

    @pytest.mark.parametrize(
        "text",
        [
            "She said: “We do not know yet what we will do with it next year.”",
            "They asked: “Who is it?”",
            "He cried “Stop!”",
        ],
    )
    def test_speech_is_no_phrase(self, annotate: Annotate, text: str) -> None:
        assert mentions(annotate(text), "phrase") == []

    def test_a_quoted_name_is_a_name(self, annotate: Annotate) -> None:
        annotation = annotate("They call it “Lumetta Air”.")
        assert len([m for m in annotation.mentions if "Lumetta" in m.surface]) == 1


class TestVotes:
    def test_honorifics_speak_for_a_person(self, annotate: Annotate, ontology: Ontology) -> None:
        found = votes(annotate("We met Mr Quorex."), ontology, "Quorex")
        assert max(found, key=lambda cls: found[cls]) == "Person"

    def test_an_honorific_stands_beside_its_name(self, annotate: Annotate) -> None:
        titles = {m.surface: m.title for m in annotate("We met Mr Quorex and Anna Berg.").mentions if m.kind == "name"}
        assert titles == {"Quorex": "Mr", "Anna Berg": ""}

    @pytest.mark.parametrize(
        ("text", "name", "cls"),
        [
            ("They like Norvia Ltd very much.", "Norvia Ltd", "Organization"),
            ("They like the University of Porto.", "University of Porto", "Organization"),
            ("They like the Graz Design Fair.", "Graz Design Fair", "Event"),
            ("They like the Aldermere Design Award.", "Aldermere Design Award", "Award"),
            ("They like the Tarnel 300.", "Tarnel 300", "Product"),
            ("They like the carmaker Quorex.", "Quorex", "Organization"),
            ("They like the designer Quorex.", "Quorex", "Person"),
            ("They like Quorex, a brewery.", "Quorex", "Organization"),
            ("They like the brand Lumetta.", "Lumetta", "Brand"),
            ("They like a brand called Lumetta.", "Lumetta", "Brand"),
            ("They flew to Norway.", "Norway", "Place"),
            ("They like the Graz Design Fair 2017.", "Graz Design Fair 2017", "Event"),
        ],
    )
    def test_words_inside_and_beside_a_name_speak_for_its_class(
        self, annotate: Annotate, ontology: Ontology, text: str, name: str, cls: str
    ) -> None:
        found = votes(annotate(text), ontology, name)
        assert max(found, key=lambda key: found[key]) == cls

    def test_what_a_name_is_called_is_kept(self, annotate: Annotate) -> None:
        (found,) = mentions(annotate("They like the old carrier Quorex."), "name")
        assert found.called == ("carrier",)

    def test_cues_are_those_of_the_ontology(self, ontology: Ontology) -> None:
        known = cues(ontology)
        assert {ontology.classes[iri].local for iri in known.noun_classes["carmaker"]} == {"Organization"}
        assert {ontology.classes[iri].local for iri in known.label_classes["PERSON"]} == {"Person"}
        assert "director" in known.value_nouns
        assert "managing" in known.value_words


class TestEvidenceForAClass:
    @pytest.mark.parametrize(
        ("text", "name", "cls"),
        [
            ("They met in Winterthur.", "Winterthur", "Place"),
            ("It was Folasade Schmidt who won.", "Folasade Schmidt", "Person"),
            ("We read of Halden Fold plc.", "Halden Fold plc", "Organization"),
            # By the sense of a noun that the ontology does not hold.
            ("The Torvik harpsichord was loud.", "Torvik", "Product"),
            ("The seamstress Brenka sang.", "Brenka", "Person"),
        ],
    )
    def test_what_is_known_beforehand_votes(
        self, annotate: Annotate, ontology: Ontology, text: str, name: str, cls: str
    ) -> None:
        found = votes(annotate(text), ontology, name)
        assert max(found, key=lambda kind: found[kind]) == cls

    def test_a_name_without_a_persons_name_in_it_is_hardly_a_person(
        self, annotate: Annotate, ontology: Ontology
    ) -> None:
        assert votes(annotate("It was sold by Torvik & Brenka."), ontology, "Torvik & Brenka").get("Person", 0) < 1


SILENT = """
@prefix : <https://kg.example/silent#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Novel a owl:Class . :Place a owl:Class . :Country a owl:Class ; rdfs:subClassOf :Place . :Harbour a owl:Class .
:setting a owl:ObjectProperty ; rdfs:domain :Novel ; rdfs:range :Place .
"""


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("silent") / "silent.ttl"
    path.write_text(SILENT, encoding="utf-8")
    return load([path])


@pytest.fixture(scope="module")
def read(silent: Ontology) -> Annotate:
    """Annotates a text under an ontology that tells nothing of names."""
    annotator = ANNOTATORS["spacy"](Settings().model, silent)
    return lambda text: annotator.annotate(Document("note", text, "note.txt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Siege of Graz was long.", ["Siege of Graz"]),
        ("The Grey Lantern is a novel.", ["The Grey Lantern"]),
        ("Salt and Lantern is a novel.", ["Salt and Lantern"]),
        ("He wrote The Grey Lantern in Graz.", ["The Grey Lantern", "Graz"]),
        ("They live in Trinidad and Tobago.", ["Trinidad and Tobago"]),
        ("(4217) Halmara was seen in Graz.", ["(4217) Halmara", "Graz"]),
    ],
)
def test_names_under_an_ontology_that_tells_nothing_of_names(read: Annotate, text: str, expected: list[str]) -> None:
    assert names(read(text)) == expected


def test_a_place_is_called_by_the_noun_before_of(read: Annotate) -> None:
    found = read("She lives in the municipality of Graz.")
    assert next(m for m in found.mentions if m.surface == "Graz").called == ("municipality",)


def test_labels_of_classes_vote_for_names(read: Annotate, silent: Ontology) -> None:
    found = read("She went to Norway and to Graz Harbour.")
    assert max(votes(found, silent, "Norway").items(), key=lambda item: item[1])[0] == "Place"
    assert votes(found, silent, "Norway")["Country"] == 3
    assert votes(found, silent, "Graz Harbour")["Harbour"] == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met at 12 Harbour Street.", ["12 Harbour Street"]),
        ("A Quiet Harbour was shown.", ["A Quiet Harbour"]),
        ("He is in Group B.", ["Group B"]),
        ("She met Peter Lindquell, Jr. in Graz.", ["Peter Lindquell, Jr.", "Graz"]),
        ("The Graz–Porto Express was late.", ["Graz–Porto Express"]),
        ("It sold 12 Kettles.", ["Kettles"]),
    ],
)
def test_where_names_begin_and_go_on(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert names(annotate(text)) == expected
