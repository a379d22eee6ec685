"""Stores made by hand: an invented trade in optics, in the RDF form that a build writes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

if TYPE_CHECKING:
    from collections.abc import Callable

B = "https://kg.example/"
C = "https://w3id.org/evident-kg/company#"
KGV = "https://w3id.org/evident-kg/vocab#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"


@dataclass
class Maker:
    """Writes entities, documents and statements the way a build does, and is read like a store."""

    quads: Store = field(default_factory=Store)
    iris: dict[str, str] = field(default_factory=dict)
    length: dict[str, int] = field(default_factory=dict)

    def put(self, s: str, p: str, o: str | Literal, graph: str = "") -> None:
        where = NamedNode(B + "graph/" + graph) if graph else DefaultGraph()
        self.quads.add(Quad(NamedNode(s), NamedNode(p), NamedNode(o) if isinstance(o, str) else o, where))

    def entity(self, label: str, type_: str, *aliases: str) -> str:
        """An entity; its IRI is made of its number, so that labels may be anything."""
        iri = f"{B}entity/{len(self.iris) + 1:05}"
        self.iris[label] = iri
        self.put(iri, RDF + "type", C + type_)
        self.put(iri, RDFS + "label", Literal(label))
        self.put(iri, SKOS + "prefLabel", Literal(label))
        for alias in aliases:
            self.put(iri, SKOS + "altLabel", Literal(alias))
        return iri

    def amount(self, text: str) -> str:
        value, currency = text.split()
        iri = f"{B}amount/{value}-{currency}"
        self.put(iri, RDF + "type", SCHEMA + "MonetaryAmount")
        self.put(iri, SCHEMA + "value", Literal(value, datatype=NamedNode(XSD + "integer")))
        self.put(iri, SCHEMA + "currency", Literal(currency))
        self.put(iri, RDFS + "label", Literal(text))
        return iri

    def document(self, name: str, title: str | None = None, date: str | None = None) -> str:
        iri, graph = f"{B}document/{percent(name, safe='')}", f"evidence/{percent(name, safe='')}"
        self.put(iri, RDF + "type", "http://xmlns.com/foaf/0.1/Document", graph)
        self.put(iri, DCTERMS + "identifier", Literal(name), graph)
        self.put(iri, DCTERMS + "source", Literal(f"data/{name}.txt"), graph)
        if title:
            self.put(iri, DCTERMS + "title", Literal(title), graph)
        if date:
            self.put(iri, DCTERMS + "date", Literal(date, datatype=NamedNode(XSD + "date")), graph)
        return iri

    def mention(
        self, document: str, label: str, begin: int | None = None, quote: str = "", *, named: bool = True
    ) -> None:
        """A mention; with `begin`, the words at that offset of the document."""
        iri, graph = f"{B}document/{percent(document, safe='')}", f"evidence/{percent(document, safe='')}"
        node = f"{iri}#mention={begin or 0},{(begin or 0) + len(quote or label)}"
        self.put(node, RDF + "type", KGV + "Mention", graph)
        self.put(node, KGV + "refersTo", self.iris[label], graph)
        self.put(node, KGV + "inDocument", iri, graph)
        self.put(node, KGV + "named", Literal(str(named).lower(), datatype=NamedNode(XSD + "boolean")), graph)
        if begin is not None:
            self.put(node, KGV + "beginOffset", Literal(str(begin), datatype=NamedNode(XSD + "integer")), graph)
            self.put(node, KGV + "quote", Literal(quote or label), graph)

    def say(  # noqa: PLR0913
        self,
        subject: str,
        predicate: str,
        object_: str | Literal,
        sentence: str,
        document: str,
        *,
        stance: str = "asserted",
        speaker: str | None = None,
        confidence: str = "0.9",
        time: str | None = None,
    ) -> None:
        """A statement with its evidence: `[[` and `]]` in the sentence stand around the quote."""
        begin = sentence.find("[[")
        plain = sentence.replace("[[", "").replace("]]", "")
        words = sentence[begin + 2 : sentence.find("]]")] if begin >= 0 else plain
        begin = max(begin, 0)
        doc, graph = f"{B}document/{percent(document, safe='')}", f"evidence/{percent(document, safe='')}"
        start = self.length.get(document, 0)
        self.length[document] = start + len(plain) + 1
        where = f"{doc}#char={start},{start + len(plain)}"
        value = self.iris.get(object_, object_) if isinstance(object_, str) else object_
        s, p = self.iris[subject], C + predicate
        if stance == "asserted":
            self.put(s, p, value)
        integer = NamedNode(XSD + "integer")
        self.put(where, RDF + "type", KGV + "Sentence", graph)
        self.put(where, KGV + "inDocument", doc, graph)
        self.put(where, KGV + "beginOffset", Literal(str(start), datatype=integer), graph)
        self.put(where, KGV + "endOffset", Literal(str(start + len(plain)), datatype=integer), graph)
        self.put(where, KGV + "text", Literal(plain), graph)
        key = hashlib.sha256("|".join((s, p, str(value), document, str(start), stance)).encode()).hexdigest()[:16]
        record = f"{B}statement/{key}"
        self.put(record, RDF + "type", RDF + "Statement", graph)
        self.put(record, RDF + "type", PROV + "Entity", graph)
        self.put(record, RDF + "subject", s, graph)
        self.put(record, RDF + "predicate", p, graph)
        self.put(record, RDF + "object", value, graph)
        self.put(record, PROV + "wasDerivedFrom", where, graph)
        self.put(record, PROV + "wasGeneratedBy", B + "extractor/rules-1", graph)
        self.put(record, KGV + "rule", Literal("verb: " + predicate), graph)
        self.put(record, KGV + "stance", KGV + stance, graph)
        self.put(record, KGV + "confidence", Literal(confidence, datatype=NamedNode(XSD + "decimal")), graph)
        self.put(record, KGV + "quote", Literal(words), graph)
        self.put(record, KGV + "beginOffset", Literal(str(start + begin), datatype=integer), graph)
        self.put(record, KGV + "endOffset", Literal(str(start + begin + len(words)), datatype=integer), graph)
        self.put(record, KGV + "inDocument", doc, graph)
        if speaker:
            self.put(record, KGV + "speaker", self.iris[speaker], graph)
        if time:
            self.put(record, KGV + "time", Literal(time, datatype=NamedNode(XSD + "gYear")), graph)


ENTITIES = {
    "Company": (
        "Tarnhelm Optics GmbH|Tarnhelm|Tarnhelm Optics",
        "Brackwater Lenses Ltd|Brackwater",
        "Fennwick & Pike",
        "Qvistren Sensors AS|Qvistren",
        "Marrowfield Glass",
        "Hexwick Foundry Group|Hexwick Foundry",
        "Sablecourt Capital",
        "Lanternrock Ferries",
        "Veldstrom Precision BV|Veldstrom",
        "Northlight Diagnostics",
        "Cinderpath Media",
        "Gullwing Robotics",
    ),
    "Person": (
        "Ingrid Solheim-Baptiste|Ingrid",
        "Tomasz Wieruszek",
        "Adaeze Okwudara",
        "Pieter Veldstrom",
        "Mei-Lin Harcastle",
        "Rafe Dunmorrow",
        "Sunniva Brekkvik",
        "Oto Kalmus",
    ),
    "Place": (
        "Jena",
        "Trondheim",
        "Whitby",
        "Delft",
        "Ghent",
        "Porto",
        "Tartu",
    ),
    "Product": (
        "Tarnhelm T4 microscope|T4",
        "Ospreta line sensor",
        "ClearBand filter",
        "Gullwing G2 arm",
        "Halvorin slide scanner",
    ),
    "Event": ("Photonics Week Lyon", "Nordic Sensor Days"),
    "Award": ("Golden Prism", "Maritime Innovation Prize"),
    "Organization": ("University of Tartu", "Institute of Applied Light|IAL", "Whitby Harbour Trust"),
}

DOCUMENTS = (
    ("press/tarnhelm-2019", "Tarnhelm buys Brackwater", "2019-05-14"),
    ("interview-solheim", "“We grind every lens ourselves”: a talk with Ingrid Solheim-Baptiste", "2021-03-02"),
    ("quillon-profile", "Qvistren, the quiet sensor maker", "2020-11-20"),
    ("notes", None, None),
)

# subject | predicate | object | sentence | document number | stance | speaker
FACTS = """
Tarnhelm Optics GmbH|acquired|Brackwater Lenses Ltd|In May 2019 [[Tarnhelm Optics bought Brackwater Lenses]], a maker of anti-reflective coatings.|0
Tarnhelm Optics GmbH|acquired|Brackwater Lenses Ltd|“[[We took over Brackwater]] because nobody coats lenses as they do”, she says.|1|asserted|Ingrid Solheim-Baptiste
Tarnhelm Optics GmbH|partnerOf|Brackwater Lenses Ltd|Before that, [[Tarnhelm and Brackwater had worked together]] for six years.|0
Tarnhelm Optics GmbH|headquarteredIn|Jena|[[Tarnhelm Optics GmbH, based in Jena]], employs 420 people.|0
Brackwater Lenses Ltd|headquarteredIn|Whitby|[[Brackwater of Whitby]] keeps its name.|0
Tarnhelm Optics GmbH|foundedBy|Ingrid Solheim-Baptiste|[[Ingrid Solheim-Baptiste founded the firm]] in 1998 in a garden shed.|1
Ingrid Solheim-Baptiste|chiefExecutiveOf|Tarnhelm Optics GmbH|[[Ingrid Solheim-Baptiste, who runs Tarnhelm]], grew up in Trondheim.|1
Ingrid Solheim-Baptiste|bornIn|Trondheim|Ingrid Solheim-Baptiste, who runs Tarnhelm, [[grew up in Trondheim]].|1
Ingrid Solheim-Baptiste|worksFor|Institute of Applied Light|From 1991 to 1997 [[she was a researcher at the Institute of Applied Light]].|1
Tarnhelm Optics GmbH|makes|Tarnhelm T4 microscope|[[Its T4 microscope]] is found in four hundred hospitals.|0
Tarnhelm Optics GmbH|makes|ClearBand filter|The [[ClearBand filter, also by Tarnhelm]], is older.|0
Tarnhelm Optics GmbH|supplies|Northlight Diagnostics|[[Northlight Diagnostics buys its objectives from Tarnhelm]].|0
Tarnhelm Optics GmbH|acquired|Qvistren Sensors AS|“[[We have not bought Qvistren]], whatever the papers write.”|1|denied|Ingrid Solheim-Baptiste
Tarnhelm Optics GmbH|opensSiteIn|Porto|[[Tarnhelm plans to open a workshop in Porto]] next year.|0|planned
Qvistren Sensors AS|headquarteredIn|Trondheim|[[Qvistren Sensors AS sits in Trondheim]] above a bakery.|2
Qvistren Sensors AS|foundedBy|Sunniva Brekkvik|It was [[started by Sunniva Brekkvik]] and a friend.|2
Sunniva Brekkvik|worksFor|Qvistren Sensors AS|Sunniva Brekkvik [[still works at Qvistren]] two days a week.|2
Oto Kalmus|chiefExecutiveOf|Qvistren Sensors AS|[[Oto Kalmus has led Qvistren]] since 2016.|2
Oto Kalmus|studiedAt|University of Tartu|[[Kalmus studied physics at the University of Tartu]].|2
University of Tartu|locatedIn|Tartu|The [[university of Tartu]] is four hundred years old.|2
Qvistren Sensors AS|makes|Ospreta line sensor|Its [[Ospreta line sensor]] counts fish in rivers.|2
Qvistren Sensors AS|supplies|Gullwing Robotics|[[Gullwing Robotics fits the Ospreta]] into its arms.|2
Gullwing Robotics|makes|Gullwing G2 arm|[[The G2 arm by Gullwing]] packs cheese.|2
Gullwing Robotics|headquarteredIn|Delft|Gullwing, [[a Delft company]], is growing.|2
Veldstrom Precision BV|headquarteredIn|Delft|So is its neighbour, [[Veldstrom Precision of Delft]].|2
Veldstrom Precision BV|foundedBy|Pieter Veldstrom|[[Pieter Veldstrom set up Veldstrom Precision]] in 1974.|2
Veldstrom Precision BV|supplies|Gullwing Robotics|[[Veldstrom turns the joints for Gullwing]].|2
Gullwing Robotics|investedIn|Veldstrom Precision BV|[[Gullwing holds a tenth of Veldstrom]].|2
Sablecourt Capital|investedIn|Gullwing Robotics|[[Sablecourt Capital put 12 million euros into Gullwing]].|2
Sablecourt Capital|investedIn|Qvistren Sensors AS|[[Sablecourt may invest in Qvistren]] too.|2|possible
Sablecourt Capital|headquarteredIn|Ghent|[[Sablecourt Capital of Ghent]] likes slow companies.|2
Adaeze Okwudara|worksFor|Sablecourt Capital|[[Adaeze Okwudara, a partner at Sablecourt]], signed.|2
Adaeze Okwudara|boardMemberOf|Gullwing Robotics|[[Okwudara joined Gullwing's board]].|2
Northlight Diagnostics|makes|Halvorin slide scanner|[[Northlight's Halvorin]] reads a slide in nine seconds.|0
Northlight Diagnostics|chiefExecutive|Mei-Lin Harcastle|[[Mei-Lin Harcastle heads Northlight]].|0
Northlight Diagnostics|won|Golden Prism|[[Northlight won the Golden Prism]] with it.|0
Golden Prism|awardedAt|Photonics Week Lyon|The [[Golden Prism is given at Photonics Week Lyon]].|0
Tarnhelm Optics GmbH|exhibitedAt|Photonics Week Lyon|[[Tarnhelm showed the T4 at Photonics Week Lyon]].|0
Qvistren Sensors AS|exhibitedAt|Nordic Sensor Days|[[Qvistren was at Nordic Sensor Days]].|2
Marrowfield Glass|supplies|Tarnhelm Optics GmbH|[[Marrowfield Glass casts the blanks]] for Tarnhelm.|0
Hexwick Foundry Group|owns|Marrowfield Glass|[[Marrowfield belongs to the Hexwick Foundry Group]].|0
Tomasz Wieruszek|worksFor|Marrowfield Glass|[[Tomasz Wieruszek, chief caster at Marrowfield]], is proud of that.|0
Hexwick Foundry Group|partnerOf|Institute of Applied Light|[[Hexwick and the Institute of Applied Light]] run a furnace together.|0
Institute of Applied Light|locatedIn|Jena|The [[Institute of Applied Light stands on a hill in Jena]].|1
Fennwick & Pike|partnerOf|Lanternrock Ferries|[[Fennwick & Pike and Lanternrock Ferries]] share a pier.|3
Lanternrock Ferries|won|Maritime Innovation Prize|[[Lanternrock won the Maritime Innovation Prize]].|3
Lanternrock Ferries|headquarteredIn|Whitby|[[Lanternrock Ferries, also of Whitby]], has nine boats.|3
Rafe Dunmorrow|chiefExecutiveOf|Lanternrock Ferries|[[Rafe Dunmorrow is its managing director]].|3
Whitby Harbour Trust|owns|Lanternrock Ferries|It was said that [[the Harbour Trust owns Lanternrock]].|3|reported|Rafe Dunmorrow
"""  # noqa: E501

LITERALS = """
Tarnhelm Optics GmbH|foundedOn|1998|Ingrid Solheim-Baptiste [[founded the firm in 1998]] in a garden shed.|1|gYear
Tarnhelm Optics GmbH|employees|420|Tarnhelm Optics GmbH, based in Jena, [[employs 420 people]].|0|integer
Veldstrom Precision BV|foundedOn|1974|Pieter Veldstrom [[set up Veldstrom Precision in 1974]].|2|gYear
"""


@pytest.fixture(scope="session")
def empty() -> Callable[[], Maker]:
    """Makes stores with nothing in them."""
    return Maker


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture(scope="session")
def optics() -> Maker:
    """About forty entities and fifty statements from four documents."""
    made = Maker()
    for type_, names in ENTITIES.items():
        for entry in names:
            label, *aliases = entry.split("|")
            made.entity(label, type_, *aliases)
    for name, title, date in DOCUMENTS:
        made.document(name, title, date)
    for line in FACTS.strip().splitlines():
        s, p, o, sentence, number, *rest = line.split("|")
        stance = rest[0] if rest else "asserted"
        speaker = rest[1] if len(rest) > 1 else None
        made.say(s, p, o, sentence, DOCUMENTS[int(number)][0], stance=stance, speaker=speaker)
    for line in LITERALS.strip().splitlines():
        s, p, o, sentence, number, datatype = line.split("|")
        made.say(s, p, Literal(o, datatype=NamedNode(XSD + datatype)), sentence, DOCUMENTS[int(number)][0])
    price = made.amount("31000000 EUR")
    made.say("Brackwater Lenses Ltd", "soldFor", price, "Tarnhelm paid [[31 million euros for it]].", DOCUMENTS[0][0])
    made.put(C + "partnerOf", RDFS + "label", Literal("partner of", language="en"), "ontology")
    made.put(C + "partnerOf", RDFS + "label", Literal("Partner von", language="de"), "ontology")
    return made


@pytest.fixture(scope="session")
def big() -> Callable[[int, int, int], Maker]:
    """Makes a store of so many entities and statements, written in one order (1) or the other (-1)."""

    def make(entities: int, statements: int, step: int = 1) -> Maker:
        made = Maker()
        for number in range(entities):
            made.entity(f"Entity {number:05}", ("Company", "Person", "Place")[number % 3])
        for number in range(10):
            made.document(f"d{number}")
        ends = [
            (n % entities, (n * n * 7 + n * 5 + n // entities) % max(entities // 7, 1), n % 5)
            for n in range(statements)
        ]
        for s, o, p in ends[::step]:
            sentence = f"Some words: [[{s} does {p} to {o}]]."
            document = f"d{(s + o) % 10}"
            made.length[document] = 1000 * s + o
            made.say(
                f"Entity {s:05}",
                ("supplies", "owns", "foundedBy", "partnerOf", "worksFor")[p],
                f"Entity {o:05}",
                sentence,
                document,
            )
        return made

    return make
