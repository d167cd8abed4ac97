"""Mutation check: seeded faults in labelled releases, and how many of them a finding tells.

usage: python benchmarks/mutations.py [--half held-out|tuning|all] [--faults 300] [--seed 7] [--jobs 2] [--list]

The companies of the labelled releases are split in two halves by the seed; the checks were tuned on one, the figures
are those of the other. For each of the seven kinds in turn a company, a release of it and a place are drawn, until the
fault changes what the report says (concept, period, unit, value of a fact; a change without effect is drawn again).
Each release is converted as `pressmark convert` does it, with its CIK given, unchanged and with the fault. The fault is
caught where a finding of severity warning or error stands in the statement that holds it which the unchanged release
has not: of another code, or at another place. A release that is refused is caught. *False findings* are all warnings
and errors of the unchanged releases of the half.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import faults
from labelled import HERE, Labelled, releases
from pressmark.conversion import Settings, checked
from pressmark.errors import InputError
from pressmark.finding import Finding
from pressmark.pipeline import Options, extraction
from pressmark.report.extraction import Extraction
from pressmark.report.model import Report

_TRIES = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault: release, kind, what was done, the codes of new findings in its statement, and of all new ones."""

    release: str
    kind: str
    told: str
    caught: tuple[str, ...]
    new: tuple[str, ...]


def main() -> int:
    """Draws, runs, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--half", choices=("held-out", "tuning", "all"), default="held-out")
    parser.add_argument("--faults", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", help="one kind alone, by the first word of its function's name")
    parser.add_argument("--list", action="store_true", help="print every fault that was not caught")
    given = parser.parse_args()
    chosen = half(list(releases(given.shared, given.sets)), given.half, given.seed)
    kinds = [k for k in faults.KINDS if given.kind in (None, k.__name__)]
    wanted = [(n, kinds[n % len(kinds)].__name__) for n in range(given.faults)]
    with ProcessPoolExecutor(given.jobs) as pool:
        clean = sum(pool.map(_clean_findings, chosen), Counter[str]())
        outcomes = list(pool.map(partial(one, chosen, given.seed), wanted, chunksize=5))
    report(outcomes, clean, chosen, listed=given.list)
    return 0


def half(found: list[Labelled], which: str, seed: int) -> list[Labelled]:
    """The releases of one half of the companies."""
    companies = sorted({r.company for r in found})
    random.Random(seed).shuffle(companies)  # noqa: S311 - a draw, no secret
    held_out = set(companies[: (len(companies) + 1) // 2])
    return [r for r in found if which == "all" or (r.company in held_out) == (which == "held-out")]


def one(chosen: list[Labelled], seed: int, wanted: tuple[int, str]) -> Outcome:
    """Draws the n-th fault and tells what finds it."""
    number, name = wanted
    draw = random.Random(f"{seed} {number}")  # noqa: S311
    for _ in range(_TRIES):
        company = draw.choice(sorted({r.company for r in chosen}))
        release = draw.choice([r for r in chosen if r.company == company])
        outcome = _tried(release, getattr(faults, name), draw)
        if outcome is not None:
            return outcome
    raise SystemExit(f"{name}: no fault that changes anything in {_TRIES} draws")


def _tried(release: Labelled, kind: faults.Drawer, draw: random.Random) -> Outcome | None:
    source, clean = _unchanged(release)
    with TemporaryDirectory() as folder:
        path = Path(folder) / release.source.name
        path.write_bytes(source)
        fault = kind(draw, faults.Source(path), clean)
        if fault is None:
            return None
        path.write_bytes(fault.source)
        options = Options(cik=_options(release).cik, rules=fault.rules)
        where = f"{release.set}/{release.name}"
        try:
            made = extraction(path, options)
        except InputError:
            return Outcome(where, fault.kind, fault.told, ("refused",), ())
    if faults.values(made.report) == faults.values(clean.report):
        return None
    # What extraction tells alone is told by the conversion too; Arelle is asked only where it does not suffice.
    new = _new(made.report, clean.report)
    if not any(_inside(f, clean.report, fault.statement) for f in new):
        whole = checked(made, Settings(options))[0]
        new = _new(whole.report, _validated(release).report)
    inside = [f.code for f in new if _inside(f, clean.report, fault.statement)]
    return Outcome(where, fault.kind, fault.told, tuple(inside), tuple(f.code for f in new))


def _new(report: Report, clean: Report) -> list[Finding]:
    """The warnings and errors of a report that the unchanged release has not."""
    known = Counter(_key(f) for f in clean.findings)
    return [f for f in report.findings if f.severity.rank < 2 and not _known(f, known)]


@cache
def _unchanged(release: Labelled) -> tuple[bytes, Extraction]:
    """A release as it is drawn from (HTML written anew, so that its lines stay where they are), and what it gives."""
    source = faults.Source(release.source).bytes()
    with TemporaryDirectory() as folder:
        path = Path(folder) / release.source.name
        path.write_bytes(source)
        return source, extraction(path, _options(release))


@cache
def _validated(release: Labelled) -> Extraction:
    return checked(_unchanged(release)[1], Settings(_options(release)))[0]


def _known(finding: Finding, known: Counter[tuple[str, int, str]]) -> bool:
    """Whether the unchanged release has the finding too; each of its findings counts for one."""
    key = _key(finding)
    known[key] -= 1
    return known[key] >= 0


def _key(finding: Finding) -> tuple[str, int, str]:
    span = finding.span
    return (finding.code, span.line if span else 0, span.path if span else "")


def _inside(finding: Finding, report: Report, number: int) -> bool:
    """Whether a finding stands in a statement: between its title and its last line, or in its table."""
    span = finding.span
    if span is None:
        return False
    statement = report.statements[number]
    values = [v.span for line in statement.lines for v in line.values]
    if not values[0].path:
        first = min(statement.span.line, *(v.line for v in values)) - 8  # the lines of title, scale and heads
        return first <= span.line <= max(v.line for v in values)
    tables = {re.sub(r"(/table\[\d+\])(?!.*/table\[).*", r"\1", v.path) for v in values}
    return span.path == statement.span.path or any(span.path.startswith(table) for table in tables)


def _options(release: Labelled) -> Options:
    return Options(cik=release.cik or "1")


def _clean_findings(release: Labelled) -> Counter[str]:
    return Counter(f.code for f in _validated(release).report.findings if f.severity.rank < 2)


def report(outcomes: list[Outcome], clean: Counter[str], chosen: list[Labelled], *, listed: bool) -> None:
    """The table, a row a kind."""
    print("| fault | drawn | caught | % |\n|---|--:|--:|--:|")
    for kind in dict.fromkeys(o.kind for o in outcomes):
        own = [o for o in outcomes if o.kind == kind]
        caught = sum(bool(o.caught) for o in own)
        print(f"| {kind} | {len(own)} | {caught} | {100 * caught / len(own):.0f} |")
    caught = sum(bool(o.caught) for o in outcomes)
    print(f"| all | {len(outcomes)} | {caught} | {100 * caught / len(outcomes):.1f} |\n")
    print(f"unchanged: {clean.total()} findings in {len(chosen)} releases, {clean.total() / len(chosen):.2f} each")
    print(", ".join(f"{code} {count}" for code, count in clean.most_common()))
    if listed:
        for o in outcomes:
            if not o.caught:
                print(f"{o.kind}: {o.release}: {o.told} ({', '.join(sorted(set(o.new))) or 'nothing'})")


if __name__ == "__main__":
    sys.exit(main())
