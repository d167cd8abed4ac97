"""Builds made-up statements for the tests of mapping: a label, its values, what it stands under."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pressmark.period import Period
from pressmark.span import Span, Text
from pressmark.statements.statement import Column, LineItem, Measure, Statement, StatementKind, Total, Value

YEAR = Period(date(2024, 12, 31), date(2024, 1, 1))
BEFORE = Period(date(2023, 12, 31), date(2023, 1, 1))
SPAN = Span("made-up.txt", 1)


def line(index, label, *amounts, measure=Measure.MONEY, section=(), full="", inside=False, of=None, periods=None):
    """A line with one value a column; none for a heading."""
    spans = periods or (YEAR, BEFORE)
    values = tuple(
        Value(i, str(a), SPAN, Decimal(str(a)), 0, 0, p) for i, (a, p) in enumerate(zip(amounts, spans, strict=False))
    )
    return LineItem(
        index, Text(label, SPAN), full or label, 0, tuple(section), measure, values, parenthetical=inside, of=of
    )


def instants(*lines):
    """The same lines at the end of each period."""
    moved = []
    for item in lines:
        values = tuple(
            Value(v.column, v.text, v.span, v.printed, v.scale, v.decimals, Period(v.period.end)) for v in item.values
        )
        moved.append(
            LineItem(
                item.index, item.label, item.full_label, item.depth, item.section, item.measure, values,
                parenthetical=item.parenthetical, of=item.of,
            )
        )  # fmt: skip
    return moved


def statement(kind, lines, totals=()):
    """A statement of these lines."""
    found = tuple(Total(line, parts, (0,)) for line, parts in totals)
    columns = (Column(0, "2024", YEAR), Column(1, "2023", BEFORE))
    return Statement(StatementKind(kind), "", SPAN, columns, tuple(lines), totals=found)
