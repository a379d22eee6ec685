"""Graphs made of values by way of `kg.rdf`, as a build makes them, with what is hard to write down."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox
from hypothesis import strategies as st

from kg.model import STANCES, Document, Entity, EntityMention, Evidence, Label, Span, Statement, Value
from kg.ontology import Ontology
from kg.rdf import by_document, default_graph, evidence_graph, prefixes
from kg.rdf.iris import encode, evidence_graph_iri, ontology_graph_iri
from kg.rdf.namespaces import RDF, RDFS
from kg.store import Store
from tests.texts import keep_text
from tests.things import things

BASE = "https://kg.example/"
E = BASE + "entity/"
P = "https://w3id.org/evident-kg/company#"
PREDICATES = (
    P + "founder",
    P + "produces",
    P + "partnerOf",
    P + "jobTitle",
    "https://x.example/v1?q=is&r=viz",
    "https://x.example/kind",
)

HOSTILE = (
    'He said: "A\\nB" and \'C\' <b>&amp;</b> ]]> --> """ .',
    "  One\r\ntwo\rthree\n\n\tfour | five ; six , \u2028 seven.",
    "".join(map(chr, range(32))) + "\x7f\x85\ufffe\uffff end.",
    "\u202eשלום עולם\u202c مرحبا \u200f 😀𝔘🏴󠁧󠁢 a\u0308 .",
    "x" * 30_000 + ".",
    "{| ~ |} <<( a b c )>> @prefix . # ^^ % %20 \\u0041 =1+1",
)


@dataclass(frozen=True)
class Made:
    """What a build would put into a store. sentences: spans by the id of their document."""

    documents: tuple[Document, ...]
    sentences: dict[str, tuple[Span, ...]]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...] = field(default=())

    def fill(self, store: Store, ontology: Ontology) -> None:
        """Put it there, with the texts beside it."""
        store.manifest = {"base": BASE, "prefixes": prefixes(BASE, {"company": P})}
        store.put(None, default_graph(self.entities, self.statements, ontology, BASE))
        store.put(ontology_graph_iri(BASE), _labels())
        spoken = by_document(self.entities, self.statements)
        for document in self.documents:
            said = spoken.get(document.id)
            store.put(
                evidence_graph_iri(BASE, document.id),
                evidence_graph(
                    document,
                    self.sentences[document.id],
                    said.things if said else (),
                    said.statements if said else (),
                    base=BASE,
                    extractor="rules-1",
                ),
            )
            keep_text(store, document)


def _labels() -> list[ox.Quad]:
    """As much of an ontology as the formats ask for: labels that networkx, Gephi or we use for other things."""
    graph = ox.NamedNode(ontology_graph_iri(BASE))
    quads = []
    for predicate, words in zip(PREDICATES[-2:], ("start", "type"), strict=True):
        node = ox.NamedNode(predicate)
        quads.append(ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "Property"), graph))
        quads.append(ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal(words), graph))
    return quads


def document_of(name: str, sentences: tuple[str, ...]) -> tuple[Document, tuple[Span, ...]]:
    """A document of these sentences with blanks between, and their spans."""
    spans, text = [], ""
    for words in sentences:
        text += " " if text else ""
        spans.append(Span(len(text), len(text) + len(words)))
        text += words
    return Document(name, text, f"{name}.txt", date="2020-02", title=sentences[0] if sentences else None), tuple(spans)


def hostile() -> Made:
    """Quotes, line ends, markup, control characters, right-to-left text, astral characters, odd IRIs, long strings."""
    one, spans = document_of('a "b"/ü <x>&', HOSTILE)
    two, none = document_of("..", ())
    names = ("o'brien;a=1,b@c!$*()~+&x", "日本語", "a.", "-b", encode(HOSTILE[0]), "😀")
    entities = [
        Entity(
            E + name,
            P + ("Person" if n % 2 else "Organization"),
            Label(words[:2_000], "he" if n == 3 else ""),
            (Label(f"{words[:9]} | alias", "zh-Hant"), Label("\x00")),
            things([EntityMention(one.id, Span(span.begin + n, span.end - n), n % 2 == 0)]),
            replaces=(E + f"old-{n}",),
        )
        for n, (name, words, span) in enumerate(zip(names, HOSTILE, spans, strict=True))
    ]
    iris = [entity.iri for entity in entities]
    objects: list[str | Value] = [*iris, *(Value(words, "string") for words in HOSTILE), Value("2020-02", "gYearMonth")]
    objects += [Value("-29990.50 EUR", "amount"), Value("007.10", "decimal")]
    statements = [
        Statement(
            iris[n % len(iris)],
            PREDICATES[n % 3] if isinstance(target, str) else PREDICATES[3 + n % 3],
            target,
            one.id,
            Evidence(Span(span.begin, span.end), span.of(one.text), span),
            STANCES[(n + k) % 6 if k else 0],
            f"rule {HOSTILE[(n + k) % len(HOSTILE)][:40]}",
            (n * 7 % 100) / 100,
            speaker=iris[0] if k else None,
            time=Value("2019", "gYear") if k else None,
            place=iris[1] if k else None,
        )
        for n, target in enumerate(objects)
        for k, span in enumerate((spans[n % len(spans)], spans[(n + 2) % len(spans)]))
    ]
    back = [s for s in statements if s.predicate == P + "partnerOf" and isinstance(s.object, str)]
    for s in back:  # symmetric, and stated both ways
        assert isinstance(s.object, str)
        statements.append(
            Statement(s.object, s.predicate, s.subject, s.document, s.evidence, "asserted", "turned", 0.5)
        )
    return Made((one, two), {one.id: spans, two.id: none}, tuple(entities), tuple(statements))


_words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def graphs(draw: st.DrawFn) -> Made:
    """Small graphs over arbitrary texts."""
    names = draw(st.lists(_words, min_size=1, max_size=2, unique=True))
    written = [document_of(name, tuple(draw(st.lists(_words, min_size=1, max_size=3)))) for name in names]
    places = [(document, span) for document, spans in written for span in spans]
    iris = [E + encode(name) for name in draw(st.lists(_words, min_size=1, max_size=3, unique=True))]
    entities = [Entity(iri, P + "Person", Label(draw(_words)), (), things(draw(_mentions(places)))) for iri in iris]
    statements = draw(st.lists(_statements(places, iris), max_size=5))
    return Made(tuple(d for d, _ in written), {d.id: spans for d, spans in written}, tuple(entities), tuple(statements))


Places = list[tuple[Document, Span]]


def _mentions(places: Places) -> st.SearchStrategy[list[EntityMention]]:
    one = st.sampled_from(places).map(lambda at: EntityMention(at[0].id, at[1], True))
    return st.lists(one, max_size=2)


@st.composite
def _statements(draw: st.DrawFn, places: Places, iris: list[str]) -> Statement:
    document, sentence = draw(st.sampled_from(places))
    begin = draw(st.integers(sentence.begin, sentence.end))
    span = Span(begin, draw(st.integers(begin, sentence.end)))
    link = draw(st.booleans())
    return Statement(
        draw(st.sampled_from(iris)),
        draw(st.sampled_from(PREDICATES[:3] if link else PREDICATES[3:])),
        draw(st.sampled_from(iris)) if link else Value(draw(_words), "string"),
        document.id,
        Evidence(span, span.of(document.text), sentence),
        draw(st.sampled_from(STANCES)),
        draw(_words),
        draw(st.integers(0, 100)) / 100,
        speaker=draw(st.none() | st.sampled_from(iris)),
        time=draw(st.none() | _words.map(lambda words: Value(words, "string"))),
    )
