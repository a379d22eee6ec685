from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import OntologyError
from kg.ontology import Ontology, load, shipped

X = "https://example.org/zoo#"
TURTLE = """
@prefix : <https://example.org/zoo#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:Animal a owl:Class ; rdfs:label "animal"@en, "Tier"@de ; skos:altLabel "beast"@en, "creature" ;
    skos:definition "What breathes."@en .
:Bird a owl:Class ; rdfs:subClassOf :Animal ; rdfs:label "bird"@en ; kgv:nameWord "Owl" ; kgv:nerLabel "BIRD" .
:Penguin a rdfs:Class ; rdfs:subClassOf :Bird ; kgv:namePattern "^P" ; kgv:mentionedAs kgv:Name .
:Zoo a owl:Class ; kgv:mentionedAs kgv:Phrase, kgv:Noun .
:livesIn a owl:ObjectProperty ; rdfs:domain [ a owl:Class ; owl:unionOf ( :Bird :Animal ) ] ; rdfs:range :Zoo ;
    rdfs:label "lives in"@en, "lebt in"@de ; skos:prefLabel "dwells in"@en ; skos:altLabel "home"@en-GB ;
    rdfs:comment '''Where it
        lives.''' ; kgv:phrase "?s lives in ?o"@en, "?s lebt in ?o"@de ; owl:inverseOf :houses .
:houses a owl:ObjectProperty ; schema:domainIncludes :Zoo ; schema:rangeIncludes :Bird, :Animal .
:nestsIn a owl:ObjectProperty ; rdfs:subPropertyOf :livesIn ; rdfs:domain owl:Thing .
:broodsIn a rdf:Property ; rdfs:subPropertyOf :nestsIn .
:friendOf a owl:SymmetricProperty ; rdfs:domain :Animal ; rdfs:range :Animal .
:hatched a owl:DatatypeProperty ; rdfs:domain :Animal ; rdfs:range xsd:gYear .
:eggs a owl:DatatypeProperty ; rdfs:range xsd:integer .
:weight a owl:DatatypeProperty ; rdfs:range xsd:decimal .
:nickname a owl:DatatypeProperty ; kgv:valueNoun "name" ; kgv:valueWord "pet" .
:motto a rdf:Property ; rdfs:range rdfs:Literal .
:ticket a owl:ObjectProperty ; rdfs:range schema:MonetaryAmount .
:note a owl:AnnotationProperty, rdf:Property .
"""
SYNTAXES = {"zoo.ttl": "turtle", "zoo.rdf": "xml", "zoo.owl": "xml", "zoo.nt": "nt", "zoo.jsonld": "json-ld"}


def written(folder: Path, text: str = TURTLE, name: str = "zoo.ttl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    return load([written(tmp_path_factory.mktemp("zoo"))])


@pytest.mark.parametrize("name", SYNTAXES)
def test_every_syntax_gives_the_same(tmp_path: Path, zoo: Ontology, name: str) -> None:
    Graph().parse(data=TURTLE, format="turtle").serialize(tmp_path / name, format=SYNTAXES[name], encoding="utf-8")
    found = load([tmp_path / name])
    assert found.classes == zoo.classes
    assert found.properties == zoo.properties
    assert (found.notices, found.digest, found.ntriples) == (zoo.notices, zoo.digest, zoo.ntriples)


def test_several_files_are_one_ontology(tmp_path: Path) -> None:
    one = written(tmp_path, "<urn:p> a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> .", "one.ttl")
    two = written(tmp_path, '<urn:p> <http://www.w3.org/2000/01/rdf-schema#label> "pats" .', "two.ttl")
    assert load([one, two]).properties["urn:p"].label == "pats"
    assert load([one, two]).digest == load([two, one]).digest


def test_labels_of_classes(zoo: Ontology) -> None:
    animal = zoo.classes[X + "Animal"]
    assert (animal.label, animal.definition) == ("animal", "What breathes.")
    assert animal.nouns == ("animal", "beast", "creature")
    penguin = zoo.classes[X + "Penguin"]
    assert (penguin.label, penguin.nouns, penguin.definition) == ("Penguin", ("penguin",), "")


def test_superclasses_are_followed_to_the_top(zoo: Ontology) -> None:
    assert zoo.classes[X + "Penguin"].ancestors == {X + "Penguin", X + "Bird", X + "Animal"}
    assert zoo.classes[X + "Animal"].ancestors == {X + "Animal"}


def test_a_circle_of_superclasses_ends(tmp_path: Path) -> None:
    circle = TURTLE + ":Animal rdfs:subClassOf :Penguin . :livesIn rdfs:subPropertyOf :broodsIn ."
    found = load([written(tmp_path, circle)])
    assert found.classes[X + "Animal"].ancestors == {X + "Penguin", X + "Bird", X + "Animal"}
    assert found.properties[X + "livesIn"].parents == {X + "broodsIn", X + "nestsIn"}


def test_how_things_of_a_class_are_mentioned(zoo: Ontology) -> None:
    ways = {c.local: (c.by_name, c.by_phrase, c.by_noun) for c in zoo.classes.values()}
    assert ways == {
        "Animal": (True, False, True),
        "Bird": (True, False, True),
        "Penguin": (True, False, False),
        "Zoo": (False, True, True),
    }
    assert (zoo.classes[X + "Bird"].name_words, zoo.classes[X + "Bird"].ner_labels) == (("Owl",), ("BIRD",))
    assert zoo.classes[X + "Penguin"].name_patterns == ("^P",)


def test_labels_of_properties_the_preferred_first_and_english_only(zoo: Ontology) -> None:
    lives = zoo.properties[X + "livesIn"]
    assert lives.labels == ("dwells in", "lives in", "home")
    assert lives.phrases == ("?s lives in ?o",)
    assert lives.definition == "Where it lives."
    assert zoo.properties[X + "broodsIn"].labels == ("broods in",)


def test_unions_and_includes_are_alternatives(zoo: Ontology) -> None:
    assert zoo.properties[X + "livesIn"].domain == {X + "Bird", X + "Animal"}
    assert zoo.properties[X + "houses"].range == {X + "Bird", X + "Animal"}
    assert zoo.properties[X + "houses"].domain == {X + "Zoo"}
    assert zoo.properties[X + "nestsIn"].domain == frozenset()


def test_superproperties_symmetry_and_inverses(zoo: Ontology) -> None:
    assert zoo.properties[X + "broodsIn"].parents == {X + "nestsIn", X + "livesIn"}
    assert {p.local for p in zoo.properties.values() if p.symmetric} == {"friendOf"}
    assert zoo.properties[X + "livesIn"].inverse == X + "houses"
    assert zoo.properties[X + "houses"].inverse == X + "livesIn"


def test_datatypes(zoo: Ontology) -> None:
    assert {p.local: p.datatype for p in zoo.properties.values() if p.datatype} == {
        "eggs": "integer",
        "hatched": "date",
        "motto": "string",
        "nickname": "string",
        "ticket": "amount",
        "weight": "decimal",
    }
    assert all(not p.range for p in zoo.properties.values() if p.datatype)


def test_annotation_properties_are_none(zoo: Ontology) -> None:
    assert X + "note" not in zoo.properties


def test_values_of_a_property(zoo: Ontology) -> None:
    nickname = zoo.properties[X + "nickname"]
    assert (nickname.value_nouns, nickname.value_words) == (("name",), ("pet",))
    assert zoo.properties[X + "motto"].value_nouns == ()


def test_persons_are_told_by_a_recognisers_label_and_their_subclasses(tmp_path: Path, zoo: Ontology) -> None:
    assert zoo.persons() == frozenset()
    keepers = TURTLE + ':Keeper a owl:Class ; kgv:nerLabel "PERSON" . :Vet a owl:Class ; rdfs:subClassOf :Keeper .'
    assert load([written(tmp_path, keepers)]).persons() == {X + "Keeper", X + "Vet"}


def test_what_fits(zoo: Ontology) -> None:
    assert zoo.fits(X + "Penguin", frozenset({X + "Animal", X + "Zoo"}))
    assert not zoo.fits(X + "Animal", frozenset({X + "Penguin"}))
    assert zoo.fits("urn:unknown", frozenset())
    assert zoo.fits("urn:unknown", frozenset({"urn:unknown"}))


def test_prefixes(zoo: Ontology) -> None:
    assert zoo.prefixes["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert "" not in zoo.prefixes


def test_the_notices_say_what_is_lacking(zoo: Ontology) -> None:
    phrases, domain, range_ = zoo.notices
    assert phrases.startswith("10 of 11 properties have no phrases (kgv:phrase); only their labels are looked for: ")
    assert phrases.endswith("broodsIn, eggs, friendOf, hatched, houses, motto and 4 more")
    assert domain.endswith("no domain: broodsIn, eggs, motto, nestsIn, nickname, ticket and 1 more")
    assert range_ == "2 of 11 properties have no range: broodsIn, nestsIn"


def test_labels_only(tmp_path: Path) -> None:
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <urn:likes> a owl:ObjectProperty ; rdfs:label "likes" ."""
    found = load([written(tmp_path, text)])
    assert found.properties["urn:likes"].labels == ("likes",)
    assert [notice.partition(": ")[0] for notice in found.notices] == [
        "1 of 1 properties have no phrases (kgv:phrase); only their labels are looked for",
        "1 of 1 properties have no domain",
        "1 of 1 properties have no range",
        "there are no classes; every name fits everywhere",
    ]


def test_a_class_that_is_only_used_is_one(tmp_path: Path) -> None:
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <urn:likes> a owl:ObjectProperty ; rdfs:domain <urn:x/GreatApe> ; rdfs:range rdfs:Literal ."""
    found = load([written(tmp_path, text)])
    assert {c.label for c in found.classes.values()} == {"great ape"}


def test_the_digest_changes_with_a_phrase(tmp_path: Path, zoo: Ontology) -> None:
    changed = load([written(tmp_path, TURTLE.replace("?s lives in ?o", "?s dwells in ?o"))])
    assert changed.digest != zoo.digest


def test_the_digest_stays_when_the_file_is_only_written_otherwise(tmp_path: Path, zoo: Ontology) -> None:
    head, body = TURTLE.split("\n\n")
    statements = body.removesuffix(" .\n").split(" .\n")
    turned = head + "\n" + " .\n\n".join(reversed(statements)) + " .\n# a remark\n"
    again = load([written(tmp_path, turned)])
    assert (again.digest, again.ntriples) == (zoo.digest, zoo.ntriples)


def test_the_triples_are_sorted_and_whole(zoo: Ontology) -> None:
    lines = zoo.ntriples.splitlines()
    assert lines == sorted(lines)
    assert len(Graph().parse(data=zoo.ntriples, format="nt")) == len(Graph().parse(data=TURTLE, format="turtle"))


@pytest.mark.parametrize(
    ("more", "count"),
    [
        (":Bird rdfs:subClassOf [ owl:onProperty :livesIn ; owl:someValuesFrom :Zoo ] . " * 300, 900),
        (
            "".join(f":K{i} rdfs:subClassOf [ owl:onProperty :eggs ; owl:someValuesFrom :Zoo ] . " for i in range(300)),
            900,
        ),
        (f":motto rdfs:seeAlso ({' 1' * 300}) .", 601),
        ("".join(f"_:a{i} :motto _:a{j} . " for i in range(12) for j in range(12)), 144),
    ],
    ids=["equal restrictions", "many restrictions", "a list of equal elements", "all with all"],
)
def test_blank_nodes_that_say_the_same_are_kept_without_a_search(
    tmp_path: Path, zoo: Ontology, more: str, count: int
) -> None:
    made = load([written(tmp_path, TURTLE + more)])
    assert made.ntriples.count("\n") == zoo.ntriples.count("\n") + count
    assert load([written(tmp_path, TURTLE + more.replace("_:a", "_:other"))]).digest == made.digest


def failure(path: Path) -> OntologyError:
    with pytest.raises(OntologyError) as caught:
        load([path])
    assert caught.value.hint
    return caught.value


def test_a_missing_file(tmp_path: Path) -> None:
    error = failure(tmp_path / "none.ttl")
    assert (error.where, error.what) == (str(tmp_path / "none.ttl"), "cannot be read: No such file or directory")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    assert failure(tmp_path / "folder.ttl").what == "cannot be read: Is a directory"


@pytest.mark.parametrize("name", ["zoo.docx", "zoo", "zoo.csv"])
def test_an_unknown_suffix(tmp_path: Path, name: str) -> None:
    error = failure(written(tmp_path, name=name))
    assert "names no RDF syntax" in error.what
    assert ".ttl" in error.hint


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("bad.ttl", "@prefix : <urn:x> .\n:a :b :c .\n:a :b\n:c :d .\n", 4),
        ("bad.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<a b></a>\n</rdf:RDF>\n', 2),
        ("bad.jsonld", '{\n "@id": ,\n}', 2),
        ("bad.nt", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> c .\n", 2),
    ],
    ids=["ttl", "rdf", "jsonld", "nt"],
)
def test_a_syntax_error_is_told_with_its_line(tmp_path: Path, name: str, text: str, line: int) -> None:
    path = written(tmp_path, text, name)
    error = failure(path)
    assert error.where == f"{path}:{line}"
    assert "does not parse as" in error.what
    assert "Traceback" not in error.what


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "zoo.ttl").write_bytes(data)
    failure(tmp_path / "zoo.ttl")


def test_a_broken_list_of_classes(tmp_path: Path) -> None:
    loop = "_:u owl:unionOf _:l . _:l rdf:first :Zoo ; rdf:rest _:l . :houses rdfs:range _:u ."
    assert "a list of classes is broken" in failure(written(tmp_path, TURTLE + loop)).what


def test_a_pattern_that_is_no_regular_expression(tmp_path: Path) -> None:
    error = failure(written(tmp_path, TURTLE.replace('"^P"', '"^(P"')))
    assert error.where == X + "Penguin"
    assert "'^(P' is no regular expression" in error.what


def test_no_properties(tmp_path: Path) -> None:
    error = failure(written(tmp_path, "<urn:A> a <http://www.w3.org/2002/07/owl#Class> ."))
    assert error.what == "no property found"
    assert "owl:ObjectProperty" in error.hint


@pytest.mark.parametrize("name", ["company.ttl", "shapes.ttl", "vocab.ttl", "queries", "examples"])
def test_what_ships_is_found(name: str) -> None:
    assert shipped(name).exists()


def test_what_does_not_ship_is_an_error() -> None:
    with pytest.raises(OntologyError, match="the shipped ontology lacks"):
        shipped("none.ttl")


def test_the_shipped_ontology_is_whole(company: Ontology) -> None:
    assert all(p.phrases for p in company.properties.values())
    assert all(p.definition for p in company.properties.values())
    assert all(c.definition for iri, c in company.classes.items() if iri.startswith("https://w3id.org/evident-kg/"))
    assert not [n for n in company.notices if "no phrases" in n or "no range" in n]
    for prop in company.properties.values():
        assert not [p for p in prop.phrases if "?s" not in p or "?o" not in p], prop.local


def test_what_can_be_read_and_not_written_is_an_error(tmp_path: Path) -> None:
    for term in ("<a b>", '"\\uD800"'):
        error = failure(written(tmp_path, f"{TURTLE}:eggs rdfs:seeAlso {term} ."))
        assert error.what.startswith("holds what RDF cannot")
        error.message().encode()


def test_an_ill_typed_literal_is_no_error_and_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, TURTLE + ':eggs rdfs:comment "x"^^xsd:hexBinary , "2017-13-45"^^xsd:date .')
    assert X + "eggs" in load([path]).properties
    assert capfd.readouterr() == ("", "")


def test_nothing_is_fetched_for_json_ld(tmp_path: Path) -> None:
    far = "http://localhost:9/context.jsonld"
    for context in (
        f'"{far}"',
        f'[{{}}, "{far}"]',
        f'{{"@import": "{far}"}}',
        f'{{"a": {{"@id": "urn:a", "@context": "{far}"}}}}',
    ):
        error = failure(written(tmp_path, f'{{"@context": {context}, "@id": "urn:x"}}', "zoo.jsonld"))
        assert error.what == f"its context {far!r} is another file, and nothing is fetched"


@pytest.mark.parametrize("value", ['"&a;&a;"', "'x&a;'", '"&#38;a;"', "'&#x26;a;'"])
def test_entities_made_of_entities_are_refused_before_they_fill_the_memory(tmp_path: Path, value: str) -> None:
    head = f'<!DOCTYPE r [<!ENTITY a "urn:a#">\n<!ENTITY b {value}>]>'
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    for name, encoding in (("zoo.owl", "utf-8"), ("zoo.rdf", "utf-16"), ("zoo.trix", "utf-8")):
        path = tmp_path / name
        path.write_bytes((head + rdf).encode(encoding))
        assert failure(path).what == "an entity is made of others"


def test_the_usual_entities_of_an_owl_file_are_read(tmp_path: Path) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    text = (
        f'<!DOCTYPE rdf:RDF [<!ENTITY rdf "{rdf}"><!ENTITY amp "&#38;#38;"><!ENTITY zoo "{X}">]>'
        f'<rdf:RDF xmlns:rdf="{rdf}"><rdf:Property rdf:about="&zoo;eggs"/></rdf:RDF>'
    )
    assert list(load([written(tmp_path, text, "zoo.owl")]).properties) == [X + "eggs"]
