"""The IRIs of what a graph holds. Each follows from its content, so that the same input gives the same names."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from kg.model import Span, Statement, Value

HASH_DIGITS = 16


def document_iri(base: str, document: str) -> str:
    """The IRI of the document with this id."""
    return f"{base}document/{encode(document)}"


def sentence_iri(document: str, span: Span) -> str:
    """The IRI of a sentence, under its document's IRI (a character range of RFC 5147)."""
    return f"{document}#char={span.begin},{span.end}"


def mention_iri(document: str, span: Span) -> str:
    """The IRI of a mention, under its document's IRI."""
    return f"{document}#mention={span.begin},{span.end}"


def statement_iri(base: str, digest: str) -> str:
    """The IRI of the record that holds one piece of evidence, by its `statement_hash`."""
    return f"{base}statement/{digest}"


def annotation_iri(passage: str) -> str:
    """The IRI of the annotation that points from a text to a record or a mention with this IRI."""
    return f"{passage}{'&' if '#' in passage else '#'}annotation"


def amount_iri(base: str, amount: Value) -> str:
    """The IRI of an amount of money: "29990 EUR" becomes <base>amount/29990-EUR."""
    return f"{base}amount/{encode(amount.lexical.replace(' ', '-'))}"


def extractor_iri(base: str, extractor: str) -> str:
    """The IRI of an extractor, named with its version."""
    return f"{base}extractor/{encode(extractor)}"


def evidence_graph_iri(base: str, document: str) -> str:
    """The named graph that holds the evidence of the document with this id."""
    return f"{base}graph/evidence/{encode(document)}"


def decisions_graph_iri(base: str) -> str:
    """The named graph that holds the decisions as they were replayed."""
    return f"{base}graph/decisions"


def decision_iri(base: str, decision: str) -> str:
    """The IRI of the decision with this id."""
    return f"{base}decision/{decision}"


def ontology_graph_iri(base: str) -> str:
    """The named graph that holds the ontology as used."""
    return f"{base}graph/ontology"


def inferred_graph_iri(base: str) -> str:
    """The named graph that holds what follows from the facts."""
    return f"{base}graph/inferred"


def genid_iri(base: str, name: str) -> str:
    """The IRI in place of a blank node (RDF 1.1 Concepts, 3.5)."""
    return f"{base}.well-known/genid/{name}"


def statement_hash(statement: Statement) -> str:
    """A hash of what is stated, where, in which stance and by which rule; not of how sure the rule is."""
    target = statement.object
    parts = (
        statement.subject,
        statement.predicate,
        target if isinstance(target, str) else f"{target.datatype}\x1e{target.lexical}",
        statement.document,
        f"{statement.evidence.span.begin},{statement.evidence.span.end}",
        statement.stance,
        statement.rule,
    )
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]


def encode(name: str) -> str:
    """A name as one segment of an IRI's path: everything but unreserved ASCII is percent-encoded.

    The segments "." and ".." would be resolved away (RFC 3986, 5.2.4), so their dots are encoded too.
    """
    if name in {".", ".."}:
        return name.replace(".", "%2E")
    return quote(name, safe="", errors="surrogatepass")
