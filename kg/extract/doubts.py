"""Where a wording may not be taken at its word: one made of a label, which is looser than a phrase that somebody wrote,
and a phrase that has no words of its own."""

from __future__ import annotations

import re

from kg.extract.graph import Graph
from kg.extract.match import Match
from kg.extract.relational import NOUNS
from kg.lexicon import is_country, is_place
from kg.model import Mention
from kg.ontology import Ontology, Property

_NAME = r"([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
_BEHIND = re.compile(r"(?:\s*[,;]\s*(?:and |or )?|\s+(?:and|or) )(?:the )?" + _NAME)
_BEFORE = re.compile(_NAME + r"[,;]\s+\Z")
_NEXT = re.compile(r",? (?:in (?:the )?)?")


def doubtful(
    text: str, graph: Graph, match: Match, ends: tuple[Mention, Mention], prop: Property, ontology: Ontology
) -> bool:
    """Whether the match says something else than the property. ends: the mentions of subject and object."""
    return _is_listed(text, match, ends) or (
        match.frame.rank > 0 and _misread(text, graph, match, ends, prop, ontology)
    )


def _misread(
    text: str, graph: Graph, match: Match, ends: tuple[Mention, Mention], prop: Property, ontology: Ontology
) -> bool:
    """Whether a wording made of a label says something else."""
    return (
        _is_description(graph, match)
        or _is_far(match)
        or _is_of_no_class(graph, match, ontology)
        or any(_repeats(mention, prop) for mention in ends)
        or not (match.frame.lexical or _says_so(text, graph, match, ends, prop, ontology))
    )


def _is_listed(text: str, match: Match, ends: tuple[Mention, Mention]) -> bool:
    """Whether a phrase without words takes a list, "Leeds, York and Hull", or what stands apart for "Leeds, England".

    That can be for things of one kind only, one of which is said to be in the other.
    """
    first, last = sorted(end.span for end in ends)
    frame = match.frame
    of_a_kind = frame.domain == frame.range and all(end.kind == "name" for end in ends)
    if frame.lexical or not of_a_kind or any(step.role != "is" for step in frame.steps):
        return False
    beside = _BEHIND.match(text, last.end), _BEFORE.search(text[max(0, first.begin - 40) : first.begin])
    others = [found[1] for found in beside if found]
    apart = _NEXT.fullmatch(text[first.end : last.begin]) is None
    return apart or is_country(first.of(text)) or any(map(is_place, others))


def _is_description(graph: Graph, match: Match) -> bool:
    """ "where X is the founder" does not say where X is."""
    roles = {step.role for step in match.frame.steps}
    return match.frame.fill == "be" and "attr" not in roles and bool(graph.get(match.tokens[0], "attr"))


def _is_far(match: Match) -> bool:
    """Whether a year that should stand before the noun, "a 2007 film", stands elsewhere."""
    return match.frame.phrase.endswith("a ?o *") and not 0 < max(match.tokens) - match.object < 8


def _is_of_no_class(graph: Graph, match: Match, ontology: Ontology) -> bool:
    """ "X is a town in Y" says where X is, "X is a minority in Y" need not: the noun must be that of a class."""
    if " a * in " not in match.frame.phrase and " a * from " not in match.frame.phrase:
        return False
    steps = (step.end for step in match.frame.steps if step.fill == "*")
    words = {graph.parse.lemmas[match.tokens[node]] for node in steps}
    return not any(words & {noun.split()[-1] for noun in cls.nouns} for cls in ontology.classes.values())


def _repeats(mention: Mention, prop: Property) -> bool:
    """ "the language spoken there", for a property called so: the noun of the label is no thing of its own."""
    words = {word for label in prop.labels for word in label.lower().split()}
    return mention.kind in ("phrase", "nominal") and mention.head in words


def _says_so(
    text: str, graph: Graph, match: Match, ends: tuple[Mention, Mention], prop: Property, ontology: Ontology
) -> bool:
    """Whether a wording with no word of its own is plain enough.

    "Harrowmere, Westmark" and "Harrowmere in Westmark", both names, nothing between; "she is a baker" with a copula,
    where the range is a class of things that have no names, and the noun needs no other thing.
    """
    subject, obj = ends
    if " is " in match.frame.phrase or " was " in match.frame.phrase:
        nameless = any(c.nameless for iri, c in ontology.classes.items() if iri in prop.range)
        said = frozenset((match.subject, match.object)) in graph.said_by
        relational = obj.head in NOUNS or len(obj.surface.split()) > 3  # "a member of the crew of X"
        return nameless and said and not relational and subject.kind in ("name", "pronoun")
    return subject.kind == obj.kind == "name" and _NEXT.fullmatch(text[subject.span.end : obj.span.begin]) is not None
