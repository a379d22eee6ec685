"""What follows from the facts by the ontology: RDFS and a useful part of OWL 2, as rules that run to a fixpoint.

    infer     facts and ontology -> Closure: the inferred triples, and for each the step that it was made by
    within    the facts without links that lead out of the graph
    needed    which facts are looked at for that
    RULES     the rules, by their names in OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL)

Pure functions over quads: nothing here knows of a store. No rule makes a term, so there is always an end.
"""

from __future__ import annotations

from kg.reason.axioms import ANNOTATIONS, PROFILES, RDFS_RULES, RULES, Axiom
from kg.reason.closure import Closure, Inference, infer, needed, within

__all__ = [
    "ANNOTATIONS",
    "PROFILES",
    "RDFS_RULES",
    "RULES",
    "Axiom",
    "Closure",
    "Inference",
    "infer",
    "needed",
    "within",
]
