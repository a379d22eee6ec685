"""Checks a graph: SHACL shapes over the facts, and evidence for each of them.

A graph that does not conform gives findings, not an error.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.evidence import gaps
from kg.model import Problem, Report
from kg.quiet import quiet
from kg.rdf.iris import ontology_graph_iri
from kg.rdf.namespaces import RDF, RDFS, SH, local_name
from kg.store import Store

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_GAPS = {
    "unstated": "This fact has no asserted statement behind it",
    "missing": "This statement is asserted, and its fact is missing",
    "wordless": "This statement has no sentence that holds its quote",
}
_REBUILD = "kg build --clean makes the graph anew from the documents"


def validate(store: Store, *shapes: Path) -> Report:
    """Checks the facts against SHACL shapes (https://www.w3.org/TR/shacl/), and that each has its evidence.

    shapes: files, each used by itself, so that a mistake in one is told of that one. The classes of the stored ontology
    count, so that a thing of a subclass fits where its superclass is asked for. Findings are sorted; `checked` counts
    triples. Raises OntologyError for shapes that cannot be read or used.
    """
    with quiet("rdflib"):  # it logs ill-typed literals with a traceback
        return _validate(store, shapes)


def _validate(store: Store, shapes: Sequence[Path]) -> Report:
    facts = _copy(store, ox.DefaultGraph())
    ontology = _copy(store, ox.NamedNode(ontology_graph_iri(store.base)))
    findings = {*_evidence(store, facts)}
    for path in shapes:
        findings.update(_shacl(facts, ontology, _read_shapes(path), path))
    return Report("validate", tuple(sorted(findings, key=lambda found: (found.where, found.what))), len(facts))


def _copy(store: Store, graph: ox.DefaultGraph | ox.NamedNode) -> Graph:
    """A graph in memory: on the store itself pyshacl would be a hundred times slower."""
    from rdflib import Graph

    triples = store.quads.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
    return Graph(bind_namespaces="none").parse(io.BytesIO(triples or b""), format="nt11")


def _read_shapes(path: Path) -> Graph:
    from rdflib import Graph

    try:
        shapes = Graph(bind_namespaces="none").parse(data=path.read_bytes(), format="turtle")
    except OSError as error:
        raise OntologyError(f"the shapes cannot be read: {error.strerror}", where=str(path)) from None
    except Exception as error:  # rdflib's parser raises many kinds
        line = getattr(error, "lines", None)
        where = f"{path}, line {line + 1}" if isinstance(line, int) else str(path)
        said = str(getattr(error, "_why", "")) or (str(error) if isinstance(error, UnicodeError) else "it breaks off")
        raise OntologyError(
            f"the shapes are no Turtle: {' '.join(said.split())}", where=where, hint="correct the file"
        ) from None
    if not any(str(predicate).startswith(SH) for predicate in shapes.predicates()):
        raise OntologyError("there is no SHACL shape in it", where=str(path), hint="see https://www.w3.org/TR/shacl/")
    return shapes


def _shacl(facts: Graph, ontology: Graph, shapes: Graph, path: Path) -> Iterator[Problem]:
    import pyshacl
    from pyshacl.errors import ShapeRecursionWarning
    from rdflib import Graph, URIRef

    log, logged = logging.getLogger("pyshacl-validate"), list[str]()

    def keep(record: logging.LogRecord) -> bool:
        logged.append(record.getMessage())
        return False  # pyshacl would write it to standard error

    log.addFilter(keep)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ShapeRecursionWarning)
            _, results, _ = pyshacl.validate(facts, shacl_graph=shapes, ont_graph=ontology)
    except Exception as error:  # re.error for a wrong sh:pattern, and many other kinds
        results = error
    finally:
        log.removeFilter(keep)
    if not isinstance(results, Graph):  # what failed
        said = " ".join(str(getattr(results, "message", results)).split())
        raise OntologyError(
            f"the shapes cannot be used: {said}", where=str(path), hint="see https://www.w3.org/TR/shacl/"
        ) from None
    for result in results.subjects(URIRef(RDF + "type"), URIRef(SH + "ValidationResult")):
        yield _finding(result, results, shapes, facts)


def _finding(result: Node, results: Graph, shapes: Graph, facts: Graph) -> Problem:
    from rdflib import URIRef

    def said(name: str) -> Node | None:
        return results.value(result, URIRef(SH + name))

    message = " ".join(sorted(map(str, results.objects(result, URIRef(SH + "resultMessage")))))
    value, focus, shape = said("value"), said("focusNode"), said("sourceShape")
    if value is not None and value != focus:
        message += f" Found: {_named(value, facts)}."
    if said("resultSeverity") == URIRef(SH + "Warning"):
        message = f"warning: {message}"
    advice = (
        None
        if shape is None
        else shapes.value(shape, URIRef(SH + "description")) or shapes.value(shape, URIRef(RDFS + "comment"))
    )
    return Problem(_named(focus, facts), message, str(advice or _advice(focus, facts)))


def _advice(focus: Node | None, facts: Graph) -> str:
    """What to do where a shape does not tell it, as the shipped ones do."""
    name = _label(focus, facts) or focus
    return f'kg explain "{name}" shows the words behind it; sh:description in the shape can say here what to do'


def _named(node: Node | None, facts: Graph) -> str:
    """A thing's label and IRI, a literal's words."""
    from rdflib import URIRef

    if not isinstance(node, URIRef):
        return f"“{node}”"
    label = _label(node, facts)
    return f"{label} <{node}>" if label else f"<{node}>"


def _label(node: Node | None, facts: Graph) -> str:
    from rdflib import URIRef

    return min(map(str, facts.objects(node, URIRef(RDFS + "label"))), default="")


def _evidence(store: Store, facts: Graph) -> Iterator[Problem]:
    for gap in gaps(store):
        s, p, o = gap.fact
        yield Problem(_term(s, facts), f"{_GAPS[gap.kind]}: {local_name(p.value)} {_term(o, facts)}.", _REBUILD)


def _term(term: Any, facts: Graph) -> str:
    """A term of the store, for people."""
    from rdflib import URIRef

    return _named(URIRef(term.value), facts) if isinstance(term, ox.NamedNode) else f"“{term.value}”"
