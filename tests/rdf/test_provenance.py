from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from kg.model import Document, Entity, EntityMention, Evidence, Span, Statement, Value
from kg.rdf import Spoken, by_document, evidence_graph, prefixes
from kg.rdf.namespaces import KGV, RDF, XSD
from tests.things import things

BASE = "https://kg.example/"
E = BASE + "entity/"
HOME = BASE + "document/a%20b%2F%C3%BC"
SHIPPED = "rules-0.1.0"


def evidence(document: Document, statements: list[Statement], mentions: list[EntityMention]) -> ox.Store:
    """A store with the evidence of one document, all of it about one entity."""
    spoken = [(E + "varnholt", thing) for _, thing in things(mentions)]
    store = ox.Store()
    store.extend(evidence_graph(document, [Span(0, 36)], spoken, statements, base=BASE, extractor=SHIPPED))
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    query = f"ASK {{ GRAPH <{BASE}graph/evidence/a%20b%2F%C3%BC> {{ {pattern} }} }}"
    return bool(store.query(query, prefixes=prefixes(BASE)))


def test_the_document_is_described(document: Document) -> None:
    store = evidence(document, [], [])
    assert ask(
        store,
        f'<{HOME}> a foaf:Document ; dcterms:identifier "a b/ü" ; dcterms:source "a.txt" ; dcterms:title "Lutes" ; '
        f'dcterms:date "2017-05"^^xsd:gYearMonth ; kgv:sha256 "{document.sha256}"',
    )


def test_what_is_not_known_of_a_document_is_left_out(document: Document) -> None:
    store = evidence(replace(document, date=None, title=None), [], [])
    assert not ask(store, f"<{HOME}> dcterms:date|dcterms:title ?o")
    assert ask(evidence(replace(document, date="spring"), [], []), f'<{HOME}> dcterms:date "spring"')


def test_sentences_carry_their_words(document: Document) -> None:
    assert ask(
        evidence(document, [], []),
        f"<{HOME}#char=0,36> a kgv:Sentence ; kgv:inDocument <{HOME}> ; kgv:beginOffset 0 ; kgv:endOffset 36 ; "
        'kgv:text "Varnholt Lutes costs 29,990 euros 😀."',
    )


def test_mentions_refer_to_entities(document: Document) -> None:
    mentions = [
        EntityMention("a b/ü", Span(0, 14), True),
        EntityMention("a b/ü", Span(37, 39), False),
    ]
    store = evidence(document, [], mentions)
    assert ask(
        store,
        f"<{HOME}#mention=0,14> a kgv:Mention ; kgv:refersTo e:varnholt ; kgv:inDocument <{HOME}> ; "
        'kgv:beginOffset 0 ; kgv:endOffset 14 ; kgv:quote "Varnholt Lutes" ; kgv:named true',
    )
    assert ask(store, f'<{HOME}#mention=37,39> kgv:quote "It" ; kgv:named false')


def test_a_record_tells_all_that_is_known(document: Document, statement: Statement) -> None:
    full = structs.replace(
        statement, speaker=E + "ada", time=Value("2017", "gYear"), place=E + "tonder", stance="reported"
    )
    store = evidence(document, [full], [])
    assert ask(
        store,
        "?r a rdf:Statement, prov:Entity ; rdf:subject e:varnholt ; rdf:object <https://kg.example/amount/29990-EUR> ; "
        f"rdf:predicate <{statement.predicate}> ; prov:wasDerivedFrom <{HOME}#char=0,36> ; kgv:rule 'costs' ; "
        "prov:wasGeneratedBy <https://kg.example/extractor/rules-0.1.0> ; kgv:stance kgv:reported ; "
        "kgv:confidence 0.87 ; kgv:speaker e:ada ; kgv:time '2017'^^xsd:gYear ; kgv:place e:tonder ; "
        f"kgv:quote 'costs 29,990 euros' ; kgv:beginOffset 15 ; kgv:endOffset 33 ; kgv:inDocument <{HOME}>",
    )
    plain = evidence(document, [statement], [])
    assert not ask(plain, "?r kgv:speaker|kgv:time|kgv:place ?o")


def test_a_statement_in_a_sentence_that_was_not_listed_still_finds_it(document: Document, partners: Statement) -> None:
    assert ask(evidence(document, [partners], []), "?r prov:wasDerivedFrom/kgv:text 'It may work with Oudry.'")


def test_one_record_has_one_confidence(document: Document, statement: Statement) -> None:
    weaker = structs.replace(statement, confidence=0.3)
    for order in ([statement, weaker], [weaker, statement]):
        store = evidence(document, order, [])
        found = list(store.quads_for_pattern(None, ox.NamedNode(KGV + "confidence"), None, None))
        assert [str(quad.object) for quad in found] == [f'"0.87"^^<{XSD}decimal>']


def test_mentions_and_statements_by_document(entities: list[Entity], statement: Statement) -> None:
    elsewhere = structs.replace(statement, document="other")
    found = by_document(entities, [statement, elsewhere])
    assert found == {
        "a b/ü": Spoken([(entity.iri, entity.things[0][1]) for entity in entities], [statement]),
        "other": Spoken([], [elsewhere]),
    }


names = st.text(max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=names, text=st.text(min_size=1, max_size=30), rule=names, literal=names)
def test_whatever_stands_in_a_document_is_stored_unchanged(
    name: str, text: str, rule: str, literal: str, statement: Statement
) -> None:
    document = Document(id=name, text=text, source=name, title=name)
    span = Span(0, len(text))
    odd = structs.replace(
        statement, document=name, rule=rule, object=Value(literal, "string"), evidence=Evidence(span, text, span)
    )
    [(_, thing)] = things([EntityMention(name, span, True)])
    quads = evidence_graph(document, [span], [(E + "x", thing)], [odd], base=BASE, extractor=name)
    store = ox.Store()
    store.extend(quads)
    assert set(store) == set(quads)
    assert len({quad.graph_name for quad in quads}) == 1
    assert len({quad.subject for quad in quads if quad.predicate.value == RDF + "type"}) == 4
