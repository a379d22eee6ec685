from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.ontology import load, shipped
from kg.rdf import ontology_graph
from kg.store import Store
from kg.validate import validate

BASE = "https://kg.example/"
BOATYARD = Path(__file__).parent / "graphs" / "boatyard.trig"
PREFIXES = """
PREFIX c: <https://w3id.org/evident-kg/company#> PREFIX e: <https://kg.example/entity/>
PREFIX person: <https://kg.example/person/> PREFIX place: <https://kg.example/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX kgv: <https://w3id.org/evident-kg/vocab#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix c: <https://w3id.org/evident-kg/company#> .\n"


def graph(folder: Path, update: str = "") -> Store:
    """The boatyard, changed by an update, with the shipped ontology."""
    changed = ox.Store()
    changed.load(path=str(BOATYARD), format=ox.RdfFormat.TRIG)
    changed.update(PREFIXES + update)
    changed.remove_graph(ox.NamedNode(BASE + "graph/ontology"))
    changed.extend(ontology_graph(load([shipped("company.ttl")]), BASE))
    with Store.open(folder, create=True) as writer:
        for name in [None, *(found.value for found in changed.named_graphs() if isinstance(found, ox.NamedNode))]:
            place = ox.DefaultGraph() if name is None else ox.NamedNode(name)
            writer.put(name, set(changed.quads_for_pattern(None, None, None, place)))
        writer.manifest = {"base": BASE, "prefixes": {}}
    return Store.view(folder)


def findings(folder: Path, update: str) -> list[tuple[str, str]]:
    with graph(folder, update) as store:
        report = validate(store, shipped("shapes.ttl"))
    assert not report.findings or all(found.hint for found in report.findings)
    return [(found.where, found.what) for found in report.findings]


def test_a_sound_graph_conforms(tmp_path: Path) -> None:
    with graph(tmp_path) as store:
        report = validate(store, shipped("shapes.ttl"))
    assert report.findings == ()
    assert report.conforms
    assert report.checked > 40


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (
            "place:tønder c:founder person:ines-falk",
            "Tønder <https",
            "Only an organization or a brand can have a founder",
        ),
        (
            "e:heron-9 c:suppliedBy place:tønder",
            "Heron 9 <",
            "company:suppliedBy must be an organization",
        ),
        ('e:larkspur-marine c:produces "boats"', "Larkspur Marine <", "must be a product. Found: “boats”"),
        ('e:heron-12 c:launchDate "soon"', "Heron 12 <", "company:launchDate must be a date"),
        ("e:larkspur-marine c:numberOfEmployees -3", "Larkspur Marine <", "must be a whole number"),
        (
            'e:larkspur-marine c:foundingDate "2008"^^xsd:gYear',
            "Larkspur Marine <",
            "warning: There are several values",
        ),
        ('person:ines-falk c:jobTitle ""', "Ines Falk <", "must be a text that is not empty"),
        ("e:heron-9 c:price place:tønder", "Heron 9 <", "company:price must be an amount of money. Found: Tønder <"),
        (
            '<https://kg.example/amount/29990-EUR> schema:currency "euro"',
            "29990 EUR <",
            "the three letters of ISO 4217",
        ),
        ("e:new a c:Person", "<https://kg.example/entity/new>", "must have one label"),
        ("place:tønder a c:Person", "Tønder <", "must have one type"),
        ('place:tønder skos:altLabel "Tønder"@en', "Tønder <", "warning: An alias repeats"),
    ],
)
def test_what_the_ontology_does_not_allow_is_found(tmp_path: Path, data: str, where: str, what: str) -> None:
    found = findings(tmp_path, f"INSERT DATA {{ {data} }}")
    assert any(place.startswith(where) and what in said for place, said in found), found


def test_every_property_of_the_ontology_has_a_shape() -> None:
    text = shipped("shapes.ttl").read_text(encoding="utf-8")
    ontology = load([shipped("company.ttl")])
    assert len(ontology.properties) >= 29
    for known in ontology.properties.values():
        assert f"sh:path company:{known.local} ;" in text, known.local
    for cls in ontology.classes.values():
        if cls.iri.startswith("https://w3id.org/evident-kg/company#"):
            assert f"company:{cls.local}" in text, cls.local


def test_shapes_and_ontology_agree_on_domains_and_ranges(tmp_path: Path) -> None:
    """What the ontology allows, the shapes allow: a thing of each domain with a thing of each range."""
    ontology = load([shipped("company.ttl")])
    names = {cls.iri: cls.local for cls in ontology.classes.values()}
    data = [f'e:{local} a c:{local} ; rdfs:label "{local}" ; skos:prefLabel "{local}"@en .' for local in names.values()]
    for known in ontology.properties.values():
        if known.datatype is None:
            for one in known.domain or names:
                data += [
                    f"e:{names[one]} c:{known.local} e:{names[other]} ." for other in known.range if other in names
                ]
    assert len(data) > 50
    found = findings(tmp_path, f"INSERT DATA {{ {' '.join(data)} }}")
    assert [said for _, said in found if "no asserted statement" not in said] == []


def test_a_fact_without_evidence_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path, "INSERT DATA { e:ostrava-sails c:headquarters place:tønder }")
    assert [said for _, said in found] == [
        "This fact has no asserted statement behind it: headquarters Tønder <https://kg.example/place/tønder>."
    ]


def test_a_denied_statement_is_no_evidence(tmp_path: Path) -> None:
    found = findings(tmp_path, "INSERT DATA { e:larkspur-marine c:produces e:heron-12 }")
    assert [said for _, said in found if "no asserted statement" in said]


def test_a_symmetric_fact_may_be_stated_the_other_way(tmp_path: Path) -> None:
    turned = "DELETE { ?a c:partnerOf ?b } INSERT { ?b c:partnerOf ?a } WHERE { ?a c:partnerOf ?b }"
    assert findings(tmp_path, turned) == []


def test_a_statement_without_its_fact_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path, "DELETE WHERE { ?s c:pursues ?o }")
    assert len(found) == 1
    assert "asserted, and its fact is missing: pursues Quiet Sailing" in found[0][1]


def test_a_quote_that_does_not_stand_in_its_sentence_is_found(tmp_path: Path) -> None:
    update = """
    DELETE { GRAPH ?g { ?st kgv:quote ?q } } INSERT { GRAPH ?g { ?st kgv:quote "invented" } }
    WHERE { GRAPH ?g { ?st rdf:predicate c:headquarters ; kgv:quote ?q } }"""
    found = findings(tmp_path, update)
    assert [said for _, said in found] == [
        "This statement has no sentence that holds its quote: headquarters Tønder <https://kg.example/place/tønder>."
    ]


def test_findings_are_sorted_and_the_same_every_time(tmp_path: Path) -> None:
    update = 'INSERT DATA { place:tønder c:founder e:heron-9 . e:heron-9 c:produces "b", "a" . e:new a c:Award }'
    one, other = findings(tmp_path / "one", update), findings(tmp_path / "other", update)
    assert one == other == sorted(one)
    assert len(one) > 5


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"", "no SHACL shape"),
        (b"\xff\xfe", "no Turtle"),
        (HEAD.encode() + b"\n c:a c:b", "no Turtle"),
        (HEAD.encode() + b'c:x a sh:NodeShape ; sh:targetClass c:Person ; sh:property "p" .', "cannot be used"),
        (HEAD.encode() + b'c:x a sh:NodeShape ; sh:targetClass c:Person ; sh:pattern "(" .', "cannot be used"),
        (
            HEAD.encode()
            + b'c:x a sh:NodeShape ; sh:targetClass c:Person ; sh:property [ sh:path c:p ; sh:minCount "p" ] .',
            "cannot be used",
        ),
    ],
)
def test_shapes_that_cannot_be_used_are_told_with_their_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: bytes, what: str
) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_bytes(text)
    with graph(tmp_path) as store, pytest.raises(OntologyError, match=what) as caught:
        validate(store, shapes)
    assert str(shapes) in caught.value.where
    assert capfd.readouterr() == ("", "")


def test_missing_shapes_are_told(tmp_path: Path) -> None:
    with graph(tmp_path) as store, pytest.raises(OntologyError, match=r"none\.ttl: the shapes cannot be read"):
        validate(store, tmp_path / "none.ttl")


def test_ill_typed_literals_in_shapes_say_nothing_on_the_way(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(HEAD + '[] sh:order "x"^^<http://www.w3.org/2001/XMLSchema#hexBinary> .')
    with graph(tmp_path / "graph") as store:
        validate(store, shapes)
    assert capfd.readouterr().err == ""
