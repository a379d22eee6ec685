"""What a build tells: to whoever started it, and in report.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.archive import Kept, kind_of_reason
from kg.files import writing
from kg.model import BuildReport, Problem
from kg.store import Store, replace_file

if TYPE_CHECKING:
    from kg.resolve import Outcome, Resolution

REPORT = "report.json"


def report(kept: Collection[Kept], resolution: Resolution, told: Mapping[str, Any]) -> BuildReport:
    """What a build did. told: those fields of the report that only the build knows."""
    statements = resolution.statements
    stances = Counter(s.stance for s in statements)
    dropped = Counter(kind_of_reason(d.reason) for rows in resolution.dropped.values() for d in rows)
    for one in kept:
        dropped.update(one.gist.dropped)
    facts = {(s.subject, s.predicate, s.object) for s in statements if s.stance == "asserted"}
    return BuildReport(
        documents=len(kept),
        sentences=sum(one.gist.sentences for one in kept),
        silent=sum(len(one.gist.silent) for one in kept),
        entities=len(resolution.entities),
        facts=len(facts),
        statements=dict(sorted(stances.items())),
        dropped=dict(sorted(dropped.items())),
        merged=len(resolution.alike),
        decisions=len(resolution.outcomes),
        unmet=tuple(map(_unmet, (o for o in resolution.outcomes if o.reason))),
        **told,
    )


def _unmet(outcome: Outcome) -> Problem:
    decision = outcome.decision
    remedy = f"kg undo {decision.id} takes it back"
    return Problem(f"decision {decision.id}", f"{decision.do}: {outcome.reason}", remedy)


def write_report(store: Store, folder: Path, made: BuildReport, kept: Iterable[Kept]) -> None:
    """report.json, which tells the state, not what this run did. Raises StoreError."""
    state: dict[str, Any] = {
        "documents": {one.id: _told(one) for one in kept},
        "entities": made.entities,
        "facts": made.facts,
        **({"inferred": made.inferred} if made.inferred else {}),
        "statements": made.statements,
        "dropped": made.dropped,
        "problems": sorted(
            ({"where": p.where, "what": p.what, "hint": p.hint} for p in made.problems),
            key=lambda row: (row["where"], row["what"]),
        ),
    }
    if made.decisions:
        state["decisions"] = {
            "replayed": made.decisions,
            "without effect": [{"decision": p.where, "what": p.what} for p in made.unmet],
        }
    data = msgspec.json.format(msgspec.json.encode(state, order="deterministic"), indent=1) + b"\n"
    if data == store.kept(REPORT) and data == _read(folder / REPORT):
        return
    store.keep(REPORT, data)
    with writing(folder / REPORT):
        replace_file(folder / REPORT, data)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _told(kept: Kept) -> dict[str, Any]:
    gist = kept.gist
    return {
        "source": gist.source,
        "path": gist.path,
        "sentences": gist.sentences,
        "statements": len(gist.statements),
        "silent": gist.silent,
    }
