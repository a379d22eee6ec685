"""Every fact stands on words of a document: read again, the documents hold what the store says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.model import STANCES, Document
from kg.ontology import Ontology
from kg.pipeline import build
from kg.rdf.iris import document_iri, evidence_graph_iri
from kg.rdf.namespaces import PREFIXES
from kg.read import read
from kg.store import Store

pytestmark = pytest.mark.model
BASE = Settings().base
KGV = PREFIXES["kgv"]


@dataclass(frozen=True)
class Built:
    """An open graph and the documents it was made from, by the IRI of their evidence graph."""

    store: Store
    documents: dict[str, Document]

    def ask(self, pattern: str) -> list[dict[str, Any]]:
        """Solutions of a group pattern: integers as int, all other terms as their words."""
        found = self.store.quads.query(f"SELECT * {{ {pattern} }}", prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in found]


def _plain(term: object) -> str | int | None:
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#integer"):
        return int(term.value)
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else None


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> tuple[Path, list[str]]:
    """The output folder of the documents outside the project, and these."""
    folder, sources = tmp_path_factory.mktemp("outside"), [str(shared / "seeds"), str(shared / "gold" / "*.json")]
    if not (shared / "seeds").is_dir():
        pytest.skip("the shared documents are not here")
    build(sources, Settings(output=str(folder)))
    return folder, sources


@pytest.fixture(scope="module", params=["data", pytest.param("shared", marks=pytest.mark.shared)])
def built(request: pytest.FixtureRequest, root: Path) -> Iterator[Built]:
    if request.param == "data":
        folder, sources = request.getfixturevalue("corpus"), [str(root / "data")]
    else:
        folder, sources = request.getfixturevalue("outside")
    documents: dict[str, Document] = {}
    for item in read(sources, max_bytes=Settings().max_bytes):
        assert isinstance(item, Document)
        documents[evidence_graph_iri(BASE, item.id)] = item
    with Store.view(folder) as store:
        yield Built(store, documents)


def test_the_store_holds_exactly_these_documents(built: Built) -> None:
    rows = built.ask("GRAPH ?g { ?d a foaf:Document ; dcterms:identifier ?id ; kgv:sha256 ?sha }")
    found = {row["g"]: (row["d"], row["id"], row["sha"]) for row in rows}
    assert found == {g: (document_iri(BASE, d.id), d.id, d.sha256) for g, d in built.documents.items()}
    assert len(rows) == len(built.documents) >= 9


@pytest.mark.parametrize(
    ("kind", "words"), [("kgv:Sentence", "kgv:text"), ("kgv:Mention", "kgv:quote"), ("rdf:Statement", "kgv:quote")]
)
def test_the_words_stand_at_their_offsets(built: Built, kind: str, words: str) -> None:
    rows = built.ask(
        f"GRAPH ?g {{ ?x a {kind} ; kgv:inDocument ?d ; kgv:beginOffset ?begin ; kgv:endOffset ?end ; {words} ?words }}"
    )
    for row in rows:
        document = built.documents[row["g"]]
        assert row["d"] == document_iri(BASE, document.id)
        assert document.text[row["begin"] : row["end"]] == row["words"], row["x"]
        assert row["words"].strip()
    assert len(rows) == len(built.ask(f"GRAPH ?g {{ ?x a {kind} }}"))
    silent = set(built.documents) - {row["g"] for row in rows}
    assert not silent


def test_a_statement_stands_inside_its_sentence(built: Built) -> None:
    rows = built.ask(
        "GRAPH ?g { ?st a rdf:Statement ; kgv:beginOffset ?b ; kgv:endOffset ?e ; prov:wasDerivedFrom ?s ."
        " ?s a kgv:Sentence ; kgv:beginOffset ?first ; kgv:endOffset ?last }"
    )
    assert rows
    assert all(row["first"] <= row["b"] < row["e"] <= row["last"] for row in rows)
    assert len(rows) == len(built.ask("GRAPH ?g { ?st a rdf:Statement }"))


def test_sentences_do_not_overlap(built: Built) -> None:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in built.ask("GRAPH ?g { ?s a kgv:Sentence ; kgv:beginOffset ?b ; kgv:endOffset ?e }"):
        spans[row["g"]].append((row["b"], row["e"]))
    for found in spans.values():
        found.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(found))


RECORDS = "GRAPH ?g { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance }"


def facts(built: Built, company: Ontology) -> set[tuple[str, str, str]]:
    """The triples of the default graph whose predicate is a property of the ontology."""
    return {(r["s"], r["p"], str(r["o"])) for r in built.ask("?s ?p ?o") if r["p"] in company.properties}


def test_every_asserted_triple_has_a_record_and_every_record_a_triple(built: Built, company: Ontology) -> None:
    symmetric = {iri for iri, prop in company.properties.items() if prop.symmetric}
    told = {(r["s"], r["p"], str(r["o"])) for r in built.ask(RECORDS) if r["stance"] == KGV + "asserted"}
    stored = facts(built, company)
    assert stored
    assert stored <= told
    assert all(p in symmetric and (o, p, s) in stored for s, p, o in told - stored)


def test_what_is_not_asserted_is_no_fact_unless_it_is_asserted_elsewhere(built: Built, company: Ontology) -> None:
    rows = built.ask(RECORDS)
    asserted = {(r["s"], r["p"], str(r["o"])) for r in rows if r["stance"] == KGV + "asserted"}
    other = {(r["s"], r["p"], str(r["o"])) for r in rows} - asserted
    assert other
    assert not other & facts(built, company)


def test_every_stance_is_one_of_ours_and_every_belief_in_range(built: Built) -> None:
    rows = built.ask("GRAPH ?g { ?st kgv:stance ?stance ; kgv:confidence ?belief ; kgv:rule ?rule }")
    stances = Counter(row["stance"].removeprefix(KGV) for row in rows)
    assert set(stances) <= set(STANCES)
    assert all(0 < Decimal(row["belief"]) <= 1 and row["rule"] for row in rows)


def test_every_named_mention_is_a_name_of_its_entity(built: Built) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for row in built.ask("?e rdfs:label|skos:altLabel ?name"):
        names[row["e"]].add(row["name"])
    rows = built.ask("GRAPH ?g { ?m kgv:refersTo ?e ; kgv:quote ?words ; kgv:named true }")
    assert rows
    assert not [row for row in rows if row["words"] not in names[row["e"]]]


def test_every_entity_that_is_spoken_of_has_a_label_and_a_class(built: Built, company: Ontology) -> None:
    typed = {row["e"] for row in built.ask("?e a ?class ; rdfs:label ?label") if row["class"] in company.classes}
    spoken = {r["s"] for r in built.ask("GRAPH ?g { ?st rdf:subject|kgv:speaker|kgv:place ?s }")}
    objects = {r["s"] for r in built.ask("GRAPH ?g { ?st rdf:object ?s FILTER(isIRI(?s)) }")}
    spoken |= {iri for iri in objects if not iri.startswith(BASE + "amount/")}
    assert spoken
    assert spoken <= typed


def test_every_thing_stands_in_the_folder_of_its_kind(built: Built, company: Ontology) -> None:
    persons = company.persons()
    things = [row for row in built.ask("?e a ?class") if row["class"] in company.classes]
    assert {row["e"].removeprefix(BASE).partition("/")[0] for row in things} <= {"entity", "person", "place", "phrase"}
    for row in things:
        folder, _, slug = row["e"].removeprefix(BASE).partition("/")
        cls = company.classes[row["class"]]
        assert (folder == "person") == (cls.iri in persons), row
        assert (folder == "phrase") == (not cls.by_name), row
        assert slug, row
        assert "/" not in slug, row


def test_what_is_replaced_is_described_no_more(built: Built) -> None:
    replaced = {row["old"]: row["new"] for row in built.ask("?old dcterms:isReplacedBy ?new")}
    described = {row["e"] for row in built.ask("?e a ?class")}
    assert not described & set(replaced)
    assert set(replaced.values()) <= described


def test_every_fact_fits_domain_and_range(built: Built, company: Ontology) -> None:
    types = {row["e"]: row["class"] for row in built.ask("?e a ?class") if row["class"] in company.classes}
    for s, p, o in facts(built, company):
        prop = company.properties[p]
        assert company.fits(types[s], prop.domain), (s, p, o)
        if prop.datatype is None:
            assert company.fits(types[o], prop.range), (s, p, o)
