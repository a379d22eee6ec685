"""The benchmark of reasoning compares two ways that infer the same."""

from __future__ import annotations

import pyoxigraph as ox
import reason

from kg.reason import RULES, infer


def test_the_updates_infer_what_the_rules_do() -> None:
    facts, axioms = reason.facts(800), reason.ontology()
    closure = infer(facts, axioms, reason.BASE)
    theirs = reason.by_updates(facts, axioms)
    assert set(closure) == {triple for triple in theirs if triple.subject != triple.object}
    used = {step.rule for step in map(closure.why, closure) if step}
    assert used == set(RULES) - {"cax-eqc", "prp-eqp", "eq-sym", "eq-trans", "eq-rep-s", "eq-rep-o"}


def test_facts_are_the_same_each_time() -> None:
    assert reason.facts(400) == reason.facts(400)
    assert len({quad.subject for quad in reason.facts(400)}) == 100


def test_a_derivation_is_told_from_a_store() -> None:
    facts, axioms = reason.facts(400), reason.ontology()
    assert reason.derivation_time(facts, axioms, infer(facts, axioms, reason.BASE), 1) > 0


def test_the_best_of_runs_counts_way_by_way() -> None:
    (_, one), (_, other) = reason.best(2, lambda: 1, lambda: ox.Literal("2"))
    assert (one, other) == (1, ox.Literal("2"))
