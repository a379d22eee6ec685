"""Fuzzes what reads files of others: documents, settings, decisions, queries, ontologies, shapes, the command line,
and whole graphs: builds, comparisons of exports, backups.

Whatever the input, a target returns or raises a KGError: no other error, no traceback, no hang, no crash of the
interpreter, no file touched outside the project folder, no process but that of a query, no address asked. Each target
runs in a process of its own, in an empty project folder, with inputs by hypothesis and, where it is installed, by
atheris, which goes by the lines that an input reaches:

    python -m venv --system-site-packages build/fuzz; build/fuzz/bin/pip install atheris==3.0.0
    build/fuzz/bin/python bench/fuzz.py

(or pip install --target, and that folder in PYTHONPATH). With faults the exit code is 1, and their inputs are kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzzing import campaign, targets
from fuzzing.campaign import Fault, Plan, Run

DRIVERS = ("hypothesis", "atheris")
INPUTS = 20_000
KEPT = Path("build") / "fuzz-findings"


def fuzz(
    plan: Plan, names: Sequence[str], drivers: Sequence[str], inputs: int, told: Callable[[str], None]
) -> list[Run]:
    """All targets by all drivers: `inputs` in all, shared out by what a target costs."""
    found = []
    for driver in drivers:
        counts = campaign.shares(inputs // len(drivers), {name: targets.SHARES.get(name, 1.0) for name in names})
        for name, count in counts.items():
            told(f"{driver} {name}: {count} inputs")
            found.append(campaign.run(plan, name, driver, count))
            done = found[-1]
            told(f"{driver} {name}: {done.inputs} done in {done.seconds:.0f} s, {len(done.faults)} faults")
            for fault in done.faults.values():
                told(f"  {line_of(fault)}")
    return found


def faults_of(runs: Sequence[Run]) -> list[Fault]:
    """Each fault of a target once, whichever driver found it."""
    found: dict[tuple[str, ...], Fault] = {}
    for run in runs:
        for key, fault in run.faults.items():
            known = found.get((run.target, *key))
            if known is None or len(fault.small) < len(known.small):
                found[run.target, *key] = fault
    return list(found.values())


def table(runs: Sequence[Run], faults: Sequence[Fault]) -> str:
    """What was done, for people to read."""
    lines = [f"{'target':22} {'driver':11} {'inputs':>8} {'faults':>7} {'seconds':>8}"]
    lines += [f"{r.target:22} {r.driver:11} {r.inputs:8} {len(r.faults):7} {r.seconds:8.1f}" for r in runs]
    total = f"{sum(r.inputs for r in runs):8} {len(faults):7} {sum(r.seconds for r in runs):8.1f}"
    lines.append(f"{'all':22} {'':11} {total}")
    for number, fault in enumerate(faults, 1):
        lines.append(f"{number:3} {line_of(fault)}")
    return "\n".join(lines)


def line_of(fault: Fault) -> str:
    """A fault on one line."""
    where = f"{fault.target} {fault.kind}: {fault.what} [{fault.where}]"
    return f"{where}, {fault.times} times: {fault.small[:80]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print, and return 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=INPUTS, help=f"inputs over all targets (default: {INPUTS})")
    parser.add_argument("--target", action="append", help="only this one; may be given more than once")
    parser.add_argument("--driver", choices=DRIVERS, help="only this one (default: both)")
    parser.add_argument("--seed", type=int, default=0, help="another one gives other inputs (default: 0)")
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU time for one input (default: 5)")
    parser.add_argument("--minutes", type=float, help="stop after so many, whatever is done")
    parser.add_argument("--keep", type=Path, default=KEPT, help=f"where inputs of faults go (default: {KEPT})")
    parser.add_argument("--targets", type=Path, default=Path(targets.__file__), help="a Python file with other TARGETS")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args(arguments)
    if options.inputs < 1:
        parser.error("--inputs is at least 1")
    names = options.target or list(_targets(options.targets))
    unknown = sorted(set(names) - set(_targets(options.targets)))
    if unknown:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(_targets(options.targets))}")
    drivers = [options.driver] if options.driver else list(DRIVERS)
    if "atheris" in drivers and importlib.util.find_spec("atheris") is None:
        print("ATHERIS IS NOT INSTALLED: no input is guided by coverage (see --help)", file=sys.stderr)
        drivers.remove("atheris")
        if not drivers:
            return 2
    until = None if options.minutes is None else time.monotonic() + 60 * options.minutes
    plan = Plan(options.targets, options.seconds, options.seed, until)
    runs = fuzz(plan, names, drivers, options.inputs, lambda text: print(text, file=sys.stderr, flush=True))
    faults = faults_of(runs)
    if faults:
        campaign.kept(faults, options.keep)
    print(_json(runs, faults) if options.json else table(runs, faults))
    short = until is None and sum(run.inputs for run in runs) < options.inputs
    if short:
        print("FEWER INPUTS THAN ASKED FOR: processes ended too often", file=sys.stderr)
    return 1 if faults or short else 0


def _targets(path: Path) -> list[str]:
    if path == Path(targets.__file__):
        return list(targets.TARGETS)
    spec = importlib.util.spec_from_file_location("fuzz_other_targets", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.TARGETS)


def _json(runs: Sequence[Run], faults: Sequence[Fault]) -> str:
    rows = [
        {
            "target": r.target,
            "driver": r.driver,
            "inputs": r.inputs,
            "faults": len(r.faults),
            "seconds": round(r.seconds, 1),
        }
        for r in runs
    ]
    found = [{"target": f.target, "kind": f.kind, "what": f.what, "where": f.where, "times": f.times} for f in faults]
    return json.dumps({"runs": rows, "faults": found}, indent=1)


if __name__ == "__main__":
    sys.exit(main())
