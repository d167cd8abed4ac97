"""The words that a line is known by: with its heading where the label does not stand for itself."""

from __future__ import annotations

import pytest

from mapping_lines import line
from pressmark.mapping.spoken import spoken
from pressmark.statements.statement import Measure


@pytest.mark.parametrize(
    ("statement", "heading", "label", "measure", "words"),
    [
        ("IS", "Earnings per share from continuing operations", "Basic", Measure.PER_SHARE, "earning per share from"),
        ("IS", "Earnings per share", "Basic", Measure.PER_SHARE, "basic"),
        ("IS", "Income from continuing operations", "Depreciation", Measure.MONEY, "depreciation"),
        ("CF", "Sales of:", "Fixed maturities", Measure.MONEY, "sale of fixed maturity"),
        ("CF", "Repurchase of:", "Common stock", Measure.MONEY, "repurchase of common stock"),
        ("CF", "Dividends paid on:", "Preferred stock", Measure.MONEY, "dividend paid on preferred stock"),
        ("CF", "Purchases of investments", "Proceeds from sales", Measure.MONEY, "proceed from sale"),
        ("CF", "Purchases of investments", "Other, net", Measure.MONEY, "other net"),
        ("CF", "Changes, net of acquisitions:", "Inventories", Measure.MONEY, "inventory"),
        ("CF", "Cash flows from financing activities", "Common stock", Measure.MONEY, "common stock"),
        ("BS", "Sales of:", "Inventories", Measure.MONEY, "inventory"),
        ("IS", "Revenues", "Total", Measure.MONEY, "total revenue"),
    ],
)
def test_spoken(statement, heading, label, measure, words):
    item = line(0, label, 2, 1, measure=measure, section=(heading,))
    assert " ".join(spoken(item, statement)).startswith(words)
