"""RDF that exists already, as one more source: its statements, in the ontology's terms.

    lines       a document of kind "rdf", a triple a line
    vocabulary  which property and class of the ontology an IRI stands for
    things      names, classes and IRIs of what the triples speak of
    values      literals and amounts of money in canonical form
    extract     all that becomes a statement, and what does not, with the reason

What is found goes into resolution as what a text says does.
"""

from __future__ import annotations

from kg.imports.extract import Importer
from kg.imports.lines import IMPORTED, VERSION

__all__ = ["IMPORTED", "VERSION", "Importer"]
