"""Measures how much processor time a report of 2,000 facts takes to render: python benchmarks/render.py [FACTS]."""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from pressmark.mapping.concept import Concept
from pressmark.period import Period
from pressmark.reading.entity import Entity, Named
from pressmark.render.files import render
from pressmark.report.model import CalculationArc, Context, Fact, Label, PresentationArc, Report, Role, Unit
from pressmark.span import Span

LIMIT = 0.5
USD = Unit("USD", ("iso4217:USD",))
LABEL = "http://www.xbrl.org/2003/role/label"
NAMESPACE = "http://pressmark.example/bench"


def large_report(size: int) -> Report:
    """A report of `size` facts: four quarters of as many concepts as that needs, in statements of 50 lines."""
    periods = [Period(date(2020, 3, 31) + timedelta(91 * n), date(2020, 1, 1) + timedelta(91 * n)) for n in range(4)]
    contexts = [Context(f"c{n}", period) for n, period in enumerate(periods)]
    concepts = [
        Concept("bench", f"LineNumber{n}", "monetaryItemType", "duration", "debit", label=f"Line & number {n}")
        for n in range(-(-size // 4))
    ]
    facts = [
        Fact(f"f-{c.name}-{x.id}", c, x, Decimal(n) * 1000, USD, -3, c.label, (Span("bench.txt", n + 1, 40),))
        for n, c in enumerate(concepts)
        for x in contexts
    ][:size]
    groups = [concepts[start : start + 50] for start in range(0, len(concepts), 50)]
    roles = [
        Role(
            f"{NAMESPACE}/role/R{n}",
            f"{n:07d} - Statement - {n}",
            tuple(PresentationArc(group[0].qname, c.qname, order) for order, c in enumerate(group[1:], 1)),
            tuple(CalculationArc(group[0].qname, c.qname, 1, order) for order, c in enumerate(group[1:], 1)),
        )
        for n, group in enumerate(groups)
    ]
    return Report(
        source="bench.txt",
        base="bench-20201231",
        prefix="bench",
        namespace=NAMESPACE,
        scheme="http://www.sec.gov/CIK",
        identifier="0000000000",
        entity=Entity(Named("Bench")),
        period=periods[0],
        taxonomy="2025",
        concepts=tuple(concepts),
        contexts=tuple(contexts),
        units=(USD,),
        facts=tuple(facts),
        roles=tuple(roles),
        labels=tuple(Label(c.qname, LABEL, c.label) for c in concepts),
        general_special=(),
        statements=(),
        skipped=(),
        numeric_cells=size,
        findings=(),
    )


def main() -> int:
    """Prints the first render of the process (it imports and compiles the templates) and the best of five more."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    report = large_report(size)
    times = []
    files: dict[str, bytes] = {}
    for _ in range(6):
        start = time.process_time()
        files = render(report)
        times.append(time.process_time() - start)
    volume = sum(map(len, files.values()))
    print(f"{Path(__file__).name}: {size} facts, {len(files)} files, {volume:,} bytes")
    print(f"first {times[0]:.3f} s, then {min(times[1:]):.3f} s (limit {LIMIT} s)")
    return int(times[0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
