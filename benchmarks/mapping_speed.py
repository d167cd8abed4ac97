"""Times the mapping of one statement of 60 lines on one core: cold, warm, and warm with lines in a new place.

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
ROUNDS = 20


def statement(heading: str = "") -> Statement:
    """A cash flow statement whose labels are those of the concept table, under a heading."""
    period = Period(date(2024, 12, 31), date(2024, 1, 1))
    labels = [c.label for c in concept_table().of("CF") if c.period_type == "duration"][:LINES]
    span = Span("speed", 1)
    values = [(Value(0, "1", span, Decimal(i + 1), 3, -3, period),) for i in range(LINES)]
    stated = zip([heading, *labels], [(), *values], strict=True)
    lines = tuple(
        LineItem(i, Text(label, span), label, 0, (), Measure.MONEY, value) for i, (label, value) in enumerate(stated)
    )
    return Statement(StatementKind.CASH_FLOW, "", span, (Column(0, "2024", period),), lines)


def main() -> None:
    """Prints the times in ms."""
    cold = spent(statement())
    again = min(spent(statement()) for _ in range(ROUNDS))
    # A heading of its own puts every line in a place that the model was not asked about before.
    new = min(spent(statement("activities " + chr(ord("a") + i) * 5)) for i in range(ROUNDS))
    print(f"{LINES} lines: first {cold:.1f} ms (tables and model loaded), again {again:.1f}, in a new place {new:.1f}")


def spent(subject: Statement) -> float:
    """Processor time of mapping it, in ms."""
    start = time.process_time()
    map_statements([subject])
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
