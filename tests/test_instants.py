"""The day on which a line of a flow statement states a balance."""

from __future__ import annotations

from datetime import date

import pytest

from pressmark.period import Period
from pressmark.statements.instants import standing
from pressmark.statements.statement import StatementKind

YEAR = Period(date(2024, 12, 31), date(2024, 1, 1))
OPENING, CLOSING = Period(date(2023, 12, 31)), Period(date(2024, 12, 31))


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("Cash and cash equivalents at beginning of year", OPENING),
        ("Cash and cash equivalents at January 1", OPENING),
        ("Cash and cash equivalents at January 1, 2024", OPENING),
        ("Cash and cash equivalents, December 31, 2023", OPENING),
        ("Cash and cash equivalents at December 31", CLOSING),
        ("Cash and cash equivalents at January 1, 2023", YEAR),
        ("Increase in cash", YEAR),
    ],
)
def test_cash_of_a_day(label, period):
    assert standing(StatementKind.CASH_FLOW, label, ()).period(YEAR) == period
