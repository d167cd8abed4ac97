"""Times the mapping of one statement of 60 lines, warm and cold, on one core.

usage: mapping_speed.py
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

from pressmark.mapping.ladder import map_statements
from pressmark.mapping.table import concept_table
from pressmark.period import Period
from pressmark.span import Span, Text
from pressmark.statements.statement import Column, LineItem, Measure, Statement, StatementKind, Value

LINES = 60


def statement() -> Statement:
    """A cash flow statement whose labels are those of the concept table."""
    period = Period(date(2024, 12, 31), date(2024, 1, 1))
    labels = [c.label for c in concept_table().of("CF") if c.period_type == "duration"][:LINES]
    span = Span("speed", 1)
    lines = tuple(
        LineItem(
            i, Text(label, span), label, 0, (), Measure.MONEY, (Value(0, "1", span, Decimal(i + 1), 3, -3, period),)
        )
        for i, label in enumerate(labels)
    )
    return Statement(StatementKind.CASH_FLOW, "", span, (Column(0, "2024", period),), lines)


def main() -> None:
    """Prints cold and warm times in ms."""
    subject = statement()
    start = time.process_time()
    map_statements([subject])
    cold = time.process_time() - start
    warm = []
    for _ in range(20):
        start = time.process_time()
        map_statements([subject])
        warm.append(time.process_time() - start)
    later = min(warm) * 1000
    print(f"{LINES} lines: first {cold * 1000:.1f} ms (tables and model loaded), then {later:.1f} ms of processor time")


if __name__ == "__main__":
    main()
