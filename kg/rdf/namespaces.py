"""The namespaces that the graph uses, and the prefixes that stand for them."""

from __future__ import annotations

from collections.abc import Mapping

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SH = "http://www.w3.org/ns/shacl#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
OA = "http://www.w3.org/ns/oa#"
AS = "https://www.w3.org/ns/activitystreams#"
KGV = "https://w3id.org/evident-kg/vocab#"

PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "kgv": KGV,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
"""The prefixes of every project, whatever its base and ontology."""


def prefixes(base: str, ontology: Mapping[str, str] | None = None) -> dict[str, str]:
    """All prefixes of one graph, sorted: those above, the graph's own, and the ontology's.

    Where an ontology gives one of our names to another namespace, ours stays: the shipped
    queries are written with it. A prefix of an ontology that stands for no IRI is left out.
    """
    own = {
        "d": f"{base}document/",
        "e": f"{base}entity/",
        "ev": f"{base}statement/",
        "person": f"{base}person/",
        "phrase": f"{base}phrase/",
        "place": f"{base}place/",
    }
    theirs = {name: iri for name, iri in (ontology or {}).items() if _is_iri(iri)}
    return dict(sorted({**theirs, **PREFIXES, **own}.items()))


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def local_name(iri: str) -> str:
    """The part of an IRI after its last # or /, or the whole IRI where nothing follows."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :] or iri
